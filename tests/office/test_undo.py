"""Undo: offered only where the path has a step that undoes; that step leaves an event like any other."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints.models import Petition
from complaints.models.link import PetitionLink
from office.models import User
from office.steps import Actor, perform
from office.undo import TAG, TooLate, offer, take_back
from tests.cast import fresh, make_category, make_petition, take_step

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


def step(petition: Petition, name: str) -> str:
    return reverse("complaints:step", args=[petition.pk, name])


def offer_on(page: str) -> str:
    found = re.search(r'name="offer" value="([^"]+)"', page)
    return found[1] if found else ""


def take(client: Client, petition: Petition, name: str, **given: object) -> str:
    """Take a step on its page; what the message then offers."""
    data = {"seen": fresh(petition).version, **given}
    answer = client.post(step(petition, name), data, follow=True)
    assert answer.status_code == 200
    return offer_on(answer.content.decode())


def undo(client: Client, sealed: str) -> str:
    return client.post(reverse("office:undo"), {"offer": sealed}, follow=True).content.decode()


def test_what_was_taken_is_given_up_again(client_for: ClientFor, officer: User) -> None:
    petition = make_petition()
    client = client_for(officer)
    sealed = take(client, petition, "take")
    assert fresh(petition).owner == officer
    assert "เลิกทำ" in undo(client, sealed)
    assert fresh(petition).owner is None
    assert [event.step for event in petition.events.order_by("pk")] == ["receive", "take", "release"]


def test_an_assigned_matter_goes_back_to_who_had_it(
    client_for: ClientFor, officer: User, colleague: User, head: User
) -> None:
    petition = make_petition(owner=officer)
    client = client_for(head)
    undo(client, take(client, petition, "assign", to=colleague.pk))
    assert fresh(petition).owner == officer
    assert petition.events.order_by("-pk")[0].step == "assign"


def test_one_that_nobody_had_goes_back_to_nobody(client_for: ClientFor, officer: User, head: User) -> None:
    petition = make_petition()
    client = client_for(head)
    undo(client, take(client, petition, "assign", to=officer.pk))
    assert fresh(petition).owner is None


def test_a_paused_matter_goes_on(client_for: ClientFor, officer: User, head: User) -> None:
    petition = make_petition(owner=officer)
    client = client_for(head)
    day = (timezone.localdate() + timedelta(days=20)).strftime("%d/%m/%Y")
    sealed = take(client, petition, "pause", until=day, reason="รอผลสอบ")
    assert fresh(petition).state == "paused"
    undo(client, sealed)
    assert fresh(petition).state == "received"


def test_a_link_is_removed_again_on_both_sides(client_for: ClientFor, officer: User) -> None:
    petition, other = make_petition(owner=officer), make_petition(owner=officer)
    client = client_for(officer)
    answer = client.post(
        reverse("complaints:link", args=[petition.pk]),
        {"seen": petition.version, "number": other.label},
        follow=True,
    )
    assert PetitionLink.between(petition, other).exists()
    undo(client, offer_on(answer.content.decode()))
    assert not PetitionLink.between(petition, other).exists()
    assert other.events.order_by("-pk")[0].step == "be_unlinked"


def test_what_no_step_undoes_is_not_offered(
    client_for: ClientFor, officer: User, colleague: User, head: User
) -> None:
    petition = make_petition(owner=officer)
    client = client_for(officer)
    # Whoever gave it away has no right to take it back.
    assert not take(client, petition, "hand_over", to=colleague.pk, reason="ลาพัก")
    given = {"summary": "สรุป", "opinion": "เห็นควร", "category": make_category().pk}
    assert not take(client_for(colleague), petition, "summarise", **given)


def test_what_has_moved_on_meanwhile_is_left_alone(client_for: ClientFor, officer: User, head: User) -> None:
    petition = make_petition()
    client = client_for(officer)
    sealed = take(client, petition, "take")
    take_step(petition, "correct", head, title="ชื่อเรื่องที่แก้แล้ว")
    assert "ไม่ได้เลิกทำ" in undo(client, sealed)
    assert fresh(petition).owner == officer


def test_an_offer_is_for_some_minutes_and_for_who_acted(officer: User, head: User) -> None:
    petition, now = make_petition(), timezone.now()
    event = perform(petition, "take", actor=Actor(user=officer), seen=petition.version, now=now)
    sealed = offer(petition, event, {}, officer, now=now).removeprefix(TAG)
    for who, at in ((head, now), (officer, now + timedelta(minutes=11))):
        with pytest.raises(TooLate):
            take_back(sealed, who, now=at)
    assert take_back(sealed, officer, now=now + timedelta(minutes=9)).owner_id is None


def test_a_second_click_undoes_once(client_for: ClientFor, officer: User) -> None:
    petition = make_petition()
    client = client_for(officer)
    sealed = take(client, petition, "take")
    undo(client, sealed)
    undo(client, sealed)
    assert petition.events.count() == 3


@pytest.mark.parametrize("sealed", ["", "x", "gAAAA"])
def test_a_made_up_offer_undoes_nothing(client_for: ClientFor, officer: User, sealed: str) -> None:
    assert "สายไปแล้ว" in undo(client_for(officer), sealed)
