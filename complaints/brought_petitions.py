"""The office's old register of petitions, brought as a file: its rows beside those here, and as petitions of this
register, with their own number and year, found, counted and promised like every other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.brought_columns import HEADINGS, PERSONAL, SAMPLE
from complaints.brought_promises import Promises
from complaints.brought_reading import Known, PetitionReader
from complaints.likeness import text_key
from complaints.models import MonthTally, Petition, Petitioner, State
from complaints.permissions import is_of_petitions
from office.calendar import OFFICE_TZ
from office.history import BROUGHT_AGAIN
from office.models import Agency, Deadline, Event, Matter, NumberSeries, RegisterImport, Subgroup
from office.models.calendar import current_calendar
from office.permissions import is_administrator, is_head
from office.register_bringing import BroughtRegister, Row, What
from office.thai import format_short

MORNING, CLOSING = time(8, 30), time(16, 30)
"""An old register knows days: what came came in the morning, what was done was done by closing time."""
COURSE: Final = ("received_on", "opinion_on", "closed_on", "result")
PERSON: Final = {"petitioner": "name", "telephone": "telephone", "email": "email", "address": "address"}


def morning_of(day: date) -> datetime:
    return datetime.combine(day, MORNING, OFFICE_TZ)


def closing_of(day: date) -> datetime:
    return datetime.combine(day, CLOSING, OFFICE_TZ)


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(OFFICE_TZ).date() if moment else None


class PetitionKeeper:
    """Rows of an old register beside the petitions here; each is known by series, number and year."""

    def __init__(self, bringing: RegisterImport, now: datetime) -> None:
        self.bringing, self.now = bringing, now
        self.reader = PetitionReader(Known.now(), now.astimezone(OFFICE_TZ).date())
        self.read = self.reader.read
        self.promises = Promises(current_calendar(), now)
        self.subgroup = Subgroup.objects.get(code=Subgroup.Code.COMPLAINTS)
        self.agency = lru_cache(maxsize=500)(lambda pk: Agency.objects.get(pk=pk))

    # ── Beside what is here ─────────────────────────────────────────────────────────────────

    def hold(self, rows: Sequence[Row]) -> None:
        """Nobody registers under these series meanwhile; always in the same order."""
        for series, year in sorted({(series, year) for series, _number, year in _keys(rows)}):
            NumberSeries.hold(series, year)

    def compare(self, rows: Sequence[Row]) -> None:
        there = self._there(rows)
        worked_on = self._worked_on(there.values())
        for row in rows:
            own: Any = there.get(row.key)
            if own is None:
                continue
            row.there = own
            if not getattr(own, "is_brought", False):
                row.fault("number", gettext("This number was registered here already."))
                continue
            row.changes = _changes(own, row.values)
            row.what = What.CHANGED if row.changes else What.SAME
            if row.changes and own.pk in worked_on:
                row.fault(
                    "number", gettext("This petition was worked on here since. Correct it on its page.")
                )

    def _there(self, rows: Sequence[Row]) -> dict[Any, Matter]:
        """What stands under these numbers here."""
        keys = _keys(rows)
        matters = Matter.objects.filter(
            series__in={series for series, _number, _year in keys},
            year__in={year for _series, _number, year in keys},
            number__in={number for _series, number, _year in keys},
        )
        found: dict[Any, Matter] = {(one.series, one.number, one.year): one for one in matters}
        wanted = {key: found[key] for key in keys if key in found}
        petitions = Petition.objects.filter(pk__in=[one.pk for one in wanted.values()])
        brought = petitions.select_related("petitioner", "category", "province", "agency").in_bulk()
        opinions = self._opinions(brought)
        for key, matter in wanted.items():
            petition = brought.get(matter.pk)
            if petition is not None:
                # Nobody outside has a code for what was brought: it never had one.
                petition.is_brought = petition.code_fingerprint == ""  # type: ignore[attr-defined]
                petition.opinion_on = opinions.get(petition.pk, ...)  # type: ignore[attr-defined]
                wanted[key] = petition
        return wanted

    @staticmethod
    def _opinions(petitions: Iterable[int]) -> dict[int, date | None]:
        promised = Deadline.objects.filter(matter__in=list(petitions), kind=Deadline.Kind.OPINION)
        return {pk: _day(met) for pk, met in promised.values_list("matter_id", "met_at")}

    @staticmethod
    def _worked_on(matters: Iterable[Matter]) -> set[int]:
        events = Event.objects.filter(matter__in=[one.pk for one in matters])
        own = events.exclude(step__in=["receive", BROUGHT_AGAIN])
        return set(own.values_list("matter_id", flat=True))

    # ── Writing ─────────────────────────────────────────────────────────────────────────────

    def write(self, rows: Sequence[Row]) -> None:
        new = [row for row in rows if row.what is What.NEW]
        changed = [row for row in rows if row.what is What.CHANGED]
        petitions = self._insert(new)
        for row in changed:
            self._change(row)
        self._raise_numbers(new)
        months = {one.month for one in petitions} | {
            day.replace(day=1) for row in changed for day in (row.there.month, row.values["received_on"])
        }
        if months:
            MonthTally.mark_stale(Matter.Kind.PETITION, *sorted(months))

    def _insert(self, rows: Sequence[Row]) -> list[Petition]:
        """New petitions with all that belongs to them, table by table."""
        petitions = [self._petition(row) for row in rows]
        people = [
            one for row, petition in zip(rows, petitions, strict=True) if (one := _person(row, petition))
        ]
        shared = [column.attname for column in Matter._meta.concrete_fields if not column.primary_key]
        for petition in petitions:
            petition.search_text = petition.searchable()
        matters = Matter.objects.bulk_create(
            Matter(**{name: getattr(petition, name) for name in shared}) for petition in petitions
        )
        for matter, petition in zip(matters, petitions, strict=True):
            petition.pk = matter.pk
        own = [column for column in Petition._meta.local_concrete_fields if not column.generated]
        if petitions:
            # Django writes children of a table one by one; their own columns alone can be written together.
            Petition._base_manager.all()._insert(petitions, fields=own, using="default")  # type: ignore[attr-defined]
        for person in people:
            person.petition_id = person.petition.pk
        Petitioner.objects.bulk_create(people)
        Event.objects.bulk_create(self._event(petition, "receive", {}) for petition in petitions)
        Deadline.objects.bulk_create(
            promise
            for row, petition in zip(rows, petitions, strict=True)
            for promise in self._promised(petition, row.values)
        )
        return petitions

    def _petition(self, row: Row) -> Petition:
        [(series, number, year)] = _keys([row])
        values = row.values
        petition = Petition(
            kind=Matter.Kind.PETITION,
            series=series,
            number=number,
            year=year,
            subgroup=self.subgroup,
            registered_at=self.now,
            state=_state(values),
            code_fingerprint="",
        )
        defaults = {"channel": Petition.Channel.LETTER, "petition_kind": Petition.PetitionKind.GRIEVANCE}
        for name, value in (defaults | self._columns(values)).items():
            setattr(petition, name, value)
        petition.text_key = text_key(petition.title, petition.story)
        if values.get("agency"):
            petition.agency = self.agency(values["agency"])
        return petition

    @staticmethod
    def _columns(values: dict[str, Any]) -> dict[str, Any]:
        """The values of a row as the columns of a petition hold them; of those that the file has."""
        same = ("title", "story", "channel", "petition_kind", "agency_text", "result")
        columns: dict[str, Any] = {name: values[name] for name in same if name in values}
        for name in ("category", "province", "agency"):
            if name in values:
                columns[f"{name}_id"] = values[name]
        received = values["received_on"]
        columns |= {"received_at": morning_of(received), "month": received.replace(day=1)}
        if "closed_on" in values:
            columns["closed_at"] = closing_of(values["closed_on"]) if values["closed_on"] else None
        return columns

    def _promised(self, petition: Petition, values: dict[str, Any]) -> list[Deadline]:
        opinion, closed = values.get("opinion_on"), values.get("closed_on")
        return self.promises.of(
            petition,
            opinion=closing_of(opinion) if opinion else None,
            closed=closing_of(closed) if closed else None,
        )

    def _event(self, petition: Petition, step: str, changes: dict[str, Any]) -> Event:
        from_state = "" if step == "receive" else petition.state
        return Event(
            matter_id=petition.pk,
            at=self.now,
            actor=self.bringing.asked_by,
            step=step,
            from_state=from_state,
            to_state=petition.state,
            reason=gettext("Brought from the old register: %(file)s") % {"file": self.bringing.file_name},
            changes=changes,
            version=petition.version,
        )

    def _change(self, row: Row) -> None:
        """What an earlier file brought, as this one has it; nobody has worked on it since."""
        petition, values = row.there, row.values
        is_of_course = any(name in row.changes for name in COURSE)
        if is_of_course:
            values = {"opinion_on": _known_day(petition), "closed_on": _day(petition.closed_at)} | values
        columns = self._columns(values)
        if is_of_course:
            columns["state"] = _state(values)
        for name, value in columns.items():
            if name != "state":
                setattr(petition, name, value)
        petition.version += 1
        person = self._change_person(petition, row)
        if person:
            petition.petitioner = person
        columns |= {"version": petition.version, "text_key": text_key(petition.title, petition.story)}
        Petition.objects.filter(pk=petition.pk).update(**columns)
        kept = Petition.objects.select_related("petitioner", "agency").get(pk=petition.pk)
        Matter.objects.filter(pk=petition.pk).update(search_text=kept.searchable())
        told = {name: pair for name, pair in row.changes.items() if name not in PERSONAL}
        self._event(kept, BROUGHT_AGAIN, told).save()
        if is_of_course:
            kept.deadlines.all().delete()
            Deadline.objects.bulk_create(self._promised(kept, values))

    @staticmethod
    def _change_person(petition: Petition, row: Row) -> Petitioner | None:
        if not any(name in row.changes for name in PERSONAL):
            return None
        person = getattr(petition, "petitioner", None) or Petitioner(petition=petition)
        _set_person(person, row.values)
        person.save()
        return person

    @staticmethod
    def _raise_numbers(rows: Sequence[Row]) -> None:
        """Whatever is registered next gets a number after the old register's."""
        last: dict[tuple[str, int], int] = {}
        for series, number, year in _keys(rows):
            last[series, year] = max(number, last.get((series, year), 0))
        for (series, year), number in sorted(last.items()):
            NumberSeries.objects.filter(prefix=series, year=year, last__lt=number).update(last=number)

    def finish(self, counts: dict[str, int]) -> None:
        """Its months are marked as they are written: nothing else follows."""


def _known_day(petition: Any) -> date | None:
    """The day of its opinion, where that is known."""
    return None if petition.opinion_on is ... else petition.opinion_on


def _keys(rows: Sequence[Row]) -> list[tuple[str, int, int]]:
    return [row.key for row in rows]  # type: ignore[misc]


def _state(values: dict[str, Any]) -> str:
    """Closed; or waiting for what comes next after the opinion; or for the opinion."""
    if values.get("closed_on"):
        return State.CLOSED
    return State.SUBMITTED if values.get("opinion_on") else State.RECEIVED


def _person(row: Row, petition: Petition) -> Petitioner | None:
    if not row.values.get("petitioner"):
        return None
    person = Petitioner(petition=petition)
    _set_person(person, row.values)
    person.set_keys()
    return person


def _set_person(person: Petitioner, values: dict[str, Any]) -> None:
    for name, attribute in PERSON.items():
        if name in values:
            setattr(person, attribute, values[name])
    if "thai_id" in values:
        person.thai_id = values["thai_id"]


# ── What differs ────────────────────────────────────────────────────────────────────────────


def _changes(there: Petition, values: dict[str, Any]) -> dict[str, list[str]]:
    """Column → as it is here, as the file has it, in words."""
    found = {}
    for name, value in values.items():
        old = _current(there, name)
        if old is not ... and old != value:
            found[name] = [_words(there, name, old), _words(there, name, value)]
    if "agency_text" in found:
        found.setdefault("agency", found["agency_text"])
        del found["agency_text"]
    return found


def _current(there: Any, name: str) -> Any:
    """What stands here for a column of the file; ... where an old register's rows keep no trace of it."""
    person = getattr(there, "petitioner", None)
    match name:
        case "received_on":
            return _day(there.received_at)
        case "closed_on":
            return _day(there.closed_at)
        case "opinion_on":
            return there.opinion_on
        case "category" | "province" | "agency":
            return getattr(there, f"{name}_id")
        case "petitioner" | "telephone" | "email" | "address":
            return getattr(person, PERSON[name]) if person else ""
        case "thai_id":
            return person.thai_id if person else ""
    return getattr(there, name)


def _words(there: Petition, name: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    if isinstance(value, date):
        return format_short(value)
    match name:
        case "channel":
            return str(Petition.Channel(value).label)
        case "petition_kind":
            return str(Petition.PetitionKind(value).label)
        case "result":
            return str(Petition.Result(value).label)
        case "category" | "province" | "agency":
            model: Any = Petition._meta.get_field(name).related_model
            return str(model.objects.get(pk=value))
    return "•••" if name in PERSONAL else str(value)


PETITIONS: Final = BroughtRegister(
    key="petitions",
    title=_("Old register of petitions"),
    hint=_(
        "Each row keeps its number and year; what is registered next gets the number after them. Where the file says "
        "nothing of it, a petition came by letter and is a grievance. Bring the oldest year first: lists are in the "
        "order in which rows came here."
    ),
    headings=HEADINGS,
    sample=SAMPLE,
    may_bring=is_administrator | (is_of_petitions & is_head),
    page="complaints:petitions",
    begin=PetitionKeeper,
    personal=PERSONAL,
)
