"""Meetings of the tests, with their agenda and what must be ready for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from office.calendar import OFFICE_TZ
from office.delivery import deliver
from office.models import Event, User
from office.steps import Actor, perform
from parliament.letters import compose
from parliament.models import AgendaItem, Meeting, Need, Telling
from parliament.models.agenda_steps import AgendaLine
from parliament.models.meeting_preparing import Needed, ToTell
from tests.cast import MORNING, make_agency
from tests.parliament.cast import make_session

_serial = count(1)

# Thursday 19 November 2009, half past nine: two days after the tests' morning.
SITTING = datetime(2009, 11, 19, 9, 30, tzinfo=OFFICE_TZ)


def make_meeting(*, owner: User | None = None, received_at: datetime = MORNING, **facts: Any) -> Meeting:
    """A sitting of the House, told of two days before it begins."""
    number = next(_serial)
    given: dict[str, Any] = {
        "title": f"การประชุมสภาผู้แทนราษฎร ครั้งที่ {number}",
        "meeting_kind": Meeting.MeetingKind.HOUSE,
        "session": make_session(),
        "sitting_number": f"{number}/2552",
        "place": "อาคารรัฐสภา ๑",
        "begins_at": SITTING,
    }
    meeting = Meeting(**(given | facts), owner=owner, received_at=received_at)
    return meeting.receive(actor=Actor(user=owner), now=received_at)


def take(meeting: Any, name: str, user: User, *, now: datetime = MORNING, **given: Any) -> Event:
    """A step by somebody of the office, on the matter as it stands."""
    current = type(meeting).objects.get(pk=meeting.pk)
    return perform(current, name, actor=Actor(user=user), seen=current.version, now=now, **given)


def fresh(meeting: Meeting) -> Meeting:
    """As the database has it."""
    return Meeting.objects.get(pk=meeting.pk)


def with_agenda(meeting: Meeting, officer: User, *, now: datetime = MORNING) -> AgendaItem:
    """Two items, of which the second concerns us: an agency to tell and a paper to have ready."""
    lines = [
        AgendaLine("เรื่องที่ประธานจะแจ้งต่อที่ประชุม", "๑"),
        AgendaLine("กระทู้ถามเรื่องการขาดแคลนครู", "๒.๑", concerns_us=True),
    ]
    take(meeting, "write_agenda", officer, now=now, lines=lines)
    item = AgendaItem.objects.get(meeting=meeting, concerns_us=True)
    take(meeting, "go_through", officer, now=now, concerning=[item])
    by = SITTING - timedelta(hours=12)
    take(
        meeting,
        "prepare",
        officer,
        now=now,
        item=item,
        tellings=[ToTell(by, agency=make_agency())],
        needs=[Needed(Need.Kind.PAPER, "สถิติครูปี ๒๕๕๒", by)],
    )
    return item


def make_all_ready(meeting: Meeting, officer: User, *, now: datetime) -> None:
    """The agency is told by telephone, the paper is there."""
    tellings = Telling.objects.filter(item__meeting=meeting, told_at=None)
    needs = Need.objects.filter(item__meeting=meeting, ready_at=None)
    take(meeting, "note_told", officer, now=now, tellings=list(tellings), way=Telling.Way.TELEPHONE)
    take(meeting, "make_ready", officer, now=now, needs=list(needs))


def letters_leave(now: datetime) -> None:
    """The mail server takes what waits for people outside."""
    deliver(lambda notice: compose(notice, now=now), clock=lambda: now)
