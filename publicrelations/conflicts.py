"""Engagements that are on at the same time: two of the minister's own, or two to which one person goes along.

Only what somebody may see is told them, as everywhere: a secret engagement clashes for those who see it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext

from office.calendar import Period
from office.models import User
from publicrelations.models import Engagement

MOST: Final = 10
"""Conflicts listed of one engagement; a day has no more."""
MOST_OF_A_PERIOD: Final = 2_000


@dataclass(frozen=True)
class Conflict:
    """Another engagement at the same time, and who cannot be at both."""

    other: Engagement
    who: str


def conflicts_of(
    start: datetime,
    end: datetime,
    user: User,
    *,
    is_represented: bool = False,
    people: Iterable[int] = (),
    but: int = 0,
) -> list[Conflict]:
    """What somebody may see of the engagements that are on between two moments and ask for the same people.

    `is_represented`: the minister does not go himself; `people`: keys of who goes along; `but`: the engagement asked
    about. Two queries.
    """
    rows: Any = Engagement.objects.taking_place().overlapping(start, end).exclude(pk=but)
    rows = rows.visible_to(user).defer("search_text", "note").prefetch_related("people")
    found = []
    for other in rows[: MOST * 5]:
        who = _both(other, is_represented, set(people))
        if who:
            found.append(Conflict(other, who))
    return found[:MOST]


def conflicts_with(engagement: Engagement, user: User) -> list[Conflict]:
    """The same of an engagement that is registered; none once it does not take place or all is over."""
    if not engagement.takes_place or engagement.is_closed:
        return []
    return conflicts_of(
        engagement.starts_at,
        engagement.ends_at,
        user,
        is_represented=bool(engagement.represented_by),
        people=[one.pk for one in engagement.people.all()],
        but=engagement.pk,
    )


def _both(other: Engagement, is_represented: bool, people: Collection[int]) -> str:
    """Who would have to be at both: the minister, people of the office; "" for nobody."""
    who = [] if is_represented or other.represented_by else [gettext("the minister")]
    who += [one.short_name for one in other.people.all() if one.pk in people]
    return ", ".join(who)


def _own(user: User, start: datetime, end: datetime) -> QuerySet[Engagement]:
    """The engagements to which the minister goes himself, as far as somebody may see them."""
    own = Engagement.objects.taking_place().overlapping(start, end).filter(represented_by="")
    return own.visible_to(user)


def clashing(period: Period, user: User) -> set[int]:
    """The keys of the minister's own engagements of a period that overlap another; one query, then one walk."""
    rows = _own(user, period.starts_at, period.ends_at)
    found: set[int] = set()
    last_key, last_end = 0, period.starts_at
    for key, starts_at, ends_at in rows.values_list("pk", "starts_at", "ends_at")[:MOST_OF_A_PERIOD]:
        if last_key and starts_at < last_end:
            found |= {last_key, key}
        if not last_key or ends_at > last_end:
            last_key, last_end = key, ends_at
    return found


def overlapped_by(hours: Sequence[tuple[datetime, datetime]], user: User) -> list[list[str]]:
    """For each of some hours (from, until) the titles of the minister's own engagements that are on then; one query."""
    if not hours:
        return []
    rows = _own(user, min(begins for begins, _until in hours), max(until for _begins, until in hours))
    known = list(rows.values_list("starts_at", "ends_at", "title")[:MOST_OF_A_PERIOD])
    return [
        [title for starts_at, ends_at, title in known if starts_at < until and ends_at > begins]
        for begins, until in hours
    ]
