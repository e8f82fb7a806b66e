"""Each request has one line that a machine reads, and no line holds a secret, an address or what somebody typed."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from structlog.contextvars import get_contextvars

from office import logs, requests
from office.models import User

Lines = Callable[[], list[dict[str, Any]]]
SECRET = "Zm9vYmFyLXNlY3JldC1vZi1hLWxpbms"
NUMBER_OF_A_PERSON = "1234567890121"


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What production would have written."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.formatter(logs.JSON))
    handler.addFilter(logs.MaskLinks())
    root, own = logging.getLogger(), logging.getLogger("office.requests")
    root.addHandler(handler)
    own.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    own.setLevel(logging.NOTSET)
    root.removeHandler(handler)


def finished(lines: Lines) -> dict[str, Any]:
    (line,) = [line for line in lines() if line["event"] == "request_finished"]
    return line


def test_the_line_of_a_request_names_its_route_its_person_by_key_and_its_cost(
    officer: User, client_for: Callable[[User], Client], lines: Lines
) -> None:
    answer = client_for(officer).get("/petitions/?q=สมชาย")
    line = finished(lines)
    assert (line["method"], line["route"], line["status"]) == ("GET", "petitions/", 200)
    assert line["user_id"] == officer.pk
    assert line["queries"] > 2
    assert line["duration_ms"] > 0
    assert line["request_id"] == answer["X-Request-ID"]
    assert "สมชาย" not in json.dumps(line, ensure_ascii=False)
    assert officer.display_name not in json.dumps(line, ensure_ascii=False)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/a/{}/", "/p/ask/{}/", "/c/{}/office.ics", "/n/{}/", "/s/{}/", "/w/{}/"])
def test_the_secret_of_a_link_stands_in_no_line(client: Client, lines: Lines, path: str) -> None:
    client.get(path.format(SECRET), {"name": NUMBER_OF_A_PERSON})
    said = json.dumps(lines())
    assert SECRET not in said
    assert NUMBER_OF_A_PERSON not in said
    assert finished(lines)["status"] in (200, 404, 410)


@pytest.mark.django_db
def test_an_address_that_fits_no_route_is_not_written(client: Client, lines: Lines) -> None:
    client.get(f"/nowhere/{NUMBER_OF_A_PERSON}")
    assert NUMBER_OF_A_PERSON not in json.dumps(lines())


@pytest.mark.django_db
def test_a_line_about_a_public_page_costs_no_query(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        client.get("/healthz")


def test_a_secret_that_any_library_writes_is_masked(lines: Lines) -> None:
    logging.getLogger("some.library").warning("asked for %s", f"/a/{SECRET}/")
    (line,) = lines()
    assert line["event"] == "asked for /a/…/"


def test_of_a_fault_its_kind_and_places_are_written_and_not_its_words(lines: Lines) -> None:
    try:
        raise IntegrityError(f"Key (thai_id)=({NUMBER_OF_A_PERSON}) already exists.")
    except IntegrityError:
        logging.getLogger("some.library").exception("could not be kept")
    (line,) = lines()
    assert line["fault"] == "IntegrityError"
    assert line["places"][-1].startswith("tests/office/test_logs.py:")
    assert NUMBER_OF_A_PERSON not in json.dumps(line)


@pytest.mark.django_db
def test_a_page_that_breaks_has_two_lines_without_what_was_typed(
    client: Client, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise ValueError(NUMBER_OF_A_PERSON)

    monkeypatch.setattr("projectplan.views.health.system_facts.look_at_queue", broken)
    client.raise_request_exception = False
    client.get("/readyz")
    failed, done = [line for line in lines() if line["logger"] == "office.requests"]
    assert (failed["event"], failed["fault"], failed["route"]) == ("request_failed", "ValueError", "readyz")
    assert (done["status"], done["level"]) == (500, "error")
    assert failed["request_id"] == done["request_id"]
    assert NUMBER_OF_A_PERSON not in json.dumps(lines())


@pytest.mark.parametrize(
    ("proxies", "given", "is_taken"),
    [
        (1, "0123456789abcdef0123", True),
        (0, "0123456789abcdef0123", False),
        (1, "short", False),
        (1, "a" * 65, False),
        (1, '0123456789abcdef\u202e{}"', False),
    ],
)
def test_a_number_is_taken_from_our_own_proxy_only_and_only_if_well_formed(
    settings: Any, proxies: int, given: str, is_taken: bool
) -> None:
    settings.TRUSTED_PROXY_COUNT = proxies
    number = requests.number_of(RequestFactory().get("/", HTTP_X_REQUEST_ID=given))
    assert (number == given) is is_taken
    assert is_taken or re.fullmatch(r"[0-9a-f]{32}", number)


@pytest.mark.django_db
def test_the_number_of_a_request_holds_for_its_lines_and_ends_with_it() -> None:
    seen = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.append(dict(get_contextvars()))
        return HttpResponse()

    answer = requests.RequestMiddleware(page)(RequestFactory().get("/"))
    assert seen == [{"request_id": answer["X-Request-ID"]}]
    assert get_contextvars() == {}


def test_the_text_for_people_says_the_same_with_the_fault_in_words() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.formatter(logs.TEXT))
    logger = logging.getLogger("some.other.library")
    logger.addHandler(handler)
    try:
        logger.warning("asked for %s", f"/a/{SECRET}/")
    finally:
        logger.removeHandler(handler)
    assert "asked for /a/…/" in stream.getvalue()


def test_a_shape_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="LOG_FORMAT"):
        logs.settings_for("xml", "WARNING")


def test_what_production_writes_includes_a_line_a_request_and_task() -> None:
    said = logs.settings_for(logs.JSON, "WARNING")["loggers"]
    assert {said[name]["level"] for name in ("office.requests", "django_structlog")} == {"INFO"}
    assert {said[name]["level"] for name in ("django.request", "celery.app.trace")} == {"CRITICAL"}
    assert configured.MIDDLEWARE[0] == "office.requests.RequestMiddleware"
