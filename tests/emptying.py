"""How PostgreSQL's tables are emptied after a test with connections of its own: row by row where there are any.

Django truncates every table, which makes each of its files and those of its indexes anew: seven seconds for some two
hundred tables, after hundreds of tests. Few of them hold more than a handful of rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection


def empty_by_rows(patch: pytest.MonkeyPatch) -> None:
    """From now on `flush` deletes rows, past guards and foreign keys, where this user may; else it truncates."""
    operations = type(connection.ops)
    truncated = operations.sql_flush

    def sql_flush(self: Any, style: Any, tables: Sequence[str], **options: Any) -> list[str]:
        if options.get("reset_sequences") or not _may_pass_guards():
            return truncated(self, style, tables, **options)
        deleted = [f"DELETE FROM {self.quote_name(table)}" for table in _with_rows(tables)]
        return [
            "SET LOCAL session_replication_role = replica",
            *deleted,
            "SET LOCAL session_replication_role = origin",
        ]

    patch.setattr(operations, "sql_flush", sql_flush)


def _may_pass_guards() -> bool:
    ((may,),) = _rows("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    return bool(may)


def _with_rows(tables: Sequence[str]) -> list[str]:
    asked = (f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in tables)
    return [name for (name,) in _rows(" UNION ALL ".join(asked))]


def _rows(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
