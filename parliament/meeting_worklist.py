"""What a list or page says of a meeting at a glance: when it is, what of its agenda is done, what is next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Count, Q, Value

from office.calendar import OFFICE_TZ
from office.models.number import number_label
from office.worklist import Owed, holder, owed_first
from parliament.models import AgendaItem, Meeting, Need, Telling
from parliament.models.meeting_state import COMING, MeetingState

State = MeetingState
NEXT_STEP: dict[str, str] = {
    State.ANNOUNCED: "go_through",
    State.HELD: "keep_minutes",
    State.MINUTED: "close",
    State.POSTPONED: "reschedule",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list shows of a meeting itself, as plain values."""

    pk: int
    series: str
    number: int
    year: int
    title: str
    state: str
    meeting_kind: str
    begins_at: datetime
    received_at: datetime
    place: str

    @property
    def label(self) -> str:
        """The number as the register writes it."""
        return number_label(self.series, self.number, self.year)

    @property
    def is_out_of_the_count(self) -> bool:
        return self.received_at >= self.begins_at


@dataclass(frozen=True, slots=True)
class Tally:
    """Of what concerns us: how many are told and ready, of how many."""

    tellings: int = 0
    told: int = 0
    needs: int = 0
    ready: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One meeting of a list: the most urgent it owes, who has it ("": nobody), how far its preparation is."""

    matter: Listed
    owed: Owed | None
    with_whom: str
    tally: Tally

    @property
    def due_at(self) -> datetime | None:
        return self.owed.due_at if self.owed else None


def next_step_of(row: Row, now: datetime) -> str:
    """The step that is due where a meeting of a list stands."""
    state, begun = row.matter.state, row.matter.begins_at <= now
    if state in COMING and begun:
        return "hold"
    if state == State.PREPARING:
        return "tell" if row.tally.told < row.tally.tellings else "make_ready"
    return NEXT_STEP.get(state, "")


def next_step(meeting: Meeting, now: datetime) -> str:
    """The step that is due on the page of one meeting, whose agenda was fetched with it."""
    if meeting.state in COMING and meeting.begins_at <= now:
        return "hold"
    items = list(meeting.items.all())
    if meeting.state == State.ANNOUNCED:
        return "go_through" if items else "write_agenda"
    if meeting.state in (State.PREPARING, State.READY):
        return _of_preparation([item for item in items if item.concerns_us])
    return NEXT_STEP.get(meeting.state, "")


def idle_steps(meeting: Meeting, now: datetime) -> set[str]:
    """What nobody has any use for at this moment: to mark where nothing is left to mark, to hold before it begins."""
    items = list(meeting.items.all())
    tellings = [one for item in items for one in item.tellings.all()]
    needs = [one for item in items for one in item.needs.all()]
    untold = [one for one in tellings if one.told_at is None]
    of_use = {
        "prepare": bool(items),
        "tell": any(one.address for one in untold),
        "note_told": bool(untold),
        "acknowledge": any(one.told_at and not one.acknowledged_at for one in tellings),
        "make_ready": any(one.ready_at is None for one in needs),
        "unmark": any(one.told_at for one in tellings) or any(one.ready_at for one in needs),
        "strike": bool(tellings or needs) and (now < meeting.begins_at or meeting.is_out_of_the_count),
        "hold": _may_have_begun(meeting, now),
    }
    return {name for name, is_of_use in of_use.items() if not is_of_use}


def _may_have_begun(meeting: Meeting, now: datetime) -> bool:
    """Its moment has come; or its day has, and with all ready it may begin before its time."""
    if meeting.begins_at <= now:
        return True
    is_its_day = meeting.begins_at.astimezone(OFFICE_TZ).date() == now.astimezone(OFFICE_TZ).date()
    return is_its_day and meeting.state == State.READY


def _of_preparation(items: Sequence[AgendaItem]) -> str:
    if any(not item.tellings.all() and not item.needs.all() for item in items):
        return "prepare"
    untold = [one for item in items for one in item.tellings.all() if one.told_at is None]
    if untold:
        return "tell" if any(one.address for one in untold) else "note_told"
    is_wanting = any(one.ready_at is None for item in items for one in item.needs.all())
    return "make_ready" if is_wanting else ""


COLUMNS: list[str] = [
    "pk", "series", "number", "year", "title", "state", "meeting_kind", "begins_at", "received_at", "place",
    "owner__display_name",
]  # fmt: skip


def rows_of(keys: Sequence[int]) -> list[Row]:
    """The rows of these meetings in this order, in three queries however many."""
    owed, tallies = owed_first(keys), tallies_of(keys)
    found = {}
    rows: Iterable[Any] = Meeting.objects.filter(pk__in=keys).values_list(*COLUMNS)
    for *own, owner in rows:
        matter = Listed(*own)
        key = matter.pk
        found[key] = Row(matter, owed.get(key), holder(owed.get(key), owner), tallies.get(key, Tally()))
    return [found[key] for key in keys]


def tallies_of(keys: Sequence[int]) -> dict[int, Tally]:
    """How far the preparation of each of these meetings is; one query however many."""
    told, ready = _counted(Telling, keys, "told_at"), _counted(Need, keys, "ready_at")
    found: dict[int, list[int]] = {}
    for key, is_told, whole, done in told.union(ready, all=True):
        first = 0 if is_told else 2
        found.setdefault(key, [0, 0, 0, 0])[first : first + 2] = [whole, done]
    return {key: Tally(*counts) for key, counts in found.items()}


def _counted(model: type[Telling] | type[Need], keys: Sequence[int], done: str) -> Any:
    """Each meeting with how many of what concerns us there are, and how many of these are done."""
    rows: Any = model._default_manager.filter(item__meeting__in=keys, item__concerns_us=True).order_by()
    counted = rows.values("item__meeting").annotate(
        is_told=Value(model is Telling, output_field=BooleanField()),
        whole=Count("pk"),
        done=Count("pk", filter=Q(**{f"{done}__isnull": False})),
    )
    return counted.values_list("item__meeting", "is_told", "whole", "done")
