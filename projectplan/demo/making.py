"""Making a whole demo office: people and plan, petitions, and what has come of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from complaints.models import AgencyLink
from office.calendar import OFFICE_TZ, fiscal_year, fiscal_year_of
from office.models import Matter, User
from projectplan.demo import acts, bulk, counter, files, living, mark
from projectplan.demo.arrivals import YEAR_2552, Counts
from projectplan.demo.facts import Facts
from projectplan.demo.people import ACCOUNTS, Cast, give_agencies_addresses, make_people
from projectplan.demo.petitions import Made, make_petitions
from projectplan.demo.world import World
from projectplan.loading import PLAN_2553, load_file
from projectplan.models import DemoMark, Plan
from projectplan.rollover import roll_over

FIRST_YEAR = 2552
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
        """About how many petitions there will be; the part of a year that has not come yet brings none."""
        return sum(round(counts.total * self._passed(year)) for year, counts in self.years.items())

    def _passed(self, year: int) -> float:
        period = fiscal_year(year)
        passed = (self.now - period.starts_at) / (period.ends_at - period.starts_at)
        return min(max(passed, 0.0), 1.0)


def wish_for(now: datetime, *, year: int | None, scale: int, seed: int, with_papers: bool = True) -> Wish:
    """One whole fiscal year, seen from its end; or, without `year`, the one before and this one up to now."""
    counts = YEAR_2552.times(scale)
    if year is None:
        this = fiscal_year_of(now.astimezone(OFFICE_TZ).date())
        return Wish(now, seed, {this - 1: counts, this: counts}, with_papers, scale, is_living=True)
    at_its_end = fiscal_year(year).ends_at - timedelta(seconds=1)
    return Wish(min(now, at_its_end), seed, {year: counts}, with_papers, scale)


@dataclass(frozen=True)
class Demo:
    """What was made, and what a newcomer may try: a petition to follow with its code, a link of an agency."""

    count: int
    followed: Facts | None
    link: AgencyLink | None


def make(wish: Wish, tell: Tell) -> Demo:
    """Make the demo, in place of an earlier one; `tell` hears how many petitions are written. Raises RealWork."""
    if mark.holds_real_work():
        raise RealWork
    with override(settings.LANGUAGE_CODE):
        with transaction.atomic():
            mark.clear()
            cast = _make_office(wish.now)
        world = World(seed=wish.seed, now=wish.now, first=_first_day(wish), cast=cast)
        is_large = wish.expected >= bulk.LARGE
        with bulk.loading(world.sheets, is_large=is_large):
            made = make_petitions(world, wish.years, tell, is_large=is_large)
            counter.make_visits(world, _first_day(wish), wish.now, seed=wish.seed, scale=wish.scale)
            counter.make_answers(wish.now, seed=wish.seed)
            _leave_mark(wish, made)
        return _bring_to_life(wish, made)


def _first_day(wish: Wish) -> date:
    return fiscal_year(min(wish.years)).first


def _make_office(now: datetime) -> Cast:
    """The plan of 2553 and of the current year, the people, addresses for the agencies."""
    load_file(PLAN_2553)
    year = fiscal_year_of(now.astimezone(OFFICE_TZ).date())
    newest = Plan.objects.order_by("-fiscal_year")[0]
    if newest.fiscal_year < year:
        roll_over(newest, year)
    cast = make_people()
    give_agencies_addresses()
    return cast


def _leave_mark(wish: Wish, made: Made) -> None:
    DemoMark.objects.create(made_at=wish.now, seed=wish.seed, last_matter=made.last_matter)


def _bring_to_life(wish: Wish, made: Made) -> Demo:
    with transaction.atomic():
        names = [account.username for account in ACCOUNTS if account.can_sign_in]
        living.remind(list(User.objects.filter(username__in=names).order_by("pk")), wish.now)
        links = living.give_links(wish.seed, wish.now)
        files.attach_documents(made.newest, with_letters=wish.with_papers)
        if wish.is_living:
            acts.live(wish.now, seed=wish.seed, with_letters=wish.with_papers)
            mark.move(Matter.objects.order_by("-pk").values_list("pk", flat=True)[0])
    if wish.with_papers:
        list(living.issue_reports(wish.now))
    living.count_months(wish.now)
    return Demo(made.count, made.referred, links[0] if links else None)
