"""The door under attack: whose tries are counted together, what leads elsewhere, what must not stand in a log."""

from __future__ import annotations

import logging

import pytest
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import reverse

from office.accounts import OfficeAccountAdapter
from office.models import User
from tests.cast import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_tried_before")]
ELSEWHERE = [
    "//evil.example",
    "https://evil.example/",
    "\\\\evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "http:///evil.example",
    "///evil.example",
    "https:evil.example",
]


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("<script>", "10.0.0.1"),
    ],
)
def test_behind_a_proxy_each_caller_is_counted_for_itself(
    forwarded: str, address: str, settings: object
) -> None:
    settings.TRUSTED_PROXY_COUNT = 1
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert OfficeAccountAdapter(request).get_client_ip(request) == address


@pytest.mark.parametrize("there", ELSEWHERE)
def test_signing_in_leads_nowhere_else(there: str, executive: User) -> None:
    data = {"login": executive.username, "password": PASSWORD, "next": there}
    answer = Client().post(reverse("account_login"), data)
    assert (answer.status_code, answer.url) == (302, reverse("projectplan:today"))


def test_a_session_gets_another_key_when_somebody_signs_in(executive: User) -> None:
    client = Client()
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    client.post(reverse("account_login"), {"login": executive.username, "password": PASSWORD})
    assert client.cookies["sessionid"].value != planted
    assert not client.session.exists(planted)


def test_no_host_of_a_request_stands_in_a_letter(executive: User, settings: object) -> None:
    client = Client(HTTP_HOST="evil.example")
    assert client.post(reverse("account_reset_password"), {"email": executive.email}).status_code == 400
    assert mail.outbox == []


def test_neither_password_nor_the_key_of_a_new_one_stands_in_a_log(
    executive: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        Client().post(
            reverse("account_login"), {"login": executive.username, "password": "wrong-and-told-to-nobody"}
        )
        Client().post(reverse("account_login"), {"login": executive.username, "password": PASSWORD})
        Client().post(reverse("account_reset_password"), {"email": executive.email})
        (letter,) = mail.outbox
        address = next(word for word in letter.body.split() if "/reset/key/" in word)
        path = "/" + address.split("/", 3)[3]
        Client(enforce_csrf_checks=True).post(path)
    assert "/reset/key/…" in caplog.text
    assert path.split("/key/")[1].strip("/") not in caplog.text
    assert PASSWORD not in caplog.text
    assert "wrong-and-told-to-nobody" not in caplog.text
