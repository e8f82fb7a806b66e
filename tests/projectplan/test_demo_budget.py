"""The demo's money: the year's figures to the satang, the same each time, with everything a ledger can hold."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from projectplan.budget import overview
from projectplan.demo.budget import leave_waiting, make_budgets
from projectplan.demo.people import make_people
from projectplan.ledger_proof import differences
from projectplan.loading import PLAN_2553, load_file
from projectplan.models import BudgetEntry, Project

pytestmark = [pytest.mark.once, pytest.mark.django_db]

YEAR_END = datetime.fromisoformat("2009-09-30T23:59:59+07:00")
MID_YEAR = datetime.fromisoformat("2010-03-10T10:00+07:00")


@pytest.fixture(autouse=True)
def office() -> None:
    load_file(PLAN_2553)
    make_people()


def test_the_year_2552_spends_what_the_plan_gave() -> None:
    make_budgets([2552], YEAR_END, with_papers=False)
    project = Project.objects.get(plan__fiscal_year=2552)
    money = overview(project, YEAR_END)
    assert [str(one.allocated) for one in money.activities] == [
        "146000.00", "30000.00", "10000.00", "0.00", "14000.00",
    ]  # fmt: skip
    assert [str(one.paid) for one in money.activities] == [
        "138050.50", "27360.50", "7700.00", "0.00", "13350.00",
    ]  # fmt: skip
    assert money.paid == sum((month.paid for month in money.months), Decimal(0)) == Decimal("186461.00")
    assert (money.committed, money.reserved, money.forecast.unspent) == (0, 0, Decimal("13539.00"))
    assert not list(differences(project))
    assert set(BudgetEntry.objects.values_list("kind", flat=True)) == set(BudgetEntry.Kind.values)


def test_in_the_middle_of_a_year_the_rest_is_still_to_come() -> None:
    make_budgets([2553], MID_YEAR, with_papers=False)
    money = overview(Project.objects.get(plan__fiscal_year=2553), MID_YEAR)
    assert str(money.paid) == "153071.00"
    assert money.forecast.at_year_end > money.paid
    assert money.forecast.at_year_end <= money.allocated


def test_made_again_it_stays_as_it_is() -> None:
    for _time in range(2):
        make_budgets([2552], YEAR_END, with_papers=False)
    assert BudgetEntry.objects.count() == 22


@pytest.mark.parametrize(
    ("moment", "kind"),
    [
        ("2009-10-01T00:30", "allocation"),
        ("2009-10-14T08:00", "allocation"),
        ("2009-10-15T08:00", "payment"),
        ("2010-03-10T10:00", "payment"),
        ("2010-09-30T17:00", "payment"),
    ],
)
def test_in_an_office_at_work_entries_of_several_officers_wait_for_the_head(moment: str, kind: str) -> None:
    now = datetime.fromisoformat(f"{moment}+07:00")
    make_budgets([2553], now, with_papers=False)
    for _time in range(2):
        leave_waiting(now, with_papers=False)
    waiting = list(BudgetEntry.objects.pending())
    assert [one.kind for one in waiting] == [kind, kind]
    assert len({one.entered_by_id for one in waiting}) == 2
    assert all(one.entered_at <= now and one.dated_on.year in (2009, 2010) for one in waiting)
    assert not list(differences(Project.objects.get(plan__fiscal_year=2553)))
