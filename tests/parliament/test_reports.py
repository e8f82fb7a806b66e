"""The reports on parliament: their figures, who reads and issues them, the rows behind each number, the files."""

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

from office.calendar import fiscal_year
from office.models import Report, User
from office.thai import to_arabic_digits
from parliament.models import Committee
from parliament.report_exports import figures_csv, figures_xlsx, matters_csv
from parliament.report_paper import paper
from parliament.reports import ANNUAL, MONTHLY, content
from parliament.tallies import Counts, Kind
from projectplan import issuing
from tests.cast import make_administrator, make_executive, make_officer
from tests.parliament.cast import (
    make_member,
    make_party,
    make_politics_colleague,
    make_politics_head,
    make_politics_officer,
)
from tests.parliament.papers_cast import (
    at,
    make_interpellation,
    owe,
)
from tests.parliament.reporting import ANSWER, NOVEMBER, NOW, november

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


@pytest.fixture
def officer(db: None) -> User:
    return make_politics_officer()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    def show(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    show(NOW)
    return show


# ── Figures ─────────────────────────────────────────────────────────────────────────────────


def test_each_work_is_counted_by_its_promises(officer: User) -> None:
    november(officer)
    report = content(NOVEMBER, NOW)
    counted = {work.kind: work.total for work in report.works}
    assert counted[Kind.MEETING] == Counts(received=3, in_time=1, late=1, unclosed=3)
    assert counted[Kind.INTERPELLATION] == Counts(received=3, in_time=1, late=2, unclosed=3)
    assert counted[Kind.MOTION] == Counts(received=1, pending=1, unclosed=1)
    assert counted[Kind.BILL] == Counts(received=1, in_time=1, unclosed=1)
    assert counted[Kind.CONSULTATION] == Counts(received=2, in_time=1, pending=1, unclosed=2)
    assert report.total == Counts(received=10, in_time=4, late=3, pending=2, unclosed=10)


def test_they_are_told_apart_by_kind_chamber_party_member_and_agency(officer: User) -> None:
    asker = november(officer)
    report = content(NOVEMBER, NOW)
    lines = {line.key: line.counts.received for line in report.work(Kind.INTERPELLATION).lines}
    assert (lines["house:sitting"], lines["house:gazette"], lines["senate:urgent"]) == (2, 1, 0)
    assert [(line.label, line.counts.received) for line in report.work(Kind.MEETING).asides] == [
        ("ได้รับแจ้งหลังเริ่มประชุม", 1)
    ]
    assert [(line.key, line.counts.received) for line in report.work(Kind.CONSULTATION).lines] == [
        ("member:house", 1),
        ("body:", 1),
    ]
    top = report.members[0]
    assert (top.label, top.total.received, top.total.late) == (asker.full_name, 4, 1)
    assert report.parties[0].label == "พรรคถามบ่อย"
    assert {who.label: who.total.received for who in report.chambers} == {"สภาผู้แทนราษฎร": 5}
    (agency,) = report.agencies
    assert (agency.total.received, agency.total.in_time, agency.total.late) == (2, 1, 1)
    assert [(line.label, line.counts.received) for line in report.committees] == [("คณะกรรมาธิการการศึกษา", 1)]
    assert len(report.bodies) == 1


def test_what_was_late_stands_with_its_reason_and_of_a_secret_one_the_number_alone(officer: User) -> None:
    november(officer)
    report = content(NOVEMBER, NOW)
    assert [(one.kind, one.title, one.reason) for one in report.late] == [
        ("meeting", "ประชุมสภา ครั้งที่ ๒", "หน่วยงานส่งเอกสารช้า"),
        ("interpellation", "งบประมาณอาหารกลางวัน", "รอข้อมูลจากเขตพื้นที่"),
        ("interpellation", "", ""),
    ]
    text = paper(Report(kind=MONTHLY, first=NOVEMBER.first, last=NOVEMBER.last, edition=1), report)
    assert "หน่วยงานส่งเอกสารช้า" in text
    assert "รอหน่วยข่าวกรอง" not in text
    assert "เรื่องความมั่นคง" not in text


def test_a_month_without_anything_has_a_report_too(officer: User) -> None:
    report = content(NOVEMBER, NOW)
    assert report.total == Counts()
    text = paper(Report(kind=MONTHLY, first=NOVEMBER.first, last=NOVEMBER.last, edition=1), report)
    assert "ไม่มีเรื่องจากรัฐสภา" in text
    assert "ไม่มีเรื่องเกินกำหนด" in text


def test_the_year_is_the_sum_of_its_months_and_compared_with_the_year_before(officer: User) -> None:
    november(officer)
    owe(make_interpellation(at(2008, 11, 3)), ANSWER, due=at(2008, 12, 3), met=at(2008, 12, 1))
    report = content(fiscal_year(2553), at(2010, 10, 1, 9))
    assert report.total.received == 10
    assert report.before == Counts(received=1, in_time=1, unclosed=1)
    assert len(report.trend) == 12


def test_the_content_asks_few_questions(
    officer: User, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    november(officer)
    for period, moment in ((NOVEMBER, NOW), (fiscal_year(2553), at(2010, 10, 1, 9))):
        content(period, moment)
        with django_assert_max_num_queries(12):
            content(period, moment)


# ── Pages ───────────────────────────────────────────────────────────────────────────────────


def pages() -> list[str]:
    names = ("period", "xlsx", "csv", "matters")
    return [reverse(f"reports:{name}", args=[MONTHLY, "2552-11"]) for name in names] + [
        f"{reverse('parliament:counted')}?kind=meeting&month=2552-11"
    ]


def test_the_reports_are_for_politics_and_the_executives(
    client_for: SignIn, officer: User, clock: Callable[..., None]
) -> None:
    november(officer)
    for page in pages():
        for person in (officer, make_politics_head("h"), make_executive("e")):
            assert client_for(person).get(page).status_code == 200, page
            person.delete() if person != officer else None
        for person in (make_officer("thatsanee"), make_administrator()):
            assert client_for(person).get(page).status_code == 403, page
            person.delete()
        assert "login" in Client().get(page)["Location"]


def test_the_list_shows_each_person_the_reports_they_may_read(
    client_for: SignIn, officer: User, clock: Callable[..., None]
) -> None:
    november(officer)
    page = reverse("reports:list")
    parliament, petitions = "รายงานงานรัฐสภา", "รายงานเรื่องราวร้องทุกข์"
    for person, seen in (
        (officer, {parliament}),
        (make_officer("thatsanee"), {petitions}),
        (make_executive(), {parliament, petitions}),
    ):
        text = client_for(person).get(page).content.decode()
        assert {name for name in (parliament, petitions) if f">{name}</h2>" in text} == seen


def test_officers_and_heads_issue_executives_read(
    client_for: SignIn, officer: User, clock: Callable[..., None]
) -> None:
    page = reverse("reports:issue", args=[MONTHLY, "2552-11"])
    assert client_for(make_executive()).post(page).status_code == 403
    assert client_for(make_officer("thatsanee")).post(page).status_code == 403
    assert client_for(officer).post(page)["Location"] == reverse("reports:period", args=[MONTHLY, "2552-11"])
    assert Report.objects.get().kind == MONTHLY


LINK = re.compile(r'<a href="(/parliament/counted/\?[^"]+)">([๐-๙0-9,]+)</a>')


@pytest.mark.parametrize("address", [(MONTHLY, "2552-11"), (ANNUAL, "2553")])
def test_every_number_is_that_of_the_rows_behind_its_link(
    address: tuple[str, str], client_for: SignIn, officer: User, clock: Callable[..., None]
) -> None:
    november(officer)
    client = client_for(make_politics_head())
    text = client.get(reverse("reports:period", args=address)).content.decode()
    links = [(unescape(link), number) for link, number in LINK.findall(text)]
    assert len(links) > 50
    for link, number in links:
        answer = client.get(link)
        assert answer.status_code == 200, link
        assert len(answer.context["rows"]) == int(to_arabic_digits(number)), link


def test_the_rows_behind_a_figure_are_those_one_may_see(
    client_for: SignIn, officer: User, clock: Callable[..., None]
) -> None:
    november(officer)
    page = f"{reverse('parliament:counted')}?kind=interpellation&month=2552-11&promise=late"
    text = client_for(make_politics_colleague()).get(page).content.decode()
    assert "งบประมาณอาหารกลางวัน" in text
    assert "รอข้อมูลจากเขตพื้นที่" in text
    assert "เรื่องความมั่นคง" not in text


@pytest.mark.parametrize(
    "query",
    [
        "",
        "kind=petition&month=2552-11",
        "kind=meeting",
        "kind=meeting&month=2552-13",
        "kind=meeting&month=2552-11&by=colour&key=red",
        "kind=meeting&month=2552-11&by=member&key=1",
        "kind=interpellation&month=2552-11&by=member&key=x",
        "kind=interpellation&month=2552-11&by=member&key=999999",
        "kind=interpellation&month=2552-11&promise=maybe",
        "kind=interpellation&fiscal_year=2553-9",
    ],
)
def test_a_figure_that_is_none_is_not_found(
    query: str, client_for: SignIn, officer: User, clock: Callable[..., None]
) -> None:
    assert client_for(officer).get(f"{reverse('parliament:counted')}?{query}").status_code == 404


def test_the_pages_ask_few_questions(
    client_for: SignIn,
    officer: User,
    clock: Callable[..., None],
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    november(officer)
    client = client_for(officer)
    periods = [
        reverse("reports:period", args=[kind, code])
        for kind, code in ((MONTHLY, "2552-11"), (ANNUAL, "2553"))
    ]
    counted = f"{reverse('parliament:counted')}?kind=interpellation&fiscal_year=2553"
    for page in [*periods, reverse("reports:list"), counted]:
        client.get(page)
        with django_assert_max_num_queries(16):
            assert client.get(page).status_code == 200


# ── Files ───────────────────────────────────────────────────────────────────────────────────


def test_the_files_hold_no_subject_and_nothing_that_runs(officer: User) -> None:
    november(officer)
    party = make_party("=HYPERLINK(1)")
    owe(
        make_interpellation(at(2009, 11, 5), asker=make_member("+สูตร", title="", party=party)),
        ANSWER,
        due=at(2009, 11, 20),
        met=at(2009, 11, 21),
        why="@ช้า",
    )
    report = content(NOVEMBER, NOW)
    table = "".join(figures_csv(report))
    rows = "".join(matters_csv(officer, NOVEMBER, NOW))
    assert "'=HYPERLINK(1)" in table
    assert "'+สูตร" in table
    assert "'@ช้า" in rows
    for words in ("งบประมาณอาหารกลางวัน", "เรื่องความมั่นคง", "โรงเรียนขนาดเล็ก"):
        assert words not in rows
        assert words not in table
    assert rows.count("\r\n") == 1 + 11 - 1  # the head, and every row but the secret one


def test_the_workbook_has_a_sheet_for_each_table(officer: User) -> None:
    november(officer)
    book = openpyxl.load_workbook(io.BytesIO(figures_xlsx(content(NOVEMBER, NOW))))
    assert book.sheetnames[:3] == ["งานทั้งหมด", "การประชุม", "กระทู้ถาม"]
    first = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert first[0][0] == "พฤศจิกายน ๒๕๕๒"
    assert first[4][:4] == ["การประชุม", "", 3, 1]


# ── Issued ──────────────────────────────────────────────────────────────────────────────────


def test_the_command_issues_the_month_and_the_year(
    officer: User, clock: Callable[..., None], tmp_path: Path
) -> None:
    november(officer)
    target = tmp_path / "month.pdf"
    call_command("issue_report", MONTHLY, "2552-11", output=target, stdout=io.StringIO())
    text = "".join(
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(target.read_bytes())
    )
    for words in ("หน่วยงานส่งเอกสารช้า", "งบประมาณอาหารกลางวัน", "กระทู้ถาม", "นายสมคิด ถามบ่อย"):
        assert words in text.replace("\r\n", ""), words
    assert "เรื่องความมั่นคง" not in text
    call_command("issue_report", ANNUAL, "2553", output=tmp_path / "year.pdf", stdout=io.StringIO())
    assert Report.objects.filter(state=Report.State.ISSUED).count() == 2
    report = Report.objects.get(kind=MONTHLY)
    assert report.content["total"]["received"] == 10
    assert default_storage.exists(report.path)


def test_the_monthly_report_comes_by_itself_on_the_first_working_day(officer: User) -> None:
    november(officer)
    asked = [(report.kind, report.first) for report in issuing.issue_due(at(2009, 12, 1, 8, 5))]
    assert (MONTHLY, NOVEMBER.first) in asked
    assert issuing.issue_due(at(2009, 12, 1, 9, 5)) == []


def test_of_what_came_by_itself_the_heads_of_politics_and_the_executives_hear(officer: User) -> None:
    november(officer)
    head, executive = make_politics_head(), make_executive()
    row = issuing.write_down(MONTHLY, NOVEMBER, by=None, now=NOW)
    made = issuing.make(row.pk, NOW)
    assert made
    told = made.pk and set(
        User.objects.filter(notices__once_key__startswith=f"report:{made.pk}:").values_list("pk", flat=True)
    )
    assert told == {head.pk, executive.pk}
    assert Committee.objects.count() == 1
