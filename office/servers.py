"""Where queue, cache and limits are: one address of Redis, or of the Sentinels that know which Redis is the first.

`sentinel://[:password@]one:26379,two:26379,three:26379/NAME/0`: the Sentinels, the name under which they know the
servers, and the number of the database. Read by the settings, so it knows nothing of Django.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote

import redis
from redis.sentinel import Sentinel, SentinelConnectionPool

SCHEME: Final = "sentinel://"
SENTINEL_PORT: Final = 26379


@dataclass(frozen=True)
class Sentinels:
    """Who is asked which server is the first, and how that one is spoken to."""

    hosts: tuple[tuple[str, int], ...]
    name: str
    database: int
    password: str

    @property
    def secret(self) -> dict[str, str]:
        """The password as a client takes it."""
        return {"password": self.password} if self.password else {}

    @property
    def before_host(self) -> str:
        """The password as an address has it."""
        return f":{self.password}@" if self.password else ""


def sentinels_of(url: str) -> Sentinels:
    """What an address of Sentinels says. ValueError if it says no name."""
    rest = url.removeprefix(SCHEME)
    secret, _at, places = rest.rpartition("@")
    hosts, _slash, tail = places.partition("/")
    name, _slash, database = tail.partition("/")
    if not name:
        raise ValueError("REDIS_URL of Sentinels is sentinel://host:port,host:port/NAME/0.")
    found = tuple(_host(one) for one in hosts.split(","))
    return Sentinels(found, name, int(database or 0), unquote(secret.removeprefix(":")))


def _host(said: str) -> tuple[str, int]:
    host, _colon, port = said.partition(":")
    return host, int(port or SENTINEL_PORT)


class SentinelPool(SentinelConnectionPool):
    """The connections to whichever server is the first now; made from an address, as the cache makes its own."""

    @classmethod
    def from_url(cls, url: str, **options: Any) -> SentinelPool:
        """The pool for an address of Sentinels; they are asked when the first connection is needed."""
        known = sentinels_of(url)
        patience = {name: value for name, value in options.items() if name.startswith("socket_")}
        asked = Sentinel(known.hosts, sentinel_kwargs=patience | known.secret)
        return cls(known.name, asked, db=known.database, **known.secret, **options)


def client_of(url: str, **options: Any) -> redis.Redis:
    """A client of its own for one question."""
    if url.startswith(SCHEME):
        return redis.Redis(connection_pool=SentinelPool.from_url(url, **options))
    return redis.Redis.from_url(url, **options)


def broker_of(url: str) -> str:
    """The same server as Celery writes it."""
    if url.startswith(SCHEME):
        known = sentinels_of(url)
        places = (f"{SCHEME}{known.before_host}{host}:{port}" for host, port in known.hosts)
        return ";".join(f"{place}/{known.database}" for place in places)
    return url.replace("unix://", "redis+socket://", 1)


def broker_options_of(url: str, visibility_seconds: int) -> dict[str, Any]:
    """How Celery waits for its broker: never long, for a page stands behind it."""
    # One try: kombu would hold a page for six seconds before it says that the queue is down.
    patience: dict[str, Any] = {"max_retries": 0, "interval_start": 0}
    if url.startswith(("amqp://", "amqps://")):
        return patience | {
            "confirm_publish": True,
            "connect_timeout": 1,
            "read_timeout": 5,
            "write_timeout": 5,
        }
    options = patience | {
        # Longer than the longest task; nothing is ever queued with an ETA (the beat asks the database instead).
        "visibility_timeout": visibility_seconds,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 1,
        "socket_timeout": 5,
    }
    if url.startswith(SCHEME):
        known = sentinels_of(url)
        sentinel = {"socket_connect_timeout": 1, "socket_timeout": 1, **known.secret}
        options |= {"master_name": known.name, "sentinel_kwargs": sentinel}
    return options


def limits_of(url: str) -> str:
    """The same server as the rate limits write it."""
    if url.startswith(SCHEME):
        known = sentinels_of(url)
        hosts = ",".join(f"{host}:{port}" for host, port in known.hosts)
        return f"redis+sentinel://{known.before_host}{hosts}/{known.name}"
    return url.replace("unix://", "redis+unix://", 1)
