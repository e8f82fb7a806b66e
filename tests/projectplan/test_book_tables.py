"""The tables of a book as a workbook: a sheet for each, numbers as numbers, no text that runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from office.calendar import OFFICE_TZ, Period, fiscal_year, quarter
from office.models import Contact, Download, Report, User
from office.spreadsheets import Sheet, workbook
from projectplan import issuing
from projectplan.loading import PLAN_2553, load_file
from projectplan.models import Plan
from tests.cast import make_agency, make_head, make_officer
from tests.complaints.opinions import Desk, at

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], Client]
NOW = datetime(2009, 11, 24, 11, 0, tzinfo=OFFICE_TZ)
YEAR = fiscal_year(2553)


@pytest.fixture
def plan(db: None) -> Plan:
    load_file(PLAN_2553)
    return Plan.objects.get(fiscal_year=2553)


def issue(kind: str, period: Period = YEAR) -> Report:
    report = issuing.make(issuing.write_down(kind, period, by=None, now=NOW).pk, NOW)
    assert report
    assert report.state == Report.State.ISSUED
    return report


def opened(client: Client, report: Report) -> Workbook:
    answer = client.get(reverse("reports:tables", args=[report.pk]))
    assert answer.status_code == 200
    return load_workbook(BytesIO(answer.content))


def lines(book: Workbook, name: str) -> list[tuple[Any, ...]]:
    """The rows of a sheet below its head; over the first sheet stand three lines and an empty one."""
    top = 6 if book.sheetnames[0] == name else 2
    return list(book[name].iter_rows(min_row=top, values_only=True))


def test_the_action_plan_has_its_tables_as_the_plan_holds_them(
    plan: Plan, client_for: ClientFor, officer: User
) -> None:
    book = opened(client_for(officer), issue("action-plan"))
    assert book.sheetnames == [
        "กลุ่มงานและบุคลากร",
        "กรอบยุทธศาสตร์",
        "SWOT",
        "กลยุทธ์และตัวชี้วัด",
        "งานตามภารกิจหลัก",
        "โครงการและกิจกรรม",
        "ปฏิทินกิจกรรม",
    ]
    first = book.worksheets[0]
    assert [first.cell(row, 1).value for row in (1, 2)] == [
        "แผนปฏิบัติการ ปีงบประมาณ พ.ศ. ๒๕๕๓",
        "ฉบับที่ ๑",
    ]
    kpi = next(row for row in lines(book, "กลยุทธ์และตัวชี้วัด") if row[1] == "1.3")
    assert kpi[4:11] == (1, 100, *(float(level) for level in plan.kpis.get(code="1.3").levels))
    (*_activities, total) = lines(book, "โครงการและกิจกรรม")
    assert total[4] == 200_000
    assert len(lines(book, "งานตามภารกิจหลัก")) >= 12
    meetings = next(row for row in lines(book, "งานตามภารกิจหลัก") if row[6] == "ครั้ง")
    assert (meetings[3], meetings[7]) == (100, 347)


def test_the_quarterly_report_gives_numbers_a_spreadsheet_can_add(
    plan: Plan, client_for: ClientFor, executive: User
) -> None:
    desk = Desk(make_officer(), make_head(), executive)
    desk.put(desk.receive(at(2009, 10, 1)), at(2009, 10, 2))
    desk.put(desk.receive(at(2009, 10, 5)), at(2009, 10, 9), why="ลาป่วย")
    desk.receive(at(2009, 11, 24, 10))
    book = opened(client_for(executive), issue("kpi-quarterly", quarter(2553, 1)))
    kpi = next(row for row in lines(book, "ผลตัวชี้วัดของไตรมาส") if row[1] == "1.3")
    assert kpi[4:9] == (1, 100, None, 50, 1)
    counted = next(row for row in lines(book, "ผลรายเดือนตามที่บันทึกไว้") if row[0] == "1.3")
    assert counted[2:8] == (None, None, None, 1, 1, 1)
    work = next(row for row in lines(book, "ทัน เกิน ยังไม่ครบกำหนด") if row[1].startswith("1. งานรับเรื่อง"))
    assert work[2:6] == (1, 1, 1, 50)
    done = next(row for row in lines(book, "ผลงานตามภารกิจหลัก") if row[2].startswith("เรื่องร้องทุกข์"))
    assert done[4] == 3
    assert len(lines(book, "สิบสองเดือน")) == 12 * 12


def test_the_annual_report_and_the_report_on_the_project_have_theirs(
    plan: Plan, client_for: ClientFor, officer: User
) -> None:
    client = client_for(officer)
    annual = opened(client, issue("group-annual"))
    assert lines(annual, "ตัวชี้วัดตามกลยุทธ์")[0][3] == 5
    assert lines(annual, "งบประมาณของโครงการ")[-1][1:] == (200_000, 0, 0)
    project = opened(client, issue("project-report"))
    activity = lines(project, project.sheetnames[0])[0]
    assert activity[3] == float(plan.project.activities.get(number=1).threshold)
    assert lines(project, "งบประมาณของโครงการ")[-1][1:] == (200_000, 0, 0)


def test_what_a_spreadsheet_would_run_is_kept_as_text(client_for: ClientFor, officer: User) -> None:
    agency = make_agency("=HYPERLINK(0)")
    Contact.objects.create(agency=agency, name="@SUM(1)", mobile="+66811234567", since_on="2009-01-01")
    book = opened(client_for(officer), issue("network-directory"))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value]
    assert {"'=HYPERLINK(0)", "'@SUM(1)", "'+66811234567"} <= {cell.value for cell in cells}
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_who_takes_the_tables_is_written_down_and_others_get_none(
    plan: Plan, client_for: ClientFor, officer: User
) -> None:
    report = issue("action-plan")
    address = reverse("reports:tables", args=[report.pk])
    answer = client_for(officer).get(address)
    assert answer["Content-Disposition"] == 'attachment; filename="action-plan-2553-1.xlsx"'
    assert Download.objects.get().user == officer
    assert Client().get(address).status_code == 302
    assert client_for(officer).get(reverse("reports:tables", args=[report.pk + 1])).status_code == 404


def test_the_workbook_of_an_edition_stays_as_it_was_issued(
    plan: Plan, client_for: ClientFor, officer: User
) -> None:
    report = issue("action-plan")
    plan.kpis.filter(code="1.3").update(target=1)
    kpi = next(row for row in lines(opened(client_for(officer), report), "กลยุทธ์และตัวชี้วัด") if row[1] == "1.3")
    assert kpi[5] == 100


def test_no_name_of_a_sheet_stops_a_workbook() -> None:
    names = ["ก/ข: [ค]?", "ก" * 40, "ก" * 40, "ก" * 31]
    book = load_workbook(BytesIO(workbook(Sheet(name, ["หัว"], [[1]]) for name in names)))
    assert book.sheetnames == ["ก ข   ค", "ก" * 31, "ก" * 29 + " 2", "ก" * 29 + " 3"]
