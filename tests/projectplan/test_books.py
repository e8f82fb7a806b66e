"""The books: what is printed is what the registers and the plan hold, read back from the PDF's own text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from office.calendar import OFFICE_TZ, fiscal_year
from office.models import Contact, Report, User
from office.templatetags.prasan import parts_whole
from office.thai import format_long, format_month, to_thai_digits
from projectplan import issuing, network_directory
from projectplan.action_plan import title_lines
from projectplan.books import BOOKS
from projectplan.loading import PLAN_2553, load_file
from projectplan.measures_books import reports_published
from projectplan.models import Swot
from tests.cast import make_agency

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], Client]
NOW = datetime(2009, 11, 24, 11, 0, tzinfo=OFFICE_TZ)
YEAR = fiscal_year(2553)
NOT_PRINTED = {
    "subgroup",
    "strategy",
    "code",
    "app",
    "measure",
    "name_en",
    "fiscal_year",
    "quadrant",
    "prepared",
    "start",
    "end",
}
"""Keys of the file that machines read, or that stand in the book in other words (asked for one by one below)."""
UNITS = {"level", "percent", "copies per month", "monthly reports, and one annual report"}
"""In the book they are Thai (below); units of results are Thai in the file already."""


def issue(kind: str, period: Any = YEAR, now: datetime = NOW) -> Report:
    report = issuing.make(issuing.write_down(kind, period, by=None, now=now).pk, now)
    assert report
    assert report.state == Report.State.ISSUED
    return report


def squeezed(text: str) -> str:
    """Without white space: where a line breaks says nothing about what is written."""
    return re.sub(r"\s", "", text)


def text_of(report: Report) -> str:
    with default_storage.open(report.path) as file:
        return squeezed("".join(page.extract_text() for page in PdfReader(BytesIO(file.read())).pages))


def printed(value: Any) -> str:
    """A value of the plan file as the office writes it."""
    if isinstance(value, int | float):
        return to_thai_digits(f"{value:,.1f}".removesuffix(".0"))
    return str(value)


def values(row: Any, key: str = "") -> Iterator[Any]:
    """Every text and number of the plan file that a reader of the book looks for."""
    if isinstance(row, dict):
        for name, value in row.items():
            yield from values(value, name)
    elif isinstance(row, list):
        for value in row:
            yield from values(value, key)
    elif key not in NOT_PRINTED and row not in UNITS and not isinstance(row, bool):
        yield row


def test_the_action_plan_holds_every_row_figure_and_title_of_the_plan() -> None:
    plan = tomllib.loads(PLAN_2553.read_text(encoding="utf-8"))
    load_file(PLAN_2553)
    text = text_of(issue("action-plan"))
    wanted = list(values(plan))
    assert len(wanted) > 250
    missing = [value for value in wanted if squeezed(printed(value)) not in text]
    assert missing == []


def test_the_action_plan_says_the_rest_in_the_offices_words() -> None:
    load_file(PLAN_2553)
    text = text_of(issue("action-plan"))
    project = ("๒๐๐,๐๐๐", "สองแสนบาทถ้วน", format_long(date(2009, 10, 1)), format_long(date(2010, 9, 30)))
    units = ("ร้อยละ", "ระดับ๑–๕", "ฉบับต่อเดือน", "ฉบับ(รายงานรายเดือน)และรายงานประจำปี๑ฉบับ")
    quadrants = [str(quadrant.label) for quadrant in Swot.Quadrant]
    for words in (format_month(date(2009, 11, 1)), "แผนที่ยุทธศาสตร์", *project, *units, *quadrants):
        assert squeezed(words) in text, words


def test_the_contents_name_the_pages_on_which_chapters_begin() -> None:
    load_file(PLAN_2553)
    with default_storage.open(issue("action-plan").path) as file:
        pages = [squeezed(page.extract_text()) for page in PdfReader(BytesIO(file.read())).pages]
    chapters = ("บทที่๑กลุ่มงานและบุคลากร", "บทที่๔กลยุทธ์และตัวชี้วัด", "บทที่๖โครงการและกิจกรรม")
    for title in ("คำนำ", *chapters, "ปฏิทินกิจกรรม", "คณะผู้จัดทำ"):
        at = next(number for number, page in enumerate(pages, 1) if number != 3 and title in page)
        assert f"{title}{to_thai_digits(at)}" in pages[2], title


def test_the_preface_says_what_the_plan_holds() -> None:
    load_file(PLAN_2553)
    text = text_of(issue("action-plan"))
    for words in (
        "แผนนี้ประกอบด้วย ๓ กลยุทธ์ ๙ ตัวชี้วัด และงานตามภารกิจหลัก ๑๒ งาน ของบุคลากร ๑๒ คน ใน ๓ กลุ่ม",
        "มี ๕ กิจกรรม งบประมาณ ๒๐๐,๐๐๐ บาท (สองแสนบาทถ้วน)",
    ):
        assert squeezed(words) in text, words


def test_the_title_on_the_cover_is_broken_before_the_year_it_is_for() -> None:
    assert title_lines("แผนปฏิบัติการประจำปีงบประมาณ ๒๕๕๓") == ["แผนปฏิบัติการ", "ประจำปีงบประมาณ ๒๕๕๓"]
    assert title_lines("แผนงาน") == ["แผนงาน"]


def test_a_name_may_be_broken_between_its_parts_only() -> None:
    whole = '<span class="whole">{}</span>'
    assert parts_whole("นาง<ก โคตรพัฒน์") == f"{whole.format('นาง&lt;ก')} {whole.format('โคตรพัฒน์')}"


@pytest.mark.django_db
def test_the_annual_report_of_2552_states_the_plans_own_figures() -> None:
    call_command("demo", "--year", "2552", "--no-progress", "--no-papers", "--seed", "2553")
    text = text_of(issue("group-annual", fiscal_year(2552), datetime(2009, 10, 5, 9, tzinfo=OFFICE_TZ)))
    for figure, words in (
        ("๓๔๗", "ประสานการประชุม"),
        ("๖๐", "กระทู้ถาม"),
        ("๐", "ญัตติ"),
        ("๑", "ประสานเสนอร่างพ.ร.บ.(ผ่านวาระที่๑ขั้นรับหลักการ)"),
        ("๑๐๒", "ข้อหารือ"),
        ("๑๙", "เรื่องประสานจากองค์กรตามรัฐธรรมนูญ"),
        ("๔๕๒", "ข่าวที่เผยแพร่"),
        ("๑๒×๒,๐๐๐", "สร.สารรายเดือนฉบับละ"),
        ("๑๘๘", "ประสานสื่อมวลชนในการแถลงข่าว"),
        ("๔๔๔", "วิเคราะห์กลั่นกรองงานวิเทศสัมพันธ์"),
        ("๑,๒๖๑", "เรื่องร้องทุกข์ร้องเรียนทั่วไป"),
        ("๕๘", "จากบุคคล/องค์กรทางการเมือง"),
        ("๖๘๖", "เรื่องที่เกี่ยวข้องกับการร้องทุกข์ร้องเรียน"),
        ("๙๑๗", "เรื่องที่ยื่นผ่านเว็บไซต์"),
    ):
        assert f"{figure}{words}" in text, (figure, words)
    assert "รวม๕๒ครั้งเฉลี่ยคนละ๔.๓ครั้ง" in text


def test_a_directory_prints_agencies_and_no_reporters_telephone(head: User) -> None:
    make_agency()
    text = text_of(issue("network-directory"))
    assert squeezed("สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน") in text


def test_each_contact_has_a_row_of_the_directory_and_no_number_leaves_its_word() -> None:
    agency = make_agency()
    for number in range(4):
        telephone = f"0 2628 560{number}"
        Contact.objects.create(agency=agency, name=f"ดวงใจ {number}", telephone=telephone, confirmed_at=NOW)
    draft = Report(kind="network-directory", first=YEAR.first, last=YEAR.last)
    html = network_directory.paper(draft, network_directory.content(YEAR, NOW))
    assert len(re.findall(r'<tr class="further">\s*<td class="note">สพฐ.</td>', html)) == 3
    assert len(re.findall(r'<span class="book-part">โทร. ๐ ๒๖๒๘ ๕๖๐[๐-๓]</span>', html)) == 4


def test_the_report_on_the_project_shows_each_activity_and_its_money() -> None:
    load_file(PLAN_2553)
    text = text_of(issue("project-report"))
    for words in ("สื่อมวลชนสัมพันธ์", "๑๕๐,๐๐๐.๐๐", "๒๐๐,๐๐๐.๐๐", "ศูนย์บาทถ้วน"):
        assert squeezed(words) in text, words


def test_three_documents_of_a_year_are_counted_each_once() -> None:
    load_file(PLAN_2553)
    assert reports_published(2553, NOW).value == 0
    issue("group-annual")
    again = issuing.write_down("group-annual", YEAR, by=None, now=NOW, reason="แก้ตัวเลข")
    issuing.make(again.pk, NOW)
    issue("network-directory")
    issue("action-plan")  # the plan itself is no report
    assert reports_published(2553, NOW).value == 2
    assert reports_published(2554, NOW).value is None


def test_a_year_without_a_plan_has_no_action_plan() -> None:
    report = issuing.make(issuing.write_down("action-plan", YEAR, by=None, now=NOW).pk, NOW)
    assert report
    assert report.state == Report.State.FAILED


def test_what_tells_of_a_year_is_issued_by_itself_on_the_first_working_day_after_it() -> None:
    load_file(PLAN_2553)
    last_day, monday = (datetime(2010, *day, 8, 30, tzinfo=OFFICE_TZ) for day in ((9, 30), (10, 1)))
    assert not any(report.kind.startswith("group") for report in issuing.issue_due(last_day))
    asked = {report.kind for report in issuing.issue_due(monday) if report.first == YEAR.first}
    assert {"group-annual", "project-report"} <= asked
    assert {report.kind for report in issuing.issue_due(monday)} == set()


# ── Pages ───────────────────────────────────────────────────────────────────────────────────


def test_everybody_of_the_office_reads_the_books_heads_and_executives_issue_them(
    client_for: ClientFor, officer: User, head: User, executive: User, stranger: User
) -> None:
    address = reverse("reports:book_issue", args=["group-annual", "2570"])
    for user, reads, issues in (
        (officer, 200, 403),
        (head, 200, 200),
        (executive, 200, 200),
        (stranger, 200, 403),
    ):
        client = client_for(user)
        assert client.get(reverse("reports:books")).status_code == reads
        assert client.get(address).status_code == issues
    assert Client().get(address).status_code == 302


def test_issuing_asks_once_and_then_for_a_reason(client_for: ClientFor, head: User) -> None:
    now = timezone.now()
    client = client_for(head)
    address = reverse("reports:book_issue", args=["group-annual", "2570"])
    assert client.post(address).status_code == 302
    (report,) = Report.objects.filter(kind="group-annual")
    assert issuing.make(report.pk, now)
    assert client.post(address).status_code == 422
    assert client.post(address, {"reason": "เพิ่มข้อมูลเดือนล่าสุด"}).status_code == 302
    assert Report.objects.filter(kind="group-annual").count() == 2


@pytest.mark.parametrize("path", ["/reports/books/?fiscal_year=2400", "/reports/books/nothing/2570/issue/"])
def test_what_is_not_there_is_said_to_be_not_there(path: str, client_for: ClientFor, head: User) -> None:
    assert client_for(head).get(path).status_code == 404


def test_the_list_of_books_asks_little(
    client_for: ClientFor,
    head: User,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:
    load_file(PLAN_2553)
    client = client_for(head)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("reports:books"))
    assert [row.book for row in page.context["rows"]] == list(BOOKS)


def test_a_quarter_that_has_not_begun_cannot_be_asked_for(
    client_for: ClientFor, head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_file(PLAN_2553)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    client = client_for(head)
    rows = client.get(reverse("reports:books")).context["rows"]
    (row,) = [row for row in rows if row.book.kind == "kpi-quarterly"]
    assert [(line.code, line.may_issue) for line in row.lines] == [
        ("2553-1", True),
        ("2553-2", False),
        ("2553-3", False),
        ("2553-4", False),
    ]
    assert client.get(reverse("reports:book", args=["kpi-quarterly", "2553-2"])).status_code == 404


def test_the_page_of_a_book_shows_each_edition_with_its_reason(
    client_for: ClientFor,
    officer: User,
    head: User,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:
    issue("network-directory")
    issuing.make(issuing.write_down("network-directory", YEAR, by=head, now=NOW, reason="เพิ่มหน่วยงาน").pk, NOW)
    address = reverse("reports:book", args=["network-directory", "2553"])
    client = client_for(officer)
    with django_assert_max_num_queries(12):
        page = client.get(address)
    assert [one.edition for one in page.context["issued"]] == [2, 1]
    assert "เพิ่มหน่วยงาน" in page.content.decode()
    again = reverse("reports:book_issue", args=["network-directory", "2553"])
    assert again not in page.content.decode()
    assert again in client_for(head).get(address).content.decode()
    assert Client().get(address).status_code == 302


def test_a_book_that_could_not_be_made_is_asked_for_again_from_its_page(
    client_for: ClientFor, head: User
) -> None:
    issuing.make(issuing.write_down("action-plan", YEAR, by=head, now=NOW).pk, NOW)
    client = client_for(head)
    again = reverse("reports:book_issue", args=["action-plan", "2553"])
    assert (
        f'action="{again}"'
        in client.get(reverse("reports:book", args=["action-plan", "2553"])).content.decode()
    )
    assert client.post(again).status_code == 302
    assert Report.objects.get(kind="action-plan").is_being_made
