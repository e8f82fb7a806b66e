"""Loading very many rows at once: what each database is told before, and made to have again afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import OperationalError, connection, transaction

from office.database import search_index_rebuilt_after
from projectplan.demo.sheets import Sheets

LARGE: Final = 50_000
"""From so many petitions on the databases are prepared for a load; below it would cost more than it saves."""
INDEX_MEMORY: Final = "1GB"

FOREIGN_KEYS: Final = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)
"""
INDEXES: Final = """
SELECT indexname, indexdef FROM pg_indexes
WHERE schemaname = current_schema() AND tablename = ANY(%s) AND indexname <> 'matter_search'
  AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)
"""


class DatabaseInUse(Exception):
    """Somebody else has the database open."""


@contextmanager
def loading(sheets: Sheets, *, is_large: bool) -> Iterator[None]:
    """One transaction in which petitions are written: all of them or nothing, the search index built last."""
    with _sqlite_without_log(is_large), transaction.atomic(), search_index_rebuilt_after(connection):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                # Rows may name rows that are written after them, even where an earlier load asked for checks at once.
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        with _postgresql_without_constraints(sheets, is_large):
            yield
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                # No index is built while a check of the rows is still pending.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute(f"SET LOCAL maintenance_work_mem = '{INDEX_MEMORY}'")
                if is_large:
                    # What comes next reads these rows, one by one, and must find their indexes.
                    cursor.execute("ANALYZE")


@contextmanager
def _sqlite_without_log(is_large: bool) -> Iterator[None]:
    """New pages of a million rows need no write-ahead log; a rollback journal undoes them as well."""
    if not is_large or connection.vendor != "sqlite":
        yield
        return
    _pragma("journal_mode=DELETE", expected="delete")
    connection.disable_constraint_checking()
    try:
        yield
    finally:
        connection.enable_constraint_checking()
        _pragma("journal_mode=WAL", expected="wal")


def _pragma(setting: str, *, expected: str) -> None:
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"PRAGMA {setting}")
            is_set = cursor.fetchone() == (expected,)
        except OperationalError as error:
            raise DatabaseInUse from error
    if not is_set:
        raise DatabaseInUse


@contextmanager
def _postgresql_without_constraints(sheets: Sheets, is_large: bool) -> Iterator[None]:
    """Foreign keys and indexes of the tables are taken away and made again: checked and built once for all rows."""
    if not is_large or connection.vendor != "postgresql":
        yield
        return
    tables = [sheet.table for sheet in sheets.all]
    with connection.cursor() as cursor:
        cursor.execute(FOREIGN_KEYS, [tables])
        keys = cursor.fetchall()
        cursor.execute(INDEXES, [tables])
        indexes = cursor.fetchall()
        for table, name, _definition in keys:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL maintenance_work_mem = '{INDEX_MEMORY}'")
        for _name, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in keys:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def analyse() -> None:
    """Let the database look at what it holds, so that it plans as it will in the long run."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Within a transaction (a test) nothing can be vacuumed.
            cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")
        else:
            # Of everything: from a sample SQLite takes every common value for a rare one, and plans badly.
            cursor.execute("PRAGMA analysis_limit=0")
            cursor.execute("ANALYZE")
