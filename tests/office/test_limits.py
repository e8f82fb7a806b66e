"""Rate limits: who is counted, how, and what happens while Redis is down."""

from __future__ import annotations

import logging
from itertools import count

import pytest
import redis
from django.conf import settings as configured
from django.test import RequestFactory

from office import limits

_names = count(1)


def _who() -> str:
    return f"somebody-{next(_names)}"


def test_the_limit_counts_what_was_tried_and_not_what_was_asked() -> None:
    who = _who()
    assert all(limits.has_room("test", "2/hour", who) for _time in range(5))
    assert [limits.allow("test", "2/hour", who) for _time in range(3)] == [True, True, False]
    assert not limits.has_room("test", "2/hour", who)
    assert limits.has_room("other", "2/hour", who)


def test_one_try_may_cost_more_than_one() -> None:
    who = _who()
    assert limits.allow("test", "10/hour", who, cost=8)
    assert not limits.allow("test", "10/hour", who, cost=3)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "<script>", "<script>"),
    ],
)
def test_only_as_many_proxies_are_believed_as_the_office_has(
    proxies: int, forwarded: str, address: str, settings: object
) -> None:
    settings.TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert limits.client_address(request) == address


def test_no_address_and_no_number_stands_in_redis() -> None:
    limits.allow("follow", "5/hour", "203.0.113.77")
    keys = redis.Redis.from_url(configured.REDIS_URL).keys("*")
    assert keys
    assert not any(b"203.0.113.77" in key for key in keys)


def test_while_redis_is_down_this_process_counts_and_says_so_once(
    settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    settings.LIMITS_STORAGE_URL = "redis+unix:///nonexistent/valkey.sock"
    who = _who()
    with caplog.at_level(logging.WARNING):
        assert [limits.allow("test", "2/hour", who) for _time in range(3)] == [True, True, False]
    said = [record for record in caplog.records if record.name == "office.limits"]
    assert len(said) == 1
    assert who not in caplog.text
