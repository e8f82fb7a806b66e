"""A performance agreement from its draft to its result: the officer writes it, the head agrees, both sign, both assess
the half and the full year, the papers open; every page at a desk and on a phone."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pypdfium2
import pytest
from django.urls import reverse

from office.calendar import OFFICE_TZ
from office.models import User
from projectplan.loading import PLAN_2553, load_file
from projectplan.models import Agreement, AgreementState, Work
from tests.browser.conftest import Clock, Visit
from tests.browser.test_every_page import look_over
from tests.browser.visitor import DESK, Visitor
from tests.cast import make_head, make_officer

pytestmark = pytest.mark.django_db(transaction=True)

WRITTEN = datetime(2009, 11, 17, 10, 0, tzinfo=OFFICE_TZ)
HALF_OVER = datetime(2010, 4, 2, 10, 0, tzinfo=OFFICE_TZ)
YEAR_OVER = datetime(2010, 9, 28, 10, 0, tzinfo=OFFICE_TZ)
OWN_WORDS = "จำนวนหนังสือตอบผู้ร้องที่อ่านเข้าใจง่ายโดยไม่ต้องถามซ้ำ"


@pytest.fixture
def officer(db: None) -> User:
    """Answers for the web petitions of the plan."""
    load_file(PLAN_2553)
    officer = make_officer(display_name="นายสมบูรณ์ ใจเย็น")  # the plan's file brings people of its own
    Work.objects.get(subgroup__code="complaints", number=3).responsible.add(officer)
    return officer


def test_an_agreement_from_its_draft_to_its_result(visit: Visit, clock: Clock, officer: User) -> None:
    head = make_head(display_name="นางสาวพิมพ์ใจ ตั้งมั่น")
    clock.move_to(WRITTEN)
    desk, above = visit(DESK), visit(DESK)
    desk.signs_in(officer)
    above.signs_in(head)
    the_officer_begins(desk, head)
    weights_of_99_are_told_beside_the_sum(desk)
    agreement = the_officer_proposes(desk)
    the_head_reads_and_agrees(above, agreement)
    both_sign(desk, above, agreement)
    clock.move_to(HALF_OVER)
    the_half_year_is_assessed(desk, above, agreement, officer, head)
    clock.move_to(YEAR_OVER)
    the_year_is_assessed(desk, above, agreement, officer, head)
    the_papers_open(desk, agreement)


def the_officer_begins(desk: Visitor, head: User) -> None:
    desk.opens("projectplan:my_agreement")
    look_over(desk, "agreement-begin")
    desk.chooses("Who receives the agreement", str(head))
    desk.presses("Begin")
    desk.reads("Nothing is promised yet")
    look_over(desk, "agreement-write-empty")


def weights_of_99_are_told_beside_the_sum(desk: Visitor) -> None:
    page = desk.page
    page.locator('button[name="add"][value^="work:"]').first.click()
    page.locator('[name="lines-0-weight"]').fill("๖๐")
    desk.presses("A line of your own words")
    assert page.locator('[name="lines-0-weight"]').input_value() == "๖๐"
    for name, value in {
        "name": OWN_WORDS, "weight": "๓๙", "target": "๕๐", "unit": "ฉบับ", "level_1": "๑๐", "level_2": "๒๐",
        "level_3": "๓๐", "level_4": "๔๐", "level_5": "๕๐",
    }.items():  # fmt: skip
        page.locator(f'[name="lines-1-{name}"]').fill(value)
    desk.expects(422)
    desk.presses("Save and propose")
    desk.reads("น้ำหนักรวมได้ ๙๙")
    look_over(desk, "agreement-write-refused")
    assert page.locator('[name="lines-1-name"]').input_value() == OWN_WORDS
    assert page.locator('[name="lines-1-weight"]').input_value() == "๓๙"
    assert not Agreement.objects.get().lines.exists()


def the_officer_proposes(desk: Visitor) -> Agreement:
    desk.page.locator('[name="lines-1-weight"]').fill("๔๐")
    desk.presses("Save and propose")
    desk.reads("The agreement is proposed.")
    look_over(desk, "agreement-proposed")
    agreement = Agreement.objects.get()
    assert agreement.state == AgreementState.PROPOSED
    assert [line.weight for line in agreement.lines.all()] == [60, 40]
    return agreement


def the_head_reads_and_agrees(above: Visitor, agreement: Agreement) -> None:
    above.opens("projectplan:agreements")
    look_over(above, "agreements-list")
    above.page.locator(f'a[href="{agreement.get_absolute_url()}"]').first.click()
    above.follows("Send back with remarks")
    look_over(above, "agreement-send-back")
    above.follows("Cancel")
    above.follows("Agree")
    look_over(above, "agreement-agree")
    above.presses("Agree")
    above.reads("Agreed, to be signed")


def both_sign(desk: Visitor, above: Visitor, agreement: Agreement) -> None:
    desk.goes(agreement.get_absolute_url())
    look_over(desk, "agreement-agreed")
    desk.follows("Sign the agreement")
    desk.presses("Sign the agreement")
    desk.reads("Tick the box to sign.")
    look_over(desk, "agreement-sign-refused")
    desk.page.locator("#id_agreed").check()
    desk.presses("Sign the agreement")
    desk.reads("Signed")
    above.expects(422)
    above.goes(agreement.get_absolute_url())
    above.follows("Sign as the one who receives it")
    above.page.locator("#id_agreed").check()
    above.presses("Sign as the one who receives it")
    above.reads("Signed by both, in force")
    look_over(above, "agreement-in-force")


def the_half_year_is_assessed(
    desk: Visitor, above: Visitor, agreement: Agreement, officer: User, head: User
) -> None:
    comes_again(desk, officer, agreement)
    desk.follows("Assess the half year")
    fills_found(desk, agreement, "๗๖", "๔๕")
    look_over(desk, "agreement-assess-half")
    desk.presses("Give the assessment")
    desk.reads("Half year assessed by the one who signed")
    comes_again(above, head, agreement)
    above.follows("Assess the half year as the one above")
    fills_found(above, agreement, "๗๒", "สี่สิบ")
    above.expects(422)
    above.presses("Give the assessment")
    look_over(above, "agreement-judge-half-refused")
    fills_found(above, agreement, "๗๒", "๔๐")
    above.presses("Give the assessment")
    above.reads("Half year assessed by the one above")
    look_over(above, "agreement-half-assessed")


def the_year_is_assessed(
    desk: Visitor, above: Visitor, agreement: Agreement, officer: User, head: User
) -> None:
    comes_again(desk, officer, agreement)
    desk.follows("Assess the full year")
    fills_found(desk, agreement, "๘๐", "๕๐")
    desk.presses("Give the assessment")
    comes_again(above, head, agreement)
    above.opens("projectplan:agreements")
    above.goes(agreement.get_absolute_url())
    above.follows("Assess the full year as the one above")
    look_over(above, "agreement-judge-year")
    fills_found(above, agreement, "๘๐", "๔๕")
    above.presses("Give the assessment")
    above.reads("Full year assessed by the one above: the result")
    look_over(above, "agreement-result")
    agreement.refresh_from_db()
    assert (agreement.state, agreement.score) == (AgreementState.DONE, Decimal("4.80"))


def comes_again(visitor: Visitor, user: User, agreement: Agreement) -> None:
    """Half a year later one signs in anew."""
    visitor.goes(agreement.get_absolute_url())
    visitor.signs_in(user)


def fills_found(visitor: Visitor, agreement: Agreement, *values: str) -> None:
    for line, value in zip(agreement.lines.all(), values, strict=True):
        visitor.page.locator(f'[name="line-{line.pk}-value"]').fill(value)


def the_papers_open(desk: Visitor, agreement: Agreement) -> None:
    for which, words in {"agreement": "คำรับรองการปฏิบัติราชการ", "half": "๔.๐๐", "year": "๔.๘๐"}.items():
        address = reverse("projectplan:agreement_paper", args=[agreement.pk, which])
        answer = desk.page.request.get(f"{desk.site}{address}")
        assert answer.headers["content-type"] == "application/pdf"
        paper = pypdfium2.PdfDocument(answer.body())
        text = "".join(page.get_textpage().get_text_range() for page in paper)
        assert words in text, which
