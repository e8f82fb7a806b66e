"""What the database itself refuses of agreements: signing while the weights are not 100, and changing what was signed.

Installed after every `migrate` and safe to repeat, as those of `office.database`.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

AGREEMENT, LINE, ASSESSMENT, EVENT = (
    "projectplan_agreement",
    "projectplan_agreementline",
    "projectplan_assessment",
    "projectplan_agreementevent",
)
# What was signed: who, with whom, of which year, and when. State, version and results go on.
SIGNED_COLUMNS = ("fiscal_year", "person_id", "edition", "reason", "signer_id", "signed_at")
CONFIRMED_COLUMNS = ("superior_id", "confirmed_at")
# The links to the plan may be lost with it; the words stand in the line itself.
LINE_COLUMNS = (
    "agreement_id",
    "number",
    "name",
    "measure",
    "unit",
    "target",
    "weight",
    *(f"level_{number}" for number in range(1, 6)),
)
SIGNED_LINE = f"EXISTS (SELECT 1 FROM {AGREEMENT} WHERE id = %s.agreement_id AND signed_at IS NOT NULL)"  # nosec B608 # names of our own tables
WEIGHTS = f"(SELECT coalesce(round(sum(weight), 2), 0) FROM {LINE} WHERE agreement_id = new.id)"  # nosec B608 # names of our own tables


def _changed(columns: tuple[str, ...], differs: str) -> str:
    return " OR ".join(f"new.{name} {differs} old.{name}" for name in columns)


def _sqlite() -> list[str]:
    def trigger(name: str, when: str, condition: str, words: str) -> str:
        return (
            f"CREATE TRIGGER IF NOT EXISTS {name} {when} WHEN {condition} BEGIN "
            f"SELECT RAISE(ABORT, '{words}'); END"
        )

    signing = "new.signed_at IS NOT NULL AND old.signed_at IS NULL"
    signed = f"old.signed_at IS NOT NULL AND ({_changed(SIGNED_COLUMNS, 'IS NOT')})"
    confirmed = f"old.confirmed_at IS NOT NULL AND ({_changed(CONFIRMED_COLUMNS, 'IS NOT')})"
    weights, fixed = "the weights of an agreement are 100", "a signed agreement is never changed"
    update = f"BEFORE UPDATE ON {LINE}"
    return [
        trigger(
            "agreement_born_unsigned", f"BEFORE INSERT ON {AGREEMENT}", "new.signed_at IS NOT NULL", weights
        ),
        trigger(
            "agreement_weighs_100",
            f"BEFORE UPDATE ON {AGREEMENT}",
            f"{signing} AND {WEIGHTS} <> 100",
            weights,
        ),
        trigger(
            "agreement_signed_kept", f"BEFORE UPDATE ON {AGREEMENT}", f"({signed}) OR ({confirmed})", fixed
        ),
        trigger("agreement_line_not_added", f"BEFORE INSERT ON {LINE}", SIGNED_LINE % "new", fixed),
        trigger(
            "agreement_line_kept",
            update,
            f"({SIGNED_LINE % 'old'} OR {SIGNED_LINE % 'new'}) AND ({_changed(LINE_COLUMNS, 'IS NOT')})",
            fixed,
        ),
        trigger("assessment_kept", f"BEFORE UPDATE ON {ASSESSMENT}", "1", "an assessment is never changed"),
        trigger("agreement_event_kept", f"BEFORE UPDATE ON {EVENT}", "1", "an event is never changed"),
    ]


def _function(name: str, condition: str, words: str) -> str:
    # A trigger's own WHEN may not look into other rows; a function may.
    return f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF {condition} THEN
           RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation';
         END IF;
         IF TG_OP = 'DELETE' THEN RETURN old; END IF;
         RETURN new;
       END $$"""


def _postgresql() -> list[str]:
    weights, fixed = "the weights of an agreement are 100", "a signed agreement is never changed"
    distinct = "IS DISTINCT FROM"
    signed = f"old.signed_at IS NOT NULL AND ({_changed(SIGNED_COLUMNS, distinct)})"
    confirmed = f"old.confirmed_at IS NOT NULL AND ({_changed(CONFIRMED_COLUMNS, distinct)})"
    rules = [
        ("agreement_born_unsigned", "INSERT", AGREEMENT, "new.signed_at IS NOT NULL", weights),
        (
            "agreement_weighs_100",
            "UPDATE",
            AGREEMENT,
            f"new.signed_at IS NOT NULL AND old.signed_at IS NULL AND {WEIGHTS} <> 100",
            weights,
        ),
        ("agreement_signed_kept", "UPDATE", AGREEMENT, f"({signed}) OR ({confirmed})", fixed),
        ("agreement_line_not_added", "INSERT", LINE, SIGNED_LINE % "new", fixed),
        (
            "agreement_line_kept",
            "UPDATE",
            LINE,
            f"({SIGNED_LINE % 'old'} OR {SIGNED_LINE % 'new'}) AND ({_changed(LINE_COLUMNS, distinct)})",
            fixed,
        ),
        ("assessment_kept", "UPDATE", ASSESSMENT, "true", "an assessment is never changed"),
        ("agreement_event_kept", "UPDATE", EVENT, "true", "an event is never changed"),
        # SQLite cannot tell this from a table being emptied; there only the path of an agreement keeps its lines.
        ("agreement_line_not_deleted", "DELETE", LINE, SIGNED_LINE % "old", fixed),
    ]
    statements = []
    for name, operation, table, condition, words in rules:
        statements.append(_function(f"prasan_{name}", condition, words))
        statements.append(
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {operation} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION prasan_{name}()"
        )
    return statements


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guards in place where they are missing; nothing while the tables are not there yet."""
    if AGREEMENT not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in _postgresql() if connection.vendor == "postgresql" else _sqlite():
            cursor.execute(statement)
