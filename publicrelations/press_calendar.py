"""Press conferences by day, beside the minister's engagements: in a month or week, and on one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from office.by_day import OCCASION, Occasion, first_of_each_day
from office.calendar import Period
from office.models import User
from publicrelations.engagement_calendar import MOST, OfDay, Shown, clock_words
from publicrelations.feeds import PRESS_LASTS
from publicrelations.models import PressConference
from publicrelations.models.press_inviting import invites
from publicrelations.models.press_state import TAKEN_PLACE, WITHOUT_A_DAY, PressState


@dataclass(frozen=True, slots=True)
class ShownPress(Occasion):
    """One press conference in a cell."""

    page = "publicrelations:press_conference"
    is_clashing = False
    ends_on = None

    @property
    def kind_words(self) -> str:
        return _("Press conference")

    @property
    def tone(self) -> str:
        """A class of the style sheet: whether it takes place, and whether the media are invited."""
        if self.state in WITHOUT_A_DAY:
            return "off"
        if self.state in TAKEN_PLACE:
            return "held"
        return "ready" if self.state == PressState.INVITED else "coming"

    @property
    def state_words(self) -> str:
        return str(PressState(self.state).label)


def press_shown(period: Period, user: User, most: int) -> list[ShownPress]:
    """The first press conferences of each day that this person may see, with how many that day has; one query."""
    rows = first_of_each_day(PressConference.objects.visible_to(user), "starts_at", period, most)
    values: Iterable[Any] = rows.values_list(*OCCASION, "starts_at", "day", "of_day")
    return [ShownPress(*row) for row in values]


def together(
    engagements: Sequence[Shown], conferences: Sequence[ShownPress], most: int
) -> list[Shown | ShownPress]:
    """Both in the order of their hours, the first of each day, with how many of both that day has."""
    by_day: dict[date, list[Shown | ShownPress]] = defaultdict(list)
    total: dict[date, int] = defaultdict(int)
    for kind in (engagements, conferences):
        counts = {one.day: one.of_day for one in kind}
        for day, count in counts.items():
            total[day] += count
        for one in kind:
            by_day[one.day].append(one)
    return [
        replace(one, of_day=total[day])
        for day, found in by_day.items()
        for one in sorted(found, key=lambda one: (one.begins_at, one.pk))[:most]
    ]


# ── One day ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class PressOfDay:
    """One press conference of a day, and where it stands by the clock."""

    conference: PressConference
    standing: str
    words: str
    step: str

    card = "publicrelations/cards/day_press.html"

    @property
    def begins_at(self) -> datetime:
        return self.conference.starts_at


def press_of_day(day: date, user: User, now: datetime) -> list[PressOfDay]:
    """The press conferences of a day, as this person may see them; one query."""
    period = Period(day, day)
    rows: Any = PressConference.objects.between(period.starts_at, period.ends_at).visible_to(user)
    shown = []
    for one in rows.select_related("subgroup").defer("search_text", "brief")[:MOST]:
        standing = _standing(one, now)
        words = clock_words(standing) if standing in ("now", "over") else str(one.get_state_display())
        step = "hold" if standing == "over" and invites.test(user, one) else ""
        shown.append(PressOfDay(one, standing, words, step))
    return shown


def _standing(conference: PressConference, now: datetime) -> str:
    """A class of the style sheet."""
    if conference.state in WITHOUT_A_DAY:
        return "off"
    if conference.state in TAKEN_PLACE:
        return "held"
    if conference.starts_at > now:
        return "later"
    return "now" if now < (conference.ends_at or conference.starts_at + PRESS_LASTS) else "over"


def day_together(engagements: Sequence[OfDay], conferences: Sequence[PressOfDay]) -> list[OfDay | PressOfDay]:
    """Both in the order in which they begin."""
    both: list[OfDay | PressOfDay] = [*engagements, *conferences]
    return sorted(both, key=lambda one: one.begins_at)
