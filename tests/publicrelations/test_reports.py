"""The reports on public relations: their figures, who reads and issues them, the rows behind each number, the files."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from office.calendar import fiscal_year, month
from office.models import Report, User
from office.tallies import Counts
from office.thai import to_arabic_digits
from projectplan import issuing
from publicrelations.report_exports import figures_csv, figures_xlsx, matters_csv
from publicrelations.report_paper import paper
from publicrelations.reports import ANNUAL, MONTHLY, Content, content
from publicrelations.tallies import Kind
from tests.cast import make_administrator, make_executive, make_officer
from tests.publicrelations.cast import make_news_head, make_news_officer
from tests.publicrelations.reporting import at, conference, document, engagement, november

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
NOVEMBER = month(2009, 11)
NOW = at(2009, 12, 1, 9)


@pytest.fixture
def officer(db: None) -> User:
    return make_news_officer()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    def show(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    show(NOW)
    return show


def on_paper(report: Content) -> str:
    return paper(Report(kind=MONTHLY, first=report.first, last=report.last, edition=1), report)


# ── Figures ─────────────────────────────────────────────────────────────────────────────────


def test_each_work_is_counted_by_its_promises(officer: User) -> None:
    november(officer)
    report = content(NOVEMBER, NOW)
    works = {work.kind: work.total for work in report.works}
    assert works == {
        Kind.ENGAGEMENT: Counts(received=5, in_time=2, late=2, unclosed=5),
        Kind.ARTICLE: Counts(),
        Kind.JOURNAL: Counts(received=1, in_time=1, unclosed=1),
        Kind.PRESS_CONFERENCE: Counts(received=2, in_time=1, late=1, unclosed=2),
        Kind.FOREIGN_DOCUMENT: Counts(received=3, in_time=1, late=1, pending=1, unclosed=3),
        Kind.BRIEF: Counts(),
    }
    assert report.total == Counts(received=11, in_time=5, late=4, pending=1, unclosed=11)
    assert (report.copies, report.reported.positive, report.reported.all) == (2000, 1, 1)


def test_they_are_told_apart_by_kind_language_and_why_they_do_not_count(officer: User) -> None:
    november(officer)
    report = content(NOVEMBER, NOW)
    engagements = report.work(Kind.ENGAGEMENT)
    assert {line.key: line.counts.received for line in engagements.lines} == {"ceremony": 4, "visit": 1}
    assert [(line.key, line.counts.received) for line in engagements.asides] == [("excused", 1)]
    assert [(line.key, line.counts.received) for line in report.languages] == [("en", 2), ("fr", 1)]


def test_what_was_late_stands_with_its_reason_and_of_a_secret_one_the_number_alone(officer: User) -> None:
    november(officer)
    report = content(NOVEMBER, NOW)
    assert [(one.kind, one.title, one.reason) for one in report.late] == [
        ("engagement", "มอบทุนการศึกษา", "ภาพมาช้า"),
        ("engagement", "", ""),
        ("press_conference", "แถลงข่าวประจำสัปดาห์ที่ ๒", "แจ้งกระชั้น"),
        ("foreign_document", "Lettre de l'ambassade", "รอคำแปล"),
    ]
    text = on_paper(report)
    assert "ภาพมาช้า" in text
    assert "หารือเรื่องความมั่นคง" not in text


def test_a_month_without_anything_has_a_report_too() -> None:
    report = content(NOVEMBER, NOW)
    assert report.total == Counts()
    assert "ไม่มีงานประชาสัมพันธ์ในเดือนพฤศจิกายน ๒๕๕๒" in on_paper(report)
    assert "ไม่มีเรื่องเกินกำหนด" in on_paper(report)


def test_the_year_is_the_sum_of_its_months_and_compared_with_the_year_before(officer: User) -> None:
    november(officer)
    document(at(2008, 11, 3), at(2008, 11, 4))
    report = content(fiscal_year(2553), at(2010, 10, 1, 9))
    assert report.total.received == 11
    assert report.before == Counts(received=1, in_time=1, unclosed=1)
    assert len(report.trend) == 12


def test_the_content_asks_few_questions(
    officer: User, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    november(officer)
    for period, moment in ((NOVEMBER, NOW), (fiscal_year(2553), at(2010, 10, 1, 9))):
        content(period, moment)
        with django_assert_max_num_queries(10):
            content(period, moment)


# ── Pages ───────────────────────────────────────────────────────────────────────────────────


def pages() -> list[str]:
    names = ("period", "xlsx", "csv", "matters")
    counted = f"{reverse('publicrelations:counted')}?kind=engagement&month=2552-11"
    return [*(reverse(f"reports:{name}", args=[MONTHLY, "2552-11"]) for name in names), counted]


def test_the_reports_are_for_public_relations_and_the_executives(
    client_for: SignIn, officer: User, clock: Callable[..., None]
) -> None:
    november(officer)
    readers, others = (officer, make_news_head(), make_executive()), (make_officer(), make_administrator())
    for page in pages():
        assert [client_for(person).get(page).status_code for person in readers] == [200, 200, 200], page
        assert [client_for(person).get(page).status_code for person in others] == [403, 403], page
        assert "login" in Client().get(page)["Location"]


def test_officers_and_heads_issue_executives_read(
    client_for: SignIn, officer: User, clock: Callable[..., None]
) -> None:
    page = reverse("reports:issue", args=[MONTHLY, "2552-11"])
    assert client_for(make_executive()).post(page).status_code == 403
    assert client_for(make_officer()).post(page).status_code == 403
    assert client_for(officer).post(page)["Location"] == reverse("reports:period", args=[MONTHLY, "2552-11"])
    assert Report.objects.get().kind == MONTHLY


LINK = re.compile(r'<a href="(/public-relations/counted/\?[^"]+)">([๐-๙0-9,]+)</a>')


@pytest.mark.parametrize("address", [(MONTHLY, "2552-11"), (ANNUAL, "2553")])
def test_every_number_is_that_of_the_rows_behind_its_link(
    address: tuple[str, str], client_for: SignIn, officer: User, clock: Callable[..., None]
) -> None:
    november(officer)
    client = client_for(make_news_head())
    text = client.get(reverse("reports:period", args=address)).content.decode()
    links = {(unescape(link), number) for link, number in LINK.findall(text)}
    assert len(links) > 30
    for link, number in links:
        answer = client.get(link)
        assert answer.status_code == 200, link
        assert len(answer.context["rows"]) == int(to_arabic_digits(number)), link


def test_the_rows_behind_a_figure_are_those_one_may_see(
    client_for: SignIn, officer: User, clock: Callable[..., None]
) -> None:
    november(officer)
    page = f"{reverse('publicrelations:counted')}?kind=engagement&month=2552-11&promise=late"
    text = client_for(officer).get(page).content.decode()
    assert "มอบทุนการศึกษา" in text
    assert "ภาพมาช้า" in text
    assert "หารือเรื่องความมั่นคง" not in text
    assert "หารือเรื่องความมั่นคง" in client_for(make_news_head()).get(page).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "kind=petition&month=2552-11",
        "kind=engagement",
        "kind=engagement&month=2552-13",
        "kind=engagement&month=2552-11&by=colour&key=red",
        "kind=engagement&month=2552-11&by=language&key=en",
        "kind=article&month=2552-11&by=kind&key=x",
        "kind=journal&month=2552-11&promise=maybe",
        "kind=journal&fiscal_year=2553-9",
    ],
)
def test_a_figure_that_is_none_is_not_found(
    query: str, client_for: SignIn, officer: User, clock: Callable[..., None]
) -> None:
    assert client_for(officer).get(f"{reverse('publicrelations:counted')}?{query}").status_code == 404


def test_the_pages_ask_few_questions(
    client_for: SignIn,
    officer: User,
    clock: Callable[..., None],
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    november(officer)
    client = client_for(officer)
    counted = f"{reverse('publicrelations:counted')}?kind=engagement&fiscal_year=2553"
    for page in [reverse("reports:period", args=[MONTHLY, "2552-11"]), counted]:
        client.get(page)
        with django_assert_max_num_queries(16):
            assert client.get(page).status_code == 200


# ── Files ───────────────────────────────────────────────────────────────────────────────────


def test_the_files_hold_no_subject_and_nothing_that_runs(officer: User) -> None:
    november(officer)
    engagement(at(2009, 11, 12, 9), at(2009, 11, 13), "=1+1", owner=officer)
    report = content(NOVEMBER, NOW)
    table = "".join(figures_csv(report))
    rows = "".join(matters_csv(officer, NOVEMBER, NOW))
    assert "'=1+1" in rows
    for words in ("มอบทุนการศึกษา", "Lettre", "หารือเรื่องความมั่นคง"):
        assert words not in rows
        assert words not in table
    assert rows.count("\r\n") == 1 + 12 - 1  # the head, and every row but the secret one of a colleague


def test_the_workbook_has_a_sheet_for_each_table(officer: User) -> None:
    november(officer)
    book = openpyxl.load_workbook(io.BytesIO(figures_xlsx(content(NOVEMBER, NOW))))
    assert book.sheetnames[:2] == ["งานทั้งหมด", "วาระงานของรัฐมนตรี"]
    first = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert first[0][0] == "พฤศจิกายน ๒๕๕๒"
    assert first[4][:4] == ["วาระงานของรัฐมนตรี", 5, 2, 2]


# ── Issued ──────────────────────────────────────────────────────────────────────────────────


def test_the_command_issues_the_month_and_its_text_reads_back_whole(
    officer: User, clock: Callable[..., None], tmp_path: Path
) -> None:
    november(officer)
    target = tmp_path / "month.pdf"
    call_command("issue_report", MONTHLY, "2552-11", output=target, stdout=io.StringIO())
    pages_read = pypdfium2.PdfDocument(target.read_bytes())
    text = "".join(page.get_textpage().get_text_range() for page in pages_read).replace("\r\n", "")
    for words in ("รายงานงานประชาสัมพันธ์", "มอบทุนการศึกษา", "ภาพมาช้า", "วาระงานของรัฐมนตรี", "ฝรั่งเศส"):
        assert words in text, words
    assert "หารือเรื่องความมั่นคง" not in text
    report = Report.objects.get(kind=MONTHLY, state=Report.State.ISSUED)
    assert report.content["total"]["received"] == 11
    assert default_storage.exists(report.path)


def test_the_monthly_report_comes_by_itself_on_the_first_working_day(officer: User) -> None:
    november(officer)
    conference(at(2009, 11, 18, 10), at(2009, 11, 17))
    asked = [(report.kind, report.first) for report in issuing.issue_due(at(2009, 12, 1, 8, 5))]
    assert (MONTHLY, NOVEMBER.first) in asked
    assert issuing.issue_due(at(2009, 12, 1, 9, 5)) == []
