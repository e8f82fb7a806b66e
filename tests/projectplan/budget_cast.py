"""The money of the tests: the plan's project with what it gives to its activities, and entries by their kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from office.models import User
from projectplan import ledger
from projectplan.ledger import Paper
from projectplan.loading import PLAN_2553, load_file
from projectplan.models import Activity, ActivityBalance, BudgetEntry, Project
from tests.cast import MORNING, make_head, make_officer

Kind = BudgetEntry.Kind
DAY = date(2009, 11, 17)
_serial = count(1)


def make_project() -> Project:
    """The 200,000-baht project of fiscal year 2553, nothing given to its activities yet."""
    load_file(PLAN_2553)
    return Project.objects.get(plan__fiscal_year=2553)


def activity_of(project: Project, number: int) -> Activity:
    return project.activities.select_related("project").get(number=number)


def baht_of(amount: Any) -> Decimal:
    return Decimal(str(amount))


def paper(**kwargs: Any) -> Paper:
    kwargs.setdefault("dated_on", DAY)
    return Paper(number=kwargs.pop("number", f"ศธ ๐๑๐๐/{next(_serial)}"), **kwargs)


def enter(activity: Activity, kind: str, amount: Any, *, by: User, **kwargs: Any) -> BudgetEntry:
    """Written down, not decided yet."""
    given = kwargs.pop("paper", None) or paper(dated_on=kwargs.pop("dated_on", DAY))
    return ledger.enter(activity, kind, baht_of(amount), given, by=by, now=MORNING, **kwargs)


def approved(
    activity: Activity, kind: str, amount: Any, *, by: User, head: User, **kwargs: Any
) -> BudgetEntry:
    """Written down by one and approved by another."""
    return ledger.approve(enter(activity, kind, amount, by=by, **kwargs), by=head, now=MORNING)


def give(
    activity: Activity, amount: Any, officer: User | None = None, head: User | None = None
) -> BudgetEntry:
    """Money for an activity."""
    officer = officer or _either("thatsanee", make_officer)
    head = head or _either("sirirat", make_head)
    return approved(activity, Kind.ALLOCATION, amount, by=officer, head=head)


def _either(username: str, make: Callable[[], User]) -> User:
    return User.objects.filter(username=username).first() or make()


def standing(activity: Activity) -> tuple[str, str, str, str, str]:
    """Allocated, reserved, committed, paid, left."""
    row = ActivityBalance.objects.get(activity=activity)
    return tuple(str(one) for one in (row.allocated, row.reserved, row.committed, row.paid, row.left))  # type: ignore[return-value]
