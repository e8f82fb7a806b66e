"""Rate limits: how often one address, or one number, may try something.

Counted in Redis, so that all processes count together; in this process's memory while Redis is down. Only keyed
digests are stored, never an address or a number itself.
"""

from __future__ import annotations

import ipaddress
import logging
import math
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import SlidingWindowCounterRateLimiter
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from office import seals

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")

CONNECT_SECONDS: Final = 0.5
RETRY_SECONDS: Final = 30.0
"""How long Redis is left alone after it failed."""
IPV6_HOME: Final = 64
"""Bits of an IPv6 address that one household or office has to itself."""


def client_address(request: HttpRequest) -> str:
    """The address a request came from; of X-Forwarded-For only what our own proxies wrote is believed."""
    proxies = settings.TRUSTED_PROXY_COUNT
    address = request.META.get("REMOTE_ADDR", "")
    if proxies:
        forwarded = [
            part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
        ]
        # The last entry was written by the nearest proxy, the one before by the proxy in front of it.
        if len(forwarded) >= proxies:
            address = forwarded[-proxies]
    return _normal(address)


def allow(scope: str, limit: str, who: str, *, cost: int = 1) -> bool:
    """Count one try of `who`, and say whether it is still within the limit (such as `20/hour`)."""
    item, key = _item(limit), _key(scope, who)
    return _counters(settings.LIMITS_STORAGE_URL).ask(lambda limiter: limiter.hit(item, key, cost=cost))


def has_room(scope: str, limit: str, who: str) -> bool:
    """Whether `who` may try once more; nothing is counted."""
    item, key = _item(limit), _key(scope, who)
    return _counters(settings.LIMITS_STORAGE_URL).ask(lambda limiter: limiter.test(item, key))


def wait_seconds(scope: str, limit: str, who: str) -> int:
    """In how many seconds `who` may try again, at least one."""
    item, key = _item(limit), _key(scope, who)
    again = _counters(settings.LIMITS_STORAGE_URL).ask(
        lambda limiter: limiter.get_window_stats(item, key).reset_time
    )
    return max(1, math.ceil(again - time.time()))


def _normal(address: str) -> str:
    """The address, an IPv6 one cut to the network of its household; what is no address stands for itself."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address or "unknown"
    if parsed.version == 6 and parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return (
        str(ipaddress.ip_network((address, IPV6_HOME), strict=False)) if parsed.version == 6 else str(parsed)
    )


@lru_cache(maxsize=16)
def _item(limit: str) -> RateLimitItem:
    return parse(limit)


def _key(scope: str, who: str) -> str:
    return seals.fingerprint(f"{scope}:{who}", purpose="rate-limit")


class _Counters:
    """The counters in Redis, and those in memory that stand in while it is out of reach."""

    def __init__(self, url: str) -> None:
        # No retries: a page does not wait for a queue that is down.
        patience: dict[str, Any] = {
            "retry": Retry(NoBackoff(), 0),
            "socket_connect_timeout": CONNECT_SECONDS,
            "socket_timeout": CONNECT_SECONDS,
        }
        self.shared = SlidingWindowCounterRateLimiter(cast(Storage, storage_from_string(url, **patience)))
        self.own = SlidingWindowCounterRateLimiter(MemoryStorage())
        self.down_until = 0.0

    def ask(self, question: Callable[[SlidingWindowCounterRateLimiter], Answer]) -> Answer:
        if time.monotonic() < self.down_until:
            return question(self.own)
        try:
            answer = question(self.shared)
        except (RedisError, StorageError, OSError) as down:
            if not self.down_until:
                logger.warning("Rate limits are counted in memory, Redis is down: %s", type(down).__name__)
            self.down_until = time.monotonic() + RETRY_SECONDS
            return question(self.own)
        if self.down_until:
            logger.warning("Rate limits are counted in Redis again.")
            self.down_until = 0.0
        return answer


@lru_cache(maxsize=4)
def _counters(url: str) -> _Counters:
    return _Counters(url)
