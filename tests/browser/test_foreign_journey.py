"""A paper in Arabic from its receipt to its answer: registered, translated beside the original, decided on a phone."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Locator, expect

from office.models import User
from office.thai import format_numeric
from publicrelations.models import ForeignDocument, ForeignState
from tests.browser.conftest import Visit
from tests.browser.visitor import DESK, PHONE, Visitor
from tests.publicrelations.cast import make_news_head, make_news_officer
from tests.publicrelations.foreign_cast import ARABIC

TITLE = "ขอเชิญร่วมประชุมว่าด้วยการศึกษาในพื้นที่พหุวัฒนธรรม"
HALF = "เรามีความยินดีขอเรียนเชิญท่าน"
ANSWER = "We gladly accept your kind invitation."
WHOLE = f"{HALF}เข้าร่วมการประชุมนานาชาติว่าด้วยการศึกษา"


def test_a_paper_from_abroad_is_translated_decided_and_answered(visit: Visit, executive: User) -> None:
    officer, head = make_news_officer(), make_news_head()
    desk = visit(DESK)
    desk.signs_in(officer)
    the_officer_registers_what_came(desk)
    document = ForeignDocument.objects.get()
    it_is_screened_and_translated_beside_the_original(desk, document)
    the_head_reads_both_texts_and_mends_a_word(visit, document, head, executive)
    the_executive_decides_on_a_phone(visit, document, executive)
    the_sender_is_answered(desk, document)
    document.refresh_from_db()
    assert (document.state, document.outcome) == (ForeignState.CLOSED, "answered")
    assert not document.deadlines.unmet().exists()


def the_officer_registers_what_came(desk: Visitor) -> None:
    desk.opens("publicrelations:foreign_documents")
    desk.follows("Register a document")
    today = timezone.localtime()
    for name, value in {
        "sender_organisation": "منظمة التعليم والعلوم",
        "title": TITLE,
        "dated_on": format_numeric((today - timedelta(days=9)).date()),
        "original_text": ARABIC,
        "answer_by": format_numeric((today + timedelta(days=30)).date()),
    }.items():
        desk.page.locator(f"#id_{name}").fill(value)
    desk.chooses("Country", "โมร็อกโก")
    desk.chooses("Language", "Arabic")
    desk.chooses("Kind of document", "Invitation")
    desk.sees("foreign-new")
    desk.presses("Register")
    desk.page.wait_for_url(re.compile(r"/public-relations/foreign/\d+/$"))
    desk.reads(TITLE)


def it_is_screened_and_translated_beside_the_original(desk: Visitor, document: ForeignDocument) -> None:
    # Arabic is proposed to be translated.
    expect(desk.page.locator("input[name=needs_translation][value=yes]")).to_be_checked()
    desk.presses("Concerns us")
    expect(desk.page.locator(".text-box")).to_have_attribute("dir", "rtl")
    desk.page.locator("#id_translation_text").fill(HALF)
    desk.presses("Save draft")
    expect(desk.page.locator("#id_translation_text")).to_have_value(HALF)
    desk.sees("foreign-translating")
    desk.page.locator("#id_translation_text").fill(WHOLE)
    desk.presses("Record the translation")
    desk.fills("Summary", "เชิญประชุมนานาชาติ ขอรายชื่อคณะผู้แทนล่วงหน้าสองสัปดาห์")
    desk.fills("Opinion for the minister", "เห็นควรตอบรับ และมอบผู้แทนเข้าร่วม")
    desk.presses("Put to the head")
    desk.reads("Waiting for the head's check")


def the_head_reads_both_texts_and_mends_a_word(
    visit: Visit, document: ForeignDocument, head: User, executive: User
) -> None:
    at_the_head = visit(DESK)
    at_the_head.signs_in(head)
    at_the_head.opens("publicrelations:foreign_document_step", document.pk, "mend_translation")
    at_the_head.page.locator("#id_translation_text").fill(WHOLE.replace("ท่าน", "ฯพณฯ"))
    at_the_head.presses("Mend the translation")
    at_the_head.opens("publicrelations:foreign_document_compare", document.pk)
    expect(at_the_head.page.locator(".compared ins")).to_contain_text("ฯพณฯ")
    at_the_head.sees("foreign-compare")
    at_the_head.opens("publicrelations:foreign_document_read", document.pk)
    left, right = at_the_head.page.locator(".text-box").all()
    assert _top(left) == _top(right)
    at_the_head.sees("foreign-read")
    at_the_head.opens("publicrelations:foreign_document", document.pk)
    at_the_head.sees("foreign-check")
    at_the_head.presses("Put to the minister")


def the_executive_decides_on_a_phone(visit: Visit, document: ForeignDocument, executive: User) -> None:
    phone = visit(PHONE)
    phone.signs_in(executive)
    phone.opens("publicrelations:foreign_document_read", document.pk)
    above, below = phone.page.locator(".text-box").all()
    assert _top(above) < _top(below)
    phone.sees("foreign-read-phone")
    phone.opens("publicrelations:foreign_document", document.pk)
    phone.sees("foreign-order-phone")
    # The sender names a day, so an answer is proposed.
    expect(phone.page.locator("#id_is_to_be_answered")).to_be_checked()
    phone.presses("Give the order")
    phone.reads("the sender is to be answered")


def the_sender_is_answered(desk: Visitor, document: ForeignDocument) -> None:
    desk.opens("publicrelations:foreign_document", document.pk)
    desk.fills("What was answered", ANSWER)
    desk.presses("Record the answer")
    desk.presses("Close")
    desk.reads("Closed")
    desk.sees("foreign-closed")
    desk.opens("publicrelations:foreign_documents", query="?all=1")
    desk.sees("foreign-register")


def _top(locator: Locator) -> int:
    box = locator.bounding_box()
    assert box
    return round(box["y"])
