"""The ledger of the project: what each entry does to the money, who may decide, and that nothing goes below zero."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import ProtectedError

from office.models import User
from projectplan import ledger
from projectplan.ledger import NotEnough, NotPending, NotReversible, NotTheSame, Short
from projectplan.ledger_proof import differences
from projectplan.models import Activity, ActivityBalance, BudgetEntry, OpenEntry, Project, SpentMonth
from tests.cast import MORNING
from tests.projectplan.budget_cast import (
    Kind,
    activity_of,
    approved,
    enter,
    give,
    make_project,
    paper,
    standing,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return make_project()


@pytest.fixture
def seminar(project: Project) -> Activity:
    return activity_of(project, 1)


def test_an_allocation_waits_until_another_approves_it(seminar: Activity, officer: User, head: User) -> None:
    entry = enter(seminar, Kind.ALLOCATION, "150000.00", by=officer)
    assert standing(seminar) == ("0.00", "0.00", "0.00", "0.00", "0.00")
    ledger.approve(entry, by=head, now=MORNING)
    assert standing(seminar) == ("150000.00", "0.00", "0.00", "0.00", "150000.00")


def test_what_waits_for_approval_is_held(seminar: Activity, officer: User, head: User) -> None:
    give(seminar, 1000, officer, head)
    enter(seminar, Kind.PAYMENT, "600.50", by=officer)
    assert standing(seminar) == ("1000.00", "600.50", "0.00", "0.00", "399.50")
    with pytest.raises(NotEnough) as refused:
        enter(seminar, Kind.PAYMENT, "399.51", by=officer)
    assert (refused.value.short, refused.value.left) == (Short.ACTIVITY, Decimal("399.50"))
    assert BudgetEntry.objects.filter(kind=Kind.PAYMENT).count() == 1


def test_turned_down_or_withdrawn_it_is_free_again(seminar: Activity, officer: User, head: User) -> None:
    give(seminar, 1000, officer, head)
    one, other = (enter(seminar, Kind.COMMITMENT, 500, by=officer) for _time in range(2))
    ledger.turn_down(one, by=head, now=MORNING, note="ไม่มีใบเสนอราคา")
    ledger.withdraw(other, by=officer, now=MORNING)
    assert standing(seminar)[-1] == "1000.00"


def test_nobody_approves_what_they_entered(seminar: Activity, head: User) -> None:
    entry = enter(seminar, Kind.ALLOCATION, 10, by=head)
    with pytest.raises(NotTheSame):
        ledger.approve(entry, by=head, now=MORNING)
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetEntry.objects.filter(pk=entry.pk).update(state="approved", decided_by=head, decided_at=MORNING)


def test_decided_once(seminar: Activity, officer: User, head: User) -> None:
    entry = give(seminar, 10, officer, head)
    with pytest.raises(NotPending):
        ledger.approve(entry, by=head, now=MORNING)
    assert standing(seminar)[0] == "10.00"


def test_a_second_click_writes_nothing_twice(seminar: Activity, officer: User) -> None:
    given = paper(once="a" * 32)
    one, other = (enter(seminar, Kind.ALLOCATION, 10, by=officer, paper=given) for _time in range(2))
    assert one.pk == other.pk


def test_a_commitment_is_paid_in_parts_and_the_rest_released(
    seminar: Activity, officer: User, head: User
) -> None:
    give(seminar, 1000, officer, head)
    bound = approved(seminar, Kind.COMMITMENT, 800, by=officer, head=head)
    assert standing(seminar) == ("1000.00", "0.00", "800.00", "0.00", "200.00")
    approved(seminar, Kind.PAYMENT, 500, by=officer, head=head, against=bound)
    assert standing(seminar) == ("1000.00", "0.00", "300.00", "500.00", "200.00")
    with pytest.raises(NotEnough) as refused:
        enter(seminar, Kind.PAYMENT, "300.01", by=officer, against=bound)
    assert (refused.value.short, refused.value.left) == (Short.OPEN, Decimal("300.00"))
    approved(seminar, Kind.RELEASE, 300, by=officer, head=head, against=bound)
    assert standing(seminar) == ("1000.00", "0.00", "0.00", "500.00", "500.00")


def test_a_refund_gives_back_no_more_than_was_paid(seminar: Activity, officer: User, head: User) -> None:
    give(seminar, 1000, officer, head)
    payment = approved(seminar, Kind.PAYMENT, 400, by=officer, head=head)
    approved(seminar, Kind.REFUND, 150, by=officer, head=head, against=payment)
    assert standing(seminar)[3:] == ("250.00", "750.00")
    with pytest.raises(NotEnough):
        enter(seminar, Kind.REFUND, 251, by=officer, against=payment)


def test_a_transfer_moves_what_is_left_to_another_activity(
    project: Project, seminar: Activity, officer: User, head: User
) -> None:
    press = activity_of(project, 2)
    give(seminar, 1000, officer, head)
    entry = enter(seminar, Kind.TRANSFER, 300, by=officer, to_activity=press)
    assert (standing(seminar)[-1], standing(press)[-1]) == ("700.00", "0.00")
    ledger.approve(entry, by=head, now=MORNING)
    assert (standing(seminar)[0], standing(press)[0]) == ("700.00", "300.00")


def test_the_project_gives_no_more_than_its_budget(project: Project, officer: User, head: User) -> None:
    give(activity_of(project, 1), 190000, officer, head)
    with pytest.raises(NotEnough) as refused:
        enter(activity_of(project, 2), Kind.ALLOCATION, "10000.01", by=officer)
    assert (refused.value.short, refused.value.left) == (Short.PROJECT, Decimal("10000.00"))


@pytest.mark.parametrize("kind", [Kind.ALLOCATION, Kind.COMMITMENT, Kind.PAYMENT, Kind.TRANSFER])
def test_a_reversal_undoes_what_its_entry_did(
    project: Project, seminar: Activity, officer: User, head: User, kind: str
) -> None:
    give(seminar, 1000, officer, head)
    before = standing(seminar)
    to = activity_of(project, 2) if kind == Kind.TRANSFER else None
    wrong = approved(seminar, kind, 300, by=officer, head=head, to_activity=to)
    assert standing(seminar) != before
    ledger.approve(ledger.reverse(wrong, paper(), by=officer, now=MORNING), by=head, now=MORNING)
    assert standing(seminar) == before
    assert not list(differences(project))


@pytest.mark.parametrize("kind", [Kind.PAYMENT, Kind.RELEASE])
def test_reversing_what_used_a_commitment_binds_it_again(
    project: Project, seminar: Activity, officer: User, head: User, kind: str
) -> None:
    give(seminar, 1000, officer, head)
    bound = approved(seminar, Kind.COMMITMENT, 500, by=officer, head=head)
    wrong = approved(seminar, kind, 200, by=officer, head=head, against=bound)
    ledger.approve(ledger.reverse(wrong, paper(), by=officer, now=MORNING), by=head, now=MORNING)
    assert standing(seminar) == ("1000.00", "0.00", "500.00", "0.00", "500.00")
    assert OpenEntry.objects.get(entry=bound).amount == 500
    assert not list(differences(project))


def test_a_reversed_refund_takes_the_money_again(
    project: Project, seminar: Activity, officer: User, head: User
) -> None:
    give(seminar, 1000, officer, head)
    payment = approved(seminar, Kind.PAYMENT, 1000, by=officer, head=head)
    refund = approved(seminar, Kind.REFUND, 100, by=officer, head=head, against=payment)
    ledger.approve(ledger.reverse(refund, paper(), by=officer, now=MORNING), by=head, now=MORNING)
    assert standing(seminar)[3:] == ("1000.00", "0.00")
    assert not list(differences(project))


def test_what_is_used_already_is_not_reversed(seminar: Activity, officer: User, head: User) -> None:
    allocation = give(seminar, 1000, officer, head)
    bound = approved(seminar, Kind.COMMITMENT, 500, by=officer, head=head)
    approved(seminar, Kind.PAYMENT, 1, by=officer, head=head, against=bound)
    with pytest.raises(NotEnough) as used:
        ledger.reverse(bound, paper(), by=officer, now=MORNING)
    assert used.value.short == Short.USED
    with pytest.raises(NotEnough):
        ledger.reverse(allocation, paper(), by=officer, now=MORNING)


def test_an_entry_is_reversed_once_and_a_reversal_never(seminar: Activity, officer: User, head: User) -> None:
    entry = give(seminar, 1000, officer, head)
    undoing = ledger.reverse(entry, paper(), by=officer, now=MORNING)
    with pytest.raises(NotReversible):
        ledger.reverse(entry, paper(), by=officer, now=MORNING)
    ledger.approve(undoing, by=head, now=MORNING)
    with pytest.raises(NotReversible):
        ledger.reverse(undoing, paper(), by=officer, now=MORNING)


def test_an_entry_that_waits_is_not_reversed(seminar: Activity, officer: User) -> None:
    with pytest.raises(NotReversible):
        ledger.reverse(enter(seminar, Kind.ALLOCATION, 5, by=officer), paper(), by=officer, now=MORNING)


def test_a_month_shows_what_was_paid_less_what_came_back(
    seminar: Activity, officer: User, head: User
) -> None:
    give(seminar, 1000, officer, head)
    payment = approved(seminar, Kind.PAYMENT, "0.30", by=officer, head=head)
    approved(seminar, Kind.REFUND, "0.10", by=officer, head=head, against=payment)
    assert SpentMonth.objects.get(activity=seminar).paid == Decimal("0.20")  # no floating 0.19999…


def test_the_database_changes_no_entry(seminar: Activity, officer: User, head: User) -> None:
    entry = give(seminar, 1000, officer, head)
    waiting = enter(seminar, Kind.PAYMENT, 5, by=officer)
    for row, change in (
        (entry, {"note": "แก้"}),
        (waiting, {"amount": Decimal(4)}),
        (entry, {"state": "pending"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            BudgetEntry.objects.filter(pk=row.pk).update(**change)


def test_the_database_deletes_no_entry(seminar: Activity, officer: User, head: User) -> None:
    entry = enter(seminar, Kind.ALLOCATION, 5, by=officer)
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.delete()
    with pytest.raises(ProtectedError):
        seminar.delete()


def test_the_database_lets_no_balance_go_below_zero(seminar: Activity, officer: User, head: User) -> None:
    give(seminar, 10, officer, head)
    rows = ActivityBalance.objects.filter(activity=seminar)
    for change in ({"paid": Decimal("10.01")}, {"paid": Decimal(-1)}, {"allocated": Decimal(-1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)


def test_the_proof_finds_a_balance_that_its_entries_do_not_add_up_to(
    project: Project, seminar: Activity, officer: User, head: User
) -> None:
    give(seminar, 10, officer, head)
    assert not list(differences(project))
    ActivityBalance.objects.filter(activity=seminar).update(paid=Decimal(1))
    (found,) = differences(project)
    assert (found.column, found.kept, found.counted) == ("paid", Decimal(1), Decimal(0))
