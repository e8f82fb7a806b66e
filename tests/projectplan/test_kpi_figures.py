"""What an indicator comes to in a period: counts and their edges, entered values, parts, the plan's own measures."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from office.calendar import Period, fiscal_year, month, months_of, quarter
from office.models import User
from office.ratio import Ratio
from projectplan.kpi_figures import KpiFigure, KpiReading
from projectplan.loading import PLAN_2553, load_file
from projectplan.measures import MEASURES, ratios_by_kind, ratios_by_month
from projectplan.models import Kpi, KpiEntry, Plan
from projectplan.own_measures import OWN, OwnMeasure
from tests.cast import make_head, make_officer
from tests.complaints.opinions import Desk, at

pytestmark = pytest.mark.django_db

NOW = at(2009, 11, 23, 13, 20)
YEAR = fiscal_year(2553)


@pytest.fixture
def plan(db: None) -> Plan:
    load_file(PLAN_2553)
    return Plan.objects.get(fiscal_year=2553)


@pytest.fixture
def desk(plan: Plan, executive: User) -> Desk:
    return Desk(make_officer(), make_head(), executive)


def figure(plan: Plan, code: str, period: Period = YEAR, now: datetime = NOW) -> KpiFigure:
    kpis = list(plan.kpis.all())
    reading = KpiReading(kpis, months_of(YEAR), now)
    return reading.figure(next(kpi for kpi in kpis if kpi.code == code), period)


# ── Counted ─────────────────────────────────────────────────────────────────────────────────


def test_while_nothing_is_decided_there_is_neither_value_nor_score(plan: Plan, desk: Desk) -> None:
    desk.receive(NOW)
    shown = figure(plan, "1.3")
    assert (shown.value, shown.score, shown.tone) == (None, None, "")
    assert (shown.ratio, shown.reachable) == (Ratio(pending=1), Decimal(100))


@pytest.mark.parametrize(
    ("minute", "counts", "score"),
    [(30, Ratio(in_time=1), "5.00"), (31, Ratio(late=1), "1.00")],
)
def test_at_the_very_moment_it_is_in_time_and_a_minute_later_late(
    minute: int, counts: Ratio, score: str, plan: Plan, desk: Desk
) -> None:
    desk.put(desk.receive(at(2009, 10, 1)), at(2009, 10, 2, 16, minute), why="ลาป่วย" if counts.late else "")
    shown = figure(plan, "1.3")
    assert (shown.ratio, shown.score) == (counts, Decimal(score))


def test_a_holiday_between_takes_nothing_from_the_time(plan: Plan, desk: Desk) -> None:
    """Received on Thursday 22 October 2009; the 23rd is a holiday, then comes a weekend."""
    desk.put(desk.receive(at(2009, 10, 22)), at(2009, 10, 26, 16, 30))
    assert figure(plan, "1.3").ratio == Ratio(in_time=1)


def test_the_years_last_evening_and_the_next_ones_first_morning_are_apart(plan: Plan, desk: Desk) -> None:
    desk.receive(at(2009, 9, 30, 23, 59))
    desk.receive(at(2009, 10, 1, 0, 0))
    assert figure(plan, "1.3").ratio == Ratio(late=1)
    assert figure(plan, "1.3", quarter(2553, 1)).ratio == Ratio(late=1)


def test_the_highest_still_reachable_takes_what_is_open_as_in_time(plan: Plan, desk: Desk) -> None:
    desk.put(desk.receive(at(2009, 10, 5)), at(2009, 10, 9), why="ลาป่วย")
    desk.receive(NOW)
    shown = figure(plan, "1.3")
    assert (shown.value, shown.reachable) == (Decimal(0), Decimal(50))


@pytest.mark.parametrize(
    ("value", "tone"), [("100", "ok"), ("99.9", "soon"), ("95", "soon"), ("94.9", "late")]
)
def test_the_light_says_how_near_the_target_is(value: str, tone: str, plan: Plan) -> None:
    assert KpiFigure(plan.kpis.get(code="1.3"), Decimal(value)).tone == tone


@pytest.mark.parametrize(("value", "tone"), [("5", "ok"), ("5.1", "soon"), ("5.26", "soon"), ("5.3", "late")])
def test_where_lower_is_better_the_light_turns_round(value: str, tone: str, plan: Plan) -> None:
    kpi = Kpi(direction=Kpi.Direction.LOWER, target=Decimal(5))
    assert KpiFigure(kpi, Decimal(value)).tone == tone


def test_in_passing_every_measure_counts_as_from_its_tallies(plan: Plan, desk: Desk) -> None:
    desk.put(desk.receive(at(2009, 10, 1)), at(2009, 10, 2))
    desk.receive(at(2009, 11, 20))
    months = months_of(quarter(2553, 1))
    passing = ratios_by_month(MEASURES, months, NOW, in_passing=True)
    assert passing == ratios_by_month(MEASURES, months, NOW)
    assert passing["complaints.opinions_on_time"][date(2009, 10, 1)] == Ratio(in_time=1)


def test_the_kinds_of_a_measure_add_up_to_it(plan: Plan) -> None:
    from tests.parliament.meetings_cast import make_meeting

    make_meeting(received_at=at(2009, 11, 16, 9), begins_at=at(2009, 11, 20, 9))
    measure = MEASURES["parliament.matters_on_time"]
    kinds = ratios_by_kind(measure, months_of(YEAR), NOW)
    assert sum(kinds.values(), Ratio()) == figure(plan, "1.1").ratio == Ratio(late=1)


# ── Entered ─────────────────────────────────────────────────────────────────────────────────


def enter(plan: Plan, month_first: date, value: str, edition: int = 1) -> None:
    KpiEntry.objects.create(
        kpi=plan.kpis.get(code="2.1"),
        month=month_first,
        edition=edition,
        value=Decimal(value),
        text="รายงาน",
        reason="แก้ไข" if edition > 1 else "",
        entered_by=User.objects.get(username="sirirat"),
        entered_at=NOW,
    )


def test_an_entered_value_holds_until_a_later_month_has_another(plan: Plan) -> None:
    make_head()
    enter(plan, date(2009, 10, 1), "2")
    enter(plan, date(2010, 1, 1), "4")
    values = [
        figure(plan, "2.1", month(*one)).value for one in ((2009, 10), (2009, 12), (2010, 1), (2010, 9))
    ]
    assert values == [Decimal(2), Decimal(2), Decimal(4), Decimal(4)]


def test_the_newest_entry_of_a_month_is_the_one_that_counts(plan: Plan) -> None:
    make_head()
    enter(plan, date(2009, 10, 1), "2")
    enter(plan, date(2009, 10, 1), "3.5", edition=2)
    assert (figure(plan, "2.1").value, figure(plan, "2.1").score) == (Decimal("3.5"), Decimal("3.50"))


def test_an_entered_value_ends_with_its_fiscal_year(plan: Plan) -> None:
    make_head()
    enter(plan, date(2009, 10, 1), "2")
    kpi = plan.kpis.get(code="2.1")
    october = month(2010, 10)
    assert KpiReading([kpi], [october], at(2010, 11, 2)).figure(kpi, october).value is None


# ── Rolled up, and the plan's own ───────────────────────────────────────────────────────────


def test_a_rolled_up_indicator_is_the_weighted_mean_of_what_is_decided(plan: Plan, desk: Desk) -> None:
    desk.put(desk.receive(at(2009, 10, 1)), at(2009, 10, 2))
    from tests.parliament.meetings_cast import make_meeting

    make_meeting(received_at=at(2009, 11, 16, 9), begins_at=at(2009, 11, 20, 9))
    Kpi.objects.filter(code="1.3").update(weight=Decimal(3))
    shown = figure(plan, "1")
    assert [part.score for part in shown.parts] == [Decimal("1.00"), None, Decimal("5.00")]
    assert (shown.value, shown.score) == (Decimal("4.00"), Decimal("4.00"))


@pytest.mark.parametrize(
    ("measured", "unit", "value", "expected"),
    [
        (Kpi.Unit.PERCENT, Kpi.Unit.PERCENT, "86", "86"),
        (Kpi.Unit.PERCENT, Kpi.Unit.LEVEL, "100", "5"),
        (Kpi.Unit.PERCENT, Kpi.Unit.LEVEL, "85", "3.5"),
        (Kpi.Unit.PERCENT, Kpi.Unit.LEVEL, "0", "1"),
        (Kpi.Unit.LEVEL, Kpi.Unit.PERCENT, "4.3", "86"),
        ("", Kpi.Unit.PERCENT, "12", "12"),
    ],
)
def test_a_measure_answers_in_the_unit_of_its_indicator(
    measured: str, unit: str, value: str, expected: str
) -> None:
    own = OwnMeasure(OWN["projectplan.survey_satisfaction"].count, measured)
    assert own.value_in(unit, Decimal(value)) == Decimal(expected)
    assert own.value_in(unit, None) is None


def test_without_a_closed_survey_satisfaction_has_no_value(plan: Plan) -> None:
    shown = figure(plan, "2.3")
    assert (shown.value, shown.score) == (None, None)
    assert shown.own is not None
