"""A press conference from its plan to its close: papers for the press, invitations by e-mail, yes by the link on a
phone, the door, what was reported, and the month's figure that says it was coordinated."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from office.calendar import OFFICE_TZ, month_of
from office.models import Deadline, User
from office.ratio import Ratio
from office.thai import format_numeric
from projectplan import rounds
from publicrelations import measures
from publicrelations.models import Attendance, MediaOutlet, PressConference
from tests.browser.conftest import Clock, Visit
from tests.browser.visitor import DESK, PHONE, Visitor, thai
from tests.publicrelations.cast import make_news_head, make_news_officer
from tests.publicrelations.press_cast import make_outlet, make_reporter

TITLE = "แถลงข่าวนโยบายเรียนฟรี ๑๕ ปี อย่างมีคุณภาพ"
PLACE = "ห้องแถลงข่าว อาคารราชวัลลภ"
PAPER = "คำแถลงของรัฐมนตรี"
State = PressConference.State


def test_a_press_conference_is_planned_coordinated_held_and_reported(
    visit: Visit, clock: Clock, tmp_path: Path
) -> None:
    officer, _head = make_news_officer(), make_news_head()
    make_reporter("สมศรี ข่าวดี", email="somsri@news.example")
    make_outlet("วิทยุครู", kind=MediaOutlet.Kind.RADIO, email="")
    desk = visit(DESK)
    desk.signs_in(officer)
    begins = datetime.combine(
        timezone.localdate() + timedelta(days=3), datetime.min.time().replace(hour=10), OFFICE_TZ
    )
    the_officer_plans_it(desk, begins)
    conference = PressConference.objects.get()
    the_media_are_chosen(desk)
    a_paper_is_laid_out_for_the_press(desk, conference, tmp_path)
    one_is_written_to_and_one_telephoned(desk)
    address = the_letter_has_come()
    the_reporter_says_yes_and_takes_the_paper(visit, address)
    the_office_sees_who_comes(desk, conference)
    clock.move_to(begins + timedelta(minutes=5))
    the_door_notes_who_came(visit, officer, conference)
    it_is_held_and_what_was_reported_recorded(desk, conference)
    it_was_coordinated(conference)


def the_officer_plans_it(desk: Visitor, begins: datetime) -> None:
    desk.opens("publicrelations:press_conferences")
    desk.follows("Plan a press conference")
    for name, value in {
        "title": TITLE,
        "begins_on": format_numeric(begins.date()),
        "begins_time": "๑๐.๐๐",
        "ends_time": "๙.๐๐",
        "place": PLACE,
        "spokespersons": "นายจุรินทร์ ลักษณวิศิษฏ์ รัฐมนตรีว่าการกระทรวงศึกษาธิการ",
        "brief": "ความคืบหน้าของนโยบายเรียนฟรี ๑๕ ปี",
    }.items():
        desk.page.locator(f"#id_{name}").fill(value)
    desk.expects(422)
    desk.presses("Register")
    ends = desk.page.locator(".field", has=desk.page.locator("#id_ends_time"))
    expect(ends.locator(".errorlist")).to_contain_text(thai("It ends before it begins."))
    expect(desk.page.locator("#id_title")).to_have_value(TITLE)
    desk.sees("press-new-fault")
    desk.page.locator("#id_ends_time").fill("๑๑.๐๐")
    desk.presses("Register")
    desk.page.wait_for_url(re.compile(r"/press-conferences/\d+/$"))
    desk.reads(TITLE)


def the_media_are_chosen(desk: Visitor) -> None:
    desk.sees("press-choose")
    for name in ("สมศรี ข่าวดี", "วิทยุครู"):
        desk.page.get_by_role("checkbox", name=re.compile(name)).first.check()
    desk.presses("Choose whom to invite")
    desk.reads("not invited yet")


def a_paper_is_laid_out_for_the_press(desk: Visitor, conference: PressConference, folder: Path) -> None:
    file = folder / f"{PAPER}.txt"
    file.write_text("เรียนฟรี ๑๕ ปี อย่างมีคุณภาพ", encoding="utf-8")
    desk.page.locator("#handouts").get_by_role("link", name=thai("Choose papers for the press")).click()
    desk.attaches("New papers for the press", file)
    desk.sees("press-hand-out")
    desk.presses("Choose papers for the press")
    expect(desk.page.locator("#handouts")).to_contain_text(PAPER)


def one_is_written_to_and_one_telephoned(desk: Visitor) -> None:
    # The one without an address is named, with the way to note it otherwise.
    expect(desk.page.locator("#step-invite .alert")).to_contain_text("วิทยุครู")
    desk.page.locator("#id_message").fill("ขอเชิญพร้อมช่างภาพ")
    expect(desk.page.locator("#letter-sample")).to_contain_text("ขอเชิญพร้อมช่างภาพ")
    desk.sees("press-invite")
    desk.presses("Invite by e-mail")
    desk.reads("letter on its way out")
    desk.page.get_by_role("button", name=re.compile(f"{thai('Invited by telephone')}: วิทยุครู")).click()
    desk.page.locator(".marks").first.wait_for()
    desk.sees("press-letters-leave")


def the_letter_has_come() -> str:
    rounds.deliver(timezone.now)
    [letter] = [one for one in mail.outbox if one.to == ["somsri@news.example"]]
    assert TITLE in letter.subject
    assert "ขอเชิญพร้อมช่างภาพ" in str(letter.body)
    found = re.search(r"http\S+/m/invited/\S+", str(letter.body))
    assert found
    return found.group()


def the_reporter_says_yes_and_takes_the_paper(visit: Visit, address: str) -> None:
    phone = visit(PHONE)
    phone.goes(address)
    phone.reads(TITLE, PLACE, PAPER)
    phone.sees("press-invited-phone")
    paper = phone.page.get_by_role("link", name=PAPER)
    answer: Any = phone.page.request.get(urljoin(address, str(paper.get_attribute("href"))))
    assert answer.status == 200
    assert answer.text() == "เรียนฟรี ๑๕ ปี อย่างมีคุณภาพ"
    phone.expects(422)
    phone.page.locator("#id_people").fill("สองคน")
    phone.presses("We come")
    expect(phone.page.locator("#id_people")).to_have_value("สองคน")
    phone.sees("press-invited-fault-phone")
    phone.page.locator("#id_people").fill("๒")
    phone.presses("We come")
    expect(phone.page.get_by_role("status")).to_contain_text("ขอบคุณ")
    phone.sees("press-invited-yes-phone")
    at_a_desk = visit(DESK)
    at_a_desk.goes(address)
    at_a_desk.sees("press-invited-yes")


def the_office_sees_who_comes(desk: Visitor, conference: PressConference) -> None:
    desk.goes(conference.get_absolute_url())
    desk.reads("Media coordinated before it began")
    expect(desk.page.locator("#list")).to_contain_text(f"{thai('comes')} ๒")
    desk.sees("press-invited-all")
    desk.opens("publicrelations:engagement_calendar", query=f"?day={conference.starts_at:%Y-%m-%d}")
    desk.reads(TITLE)
    desk.sees("press-in-the-month")


def the_door_notes_who_came(visit: Visit, officer: User, conference: PressConference) -> None:
    phone = visit(PHONE)
    phone.signs_in(officer)
    phone.opens("publicrelations:press_door", conference.pk)
    phone.page.get_by_role("button", name=re.compile("สมศรี")).click()
    expect(phone.page.locator(".door .is-here")).to_contain_text("สมศรี ข่าวดี")
    phone.page.locator("#walk-in summary").click()
    phone.page.locator("#door-outlet").fill("สำนักข่าวหน้าประตู")
    phone.page.locator("#door-name").fill("มานะ มาเอง")
    phone.page.locator(".door-form button").click()
    expect(phone.page.locator(".door .is-here")).to_have_count(2)
    phone.sees("press-door-phone")
    assert Attendance.objects.filter(conference=conference).count() == 2


def it_is_held_and_what_was_reported_recorded(desk: Visitor, conference: PressConference) -> None:
    desk.goes(conference.get_absolute_url())
    desk.sees("press-hold")
    desk.presses("Record that the press was met")
    desk.reads("Held, waiting for the coverage")
    desk.page.locator("#id_outlet_0").select_option(label="หนังสือพิมพ์ข่าวเช้า")
    desk.page.locator("#id_link_0").fill("https://news.example/15-years")
    desk.page.locator("#id_headline_0").fill("ศธ. เดินหน้าเรียนฟรี ๑๕ ปี")
    desk.page.locator("#id_tone_0").select_option(label=thai("Positive"))
    desk.sees("press-coverage", kept=["https"])
    desk.presses("Record the coverage")
    desk.reads("ศธ. เดินหน้าเรียนฟรี ๑๕ ปี")
    desk.presses("Close")
    desk.reads("Closed")
    desk.sees("press-closed")
    desk.opens("publicrelations:press_conferences", query="?all=1")
    desk.sees("press-register")


def it_was_coordinated(conference: PressConference) -> None:
    conference.refresh_from_db()
    assert conference.state == State.CLOSED
    promise = conference.deadlines.get(kind=Deadline.Kind.INVITED)
    assert promise.met_at is not None
    assert promise.met_at < promise.due_at
    month = month_of(conference.starts_at.astimezone(OFFICE_TZ).date())
    assert measures.press_conferences_coordinated(month, timezone.now()) == Ratio(in_time=1)
