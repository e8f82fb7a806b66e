"""Signing in: who may, what it takes, and that every page asks for it unless it says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings

from office.models import Role, User
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db

# What a stranger may open: the door, the sign-in pages, and the public's own pages.
PUBLIC = {
    "alive",
    "ready",
    "metrics",
    "contact:own",
    "survey_links:answer",
    "set_language",
    "petition:new",
    "petition:receipt",
    "petition:follow",
    "petition:answer",
    "petition:satisfaction",
    "petition:draft",
    "petition:draft_save",
    "petition:draft_kept",
    "petition:blank_forms",
    "petition:blank_form",
    "agency:answer",
    "feeds:personal",
    "parliament_links:ask",
    "parliament_links:told",
    "preview:article",
    "preview:picture",
    "publicrelations_links:invited",
    "publicrelations_links:invited_calendar",
    "publicrelations_links:invited_paper",
    # The API: its page, its document, and resources that ask for a token instead.
    "api:api-root",
    "api:document",
    "api:petitions",
    "api:meetings",
    "api:interpellations",
    "api:bills",
    "api:articles",
    "api:engagements",
    "api:journals",
    "api:press_conferences",
    "api:indicators",
    # The public site, whole.
    "open_data:datasets",
    "open_data:dataset",
    "open_data:file",
    "open_data:catalogue",
    "site:home",
    "office:help",
    "office:help_citizen",
    "site:news",
    "site:search",
    "site:archive",
    "site:month",
    "site:category",
    "site:tag",
    "site:article",
    "site:file",
    "site:picture",
    "site:journals",
    "site:journal",
    "site:journal_pages",
    "site:journal_cover",
    "site:press",
    "site:conference",
    "site:about",
    "site:petitions",
    "site:follow",
    "site:rss",
    "site:atom",
    "site:category_rss",
    "site:category_atom",
    "site:sitemap",
    "site:sitemap_standing",
    "site:sitemap_month",
    "site:robots",
}


def pages(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from pages(pattern.url_patterns, inner)
        elif pattern.name:
            yield f"{namespace}{pattern.name}", pattern


def is_public(view: Callable[..., object]) -> bool:
    return not getattr(view, "login_required", True)


def test_only_the_pages_named_here_are_open_to_strangers() -> None:
    own = {
        name: pattern
        for name, pattern in pages(get_resolver().url_patterns)
        if not name.startswith(("admin:", "account_", "mfa_", "usersessions_", "socialaccount"))
    }
    assert {name for name, pattern in own.items() if is_public(pattern.callback)} <= PUBLIC
    assert len(own) > 20


def test_a_stranger_is_led_to_sign_in_and_back() -> None:
    answer = Client().get(reverse("projectplan:today"))
    assert answer.status_code == 302
    assert answer.url == f"{reverse('account_login')}?next={reverse('projectplan:today')}"


@pytest.mark.parametrize("name", ["thatsanee", "thatsanee@office.example"])
def test_signs_in_by_user_name_or_e_mail(name: str, officer: User) -> None:
    client = Client()
    answer = client.post(reverse("account_login"), {"login": name, "password": PASSWORD})
    assert answer.status_code == 302
    assert client.get(reverse("projectplan:today")).status_code == 200


def test_a_wrong_password_says_so_in_thai_and_keeps_the_name(officer: User) -> None:
    answer = Client().post(reverse("account_login"), {"login": "thatsanee", "password": "ผิด"})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "ไม่ถูกต้อง" in text
    assert 'value="thatsanee"' in text


def test_an_account_switched_off_cannot_sign_in(officer: User) -> None:
    officer.is_active = False
    officer.save()
    client = Client()
    client.post(reverse("account_login"), {"login": "thatsanee", "password": PASSWORD})
    assert client.get(reverse("projectplan:today")).status_code == 302


def test_nobody_signs_up() -> None:
    client = Client()
    data = {"username": "x", "email": "x@example.com", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), data)
    assert not User.objects.filter(username="x").exists()


def test_a_forgotten_password_is_reset_by_a_letter_in_thai(officer: User) -> None:
    Client().post(reverse("account_reset_password"), {"email": officer.email})
    (letter,) = mail.outbox
    assert letter.to == [officer.email]
    assert "รหัสผ่าน" in letter.subject


class Impatient(EmailBackend):
    """Keeps letters, and how long it was told to wait for the mail server."""

    told: ClassVar[list[float | None]] = []

    def __init__(self, *args: Any, timeout: float | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told.append(timeout)


def test_a_page_does_not_wait_for_the_mail_server_as_long_as_the_outbox(
    officer: User, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Impatient"
    Client().post(reverse("account_reset_password"), {"email": officer.email})
    assert Impatient.told == [20]
    assert len(mail.outbox) == 1
    settings.EMAIL_TIMEOUT = 5
    Client().post(reverse("account_reset_password"), {"email": "nobody@office.example"})
    assert Impatient.told == [20, 5]


def test_an_unknown_address_is_answered_alike(officer: User) -> None:
    known = Client().post(reverse("account_reset_password"), {"email": officer.email})
    unknown = Client().post(reverse("account_reset_password"), {"email": "nobody@office.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_a_role_that_needs_a_second_step_opens_nothing_without_one(
    settings: object, head: User, officer: User, client_for: Callable[[User], Client]
) -> None:
    settings.MFA_REQUIRED_ROLES = [Role.HEAD.value]
    answer = client_for(head).get(reverse("projectplan:today"))
    assert (answer.status_code, answer.url) == (302, reverse("mfa_activate_totp"))
    assert client_for(officer).get(reverse("projectplan:today")).status_code == 200


def test_sign_in_is_slowed_after_many_wrong_passwords(officer: User) -> None:
    client = Client()
    for _attempt in range(12):
        answer = client.post(reverse("account_login"), {"login": "thatsanee", "password": "ผิด"})
    answer = client.post(reverse("account_login"), {"login": "thatsanee", "password": PASSWORD})
    assert client.get(reverse("projectplan:today")).status_code == 302
    assert answer.status_code in (200, 429)


@pytest.mark.parametrize("own", ["203.0.113.7", "2001:db8:7::1"])
def test_who_fails_to_sign_in_behind_our_proxy_keeps_nobody_else_out(
    own: str, colleague: User, settings: Settings
) -> None:
    settings.TRUSTED_PROXY_COUNT = 1
    wrong = {"login": "nobody-of-ours", "password": "ผิด-ผิด-2553"}
    right = {"login": colleague.username, "password": PASSWORD}

    def tries(given: dict[str, str], address: str) -> int:
        heads = {"X-Forwarded-For": address}
        return Client().post(reverse("account_login"), given, headers=heads).status_code

    for _time in range(30):
        tries(wrong, "198.51.100.1")
    assert tries(right, "198.51.100.1") != 302
    assert tries(right, own) == 302


def test_whoever_tries_without_pause_is_told_in_thai_when_to_come_again(db: None, settings: Settings) -> None:
    settings.TRUSTED_PROXY_COUNT = 1  # so that this address is refused, and not that of the other tests
    heads = {"X-Forwarded-For": "198.51.100.77"}
    given = {"login": "nobody-at-all", "password": "ผิด-ผิด-2553"}
    answers = (Client().post(reverse("account_login"), given, headers=heads) for _time in range(60))
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert "ลองบ่อยเกินไป" in refused.content.decode()
    assert int(refused["Retry-After"]) >= 60
