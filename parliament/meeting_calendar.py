"""Meetings by day: those of a month or a week as a calendar shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from office.by_day import OCCASION, Occasion, first_of_each_day
from office.calendar import Period
from office.models import User
from parliament.meeting_worklist import Tally
from parliament.models import Meeting
from parliament.models.meeting_state import COMING, MeetingState


@dataclass(frozen=True, slots=True)
class Shown(Occasion):
    """One meeting in a cell; how far its preparation is where that is shown."""

    tally: Tally | None = None

    @property
    def is_off(self) -> bool:
        """It does not take place then."""
        return self.state in (MeetingState.POSTPONED, MeetingState.CANCELLED)

    @property
    def tone(self) -> str:
        if self.is_off:
            return "off"
        if self.state == MeetingState.READY:
            return "ready"
        return "coming" if self.state in COMING else "held"

    @property
    def state_words(self) -> str:
        return str(MeetingState(self.state).label)


def meetings_shown(period: Period, user: User, most: int) -> list[Shown]:
    """The first meetings of each day that this person may see, with how many that day has; one query by the index."""
    rows = first_of_each_day(Meeting.objects.visible_to(user), "begins_at", period, most)
    values: Iterable[Any] = rows.values_list(*OCCASION, "begins_at", "day", "of_day")
    return [Shown(*row) for row in values]


def with_tallies(meetings: Sequence[Shown], tallies: Mapping[int, Tally]) -> list[Shown]:
    """Each meeting with how far its preparation is."""
    return [replace(one, tally=tallies.get(one.pk)) for one in meetings]
