"""The tallies: what they count, how long they hold, and that no step falls between a count and its mark."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import connection, transaction

from complaints import tallies
from complaints.models import MonthTally, Petition, State, TallyLine
from complaints.tallies import Counts, Dimension
from office.calendar import month, months_back
from office.models import Deadline, Province, User
from tests.cast import (
    make_agency,
    make_category,
    make_executive,
    make_head,
    make_officer,
    make_petition,
    take_step,
)
from tests.complaints.opinions import Desk, at

NOVEMBER = month(2009, 11)
FIRST = date(2009, 11, 1)
NOW = at(2009, 11, 19, 12)


@pytest.fixture
def desk(officer: User, head: User, executive: User) -> Desk:
    return Desk(officer, head, executive)


def counts_of(dimension: str, now: datetime = NOW) -> dict[str, Counts]:
    return tallies.by_key(tallies.read([NOVEMBER], [dimension], now), dimension)


def total(now: datetime = NOW) -> Counts:
    return tallies.total(tallies.read([NOVEMBER], [], now))


@pytest.mark.django_db
def test_every_dimension_counts_every_petition_once(desk: Desk) -> None:
    agency, bangkok = make_agency(), Province.objects.get(pk="10")
    fees, bullying = make_category("ค่าบำรุง"), make_category("การกลั่นแกล้ง")
    desk.closed(at(2009, 11, 2), channel=Petition.Channel.WEB, agency=agency, province=bangkok)
    in_time = desk.receive(at(2009, 11, 3), petition_kind=Petition.PetitionKind.HELP, province=bangkok)
    desk.put(in_time, at(2009, 11, 4), category=fees)
    desk.put(desk.receive(at(2009, 11, 5)), at(2009, 11, 10), category=bullying, why="ลาป่วย")
    desk.receive(at(2009, 11, 19, 9))
    assert total() == Counts(received=4, in_time=2, late=1, pending=1, unclosed=3)
    assert counts_of(Dimension.PROVINCE) == {"10": Counts(2, 2, 0, 0, 1), "": Counts(2, 0, 1, 1, 2)}
    assert counts_of(Dimension.AGENCY) == {str(agency.pk): Counts(1, 1), "": Counts(3, 1, 1, 1, 3)}
    assert counts_of(Dimension.CHANNEL) == {"web": Counts(1, 1), "letter": Counts(3, 1, 1, 1, 3)}
    assert counts_of(Dimension.KIND) == {"help": Counts(1, 1, 0, 0, 1), "complaint": Counts(3, 1, 1, 1, 2)}
    by_category = counts_of(Dimension.CATEGORY)
    assert by_category[str(fees.pk)] == Counts(1, 1, 0, 0, 1)
    assert by_category[str(bullying.pk)] == Counts(1, 0, 1, 0, 1)
    assert by_category[""] == Counts(1, 0, 0, 1, 1)


@pytest.mark.django_db
def test_the_tally_counts_as_the_register_asks(desk: Desk) -> None:
    desk.put(desk.receive(at(2009, 11, 3)), at(2009, 11, 4, 16, 30))  # at the very moment it is due
    desk.put(desk.receive(at(2009, 11, 3)), at(2009, 11, 4, 16, 31), why="ลาป่วย")
    desk.receive(at(2009, 11, 18))  # due on the 19th at 16:30
    desk.receive(at(2009, 11, 17))
    for now in (at(2009, 11, 19, 16, 30), at(2009, 11, 19, 16, 31)):
        counted = total(now)
        for standing in ("in_time", "late", "pending"):
            rows = Petition.objects.received_in(FIRST).with_standing(now).filter(standing=standing).count()
            assert getattr(counted, standing) == rows, (now, standing)


@pytest.mark.django_db
def test_a_promise_taken_back_is_received_and_nothing_else(petition: Petition) -> None:
    Deadline.objects.filter(matter=petition, kind=Deadline.Kind.OPINION).update(dropped_at=NOW)
    assert total() == Counts(received=1, unclosed=1)


@pytest.mark.django_db
def test_an_empty_month_counts_nothing_and_is_kept() -> None:
    assert total() == Counts()
    assert MonthTally.objects.get(month=FIRST).counted_at == NOW


@pytest.mark.django_db
def test_a_month_to_come_is_not_counted() -> None:
    assert tallies.read([month(2009, 12)], tallies.DETAILS, NOW) == []
    assert not MonthTally.objects.exists()


@pytest.mark.django_db
def test_while_they_hold_twelve_months_are_one_question(
    petition: Petition, django_assert_num_queries: Callable[[int], object]
) -> None:
    months = months_back(NOVEMBER, 12)
    first = tallies.read(months, tallies.DETAILS, NOW)
    with django_assert_num_queries(1):
        assert tallies.read(months, tallies.DETAILS, NOW) == first
    assert [counts.received for counts in tallies.by_month(first, months)] == [0] * 11 + [1]


@pytest.mark.django_db
def test_a_step_makes_its_month_be_counted_anew(desk: Desk) -> None:
    petition = desk.receive(at(2009, 11, 17))
    assert total().pending == 0
    assert total().late == 1
    desk.put(petition, at(2009, 11, 20), why="ลาป่วย")
    assert MonthTally.objects.get(month=FIRST).is_stale
    counted = counts_of(Dimension.CATEGORY, at(2009, 11, 20, 12))
    assert set(counted) == {str(make_category().pk)}


@pytest.mark.django_db
def test_the_clock_alone_makes_a_pending_opinion_late(desk: Desk) -> None:
    desk.receive(at(2009, 11, 18))
    assert total(at(2009, 11, 19, 16)).pending == 1
    assert MonthTally.objects.get(month=FIRST).holds_until == at(2009, 11, 19, 16, 30)
    assert total(at(2009, 11, 19, 16, 30)).pending == 1
    assert total(at(2009, 11, 19, 16, 31)).late == 1
    assert MonthTally.objects.get(month=FIRST).holds_until is None


@pytest.mark.django_db
def test_a_fresh_tally_is_not_counted_again(petition: Petition) -> None:
    counted_at = tallies.tally(FIRST, NOW).counted_at
    lines = set(TallyLine.objects.values_list("pk", flat=True))
    assert tallies.tally(FIRST, at(2009, 11, 19, 13)).counted_at == counted_at
    assert set(TallyLine.objects.values_list("pk", flat=True)) == lines


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("counted_before", [True, False])
def test_a_step_under_way_while_the_month_is_counted_is_not_lost(counted_before: bool) -> None:
    desk = Desk(make_officer(), make_head(), make_executive())
    petition = make_petition(owner=desk.officer, received_at=at(2009, 11, 17))
    words = {"summary": "ก", "opinion": "ข", "category": make_category()}
    take_step(petition, "summarise", desk.officer, now=at(2009, 11, 17, 11), **words)
    if counted_before:
        total()
        MonthTally.mark_stale(FIRST)
    else:
        MonthTally.objects.all().delete()
    counting = threading.Thread(target=_count_and_leave)
    with transaction.atomic():
        take_step(petition, "submit", desk.head, now=at(2009, 11, 18, 9), to=desk.executive)
        counting.start()
        counting.join(0.5)  # it waits for this transaction, on either database
    counting.join(60)
    assert not counting.is_alive()
    assert total() == Counts(received=1, in_time=1, unclosed=1)
    assert Petition.objects.get(pk=petition.pk).state == State.SUBMITTED


def _count_and_leave() -> None:
    try:
        tallies.tally(FIRST, NOW)
    finally:
        connection.close()
