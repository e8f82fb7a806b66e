"""Making a whole demo office: people and plan, petitions, and what has come of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import override

from complaints.models import AgencyLink
from office.calendar import OFFICE_TZ, fiscal_year, fiscal_year_of
from office.models import Matter, User
from projectplan.demo import acts, bulk, counter, files, kpi_values, living, mark
from projectplan.demo.agreements import make_agreements
from projectplan.demo.arrivals import YEAR_2552, Counts
from projectplan.demo.books import make_books
from projectplan.demo.budget import leave_waiting, make_budgets
from projectplan.demo.facts import Facts
from projectplan.demo.linked import tie
from projectplan.demo.matters import Made, make_matters
from projectplan.demo.network import make_network
from projectplan.demo.parliament import living as parliament
from projectplan.demo.parliament.houses import make_houses
from projectplan.demo.parliament.living import Links
from projectplan.demo.parliament.politics import Politics
from projectplan.demo.parliament.steps import steps_of
from projectplan.demo.people import (
    ACCOUNTS,
    Cast,
    give_agencies_addresses,
    make_people,
    politics_cast,
    public_relations_cast,
)
from projectplan.demo.publicrelations import living as publicrelations
from projectplan.demo.publicrelations.journals import make_journals
from projectplan.demo.publicrelations.media import make_media
from projectplan.demo.publicrelations.newsroom import Newsroom
from projectplan.demo.publicrelations.pictures import drawings
from projectplan.demo.results import make_results
from projectplan.demo.retention import make_retention
from projectplan.demo.searches import keep_searches
from projectplan.demo.world import World
from projectplan.loading import PLAN_2553, load_file
from projectplan.models import DemoMark, Plan, SurveyLink
from projectplan.opendata.datasets import DATASETS
from projectplan.opendata.publishing import publish_due
from projectplan.rollover import roll_over
from publicrelations.models import SiteEdition

FIRST_YEAR = 2552
PUBLISHED = 3 * len(DATASETS)
"""Open data of the last three months; the clock publishes the others."""
"""The oldest fiscal year (B.E.) that has deadline rules."""

Tell = Callable[[int], None]


class RealWork(Exception):
    """The database holds matters that no demo made."""


@dataclass(frozen=True)
class Wish:
    """Which demo: the fiscal years (B.E.) with their counts, the moment it is now, the seed; with papers or not.

    A living office has also paused, joined, withdrawn …; a whole past year has exactly its counts.
    """

    now: datetime
    seed: int = 2553
    years: dict[int, Counts] = field(default_factory=dict)
    with_papers: bool = True
    scale: int = 1
    is_living: bool = False

    @property
    def expected(self) -> int:
        """About how many matters there will be; the part of a year that has not come yet brings none."""
        return sum(round(counts.everything * self._passed(year)) for year, counts in self.years.items())

    def _passed(self, year: int) -> float:
        period = fiscal_year(year)
        passed = (self.now - period.starts_at) / (period.ends_at - period.starts_at)
        return min(max(passed, 0.0), 1.0)


def wish_for(
    now: datetime,
    *,
    year: int | None,
    scale: int,
    seed: int,
    with_papers: bool = True,
    since: int | None = None,
    counts: Mapping[str, int] | None = None,
) -> Wish:
    """One whole fiscal year, seen from its end; or, without `year`, the one before and this one up to now, or all
    since one. `counts` are a year's by kind, instead of the plan's times `scale`."""
    a_year = replace(YEAR_2552.times(scale), **dict(counts or {}))
    if year is None:
        this = fiscal_year_of(now.astimezone(OFFICE_TZ).date())
        years = dict.fromkeys(range(min(since or this - 1, this), this + 1), a_year)
        return Wish(now, seed, years, with_papers, scale, is_living=True)
    at_its_end = fiscal_year(year).ends_at - timedelta(seconds=1)
    return Wish(min(now, at_its_end), seed, {year: a_year}, with_papers, scale)


@dataclass(frozen=True)
class Demo:
    """How much was made of each kind, and what a newcomer may try: a petition to follow, a link of an agency or of a
    survey."""

    counts: dict[str, int]
    followed: Facts | None
    link: AgencyLink | None
    parliament: Links
    survey: SurveyLink | None = None


def make(wish: Wish, tell: Tell) -> Demo:
    """Make the demo, in place of an earlier one; `tell` hears how many matters are written. Raises RealWork."""
    if mark.holds_real_work():
        raise RealWork
    with override(settings.LANGUAGE_CODE):
        with transaction.atomic():
            mark.clear()
            cast = _make_office(wish.now)
        world = World(seed=wish.seed, now=wish.now, first=_first_day(wish), cast=cast)
        is_large = wish.expected >= bulk.LARGE
        with bulk.loading(world.sheets, is_large=is_large):
            politics = _make_politics(wish, world)
            newsroom = _make_newsroom(wish, world)
            made = make_matters(world, politics, newsroom, wish.years, tell, is_large=is_large)
            counter.make_visits(world, _first_day(wish), wish.now, seed=wish.seed, scale=wish.scale)
            counter.make_answers(wish.now, seed=wish.seed)
            _leave_mark(wish, made)
        return _bring_to_life(wish, made, politics, newsroom)


def _first_day(wish: Wish) -> date:
    return fiscal_year(min(wish.years)).first


def _make_office(now: datetime) -> Cast:
    """The plan of 2553, the people, addresses for the agencies."""
    load_file(PLAN_2553, now)
    cast = make_people()
    give_agencies_addresses()
    return cast


def _make_politics(wish: Wish, world: World) -> Politics:
    """Who sits in parliament, and those of the office who carry what comes from there."""
    cast, first = politics_cast(), _first_day(wish)
    houses = make_houses(wish.seed, first, wish.now, is_living=wish.is_living, declared_by=cast.first_head)
    return Politics(seed=wish.seed, now=wish.now, first=first, cast=cast, sheets=world.sheets, houses=houses)


def _make_newsroom(wish: Wish, world: World) -> Newsroom:
    """Those of the office who carry what public relations bring."""
    cast = public_relations_cast()
    first = _first_day(wish)
    media = make_media(wish.seed, first)
    return Newsroom(
        seed=wish.seed,
        now=wish.now,
        first=first,
        cast=cast,
        sheets=world.sheets,
        media=media,
        drawings=drawings() if wish.with_papers else None,
    )


def _leave_mark(wish: Wish, made: Made) -> None:
    DemoMark.objects.create(made_at=wish.now, seed=wish.seed, last_matter=made.count)


def _bring_to_life(wish: Wish, made: Made, politics: Politics, newsroom: Newsroom) -> Demo:
    with transaction.atomic():
        names = [account.username for account in ACCOUNTS if account.can_sign_in]
        living.remind(list(User.objects.filter(username__in=names).order_by("pk")), wish.now)
        links = living.give_links(wish.seed, wish.now)
        files.attach_documents(made.newest, with_letters=wish.with_papers)
        if wish.is_living:
            acts.live(wish.now, seed=wish.seed, with_letters=wish.with_papers)
        _sit(wish, politics)
        parliament_links = parliament.give_links(wish.seed, wish.now)
        if wish.is_living:
            publicrelations.live(newsroom, wish.now)
        issues = {year: counts.journals for year, counts in wish.years.items()}
        make_journals(newsroom, issues, wish.now, with_papers=wish.with_papers)
        if wish.is_living:
            tie(wish.now, seed=wish.seed)
        mark.move(Matter.objects.order_by("-pk").values_list("pk", flat=True)[0])
    if wish.with_papers:
        list(living.issue_reports(wish.now))
    living.count_months(wish.now)
    _roll_over(wish.now)
    keep_searches(wish.now)
    survey_link = _fill_the_plan(wish)
    SiteEdition.renew()
    return Demo(_counted(), made.referred, links[0] if links else None, parliament_links, survey_link)


def _fill_the_plan(wish: Wish) -> SurveyLink | None:
    """What the plans of the years come to beside matters: money, agreements, results, the network, entered values."""
    make_budgets(wish.years, wish.now, with_papers=wish.with_papers)
    if wish.is_living:
        leave_waiting(wish.now, with_papers=wish.with_papers)
        with transaction.atomic():
            make_retention(wish.now)
    with transaction.atomic():
        make_agreements(sorted(wish.years), wish.now, seed=wish.seed)
        survey_link = make_results(list(wish.years), wish.now, seed=wish.seed)
        make_network(wish.now, seed=wish.seed)
    kpi_values.make_kpi_values(wish.years, wish.now)
    if wish.is_living:
        publish_due(wish.now, most=PUBLISHED)
    if wish.with_papers:
        make_books(wish.years, wish.now)
    return survey_link


def _roll_over(now: datetime) -> None:
    """The plan of the current year, with what was counted of the year before."""
    year = fiscal_year_of(now.astimezone(OFFICE_TZ).date())
    newest = Plan.objects.order_by("-fiscal_year")[0]
    if newest.fiscal_year < year:
        roll_over(newest, year, now=now)


def _sit(wish: Wish, politics: Politics) -> None:
    """The bills of each year; what a living office has of meetings and motions besides."""
    steps = steps_of(politics.cast, politics.houses, wish.seed)
    for year, counts in sorted(wish.years.items()):
        until = min(wish.now, fiscal_year(year).ends_at)
        for _bill in range(counts.bills):
            parliament.pass_bill(steps, until, is_sent_back=wish.is_living and until == wish.now)
    if wish.is_living:
        parliament.live(steps, wish.now)


def _counted() -> dict[str, int]:
    kinds = Matter.objects.order_by("kind").values_list("kind").annotate(count=models.Count("pk"))
    return dict(kinds)
