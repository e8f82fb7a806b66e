"""A gazette interpellation from its receipt to the Royal Gazette: asked, answered by link, drafted twice, compared."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from office.models import Notice, User
from office.thai import format_numeric
from parliament.letters import compose
from parliament.models import AgencyRequest, AnswerState, Interpellation, RequestLink
from tests.browser.conftest import Visit
from tests.browser.visitor import DESK, PHONE, Visitor, thai
from tests.cast import make_executive
from tests.parliament.cast import make_member, make_politics_head, make_politics_officer, make_session
from tests.parliament.questions_cast import bring_to, make_agencies, make_interpellation

TITLE = "การเรียกเก็บเงินบำรุงการศึกษาของสถานศึกษา"
FACTS = "ปีการศึกษา ๒๕๕๒ มีสถานศึกษาเรียกเก็บเงินบำรุงการศึกษา ๓ แห่ง ได้สั่งให้คืนแล้วทั้งหมด"
FIRST = "กระทรวงศึกษาธิการขอเรียนว่า มีสถานศึกษาเรียกเก็บเงินบำรุงการศึกษา ๓ แห่ง และได้สั่งให้คืนเงินแล้ว"
SECOND = (
    "กระทรวงศึกษาธิการขอเรียนว่า ในปีการศึกษา ๒๕๕๒ มีสถานศึกษาเรียกเก็บเงินบำรุงการศึกษาเพียง ๓ แห่ง "
    "และได้สั่งให้คืนเงินครบถ้วนแล้ว ทั้งได้กำชับเขตพื้นที่การศึกษามิให้เกิดขึ้นอีก"
)


@pytest.fixture
def wiriya(db: None) -> User:
    return make_politics_officer()


@pytest.fixture
def duangrat(db: None) -> User:
    return make_politics_head()


@pytest.fixture
def secretary(db: None) -> User:
    return make_executive()


def test_a_gazette_question_goes_from_its_receipt_to_the_gazette(
    visit: Visit, wiriya: User, duangrat: User, secretary: User
) -> None:
    today = timezone.localdate()
    make_session(year=9, begins_on=today - timedelta(days=30), ends_on=today + timedelta(days=60))
    make_member("สมหมาย ช่างถาม")
    earlier = make_interpellation(
        owner=wiriya, title="การเก็บเงินบำรุงการศึกษาในโรงเรียน", kind="gazette", received_at=timezone.now()
    )
    bring_to(
        earlier,
        AnswerState.APPROVED,
        officer=wiriya,
        head=duangrat,
        executive=secretary,
        now=timezone.now(),
    )
    make_agencies(3)
    desk = visit(DESK)
    desk.signs_in(wiriya)
    the_officer_registers_it(desk)
    question = Interpellation.objects.get(title=TITLE)
    the_agencies_are_asked_and_the_first_to_accept_answers(visit, desk, question)
    two_drafts_are_written_and_compared(visit, desk, question, duangrat)
    the_minister_approves_on_a_phone(visit, question, secretary)
    it_is_sent_printed_and_closed(desk, question)
    question.refresh_from_db()
    assert (question.state, question.result) == (AnswerState.CLOSED, Interpellation.Result.PRINTED)
    assert not question.deadlines.unmet().exists()


def the_officer_registers_it(desk: Visitor) -> None:
    desk.expects(422)
    desk.opens("parliament:interpellations")
    desk.sees("question-01-register")
    desk.follows("Register an interpellation")
    desk.chooses("Kind", "Answered in the Royal Gazette")
    desk.fills("Number of the question", "๑๒๓")
    desk.field("Asked by").press_sequentially("สมหมาย")
    expect(desk.page.locator("datalist option")).to_have_count(2)
    desk.fills("Asked by", "สมหมาย ช่างถาม")
    desk.fills("Subject", TITLE)
    desk.fills("Text of the question", "ด้วยยังมีสถานศึกษาเรียกเก็บเงินบำรุงการศึกษา จึงขอถามว่าจะแก้ไขอย่างไร")
    desk.fills("Sub-questions", "มีสถานศึกษาใดบ้าง\nจะแก้ไขเมื่อใด")
    expect(desk.page.locator(".due-line")).to_contain_text("ต้องตอบภายใน")
    desk.page.wait_for_timeout(2100)  # a person reads it over
    desk.sees("question-02-form")
    desk.presses("Register")
    desk.reads(TITLE, "มีสถานศึกษาใดบ้าง")
    desk.sees("question-03-received")


def the_agencies_are_asked_and_the_first_to_accept_answers(
    visit: Visit, desk: Visitor, question: Interpellation
) -> None:
    form = desk.page.locator("#step-ask_agencies")
    form.locator("#id_agency_1").select_option(label="สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน")
    form.locator("#id_agency_2").select_option(label="สำนักงานปลัดกระทรวงศึกษาธิการ")
    form.get_by_label(thai("whichever accepts first answers for all")).check()
    desk.page.locator("#step-ask_agencies").get_by_role("button", name=thai("Refer to agencies")).click()
    desk.reads("Agencies that were asked")
    desk.sees("question-04-asked")
    first, second = AgencyRequest.objects.filter(matter=question).order_by("pk")
    clerk, late_clerk = visit(PHONE), visit(PHONE)
    letter = compose(
        Notice.objects.get(kind=Notice.Kind.PARLIAMENT_REQUEST, subject_id=first.pk), now=timezone.now()
    )
    assert letter
    address = next(line for line in letter.body.splitlines() if "/p/ask/" in line)
    clerk.goes(address[address.index("/p/ask/") :])
    clerk.sees("question-05-offer-390")
    clerk.presses("We will answer")
    clerk.reads("Send the answer")
    late_clerk.expects(410)
    late_clerk.goes(f"/p/ask/{RequestLink.issue(second, timezone.now()).secret}/")
    late_clerk.reads("Another agency has accepted this")
    late_clerk.sees("question-06-passed-over-390")
    clerk.fills("Answer", FACTS)
    clerk.presses("Send the answer")
    clerk.reads("Thank you, your answer has arrived", FACTS)
    clerk.sees("question-07-thanks-390")


def two_drafts_are_written_and_compared(
    visit: Visit, desk: Visitor, question: Interpellation, duangrat: User
) -> None:
    desk.goes(question.get_absolute_url())
    desk.reads(FACTS, "Use this answer")
    desk.sees("question-08-drafting")
    desk.fills("Text", FIRST)
    desk.fills("What was changed", "ร่างแรก")
    desk.presses("Put to the head")
    head = visit(DESK)
    head.signs_in(duangrat)
    head.goes(question.get_absolute_url())
    head.follows("Send back")
    head.fills("What is to be changed", "ขอให้ระบุปีการศึกษา และมาตรการป้องกัน")
    head.presses("Send back")
    desk.goes(question.get_absolute_url())
    desk.reads("ขอให้ระบุปีการศึกษา และมาตรการป้องกัน")
    desk.fills("Text", SECOND)
    desk.fills("What was changed", "ระบุปีและมาตรการตามที่หัวหน้าสั่ง")
    desk.presses("Put to the head")
    desk.page.get_by_role("link", name="ดูที่แก้จากฉบับที่ ๑").click()
    expect(desk.page.locator(".compared ins").first).to_be_visible()
    desk.sees("question-09-compared")
    head.goes(question.get_absolute_url())
    head.sees("question-10-checking")
    head.presses("Put to the minister")


def the_minister_approves_on_a_phone(visit: Visit, question: Interpellation, secretary: User) -> None:
    phone = visit(PHONE)
    phone.signs_in(secretary)
    phone.goes(question.get_absolute_url())
    phone.sees("question-11-minister-390")
    phone.presses("Approve")
    phone.reads("Approved text")
    phone.sees("question-12-approved-390")


def it_is_sent_printed_and_closed(desk: Visitor, question: Interpellation) -> None:
    desk.goes(question.get_absolute_url())
    desk.presses("Record the sending to the gazette")
    desk.fills("Volume", "๑๒๖")
    desk.fills("Part", "พิเศษ ๑๗๓ ง")
    desk.fills("Page", "๑๒")
    desk.fills("Printed on", format_numeric(timezone.localdate()))
    desk.sees("question-13-printing")
    desk.presses("Record the printing")
    desk.presses("Close")
    desk.reads("พิเศษ ๑๗๓ ง")
    desk.sees("question-14-closed")
