"""A working day of each role through the whole office: what they open, read and do from signing in to signing out.

All live in one demo office. Each goes where the role really goes; what every single page is held to, the crawler sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, expect

from complaints.models import Petition, Satisfaction, State
from office.models import Role, User
from office.models.calendar import current_calendar
from office.thai import format_long
from tests.browser.conftest import PATIENCE, Visit
from tests.browser.demo_office import Office, demo_office, office_here  # noqa: F401  the fixtures
from tests.browser.visitor import A_MOMENT, DESK, HEIGHTS, PHONE, Visitor, thai
from tests.cast import bring_to, fresh, make_petition, take_step

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "ขอให้ตรวจสอบค่ารถรับส่งนักเรียนที่เก็บเกินประกาศ"
STORY = "โรงเรียนเก็บค่ารถรับส่งเดือนละ ๘๐๐ บาท แต่ประกาศไว้ ๖๐๐ บาท ขอให้ตรวจสอบและคืนส่วนที่เกิน"
TOLD = "โรงเรียนคืนเงินส่วนที่เก็บเกินแล้ว"
REMARK = "ขอให้แนบหนังสือของโรงเรียนก่อนเสนอ"
NEWCOMER = "pranee"


@pytest.fixture
def _django_db_helper() -> None:
    """Instead of pytest-django's, which would empty the database after each day: `demo_office` does it once."""


@pytest.fixture
def come(browser: Browser, office_here: Office) -> Iterator[Visit]:  # noqa: F811
    """Somebody comes to this office with a browser of their own."""
    visitors: list[Visitor] = []

    def coming(width: int = DESK) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            timezone_id="Asia/Bangkok",
            has_touch=width == PHONE,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        visitor = Visitor(context.new_page(), office_here.url)
        visitor.watch(context)
        visitors.append(visitor)
        return visitor

    yield coming
    for visitor in visitors:
        visitor.page.context.close()
    faults = [fault for visitor in visitors for fault in visitor.faults]
    assert not faults, "\n".join(dict.fromkeys(faults))


# ── What everybody does ─────────────────────────────────────────────────────────────────────


def jumps_by_number(visitor: Visitor, petition: Petition) -> None:
    """A number typed into the search leads to its matter at once."""
    visitor.page.locator("#find").fill(petition.label)
    visitor.page.locator("#find").press("Enter")
    visitor.page.wait_for_url(f"**{petition.get_absolute_url()}")
    visitor.reads(petition.title)


def finds_by_word(visitor: Visitor, word: str) -> None:
    box = visitor.page.locator("[name=q]").filter(visible=True).first
    box.fill(word)
    box.press("Enter")
    expect(visitor.page.locator("main mark").first).to_be_visible()


def takes_the_file(visitor: Visitor, address: str, kind: str) -> None:
    """A file of the page is there and is what it says."""
    answer = visitor.page.request.get(f"{visitor.site}{address}")
    assert answer.status == 200, f"{answer.status} {address}"
    assert kind in answer.headers["content-type"]
    assert answer.body()


def sees_the_step_taken(visitor: Visitor) -> None:
    visitor.page.locator(".messages").wait_for()


def signs_out(visitor: Visitor) -> None:
    """By the menu of the account; what was open is closed to whoever comes back."""
    visitor.opens("office:personal")
    visitor.page.locator("details.account summary").click()
    visitor.presses("Sign out")
    visitor.page.wait_for_url(lambda address: "/personal/" not in address)
    visitor.opens("office:personal")
    visitor.page.wait_for_url("**/accounts/login/**")


def brought_to(state: State, title: str, *, days: int = 1) -> Petition:
    """A petition of the demo's officer that the people of the demo brought there, some days ago."""
    at = timezone.now() - timedelta(days=days)
    people = {role: User.objects.get(username=role) for role in ("officer", "head", "executive")}
    petition = make_petition(owner=people["officer"], received_at=at, title=title)
    return petition if state == State.RECEIVED else bring_to(petition, state, now=at, **people)


# ── The officer ─────────────────────────────────────────────────────────────────────────────


def test_an_officer_of_petitions_from_morning_to_evening(come: Visit, office_here: Office) -> None:  # noqa: F811
    officer = User.objects.get(username="officer")
    desk = come(DESK)
    desk.signs_in(officer)
    desk.reads("Today", "Waiting for me")
    desk.sees("day-officer-01-today")

    # Half past eight: a petition that came in by the website gets its summary and its opinion.
    petition = brought_to(State.RECEIVED, TITLE)
    jumps_by_number(desk, petition)
    desk.fills("Summary", "ผู้ปกครองขอให้ตรวจสอบค่าใช้จ่ายที่โรงเรียนเก็บ")
    desk.fills("Opinion for the one in authority", "เห็นควรส่งหน่วยงานต้นสังกัดตรวจสอบข้อเท็จจริง")
    desk.page.locator("[name=category]").select_option(index=1)
    desk.presses("Put to the head")
    sees_the_step_taken(desk)
    assert fresh(petition).state == State.SUMMARISED
    desk.sees("day-officer-02-with-the-head")

    # What takes place and what is owed this week, in every room.
    desk.opens("projectplan:diary")
    desk.sees("day-officer-03-diary")
    desk.opens("projectplan:diary_ahead")

    # Somebody stands at the counter.
    desk.opens("complaints:visit_new")
    desk.fills("What they came for", "ถามความคืบหน้าเรื่องที่ร้องเรียน")
    desk.fills("What they were told", "เสนอหัวหน้ากลุ่มแล้ว จะแจ้งผลทางโทรศัพท์")
    desk.presses("Save")
    desk.page.wait_for_url(re.compile(r"/visits/\d+/$"))

    # Whom to ask: the network knows the agency; its list goes along as a file.
    desk.opens("office:network")
    desk.sees("day-officer-04-network")
    takes_the_file(desk, reverse("office:network_export"), "spreadsheetml")

    # The indicators, and what of them the officer signed for.
    desk.opens("projectplan:dashboard")
    desk.page.locator("main a[href*='/kpis/']").filter(visible=True).first.click()
    desk.page.wait_for_load_state()
    desk.opens("projectplan:my_agreement")
    desk.sees("day-officer-05-agreement")

    # Before going home: what was written about transport, and the register as it is seen.
    finds_by_word(desk, "โรงเรียน")
    desk.sees("day-officer-06-found")
    signs_out(desk)


# ── The head ────────────────────────────────────────────────────────────────────────────────


def test_a_head_checks_hands_over_and_reads_the_figures(come: Visit, office_here: Office) -> None:  # noqa: F811
    head = User.objects.get(username="head")
    officer = User.objects.get(username="officer")
    desk = come(DESK)
    desk.signs_in(head)
    desk.reads("Today")
    desk.sees("day-head-01-today")

    first, second = (brought_to(State.SUMMARISED, title) for title in (TITLE, "ขอทุนการศึกษา"))
    desk.opens("complaints:step", first.pk, "send_back")
    desk.fills("Reason", REMARK)
    desk.presses("Send back")
    sees_the_step_taken(desk)
    desk.reads(REMARK)
    jumps_by_number(desk, second)
    desk.page.locator("[name=to]").select_option(label=str(User.objects.get(username="executive")))
    desk.presses("Put to the executive")
    sees_the_step_taken(desk)
    assert (fresh(first).state, fresh(second).state) == (State.RETURNED, State.SUBMITTED)

    unclaimed = make_petition(received_at=timezone.now(), channel=Petition.Channel.WEB)
    desk.opens("complaints:step", unclaimed.pk, "assign")
    desk.page.locator("[name=to]").select_option(label=str(officer))
    desk.presses("Assign")
    sees_the_step_taken(desk)
    assert fresh(unclaimed).owner == officer

    desk.opens("projectplan:workload")
    desk.sees("day-head-02-workload")
    desk.opens("projectplan:dashboard", query="?span=quarter")
    desk.sees("day-head-03-indicators")
    desk.opens("projectplan:agreements")
    desk.opens("reports:list")
    desk.page.locator("main a[href*='/reports/complaints-monthly/']").first.click()
    desk.sees("day-head-04-report")
    files = desk.page.locator("main a[href$='figures.xlsx']")
    takes_the_file(desk, str(files.first.get_attribute("href")), "spreadsheetml")
    desk.opens("office:notices", query="?show=all")
    signs_out(desk)


# ── The executive ───────────────────────────────────────────────────────────────────────────


def test_an_executive_decides_on_a_telephone_between_two_meetings(
    come: Visit,
    office_here: Office,  # noqa: F811
) -> None:
    executive = User.objects.get(username="executive")
    phone = come(PHONE)
    phone.signs_in(executive)
    phone.reads("Today")
    phone.sees("day-executive-01-today")

    petition, returned = (brought_to(State.SUBMITTED, title) for title in (TITLE, "ขอทุนการศึกษา"))
    phone.goes(petition.get_absolute_url())
    phone.fills("Order to be carried out", "เห็นชอบ ให้ดำเนินการตามเสนอ")
    phone.presses("Give the order")
    sees_the_step_taken(phone)
    phone.opens("complaints:step", returned.pk, "return_for_revision")
    phone.fills("Reason", REMARK)
    phone.presses("Return for revision")
    sees_the_step_taken(phone)
    assert (fresh(petition).state, fresh(returned).state) == (State.ORDERED, State.RETURNED)

    # The office at a glance, the chambers, the minister's engagements, the day, the month in figures.
    phone.opens("projectplan:glance")
    phone.reads("Late now")
    phone.sees("day-executive-02-glance")
    for register in ("parliament:interpellations", "publicrelations:engagements", "parliament:meeting_board"):
        phone.opens(register)
        phone.sees(f"day-executive-03-{register}")
    phone.opens("projectplan:diary_day")
    phone.sees("day-executive-04-diary")
    phone.opens("reports:list")
    phone.page.locator("main a[href*='/reports/']").filter(visible=True).first.click()
    phone.sees("day-executive-05-report")
    phone.opens("office:search")
    finds_by_word(phone, "โรงเรียน")
    signs_out(phone)


# ── The administrator ───────────────────────────────────────────────────────────────────────


def test_an_administrator_welcomes_somebody_and_keeps_the_office_in_order(
    come: Visit,
    office_here: Office,  # noqa: F811
) -> None:
    desk = come(DESK)
    desk.signs_in(User.objects.get(username="admin"))
    desk.page.wait_for_url("**/admin/")

    # Somebody new is welcomed, and gets a link for a password of their own.
    desk.opens("admin:office_user_add")
    for name, value in {
        "display_name": "นางปราณี มาใหม่",
        "username": NEWCOMER,
        "email": "pranee@office.example",
    }.items():
        desk.page.locator(f"[name={name}]").fill(value)
    desk.page.locator("[name=subgroup]").select_option(label="กลุ่มรับเรื่องราวร้องทุกข์")
    desk.page.locator("[name=roles][value=officer]").check()
    desk.page.locator("[name=_save]").click()
    desk.page.wait_for_url("**/admin/office/user/")
    assert User.objects.get(username=NEWCOMER).roles == {Role.OFFICER}

    # A special day off that the cabinet has just announced.
    desk.opens("office:calendar")
    day = current_calendar().next_working_day(timezone.localdate() + timedelta(days=40))
    desk.fills("Date", format_long(day))
    desk.fills("Occasion or reason", "วันหยุดราชการพิเศษตามมติคณะรัฐมนตรี")
    desk.presses("Change the calendar")
    sees_the_step_taken(desk)
    desk.sees("day-administrator-01-calendar")
    assert not current_calendar().is_working_day(day)
    desk.opens("imports:hub")
    desk.sees("day-administrator-02-imports")
    desk.opens("office:network")
    desk.opens("projectplan:plan")
    desk.sees("day-administrator-03-plan")
    desk.opens("admin:auditlog_logentry_changelist")

    # No petition is the administrator's to read, whatever address is typed.
    desk.expects(404)
    desk.goes(make_petition(received_at=timezone.now()).get_absolute_url())
    desk.sees("day-administrator-04-not-there")
    signs_out(desk)


# ── The citizen ─────────────────────────────────────────────────────────────────────────────


def test_a_citizen_reads_asks_follows_and_says_how_it_was(come: Visit, office_here: Office) -> None:  # noqa: F811
    phone = come(PHONE)
    phone.opens("site:home")
    phone.sees("day-citizen-01-front")
    phone.page.locator("main a[href^='/news/25']").filter(visible=True).first.click()
    phone.page.locator("main article, main h1").first.wait_for()
    phone.sees("day-citizen-02-news")
    phone.opens("site:journals")
    phone.page.locator("main a[href^='/journals/']").filter(visible=True).first.click()
    phone.sees("day-citizen-03-journal")

    number, code = the_citizen_files(phone)
    petition = Petition.objects.order_by("-pk")[0]
    assert (petition.label, petition.title) == (number, TITLE)

    phone.opens("petition:follow")
    phone.fills("Number of the matter", number)
    phone.fills("Code", code)
    phone.presses("Show")
    phone.reads(TITLE)
    phone.sees("day-citizen-05-waiting")

    the_office_carries_it_to_its_end(petition)
    phone.opens("petition:follow")
    phone.fills("Number of the matter", number)
    phone.fills("Code", code)
    phone.presses("Show")
    phone.reads("The matter is closed", "How was it? Three questions")
    for question in ("speed", "clarity", "help"):
        phone.page.locator(f"[name={question}][value='4']").check()
    phone.page.locator("[name=remark]").fill("ขอบคุณที่ช่วยตามให้")
    phone.presses("Send the answers")
    phone.reads("Thank you. Your answers help us to serve better.")
    phone.sees("day-citizen-06-thanks")
    assert Satisfaction.objects.get(petition=petition).speed == 4


def the_citizen_files(phone: Visitor) -> tuple[str, str]:
    """Returns the number and the secret code on the receipt."""
    phone.opens("petition:new")
    phone.page.get_by_label(thai("Complaint")).check()
    phone.presses("ต่อไป")
    phone.fills("The matter in one line", TITLE)
    phone.fills("What happened", STORY)
    for _step in ("place", "files", "who"):
        phone.presses("ต่อไป")
    phone.fills("Full name", "นางสมศรี ใจดี")
    phone.fills("Telephone", "๐๘๑ ๒๓๔ ๕๖๗๘")
    phone.page.locator("[name=consent]").check()
    phone.presses("ต่อไป")
    phone.page.wait_for_timeout(A_MOMENT)
    phone.presses("Send the petition")
    phone.reads("We received your matter")
    phone.sees("day-citizen-04-receipt")
    number, code = phone.page.locator(".slip-value").all_inner_texts()
    return number, code


def the_office_carries_it_to_its_end(petition: Petition) -> None:
    """What the days of the others do, told in one breath."""
    people = {role: User.objects.get(username=role) for role in ("officer", "head", "executive")}
    now = timezone.now() + timedelta(seconds=1)
    take_step(petition, "take", people["officer"], now=now)
    bring_to(fresh(petition), State.CLOSED, now=now, **people)
