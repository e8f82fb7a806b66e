"""What a list of members would change, row by row, and carrying exactly that out.

A plan is plain JSON: made when the file comes, shown, and made anew when a head confirms. Only if both are equal is
anything written, so what is written is what was seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, cast

from django.conf import settings
from django.utils.translation import gettext, override

from office.list_bringing import apply_as_shown
from office.models import Province, User
from office.thai import sort_key
from parliament.forms.houses import seat_faults
from parliament.member_lines import Known, Reading, Values, read_line
from parliament.models import Member, MemberImport, Party

COLUMNS_WRITTEN: Final = (
    "title", "seat", "party_id", "province_id", "constituency", "list_group", "telephone", "email",
    "since_on", "until_on",
)  # fmt: skip
WRITTEN_AT_ONCE: Final = 200


# ── The plan ────────────────────────────────────────────────────────────────────────────────


def make_plan(bringing: MemberImport) -> dict[str, Any]:
    """What the import would change as the rows are now; a handful of queries, whatever its length. Its words are in
    the office's language, so that it is the same for whoever asks."""
    with override(settings.LANGUAGE_CODE):
        readings = list(_readings(bringing, Known.now()))
        rows = _there(readings)
        earlier = _earlier_terms(readings, rows)
        plan: dict[str, Any] = {"new": [], "changed": [], "wrong": [], "unchanged": 0, "parties": []}
        for reading in readings:
            _put_into(plan, reading, rows.get(_key(reading.values)), bringing, earlier)
    plan["parties"] = _new_parties(plan)
    return plan


def _put_into(
    plan: dict[str, Any],
    reading: Reading,
    there: Member | None,
    bringing: MemberImport,
    earlier: Mapping[int, tuple[int, str]],
) -> None:
    """A line is wrong, new, a change, or nothing new."""
    current = values_of(there) if there else {"since_on": bringing.since_on.isoformat()}
    if not reading.faults:
        for column, words in seat_faults(current | reading.values):
            reading.fault(column, words)
    if reading.faults:
        plan["wrong"].append({"line": reading.line, "name": reading.values["name"], "faults": reading.faults})
    elif there is None:
        continues, before = earlier.get(reading.line, (None, ""))
        values = current | reading.values
        plan["new"].append({"line": reading.line, "values": values, "continues": continues, "before": before})
    elif changes := _changes(current, reading.values):
        row = {"line": reading.line, "pk": there.pk, "name": there.name, "changes": changes}
        plan["changed"].append(row)
    else:
        plan["unchanged"] += 1


def _readings(bringing: MemberImport, known: Known) -> Iterator[Reading]:
    """Every line read; a second line of the same person is wrong, and says which was the first."""
    defaults: Values = {"chamber": bringing.chamber, "parliament_number": bringing.parliament_number}
    first: dict[tuple[Any, ...], int] = {}
    for line, cells in bringing.rows:
        given = {column: cell for column, cell in zip(bringing.fields, cells, strict=True) if column}
        reading = read_line(line, given, defaults, known)
        key = _key(reading.values)
        if key in first and reading.values["name"]:
            said = gettext("The same person stands in line %(line)s already.") % {"line": first[key]}
            reading.fault("name", said)
        first.setdefault(key, line)
        yield reading


def _key(values: Values) -> tuple[Any, ...]:
    return values["chamber"], values["parliament_number"], values["name"]


def _there(readings: Sequence[Reading]) -> dict[tuple[Any, ...], Member]:
    """The rows that lines of this file are about."""
    numbers = {reading.values["parliament_number"] for reading in readings}
    rows = Member.objects.filter(parliament_number__in=numbers).select_related("party", "province")
    return {(row.chamber, row.parliament_number, row.name): row for row in rows}


def values_of(member: Member) -> Values:
    """A row in the words of a plan."""
    return {
        "title": member.title,
        "seat": member.seat,
        "party": member.party.name if member.party else "",
        "province": member.province.name if member.province else "",
        "constituency": member.constituency,
        "list_group": member.list_group,
        "telephone": member.telephone,
        "email": member.email,
        "since_on": member.since_on.isoformat(),
        "until_on": member.until_on.isoformat() if member.until_on else None,
    }


def _changes(current: Values, given: Values) -> list[list[Any]]:
    """Field, old, new of what differs; a column that the file does not have changes nothing."""
    return [
        [column, current[column], value]
        for column, value in given.items()
        if column in current and current[column] != value
    ]


def _earlier_terms(
    readings: Sequence[Reading], rows: Mapping[tuple[Any, ...], Member]
) -> dict[int, tuple[int, str]]:
    """For new rows: the same person in an earlier parliament, where only one row of the name is the newest."""
    names = {reading.values["name"]: reading for reading in readings if _key(reading.values) not in rows}
    found: dict[str, list[Member]] = {}
    namesakes = Member.objects.filter(name__in=list(names), continued_by=None).order_by("-parliament_number")
    for member in namesakes:
        if member.parliament_number < names[member.name].values["parliament_number"]:
            found.setdefault(member.name, []).append(member)
    terms = {}
    for name, members in found.items():
        newest = [one for one in members if one.parliament_number == members[0].parliament_number]
        if len(newest) == 1:
            words = gettext("parliament %(number)s") % {"number": newest[0].parliament_number}
            terms[names[name].line] = (newest[0].pk, f"{newest[0].full_name}, {words}")
    return terms


def _new_parties(plan: dict[str, Any]) -> list[str]:
    named = {row["values"].get("party", "") for row in plan["new"]}
    named |= {new for row in plan["changed"] for column, _old, new in row["changes"] if column == "party"}
    there = set(Party.objects.filter(name__in=list(named)).values_list("name", flat=True))
    return sorted(named - there - {""})


# ── Carrying it out ─────────────────────────────────────────────────────────────────────────


def apply(bringing: MemberImport, *, by: User, now: datetime) -> MemberImport:
    """Write exactly what was shown; a second time finds it written. Raises PlanMovedOn when it would be another."""
    return apply_as_shown(bringing, by=by, now=now, make_plan=make_plan, hold=_hold, write=_write)


def _hold(plan: dict[str, Any]) -> None:
    """Nobody mends a row between the comparison and the writing."""
    keys = [row["pk"] for row in plan["changed"]]
    held = Member.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    list(held.values_list("pk", flat=True))


def _write(bringing: MemberImport) -> None:
    plan = bringing.plan
    Party.objects.bulk_create(Party(name=name) for name in plan["parties"])
    parties = dict(Party.objects.values_list("name", "pk"))
    provinces = dict(Province.objects.values_list("name", "pk"))

    def columns(values: Values) -> Values:
        """The values of a plan as the row's columns hold them."""
        given = dict(values)
        if "party" in given:
            given["party_id"] = parties.get(given.pop("party"))
        if "province" in given:
            given["province_id"] = provinces.get(given.pop("province"))
        for column in ("since_on", "until_on"):
            if given.get(column):
                given[column] = date.fromisoformat(given[column])
        return given

    Member.objects.bulk_create(
        (
            Member(
                **columns(row["values"]),
                continues_id=row["continues"],
                sort_name=sort_key(row["values"]["name"]),
            )
            for row in plan["new"]
        ),
        batch_size=WRITTEN_AT_ONCE,
    )
    changed = Member.objects.in_bulk([row["pk"] for row in plan["changed"]])
    for row in plan["changed"]:
        for column, value in columns({column: new for column, _old, new in row["changes"]}).items():
            setattr(changed[row["pk"]], column, value)
    Member.objects.bulk_update(
        cast(list[Member], list(changed.values())), COLUMNS_WRITTEN, batch_size=WRITTEN_AT_ONCE
    )
