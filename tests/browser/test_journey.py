"""The journey: one petition from a citizen's phone to the monthly report, each person at a browser of their own."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from complaints.models import Petition, State
from office.calendar import OFFICE_TZ, month_code, month_of
from office.models import Agency, User
from office.models.calendar import current_calendar
from office.thai import format_long, to_thai_digits
from projectplan.rounds import deliver
from projectplan.tasks import make_waiting_reports
from tests.browser.conftest import Visit
from tests.browser.visitor import A_MOMENT, DESK, PHONE, Visitor, thai
from tests.cast import make_agency

TITLE = "โรงเรียนเก็บค่าบำรุงการศึกษาโดยไม่แจ้งผู้ปกครอง"
STORY = "เมื่อเปิดภาคเรียนที่ ๒ โรงเรียนเรียกเก็บคนละ ๑,๕๐๐ บาท ไม่มีหนังสือแจ้งและไม่ออกใบเสร็จ ขอให้ตรวจสอบและคืนเงิน"
ORDER = "เห็นชอบ ให้ส่งหน่วยงานตรวจสอบและรายงานภายในกำหนด"
ANSWER = "ตรวจสอบแล้ว โรงเรียนคืนเงินให้ผู้ปกครองครบทุกราย"
TOLD = "โรงเรียนคืนเงินให้ผู้ปกครองครบแล้ว ขอบคุณที่แจ้งให้ทราบ"
PICTURE = Path(__file__).parents[1] / "office" / "paper_reference.png"
OBEC, AREA = "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน", "สำนักงานเขตพื้นที่การศึกษาสมุทรปราการ เขต ๑"


def test_a_petition_goes_from_the_citizens_phone_to_the_monthly_report(
    visit: Visit, officer: User, head: User, executive: User
) -> None:
    agencies = [make_agency(OBEC), make_agency(AREA, short_name="สพท.สป. ๑", email="saraban@samut.example")]

    citizen = visit(PHONE)
    number, code = the_citizen_files_it_step_by_step(citizen)

    desk = visit(DESK)
    desk.signs_in(officer)
    the_officer_finds_it_on_today_and_takes_it(desk)
    the_officer_summarises_with_an_opinion(desk)
    checking = visit(DESK)
    checking.signs_in(head)
    the_head_puts_it_to_the_executive(checking)
    phone = visit(PHONE)
    phone.signs_in(executive)
    the_executive_orders_between_two_meetings(phone)

    the_officer_refers_it_to_two_agencies(desk, agencies)
    obec_link, area_link = the_agencies_get_their_links()
    the_agency_takes_it_in_hand_and_answers(visit(PHONE), obec_link)
    the_other_agency_says_that_it_is_not_theirs(visit(PHONE), area_link)

    the_officer_tells_the_petitioner(desk)
    the_citizen_reads_the_result(citizen, number, code)
    the_officer_closes_it(desk)
    assert Petition.objects.get().state == State.CLOSED
    the_citizen_reads_that_it_is_closed(citizen, number, code)
    the_monthly_report_counts_it(desk)


def the_citizen_files_it_step_by_step(citizen: Visitor) -> tuple[str, str]:
    """Returns the number and the secret code on the receipt."""
    citizen.opens("site:home")
    citizen.sees("journey-01-front-390")
    citizen.page.locator("main").get_by_role("link", name=thai("File a petition")).first.click()
    citizen.page.get_by_label(thai("Complaint")).check()
    citizen.sees("journey-02-kind-390")
    citizen.presses("ต่อไป")
    citizen.presses("ต่อไป")  # nothing written yet: said beside the fields, without leaving the page
    citizen.reads("Write in one line what it is about.", "Write what happened.")
    citizen.sees("journey-03-story-missing-390")
    citizen.fills("The matter in one line", TITLE)
    citizen.fills("What happened", STORY)
    citizen.presses("ต่อไป")
    citizen.chooses("Province", "สมุทรปราการ")
    citizen.fills("School or place", "โรงเรียนตัวอย่างวิทยา")
    citizen.sees("journey-04-place-390")
    citizen.presses("ต่อไป")
    citizen.attaches("Files", PICTURE)
    citizen.reads(PICTURE.name)
    citizen.sees("journey-05-files-390")
    citizen.presses("ต่อไป")
    citizen.fills("Full name", "นางสมศรี ใจดี")
    citizen.fills("Telephone", "๐๘๑ ๒๓๔ ๕๖๗๘")
    citizen.fills("E-mail", "somsri@mail.example")
    citizen.page.get_by_label(
        thai("I agree that my data are used to handle this matter and to tell me the result.")
    ).check()
    citizen.sees("journey-06-who-390")
    citizen.presses("ต่อไป")
    citizen.reads(TITLE, "นางสมศรี ใจดี", PICTURE.name)
    citizen.sees("journey-07-review-390")
    citizen.page.wait_for_timeout(A_MOMENT)
    citizen.presses("Send the petition")
    citizen.reads("We received your matter")
    citizen.sees("journey-08-receipt-390")
    number, code = citizen.page.locator(".slip-value").all_inner_texts()
    assert re.fullmatch("รท ๑/๒๕[๐-๙]{2}", number)
    assert re.fullmatch(r"[0-9A-Z]{5}-[0-9A-Z]{5}", code)
    return number, code


def the_officer_finds_it_on_today_and_takes_it(desk: Visitor) -> None:
    desk.reads("Today", TITLE)
    desk.sees("journey-10-today-1280")
    desk.follows(TITLE)
    desk.reads(STORY)
    desk.sees("journey-11-petition-1280")
    desk.presses("Show (is logged)")
    desk.reads("นางสมศรี ใจดี", "This look has been logged.")
    desk.sees("journey-12-petitioner-1280")
    desk.follows("Take")
    desk.presses("Take")
    desk.page.locator(".messages").wait_for()


def the_officer_summarises_with_an_opinion(desk: Visitor) -> None:
    desk.fills("Summary", "ผู้ปกครองร้องเรียนว่าโรงเรียนเก็บเงินบำรุงการศึกษาโดยไม่แจ้ง")
    desk.fills("Opinion for the one in authority", "เห็นควรส่งหน่วยงานต้นสังกัดตรวจสอบข้อเท็จจริง")
    category = desk.field("Category")
    category.select_option(label=[one for one in category.locator("option").all_inner_texts() if one][2])
    desk.sees("journey-13-opinion-1280")
    desk.presses("Put to the head")
    desk.page.locator(".messages").wait_for()
    desk.sees("journey-14-with-the-head-1280")


def the_head_puts_it_to_the_executive(checking: Visitor) -> None:
    checking.reads("Today", TITLE)
    checking.sees("journey-15-head-today-1280")
    checking.follows(TITLE)
    checking.sees("journey-16-check-1280")
    checking.presses("Put to the executive")
    checking.page.locator(".messages").wait_for()


def the_executive_orders_between_two_meetings(phone: Visitor) -> None:
    phone.reads("Today", TITLE)
    phone.sees("journey-17-executive-today-390")
    phone.follows(TITLE)
    phone.sees("journey-18-order-390")
    phone.fills("Order to be carried out", ORDER)
    phone.presses("Give the order")
    phone.page.locator(".messages").wait_for()
    phone.sees("journey-19-ordered-390")


def the_officer_refers_it_to_two_agencies(desk: Visitor, agencies: list[Agency]) -> None:
    """One by the office's rule, the other with a date of its own, typed as people write it."""
    desk.opens("projectplan:today")
    desk.follows(TITLE)
    desk.fills("What is asked", "ขอให้ตรวจสอบข้อเท็จจริงและแจ้งผล")
    for row, agency in enumerate(agencies, start=1):
        desk.page.locator(f"[name=agency_{row}]").select_option(label=str(agency))
    calendar = current_calendar()
    day = calendar.add_working_days(timezone.now().astimezone(OFFICE_TZ).date(), 5)
    desk.page.locator("[name=due_2]").fill(format_long(day))
    expect(desk.page.locator("[data-thai-date-echo]").nth(1)).to_have_text(format_long(day))
    desk.sees("journey-20-refer-1280")
    desk.presses("Refer to agencies")
    desk.page.locator(".messages").wait_for()
    desk.reads(OBEC, AREA)
    desk.sees("journey-21-referred-1280")


def the_agencies_get_their_links() -> tuple[str, str]:
    """What the worker does after each step, done here: the letters of the outbox go out."""
    mail.outbox.clear()
    deliver(timezone.now)
    letters = {letter.to[0]: letter for letter in mail.outbox}
    links = []
    for address in ("saraban@obec.example", "saraban@samut.example"):
        body = letters[address].body
        assert "สมศรี" not in body  # who asks is not the agency's to know
        links.append(re.search(r"http://\S+/a/\S+", body)[0])  # type: ignore[index]
    received = letters["somsri@mail.example"]
    assert Petition.objects.get().label in received.body
    return links[0], links[1]


def the_agency_takes_it_in_hand_and_answers(clerk: Visitor, link: str) -> None:
    clerk.goes(link)
    clerk.reads("Please answer this request", OBEC, TITLE, STORY)
    clerk.sees("journey-22-agency-390")
    clerk.presses("We have it in hand")
    clerk.page.locator(".alert-success").wait_for()
    clerk.sees("journey-23-agency-in-hand-390")
    clerk.fills("Answer", ANSWER)
    clerk.attaches("Files", PICTURE)
    clerk.presses("Send the answer")
    clerk.reads("Thank you, your answer has arrived", ANSWER, PICTURE.name)
    clerk.sees("journey-24-agency-thanks-390")


def the_other_agency_says_that_it_is_not_theirs(clerk: Visitor, link: str) -> None:
    clerk.goes(link)
    clerk.page.get_by_text(thai("This is not our agency's matter")).click()
    clerk.fills("Why it is not yours, and whose it is if you know", "โรงเรียนนี้สังกัดเทศบาล")
    clerk.sees("journey-25-agency-not-ours-390")
    clerk.presses("Send it back to the office")
    clerk.reads("Thank you, your answer has arrived", "โรงเรียนนี้สังกัดเทศบาล")


def the_officer_tells_the_petitioner(desk: Visitor) -> None:
    desk.opens("projectplan:today")
    desk.follows(TITLE)
    desk.reads(ANSWER, "โรงเรียนนี้สังกัดเทศบาล")
    desk.sees("journey-30-answered-1280")
    desk.fills("What the petitioner is told", TOLD)
    desk.presses("Tell the petitioner")
    desk.page.locator(".messages").wait_for()
    deliver(timezone.now)
    assert TOLD in mail.outbox[-1].body


def the_citizen_reads_the_result(citizen: Visitor, number: str, code: str) -> None:
    citizen.opens("petition:follow")
    citizen.sees("journey-31-follow-390")
    citizen.fills("Number of the matter", number)
    citizen.fills("Code", code.lower())
    citizen.presses("Show")
    citizen.reads(TITLE, TOLD, OBEC)
    citizen.sees("journey-32-history-390")


def the_officer_closes_it(desk: Visitor) -> None:
    desk.page.locator("[name=result]").select_option(Petition.Result.GRANTED.value)
    desk.sees("journey-33-close-1280")
    desk.presses("Close")
    desk.page.locator(".messages").wait_for()
    desk.sees("journey-34-closed-1280")


def the_citizen_reads_that_it_is_closed(citizen: Visitor, number: str, code: str) -> None:
    citizen.opens("petition:follow")
    citizen.fills("Number of the matter", number.replace("รท ", ""))
    citizen.fills("Code", code)
    citizen.presses("Show")
    citizen.reads("The matter is closed", str(Petition.Result.GRANTED.label))
    citizen.sees("journey-35-closed-390")


def the_monthly_report_counts_it(desk: Visitor) -> None:
    """By the page's button; the worker's part is done here while the page waits and asks again by itself."""
    month = month_of(timezone.now().astimezone(OFFICE_TZ).date())
    desk.opens("reports:list")
    desk.sees("journey-40-reports-1280")
    desk.opens("reports:period", "complaints-monthly", month_code(month))
    desk.sees("journey-41-report-1280")
    desk.follows("Issue the report")
    desk.sees("journey-42-issue-1280")
    desk.presses("Issue")
    desk.page.locator("progress").wait_for()
    desk.sees("journey-43-making-1280")
    make_waiting_reports()
    link = desk.page.get_by_role("link", name=re.compile("PDF"))
    link.wait_for()
    desk.sees("journey-44-issued-1280")
    answer = desk.page.context.request.get(f"{desk.site}{link.get_attribute('href')}")
    assert answer.headers["content-type"] == "application/pdf"
    text = words_of(answer.body())
    assert f"{to_thai_digits(1)} เรื่อง" in text


def words_of(pdf: bytes) -> str:
    """The text layer of a PDF, on one line."""
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join("".join(page.get_textpage().get_text_range() for page in pages).split())
