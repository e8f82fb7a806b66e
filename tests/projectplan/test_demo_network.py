"""The network of a demo: complete, the same for the same seed, and no matter of the demo is about what it adds."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from office.models import Agency, Contact
from office.network import directory
from office.network_doubles import all_agencies_alike
from projectplan.demo.network import make_network
from projectplan.demo.room import agencies_of_matters
from tests.cast import MORNING

pytestmark = [pytest.mark.once, pytest.mark.django_db]


def people() -> list[Any]:
    return list(
        Contact.objects.order_by("pk").values_list("agency__name", "name", "role", "email", "confirmed_at")
    )


def test_the_network_has_the_bodies_of_the_plan() -> None:
    make_network(MORNING, seed=1)
    kinds = Counter(Agency.objects.in_use().values_list("kind", flat=True))
    assert (kinds["core"], kinds["area"], kinds["regional"]) == (5, 185, 13)
    assert Agency.objects.filter(kind="area", parent__short_name="สพฐ.").count() == 185
    printed = {part.kind: len(part.agencies) for part in directory(MORNING.date())}
    assert printed["area"] == 185
    assert all(one.contacts for one in directory(MORNING.date())[0].agencies)


def test_some_entries_are_old_some_people_have_left_and_one_body_stands_twice() -> None:
    make_network(MORNING, seed=1)
    now = Contact.objects.on(MORNING.date())
    assert 0 < now.unconfirmed(MORNING).count() < now.count() / 2
    assert Contact.objects.filter(until_on__lt=MORNING.date()).exists()
    assert len(all_agencies_alike()) == 1


def test_a_second_demo_has_the_same_people_and_its_matters_the_same_agencies() -> None:
    before = list(agencies_of_matters())
    make_network(MORNING, seed=1)
    first = people()
    assert list(agencies_of_matters()) == before
    Contact.objects.all().delete()
    make_network(MORNING, seed=1)
    assert people() == first
