"""What would leave the office for a Sentry: kinds of faults and places in the program, and nothing of anybody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sentry_sdk
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from office import sentry
from office.models import User

NAME = "นายสมชาย ใจดี"
NUMBER_OF_A_PERSON = "1234567890121"
SECRET = "Zm9vYmFyLXNlY3JldC1vZi1hLWxpbms"


class Caught(Transport):
    """Keeps what would have been sent."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Any] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.events += [item.payload.json for item in envelope.items]


@pytest.fixture
def caught() -> Iterator[Caught]:
    transport = Caught()
    sentry.start("https://key@sentry.example.org/1", "1.0.0", environment="test", transport=transport)
    yield transport
    sentry_sdk.get_client().close()
    sentry_sdk.init()


def test_a_fault_on_a_page_is_told_without_name_token_number_address_or_query(
    officer: User, caught: Caught, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        name, number = NAME, NUMBER_OF_A_PERSON
        get_user_model().objects.filter(username=number).exists()
        raise ValueError(f"{name} {number}")

    monkeypatch.setattr("projectplan.views.health.system_facts.look_at_queue", broken)
    client = Client(raise_request_exception=False, headers={"authorization": f"Bearer {SECRET}"})
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/readyz", {"secret": SECRET, "name": NAME})
    (event,) = caught.events
    said = json.dumps(event, ensure_ascii=False)
    for kept in (NAME, NUMBER_OF_A_PERSON, SECRET, officer.username, client.cookies["sessionid"].value):
        assert kept not in said
    assert not sentry_sdk.get_client().should_send_default_pii()
    assert event["release"] == "1.0.0"
    assert event["transaction"] == "/readyz"
    (fault,) = event["exception"]["values"]
    assert fault["type"] == "ValueError"
    assert fault["stacktrace"]["frames"][-1]["function"] == "broken"
    assert not {"request", "user", "extra", "logentry", "server_name", "tags"} & set(event)


def test_breadcrumbs_say_that_something_happened_and_not_what(db: None, caught: Caught) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s", [NUMBER_OF_A_PERSON])
    sentry_sdk.add_breadcrumb(category="office", message=NAME, data={"number": NUMBER_OF_A_PERSON})
    sentry_sdk.set_user({"id": 1, "username": NAME})
    try:
        raise LookupError(NAME)
    except LookupError as fault:
        sentry_sdk.capture_exception(fault)
    (event,) = caught.events
    said = json.dumps(event, ensure_ascii=False)
    assert NAME not in said
    assert NUMBER_OF_A_PERSON not in said
    assert {"office"} <= {one.get("category") for one in event["breadcrumbs"]["values"]}


def test_the_words_of_a_chained_fault_stay_too(caught: Caught) -> None:
    try:
        try:
            raise KeyError(NUMBER_OF_A_PERSON)
        except KeyError as first:
            raise ValueError(NAME) from first
    except ValueError as fault:
        sentry_sdk.capture_exception(fault)
    (event,) = caught.events
    assert [one["type"] for one in event["exception"]["values"]] == ["KeyError", "ValueError"]
    assert NUMBER_OF_A_PERSON not in json.dumps(event)


def test_a_message_that_is_no_fault_does_not_leave(caught: Caught) -> None:
    sentry_sdk.capture_message(NAME)
    assert caught.events == []
