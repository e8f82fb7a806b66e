"""What a list of contacts would change, row by row, and carrying exactly that out (office.list_bringing)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext, override

from office.list_bringing import Plan, apply_as_shown, given_lines
from office.models import Agency, Contact, NetworkImport, User
from office.network_columns import DATES
from office.network_lines import Known, Reading, Values, read_line

COMPARED: Final = ("position", "role", "telephone", "mobile", "email", "since_on", "until_on", "note")


# ── The plan ────────────────────────────────────────────────────────────────────────────────


def make_plan(bringing: NetworkImport) -> Plan:
    """What the import would change as the rows are now; three queries, whatever its length."""
    with override(settings.LANGUAGE_CODE):
        readings = list(_readings(bringing))
        there = _there(readings)
        plan: Plan = {"agencies": [], "new": [], "changed": [], "wrong": [], "unchanged": 0}
        for reading in readings:
            _put_into(plan, reading, there)
    return plan


def changes_anything(plan: Plan) -> bool:
    return bool(plan["agencies"] or plan["new"] or plan["changed"])


def _readings(bringing: NetworkImport) -> Iterator[Reading]:
    """Every line read; a second line of the same person and task is wrong, and says which was the first."""
    known = Known()
    first: dict[tuple[str, str, str], int] = {}
    for line, cells in given_lines(bringing):
        reading = read_line(line, cells, known)
        person = (reading.agency, reading.values.get("name", ""), reading.values.get("role", ""))
        if person[1] and person in first:
            said = gettext("The same person stands in line %(line)s already.") % {"line": first[person]}
            reading.fault("name", said)
        first.setdefault(person, line)
        if reading.new_agency and not reading.faults:
            known.bring(reading.new_agency["name"])
        yield reading


def _there(readings: Sequence[Reading]) -> dict[tuple[str, str], list[Contact]]:
    """The contacts that lines of this file are about, by agency and name."""
    names = {reading.values.get("name", "") for reading in readings}
    rows = Contact.objects.filter(name__in=names, until_on=None, merged_into=None).select_related("agency")
    found: dict[tuple[str, str], list[Contact]] = {}
    for row in rows.order_by("pk"):
        found.setdefault((row.agency.name, row.name), []).append(row)
    return found


def _put_into(plan: Plan, reading: Reading, there: dict[tuple[str, str], list[Contact]]) -> None:
    """A line is wrong, new, a change, or nothing new; besides, it may bring an agency."""
    name = reading.values.get("name", "")
    rows = there.get((reading.agency, name), [])
    role = reading.values.get("role")
    row = (
        next((one for one in rows if one.role == role), None)
        if role
        else (rows[0] if len(rows) == 1 else None)
    )
    if rows and row is None and role is None:
        reading.fault("role", gettext("This person has several tasks here. Write which one is meant."))
    if reading.faults:
        said = " · ".join(part for part in (name, reading.agency) if part)
        plan["wrong"].append({"line": reading.line, "name": said, "faults": reading.faults})
        return
    if reading.new_agency:
        plan["agencies"].append({"line": reading.line, **reading.new_agency})
    if not name:
        return
    if row is None:
        plan["new"].append({"line": reading.line, "agency": reading.agency, "values": reading.values})
    elif changes := _changes(row, reading.values):
        plan["changed"].append(
            {"line": reading.line, "pk": row.pk, "name": name, "agency": reading.agency, "changes": changes}
        )
    else:
        plan["unchanged"] += 1


def _changes(row: Contact, given: Values) -> list[list[Any]]:
    """Field, old, new of what differs; a column that the file does not have, or a cell it leaves empty, changes
    nothing."""
    found = []
    for column in COMPARED:
        now = getattr(row, column)
        old = now.isoformat() if isinstance(now, date) else now
        if given.get(column) and given[column] != old:
            found.append([column, old, given[column]])
    return found


# ── Carrying it out ─────────────────────────────────────────────────────────────────────────


def apply(bringing: NetworkImport, *, by: User, now: datetime) -> NetworkImport:
    """Write exactly what was shown; a second time finds it written. Raises PlanMovedOn when it would be another."""
    return apply_as_shown(bringing, by=by, now=now, make_plan=make_plan, hold=_hold, write=_write)


def _hold(plan: Plan) -> None:
    """Nobody mends a row between the comparison and the writing."""
    keys = [row["pk"] for row in plan["changed"]]
    list(Contact.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))


def _write(bringing: NetworkImport) -> None:
    """Row by row, so that the log says who brought what."""
    plan = bringing.plan
    for row in plan["agencies"]:
        parent = Agency.objects.filter(name=row["parent"]).first() if row["parent"] else None
        Agency(name=row["name"], kind=row["kind"], parent=parent).save(force_insert=True)
    names = {row["agency"] for row in plan["new"]}
    agencies = dict(Agency.objects.filter(name__in=names).values_list("name", "pk"))
    for row in plan["new"]:
        Contact(agency_id=agencies[row["agency"]], **_columns(row["values"])).save(force_insert=True)
    contacts = Contact.objects.in_bulk([row["pk"] for row in plan["changed"]])
    for row in plan["changed"]:
        contact = contacts[row["pk"]]
        for column, value in _columns({column: new for column, _old, new in row["changes"]}).items():
            setattr(contact, column, value)
        contact.save()


def _columns(values: Values) -> Values:
    """The values of a plan as the row's columns hold them."""
    return {
        column: date.fromisoformat(value) if column in DATES and value else value
        for column, value in values.items()
    }
