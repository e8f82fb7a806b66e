"""Who else has a matter open now: said on its page, kept in the cache for a minute, never in the database.

A page that is open says so every PING_SECONDS; who has not said so for GONE_SECONDS has left. Only a page that shows
the matter to somebody who may see it says so, and only such a page reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.cache import cache

from office.models import User

PING_SECONDS: Final = 20
"""As long as templates/parts/presence.html waits between two."""
GONE_SECONDS: Final = 50
"""Two pings missed."""

SPACE = "presence"
"""What the keys begin with; each test has a space of its own."""

Kept = dict[int, tuple[str, float]]


@dataclass(frozen=True)
class Present:
    """Somebody who has the matter open."""

    user_id: int
    name: str


def come(matter_id: int, user: User, now: datetime) -> list[Present]:
    """This person has the matter open now; returns who else has, in the order of names. One question and one answer.

    All of a matter stand under one key, so of two who come in the same instant one may be missed until the next ping.
    """
    kept = _here(matter_id, now)
    others = [Present(key, name) for key, (name, _at) in kept.items() if key != user.pk]
    kept[user.pk] = (user.short_name, now.timestamp())
    cache.set(_key(matter_id), kept, GONE_SECONDS)
    return sorted(others, key=lambda one: (one.name, one.user_id))


def names(others: list[Present]) -> str:
    """`ทัศนีย์ น., นเรนทร ก.`"""
    return ", ".join(one.name for one in others)


def mark(others: list[Present]) -> str:
    """Who is shown, as a short text: a ping that would show the same brings nothing new."""
    return "-".join(str(one.user_id) for one in others)


def _here(matter_id: int, now: datetime) -> Kept:
    kept: Kept = cache.get(_key(matter_id)) or {}
    return {key: one for key, one in kept.items() if now.timestamp() - one[1] < GONE_SECONDS}


def _key(matter_id: int) -> str:
    return f"{SPACE}:{matter_id}"
