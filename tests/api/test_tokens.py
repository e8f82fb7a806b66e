"""Tokens in the administrators' site: shown once, withdrawn at once, a year at most."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.models import ApiScope, ApiToken, User
from tests.api.cast import RESOURCES, ask, make_token

pytestmark = pytest.mark.django_db
LIST = "admin:office_apitoken_changelist"


@pytest.fixture
def root(client_for: Callable[[User], Client], administrator: User) -> Client:
    return client_for(administrator)


def filled_in(days: int, *scopes: ApiScope) -> dict[str, Any]:
    until = timezone.localtime() + timedelta(days=days)
    return {
        "name": "คลังข้อมูลกระทรวง",
        "scopes": [scope.value for scope in scopes],
        "expires_at_0": f"{until:%Y-%m-%d}",
        "expires_at_1": f"{until:%H:%M:%S}",
    }


def test_a_token_is_shown_once_and_reads(root: Client, client: Client) -> None:
    data = filled_in(30, ApiScope.BILLS)
    page = root.post(reverse("admin:office_apitoken_add"), data, follow=True).content.decode()
    (secret,) = re.findall(r"<code>(prasan_[\w-]+)</code>", page)
    assert ask(client, RESOURCES[ApiScope.BILLS], secret).status_code == 200
    assert ask(client, RESOURCES[ApiScope.PETITIONS], secret).status_code == 403
    token = ApiToken.objects.get()
    for address in (reverse(LIST), reverse("admin:office_apitoken_change", args=[token.pk])):
        assert secret not in root.get(address).content.decode()


@pytest.mark.parametrize("days", [-1, 400])
def test_a_token_is_for_a_year_at_most(root: Client, days: int) -> None:
    root.post(reverse("admin:office_apitoken_add"), filled_in(days, ApiScope.BILLS))
    assert not ApiToken.objects.exists()


def test_a_withdrawn_token_reads_nothing_from_then_on(
    root: Client, client: Client, administrator: User
) -> None:
    token, secret = make_token(ApiScope.BILLS, made_by=administrator)
    root.post(reverse(LIST), {"action": "withdraw", "_selected_action": [token.pk]})
    assert ask(client, RESOURCES[ApiScope.BILLS], secret).status_code == 401
    assert "เพิกถอนเมื่อ" in root.get(reverse(LIST)).content.decode()
