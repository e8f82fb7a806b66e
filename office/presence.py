"""Who else has a matter open now: said on its page, kept in the cache for a minute, never in the database.

A page that is open says so every PING_SECONDS; who has not said so for GONE_SECONDS has left. Only a page that shows
the matter to somebody who may see it says so, and only such a page reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from django.core.cache import cache

from office.cache import RedisOrMemoryCache
from office.models import User

PING_SECONDS: Final = 20
"""As long as templates/parts/presence.html waits between two."""
GONE_SECONDS: Final = 50
"""Two pings missed."""

SPACE = "presence"
"""What the keys begin with; each test has a space of its own."""


@dataclass(frozen=True)
class Present:
    """Somebody who has the matter open."""

    user_id: int
    name: str


def come(matter_id: int, user: User, now: datetime) -> list[Present]:
    """This person has the matter open now; returns who else has, in the order of names. One question to the cache."""
    own = str(user.pk)
    said = cast(RedisOrMemoryCache, cache).put_beside(
        f"{SPACE}:{matter_id}", own, f"{now.timestamp()} {user.short_name}", GONE_SECONDS
    )
    others = [_present(key, text) for key, text in said.items() if key != own and _is_here(text, now)]
    return sorted(others, key=lambda one: (one.name, one.user_id))


def names(others: list[Present]) -> str:
    """`ทัศนีย์ น., นเรนทร ก.`"""
    return ", ".join(one.name for one in others)


def mark(others: list[Present]) -> str:
    """Who is shown, as a short text: a ping that would show the same brings nothing new."""
    return "-".join(str(one.user_id) for one in others)


def _present(key: str, text: str) -> Present:
    return Present(int(key), text.partition(" ")[2])


def _is_here(text: str, now: datetime) -> bool:
    return now.timestamp() - float(text.partition(" ")[0]) < GONE_SECONDS
