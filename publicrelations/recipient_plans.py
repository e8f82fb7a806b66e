"""What a list of recipients would change, row by row, and carrying exactly that out.

A plan is plain JSON: made when the file comes, shown, and made anew when it is confirmed. Only if both are equal is
anything written, so what is written is what was seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext, override

from office.calendar import OFFICE_TZ
from office.list_bringing import apply_as_shown
from office.models import Agency, EducationArea, User
from publicrelations.models import Recipient, RecipientGroup, RecipientImport
from publicrelations.models.recipient import name_key
from publicrelations.recipient_columns import DATES
from publicrelations.recipient_lines import Known, Reading, Values, read_line

NEEDED: Final = ("group", "address", "postcode")
"""What a new recipient cannot be without; its copies come from its group."""
COLUMNS_WRITTEN: Final = (
    "group_id", "copies", "attention", "address", "postcode", "contact_name", "telephone", "email",
    "since_on", "until_on", "note",
)  # fmt: skip
WRITTEN_AT_ONCE: Final = 200


# ── The plan ────────────────────────────────────────────────────────────────────────────────


def make_plan(bringing: RecipientImport, today: date) -> dict[str, Any]:
    """What the import would change as the rows are on a day; a handful of queries, whatever its length."""
    with override(settings.LANGUAGE_CODE):
        known = Known.now()
        readings = list(_readings(bringing, known))
        rows = _there(readings)
        plan: dict[str, Any] = {"new": [], "changed": [], "wrong": [], "ended": [], "unchanged": 0}
        for reading in readings:
            _put_into(plan, reading, rows.get(reading.values.get("name", "")), bringing, known)
        if bringing.is_whole:
            plan["ended"] = _missing({reading.values.get("name", "") for reading in readings}, today)
    plan["copies"] = _copies_after(plan, today)
    return plan


def _put_into(
    plan: dict[str, Any],
    reading: Reading,
    there: Recipient | None,
    bringing: RecipientImport,
    known: Known,
) -> None:
    """A line is wrong, new, a change, or nothing new."""
    if there is None and not reading.faults:
        _complete(reading, bringing, known)
    if reading.faults:
        name = reading.values.get("name", "")
        plan["wrong"].append({"line": reading.line, "name": name, "faults": reading.faults})
    elif there is None:
        plan["new"].append({"line": reading.line, "values": reading.values})
    elif changes := _changes(values_of(there), reading.values):
        row = {"line": reading.line, "pk": there.pk, "name": there.name, "changes": changes}
        plan["changed"].append(row)
    else:
        plan["unchanged"] += 1


def _complete(reading: Reading, bringing: RecipientImport, known: Known) -> None:
    """What a new recipient must have, and what it has unless its line says otherwise."""
    for column in NEEDED:
        if not reading.values.get(column):
            reading.fault(column, gettext("It is empty."))
    reading.values.setdefault("since_on", bringing.since_on.isoformat())
    group = next((one for one in known.groups.values() if one.name == reading.values.get("group")), None)
    if group:
        reading.values.setdefault("copies", group.default_copies)


def _readings(bringing: RecipientImport, known: Known) -> Iterator[Reading]:
    """Every line read; a second line of the same recipient is wrong, and says which was the first."""
    first: dict[str, int] = {}
    for line, cells in bringing.rows:
        given = {column: cell for column, cell in zip(bringing.fields, cells, strict=True) if column}
        reading = read_line(line, given, known)
        name = reading.values.get("name", "")
        if name and name in first:
            said = gettext("The same recipient stands in line %(line)s already.") % {"line": first[name]}
            reading.fault("name", said)
        first.setdefault(name, line)
        yield reading


def _there(readings: Sequence[Reading]) -> dict[str, Recipient]:
    """The rows in use that lines of this file are about."""
    names = [reading.values.get("name", "") for reading in readings]
    rows = Recipient.objects.filter(name__in=names, until_on=None).select_related("group")
    return {row.name: row for row in rows}


def values_of(recipient: Recipient) -> Values:
    """A row in the words of a plan."""
    return {
        "name": recipient.name,
        "group": recipient.group.name,
        "copies": recipient.copies,
        "attention": recipient.attention,
        "address": " ".join(recipient.address.split()),
        "postcode": recipient.postcode,
        "contact_name": recipient.contact_name,
        "telephone": recipient.telephone,
        "email": recipient.email,
        "since_on": recipient.since_on.isoformat(),
        "until_on": recipient.until_on.isoformat() if recipient.until_on else None,
        "note": recipient.note,
    }


def _changes(current: Values, given: Values) -> list[list[Any]]:
    """Field, old, new of what differs; a column that the file does not have changes nothing."""
    return [
        [column, current[column], value]
        for column, value in given.items()
        if column in current and current[column] != value
    ]


def _missing(names: set[str], today: date) -> list[dict[str, Any]]:
    """Those who are sent the journal today and stand nowhere in a list that says it is the whole one."""
    rows = Recipient.objects.on(today).filter(until_on=None).exclude(name__in=names).for_labels()
    return [
        {"pk": row.pk, "name": row.name, "copies": row.copies, "group": row.group.name}
        for row in rows
        if row.since_on < today
    ]


def _copies_after(plan: Mapping[str, Any], today: date) -> int:
    """How many copies the list would come to."""
    copies = Recipient.objects.on(today).copies()
    copies += sum(row["values"]["copies"] for row in plan["new"])
    copies -= sum(row["copies"] for row in plan["ended"])
    for row in plan["changed"]:
        copies += sum(new - old for column, old, new in row["changes"] if column == "copies")
    return copies


# ── Carrying it out ─────────────────────────────────────────────────────────────────────────


def apply(bringing: RecipientImport, *, by: User, now: datetime) -> RecipientImport:
    """Write exactly what was shown; a second time finds it written. Raises PlanMovedOn when it would be another."""
    today = now.astimezone(OFFICE_TZ).date()
    return apply_as_shown(
        bringing,
        by=by,
        now=now,
        make_plan=lambda one: make_plan(one, today),
        hold=_hold,
        write=lambda one: _write(one, today),
    )


def _hold(plan: Mapping[str, Any]) -> None:
    """Nobody mends a row between the comparison and the writing."""
    keys = [row["pk"] for row in (*plan["changed"], *plan["ended"])]
    held = Recipient.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    list(held.values_list("pk", flat=True))


def _write(bringing: RecipientImport, today: date) -> None:
    plan = bringing.plan
    groups = dict(RecipientGroup.objects.values_list("name", "pk"))

    def columns(values: Values) -> Values:
        """The values of a plan as the row's columns hold them."""
        given = dict(values)
        if "group" in given:
            given["group_id"] = groups[given.pop("group")]
        for column in DATES:
            if given.get(column):
                given[column] = date.fromisoformat(given[column])
        return given

    names = [row["values"]["name"] for row in plan["new"]]
    agencies = dict(Agency.objects.filter(name__in=names).values_list("name", "pk"))
    areas = dict(EducationArea.objects.filter(name__in=names).values_list("name", "pk"))
    Recipient.objects.bulk_create(
        (
            Recipient(
                **columns(row["values"]),
                sort_name=name_key(row["values"]["name"]),
                agency_id=agencies.get(row["values"]["name"]),
                area_id=areas.get(row["values"]["name"]),
            )
            for row in plan["new"]
        ),
        batch_size=WRITTEN_AT_ONCE,
    )
    changed = Recipient.objects.in_bulk([row["pk"] for row in plan["changed"]])
    for row in plan["changed"]:
        for column, value in columns({column: new for column, _old, new in row["changes"]}).items():
            setattr(changed[row["pk"]], column, value)
    Recipient.objects.bulk_update(changed.values(), COLUMNS_WRITTEN, batch_size=WRITTEN_AT_ONCE)
    ended = [row["pk"] for row in plan["ended"]]
    Recipient.objects.filter(pk__in=ended).update(until_on=today - timedelta(days=1))
