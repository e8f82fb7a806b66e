"""The matters a person opened last: kept in the cache alone, for a month, and shown as far as they may see them."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.core.cache import cache

from office import presence
from office.models import User
from office.search import Found, shown

MOST: Final = 10
KEPT: Final = int(timedelta(days=30).total_seconds())


def opened(user: User, matter: int) -> None:
    """This person has opened a matter. It costs no query."""
    keys = _keys(user)
    if keys[:1] != [matter]:
        cache.set(_place(user), [matter, *(key for key in keys if key != matter)][:MOST], KEPT)


def recent(user: User) -> list[Found]:
    """The matters this person opened last, the last first."""
    keys = _keys(user)
    return shown(user, keys) if keys else []


def _keys(user: User) -> list[int]:
    keys: list[int] = cache.get(_place(user)) or []
    return keys


def _place(user: User) -> str:
    return f"{presence.SPACE}:recent:{user.pk}"
