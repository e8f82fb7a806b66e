"""Who carries how much: counts against promises made by hand, who needs help, who may see it, the rows behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.models import Deadline, Subgroup, User
from office.models.deadline import DeadlineKind
from projectplan.loading import PLAN_2553, load_file
from projectplan.views.glance import WORST_FIRST
from projectplan.workload import COUNT_CAP, PersonLoad, SubgroupLoad, loads
from tests.cast import make_head, make_officer, make_petition

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], Client]
NOW = datetime.fromisoformat("2026-11-25T10:00+07:00")


def owe(user: User, *hours: int) -> None:
    """Promises of one person, due so many hours from NOW."""
    pattern = Deadline.objects.filter(matter=make_petition(owner=user, received_at=NOW)).first()
    assert pattern
    Deadline.objects.filter(responsible=user).delete()
    Deadline.objects.bulk_create(
        Deadline(
            matter=pattern.matter,
            kind=DeadlineKind.OPINION,
            rule=pattern.rule,
            amount=1,
            unit=pattern.unit,
            calendar=pattern.calendar,
            start_at=NOW - timedelta(days=365),
            due_at=NOW + timedelta(hours=hour),
            responsible=user,
        )
        for hour in hours
    )


def load_of(subgroup: Subgroup, user: User) -> PersonLoad:
    found = next(one for one in loads([subgroup], NOW) if one.subgroup == subgroup)
    return next(person for person in found.people if person.key == user.pk)


def own(user: User) -> Subgroup:
    assert user.subgroup
    return user.subgroup


def test_what_is_late_due_today_and_open_is_told_apart(officer: User) -> None:
    owe(officer, -30, -1, 0, 5, 13, 14, 100)
    load = load_of(own(officer), officer)
    assert (load.late, load.today, load.unmet) == (2, 3, 7)  # the day ends fourteen hours after ten


def test_what_was_kept_or_taken_back_weighs_nothing(officer: User) -> None:
    owe(officer, -2, -1, 1)
    Deadline.objects.filter(due_at=NOW + timedelta(hours=-2)).update(met_at=NOW)
    Deadline.objects.filter(due_at=NOW + timedelta(hours=1)).update(dropped_at=NOW)
    load = load_of(own(officer), officer)
    assert (load.late, load.today, load.unmet) == (1, 0, 1)


def test_counting_stops_one_above_the_cap(officer: User) -> None:
    owe(officer, *[24 * day for day in range(10, 10 + COUNT_CAP + 20)])
    load = load_of(own(officer), officer)
    assert load.unmet == COUNT_CAP + 1
    assert load.cells[2][0] == "มากกว่า ๙๙"


def test_who_is_late_or_has_too_much_today_needs_help_the_worst_first(officer: User) -> None:
    late, busy, calm = make_officer("late"), make_officer("busy"), make_officer("calm")
    owe(late, -1, -2)
    owe(busy, 1, 2, 3, 4, 5)
    owe(calm, 1, 2, 3, 4, 100)
    owe(officer, -1)
    (load,) = loads([own(officer)], NOW)
    assert [person.key for person in load.in_need] == [late.pk, officer.pk, busy.pk]
    assert load.in_need[0].why == "เกินกำหนด ๒ เรื่อง"
    assert load.late_words == "เกินกำหนด ๓ เรื่อง"


def test_the_subgroups_late_number_is_that_of_its_rows(
    client_for: ClientFor, executive: User, officer: User
) -> None:
    owe(officer, -1, -2)
    Deadline.objects.filter(due_at=NOW + timedelta(hours=-2)).update(responsible=None)  # an agency's
    late = {one.subgroup: one for one in loads([own(officer)], NOW)}[own(officer)]
    assert late.late == 2
    assert len(client_for(executive).get(late.late_url).context["lines"]) == 2


# ── The executive's screen ──────────────────────────────────────────────────────────────────


def test_the_executives_screen_begins_with_what_waits_for_an_order(
    client_for: ClientFor, executive: User, officer: User
) -> None:
    owe(executive, 1, 2, 3, 4, 5, 6)
    context = client_for(executive).get(reverse("projectplan:glance")).context
    assert len(context["waiting"]) == 5
    assert context["more_wait"]


def test_the_executives_screen_is_the_executives(client_for: ClientFor, head: User, officer: User) -> None:
    for user in (head, officer):
        assert client_for(user).get(reverse("projectplan:glance")).status_code == 403


def test_the_executives_works_stand_with_the_worst_first(client_for: ClientFor, executive: User) -> None:
    load_file(PLAN_2553)
    late = make_petition(received_at=timezone.now() - timedelta(days=1))
    Deadline.objects.filter(matter=late).update(due_at=timezone.now() - timedelta(minutes=1))
    cards = client_for(executive).get(reverse("projectplan:glance_works")).context["cards"]
    assert len(cards) == 12
    assert cards[-1].tone == ""
    tones = [WORST_FIRST.index(card.tone) for card in cards]
    assert tones == sorted(tones)


def test_nobodys_matters_are_counted_apart(officer: User) -> None:
    make_petition(owner=None)
    (load,) = loads([own(officer)], NOW)
    assert load.unclaimed == 1
    assert isinstance(load, SubgroupLoad)


def test_a_head_sees_the_own_subgroup_an_executive_all_others_nothing(
    client_for: ClientFor, head: User, officer: User, executive: User
) -> None:
    address = reverse("projectplan:workload")
    assert [one.subgroup for one in client_for(head).get(address).context["loads"]] == [own(head)]
    everybodys = client_for(executive).get(address).context["loads"]
    assert [one.subgroup for one in everybodys] == list(Subgroup.objects.all())
    assert client_for(officer).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_every_number_leads_to_its_rows(client_for: ClientFor, head: User, officer: User) -> None:
    now = timezone.now()
    owe(officer, 1)
    Deadline.objects.filter(responsible=officer).update(due_at=now - timedelta(hours=1))
    client = client_for(head)
    (load,) = client.get(reverse("projectplan:workload")).context["loads"]
    person = next(one for one in load.people if one.key == officer.pk)
    texts = {show: client.get(person.address(show)).context["lines"] for show in ("late", "today", "open")}
    assert [len(lines) for lines in texts.values()] == [1, 0, 1]


def test_the_rows_of_another_subgroup_are_not_shown(client_for: ClientFor, head: User, officer: User) -> None:
    owe(officer, -1)
    stranger = make_head("stranger", subgroup=Subgroup.Code.POLITICS)
    page = client_for(stranger).get(reverse("projectplan:promises"), {"person": officer.pk, "show": "late"})
    assert page.context["lines"] == []


@pytest.mark.parametrize(
    "query", ["person=x", "person=99999999999999999999", "subgroup=none", "show=?&after=_"]
)
def test_a_senseless_question_has_an_answer(query: str, client_for: ClientFor, head: User) -> None:
    assert client_for(head).get(f"{reverse('projectplan:promises')}?{query}").status_code == 200


def test_the_pages_ask_little_however_many_people_and_promises(
    client_for: ClientFor,
    executive: User,
    officer: User,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    for number in range(6):
        owe(make_officer(f"person{number}"), -1, 1, 2)
    client = client_for(executive)
    with django_assert_max_num_queries(12):
        client.get(reverse("projectplan:workload"))
    load_file(PLAN_2553)
    client.get(reverse("projectplan:glance_works"))  # the first reader has the months counted
    for name in ("glance", "glance_works"):
        with django_assert_max_num_queries(12):
            client.get(reverse(f"projectplan:{name}"))
    with django_assert_max_num_queries(12):
        client.get(reverse("projectplan:promises"))
