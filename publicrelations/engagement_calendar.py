"""Engagements by day: a month or a week of them, and one day as a phone shows it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from office.by_day import OCCASION, Occasion, first_of_each_day
from office.calendar import OFFICE_TZ, Period
from office.models import User
from publicrelations.conflicts import clashing
from publicrelations.engagement_worklist import next_step
from publicrelations.models import Engagement
from publicrelations.models.engagement_news import goes_along
from publicrelations.models.engagement_state import NOT_TAKING_PLACE, EngagementState

State = EngagementState
MOST: Final = 60
"""Engagements on the page of one day."""


@dataclass(frozen=True, slots=True)
class Shown(Occasion):
    """One engagement in a cell; whether another is on at the same time."""

    ends_at: datetime
    represented_by: str
    calls_for_news: bool
    is_public: bool
    is_clashing: bool = False

    page = "publicrelations:engagement"
    kind_words = ""

    @property
    def tone(self) -> str:
        """A class of the style sheet: what its news is like, or that it does not take place."""
        if self.state in NOT_TAKING_PLACE:
            return "off"
        return {State.HELD: "late", State.COVERED: "ready", State.CLOSED: "held"}.get(
            EngagementState(self.state), "coming"
        )

    @property
    def state_words(self) -> str:
        return str(EngagementState(self.state).label)

    @property
    def ends_on(self) -> date | None:
        """The day it ends on, if that is another than the one it begins on."""
        day = self.ends_at.astimezone(OFFICE_TZ).date()
        return day if day != self.day else None


def engagements_shown(period: Period, user: User, most: int) -> list[Shown]:
    """The first engagements of each day that this person may see, with how many that day has, and which of them
    overlap another; two queries by the index."""
    rows = first_of_each_day(Engagement.objects.visible_to(user), "starts_at", period, most)
    more = ("ends_at", "represented_by", "calls_for_news", "is_public")
    values: Iterable[Any] = rows.values_list(*OCCASION, "starts_at", "day", "of_day", *more)
    shown = [Shown(*row) for row in values]
    return _marked(shown, clashing(period, user)) if shown else []


def _marked(shown: Sequence[Shown], keys: Collection[int]) -> list[Shown]:
    return [replace(one, is_clashing=True) if one.pk in keys else one for one in shown]


# ── One day ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class OfDay:
    """One engagement of a day: where it stands by the clock, what is due, whether another is on at the same time."""

    engagement: Engagement
    standing: str
    words: str
    step: str
    is_clashing: bool
    begins_earlier: bool
    ends_later: bool

    card = "publicrelations/cards/day_engagement.html"

    @property
    def begins_at(self) -> datetime:
        return self.engagement.starts_at


def day_of(day: date, user: User, now: datetime) -> list[OfDay]:
    """What is on at some moment of a day, as this person may see it, in order; a fixed number of queries."""
    period = Period(day, day)
    rows = Engagement.objects.overlapping(period.starts_at, period.ends_at).visible_to(user)
    rows = rows.select_related("owner", "agency").prefetch_related("people").defer("search_text")
    found, keys = list(rows[:MOST]), clashing(period, user)
    following = next((one.pk for one in found if one.state == State.PLANNED and one.starts_at > now), None)
    shown = []
    for one in found:
        standing = _standing(one, now, is_next=one.pk == following)
        step = next_step(one, now) if goes_along.test(user, one) else ""
        shown.append(
            OfDay(
                one,
                standing,
                clock_words(standing) or str(one.get_state_display()),
                step,
                one.pk in keys,
                one.starts_at < period.starts_at,
                one.ends_at > period.ends_at,
            )
        )
    return shown


def _standing(engagement: Engagement, now: datetime, *, is_next: bool) -> str:
    """Where an engagement stands by the clock and by what has been recorded."""
    if not engagement.takes_place:
        return "off"
    if engagement.state != State.PLANNED:
        return {State.HELD: "owing", State.COVERED: "covered"}.get(engagement.state, "held")
    if engagement.starts_at > now:
        return "next" if is_next else "later"
    return "now" if now < engagement.ends_at else "over"


def clock_words(standing: str) -> str:
    """What the clock says; empty where the state says it."""
    return {
        "now": _("On now"),
        "next": _("Next"),
        "later": _("Later"),
        "over": _("Over: record that it took place"),
    }.get(standing, "")
