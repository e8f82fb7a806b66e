"""What the plan's models cannot say to the database: a frozen value and an entered value are never changed.

Put in place after every `migrate`, as `office.database` is.
"""

from __future__ import annotations

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

KEPT: Final = {
    "projectplan_frozenvalue": "a frozen value is never changed",
    "projectplan_kpientry": "an entered value is never changed",
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guards in place where they are missing; the office's, whose function they use, are there before."""
    with connection.cursor() as cursor:
        for table, words in KEPT.items():
            if connection.vendor == "postgresql":
                cursor.execute(
                    f"CREATE OR REPLACE TRIGGER {table}_kept BEFORE UPDATE ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION prasan_refuse_update()"
                )
            else:
                cursor.execute(
                    f"CREATE TRIGGER IF NOT EXISTS {table}_kept BEFORE UPDATE ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
                )
