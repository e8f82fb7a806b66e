"""The tallies: what they count, how long they hold, and that no step falls between a count and its mark."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import connection, transaction

from complaints import tallies
from complaints.models import MonthTally, Petition, RelatedMatter, State, TallyLine
from complaints.tallies import Counts, Dimension
from office.calendar import month, months_back
from office.models import Deadline, Matter, Province, User
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
from tests.complaints.related_cast import Kind, carry_to, make_related

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
    counted_at = tallies.KEEPER.tally(FIRST, NOW, Matter.Kind.PETITION).counted_at
    lines = set(TallyLine.objects.values_list("pk", flat=True))
    assert tallies.KEEPER.tally(FIRST, at(2009, 11, 19, 13), Matter.Kind.PETITION).counted_at == counted_at
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
        MonthTally.mark_stale(Matter.Kind.PETITION, FIRST)
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
        tallies.KEEPER.tally(FIRST, NOW, Matter.Kind.PETITION)
    finally:
        connection.close()


# ── Related matters ─────────────────────────────────────────────────────────────────────────


def related(now: datetime = NOW) -> dict[str, Counts]:
    figures = tallies.read([NOVEMBER], [Dimension.RELATED_KIND], now, Matter.Kind.RELATED)
    by_kind = tallies.by_key(figures, Dimension.RELATED_KIND)
    assert sum(by_kind.values(), Counts()) == tallies.total(figures)
    return by_kind


@pytest.mark.django_db
def test_related_matters_are_counted_apart_from_petitions(desk: Desk) -> None:
    people = {"officer": desk.officer, "head": desk.head, "executive": desk.executive}
    desk.receive(at(2009, 11, 17))
    report = make_related(Kind.REPORT, received_at=at(2009, 11, 3), owner=desk.officer)
    carry_to(report, State.CLOSED, now=at(2009, 11, 3, 14), **people)
    make_related(Kind.TORT, received_at=at(2009, 11, 17), owner=desk.officer)
    make_related(Kind.TORT, received_at=at(2009, 11, 18), owner=desk.officer)
    make_related(Kind.TORT, received_at=at(2009, 12, 1, 0), owner=desk.officer)
    assert related() == {"report": Counts(1, 1), "tort": Counts(2, 0, 1, 1, 2)}
    assert total() == Counts(received=1, late=1, unclosed=1)


@pytest.mark.django_db
def test_the_tally_of_related_matters_counts_as_their_register_asks(desk: Desk) -> None:
    for day in (3, 17, 18):
        make_related(Kind.REPORT, received_at=at(2009, 11, day), owner=desk.officer)
    for now in (at(2009, 11, 19, 16, 30), at(2009, 11, 19, 16, 31)):
        counted = related(now)["report"]
        for standing in ("late", "pending"):
            rows = RelatedMatter.objects.received_in(NOVEMBER).with_standing(now).filter(standing=standing)
            assert getattr(counted, standing) == rows.count(), (now, standing)


@pytest.mark.django_db
def test_a_related_matter_that_moves_makes_only_its_own_register_be_counted_anew(desk: Desk) -> None:
    desk.receive(at(2009, 11, 17))
    matter = make_related(Kind.REPORT, received_at=at(2009, 11, 18), owner=desk.officer)
    assert related()["report"].pending == 1
    counted_at = tallies.KEEPER.tally(FIRST, NOW, Matter.Kind.PETITION).counted_at
    people = {"officer": desk.officer, "head": desk.head, "executive": desk.executive}
    carry_to(matter, State.SUBMITTED, now=at(2009, 11, 19, 13), **people)
    stale = dict(MonthTally.objects.values_list("matter_kind", "is_stale"))
    assert stale == {Matter.Kind.PETITION: False, Matter.Kind.RELATED: True}
    later = at(2009, 11, 19, 14)
    assert related(later)["report"] == Counts(received=1, in_time=1, unclosed=1)
    assert tallies.KEEPER.tally(FIRST, later, Matter.Kind.PETITION).counted_at == counted_at


@pytest.mark.django_db
def test_a_pending_opinion_on_a_related_matter_grows_late_by_the_clock_alone(desk: Desk) -> None:
    make_related(Kind.REPORT, received_at=at(2009, 11, 18), owner=desk.officer)
    assert related(at(2009, 11, 19, 16))["report"].pending == 1
    assert related(at(2009, 11, 19, 16, 31))["report"].late == 1


@pytest.mark.django_db
def test_the_figures_of_related_matters_are_one_question_while_they_hold(
    desk: Desk, django_assert_num_queries: Callable[[int], object]
) -> None:
    make_related(Kind.REPORT, received_at=at(2009, 11, 18), owner=desk.officer)
    months = months_back(NOVEMBER, 12)
    first = tallies.read(months, [Dimension.RELATED_KIND], NOW, Matter.Kind.RELATED)
    with django_assert_num_queries(1):
        assert tallies.read(months, [Dimension.RELATED_KIND], NOW, Matter.Kind.RELATED) == first
