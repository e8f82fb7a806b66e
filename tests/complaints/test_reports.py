"""The reports on petitions: their figures, the periods they are for, the paper they become."""

from __future__ import annotations

import pytest

from complaints.models import MonthTally
from complaints.report_paper import paper
from complaints.report_tables import tables
from complaints.reports import LATE_SHOWN, content
from complaints.tallies import Counts
from office.calendar import fiscal_year, parse_month
from office.models import Matter, Report, User
from office.reporting import PeriodError, code_of, period_of
from tests.cast import make_category
from tests.complaints.opinions import Desk, at
from tests.complaints.reporting import ANNUAL, MONTHLY, NOVEMBER, NOW, issue, november

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(officer: User, head: User, executive: User) -> Desk:
    return Desk(officer, head, executive)


# ── Content ─────────────────────────────────────────────────────────────────────────────────


def test_a_month_tells_its_figures_and_what_changed(desk: Desk) -> None:
    desk.put(desk.receive(at(2009, 10, 1)), at(2009, 10, 2), category=make_category("การเงินสถานศึกษา"))
    november(desk)
    report = content(NOVEMBER, NOW)
    assert report.total == Counts(received=5, in_time=2, late=2, pending=1, unclosed=4)
    assert report.before == Counts(received=1, in_time=1, unclosed=1)
    assert report.difference == 4
    assert (report.rise and (report.rise.label, report.rise.before, report.rise.after)) == (
        "การเงินสถานศึกษา",
        1,
        2,
    )
    assert [line.counts.received for line in report.trend] == [0] * 10 + [1, 5]
    assert not report.is_interim


def test_categories_come_in_two_levels_that_add_up(desk: Desk) -> None:
    november(desk)
    lines = {line.label: line for line in content(NOVEMBER, NOW).tables["category"]}
    finance = lines["การเงินสถานศึกษา"]
    assert finance.counts == Counts(received=2, in_time=1, late=1, unclosed=2)
    assert [(sub.label, sub.counts) for sub in finance.lines] == [("เงินบำรุงการศึกษา", finance.counts)]


def test_a_year_is_the_sum_of_its_months(desk: Desk) -> None:
    desk.closed(at(2008, 10, 1))
    desk.closed(at(2009, 9, 30))
    desk.closed(at(2009, 10, 1))
    year = content(fiscal_year(2552), NOW)
    assert year.total.received == 2
    assert [line.counts.received for line in year.trend] == [1] + [0] * 10 + [1]
    assert content(fiscal_year(2553), NOW).total.received == 1


def test_the_late_ones_stand_with_their_reasons_and_nothing_of_the_secret_one(desk: Desk) -> None:
    november(desk)
    late, secret = content(NOVEMBER, NOW).late
    assert (late.number, late.category, late.reason) == ("รท ๓/๒๕๕๓", "เงินบำรุงการศึกษา", "เจ้าหน้าที่ลาป่วย")
    assert (late.due_at, late.met_at) == (at(2009, 11, 6, 16, 30), at(2009, 11, 10))
    assert (secret.is_secret, secret.category, secret.reason) == (True, "", "")


def test_more_late_ones_than_fit_are_said_to_be_more(desk: Desk) -> None:
    for _one in range(LATE_SHOWN + 2):
        desk.receive(at(2009, 11, 2), petitioner=False)
    report = content(NOVEMBER, NOW)
    assert (len(report.late), report.late_not_shown) == (LATE_SHOWN, 2)


def test_an_empty_month_has_a_report(head: User) -> None:
    report = content(NOVEMBER, NOW)
    assert report.total == Counts()
    assert (report.before, report.rise, report.late) == (None, None, ())
    assert issue().state == Report.State.ISSUED


def test_an_unfinished_month_is_compared_with_nothing(desk: Desk) -> None:
    desk.closed(at(2009, 10, 1))
    desk.closed(at(2009, 11, 2))
    report = content(NOVEMBER, at(2009, 11, 20))
    assert report.is_interim
    assert report.before is None


# ── Periods ─────────────────────────────────────────────────────────────────────────────────


def test_periods_are_read_in_either_digits_and_written_back() -> None:
    assert period_of(MONTHLY, "๒๕๕๒-๑๑", NOW) == NOVEMBER
    assert period_of(ANNUAL, "2552", NOW) == fiscal_year(2552)
    assert code_of(NOVEMBER) == "2552-11"
    assert code_of(fiscal_year(2552)) == "2552"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (MONTHLY, "2552"),
        (MONTHLY, "2552-13"),
        (MONTHLY, "2553-01"),  # still to come
        (MONTHLY, "2551-09"),  # before the registers begin
        (ANNUAL, "2552-11"),
        (ANNUAL, "2009"),
        (ANNUAL, "2554"),
        (ANNUAL, ""),
    ],
)
def test_what_is_no_period_is_said_so(kind: str, code: str) -> None:
    with pytest.raises(PeriodError):
        period_of(kind, code, NOW)


# ── Paper ───────────────────────────────────────────────────────────────────────────────────


def test_the_paper_says_edition_reason_and_day_of_its_figures(desk: Desk) -> None:
    november(desk)
    report = Report(
        kind=MONTHLY, first=NOVEMBER.first, last=NOVEMBER.last, edition=2, reason="แก้หมวด", asked_by=desk.head
    )
    text = paper(report, content(NOVEMBER, NOW))
    for words in ("พฤศจิกายน ๒๕๕๒", "๑ ธันวาคม ๒๕๕๒", "๐๙.๐๐ น.", "แก้หมวด", str(desk.head), "๕๐%"):
        assert words in text, words
    assert text.count("<svg") == 2


def test_the_paper_of_an_empty_month_stands(head: User) -> None:
    text = paper(
        Report(kind=MONTHLY, first=NOVEMBER.first, last=NOVEMBER.last, edition=1), content(NOVEMBER, NOW)
    )
    assert "พฤศจิกายน ๒๕๕๒" in text


def test_a_table_of_every_dimension_ends_in_the_same_total(desk: Desk) -> None:
    november(desk)
    totals = {table.rows[-1].cells["received"].text for table in tables(content(NOVEMBER, NOW))}
    assert totals == {"๕"}


def test_counting_again_changes_no_issued_figure(desk: Desk) -> None:
    november(desk)
    report = issue()
    desk.receive(at(2009, 11, 20))
    assert MonthTally.objects.get(matter_kind=Matter.Kind.PETITION, month=NOVEMBER.first).is_stale
    assert content(NOVEMBER, NOW).total.received == 6
    assert Report.objects.get(pk=report.pk).content["total"]["received"] == 5
    assert report.content["first"] == "2009-11-01"
    assert parse_month(code_of(report.period)) == NOVEMBER
