"""A consultation from the floor of the House to both told: registered, screened, decided, mailed, taken note of."""

from __future__ import annotations

import re
from datetime import timedelta

from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from office.models import User
from office.thai import format_numeric
from parliament.models import Consultation
from parliament.models.consultation_state import ConsultationState as State
from projectplan.rounds import sweep
from tests.browser.conftest import Visit
from tests.browser.visitor import DESK, PHONE, Visitor, thai
from tests.parliament.cast import make_member, make_politics_head, make_politics_officer

TITLE = "ขอให้จัดสรรครูแก่โรงเรียนบ้านห้วยน้ำใส"
RESULT = "กระทรวงจัดสรรครูให้แล้วสองอัตรา เริ่มปฏิบัติงานภาคเรียนที่ ๒"


def test_a_consultation_with_both_told(visit: Visit, executive: User) -> None:
    officer, head = make_politics_officer(), make_politics_head()
    make_member("สมหมาย ใจสัตย์", email="sommai@parliament.example")
    desk = visit(DESK)
    desk.signs_in(officer)
    the_officer_registers_it_by_typing_a_part_of_the_name(desk)
    consultation = Consultation.objects.get()
    the_office_knows_the_answer_and_the_order_comes_down(visit, desk, consultation, head, executive)
    the_result_is_written_once_and_mailed_to_the_raiser(desk, consultation)
    the_letter_leaves_and_the_page_says_who_is_still_to_be_told(desk, consultation)
    the_executive_takes_note_on_a_phone(visit, consultation, executive)
    it_is_closed(desk, consultation)
    consultation.refresh_from_db()
    assert (consultation.state, consultation.result) == (State.CLOSED, Consultation.Result.DONE)
    promise = consultation.deadlines.get(kind="both_told")
    assert promise.met_at == consultation.minister_told_at
    assert not consultation.deadlines.unmet().exists()


def the_officer_registers_it_by_typing_a_part_of_the_name(desk: Visitor) -> None:
    desk.opens("parliament:consultations")
    desk.follows("Register a consultation")
    desk.page.locator("#id_member").press_sequentially("ใจสัต")
    desk.page.locator("#member-names option").first.wait_for(state="attached")
    yesterday = format_numeric((timezone.localtime() - timedelta(days=1)).date())
    for name, value in {
        "title": TITLE,
        "text": "โรงเรียนมีครูเพียงสองคน ขอให้กระทรวงจัดสรรอัตรากำลังเพิ่ม",
        "raised_on": yesterday,
        "received_on": yesterday,
        "received_time": "9.00",
    }.items():
        desk.page.locator(f"#id_{name}").fill(value)
    desk.presses("Register")
    desk.page.wait_for_url(re.compile(r"/parliament/consultations/\d+/$"))
    desk.reads(TITLE)


def the_office_knows_the_answer_and_the_order_comes_down(
    visit: Visit, desk: Visitor, consultation: Consultation, head: User, executive: User
) -> None:
    desk.presses("Accept")
    desk.fills("Summary", "โรงเรียนมีนักเรียน ๑๒๐ คน ครู ๒ คน")
    desk.fills("Opinion for the one in authority", "เห็นควรแจ้งว่าจัดสรรให้แล้วสองอัตรา")
    desk.presses("Put to the head")
    at_the_head = visit(DESK)
    at_the_head.signs_in(head)
    at_the_head.opens("parliament:consultation", consultation.pk)
    at_the_head.presses("Put to the executive")
    on_the_phone = visit(PHONE)
    on_the_phone.signs_in(executive)
    on_the_phone.opens("parliament:consultation", consultation.pk)
    on_the_phone.presses("Give the order")


def the_result_is_written_once_and_mailed_to_the_raiser(desk: Visitor, consultation: Consultation) -> None:
    desk.opens("parliament:consultation", consultation.pk)
    desk.fills("What both are told", RESULT)
    desk.fills("A line for the minister only", "ใช้อัตราเกลี่ยภายในจังหวัด")
    desk.presses("Write the result")
    expect(desk.page.locator(".both-told .is-waiting")).to_have_count(2)
    desk.sees("consultation-both-wait")
    # The member's address is known: the e-mail is what is due, with its text in view.
    desk.reads(RESULT)
    desk.presses("E-mail the raiser")
    desk.reads("รอส่ง")


def the_letter_leaves_and_the_page_says_who_is_still_to_be_told(
    desk: Visitor, consultation: Consultation
) -> None:
    sweep(timezone.now)
    (letter,) = [one for one in mail.outbox if one.to == ["sommai@parliament.example"]]
    assert RESULT in letter.body
    assert "ใช้อัตราเกลี่ยภายในจังหวัด" not in letter.body
    desk.opens("parliament:consultation", consultation.pk)
    expect(desk.page.locator(".both-told .is-told")).to_have_count(1)
    expect(desk.page.locator(".both-told .is-waiting")).to_contain_text(thai("Minister"))
    desk.sees("consultation-raiser-told")


def the_executive_takes_note_on_a_phone(visit: Visit, consultation: Consultation, executive: User) -> None:
    phone = visit(PHONE)
    phone.signs_in(executive)
    phone.opens("parliament:consultation", consultation.pk)
    phone.reads(RESULT, "ใช้อัตราเกลี่ยภายในจังหวัด")
    phone.presses("Take note of the result")
    expect(phone.page.locator(".both-told .is-told")).to_have_count(2)
    phone.sees("consultation-both-told")


def it_is_closed(desk: Visitor, consultation: Consultation) -> None:
    desk.opens("parliament:consultation", consultation.pk)
    desk.chooses("Result", "Done as asked")
    desk.presses("Close")
    desk.reads("Closed")
