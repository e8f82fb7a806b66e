"""With scripts switched off everything still works: filing, filtering, taking a step, answering."""

from __future__ import annotations

from django.utils import timezone
from playwright.sync_api import expect

from complaints.models import Petition, State
from office.models import Document, User
from tests.browser.conftest import Visit
from tests.browser.test_journey import ANSWER, PICTURE, STORY, TITLE
from tests.browser.visitor import A_MOMENT, DESK, PHONE, Visitor, thai
from tests.browser.world import agency_address, furnish
from tests.cast import fresh, make_petition


def without_scripts(visit: Visit, width: int) -> Visitor:
    return visit(width, java_script_enabled=False)


def write_a_petition(citizen: Visitor) -> None:
    citizen.page.get_by_label(thai("Complaint")).check()
    citizen.fills("The matter in one line", TITLE)
    citizen.fills("What happened", STORY)
    citizen.fills("Full name", "นางสมศรี ใจดี")
    citizen.fills("Telephone", "081 234 5678")
    citizen.page.locator("[name=consent]").check()


def test_a_citizen_files_a_petition_on_one_long_page(visit: Visit) -> None:
    citizen = without_scripts(visit, PHONE)
    citizen.opens("petition:new")
    citizen.pictures("plain-form-390")
    citizen.page.wait_for_timeout(A_MOMENT)
    citizen.presses("Send the petition")
    citizen.reads("Not sent yet", "Choose one of the four.", "Write what happened.")
    citizen.pictures("plain-form-faults-390")
    write_a_petition(citizen)
    citizen.attaches("Files", PICTURE)
    citizen.presses("Send the petition")
    citizen.reads("We received your matter", Petition.objects.get().label)
    citizen.pictures("plain-receipt-390")
    assert Document.objects.get().name == PICTURE.name


def test_what_was_attached_and_typed_outlives_a_fault(visit: Visit) -> None:
    citizen = without_scripts(visit, PHONE)
    citizen.opens("petition:new")
    write_a_petition(citizen)
    citizen.fills("The matter in one line", "")
    citizen.attaches("Files", PICTURE)
    citizen.page.wait_for_timeout(A_MOMENT)
    citizen.presses("Send the petition")
    citizen.reads("Write in one line what it is about.", PICTURE.name)
    expect(citizen.field("What happened")).to_have_value(STORY)
    citizen.fills("The matter in one line", TITLE)
    citizen.presses("Send the petition")
    citizen.reads("We received your matter")
    assert Document.objects.get().name == PICTURE.name


def test_the_register_is_filtered_on_a_page_of_its_own(
    visit: Visit, officer: User, head: User, executive: User
) -> None:
    petitions = furnish(officer, head, executive, now=timezone.now())
    desk = without_scripts(visit, DESK)
    desk.signs_in(officer)
    desk.opens("complaints:petitions")
    desk.follows("Filter")
    desk.page.locator("[name=state]").select_option(State.REFERRED.value)
    desk.presses("Show")
    rows = desk.page.locator(".register tbody tr")
    assert rows.count() == 1
    assert petitions["referred"].title in rows.inner_text()


def test_a_step_is_taken_and_the_petitioner_is_looked_up(visit: Visit, officer: User, head: User) -> None:
    petition = make_petition(owner=officer, received_at=timezone.now())
    desk = without_scripts(visit, DESK)
    desk.signs_in(officer)
    desk.opens("complaints:petition", petition.pk)
    desk.presses("Show (is logged)")
    desk.reads("นางสมศรี ใจดี", "This look has been logged.")
    desk.follows(petition.label)
    desk.fills("Summary", "สรุป")
    desk.fills("Opinion for the one in authority", "เห็นควรส่งหน่วยงาน")
    desk.page.locator("[name=category]").select_option(index=1)
    desk.presses("Put to the head")
    desk.page.locator(".messages").wait_for()
    assert fresh(petition).state == State.SUMMARISED


def test_the_menu_opens_on_a_phone(visit: Visit, officer: User) -> None:
    phone = without_scripts(visit, PHONE)
    phone.signs_in(officer)
    expect(phone.page.locator("#menu")).to_be_hidden()
    phone.presses("Menu")
    phone.page.locator("#menu").get_by_role("link", name=thai("Petitions"), exact=True).click()
    expect(phone.page.locator("h1")).to_have_text(thai("Petitions"))


def test_an_agency_answers(visit: Visit, officer: User, head: User, executive: User) -> None:
    petition = furnish(officer, head, executive, now=timezone.now())["referred"]
    clerk = without_scripts(visit, PHONE)
    clerk.goes(agency_address(petition, timezone.now()))
    clerk.presses("We have it in hand")
    clerk.fills("Answer", ANSWER)
    clerk.attaches("Files", PICTURE)
    clerk.presses("Send the answer")
    clerk.reads("Thank you, your answer has arrived", ANSWER, PICTURE.name)
    assert fresh(petition).state == State.ANSWERED
