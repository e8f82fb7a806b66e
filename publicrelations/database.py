"""What the models of public relations cannot say to the database: a version of a text is never changed; an article's is
released once. Put in place after every `migrate`, as `office.database` is."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

from office import retention_guards

# Of an article's version only its release may come, once.
SQLITE_GUARDS = [
    """CREATE TRIGGER IF NOT EXISTS article_version_kept BEFORE UPDATE ON publicrelations_articleversion
       WHEN old.released_at IS NOT NULL OR new.article_id IS NOT old.article_id
         OR new.version IS NOT old.version OR new.title IS NOT old.title OR new.lead IS NOT old.lead
         OR new.body IS NOT old.body OR new.captions IS NOT old.captions OR new.note IS NOT old.note
         OR new.written_by_id IS NOT old.written_by_id OR new.written_at IS NOT old.written_at BEGIN
         SELECT RAISE(ABORT, 'a version of an article is never changed'); END""",
]
POSTGRES_GUARDS = [
    """CREATE OR REPLACE TRIGGER article_version_kept BEFORE UPDATE ON publicrelations_articleversion
       FOR EACH ROW WHEN (old.released_at IS NOT NULL OR
         (new.article_id, new.version, new.title, new.lead, new.body, new.captions, new.note, new.written_by_id,
          new.written_at)
         IS DISTINCT FROM
         (old.article_id, old.version, old.title, old.lead, old.body, old.captions, old.note, old.written_by_id,
          old.written_at))
       EXECUTE FUNCTION prasan_refuse_update()""",
]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guards in place where they are missing; the office's, whose function they use, are there before."""
    with connection.cursor() as cursor:
        for statement in POSTGRES_GUARDS if connection.vendor == "postgresql" else SQLITE_GUARDS:
            cursor.execute(statement)
    retention_guards.install(connection, [retention_guards.TRANSLATION_GUARD])
