"""Who leaves hands everything over; nothing is deleted, nothing falls asleep, twice is once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from complaints.models import Petition, RoutingRule, State
from office.models import CalendarFeed, Deadline, Event, Leaving, Notice, SavedView, User
from office.open_work import hangs_anything_on
from office.steps import Actor, StepRefused, open_steps, perform
from projectplan import leaving
from projectplan.leaving_counts import lines, subgroups_hanging_on
from tests import cast
from tests.api.cast import make_token

pytestmark = pytest.mark.django_db
NOW = cast.MORNING + timedelta(hours=2)


def asked(person: User, by: User, *receivers: User, **kwargs: object) -> Leaving:
    row = Leaving(person=person, asked_by=by, asked_at=NOW, **({"why": "resigned"} | kwargs))
    return leaving.ask(row, list(receivers))


def done(row: Leaving) -> Leaving:
    leaving.hand_over(row.pk, lambda: NOW)
    row.refresh_from_db()
    return row


def test_open_matters_go_to_the_colleagues_evenly(
    officer: User, colleague: User, head: User, administrator: User
) -> None:
    petitions = [cast.make_petition(owner=officer) for _ in range(45)]
    row = done(asked(officer, administrator, colleague, head))
    assert row.state == Leaving.State.ISSUED
    assert row.progress == 100
    assert sorted(row.shares.values()) == [22, 23]
    assert not hangs_anything_on(officer)
    assert Petition.objects.filter(owner__in=[colleague, head]).count() == len(petitions)
    event = Event.objects.filter(matter=petitions[0]).order_by("pk").last()
    assert event
    assert (event.step, event.actor) == ("succeed", administrator)
    assert event.reason == "รับช่วงงานเนื่องจากนางทัศนีย์ นิมิตสมานจิตต์ ลาออก"
    assert event.changes["owner"] == [str(officer), str(Petition.objects.get(pk=petitions[0].pk).owner)]


def test_what_the_matter_owes_goes_with_it(officer: User, colleague: User, administrator: User) -> None:
    petition = cast.make_petition(owner=officer)
    owed = Deadline.objects.unmet().get(matter=petition)
    before = owed.due_at
    assert owed.responsible == officer
    done(asked(officer, administrator, colleague))
    owed.refresh_from_db()
    assert (owed.responsible, owed.follower, owed.due_at) == (colleague, colleague, before)


def test_an_executives_orders_go_to_another_executive(
    officer: User, head: User, executive: User, administrator: User
) -> None:
    petition = cast.bring_to(
        cast.make_petition(owner=officer), State.SUBMITTED, officer=officer, head=head, executive=executive
    )
    successor = cast.make_executive("deputy")
    row = done(asked(executive, administrator, successor))
    assert row.state == Leaving.State.ISSUED
    assert Deadline.objects.unmet().filter(matter=petition, responsible=successor).exists()
    assert cast.fresh(petition).owner == officer


def test_each_colleague_is_told_once(officer: User, colleague: User, administrator: User) -> None:
    for _ in range(3):
        cast.make_petition(owner=officer)
    row = done(asked(officer, administrator, colleague))
    told = Notice.objects.filter(
        recipient=colleague, way=Notice.Way.APP, once_key__startswith=f"leaving:{row.pk}"
    )
    assert told.get().text == "งาน ๓ เรื่องของนางทัศนีย์ นิมิตสมานจิตต์ ซึ่งลาออก เป็นของท่านแล้ว"
    done(row)
    assert told.count() == 1


def test_the_account_opens_nothing_any_more(officer: User, colleague: User, administrator: User) -> None:
    browser = Client()
    browser.login(username=officer.username, password=cast.PASSWORD)
    browser.get("/today/")
    CalendarFeed.make(officer, NOW)
    token, _secret = make_token(made_by=officer)
    SavedView.objects.create(user=officer, page="complaints:petitions", name="ของฉัน", query="")
    row = done(asked(officer, administrator, colleague))
    assert row.state == Leaving.State.ISSUED
    officer.refresh_from_db()
    token.refresh_from_db()
    assert not officer.is_active
    assert token.withdrawn_at
    assert not UserSession.objects.filter(user=officer).exists()
    assert not CalendarFeed.objects.filter(user=officer).exists()
    assert SavedView.objects.filter(user=officer).exists()
    assert not Client().login(username=officer.username, password=cast.PASSWORD)
    assert browser.get("/today/").status_code == 302


def test_a_worker_that_is_killed_leaves_the_rest_to_the_next(
    officer: User, colleague: User, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(45):
        cast.make_petition(owner=officer)
    row = asked(officer, administrator, colleague)
    given = leaving._give

    def killed(row: Leaving, keys: list[int], *args: object) -> None:
        if row.shares:
            raise SystemExit
        given(row, keys, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(leaving, "_give", killed)
    with pytest.raises(SystemExit):
        leaving.hand_over(row.pk, lambda: NOW)
    row.refresh_from_db()
    assert (row.handed, row.state) == (20, Leaving.State.MAKING)
    officer.refresh_from_db()
    assert officer.is_active
    monkeypatch.undo()
    assert leaving.hand_over(row.pk, lambda: NOW) is None  # the lease still runs
    leaving.hand_over_waiting(lambda: NOW + timedelta(minutes=10))
    row.refresh_from_db()
    assert (row.handed, row.state) == (45, Leaving.State.ISSUED)
    assert Event.objects.filter(step="succeed").count() == 45


def test_nobody_chosen_for_a_subgroup_closes_nothing_and_says_so(
    officer: User, stranger: User, administrator: User
) -> None:
    petition = cast.make_petition(owner=officer)
    row = done(asked(officer, administrator, stranger))
    assert (row.state, row.left_over) == (Leaving.State.FAILED, [petition.pk])
    officer.refresh_from_db()
    assert officer.is_active
    assert cast.fresh(petition).owner == officer


def test_asking_twice_asks_once(officer: User, colleague: User, administrator: User) -> None:
    first = asked(officer, administrator, colleague)
    assert asked(officer, administrator, colleague).pk == first.pk


def test_who_moves_keeps_the_account_and_sits_elsewhere(
    officer: User, colleague: User, stranger: User, administrator: User
) -> None:
    cast.make_petition(owner=officer)
    done(asked(officer, administrator, colleague, why="moved", moves_to=stranger.subgroup))
    officer.refresh_from_db()
    assert officer.is_active
    assert officer.subgroup == stranger.subgroup


def test_rules_of_intake_name_the_colleague(officer: User, colleague: User, administrator: User) -> None:
    rule = RoutingRule.objects.create(category=cast.make_category(), officer=officer)
    done(asked(officer, administrator, colleague))
    rule.refresh_from_db()
    assert rule.officer == colleague


def test_nobody_takes_the_step_by_hand(officer: User, head: User, colleague: User) -> None:
    petition = cast.make_petition(owner=officer)
    for user in (officer, head, colleague):
        assert "succeed" not in {one.name for one in open_steps(petition, Actor(user=user))}
        with pytest.raises(StepRefused):
            perform(petition, "succeed", actor=Actor(user=user), seen=None, now=NOW, reason="ก", to=colleague)


def test_what_hangs_on_a_person_is_counted(officer: User, head: User, executive: User) -> None:
    cast.make_petition(owner=officer)
    cast.make_petition(owner=officer)
    assert list(subgroups_hanging_on(officer).values()) == [2]
    counts = {line.words: line.count for line in lines(officer, NOW)}
    assert next(iter(counts.values())) == 2
