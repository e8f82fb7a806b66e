"""What holds for every address of the project, whoever asks: tokens against forgery, headers, no way for odd values."""

from __future__ import annotations

from typing import Any, Final

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from office.models import Role, User
from tests.cast import make_officer
from tests.office.test_sign_in import pages
from tests.security.asked import questions
from tests.security.rows import KEY, NO_KEY, address_of, named, words_of

pytestmark = pytest.mark.django_db
# They write nothing: the reader's own language, and an API that only reads, with a token instead of a cookie.
WITHOUT_TOKEN: Final = {"set_language"}
API: Final = "api:"


BEYOND_EVERY_COLUMN: Final = 10**25
# One page of each kind: signed in, public, a form for the public, the door, Django's own site, a machine's, a file,
# a feed, what is not there, what only takes POST.
KINDS: Final = {
    "signed in": "/personal/",
    "public": "/",
    "form": "/petition/",
    "door": "/accounts/login/",
    "administration": "/admin/",
    "machine": "/healthz",
    "file": "/documents/in/export/",
    "nothing": "/nothing-is-here/",
    "sent only": "/undo/",
}


def addresses(key: int = NO_KEY, *, keyless: bool = True, keyed: bool = True) -> list[tuple[str, str]]:
    """Every address once, the administrators' site aside; its key is of nothing."""
    return [
        (view, address_of(view, {**words_of(view, parts), **({KEY: key} if KEY in parts else {})}))
        for view, parts in sorted(named(), key=str)
        if (keyed if KEY in parts else keyless)
    ]


@pytest.fixture
def everybody(client: Client, db: None) -> Client:
    """The browser of one person who has every role."""
    person = make_officer()
    for role in Role:
        person.give_role(role)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.raise_request_exception = False
    return client


def status_of(client: Client, address: str, asked: dict[str, bytes] | None = None) -> int:
    answer: Any = client.get(address, asked)
    if answer.streaming:
        answer.getvalue()  # closes it; `close()` would close the connection too
    return answer.status_code


def test_no_view_but_the_language_and_the_reading_api_goes_without_a_token() -> None:
    exempt = {
        name
        for name, pattern in pages(get_resolver().url_patterns)
        if getattr(pattern.callback, "csrf_exempt", False) and not name.startswith(API)
    }
    assert exempt == WITHOUT_TOKEN


def test_nothing_is_taken_without_a_token() -> None:
    client = Client(enforce_csrf_checks=True)
    client.raise_request_exception = False
    taken = [
        f"{view}: {status}"
        for view, address in addresses()
        if view not in WITHOUT_TOKEN
        and (status := client.post(address).status_code)
        not in ({403, 405} if view.startswith(API) else {403})
    ]
    assert taken == []


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_no_method_goes_without_a_token(method: str) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.generic(method, reverse("account_login")).status_code == 403


def test_a_token_of_another_site_is_none(officer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    address = "/accounts/login/"
    data = {"csrfmiddlewaretoken": "a" * 32, "login": officer.username, "password": "x"}
    assert client.post(address, data, HTTP_ORIGIN="https://evil.example").status_code == 403
    assert client.post(address, data, HTTP_ORIGIN="http://testserver").status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_can_be_neither_framed_nor_scripted(kind: str, everybody: Client) -> None:
    assert lacking(everybody.get(KINDS[kind])) == []
    assert lacking(Client().get(KINDS[kind])) == []


def lacking(answer: HttpResponse) -> list[str]:
    policy = {
        name: sources.split()
        for name, _space, sources in (
            one.strip().partition(" ") for one in answer.get("Content-Security-Policy", "").split(";")
        )
    }
    if answer.streaming:
        answer.getvalue()
    wrong = {
        f"is an error: {answer.status_code}": answer.status_code >= 500,
        "may be framed": answer.get("X-Frame-Options") != "DENY"
        or policy.get("frame-ancestors") != ["'none'"],
        "is guessed at": answer.get("X-Content-Type-Options") != "nosniff",
        "tells where one came from": answer.get("Referrer-Policy")
        not in ("same-origin", "no-referrer", "strict-origin"),
        "runs scripts from elsewhere": policy.get("script-src") != ["'self'"],
        "takes styles from elsewhere": policy.get("style-src") != ["'self'"],
        "loads plug-ins": policy.get("object-src") != ["'none'"],
        "sends forms elsewhere": policy.get("form-action") != ["'self'"],
        "has another base": policy.get("base-uri") != ["'self'"],
    }
    return [fault for fault, is_so in wrong.items() if is_so]


ODD: Final = {
    "a raised two": "²",
    "beyond every column": str(BEYOND_EVERY_COLUMN),
    "half a letter": "\ud800\x00",
}


@pytest.mark.parametrize("kind", ODD)
def test_no_odd_value_is_an_error(kind: str, everybody: Client) -> None:
    odd = dict.fromkeys(questions(), ODD[kind].encode("utf-8", "surrogatepass"))
    asked = [(view, status_of(everybody, address, odd)) for view, address in addresses(keyed=False)]
    assert len(asked) > 100
    # `ready` says 503 by right: no clock ticks here.
    broken = [view for view, status in asked if status >= 500 and view != "ready"]
    assert broken == []


def test_no_odd_key_is_an_error(everybody: Client) -> None:
    asked = [
        (view, status_of(everybody, address))
        for view, address in addresses(BEYOND_EVERY_COLUMN, keyless=False)
    ]
    assert len(asked) > 100
    assert [(view, status) for view, status in asked if status >= 500] == []
