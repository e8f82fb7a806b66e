"""What a list or page says of a press conference at a glance: when it is, who is invited, what is next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, IntegerField, Q, Value

from office.models.number import number_label
from office.worklist import Owed, holder, owed_first
from publicrelations.models import Attendance, Coverage, Invitation, PressConference
from publicrelations.models.press_state import COMING, PressState

State = PressState
NEXT_STEP: dict[str, str] = {
    State.HELD: "record_coverage",
    State.COVERED: "close",
    State.POSTPONED: "reschedule",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list shows of a press conference itself, as plain values."""

    pk: int
    series: str
    number: int
    year: int
    title: str
    state: str
    occasion: str
    starts_at: datetime
    place: str
    reported: str

    @property
    def label(self) -> str:
        """The number as the register writes it."""
        return number_label(self.series, self.number, self.year)


@dataclass(slots=True)
class Tally:
    """How many are on its list, invited, came and reported."""

    chosen: int = 0
    invited: int = 0
    came: int = 0
    reports: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One of a list: the most urgent it owes, who has it ("": nobody), how far it is."""

    matter: Listed
    owed: Owed | None
    with_whom: str
    tally: Tally

    @property
    def due_at(self) -> datetime | None:
        return self.owed.due_at if self.owed else None


def next_step_of(row: Row, now: datetime) -> str:
    """The step that is due where one of a list stands."""
    state = row.matter.state
    if state in COMING and row.matter.starts_at <= now:
        return "hold"
    if state == State.PLANNED:
        return "invite" if row.tally.chosen else "choose"
    return NEXT_STEP.get(state, "")


def next_step(conference: PressConference, now: datetime) -> str:
    """The step that is due on the page of one, whose list was fetched with it."""
    if conference.state not in COMING:
        return NEXT_STEP.get(conference.state, "")
    if conference.starts_at <= now:
        return "hold"
    rows = [one for one in conference.invitations.all() if one.withdrawn_at is None]
    if not rows:
        return "choose"
    waiting = [one for one in rows if one.invited_at is None and one.mail_at is None]
    if not waiting:
        return ""
    return "invite" if any(one.address for one in waiting) else "note_invited"


COLUMNS: list[str] = [
    "pk", "series", "number", "year", "title", "state", "occasion", "starts_at", "place", "reported",
    "owner__display_name",
]  # fmt: skip


def rows_of(keys: Sequence[int]) -> list[Row]:
    """The rows of these press conferences in this order, in three queries however many."""
    owed, tallies = owed_first(keys), tallies_of(keys)
    found = {}
    rows: Iterable[Any] = PressConference.objects.filter(pk__in=keys).values_list(*COLUMNS)
    for *own, owner in rows:
        matter = Listed(*own)
        key = matter.pk
        found[key] = Row(matter, owed.get(key), holder(owed.get(key), owner), tallies.get(key, Tally()))
    return [found[key] for key in keys]


def tallies_of(keys: Sequence[int]) -> dict[int, Tally]:
    """How far each of these press conferences is; one query however many."""
    found: dict[int, Tally] = {key: Tally() for key in keys}
    told = Count("pk", filter=Q(invited_at__isnull=False))
    invited = _counted(Invitation.objects.standing(), keys, "invited", done=told)
    came = _counted(Attendance.objects.all(), keys, "came")
    reports = _counted(Coverage.objects.all(), keys, "reports")
    for key, what, count, done in invited.union(came, reports, all=True):
        tally = found[key]
        match what:
            case "invited":
                tally.chosen, tally.invited = count, done
            case "came":
                tally.came = count
            case "reports":
                tally.reports = count
    return found


def _counted(among: Any, keys: Sequence[int], what: str, *, done: Any = None) -> Any:
    """Each press conference with how many of these rows it has, and how many of them are done."""
    rows = among.filter(conference__in=keys).order_by().values("conference")
    counted = rows.annotate(
        what=Value(what, output_field=CharField()),
        n=Count("pk"),
        done=done or Value(0, output_field=IntegerField()),
    )
    return counted.values_list("conference", "what", "n", "done")
