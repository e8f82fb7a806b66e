"""The files of the reports: nothing about persons, every matter that may be seen, no text that runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from complaints.models import Category, Petition
from complaints.report_exports import figures_csv, figures_xlsx
from complaints.report_paper import paper
from complaints.reports import Content, content
from office.models import Report, User
from office.spreadsheets import csv_lines, safe
from tests.cast import make_agency
from tests.complaints.opinions import Desk, at
from tests.complaints.reporting import MONTHLY, NOVEMBER, NOW, PERSON, issue, november

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


def streamed(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_no_file_and_no_page_says_anything_of_a_person(
    client_for: SignIn, desk: Desk, clock: Callable[..., None]
) -> None:
    november(desk)
    client = client_for(desk.head)
    texts = [
        streamed(client.get(reverse("reports:csv", args=[MONTHLY, "2552-11"]))),
        streamed(client.get(reverse("reports:matters", args=[MONTHLY, "2552-11"]))),
        client.get(reverse("reports:period", args=[MONTHLY, "2552-11"])).content.decode(),
        str(issue().content),
        paper(
            Report(kind=MONTHLY, first=NOVEMBER.first, last=NOVEMBER.last, edition=1), content(NOVEMBER, NOW)
        ),
    ]
    petition = Petition.objects.first()
    assert petition
    for text in texts:
        assert "๓/๒๕๕๓" in text or "letter" in text or "หนังสือ" in text or "Letter" in text
        assert not [word for word in (*PERSON, petition.title, petition.story) if word in text]


def test_the_list_of_matters_holds_every_one_that_may_be_seen(
    client_for: SignIn, desk: Desk, clock: Callable[..., None], colleague: User
) -> None:
    november(desk)
    page = reverse("reports:matters", args=[MONTHLY, "2552-11"])
    head_sees = list(csv.reader(io.StringIO(streamed(client_for(desk.head).get(page)))))
    colleague_sees = list(csv.reader(io.StringIO(streamed(client_for(colleague).get(page)))))
    assert [row[0] for row in head_sees[1:]] == [f"รท {number}/๒๕๕๓" for number in "๑๒๓๔๕"]
    assert [row[0] for row in colleague_sees[1:]] == [f"รท {number}/๒๕๕๓" for number in "๑๒๓๔"]
    third = head_sees[3]
    assert (third[3], third[6]) == ("เงินบำรุงการศึกษา", "10/11/2552 10.00 น.")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_no_text_is_left_that_a_spreadsheet_would_run(start: str) -> None:
    dangerous = f"{start}cmd|'/C calc'!A0"
    assert safe(dangerous) == f"'{dangerous}"
    written = "".join(csv_lines([[dangerous]])).removeprefix("\ufeff")
    assert next(csv.reader(io.StringIO(written, newline="")))[0] == f"'{dangerous}"


def test_numbers_below_nought_stay_numbers() -> None:
    assert safe(-5) == -5
    assert safe("๕") == "๕"
    assert safe(None) is None


def malicious_report(desk: Desk) -> Content:
    evil = Category.objects.create(name='=HYPERLINK("http://evil.example")')
    desk.put(
        desk.receive(at(2009, 11, 2), agency=make_agency("@SUM(1+1)*cmd")), at(2009, 11, 3), category=evil
    )
    return content(NOVEMBER, NOW)


def test_names_in_the_csv_cannot_run(desk: Desk) -> None:
    rows = list(csv.reader(io.StringIO("".join(figures_csv(malicious_report(desk))))))
    values = [cell for row in rows for cell in row]
    assert '\'=HYPERLINK("http://evil.example")' in values
    assert "'@SUM(1+1)*cmd" in values


def test_names_in_the_workbook_cannot_run(desk: Desk) -> None:
    book = openpyxl.load_workbook(io.BytesIO(figures_xlsx(malicious_report(desk))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert "'@SUM(1+1)*cmd" in [cell.value for cell in cells]


def test_the_workbook_has_the_figures_as_numbers(desk: Desk) -> None:
    november(desk)
    book = openpyxl.load_workbook(io.BytesIO(figures_xlsx(content(NOVEMBER, NOW))))
    assert [cell.value for cell in book.worksheets[0][5]][2:] == [5, 2, 2, 1, 4, 50]
