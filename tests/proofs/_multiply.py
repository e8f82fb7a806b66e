"""Multiplies a demo office inside PostgreSQL: k rows in place of each one that hangs on a matter, keys still dense.

Copy i of a row with the key p gets the key p·k + i, and so does every foreign key to it: the keys still rise with the
time of registration, as the lists rely on. All that is of no matter (people, agencies, rules) stays as it is. Foreign
keys, unique and check constraints are PostgreSQL's own and all hold at the end: those taken away for the load are
made again, which checks every row.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection, transaction

from office.models import Matter
from office.models.tally import AbstractMonthTally, AbstractTallyLine

INDEX_MEMORY: Final = "1GB"
SORT_MEMORY: Final = "256MB"
ONE_A_MONTH: Final = (Matter.Kind.JOURNAL,)
"""Kinds of which there can be one a month only: they are not multiplied."""
HASH_FROM: Final = 32
"""Text that must be unique and has room for so many characters is a digest or a token, no number people write."""
COUNTED: Final = ("received", "in_time", "late", "pending", "unclosed")

SINGLE: Final = "proof_single"
"""The table of the rows that are not multiplied: in which table, and its key."""

Job = Callable[[], None]


class NotMultiplied(Exception):
    """A table has a unique constraint that no copy could keep, or what came out is not k times what there was."""


@dataclass
class Table:
    """One table that hangs on a matter, as PostgreSQL describes it."""

    name: str
    key: str
    bytes: int
    columns: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    """The type of each column that is not generated, and its length where it has one."""
    parents: dict[str, str] = field(default_factory=dict)
    """The columns that refer to tables which are multiplied too, and to which."""
    changed: set[str] = field(default_factory=set)
    """The columns, beside keys, in which a copy must differ so that a unique constraint holds."""


def multiply(times: int) -> None:
    """Put `times` rows in place of each. Raises NotMultiplied, or PostgreSQL's IntegrityError; the database is then of
    no further use."""
    before = Matter.objects.exclude(kind__in=ONE_A_MONTH).count(), Matter.objects.count()
    tables = hanging_on_a_matter()
    largest_first = sorted(tables.values(), key=lambda table: table.bytes, reverse=True)
    single = _note_the_single_ones(tables)
    taken = _take_away_constraints(largest_first)
    _all_at_once([_filling(table, times, single) for table in largest_first])
    _all_at_once([_statements(*keys) for keys in taken.keys.values()])
    _all_at_once([_statements(index) for index in taken.indexes])
    _move_sequences(tables.values())
    _move_counters(times)
    # These alone: the tables that all databases of the server share may be held by somebody else's.
    _all_at_once([_statements(f"VACUUM ANALYZE {table.name}") for table in largest_first])
    _run(*taken.references, f"DROP TABLE {SINGLE}")
    _all_at_once([_statements(*checks) for checks in taken.checks.values()])
    multiplied, all_of_them = before
    if Matter.objects.count() != all_of_them + multiplied * (times - 1):
        raise NotMultiplied(f"{Matter.objects.count():,} matters of {all_of_them:,}")


# ── What there is ───────────────────────────────────────────────────────────────────────────


def hanging_on_a_matter() -> dict[str, Table]:
    """The table of matters and every table from which foreign keys lead to it, however far."""
    references: list[tuple[str, str, str]] = _rows(
        "SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text FROM pg_constraint c"
        " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] WHERE c.contype = 'f'"
    )
    names = {Matter._meta.db_table}
    while more := {child for child, _column, parent in references if parent in names} - names:
        names |= more
    tables = {name: Table(name, _key_of(name), _bytes_of(name)) for name in sorted(names)}
    for table in tables.values():
        table.columns = {name: (kind, length) for name, kind, length in _columns_of(table.name)}
        table.parents = {
            column: parent for child, column, parent in references if child == table.name and parent in names
        }
        table.changed = _changed_in(table)
    return tables


def _key_of(table: str) -> str:
    ((key,),) = _rows(
        "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid"
        " AND a.attnum = i.indkey[0] WHERE i.indisprimary AND i.indrelid = %s::regclass",
        [table],
    )
    return str(key)


def _bytes_of(table: str) -> int:
    ((size,),) = _rows("SELECT pg_table_size(%s::regclass)", [table])
    return int(size)


def _columns_of(table: str) -> list[tuple[str, str, int | None]]:
    return _rows(
        "SELECT column_name, udt_name, character_maximum_length FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND table_name = %s AND is_generated = 'NEVER'"
        " ORDER BY ordinal_position",
        [table],
    )


def _changed_in(table: Table) -> set[str]:
    """For each unique constraint in which no key takes part, the last column in which copies can differ."""
    found: set[str] = set()
    for definition, names in _rows(
        "SELECT pg_get_indexdef(i.indexrelid), array_agg(a.attname ORDER BY a.attnum) FROM pg_index i"
        " JOIN pg_attribute a ON a.attrelid = i.indrelid AND (a.attnum = ANY(i.indkey) OR i.indexprs IS NOT NULL)"
        " WHERE i.indisunique AND i.indrelid = %s::regclass AND a.attnum > 0 GROUP BY i.indexrelid",
        [table.name],
    ):
        if any(name == table.key or name in table.parents for name in names):
            continue
        able = [
            name
            for name in names
            if table.columns[name][0] in {"int2", "int4", "int8"} and name not in _SHARED
        ]
        able = [name for name in able if "number" in name or name in {"key", "row_id", "issue"}] or [
            name for name in names if table.columns[name][0] in {"varchar", "text", "uuid"}
        ]
        if able:
            found.add(able[-1])
        elif table.name not in _SINGLE_TABLES:
            raise NotMultiplied(f"No copy could keep {definition}")
    return found


_SINGLE_TABLES: Final = {"publicrelations_journal"}
_SHARED: Final = {"year", "parliament_number"}
"""Numbers that are not of one matter."""


# ── Copying ─────────────────────────────────────────────────────────────────────────────────


def _note_the_single_ones(tables: dict[str, Table]) -> set[str]:
    """Make the table of the rows that are not multiplied: of the kinds in ONE_A_MONTH, and what cannot be without them.
    Returns the tables that have such rows."""
    _run(
        f"DROP TABLE IF EXISTS {SINGLE}",
        f"CREATE UNLOGGED TABLE {SINGLE} (name text, key bigint, PRIMARY KEY (name, key))",
    )
    matters = tables[Matter._meta.db_table]
    kinds = [kind.value for kind in ONE_A_MONTH]
    _run(
        f"INSERT INTO {SINGLE} SELECT '{matters.name}', id FROM {matters.name} WHERE kind = ANY(%s)",
        params=[kinds],
    )
    required = set(
        _rows(
            "SELECT table_name::text, column_name::text FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND is_nullable = 'NO'"
        )
    )
    while sum(
        _run(
            f"INSERT INTO {SINGLE} SELECT '{table.name}', row.{table.key} FROM {table.name} row"
            f" JOIN {SINGLE} single ON single.name = '{parent}' AND single.key = row.{column}"
            " ON CONFLICT DO NOTHING"
        )
        for table in tables.values()
        for column, parent in table.parents.items()
        if (table.name, column) in required
    ):
        pass
    return {name for (name,) in _rows(f"SELECT DISTINCT name FROM {SINGLE}")}


def _filling(table: Table, times: int, single: Collection[str]) -> Job:
    """Empty the table, and fill it with `times` rows for each that was in it, in the order of their keys.

    Whether a row and its parents are multiplied is asked once of each row, not of each copy.
    """
    asked = {"is_copied": _copied(table.name, f'was."{table.key}"', single)}
    for column, parent in table.parents.items():
        asked[f"is_copied_{column}"] = _copied(parent, f'was."{column}"', single)
    answers = ", ".join(f'{condition} AS "{name}"' for name, condition in asked.items())
    names = ", ".join(f'"{name}"' for name in table.columns)
    values = ", ".join(_value(table, name, times) for name in table.columns)

    def fill() -> None:
        with transaction.atomic():
            _run(
                f"SET LOCAL work_mem = '{SORT_MEMORY}'",
                f"CREATE TEMPORARY TABLE was ON COMMIT DROP AS TABLE {table.name}",
                f"TRUNCATE {table.name}",
                f"INSERT INTO {table.name} ({names}) OVERRIDING SYSTEM VALUE SELECT {values}"
                f' FROM (SELECT was.*, {answers} FROM was ORDER BY was."{table.key}" OFFSET 0) AS was'
                f" CROSS JOIN LATERAL generate_series(0, CASE WHEN is_copied THEN {times - 1} ELSE 0 END) AS copy (i)",
            )

    return fill


def _copied(table: str, key: str, single: Collection[str]) -> str:
    if table not in single:
        return "TRUE"
    return f"NOT EXISTS (SELECT FROM {SINGLE} WHERE name = '{table}' AND key = {key})"


def _value(table: Table, name: str, times: int) -> str:
    """What stands in a column of copy i."""
    kind, length = table.columns[name]
    was = f'was."{name}"'
    if name in table.parents:
        return f'{was} * {times} + CASE WHEN was."is_copied_{name}" THEN i ELSE 0 END'
    if name == table.key:
        return f"{was} * {times} + i"
    if kind == "timestamptz":
        return f"{was} + i * interval '1 second'"
    if name not in table.changed:
        return was
    if kind in {"int2", "int4", "int8"}:
        return f"{was} * {times} + i"
    suffix = f"('.' || was.\"{table.key}\" * {times} + i)"
    return f"CASE WHEN i = 0 OR {was}::text = '' THEN {was} ELSE {_other_text(was, suffix, kind, length)} END"


def _other_text(was: str, suffix: str, kind: str, length: int | None) -> str:
    """By the copy's own key: by its number alone, a copy of the first would be that of an earlier step again."""
    if kind == "uuid":
        return f"md5({was}::text || {suffix})::uuid"
    if length is not None and length < HASH_FROM:
        return f"left({was}, {length} - length({suffix})) || {suffix}"
    return f"left(encode(sha256(convert_to({was} || {suffix}, 'UTF8')), 'hex'), {length or 64})"


# ── Before and after ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Taken:
    """The statements that make again what was taken away: keys and unique constraints of each table, indexes,
    references, and what checks those of each table."""

    keys: dict[str, list[str]]
    indexes: list[str]
    references: list[str]
    checks: dict[str, list[str]]


def _take_away_constraints(tables: Sequence[Table]) -> Taken:
    """Drop keys, unique constraints and indexes; returns how they are made again, in the order of the tables."""
    names = [table.name for table in tables]
    constraints = _rows(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype IN ('p', 'u', 'f') AND conrelid = ANY(%s::regclass[])"
        " ORDER BY array_position(ARRAY['p', 'u', 'f'], contype::text),"
        " array_position(%s::regclass[], conrelid::regclass), conname",
        [names, names],
    )
    # An index of words takes longest, and goes first for that.
    indexes = _rows(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid = ANY(%s::regclass[])"
        " AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)"
        " ORDER BY pg_get_indexdef(i.indexrelid) NOT LIKE '%% USING gin %%',"
        " array_position(%s::regclass[], i.indrelid::regclass)",
        [names, names],
    )
    taken = Taken({}, [definition for _name, definition in indexes], [], {})
    for table, name, definition in constraints:
        made = f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}'
        if definition.startswith("FOREIGN"):
            taken.references.append(f"{made} NOT VALID")
            taken.checks.setdefault(table, []).append(f'ALTER TABLE {table} VALIDATE CONSTRAINT "{name}"')
        else:
            taken.keys.setdefault(table, []).append(made)
    with transaction.atomic():
        _run(
            *(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"' for table, name, _made in reversed(constraints))
        )
        _run(*(f"DROP INDEX {name}" for name, _definition in indexes))
    return taken


def _move_sequences(tables: Iterable[Table]) -> None:
    for table in tables:
        ((sequence,),) = _rows("SELECT pg_get_serial_sequence(%s, %s)", [table.name, table.key])
        if sequence:
            _run(
                f"SELECT setval('{sequence}', (SELECT coalesce(max({table.key}), 0) + 1 FROM {table.name}), false)"
            )


def _move_counters(times: int) -> None:
    """The counters of the registers stand above every number given; the months' tallies count the copies too."""
    _run(f"UPDATE office_numberseries SET last = (last + 1) * {times}")
    counts = ", ".join(f"{name} = line.{name} * {times}" for name in COUNTED)
    kinds = [kind.value for kind in ONE_A_MONTH]
    for lines in AbstractTallyLine.__subclasses__():
        own: Any = lines  # its `tally` is the child's own
        tallies: type[AbstractMonthTally] = own._meta.get_field("tally").related_model
        _run(
            f"UPDATE {lines._meta.db_table} line SET {counts} FROM {tallies._meta.db_table} tally"
            " WHERE line.tally_id = tally.id AND NOT tally.matter_kind = ANY(%s)",
            params=[kinds],
        )


# ── Asking PostgreSQL ───────────────────────────────────────────────────────────────────────


def _rows(sql: str, params: list[Any] | None = None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _run(*statements: str, params: list[Any] | None = None) -> int:
    """Run the statements; returns how many rows the last one touched."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, params)
        return int(cursor.rowcount)


def _statements(*statements: str) -> Job:
    def run() -> None:
        _run(f"SET maintenance_work_mem = '{INDEX_MEMORY}'", *statements)

    return run


def _all_at_once(jobs: Iterable[Job]) -> None:
    """Each job on a connection of its own, as many at a time as there are cores; raises what the first raised."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(_alone, jobs))


def _alone(job: Job) -> None:
    try:
        _run("SET synchronous_commit = off")
        job()
    finally:
        connection.close()
