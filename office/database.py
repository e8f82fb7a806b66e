"""What the models cannot say to the database: search indexes, and rows that are never changed.

Installed after every `migrate` and safe to repeat, because SQLite loses triggers when a migration remakes a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from office import retention_guards

# Which subgroup a matter is of is looked up like a word, by three signs that nobody types: so whoever sees one
# subgroup only never reads the others' rows, however many newer ones these have.
SUBGROUP_SIGNS = 0xE000


def subgroup_word(subgroup_id: int) -> str:
    """By which the search index of SQLite knows the matters of a subgroup."""
    return chr(SUBGROUP_SIGNS + subgroup_id) * 3


def _indexed(row: str) -> str:
    """What SQLite's index reads of a row of office_matter: its words and, on a line of its own, its subgroup's."""
    sign = f"{SUBGROUP_SIGNS} + {row}.subgroup_id"
    return f"{row}.search_text || char(10, {sign}, {sign}, {sign})"


SQLITE_SEARCH_TABLE = (
    "CREATE VIRTUAL TABLE matter_search USING "
    "fts5(search_text, content='', tokenize='trigram case_sensitive 1', detail='none')"
)
SQLITE_SEARCH_FILL = f"""
INSERT INTO matter_search(rowid, search_text) SELECT id, {_indexed("office_matter")} FROM office_matter ORDER BY id
"""  # nosec B608 # names of our own tables
SQLITE_SEARCH_TRIGGERS = {
    "matter_search_insert": f"""AFTER INSERT ON office_matter BEGIN
         INSERT INTO matter_search(rowid, search_text) VALUES (new.id, {_indexed("new")}); END""",  # nosec B608 # names of our own tables
    "matter_search_delete": f"""AFTER DELETE ON office_matter BEGIN
         INSERT INTO matter_search(matter_search, rowid, search_text)
           VALUES ('delete', old.id, {_indexed("old")}); END""",  # nosec B608 # names of our own tables
    "matter_search_update": f"""AFTER UPDATE OF search_text, subgroup_id ON office_matter
       WHEN old.search_text IS NOT new.search_text OR old.subgroup_id IS NOT new.subgroup_id BEGIN
         INSERT INTO matter_search(matter_search, rowid, search_text) VALUES ('delete', old.id, {_indexed("old")});
         INSERT INTO matter_search(rowid, search_text) VALUES (new.id, {_indexed("new")}); END""",  # nosec B608 # names of our own tables
}
SQLITE_GUARDS = [
    """CREATE TRIGGER IF NOT EXISTS report_issued_kept BEFORE UPDATE ON office_report WHEN old.state = 'issued' BEGIN
         SELECT RAISE(ABORT, 'an issued report is never changed'); END""",
    """CREATE TRIGGER IF NOT EXISTS template_edition_only_added BEFORE UPDATE ON office_lettertemplateedition BEGIN
         SELECT RAISE(ABORT, 'an edition of a template is never changed'); END""",
]
# Keys: office.search asks the index for one block after the other, the newest first. Smaller blocks cost more where
# nothing is found, larger ones where much is found far back. Without fastupdate no search reads a pending list.
SEARCH_BLOCK = 20_000
POSTGRES_SEARCH = [
    # Room on each page for a row's next version: then a step that changes no word leaves the search index alone. Texts
    # of a few pages stay as they are: to search them packed costs more than to read them.
    "ALTER TABLE office_matter SET (fillfactor = 80, toast_tuple_target = 4096)",
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE EXTENSION IF NOT EXISTS btree_gin",
    f"""CREATE INDEX IF NOT EXISTS matter_search ON office_matter
        USING gin ((id / {SEARCH_BLOCK}), subgroup_id, search_text gin_trgm_ops) WITH (fastupdate = off)""",
]
POSTGRES_GUARDS = [
    """CREATE OR REPLACE FUNCTION prasan_refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'this row is never changed (%)', TG_TABLE_NAME
         USING ERRCODE = 'integrity_constraint_violation';
       END $$""",
    """CREATE OR REPLACE TRIGGER template_edition_only_added BEFORE UPDATE ON office_lettertemplateedition
       FOR EACH ROW EXECUTE FUNCTION prasan_refuse_update()""",
    """CREATE OR REPLACE TRIGGER report_issued_kept BEFORE UPDATE ON office_report
       FOR EACH ROW WHEN (old.state = 'issued') EXECUTE FUNCTION prasan_refuse_update()""",
]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the search index and the guards in place where they are missing."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            _install_sqlite_search(cursor)
        statements = POSTGRES_SEARCH + POSTGRES_GUARDS if connection.vendor == "postgresql" else SQLITE_GUARDS
        for statement in statements:
            cursor.execute(statement)
    retention_guards.install(connection, retention_guards.OFFICE_GUARDS)
    retention_guards.install_agreement(connection)


def _install_sqlite_search(cursor: CursorWrapper) -> None:
    cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'matter_search'")
    if cursor.fetchone() != (SQLITE_SEARCH_TABLE,):
        _remove_sqlite_search(cursor)
        cursor.execute(SQLITE_SEARCH_TABLE)
        cursor.execute(SQLITE_SEARCH_FILL)
    for name, body in SQLITE_SEARCH_TRIGGERS.items():
        cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {body}")


def _remove_sqlite_search(cursor: CursorWrapper) -> None:
    """Away with the index and with what keeps it: there is none, or one of an earlier making."""
    for name in SQLITE_SEARCH_TRIGGERS:
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
    cursor.execute("DROP TABLE IF EXISTS matter_search")


@contextmanager
def search_index_rebuilt_after(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Load very many matters without keeping the search index row by row; it is built once at the end."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            _remove_sqlite_search(cursor)
        else:
            cursor.execute("DROP INDEX IF EXISTS matter_search")
    try:
        yield
    finally:
        install(connection)


# The tables whose indexes the lists choose between.
COUNTED = " OR ".join(
    f"name GLOB '{room}_*'" for room in ("office", "complaints", "parliament", "publicrelations")
)


def count_anew(connection: BaseDatabaseWrapper) -> None:
    """Let SQLite count what stands in its tables, by which it chooses between indexes; PostgreSQL does so by itself.

    Whole, for from a sample SQLite takes every common value for a rare one. Table by table, so that whoever writes
    waits for one of them at most.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name FROM sqlite_master WHERE type = 'table' AND ({COUNTED})")  # nosec B608 # names of our own tables
        tables = [row[0] for row in cursor.fetchall()]
        cursor.execute("PRAGMA analysis_limit = 0")
        for table in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")
