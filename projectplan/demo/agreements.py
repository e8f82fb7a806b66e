"""Performance agreements of a demo: everybody's and the group's, a past year's with results, this year's on its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final

from office.calendar import fiscal_year
from office.models import Role, User
from projectplan.agreement_lines import of_kpi, of_work, stored
from projectplan.agreement_path import ACTS, ASSESSED, Turn, act, begin, possible_superiors, write
from projectplan.demo.people import ACCOUNTS
from projectplan.measures_agreements import staff
from projectplan.models import Agreement, Half, Kpi, Plan, Side, Work

PATH: Final = (
    "propose",
    "agree",
    "sign",
    "confirm",
    "assess_half",
    "judge_half",
    "assess_year",
    "judge_year",
)
THIS_YEARS: Final = (4, 4, 3, 4, 2, 4, 1, 4, 0, 4)
"""How many acts of the path each agreement of a year under way has behind it, in turn."""
REMARKS: Final = ("", "", "", "ผลงานเป็นไปตามเป้าหมาย", "ควรเร่งรัดในไตรมาสต่อไป")


@dataclass
class Signing:
    """One agreement being carried along its path, on days of its own."""

    agreement: Agreement
    signer: User
    superior: User
    random: Random

    def carry(self, acts: Sequence[str], until: datetime) -> None:
        """Do these acts, each on its day, as far as `until`."""
        for place, name in enumerate(acts):
            at = self._moment(name, place)
            if at >= until:
                return
            by = self.signer if ACTS[name].turn is Turn.SIGNER else self.superior
            found = self._found(name) if name in ASSESSED else None
            self.agreement = act(
                self.agreement, name, by=by, seen=self.agreement.version, now=at, found=found
            )

    def _moment(self, name: str, place: int) -> datetime:
        """When: the signing in the first weeks of the year, the assessments around its half and its end."""
        year = fiscal_year(self.agreement.fiscal_year)
        if name not in ASSESSED:
            return year.starts_at + timedelta(days=5 + 4 * place, hours=9, minutes=self.random.randrange(400))
        half, side = ASSESSED[name]
        day = timedelta(days=8 if side == Side.SELF else 3, hours=-13)
        end = year.starts_at + timedelta(days=190) if half == Half.HALF else year.ends_at
        return end - day

    def _found(self, name: str) -> dict[int, tuple[Decimal, str]]:
        """What one side found: the one above a little below what the person found."""
        harder = ASSESSED[name][1] == Side.HEAD
        found = {}
        for line in self.agreement.lines.all():
            share = Decimal(self.random.randint(82, 97 if harder else 100)) / 100
            value = line.level_1 + (line.level_5 - line.level_1) * share
            found[line.pk] = (value.quantize(Decimal("0.01")), self.random.choice(REMARKS))
        return found


def make_agreements(years: Sequence[int], now: datetime, *, seed: int) -> None:
    """Agreements of these fiscal years (B.E.) as `now` sees them: complete where a year is over, else on their way."""
    executive = User.objects.with_role(Role.EXECUTIVE).order_by("pk").first()
    if executive is None:
        return
    for year in years:
        random = Random(f"{seed}-agreements-{year}")  # nosec B311 # chances of the demo office, the same each time
        is_over = now >= fiscal_year(year).ends_at - timedelta(days=1)
        people: list[User | None] = [None, *staff().select_related("subgroup").order_by("pk")]
        for place, person in enumerate(people):
            acts = PATH if is_over else PATH[: THIS_YEARS[place % len(THIS_YEARS)]]
            _make(year, person, acts, random, now)


def _make(year: int, person: User | None, acts: Sequence[str], random: Random, now: datetime) -> None:
    signer = person or User.objects.with_role(Role.HEAD).order_by("pk").first()
    superior = _superior(person, signer) if signer else None
    if signer is None or superior is None:
        return
    at = fiscal_year(year).starts_at + timedelta(days=1, hours=9)
    if at >= now:
        return
    agreement = begin(year=year, person=person, signer=signer, superior=superior, now=at)
    agreement = write(agreement, _lines(agreement), by=signer, seen=agreement.version, now=at)
    Signing(agreement, signer, superior, random).carry(acts, now)


def _superior(person: User | None, signer: User) -> User | None:
    """Somebody who can sign in, so that there is something to try; else whoever may."""
    possible = possible_superiors(person, signer)
    names = [account.username for account in ACCOUNTS if account.can_sign_in]
    return possible.filter(username__in=names).first() or possible.first()


def _lines(agreement: Agreement) -> list[dict[str, Any]]:
    """What is promised: the group the plan's indicators, a person their works, each with its share of the weights."""
    plans, person = Plan.objects.order_by("fiscal_year"), agreement.person
    plan = plans.filter(fiscal_year=agreement.fiscal_year).first() or plans[0]
    if person is None:
        found = [of_kpi(kpi, is_own=True) for kpi in Kpi.objects.filter(plan=plan) if kpi.code.count(".")]
    else:
        works = Work.objects.filter(plan=plan, subgroup=person.subgroup).prefetch_related("responsible")
        offered = [of_work(work, person) for work in works]
        found = [offer for offer in offered if offer.is_own] or offered[:3]
    each, left = divmod(100, len(found) or 1)
    weights = [each + left, *[each] * (len(found) - 1)]
    return [
        stored({"source": offer.source, "weight": Decimal(weight), **offer.values}, agreement)
        for offer, weight in zip(found, weights, strict=False)
    ]
