"""The board of a day: which meeting sits now and which is next, of each what is missing and all its items."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from office.calendar import OFFICE_TZ, Period
from office.models import User
from parliament.meeting_agenda import Agenda, agenda_of, items_of_meetings, put_under
from parliament.meeting_worklist import next_step
from parliament.models import Meeting
from parliament.models.agenda_steps import prepares
from parliament.models.meeting_state import COMING, MeetingState

State = MeetingState
MOST: Final = 40
"""Meetings on one board; a day of parliament has a dozen."""


@dataclass(frozen=True)
class OnBoard:
    """One meeting of the day: where it stands by the clock, and its agenda."""

    meeting: Meeting
    standing: str
    words: str
    agenda: Agenda
    step: str
    """The step that is due, if this person may mark; "" for none."""
    may_prepare: bool


@dataclass(frozen=True)
class Board:
    """A day's meetings, what sits now before what is next, then the others as they begin."""

    day: date
    meetings: Sequence[OnBoard]
    more: bool

    @property
    def shown(self) -> str:
        """What is on it, in short: as long as it is the same, a page need not be drawn anew."""
        parts = [f"{one.meeting.pk}:{one.meeting.version}:{one.standing}" for one in self.meetings]
        return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:16]


def board_of(day: date, user: User, now: datetime) -> Board:
    """The board of a day as this person may see it; a fixed number of queries."""
    period = Period(day, day)
    rows = Meeting.objects.visible_to(user).filter(
        begins_at__gte=period.starts_at, begins_at__lt=period.ends_at
    )
    rows = rows.select_related("committee", "owner").defer("search_text", "minutes")
    meetings = list(rows.prefetch_related(items_of_meetings(user)).order_by("begins_at", "pk")[: MOST + 1])
    following = next((one.pk for one in meetings if one.state in COMING and one.begins_at > now), None)
    put = put_under(meetings, user)
    found = []
    for meeting in meetings[:MOST]:
        standing = _standing(meeting, now, is_next=meeting.pk == following)
        may_prepare = meeting.state in COMING and prepares.test(user, meeting)
        step = next_step(meeting, now) if may_prepare else ""
        found.append(OnBoard(meeting, standing, _words(standing), agenda_of(meeting, put), step, may_prepare))
    found.sort(key=lambda one: ORDER.index(one.standing))
    return Board(day, found, more=len(meetings) > MOST)


ORDER: Final = ("now", "next", "later", "over", "held", "off")


def _standing(meeting: Meeting, now: datetime, *, is_next: bool) -> str:
    """Where a meeting stands by the clock and by what has been recorded."""
    if meeting.state in (State.POSTPONED, State.CANCELLED):
        return "off"
    if meeting.state not in COMING:
        return "held"
    if meeting.begins_at > now:
        return "next" if is_next else "later"
    return "now" if _goes_on(meeting, now) else "over"


def _goes_on(meeting: Meeting, now: datetime) -> bool:
    """Without a known end a sitting goes on until its day is over."""
    if meeting.ends_at:
        return now < meeting.ends_at
    return meeting.begins_at.astimezone(OFFICE_TZ).date() == now.astimezone(OFFICE_TZ).date()


def _words(standing: str) -> str:
    return {
        "now": _("Sits now"),
        "next": _("Next"),
        "later": _("Later"),
        "over": _("Over: record that it was held"),
        "held": _("Held"),
        "off": _("Does not take place"),
    }[standing]
