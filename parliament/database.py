"""What parliament's models cannot say to the database: a version of a draft is never changed, an approved one not even
by another approval. Put in place after every `migrate`, as `office.database` is."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

# Of a version only its approval may come, once.
SQLITE_GUARDS = [
    """CREATE TRIGGER IF NOT EXISTS draft_kept BEFORE UPDATE ON parliament_answerdraft
       WHEN old.approved_at IS NOT NULL OR new.matter_id IS NOT old.matter_id OR new.version IS NOT old.version
         OR new.text IS NOT old.text OR new.note IS NOT old.note OR new.written_by_id IS NOT old.written_by_id
         OR new.written_at IS NOT old.written_at OR new.reused_from_id IS NOT old.reused_from_id BEGIN
         SELECT RAISE(ABORT, 'a version of a draft is never changed'); END""",
]
POSTGRES_GUARDS = [
    """CREATE OR REPLACE TRIGGER draft_kept BEFORE UPDATE ON parliament_answerdraft
       FOR EACH ROW WHEN (old.approved_at IS NOT NULL OR
         (new.matter_id, new.version, new.text, new.note, new.written_by_id, new.written_at, new.reused_from_id)
         IS DISTINCT FROM
         (old.matter_id, old.version, old.text, old.note, old.written_by_id, old.written_at, old.reused_from_id))
       EXECUTE FUNCTION prasan_refuse_update()""",
]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guards in place where they are missing; the office's, whose function they use, are there before."""
    with connection.cursor() as cursor:
        for statement in POSTGRES_GUARDS if connection.vendor == "postgresql" else SQLITE_GUARDS:
            cursor.execute(statement)
