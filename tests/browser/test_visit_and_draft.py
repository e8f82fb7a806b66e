"""At the counter and from home: a visit becomes a petition, a form is finished the next day, an answer is given."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from complaints.models import Draft, Petition, Question, Satisfaction, State, Visit
from office.documents import drop_abandoned_uploads
from office.models import User
from tests.browser import conftest
from tests.browser.test_journey import PICTURE, STORY, TITLE
from tests.browser.visitor import A_MOMENT, DESK, PHONE, Visitor, thai
from tests.cast import CODE, bring_to, fresh, make_petition, take_step

ADVICE = "ยื่นคำขอย้ายต่อผู้อำนวยการโรงเรียนภายในเดือนมกราคม"
NO_DRAFT = (
    "No saved form has this code. Check it and try again. A saved form is deleted "
    "when it has been sent, or when its time is over."
)
LOST = "ติดต่อระบบไม่ได้ ยังไม่ได้ส่ง"

Open = conftest.Visit


# ── At the counter ──────────────────────────────────────────────────────────────────────────


def test_a_visit_is_recorded_by_keyboard_printed_and_made_into_a_petition(
    visit: Open, officer: User, head: User
) -> None:
    desk = visit(DESK)
    desk.signs_in(officer)
    desk.page.get_by_role("link", name=thai("Visits"), exact=True).click()
    desk.sees("visits-none-1280")
    desk.follows("Record a visit")
    keyboard = desk.page.keyboard
    expect(desk.page.locator("[name=subject]")).to_be_focused()
    desk.page.wait_for_load_state()  # the field is ready before the script that knows Ctrl+Enter
    keyboard.insert_text("ถามหลักเกณฑ์การขอย้าย")
    keyboard.press("Tab")
    keyboard.insert_text(ADVICE)
    keyboard.press("Tab")
    keyboard.insert_text("นายบุญมี ศรีสุข")
    keyboard.press("Control+Enter")
    keyboard.press("Control+Enter")
    desk.page.wait_for_url(re.compile(r"/visits/\d+/$"))
    desk.sees("visit-1280")
    assert Visit.objects.get().name == "นายบุญมี ศรีสุข"

    desk.follows("Print what they were told")
    desk.reads(ADVICE)
    desk.sees("visit-slip-1280")
    desk.page.go_back()
    desk.follows("Make a petition of it")
    expect(desk.page.locator("[name=title]")).to_have_value("ถามหลักเกณฑ์การขอย้าย")
    expect(desk.page.locator("[name=name]")).to_have_value("นายบุญมี ศรีสุข")
    desk.sees("visit-intake-1280")
    desk.page.locator("[name=story]").fill(STORY)
    desk.page.wait_for_timeout(A_MOMENT)
    desk.presses("Register")
    desk.reads("Registered")
    petition = Petition.objects.get()
    assert Visit.objects.get().petition == petition
    desk.opens("complaints:visits")
    desk.reads(petition.label)
    desk.page.locator("details.filter-form summary").click()
    desk.sees("visits-1280")


def test_the_counter_on_a_phone(visit: Open, officer: User, head: User) -> None:
    phone = visit(PHONE)
    phone.signs_in(officer)
    phone.expects(422)
    phone.opens("complaints:visit_new")
    phone.presses("Save")
    phone.reads("Not saved yet")
    phone.sees("visit-faults-390")
    phone.fills("What they came for", "ถามเรื่องทุน")
    phone.fills("What they were told", ADVICE)
    phone.presses("Save")
    phone.page.wait_for_url(re.compile(r"/visits/\d+/$"))
    phone.sees("visit-390")


def test_the_code_of_a_blank_form_opens_the_right_page(visit: Open, officer: User, head: User) -> None:
    desk = visit(DESK)
    desk.signs_in(officer)
    desk.page.keyboard.press("/")
    desk.page.keyboard.insert_text("รท-๓.๑")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url(re.compile(r"/petitions/new/\?form="))
    expect(desk.page.locator("[name=kind]")).to_have_value("help")
    expect(desk.page.locator("[name=channel]")).to_have_value("letter")
    desk.sees("intake-by-code-1280")


# ── A form finished the next day ────────────────────────────────────────────────────────────


def write_half(citizen: Visitor) -> None:
    citizen.opens("petition:new")
    citizen.page.get_by_label(thai("Complaint")).check()
    citizen.presses("ต่อไป")
    citizen.fills("The matter in one line", TITLE)
    citizen.fills("What happened", "ยังเล่าไม่จบ")


def code_shown(citizen: Visitor) -> str:
    citizen.reads("The form is saved")
    code = citizen.page.locator(".slip-value").inner_text().strip()
    assert re.fullmatch(r"[0-9A-Z]{5}(-[0-9A-Z]{5}){2}", code)
    return code


def take_up(citizen: Visitor, code: str) -> None:
    citizen.opens("petition:new")
    citizen.follows("Go on with a saved form")
    citizen.sees("draft-code-390")
    citizen.fills("Code of the saved form", code.lower())
    citizen.presses("Open the form")


def test_a_form_is_finished_the_next_day_on_another_telephone(visit: Open) -> None:
    citizen = visit(PHONE)
    write_half(citizen)
    citizen.presses("ต่อไป")
    citizen.presses("ต่อไป")
    citizen.attaches("Files", PICTURE)
    citizen.presses("Save and continue later")
    code = code_shown(citizen)
    citizen.sees("draft-kept-390")
    drop_abandoned_uploads(timezone.now() + timedelta(days=2))

    next_day = visit(PHONE)
    take_up(next_day, code)
    next_day.reads(
        "Here is your form as you left it. It is not sent yet: go on, look it over, and press send."
    )
    next_day.sees("draft-taken-up-390")
    next_day.presses("ต่อไป")
    expect(next_day.field("What happened")).to_have_value("ยังเล่าไม่จบ")
    next_day.fills("What happened", STORY)
    next_day.presses("ต่อไป")
    next_day.presses("ต่อไป")
    next_day.reads(PICTURE.name)
    next_day.presses("ต่อไป")
    next_day.page.get_by_role("radio").last.check()
    next_day.presses("ต่อไป")
    next_day.page.wait_for_timeout(A_MOMENT)
    next_day.presses("Send the petition")
    next_day.reads("We received your matter")
    petition = Petition.objects.get()
    assert (petition.title, petition.story) == (TITLE, STORY)
    assert petition.documents.get().name == PICTURE.name
    assert not Draft.objects.exists()


def test_without_scripts_it_is_saved_and_taken_up_too(visit: Open) -> None:
    citizen = visit(PHONE, java_script_enabled=False)
    citizen.opens("petition:new")
    citizen.fills("What happened", STORY)
    citizen.attaches("Files", PICTURE)
    citizen.presses("Save and continue later")
    code = code_shown(citizen)
    citizen.presses("Go on now")
    expect(citizen.field("What happened")).to_have_value(STORY)
    citizen.fills("The matter in one line", TITLE)
    citizen.presses("Save and continue later")
    assert code_shown(citizen) == code

    next_day = visit(PHONE, java_script_enabled=False)
    next_day.opens("petition:draft")
    next_day.fills("Code of the saved form", "22222-22222-22222")
    next_day.presses("Open the form")
    next_day.reads(NO_DRAFT)
    next_day.fills("Code of the saved form", code)
    next_day.presses("Open the form")
    next_day.reads(PICTURE.name)
    next_day.page.get_by_label(thai("Complaint")).check()
    next_day.page.locator("[name=identity][value=anonymous]").check()
    next_day.page.wait_for_timeout(A_MOMENT)
    next_day.presses("Send the petition")
    next_day.reads("We received your matter")
    assert Petition.objects.get().title == TITLE


# ── A lost connection ───────────────────────────────────────────────────────────────────────


def test_without_a_signal_nothing_is_sent_and_nothing_lost(visit: Open) -> None:
    citizen = visit(PHONE)
    write_half(citizen)
    citizen.page.context.set_offline(True)
    citizen.presses("Save and continue later")
    citizen.reads(LOST)
    expect(citizen.field("What happened")).to_have_value("ยังเล่าไม่จบ")
    citizen.pictures("draft-offline-390")
    citizen.page.context.set_offline(False)
    expect(citizen.page.locator("[data-no-connection]")).to_be_hidden()
    citizen.presses("Save and continue later")
    code_shown(citizen)
    assert Draft.objects.count() == 1


def test_a_signal_that_leads_nowhere_is_noticed_too(visit: Open) -> None:
    """The telephone believes that it is connected, and nobody answers."""
    citizen = visit(PHONE)
    write_half(citizen)
    citizen.page.route("**/mark.svg", lambda route: route.abort("connectionfailed"))
    citizen.presses("Save and continue later")
    citizen.reads(LOST)
    assert any("ERR_CONNECTION_FAILED" in fault for fault in citizen.faults)
    citizen.faults.clear()
    citizen.page.unroute("**/mark.svg")
    citizen.presses("Save and continue later")
    code_shown(citizen)


def test_what_is_typed_after_saving_once_is_saved_by_itself(visit: Open) -> None:
    citizen = visit(PHONE)
    write_half(citizen)
    citizen.presses("Save and continue later")
    code = code_shown(citizen)
    citizen.presses("Go on now")
    citizen.presses("ต่อไป")
    citizen.fills("What happened", STORY)
    citizen.reads("บันทึกล่าสุด")
    assert citizen.page.evaluate("() => localStorage.length + sessionStorage.length") == 0

    elsewhere = visit(PHONE)
    take_up(elsewhere, code)
    elsewhere.presses("ต่อไป")
    expect(elsewhere.field("What happened")).to_have_value(STORY)


# ── On the follow-up page ───────────────────────────────────────────────────────────────────


def follow(citizen: Visitor, petition: Petition) -> None:
    citizen.opens("petition:follow")
    citizen.fills("Number of the matter", petition.label)
    citizen.fills("Code", CODE)
    citizen.presses("Show")


def test_a_petitioner_answers_what_was_missing(visit: Open, officer: User, head: User) -> None:
    now = timezone.now()
    petition = make_petition(owner=officer, received_at=now)
    take_step(petition, "ask_petitioner", officer, now=now, asked="ขอทราบชื่อโรงเรียน")
    citizen = visit(PHONE)
    citizen.expects(422)
    follow(citizen, petition)
    citizen.reads("ขอทราบชื่อโรงเรียน")
    citizen.sees("asked-390")
    citizen.presses("Send the answer")
    citizen.reads("Not sent yet")
    citizen.sees("asked-empty-390")
    citizen.fills("Your answer", "โรงเรียนบ้านสวน")
    citizen.attaches("Files", PICTURE)
    citizen.presses("Send the answer")
    citizen.reads("Thank you. Your answer has arrived, and the matter goes on.")
    citizen.sees("answered-390")
    assert Question.objects.get().answer == "โรงเรียนบ้านสวน"
    assert fresh(petition).state == State.RECEIVED


def test_a_petitioner_who_was_told_says_how_it_was_without_scripts(
    visit: Open, officer: User, head: User, executive: User
) -> None:
    petition = bring_to(
        make_petition(owner=officer), State.INFORMED, officer=officer, head=head, executive=executive
    )
    with_scripts = visit(PHONE)
    follow(with_scripts, petition)
    with_scripts.sees("satisfaction-390")
    citizen = visit(PHONE, java_script_enabled=False)
    follow(citizen, petition)
    for question, score in {"speed": 4, "clarity": 5, "help": 3}.items():
        citizen.page.locator(f"[name={question}][value='{score}']").check()
    citizen.presses("Send the answers")
    citizen.reads("Thank you. Your answers help us to serve better.")
    assert Satisfaction.objects.get().clarity == 5


def test_the_public_pages_of_the_counter_are_good(visit: Open) -> None:
    for width in (DESK, PHONE):
        visitor = visit(width)
        for name in ("petition:new", "petition:draft", "petition:blank_forms"):
            visitor.opens(name)
            visitor.sees(f"{name}-{width}")
