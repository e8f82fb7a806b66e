"""The pages of meetings and follow-ups in every standing, and what is kept of the houses, at a desk and on a phone."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from office.calendar import OFFICE_TZ
from office.models import User
from parliament.models import Meeting, Need, Telling, TellingLink
from parliament.models.meeting_preparing import Needed, ToTell
from tests.browser.conftest import Clock, Visit
from tests.browser.test_every_page import look_over, open_and_look
from tests.cast import make_agency
from tests.parliament.cast import make_committee, make_politics_head, make_politics_officer, make_session
from tests.parliament.meetings_cast import AgendaLine, letters_leave, make_all_ready, make_meeting, take

STEPS_SEEN = ["write_agenda", "note_told", "strike", "reschedule"]


@pytest.fixture
def officer(db: None) -> User:
    return make_politics_officer()


@pytest.fixture
def ten_o_clock(clock: Clock) -> datetime:
    """Ten in the morning of today, by which the pages go."""
    now = datetime.combine(timezone.localdate(), time(10), OFFICE_TZ)
    clock.move_to(now)
    return now


@pytest.fixture
def meetings(officer: User, ten_o_clock: datetime) -> dict[str, Meeting]:
    """A day on which one sits unprepared, one is next and ready, one was held, one is off and one has no day."""
    now = ten_o_clock
    session = make_session(year=9, begins_on=now.date() - timedelta(days=60), ends_on=None)
    hours = {"sitting": -0.5, "next": 1, "held": -1.5, "closed": -2, "cancelled": 3, "postponed": 4}
    found = {
        name: make_meeting(
            owner=officer,
            received_at=now - timedelta(days=3),
            begins_at=now + timedelta(hours=ahead),
            session=session,
        )
        for name, ahead in hours.items()
    }
    committee = {"meeting_kind": "committee", "committee": make_committee(), "session": None}
    begins_at = now + timedelta(days=1)
    found["bare"] = make_meeting(received_at=now, begins_at=begins_at, **committee)
    before = now - timedelta(days=2)
    for name in ("sitting", "next", "held", "closed"):
        prepare(found[name], officer, before)
    letters_leave(before + timedelta(minutes=1))
    for name in ("next", "held", "closed"):
        make_all_ready(found[name], officer, now=before)
    for name in ("held", "closed"):
        take(found[name], "hold", officer, now=now, began_at=found[name].begins_at)
    take(found["closed"], "keep_minutes", officer, now=now, minutes="ที่ประชุมรับทราบคำชี้แจงของกระทรวง")
    wanted = {"title": "ส่งตัวเลขอัตรากำลังครูให้ประธานสภา", "wanted": "ส่งตารางรายเขตพื้นที่"}
    take(found["closed"], "follow_up", officer, now=now, **wanted)
    take(found["closed"], "close", officer, now=now)
    take(found["cancelled"], "cancel", officer, now=now, reason="องค์ประชุมไม่ครบ")
    take(found["postponed"], "postpone", officer, now=now, reason="สภาขอเลื่อน")
    return found


def prepare(meeting: Meeting, officer: User, now: datetime) -> None:
    """Its agenda gone through; an agency, a colleague and somebody by name to tell; a paper and a person needed."""
    lines = [
        AgendaLine("เรื่องที่ประธานจะแจ้งต่อที่ประชุม", "๑"),
        AgendaLine("กระทู้ถามสด เรื่อง การขาดแคลนครูในพื้นที่ห่างไกลของจังหวัดชายแดน", "๒.๑", concerns_us=True),
    ]
    take(meeting, "write_agenda", officer, now=now, lines=lines)
    item = meeting.items.get(concerns_us=True)
    take(meeting, "go_through", officer, now=now, concerning=[item])
    by = meeting.begins_at - timedelta(hours=1)
    obec = make_agency("สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน", short_name="สพฐ.", email="obec@agency.example")
    told = [ToTell(by, agency=obec), ToTell(by, person=officer), ToTell(by, name="นายกสมาคมครู")]
    needed = [
        Needed(Need.Kind.PAPER, "สถิติอัตรากำลังครูรายเขตพื้นที่", by, officer=officer),
        Needed(Need.Kind.PERSON, "รองเลขาธิการ กพฐ.", by, agency=obec),
    ]
    take(meeting, "prepare", officer, now=now, item=item, tellings=told, needs=needed)
    take(meeting, "tell", officer, now=now, tellings=list(item.tellings.filter(agency=obec)))


def test_meetings_in_every_standing(visit: Visit, officer: User, meetings: dict[str, Meeting]) -> None:
    visitor = visit()
    visitor.signs_in(officer)
    for name in ("meetings", "meeting_board", "meeting_calendar", "follow_ups"):
        open_and_look(visitor, f"meetings-{name}", f"parliament:{name}")
    open_and_look(visitor, "meetings-week", "parliament:meeting_calendar", query="?view=week")
    for name in ("bare", "sitting", "closed", "postponed"):
        open_and_look(visitor, f"meeting-{name}", "parliament:meeting", meetings[name].pk)
    for step in STEPS_SEEN:
        open_and_look(
            visitor, f"meeting-step-{step}", "parliament:meeting_step", meetings["sitting"].pk, step
        )


def test_what_is_kept_of_the_houses(visit: Visit, officer: User) -> None:
    head = make_politics_head()
    visitor = visit()
    visitor.signs_in(head)
    open_and_look(visitor, "committee-edit", "parliament:committee_edit", make_committee().pk)
    open_and_look(visitor, "session-edit", "parliament:session_edit", make_session().pk)


def test_a_notice_by_link_that_is_no_more(visit: Visit, officer: User, meetings: dict[str, Meeting]) -> None:
    visitor = visit()
    visitor.expects(404, 410)
    told = Telling.objects.filter(item__meeting=meetings["closed"], way=Telling.Way.EMAIL).get()
    visitor.goes(f"/p/told/{TellingLink.issue(told, timezone.now()).secret}/")
    look_over(visitor, "told-over")
    visitor.goes("/p/told/broken/")
    look_over(visitor, "told-broken")
