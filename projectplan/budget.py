"""How the project's money stands: what pages, dashboards and books show of it. Read from the balances that the ledger
keeps, never by adding up the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.db.models import Q

from office.calendar import OFFICE_TZ, Period, fiscal_year, month_of, months_of
from projectplan.models import Activity, ActivityBalance, ActivityMonth, Project, SpentMonth

ZERO: Final = Decimal("0.00")
SATANG: Final = Decimal("0.01")


@dataclass(frozen=True)
class MonthSpending:
    """A month of the fiscal year: what the plan lets it cost, and what was paid less what came back."""

    first_on: date
    planned: Decimal
    paid: Decimal


@dataclass(frozen=True)
class Forecast:
    """What will be paid by the end of the year, and from what: `paid` so far, what is bound or waits, and what the plan
    still foresees for the months to come."""

    paid: Decimal
    bound: Decimal
    to_come: Decimal
    allocated: Decimal

    @property
    def at_year_end(self) -> Decimal:
        """Paid so far, and the larger of what is bound already and what the plan foresees; never more than there is."""
        return min(self.allocated, self.paid + max(self.bound, self.to_come))

    @property
    def unspent(self) -> Decimal:
        return self.allocated - self.at_year_end


@dataclass(frozen=True)
class Standing:
    """Money in baht: given, waiting for approval, bound, paid; by month, oldest first; and how it will end."""

    budget: Decimal
    allocated: Decimal
    reserved: Decimal
    committed: Decimal
    paid: Decimal
    months: Sequence[MonthSpending]
    forecast: Forecast

    @property
    def left(self) -> Decimal:
        """What may still be committed, paid or transferred."""
        return self.allocated - self.reserved - self.committed - self.paid

    @property
    def percent_paid(self) -> Decimal | None:
        """Of what was allocated, to one place; None while nothing is."""
        if not self.allocated:
            return None
        return (100 * self.paid / self.allocated).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class ActivityBudget(Standing):
    """The money of one activity."""

    activity: Activity


@dataclass(frozen=True)
class BudgetOverview(Standing):
    """The money of the project: the sum of its activities, which stand below in their order."""

    project: Project
    activities: Sequence[ActivityBudget]

    @property
    def unallocated(self) -> Decimal:
        """Of the project's budget, what no activity was given."""
        return self.budget - self.allocated


def overview(project: Project, now: datetime) -> BudgetOverview:
    """The project's money as it stands. Three queries, however long the ledger is."""
    today = now.astimezone(OFFICE_TZ).date()
    activities = list(project.activities.select_related("balance"))
    planned, paid = _by_month(Q(activity__project=project))
    period = fiscal_year(project.plan.fiscal_year)
    parts = [
        _activity_budget(one, getattr(one, "balance", None), planned[one.pk], paid[one.pk], period, today)
        for one in activities
    ]
    return BudgetOverview(
        budget=project.budget,
        allocated=_sum(part.allocated for part in parts),
        reserved=_sum(part.reserved for part in parts),
        committed=_sum(part.committed for part in parts),
        paid=_sum(part.paid for part in parts),
        months=_added(part.months for part in parts),
        forecast=Forecast(
            _sum(part.paid for part in parts),
            _sum(part.at_year_end - part.paid for part in (one.forecast for one in parts)),
            ZERO,
            _sum(part.allocated for part in parts),
        ),
        project=project,
        activities=parts,
    )


def budget_of(activity: Activity, now: datetime) -> ActivityBudget:
    """The money of one activity, which comes with its balance and its plan: two queries more."""
    planned, paid = _by_month(Q(activity=activity))
    return _activity_budget(
        activity,
        getattr(activity, "balance", None),
        planned[activity.pk],
        paid[activity.pk],
        fiscal_year(activity.project.plan.fiscal_year),
        now.astimezone(OFFICE_TZ).date(),
    )


def _by_month(which: Q) -> tuple[dict[int, dict[date, Decimal]], dict[int, dict[date, Decimal]]]:
    """By activity and month: what is planned, what was paid."""
    planned: dict[int, dict[date, Decimal]] = defaultdict(dict)
    paid: dict[int, dict[date, Decimal]] = defaultdict(dict)
    for month in ActivityMonth.objects.filter(which):
        planned[month.activity_id][month.first_on] = month.planned
    for spent in SpentMonth.objects.filter(which):
        paid[spent.activity_id][spent.first_on] = spent.paid
    return planned, paid


def _activity_budget(
    activity: Activity,
    balance: ActivityBalance | None,
    planned: dict[date, Decimal],
    paid: dict[date, Decimal],
    period: Period,
    today: date,
) -> ActivityBudget:
    balance = balance or ActivityBalance(activity=activity)
    this_month = month_of(today).first
    to_come = _sum(amount for first_on, amount in planned.items() if first_on > this_month)
    # What was dated before or after the year stands in its first or last month: nothing paid is left out.
    inside: dict[date, Decimal] = defaultdict(lambda: ZERO)
    last = month_of(period.last).first
    for first_on, amount in paid.items():
        inside[min(max(first_on, period.first), last)] += amount
    months = [
        MonthSpending(month.first, planned.get(month.first, ZERO), inside[month.first])
        for month in months_of(period)
    ]
    bound = balance.committed + balance.reserved
    return ActivityBudget(
        budget=activity.budget,
        allocated=balance.allocated,
        reserved=balance.reserved,
        committed=balance.committed,
        paid=balance.paid,
        months=months,
        forecast=Forecast(balance.paid, bound, to_come, balance.allocated),
        activity=activity,
    )


def _added(parts: Iterable[Sequence[MonthSpending]]) -> list[MonthSpending]:
    """Month by month, the sum of all activities."""
    columns = zip(*parts, strict=True)
    return [
        MonthSpending(column[0].first_on, _sum(m.planned for m in column), _sum(m.paid for m in column))
        for column in columns
    ]


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)
