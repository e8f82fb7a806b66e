"""Taking the very steps that people take, on a demo's few matters of parliament that are not made in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Any, Final

from office.calendar import OFFICE_TZ, WorkCalendar
from office.models import Agency, User
from office.models.calendar import current_calendar
from office.steps import Actor, perform
from parliament.models import Meeting, Need, Telling
from parliament.models.agenda_steps import AgendaLine
from parliament.models.meeting_preparing import Needed, ToTell
from parliament.models.meeting_state import MeetingKind
from projectplan.demo.parliament import words
from projectplan.demo.parliament.houses import Houses
from projectplan.demo.people import Cast

HALF_HOUR: Final = timedelta(minutes=30)
SLOTS: Final = {
    "school": "โรงเรียนบ้านหนองประดู่",
    "place": "หนองประดู่",
    "province": "เชียงราย",
    "count": "๒๔",
    "amount": "๑๕,๐๐๐",
    "year": "๒๕๕๒",
}


def filled(text: str) -> str:
    """Words of a topic with its places filled in."""
    return text.format_map(SLOTS)


@dataclass
class Steps:
    """Takes steps in the politics subgroup: who, for which House, by which calendar."""

    cast: Cast
    houses: Houses
    rng: Random
    calendar: WorkCalendar

    @property
    def officer(self) -> User:
        return self.cast.officers[0]

    def take(self, matter: Any, name: str, at: datetime, *, reason: str = "", **given: Any) -> None:
        """A step of the officer at a moment; the matter is then as it stands after it."""
        perform(matter, name, actor=Actor(user=self.officer), seen=None, now=at, reason=reason, **given)
        matter.refresh_from_db()

    def before(self, at: datetime, days: int) -> datetime:
        """At ten o'clock, so many working days before."""
        day = self.calendar.add_working_days(at.astimezone(OFFICE_TZ).date(), -days)
        return datetime.combine(day, time(10, 0), OFFICE_TZ)

    def meeting(
        self, kind: MeetingKind, title: str, *, received: datetime, begins: datetime, **given: Any
    ) -> Meeting:
        """A meeting the office is told of."""
        meeting = Meeting(
            meeting_kind=kind,
            title=title,
            begins_at=begins,
            session=self.houses.session_on(begins.date()),
            received_at=received,
            owner=self.officer,
            place=words.known()["meeting"]["committee_places"][0],
            **given,
        )
        return meeting.receive(actor=Actor(user=self.officer), now=received)

    def prepare(
        self, meeting: Meeting, at: datetime, *, titles: Sequence[str], agency: Agency, is_whole: bool
    ) -> None:
        """Its agenda with one concern of ours, all of it told and ready, or not yet all."""
        opening = words.known()["agenda"]["opening"][0]
        lines = [AgendaLine(opening, "๑"), *(AgendaLine(title, "๒", concerns_us=True) for title in titles)]
        self.take(meeting, "write_agenda", at, lines=lines)
        due = meeting.begins_at - timedelta(hours=2)
        for item in meeting.items.filter(concerns_us=True):
            known = words.known()["meeting"]
            wanted = [
                Needed(Need.Kind.PAPER, known["papers"][0], due, agency),
                Needed(Need.Kind.PERSON, known["persons"][0], due, agency),
            ]
            self.take(meeting, "prepare", at, item=item, tellings=[ToTell(due, agency)], needs=wanted)
        self.take(meeting, "go_through", at, concerning=list(meeting.items.filter(concerns_us=True)))
        tellings = list(Telling.objects.filter(item__meeting=meeting))
        needs = list(Need.objects.filter(item__meeting=meeting))
        if tellings:
            self.take(meeting, "note_told", at, tellings=tellings, way=Telling.Way.LETTER)
        if needs:
            self.take(meeting, "make_ready", at, needs=needs if is_whole else needs[:1])


def steps_of(cast: Cast, houses: Houses, seed: int) -> Steps:
    return Steps(cast, houses, Random(seed), current_calendar())  # nosec B311 # chances of the demo office, the same each time
