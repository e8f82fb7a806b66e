"""A head has a book of the year made, waits for it, reads it, takes its tables along and issues the next edition."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import expect

from office.calendar import OFFICE_TZ, fiscal_year, fiscal_year_of
from office.models import Report, User
from office.thai import to_thai_digits
from projectplan import issuing
from projectplan.loading import PLAN_2553, load_file
from tests.browser.conftest import Visit
from tests.browser.test_every_page import look_over, open_and_look
from tests.browser.visitor import Visitor, thai
from tests.cast import make_agency

AGENCY = "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน"


@pytest.fixture
def year(transactional_db: None) -> int:
    """This fiscal year: its plan is not written, its network has one agency, and the plan of 2553 is the newest."""
    load_file(PLAN_2553)
    make_agency(AGENCY)
    return fiscal_year_of(timezone.now().astimezone(OFFICE_TZ).date())


def made() -> Report:
    """What the worker does meanwhile."""
    (waiting,) = issuing.waiting(timezone.now())
    report = issuing.make(waiting.pk, timezone.now())
    assert report
    assert report.state == Report.State.ISSUED
    return report


def taken(desk: Visitor, words: str) -> bytes:
    """What the link of these words leads to, as a browser takes it along."""
    address = desk.page.get_by_role("link", name=words, exact=True).get_attribute("href")
    answer = desk.page.request.get(f"{desk.site}{address}")
    assert answer.ok
    return answer.body()


def text_of(pdf: bytes) -> str:
    return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def test_a_head_issues_a_book_and_a_second_edition_of_it(visit: Visit, head: User, year: int) -> None:
    desk = visit()
    desk.signs_in(head)
    open_and_look(desk, "books", "reports:books")
    row = desk.page.get_by_role("listitem").filter(has_text=thai("Network directory"))
    row.get_by_role("link", name=thai("Issue")).click()
    look_over(desk, "book-issue")
    desk.presses("Issue")
    desk.reads("The book is being made; it stands here as soon as it is ready.", "Waiting to be made")
    look_over(desk, "book-waiting")
    made()
    first = f"PDF ฉบับที่ {to_thai_digits(1)}"
    expect(desk.page.get_by_role("link", name=first)).to_be_visible()  # the page has asked again by itself
    assert AGENCY in "".join(text_of(taken(desk, first)).split())
    desk.page.reload()
    look_over(desk, "book-issued")
    book = load_workbook(BytesIO(taken(desk, "ตารางของฉบับที่ ๑ (XLSX)")))
    assert AGENCY in [cell.value for sheet in book.worksheets for cell in sheet["A"]]
    desk.follows("New edition")
    desk.reads("It stands on the report. Write no names of petitioners.")
    desk.fills("Why a new edition is needed", "เพิ่มหน่วยงานที่ตั้งใหม่")
    look_over(desk, "book-issue-again")
    make_agency("=สำนักงานที่ตั้งใหม่")
    desk.presses("Issue")
    desk.reads("Waiting to be made")
    assert made().edition == 2
    expect(desk.page.get_by_role("link", name="PDF ฉบับที่ ๒")).to_be_visible()
    desk.page.reload()
    desk.reads("เพิ่มหน่วยงานที่ตั้งใหม่", first)
    look_over(desk, "book-two-editions")
    assert "ตั้งใหม่" in text_of(taken(desk, "PDF ฉบับที่ ๒"))
    assert "ตั้งใหม่" not in text_of(taken(desk, first))
    open_and_look(desk, "books-issued", "reports:books")


def test_a_book_that_cannot_be_made_says_so_and_is_tried_again(visit: Visit, head: User, year: int) -> None:
    issuing.make(
        issuing.write_down("project-report", fiscal_year(2554), by=head, now=timezone.now()).pk,
        timezone.now(),
    )
    desk = visit()
    desk.signs_in(head)
    desk.opens("reports:book", "project-report", "2554")
    desk.reads("Could not be made")
    look_over(desk, "book-failed")
    desk.presses("Try again")
    desk.reads("Waiting to be made")


def test_an_officer_reads_the_books_and_issues_none(visit: Visit, officer: User, year: int) -> None:
    desk = visit()
    desk.signs_in(officer)
    open_and_look(desk, "book-none", "reports:book", "kpi-quarterly", f"{year}-1")
    desk.reads("No edition is issued yet. Section heads and executives issue it.")
    expect(desk.page.get_by_role("link", name=thai("Issue"), exact=True)).to_have_count(0)
    desk.expects(403)
    open_and_look(desk, "book-issue-403", "reports:book_issue", "kpi-quarterly", f"{year}-1")
