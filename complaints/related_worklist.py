"""What a list or page says of a related matter at a glance: who has it, what is next, when somebody is in court."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from complaints.models import Hearing, RelatedMatter, State
from office.calendar import OFFICE_TZ
from office.models import Deadline
from office.models.number import number_label
from office.models.people import short_name
from office.thai import format_time, format_weekday

NEXT_STEP: dict[str, str] = {
    State.RECEIVED: "summarise",
    State.RETURNED: "summarise",
    State.SUMMARISED: "submit",
    State.SUBMITTED: "order",
    State.PAUSED: "resume",
}


def next_step_of(state: str, owed: Mapping[str, datetime], now: datetime) -> str:
    """The step that is due by the state and what is owed when; "" while an ordered case waits for a court's day."""
    if Deadline.Kind.HEARING in owed and _has_come(owed[Deadline.Kind.HEARING], now):
        return "record_hearing"
    if state != State.ORDERED:
        return NEXT_STEP.get(state, "")
    if Deadline.Kind.CARRY_OUT in owed:
        return "carry_out"
    waits = Deadline.Kind.HEARING in owed or Deadline.Kind.LIMITATION in owed
    return "" if waits else "close"


def _has_come(at: datetime, now: datetime) -> bool:
    return at.astimezone(OFFICE_TZ).date() <= now.astimezone(OFFICE_TZ).date()


def next_step(matter: RelatedMatter, now: datetime) -> str:
    """The step that is due on the page of one matter."""
    owed = matter.deadlines.unmet().order_by("-due_at").values_list("kind", "due_at")
    return next_step_of(matter.state, dict(owed), now)


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list shows of a related matter itself, as plain values."""

    pk: int
    series: str
    number: int
    year: int
    title: str
    related_kind: str
    state: str
    received_at: datetime
    received_from: str

    @property
    def label(self) -> str:
        """The number as the register writes it."""
        return number_label(self.series, self.number, self.year)


@dataclass
class Row:
    """One related matter of a list: what it owes when, the most urgent of it, who has that ("": nobody)."""

    matter: Listed
    owed: Mapping[str, datetime]
    due_at: datetime | None
    with_whom: str

    @property
    def hearing_at(self) -> datetime | None:
        """When somebody has to be in court next, or should have been."""
        return self.owed.get(Deadline.Kind.HEARING)


COLUMNS = [column.name for column in fields(Listed)]


def rows_of(keys: Sequence[int]) -> list[Row]:
    """The rows of these matters in this order, in two queries however many."""
    found = RelatedMatter.objects.filter(pk__in=keys).values_list(*COLUMNS, "owner__display_name")
    matters = {values[0]: (Listed(*values), owner) for *values, owner in found}
    owed: dict[int, dict[str, datetime]] = {}
    nearest: dict[int, tuple[datetime, str | None]] = {}
    unmet = Deadline.objects.unmet().filter(matter__in=keys).order_by("-due_at")
    for key, kind, due_at, name in unmet.values_list("matter", "kind", "due_at", "responsible__display_name"):
        owed.setdefault(key, {})[kind] = due_at
        nearest[key] = (due_at, name)
    rows = []
    for key in keys:
        matter, owner = matters[key]
        first_due, responsible = nearest.get(key, (None, None))
        person = responsible or owner
        rows.append(Row(matter, owed.get(key, {}), first_due, short_name(person) if person else ""))
    return rows


def open_hearings() -> QuerySet[Hearing]:
    """Those still to come or not recorded yet, in the words of the partial index `hearing_open`."""
    return Hearing.objects.filter(recorded_at__isnull=True, cancelled_at__isnull=True)


def where_to_be(deadlines: Sequence[Deadline]) -> dict[int, str]:
    """What a warning says of each hearing, in the office's language: day, hour and court.

    Of a matter with a grade of secrecy it does not say which court.
    """
    secret = {one.pk for one in deadlines if one.matter.secrecy}
    hearings = Hearing.objects.filter(
        deadline__in=[one.pk for one in deadlines if one.kind == Deadline.Kind.HEARING]
    )
    rows = hearings.values_list("deadline", "at", "related_matter__court_name", "room")
    return {key: _when_and_where(at, () if key in secret else (court, room)) for key, at, court, room in rows}


def _when_and_where(at: datetime, where: Sequence[str]) -> str:
    local, language = at.astimezone(OFFICE_TZ), settings.LANGUAGE_CODE
    when = f"{format_weekday(local.date(), language=language)} {format_time(local, language=language)}"
    return " · ".join([when, *dict.fromkeys(part for part in where if part)])
