"""The pages of the reports: who may read and issue them, and that every number leads to its rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from io import BytesIO

import docx
import pytest
from django.core.files.storage import default_storage
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from docx.oxml.ns import qn
from pypdf import PdfReader

from complaints.filters import PetitionFilter
from complaints.models import Petition
from office.models import Download, Report, User
from office.thai import to_arabic_digits
from projectplan import issuing
from tests.cast import make_agency
from tests.complaints.opinions import Desk, at
from tests.complaints.reporting import ANNUAL, MONTHLY, NOVEMBER, NOW, issue, november

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def desk(officer: User, head: User, executive: User) -> Desk:
    return Desk(officer, head, executive)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Lets the pages read another moment from the clock."""

    def show(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    show(NOW)
    return show


def pages(report: Report) -> list[str]:
    by_period = [
        reverse(f"reports:{name}", args=[MONTHLY, "2552-11"])
        for name in ("period", "word", "xlsx", "csv", "matters")
    ]
    by_edition = [reverse(f"reports:{name}", args=[report.pk]) for name in ("status", "pdf")]
    return [reverse("reports:list"), *by_period, *by_edition]


def test_reports_are_for_the_subgroup_and_the_executives(
    client_for: SignIn,
    officer: User,
    head: User,
    executive: User,
    stranger: User,
    administrator: User,
    clock: Callable[..., None],
) -> None:
    addresses = pages(issue())
    for page in addresses:
        for person in (officer, head, executive):
            assert client_for(person).get(page).status_code == 200, (page, person)
        # The list is that of every subgroup with reports; a stranger's shows none of these.
        refused = [administrator] if page == reverse("reports:list") else [stranger, administrator]
        for person in refused:
            assert client_for(person).get(page).status_code == 403, (page, person)
    assert MONTHLY not in client_for(stranger).get(reverse("reports:list")).content.decode()
    for page in addresses:
        assert "login" in Client().get(page)["Location"], page


def test_officers_and_heads_issue_executives_read(
    client_for: SignIn, officer: User, executive: User, stranger: User, clock: Callable[..., None]
) -> None:
    page = reverse("reports:issue", args=[MONTHLY, "2552-11"])
    for person in (executive, stranger):
        assert client_for(person).post(page).status_code == 403
    assert not Report.objects.exists()
    answer = client_for(officer).post(page)
    assert answer["Location"] == reverse("reports:period", args=[MONTHLY, "2552-11"])
    assert Report.objects.get().asked_by == officer


def test_a_new_edition_is_asked_for_with_a_reason_on_the_page(
    client_for: SignIn, officer: User, clock: Callable[..., None]
) -> None:
    issue()
    page = reverse("reports:issue", args=[MONTHLY, "2552-11"])
    client = client_for(officer)
    assert "reason" in client.post(page, {"reason": ""}).context["form"].errors
    client.post(page, {"reason": "แก้ตัวเลข"})
    assert Report.objects.filter(state=Report.State.WAITING, edition=2, reason="แก้ตัวเลข").exists()


def test_a_get_issues_nothing(client_for: SignIn, officer: User, clock: Callable[..., None]) -> None:
    assert client_for(officer).get(reverse("reports:issue", args=[MONTHLY, "2552-11"])).status_code == 200
    assert not Report.objects.exists()


def test_the_page_asks_again_while_a_report_is_made_and_then_stops(
    client_for: SignIn, officer: User, head: User, clock: Callable[..., None]
) -> None:
    row = issuing.write_down(MONTHLY, NOVEMBER, by=officer, now=NOW)
    client, page = client_for(officer), reverse("reports:status", args=[row.pk])
    assert f'hx-get="{page}"' in client.get(page).content.decode()
    issuing.make(row.pk, NOW)
    text = client.get(page).content.decode()
    assert "hx-get" not in text
    assert reverse("reports:pdf", args=[row.pk]) in text


def test_a_failed_report_offers_to_try_again(
    client_for: SignIn, officer: User, clock: Callable[..., None]
) -> None:
    row = issuing.write_down(MONTHLY, NOVEMBER, by=officer, now=NOW)
    Report.objects.filter(pk=row.pk).update(state=Report.State.FAILED)
    text = client_for(officer).get(reverse("reports:list")).content.decode()
    assert reverse("reports:issue", args=[MONTHLY, "2552-11"]) in text


def test_who_took_the_pdf_is_written_down(
    client_for: SignIn, officer: User, head: User, clock: Callable[..., None]
) -> None:
    report = issue()
    answer = client_for(officer).get(reverse("reports:pdf", args=[report.pk]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert Download.objects.get(report=report).user == officer


def test_an_issued_edition_is_taken_along_as_a_word_file_of_the_same_document(
    client_for: SignIn, officer: User, head: User, clock: Callable[..., None]
) -> None:
    report = issue()
    client, address = client_for(officer), reverse("reports:edition_word", args=[report.pk])
    assert address in client.get(reverse("reports:period", args=[MONTHLY, "2552-11"])).content.decode()
    word = docx.Document(BytesIO(client.get(address).content))
    assert Download.objects.get(report=report).user == officer
    foot = word.sections[0].first_page_footer.paragraphs[0].text
    assert foot.startswith("ฉบับที่ ๑")
    printed = "".join(page.extract_text() for page in PdfReader(default_storage.open(report.path)).pages)
    assert foot in " ".join(printed.split())


def test_an_edition_from_before_word_files_were_kept_has_none(
    client_for: SignIn, officer: User, head: User, clock: Callable[..., None]
) -> None:
    report = issue()
    default_storage.delete(report.source_path)
    client, address = client_for(officer), reverse("reports:edition_word", args=[report.pk])
    assert client.get(address).status_code == 404
    assert address not in client.get(reverse("reports:period", args=[MONTHLY, "2552-11"])).content.decode()


def test_an_edition_that_is_not_issued_has_no_pdf(client_for: SignIn, officer: User) -> None:
    row = issuing.write_down(MONTHLY, NOVEMBER, by=officer, now=NOW)
    assert client_for(officer).get(reverse("reports:pdf", args=[row.pk])).status_code == 404


@pytest.mark.parametrize(
    "address", [("complaints-weekly", "2552-11"), (MONTHLY, "2552-13"), (ANNUAL, "2599")]
)
def test_a_period_that_is_none_is_not_found(
    address: tuple[str, str], client_for: SignIn, officer: User, clock: Callable[..., None]
) -> None:
    assert client_for(officer).get(reverse("reports:period", args=address)).status_code == 404


def test_pages_ask_few_questions(
    client_for: SignIn,
    desk: Desk,
    clock: Callable[..., None],
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    november(desk)
    issue()
    client = client_for(desk.officer)
    periods = [
        reverse("reports:period", args=[MONTHLY, "2552-11"]),
        reverse("reports:period", args=[ANNUAL, "2553"]),
    ]
    for page in [reverse("reports:list"), *periods]:
        client.get(page)
        with django_assert_max_num_queries(14):
            assert client.get(page).status_code == 200


LINK = re.compile(r'<a href="/petitions/\?([^"]+)">([๐-๙0-9,]+)</a>')


@pytest.mark.parametrize("address", [(MONTHLY, "2552-11"), (ANNUAL, "2553")])
def test_every_number_is_that_of_the_rows_behind_its_link(
    address: tuple[str, str], client_for: SignIn, desk: Desk, clock: Callable[..., None]
) -> None:
    november(desk)
    desk.closed(at(2009, 10, 5), agency=make_agency(), petition_kind=Petition.PetitionKind.HELP)
    clock(at(2009, 12, 1, 9))
    text = client_for(desk.head).get(reverse("reports:period", args=address)).content.decode()
    links = [(unescape(query), number) for query, number in LINK.findall(text)]
    assert len(links) > 40
    for query, number in links:
        rows = PetitionFilter(
            QueryDict(query), queryset=Petition.objects.visible_to(desk.head), user=desk.head
        )
        assert rows.is_valid(), query
        assert rows.found().count() == int(to_arabic_digits(number).replace(",", "")), query


def test_the_report_of_the_moment_in_word_is_a_draft_with_real_tables(
    client_for: SignIn, desk: Desk, clock: Callable[..., None]
) -> None:
    november(desk)
    answer = client_for(desk.head).get(reverse("reports:word", args=[MONTHLY, "2552-11"]))
    document = docx.Document(BytesIO(answer.content))
    section = document.sections[0]
    assert section.first_page_header.paragraphs[0].text == "ร่าง"
    assert section.first_page_footer.paragraphs[0].text.startswith("ข้อมูลถึง ๑ ธันวาคม")
    _glance, trend, *_others = document.tables
    assert trend.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert trend.rows[1].cells[0].text
    assert len(document.inline_shapes) >= 2
    assert not Report.objects.exists()
