"""What the models of the budget cannot say to the database: an entry of the ledger is never changed and never deleted.
Put in place after every `migrate`, as `office.database` is."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

# Of an entry that waits only its decision may come, once; of one that is decided nothing.
_KEPT = (
    "activity_id", "kind", "amount", "to_activity_id", "against_id", "reverses_id", "document_number", "dated_on",
    "payee", "note", "entered_by_id", "entered_at", "once",
)  # fmt: skip
_CHANGED = " OR ".join(f"new.{name} IS NOT old.{name}" for name in _KEPT)
_OLD, _NEW = (", ".join(f"{row}.{name}" for name in _KEPT) for row in ("old", "new"))

SQLITE_GUARDS = {
    "budget_entry_kept": f"""BEFORE UPDATE ON projectplan_budgetentry
       WHEN old.state <> 'pending' OR new.state = 'pending' OR {_CHANGED} BEGIN
         SELECT RAISE(ABORT, 'an entry of the ledger is never changed'); END""",
    "budget_entry_stays": """BEFORE DELETE ON projectplan_budgetentry BEGIN
         SELECT RAISE(ABORT, 'an entry of the ledger is never deleted'); END""",
    "budget_file_kept": """BEFORE UPDATE ON projectplan_budgetfile BEGIN
         SELECT RAISE(ABORT, 'a file of the ledger is never changed'); END""",
    "budget_file_stays": """BEFORE DELETE ON projectplan_budgetfile BEGIN
         SELECT RAISE(ABORT, 'a file of the ledger is never deleted'); END""",
}
POSTGRES_GUARDS = [
    f"""CREATE OR REPLACE TRIGGER budget_entry_kept BEFORE UPDATE ON projectplan_budgetentry
       FOR EACH ROW WHEN (old.state <> 'pending' OR new.state = 'pending'
         OR ({_NEW}) IS DISTINCT FROM ({_OLD}))
       EXECUTE FUNCTION prasan_refuse_update()""",
    """CREATE OR REPLACE TRIGGER budget_entry_stays BEFORE DELETE ON projectplan_budgetentry
       FOR EACH ROW EXECUTE FUNCTION prasan_refuse_update()""",
    """CREATE OR REPLACE TRIGGER budget_file_kept BEFORE UPDATE OR DELETE ON projectplan_budgetfile
       FOR EACH ROW EXECUTE FUNCTION prasan_refuse_update()""",
]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guards in place where they are missing; the office's, whose function they use, are there before."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for statement in POSTGRES_GUARDS:
                cursor.execute(statement)
            return
        for name, body in SQLITE_GUARDS.items():
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {body}")


def take_away(connection: BaseDatabaseWrapper) -> None:
    """Take the guards of SQLite away, so that a database can be emptied whole; PostgreSQL truncates past its own."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for name in SQLITE_GUARDS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
