"""Who tries what the tests of this folder hand in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from office.models import Role, User
from tests.cast import make_officer


@pytest.fixture
def nobody_tried_before() -> None:
    """What other tests tried at the door from the same address counts no more."""
    cache.clear()


@pytest.fixture
def reader(client_for: Callable[[User], Client]) -> Client:
    """The browser of one person who has every role; an error is an answer."""
    person = make_officer()
    for role in Role:
        person.give_role(role)
    client = client_for(person)
    client.raise_request_exception = False
    return client
