"""Fifty people pay from the same money in the same instant: as many are paid as fit, the others are told no."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connections

from office.models import User
from projectplan import ledger
from projectplan.ledger import NotEnough, NotPending
from projectplan.ledger_proof import differences
from projectplan.models import Activity, ActivityBalance, BudgetEntry
from tests.cast import MORNING, make_head, make_officer
from tests.projectplan.budget_cast import Kind, activity_of, approved, enter, give, make_project

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 50
LEFT = Decimal(10_000)


def _pay(activity: Activity, amount: Decimal, officer: User, head: User, start: threading.Barrier) -> str:
    """Enter and approve one payment together with all the others, on a connection of one's own."""
    try:
        start.wait(timeout=60)
        entry = enter(activity, Kind.PAYMENT, amount, by=officer)
        ledger.approve(entry, by=head, now=MORNING)
    except NotEnough as refused:
        return "refused" if refused.left < amount else "refused for nothing"
    finally:
        connections.close_all()
    return "paid"


@pytest.mark.parametrize(
    ("amount", "fits"),
    [(Decimal("1000.00"), 10), (Decimal("333.33"), 30), (Decimal("200.00"), 50), (Decimal("10000.01"), 0)],
)
def test_of_fifty_payments_exactly_as_many_are_made_as_fit(amount: Decimal, fits: int) -> None:
    officer, head = make_officer(), make_head()
    project = make_project()
    press = activity_of(project, 2)
    give(press, LEFT, officer, head)
    start = threading.Barrier(WRITERS)
    with ThreadPoolExecutor(WRITERS) as pool:
        ways = [pool.submit(_pay, press, amount, officer, head, start) for _writer in range(WRITERS)]
        came_out = Counter(way.result(timeout=120) for way in ways)
    assert came_out == Counter(paid=fits, refused=WRITERS - fits)
    payments = BudgetEntry.objects.approved().filter(kind=Kind.PAYMENT)
    assert payments.count() == fits
    balance = ActivityBalance.objects.get(activity=press)
    assert (balance.paid, balance.left) == (amount * fits, LEFT - amount * fits)
    assert not list(differences(project))


def test_of_two_heads_that_decide_at_once_one_does() -> None:
    officer, head = make_officer(), make_head()
    other = make_head("wilai")
    seminar = activity_of(make_project(), 1)
    start = threading.Barrier(2)

    def decide(entry: BudgetEntry, by: User) -> str:
        try:
            start.wait(timeout=60)
            ledger.approve(entry, by=by, now=MORNING)
        except NotPending:
            return "too late"
        finally:
            connections.close_all()
        return "approved"

    with ThreadPoolExecutor(2) as pool:
        for turn in range(5):
            entry = enter(seminar, Kind.ALLOCATION, 100, by=officer)
            ways = [pool.submit(decide, entry, by) for by in (head, other)]
            assert sorted(way.result(timeout=60) for way in ways) == ["approved", "too late"]
            assert ActivityBalance.objects.get(activity=seminar).allocated == 100 * (turn + 1)


def test_a_commitment_paid_by_many_at_once_is_never_paid_twice() -> None:
    officer, head = make_officer(), make_head()
    project = make_project()
    seminar = activity_of(project, 1)
    give(seminar, LEFT, officer, head)
    bound = approved(seminar, Kind.COMMITMENT, 1000, by=officer, head=head)
    start = threading.Barrier(10)

    def use(_writer: int) -> str:
        try:
            start.wait(timeout=60)
            enter(seminar, Kind.PAYMENT, 300, by=officer, against=bound)
        except NotEnough:
            return "refused"
        finally:
            connections.close_all()
        return "entered"

    with ThreadPoolExecutor(10) as pool:
        assert Counter(pool.map(use, range(10))) == Counter(entered=3, refused=7)
    assert not list(differences(project))
