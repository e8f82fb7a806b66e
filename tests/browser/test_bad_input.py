"""What goes wrong in real life, in a real browser: each time a clear message in Thai, and nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from complaints.models import Petition, State
from office.models import Event, User
from office.thai import to_thai_digits
from tests.browser.conftest import Visit
from tests.browser.test_journey import ANSWER, STORY, TITLE
from tests.browser.test_without_scripts import without_scripts, write_a_petition
from tests.browser.visitor import A_MOMENT, DESK, PHONE, Visitor
from tests.browser.world import agency_address, furnish
from tests.cast import fresh, make_petition


@pytest.fixture
def petition(officer: User, head: User) -> Petition:
    """Just received, with the officer; there is a head to put it to."""
    return make_petition(owner=officer, received_at=timezone.now())


def write_an_opinion(desk: Visitor) -> None:
    desk.fills("Summary", "สรุปของเจ้าหน้าที่")
    desk.fills("Opinion for the one in authority", "เห็นควรส่งหน่วยงาน")
    desk.page.locator("[name=category]").select_option(index=1)


def to_the_files(citizen: Visitor) -> None:
    """Step by step to the part of the public form that asks for papers."""
    citizen.opens("petition:new")
    citizen.page.get_by_role("radio").first.check()
    citizen.presses("ต่อไป")
    citizen.fills("The matter in one line", TITLE)
    citizen.fills("What happened", STORY)
    citizen.presses("ต่อไป")
    citizen.presses("ต่อไป")


def to_the_end(citizen: Visitor) -> None:
    """From the papers to the last part, without a name."""
    citizen.presses("ต่อไป")
    citizen.page.get_by_role("radio").last.check()
    citizen.presses("ต่อไป")


# ── Two at once ─────────────────────────────────────────────────────────────────────────────


def test_a_stale_page_shows_both_versions_and_what_was_typed(
    visit: Visit, officer: User, head: User, petition: Petition
) -> None:
    desk, other = visit(DESK), visit(DESK)
    desk.signs_in(officer)
    desk.opens("complaints:petition", petition.pk)
    write_an_opinion(desk)
    other.signs_in(head)
    other.opens("complaints:step", petition.pk, "correct")
    other.fills("Subject", "ชื่อเรื่องที่หัวหน้าแก้แล้ว")
    other.presses("Correct the facts")
    other.page.locator(".messages").wait_for()
    desk.expects(409)
    desk.presses("Put to the head")
    desk.reads("This matter has been changed since you opened the page", "สรุปของเจ้าหน้าที่")
    desk.reads("ชื่อเรื่องที่หัวหน้าแก้แล้ว")
    desk.sees("stale-1280")
    assert fresh(petition).state == State.RECEIVED
    expect(desk.field("Summary")).to_have_value("สรุปของเจ้าหน้าที่")
    desk.presses("Put to the head")
    desk.page.locator(".messages").wait_for()
    assert fresh(petition).state == State.SUMMARISED


def test_a_double_click_sends_one_petition(visit: Visit) -> None:
    citizen = visit(PHONE)
    to_the_files(citizen)
    to_the_end(citizen)
    citizen.page.wait_for_timeout(A_MOMENT)
    citizen.page.get_by_role("button", name="ส่งเรื่อง").dblclick()
    citizen.reads("We received your matter")
    assert Petition.objects.count() == 1


def test_a_double_click_without_scripts_sends_one_petition_too(visit: Visit) -> None:
    citizen = without_scripts(visit, PHONE)
    citizen.opens("petition:new")
    write_a_petition(citizen)
    citizen.page.wait_for_timeout(A_MOMENT)
    citizen.page.get_by_role("button", name="ส่งเรื่อง").dblclick()
    citizen.reads("We received your matter")
    assert Petition.objects.count() == 1


def test_a_double_click_takes_a_step_once(visit: Visit, officer: User, petition: Petition) -> None:
    desk = visit(DESK)
    desk.signs_in(officer)
    desk.opens("complaints:petition", petition.pk)
    write_an_opinion(desk)
    desk.page.locator("#next .btn-primary").dblclick()
    desk.page.locator(".messages").wait_for()
    assert Event.objects.filter(matter=petition, step="summarise").count() == 1


# ── Files ───────────────────────────────────────────────────────────────────────────────────


def test_a_program_named_pdf_is_refused_and_the_rest_kept(visit: Visit, tmp_path: Path) -> None:
    program = tmp_path / "ใบเสร็จ.pdf"
    program.write_bytes(b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 5000)
    citizen = visit(PHONE)
    to_the_files(citizen)
    citizen.attaches("Files", program)
    to_the_end(citizen)
    citizen.page.wait_for_timeout(A_MOMENT)
    citizen.presses("Send the petition")
    citizen.reads("Not sent yet")
    fault = citizen.page.locator("fieldset:visible .errorlist")
    expect(fault).to_contain_text("ใบเสร็จ.pdf")
    citizen.sees("file-program-390")
    expect(citizen.field("What happened")).to_have_value(STORY)
    to_the_end(citizen)
    citizen.presses("Send the petition")
    citizen.reads("We received your matter")
    assert not Petition.objects.get().documents.exists()


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Sixty megabytes that call themselves a paper."""
    path = tmp_path / "film.pdf"
    with path.open("wb") as sparse:
        sparse.write(b"%PDF-1.7\n")
        sparse.truncate(60 * 1024 * 1024)
    return path


def test_a_file_of_60_megabytes_is_refused_before_it_is_sent(visit: Visit, film: Path) -> None:
    citizen = visit(PHONE)
    to_the_files(citizen)
    citizen.attaches("Files", film)
    expect(citizen.page.locator(".too-large")).to_contain_text(f"{to_thai_digits(60)} เมกะไบต์")
    citizen.presses("ต่อไป")
    expect(citizen.field("Files")).to_be_focused()
    citizen.sees("file-60-megabytes-390")


def test_a_file_of_60_megabytes_that_was_sent_is_refused_and_the_rest_kept(visit: Visit, film: Path) -> None:
    citizen = without_scripts(visit, PHONE)
    citizen.opens("petition:new")
    write_a_petition(citizen)
    citizen.attaches("Files", film)
    citizen.page.wait_for_timeout(A_MOMENT)
    citizen.presses("Send the petition")
    citizen.reads("Not sent yet")
    expect(citizen.page.locator(".field .errorlist")).to_contain_text(f"{to_thai_digits(60)} เมกะไบต์")
    expect(citizen.field("What happened")).to_have_value(STORY)


# ── Dates ───────────────────────────────────────────────────────────────────────────────────


def test_the_31_of_february_is_refused_beside_its_field(visit: Visit, officer: User) -> None:
    desk = visit(DESK)
    desk.signs_in(officer)
    desk.opens("complaints:intake")
    desk.fills("Date received", "31 ก.พ. ๒๕๕๓")
    desk.page.locator("[name=title]").fill(TITLE)
    desk.presses("Register")
    fault = desk.page.locator(".field", has=desk.page.locator("[name=received_on]")).locator(".errorlist")
    expect(fault).to_have_text("กุมภาพันธ์ ๒๕๕๓ มี ๒๘ วัน")
    expect(desk.page.locator("[name=received_on]")).to_have_value("31 ก.พ. ๒๕๕๓")
    expect(desk.page.locator("[name=title]")).to_have_value(TITLE)


# ── Links and sessions ──────────────────────────────────────────────────────────────────────


def test_a_link_serves_once(visit: Visit, officer: User, head: User, executive: User) -> None:
    asked = furnish(officer, head, executive, now=timezone.now())["referred"]
    address = agency_address(asked, timezone.now())
    clerk, colleague = visit(PHONE), visit(PHONE)
    colleague.goes(address)
    colleague.fills("Answer", "คำตอบของเพื่อนร่วมงานที่ช้าไปครู่หนึ่ง")
    clerk.goes(address)
    clerk.fills("Answer", ANSWER)
    clerk.presses("Send the answer")
    clerk.reads("Thank you, your answer has arrived")
    colleague.expects(410)
    colleague.presses("Send the answer")
    colleague.reads("This link has been used")
    assert fresh(asked).referrals.get().answer == ANSWER


def test_what_was_typed_before_a_session_ended_stays_on_the_page(
    visit: Visit, officer: User, petition: Petition
) -> None:
    """Signed out in another tab: the page says so and sends nothing; after signing in anew it does."""
    desk = visit(DESK)
    desk.signs_in(officer)
    desk.opens("complaints:petition", petition.pk)
    write_an_opinion(desk)
    tab = desk.page.context.new_page()
    tab.goto(f"{desk.site}/accounts/logout/")
    tab.get_by_role("main").get_by_role("button", name="ออกจากระบบ").click()
    tab.wait_for_url("**/accounts/login/")
    desk.expects(403)
    desk.page.bring_to_front()
    desk.fills("Summary", "สรุปของเจ้าหน้าที่ที่แก้แล้ว")
    expect(desk.page.locator(".kept-said")).to_contain_text("การเข้าสู่ระบบหมดเวลา")
    desk.presses("Put to the head")
    expect(desk.field("Summary")).to_have_value("สรุปของเจ้าหน้าที่ที่แก้แล้ว")
    assert fresh(petition).state == State.RECEIVED
    Visitor(tab, desk.site).signs_in(officer)
    desk.page.bring_to_front()
    desk.presses("Put to the head")
    desk.page.locator(".messages").wait_for()
    assert fresh(petition).state == State.SUMMARISED
