"""How the guards of rows that are never changed let words be emptied, and what the database asks before it does.

A row's words may become empty where its matter stands in `office_anonymised`, and nothing else of the row may change
with them. Into that table the database itself lets only what two people agreed to, ended, and nobody holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Guard:
    """A table whose rows keep what they say: which change is refused (`protects`, of old and new), with which words;
    which columns may be emptied with the matter that `matter` names, while the `others` stay as they are."""

    name: str
    table: str
    protects: str
    words: str
    emptied: Sequence[str]
    others: Sequence[str]
    matter: str = "old.matter_id"

    def refused(self, differs: str) -> str:
        """The condition under which an update is refused; `differs` is how this database compares with NULL."""
        same = [f"NOT (new.{column} {differs} old.{column})" for column in self.others]
        empty = [f"new.{column} = ''" for column in self.emptied]
        agreed = f"EXISTS (SELECT 1 FROM office_anonymised WHERE matter_id = {self.matter})"  # nosec B608 # names of our own columns
        return f"({self.protects.replace('<>>', differs)}) AND NOT ({' AND '.join([agreed, *same, *empty])})"


_EVENT: Final = (
    "id", "matter_id", "at", "actor_id", "actor_label", "acting_for_id", "step", "from_state", "to_state", "version",
)  # fmt: skip
_LETTER_FACTS: Final = (
    "matter_id", "kind", "agency_id", "speed", "signer_id", "series", "year", "number", "issued_at",
)  # fmt: skip
_LETTER_WORDS: Final = ("to_whom", "subject", "refers_to", "enclosures", "body")
_TRANSLATION: Final = ("id", "document_id", "version", "written_by_id", "written_at")

_LETTER_CHANGED: Final = " OR ".join(f"new.{one} <>> old.{one}" for one in (*_LETTER_FACTS, *_LETTER_WORDS))

OFFICE_GUARDS: Final = [
    # Its `changes` are thinned to what says nothing of a person, which no condition here could tell.
    Guard("event_only_added", "office_event", "true", "an event is never changed", ("reason",), _EVENT),
    # What may still come to an issued letter: its PDF, once, and that it has left.
    Guard(
        "letter_issued_kept",
        "office_outgoingletter",
        f"old.issued_at IS NOT NULL AND ({_LETTER_CHANGED} "
        "OR (old.document_id IS NOT NULL AND new.document_id <>> old.document_id))",
        "an issued letter is never changed",
        _LETTER_WORDS,
        (*_LETTER_FACTS, "document_id", "sent_at"),
    ),
    Guard(
        "incoming_entry_only_added",
        "office_incomingentry",
        "true",
        "a line of practice is never changed",
        ("text",),
        ("id", "incoming_id", "kind", "at", "by_id"),
        matter="(SELECT matter_id FROM office_incomingdocument WHERE id = old.incoming_id)",
    ),
]
TRANSLATION_GUARD: Final = Guard(
    "translation_kept",
    "publicrelations_translation",
    "true",
    "a version of a translation is never changed",
    ("text", "note"),
    _TRANSLATION,
    matter="old.document_id",
)

_AGREED: Final = """EXISTS (
    SELECT 1 FROM office_retentionrow r JOIN office_retentionbatch b ON b.id = r.batch_id
    WHERE r.id = new.row_id AND r.subject = new.subject AND r.key = new.key AND r.outcome <> 'kept_out'
      AND b.state = 'confirmed' AND b.checked_by_id IS NOT NULL AND b.confirmed_by_id IS NOT NULL
      AND b.checked_by_id <> b.confirmed_by_id)"""
_ENDED: Final = """(new.matter_id IS NULL OR (new.matter_id = new.key
    AND EXISTS (SELECT 1 FROM office_matter m WHERE m.id = new.matter_id AND m.closed_at IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM office_legalhold h WHERE h.matter_id = new.matter_id)))"""
AGREED_BY_TWO: Final = f"NOT ({_AGREED} AND {_ENDED})"
AGREED_WORDS: Final = "personal data are removed only as two people agreed"


def install(connection: BaseDatabaseWrapper, guards: Sequence[Guard]) -> None:
    """Put guards in place, in the place of any of an earlier making."""
    with connection.cursor() as cursor:
        for guard in guards:
            differs = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
            for statement in _trigger(
                connection.vendor, guard.name, "UPDATE", guard.table, guard.refused(differs), guard.words
            ):
                cursor.execute(statement)


def install_agreement(connection: BaseDatabaseWrapper) -> None:
    """What the database asks of a row that says that personal data are removed."""
    with connection.cursor() as cursor:
        for operation in ("INSERT", "UPDATE"):
            name = f"anonymised_as_agreed_{operation.lower()}"
            for statement in _trigger(
                connection.vendor, name, operation, "office_anonymised", AGREED_BY_TWO, AGREED_WORDS
            ):
                cursor.execute(statement)


def _trigger(vendor: str, name: str, operation: str, table: str, condition: str, words: str) -> list[str]:
    """A trigger that refuses what meets the condition; one of that name is replaced."""
    if vendor != "postgresql":
        return [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} BEFORE {operation} ON {table} WHEN {condition} BEGIN "
            f"SELECT RAISE(ABORT, '{words}'); END",
        ]
    # A trigger's own WHEN may not look into other rows; a function may.
    return [
        f"""CREATE OR REPLACE FUNCTION prasan_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
           BEGIN
             IF {condition} THEN
               RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation';
             END IF;
             RETURN new;
           END $$""",
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {operation} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION prasan_{name}()",
    ]
