"""A sitting from its notice to its close: agenda, told by link, ready, the board of the day, minutes, follow-up."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from office.calendar import OFFICE_TZ
from office.models import Deadline, Notice, User
from office.thai import format_numeric
from parliament.meeting_letters import compose
from parliament.models import FollowUp, Meeting
from tests.browser.conftest import Clock, Visit
from tests.browser.test_every_page import look_over
from tests.browser.visitor import DESK, PHONE, Visitor
from tests.cast import make_agency
from tests.parliament.cast import make_politics_head, make_politics_officer, make_session
from tests.parliament.meetings_cast import letters_leave

AGENDA = """๑ เรื่องที่ประธานจะแจ้งต่อที่ประชุม
* ๒.๑ กระทู้ถามสด เรื่อง การขาดแคลนครูในพื้นที่ห่างไกล
๓ รับรองรายงานการประชุม"""
QUESTION = "กระทู้ถามสด เรื่อง การขาดแคลนครูในพื้นที่ห่างไกล"
OBEC = "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน"
PAPER = "สถิติอัตรากำลังครูรายเขตพื้นที่"
FOLLOWED = "ส่งตัวเลขอัตรากำลังครูให้ประธานสภา"


@pytest.fixture
def wiriya(db: None) -> User:
    return make_politics_officer()


@pytest.fixture
def duangrat(db: None) -> User:
    return make_politics_head()


def test_a_sitting_goes_from_its_notice_to_its_close(
    visit: Visit, clock: Clock, wiriya: User, duangrat: User
) -> None:
    today = timezone.localdate()
    make_session(year=9, begins_on=today - timedelta(days=30), ends_on=today + timedelta(days=60))
    make_agency(OBEC, short_name="สพฐ.", email="obec@agency.example")
    begins_at = datetime.combine(today + timedelta(days=2), time(9, 30), OFFICE_TZ)
    desk = visit(DESK)
    desk.signs_in(wiriya)
    the_notice_is_registered_with_its_agenda(desk, begins_at)
    meeting = Meeting.objects.get()
    what_concerns_us_is_marked_and_prepared(desk)
    the_agency_is_told_and_says_that_it_knows(visit, desk, meeting)
    the_paper_is_there_and_all_is_ready(desk, meeting)
    clock.move_to(begins_at + timedelta(minutes=40))
    the_board_shows_it_on_a_phone(visit, wiriya, meeting)
    it_is_held_and_its_minutes_are_kept(desk, meeting)
    a_follow_up_is_done_and_the_meeting_closed(desk, meeting)
    meeting.refresh_from_db()
    assert (meeting.state, FollowUp.objects.get().state) == (Meeting.State.CLOSED, FollowUp.State.CLOSED)
    assert not Deadline.objects.unmet().exists()
    ready = Deadline.objects.get(matter=meeting, kind=Deadline.Kind.READY)
    assert ready.met_at is not None
    assert ready.met_at < begins_at


def the_notice_is_registered_with_its_agenda(desk: Visitor, begins_at: datetime) -> None:
    desk.opens("parliament:meetings")
    desk.follows("Register a meeting")
    desk.chooses("Which meeting", "Sitting of the House")
    desk.fills("Number of the meeting", "๑๒/๒๕๕๓")
    desk.fills("Day of the meeting", format_numeric(begins_at.date()))
    desk.fills("Begins", "๙.๓๐")
    desk.fills("Place", "อาคารรัฐสภา ๑")
    desk.fills("Agenda", AGENDA)
    desk.sees("meeting-01-form")
    desk.page.wait_for_timeout(2100)  # a person reads it over
    desk.presses("Register")
    desk.reads(QUESTION)
    look_over(desk, "meeting-02-announced")


def what_concerns_us_is_marked_and_prepared(desk: Visitor) -> None:
    expect(desk.page.get_by_role("checkbox", name="๒.๑")).to_be_checked()
    desk.presses("Mark what concerns us")
    desk.reads("Nobody to tell, nothing to have ready")
    desk.page.get_by_role("checkbox", name=OBEC).check()
    desk.fills("Papers to have ready", PAPER)
    desk.sees("meeting-03-preparing")
    desk.presses("Add whom to tell and what is needed")
    desk.reads("not told yet", "not ready yet")


def the_agency_is_told_and_says_that_it_knows(visit: Visit, desk: Visitor, meeting: Meeting) -> None:
    desk.fills("What they are told", "ขอให้จัดผู้แทนมาชี้แจงด้วย")
    expect(desk.page.locator("#letter-sample")).to_contain_text("ขอให้จัดผู้แทนมาชี้แจงด้วย")
    desk.sees("meeting-04-telling")
    desk.presses("Tell by e-mail")
    desk.reads("told", "the letter has not left yet")
    letter = compose(Notice.objects.get(kind=Notice.Kind.MEETING_TOLD), now=timezone.now())
    assert letter
    address = next(line for line in letter.body.splitlines() if "/p/told/" in line)
    letters_leave(timezone.now())
    clerk = visit(PHONE)
    clerk.goes(address[address.index("/p/told/") :])
    clerk.sees("meeting-05-told-390")
    clerk.presses("I know")
    clerk.reads("Thank you")
    clerk.sees("meeting-06-acknowledged-390")


def the_paper_is_there_and_all_is_ready(desk: Visitor, meeting: Meeting) -> None:
    desk.goes(meeting.get_absolute_url())
    desk.reads("knows")
    desk.sees("meeting-07-told")
    desk.page.get_by_role("button", name=f"พร้อมแล้ว: {PAPER}").click()
    desk.reads("All told and ready before it began")
    look_over(desk, "meeting-08-ready")


def the_board_shows_it_on_a_phone(visit: Visit, wiriya: User, meeting: Meeting) -> None:
    phone = visit(PHONE)
    phone.signs_in(wiriya)
    phone.opens("parliament:meeting_board")
    phone.reads("Sits now", QUESTION)
    look_over(phone, "meeting-09-board")
    phone.follows("Record that it was held")
    phone.sees("meeting-10-holding-390")


def it_is_held_and_its_minutes_are_kept(desk: Visitor, meeting: Meeting) -> None:
    desk.goes(meeting.get_absolute_url())
    desk.sees("meeting-11-begun")
    desk.presses("Record that it was held")
    desk.fills("Minutes", "ที่ประชุมรับทราบคำชี้แจงของกระทรวงศึกษาธิการ")
    desk.fills("๒.๑ " + QUESTION, "ให้กระทรวงส่งตัวเลขเพิ่มเติมภายใน ๗ วัน")
    desk.sees("meeting-12-minutes")
    desk.presses("Keep the minutes")
    desk.reads("ให้กระทรวงส่งตัวเลขเพิ่มเติมภายใน ๗ วัน")


def a_follow_up_is_done_and_the_meeting_closed(desk: Visitor, meeting: Meeting) -> None:
    desk.follows("Follow something up")
    desk.fills("Subject", FOLLOWED)
    desk.fills("What is to be done", "ส่งตารางอัตรากำลังครูรายเขตพื้นที่ถึงเลขาธิการสภา")
    desk.sees("meeting-13-following")
    desk.presses("Follow something up")
    desk.reads("Follow-ups")
    look_over(desk, "meeting-14-minuted")
    desk.presses("Close")
    desk.sees("meeting-15-closed")
    desk.page.get_by_role("link", name=FOLLOWED).click()
    desk.fills("What came of it", "ส่งหนังสือแล้ว")
    desk.sees("follow-up-01-open")
    desk.presses("Record what came of it")
    desk.sees("follow-up-02-done")
