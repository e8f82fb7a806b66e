"""The database as a file, at one point in time, while the office goes on working; and the way back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _


class DumpFailed(Exception):
    """The database could not be copied or put back; the message says why."""


def dump(target: Path) -> dict[str, int]:
    """Copy the whole database into a file, and say how many rows each table had at that very point."""
    return _dump_postgresql(target) if connection.vendor == "postgresql" else _dump_sqlite(target)


def load(source: Path) -> dict[str, int]:
    """Put a dump into this office's empty database, and say how many rows each table has then."""
    if connection.vendor == "postgresql":
        _run(
            "pg_restore",
            "--exit-on-error",
            "--single-transaction",
            "--no-owner",
            "--no-privileges",
            str(source),
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            return _counted(lambda table: _count(cursor, table), connection.introspection.table_names(cursor))
    connection.close()
    database = Path(connection.settings_dict["NAME"])
    for rest in ("-wal", "-shm"):
        Path(f"{database}{rest}").unlink(missing_ok=True)
    shutil.copyfile(source, database)
    return _counted_in_file(database)


def is_empty() -> bool:
    """Whether this office has no table yet: nothing is ever restored over rows that are there."""
    return not connection.introspection.table_names()


def _counted(count: Callable[[str], int], tables: list[str]) -> dict[str, int]:
    return {table: count(table) for table in sorted(tables)}


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # nosec B608 # a name from the catalogue of the database
    return int(cursor.fetchone()[0])


# ── SQLite ──────────────────────────────────────────────────────────────────────────────────


def _dump_sqlite(target: Path) -> dict[str, int]:
    connection.ensure_connection()
    # In one go: writers of the WAL go on meanwhile, and the copy is of the point at which it began.
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
    return _counted_in_file(target)


def _counted_in_file(database: Path) -> dict[str, int]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as copy:
        cursor = copy.cursor()
        [wrong] = cursor.execute("PRAGMA quick_check(1)").fetchone()
        if wrong != "ok":
            raise DumpFailed(_("The copy of the database is damaged: %(what)s") % {"what": wrong})
        # Neither SQLite's own tables nor those in which it keeps a full-text index ("shadow", "virtual").
        cursor.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
        tables = [name for (name,) in cursor.fetchall() if not name.startswith("sqlite_")]
        return _counted(lambda table: _count(cursor, table), tables)


# ── PostgreSQL ──────────────────────────────────────────────────────────────────────────────


def _dump_postgresql(target: Path) -> dict[str, int]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # What pg_dump reads and what is counted here are one and the same point in time.
        cursor.execute("SELECT pg_export_snapshot()")
        [snapshot] = cursor.fetchone()
        _run("pg_dump", "--format=custom", "--compress=0", f"--snapshot={snapshot}", f"--file={target}")
        return _counted(lambda table: _count(cursor, table), connection.introspection.table_names(cursor))


def _run(program: str, *arguments: str) -> None:
    """One of PostgreSQL's own programs on this office's database. Raises DumpFailed."""
    told = connection.settings_dict
    given = {
        "PGHOST": told["HOST"],
        "PGPORT": told["PORT"],
        "PGUSER": told["USER"],
        "PGPASSWORD": told["PASSWORD"],
    }
    env = os.environ | {name: str(value) for name, value in given.items() if value}
    command = [program, "--dbname", str(told["NAME"]), *arguments]
    try:
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # nosec B603 # a list without a shell; its words come from the settings
    except FileNotFoundError as missing:
        raise DumpFailed(
            _("%(program)s is missing. Install the PostgreSQL client programs.") % {"program": program}
        ) from missing
    if done.returncode:
        raise DumpFailed(f"{program}: {done.stderr.strip()[-800:]}")
