"""The quarterly report on indicators: its figures are those that a hand counts, read back from the PDF's own text."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from complaints.models import Petition
from office.calendar import OFFICE_TZ, Period, months_of, quarter
from office.models import Report, User
from office.reporting import PeriodError, code_of, period_of
from projectplan import issuing
from projectplan.books import BOOKS
from projectplan.freezing import freeze_month, freezes_at
from projectplan.kpi_quarterly import change_words, content
from projectplan.loading import PLAN_2553, load_file
from projectplan.measures_books import reports_published
from projectplan.models import FrozenValue, Kpi, KpiEntry, Plan
from tests.cast import make_head, make_officer
from tests.complaints.opinions import Desk, at
from tests.projectplan.test_books import squeezed, text_of

pytestmark = pytest.mark.django_db

FIRST, SECOND = quarter(2553, 1), quarter(2553, 2)
AFTER_FIRST = at(2010, 1, 4, 9, 5)  # New Year and a weekend come between
KIND = "kpi-quarterly"


@pytest.fixture
def plan(db: None) -> Plan:
    load_file(PLAN_2553)
    return Plan.objects.get(fiscal_year=2553)


@pytest.fixture
def desk(plan: Plan, executive: User) -> Desk:
    return Desk(make_officer(), make_head(), executive)


def issue(period: Period, now: datetime) -> Report:
    report = issuing.make(issuing.write_down(KIND, period, by=None, now=now).pk, now)
    assert report
    assert report.state == Report.State.ISSUED
    return report


def row(rows: list[dict[str, Any]], **wanted: Any) -> dict[str, Any]:
    return next(one for one in rows if all(one[name] == value for name, value in wanted.items()))


def work(desk: Desk) -> None:
    """Of the first quarter three in time, one late; of the second one in time; one of the website in time."""
    for day in (1, 6, 12):
        desk.put(desk.receive(at(2009, 10, day)), at(2009, 10, day + 1))
    desk.put(desk.receive(at(2009, 12, 1)), at(2009, 12, 9), why="ลาป่วย")
    desk.put(desk.receive(at(2010, 2, 1)), at(2010, 2, 2))
    desk.put(desk.receive(at(2009, 11, 3), channel=Petition.Channel.WEB), at(2009, 11, 4))


def test_a_quarter_counts_its_own_matters_beside_those_of_the_quarter_before(plan: Plan, desk: Desk) -> None:
    work(desk)
    kpi = row(content(SECOND, at(2010, 4, 1, 9)).data["kpis"], code="1.3")
    assert (kpi["value"], kpi["score"], kpi["tone"]) == ("100.0", "5.00", "ok")
    assert kpi["counts"] == {"in_time": 1, "late": 0, "pending": 0}
    assert kpi["value_before"] == "75.0"
    assert (kpi["value_so_far"], kpi["weight"]) == ("80.0", str(plan.kpis.get(code="1.3").weight))


def test_what_is_printed_is_what_a_hand_counts(plan: Plan, desk: Desk) -> None:
    work(desk)
    for month in months_of(FIRST):
        freeze_month(plan, month, AFTER_FIRST)
    text = text_of(issue(FIRST, AFTER_FIRST))
    for words in (
        "รายงานตัวชี้วัดรายไตรมาส",
        "ไตรมาส ๑ ปีงบประมาณ พ.ศ. ๒๕๕๓",
        "๑ ตุลาคม ๒๕๕๒ ถึง ๓๑ ธันวาคม ๒๕๕๒",
        # target, the quarter before (nothing), three of four in time, the score between the levels, the light
        "๑๐๐% – ๗๕%",
        "๗๕% ๒.๕๐ ต่ำกว่าเป้าหมาย ๗๕%",
        # October, November, December as frozen; in time, late, not due yet; the score
        "๑๐๐% – ๐% ๓ ๑ ๐ ๒.๕๐",
        # the twelve works: done in the quarter, the one before, in time, late, not due, percent
        "เรื่องร้องทุกข์ ร้องเรียนทั่วไป ๔ เรื่อง",
        "เรื่องที่ยื่นผ่านเว็บไซต์ ๑ เรื่อง ๐ เรื่อง ๑ ๐ ๐ ๑๐๐%",
    ):
        assert squeezed(words) in text, words
    for one in plan.works.all():
        assert squeezed(one.name) in text
    for kpi in plan.kpis.all():
        assert squeezed(kpi.name) in text
    assert "0" not in text.replace("_", "")  # no Arabic digit is left
    assert not set("123456789") & set(text)


def test_of_the_plans_own_measures_the_value_frozen_at_the_quarters_end_stands(plan: Plan) -> None:
    kpi, december = plan.kpis.get(code="2.3"), months_of(FIRST)[2]
    before = row(content(FIRST, AFTER_FIRST).data["kpis"], code="2.3")
    assert (before["value"], before["months"][2]["is_frozen"]) == (None, False)
    FrozenValue.objects.create(
        kpi=kpi,
        month=december.first,
        value=Decimal("84.20"),
        score=Decimal("3.42"),
        definition="–",
        levels=[],
        frozen_at=AFTER_FIRST,
    )
    after = row(content(FIRST, AFTER_FIRST).data["kpis"], code="2.3")
    assert (after["value"], after["score"]) == ("84.20", "3.42")
    assert after["months"][2] == {"is_frozen": True, "value": "84.20"}


def test_a_value_entered_after_the_quarter_is_not_of_it(plan: Plan, head: User) -> None:
    for month, value in (("2009-11-01", 2), ("2010-01-01", 4)):
        KpiEntry.objects.create(
            kpi=plan.kpis.get(code="2.1"),
            month=month,
            value=value,
            text="รายงาน",
            entered_by=head,
            entered_at=AFTER_FIRST,
        )
    assert row(content(FIRST, AFTER_FIRST).data["kpis"], code="2.1")["value"] == "2.00"
    assert row(content(SECOND, at(2010, 4, 1)).data["kpis"], code="2.1")["value_before"] == "2.00"


def test_a_quarter_with_nothing_decided_says_so(plan: Plan) -> None:
    report = issue(FIRST, at(2009, 10, 1, 9))
    counted = [kpi for kpi in report.content["kpis"] if kpi["counts"]]
    assert {(kpi["value"], kpi["score"], kpi["tone"]) for kpi in counted} == {(None, None, "")}
    assert {work["counts"]["in_time"] + work["counts"]["late"] for work in report.content["works"]} == {0}
    text = text_of(report)
    assert squeezed("ไตรมาสยังไม่สิ้นสุด เป็นตัวเลขเท่าที่มีถึงวันนี้") in text
    assert squeezed("ยังไม่มีเรื่องใดของไตรมาสนี้ได้ผล") in text


def test_without_a_plan_of_its_year_the_targets_are_the_newest_plans(plan: Plan) -> None:
    text = text_of(issue(quarter(2552, 4), at(2009, 10, 5, 9)))
    assert squeezed("ยังไม่มีแผนของปีงบประมาณนี้") in text


def test_without_any_plan_it_cannot_be_made() -> None:
    report = issuing.make(issuing.write_down(KIND, FIRST, by=None, now=AFTER_FIRST).pk, AFTER_FIRST)
    assert report
    assert report.state == Report.State.FAILED


def test_the_change_is_said_in_points_or_levels() -> None:
    one, two = Decimal("80.0"), Decimal("92.5")
    assert change_words(Kpi.Unit.PERCENT, two, one) == "เพิ่มขึ้น ๑๒.๕ จุด"
    assert change_words(Kpi.Unit.LEVEL, Decimal("3.50"), Decimal("4.00")) == "ลดลง ๐.๕"
    assert change_words(Kpi.Unit.LEVEL, one, one) == "เท่าช่วงก่อน"
    assert change_words(Kpi.Unit.LEVEL, one, None) == ""


# ── When ────────────────────────────────────────────────────────────────────────────────────


def asked(now: datetime) -> list[str]:
    return [code_of(one.period) for one in issuing.issue_due(now) if one.kind == KIND]


def test_it_is_issued_by_itself_once_its_months_are_frozen(plan: Plan) -> None:
    """On the first working day after the quarter, when the office has opened."""
    assert asked(at(2009, 12, 31, 16)) == []
    assert asked(at(2010, 1, 4, 8, 5)) == []
    assert asked(at(2010, 1, 4, 9, 5)) == ["2553-1"]
    assert asked(at(2010, 1, 4, 10, 5)) == []


def test_quarters_missed_while_nothing_ran_are_caught_up_with(plan: Plan) -> None:
    assert asked(at(2010, 7, 20, 9, 5)) == ["2553-1", "2553-2", "2553-3"]


def test_the_fourth_quarter_comes_with_the_years_end(plan: Plan) -> None:
    assert asked(at(2010, 10, 1, 9, 5)) == ["2553-1", "2553-2", "2553-3", "2553-4"]


def test_an_edition_of_an_unfinished_quarter_is_followed_by_the_whole_one(plan: Plan) -> None:
    issue(FIRST, at(2009, 12, 15))
    assert asked(AFTER_FIRST) == ["2553-1"]
    newest = Report.objects.filter(kind=KIND).latest("edition")
    assert (newest.edition, newest.reason != "") == (2, True)


def test_a_year_without_a_plan_is_not_reported_on_by_itself() -> None:
    assert asked(AFTER_FIRST) == []


def test_the_plan_counts_three_other_documents_only(plan: Plan) -> None:
    issue(FIRST, AFTER_FIRST)
    assert reports_published(2553, AFTER_FIRST).value == 0


# ── Codes, command ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("code", ["2553-1", " ๒๕๕๓-๑ "])
def test_a_quarter_has_a_code(code: str) -> None:
    assert period_of(KIND, code, AFTER_FIRST) == FIRST
    assert code_of(FIRST) == "2553-1"


@pytest.mark.parametrize("code", ["2553-0", "2553-5", "2553", "2553-10", "-1", "2551-1", "2553-3"])
def test_what_is_no_quarter_or_has_not_begun_is_refused(code: str) -> None:
    with pytest.raises(PeriodError):
        period_of(KIND, code, AFTER_FIRST)


def test_the_command_issues_it(plan: Plan, tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "q.pdf"
    call_command("issue_report", KIND, "2553-1", "--output", str(target))
    assert target.read_bytes().startswith(b"%PDF")
    assert "รายงานตัวชี้วัดรายไตรมาส ไตรมาส ๑" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("issue_report", KIND, "2553-9")


def test_it_is_one_of_the_books_with_four_periods_a_year() -> None:
    book = next(one for one in BOOKS if one.kind == KIND)
    assert book.periods_of(2553) == [quarter(2553, number) for number in (1, 2, 3, 4)]
    assert book.part_of_year(SECOND) == "ไตรมาส ๒"
    assert freezes_at(FIRST, issuing.current_calendar()) == datetime(2010, 1, 4, 8, 30, tzinfo=OFFICE_TZ)
