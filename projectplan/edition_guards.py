"""What the plan's models cannot say to the database: an edition of a plan is never changed, nor lost from the middle of
its row. Put in place after every `migrate`, as `office.database` is."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

# Deleted is none that has one before it: so a history can only go as a whole, with everything else in the database.
SQLITE_GUARDS = [
    """CREATE TRIGGER IF NOT EXISTS plan_edition_kept BEFORE UPDATE ON projectplan_planedition BEGIN
         SELECT RAISE(ABORT, 'an edition of a plan is never changed'); END""",
    """CREATE TRIGGER IF NOT EXISTS plan_edition_stays BEFORE DELETE ON projectplan_planedition
       WHEN EXISTS (SELECT 1 FROM projectplan_planedition WHERE plan_id = old.plan_id AND number < old.number) BEGIN
         SELECT RAISE(ABORT, 'an edition of a plan is never deleted'); END""",
]
POSTGRES_GUARDS = [
    """CREATE OR REPLACE TRIGGER plan_edition_kept BEFORE UPDATE OR DELETE ON projectplan_planedition
       FOR EACH ROW EXECUTE FUNCTION prasan_refuse_update()""",
]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guards in place where they are missing; the office's, whose function they use, are there before."""
    with connection.cursor() as cursor:
        for statement in POSTGRES_GUARDS if connection.vendor == "postgresql" else SQLITE_GUARDS:
            cursor.execute(statement)
