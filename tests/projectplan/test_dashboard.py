"""The dashboard: figures against targets, the rows behind them, what is not built yet, who may see it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from html import unescape

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from complaints.filters import PetitionFilter
from complaints.models import Petition
from office.calendar import fiscal_year, month, quarter
from office.models import User
from office.ratio import Ratio
from office.thai import to_arabic_digits
from projectplan.dashboard import Board, Card, Span, board, chosen_period, neighbour, plan_for
from projectplan.loading import PLAN_2553, load_file
from projectplan.measures import MEASURES
from projectplan.models import Kpi, Plan, Work
from projectplan.own_measures import OWN
from projectplan.rollover import roll_over
from projectplan.strategies import strategies_of
from tests.cast import make_head, make_officer
from tests.complaints.opinions import Desk, at
from tests.projectplan.results_cast import fill_in, make_member, make_survey

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
NOW = at(2009, 11, 23, 13, 20)
DASHBOARD = "projectplan:dashboard"
QUARTER = quarter(2553, 1)


@pytest.fixture
def plan(db: None) -> Plan:
    load_file(PLAN_2553)
    return Plan.objects.get(fiscal_year=2553)


@pytest.fixture
def desk(plan: Plan, executive: User) -> Desk:
    return Desk(make_officer(), make_head(), executive)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def work(desk: Desk) -> None:
    """In October one in time and one late; in November one in time, one not due yet, and one of the website."""
    desk.put(desk.receive(at(2009, 10, 1)), at(2009, 10, 2))
    desk.put(desk.receive(at(2009, 10, 5)), at(2009, 10, 9), why="ลาป่วย")
    desk.put(desk.receive(at(2009, 11, 2)), at(2009, 11, 3))
    desk.receive(at(2009, 11, 23))
    desk.put(desk.receive(at(2009, 11, 3), channel=Petition.Channel.WEB), at(2009, 11, 4))


def card_of(shown: Board, number: int) -> Card:
    card = next(
        line.card
        for line in shown.works
        if line.work.subgroup.code == "complaints" and line.work.number == number
    )
    assert card
    return card


def shown_at(plan: Plan, span: Span, now: datetime = NOW) -> Board:
    return board(plan, span, chosen_period(span, "", now), now, opens={"complaints"})


# ── Figures ─────────────────────────────────────────────────────────────────────────────────


def test_works_stand_against_their_targets(plan: Plan, desk: Desk) -> None:
    work(desk)
    shown = shown_at(plan, Span.QUARTER)
    general, web, related, reports = (card_of(shown, number) for number in (1, 3, 2, 4))
    assert (general.ratio, general.target, general.tone) == (Ratio(2, 1, 1), 100, "late")
    assert (web.ratio, web.target, web.tone) == (Ratio(1), 80, "ok")
    assert (related.ratio, related.tone) == (Ratio(), "")
    assert (reports.ratio, reports.is_percent) == (Ratio(late=1, pending=2), False)
    assert general.code == "1.3"


def test_month_quarter_and_year_count_their_own_months(plan: Plan, desk: Desk) -> None:
    work(desk)
    desk.put(desk.receive(at(2009, 9, 1)), at(2009, 9, 2))
    ratios = [card_of(shown_at(plan, span), 1).ratio for span in Span]
    assert ratios == [Ratio(1, 0, 1), Ratio(2, 1, 1), Ratio(2, 1, 1)]
    assert card_of(shown_at(plan, Span.YEAR), 1).year_before == Ratio(1)


def test_the_trend_is_that_of_the_last_twelve_months(plan: Plan, desk: Desk) -> None:
    work(desk)
    trend = card_of(shown_at(plan, Span.YEAR), 1).trend
    assert len(trend) == 12
    assert trend[-3:] == [Ratio(), Ratio(1, 1), Ratio(1, 0, 1)]


@pytest.mark.parametrize(("in_time", "tone"), [(100, "ok"), (95, "soon"), (94, "late")])
def test_what_is_nearly_reached_is_not_shown_as_missed_by_far(in_time: int, tone: str, plan: Plan) -> None:
    opinions = plan.works.get(measure="complaints.opinions_on_time")
    ratio = Ratio(in_time, 100 - in_time)
    card = Card(
        opinions,
        "",
        MEASURES[opinions.measure],
        QUARTER,
        ratio,
        Ratio(),
        Ratio(),
        [ratio],
        leads_to_rows=True,
    )
    assert card.tone == tone


def test_a_figure_is_compared_with_the_period_before(plan: Plan, desk: Desk) -> None:
    work(desk)
    november, october = (
        card_of(board(plan, Span.MONTH, month(2009, number), NOW, opens=()), 1) for number in (11, 10)
    )
    assert (november.before, november.change) == (october.ratio, "เพิ่มขึ้น ๕๐ จุด")
    assert (october.before, october.change) == (Ratio(), "")


# ── Periods and plans ───────────────────────────────────────────────────────────────────────


def test_a_month_code_chooses_the_period_that_holds_it() -> None:
    assert chosen_period(Span.MONTH, "2552-10", NOW) == month(2009, 10)
    assert chosen_period(Span.QUARTER, "2552-10", NOW) == QUARTER
    assert chosen_period(Span.YEAR, "2552-09", NOW) == fiscal_year(2552)


@pytest.mark.parametrize("code", ["", "abc", "2553-12", "2400-01", "2552-99"])
def test_a_senseless_or_coming_month_is_this_one(code: str) -> None:
    assert chosen_period(Span.MONTH, code, NOW) == month(2009, 11)


def test_neighbours_end_where_the_registers_begin_and_where_the_present_is() -> None:
    assert neighbour(Span.QUARTER, QUARTER, -1, NOW) == "2552-07"
    assert neighbour(Span.QUARTER, QUARTER, +1, NOW) == ""
    assert neighbour(Span.YEAR, fiscal_year(2552), -1, NOW) == ""
    assert neighbour(Span.YEAR, fiscal_year(2552), +1, NOW) == "2552-10"


def test_the_plan_is_that_of_the_year_else_the_newest(plan: Plan) -> None:
    assert plan_for(2553) == plan
    assert plan_for(2560) == plan
    newer = roll_over(plan, 2554)
    assert plan_for(2553) == plan
    assert plan_for(2560) == newer


def test_every_measure_of_the_three_subgroups_is_built(plan: Plan) -> None:
    subgroups = ["complaints", "politics", "publicrelations"]
    named = Work.objects.filter(plan=plan, subgroup__code__in=subgroups)
    kpis = {"parliament.matters_on_time"}
    assert {*named.values_list("measure", flat=True), *kpis} == set(MEASURES)


# ── The page ────────────────────────────────────────────────────────────────────────────────


def test_the_page_shows_numbers_and_parts(client_for: SignIn, plan: Plan, desk: Desk, clock: None) -> None:
    work(desk)
    text = client_for(desk.head).get(reverse(DASHBOARD)).content.decode()
    for words in (
        "๖๖.๗%",
        "๑๐๐%",
        "๑.๓",
        "งานประสานการประชุมด้านการเมือง",
        "๑,๒๖๑ + ๕๘ เรื่อง",
    ):
        assert words in text, words
    assert text.count('class="chart-trend"') == 12
    assert "style=" not in text


def test_the_numbers_are_those_of_the_rows_behind_them(
    client_for: SignIn, plan: Plan, desk: Desk, clock: None
) -> None:
    work(desk)
    for span in Span:
        text = client_for(desk.head).get(reverse(DASHBOARD), {"span": span}).content.decode()
        links = re.findall(r'<a href="/petitions/\?([^"]+)">(?:[^<๐-๙]*)([๐-๙]+)</a>', text)
        assert len(links) >= 5
        for query, number in links:
            rows = PetitionFilter(
                QueryDict(unescape(query)), queryset=Petition.objects.visible_to(desk.head), user=desk.head
            )
            assert rows.is_valid(), query
            assert rows.qs.count() == int(to_arabic_digits(number)), (span, query)


def test_who_may_not_see_petitions_sees_the_figures_without_links(
    client_for: SignIn, plan: Plan, desk: Desk, stranger: User, administrator: User, clock: None
) -> None:
    work(desk)
    for person in (stranger, administrator):
        text = client_for(person).get(reverse(DASHBOARD)).content.decode()
        assert "๖๖.๗%" in text
        assert "/petitions/?" not in text


def test_the_dashboard_needs_a_role(client_for: SignIn, plan: Plan) -> None:
    nobody = User.objects.create(username="newcomer")
    for name in (DASHBOARD, "projectplan:month_card"):
        assert client_for(nobody).get(reverse(name)).status_code == 403
        assert "login" in Client().get(reverse(name))["Location"]


def test_without_a_plan_the_page_says_what_it_is_for(client_for: SignIn, head: User) -> None:
    answer = client_for(head).get(reverse(DASHBOARD))
    assert answer.status_code == 200
    assert answer.context["board"] is None


@pytest.mark.parametrize("span", list(Span))
def test_the_dashboard_asks_few_questions(
    span: Span,
    client_for: SignIn,
    plan: Plan,
    desk: Desk,
    clock: None,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    work(desk)
    client = client_for(desk.head)
    client.get(reverse(DASHBOARD), {"span": span})
    with django_assert_max_num_queries(12):
        assert client.get(reverse(DASHBOARD), {"span": span}).status_code == 200


def test_the_months_card_stands_on_today(client_for: SignIn, desk: Desk, clock: None) -> None:
    work(desk)
    answer = client_for(desk.officer).get(reverse("projectplan:month_card"))
    assert answer.context["ratio"] == Ratio(in_time=1, pending=1)
    assert "๑๐๐%" in answer.content.decode()
    assert "channel=not-web" in answer.content.decode()


# ── Indicators of the strategies ────────────────────────────────────────────────────────────


def test_every_indicator_has_value_score_and_light_under_its_strategy(plan: Plan, desk: Desk) -> None:
    work(desk)
    shown = strategies_of(plan, Span.QUARTER, QUARTER, NOW)
    assert [len(one.rows) for one in shown] == [4, 4, 1]
    rows = {row.figure.kpi.code: row for one in shown for row in one.rows}
    assert (rows["1.3"].value, rows["1.3"].score, rows["1.3"].tone) == ("๖๖.๗%", "๑.๖๗", "late")
    assert (rows["1"].value, rows["1"].score) == ("๑.๖๗", "๑.๖๗")  # its only part that is decided
    assert (rows["2.1"].value, rows["2.1"].words) == ("–", "ยังไม่มีผล")
    assert rows["1.3"].value_before == "–"


def test_the_indicators_stand_on_a_page_and_as_a_part(
    client_for: SignIn,
    plan: Plan,
    desk: Desk,
    clock: None,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    client = client_for(desk.officer)
    address = reverse("projectplan:strategies")
    assert "<html" in client.get(address).content.decode()
    with django_assert_max_num_queries(11):
        part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert reverse("projectplan:kpi", args=["1.1"]) in part


def test_the_indicators_ask_as_few_questions_whatever_they_are_counted_by(
    client_for: SignIn,
    plan: Plan,
    desk: Desk,
    clock: None,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    kpis = list(plan.kpis.exclude(measure=Kpi.ROLLUP).exclude(measure=Kpi.MANUAL)[:2])
    for number, measure in enumerate(OWN):
        Kpi.objects.create(
            plan=plan,
            strategy=kpis[0].strategy,
            code=f"9.{number}",
            name="x",
            unit="percent",
            measure=measure,
        )
    survey = make_survey(desk.officer, closes_at=NOW, fiscal_year=2553, kind="public_relations")
    fill_in(survey, (4, 5), (5, 5))
    make_member(desk.officer)
    client = client_for(desk.officer)
    client.get(reverse("projectplan:strategies"))  # counts the months that nobody has asked for yet
    with django_assert_max_num_queries(12):
        page = client.get(reverse("projectplan:strategies")).content.decode()
    assert "๙.๔" in page
