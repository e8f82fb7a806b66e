"""What a list shows of an engagement at a glance: when and where it is, whether its news is out, what is next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from office.models.number import number_label
from office.worklist import Owed, holder, owed_first
from publicrelations.models import Engagement
from publicrelations.models.engagement_state import EngagementState

State = EngagementState


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list shows of an engagement itself, as plain values."""

    pk: int
    series: str
    number: int
    year: int
    title: str
    state: str
    engagement_kind: str
    starts_at: datetime
    ends_at: datetime
    place: str
    represented_by: str
    calls_for_news: bool
    covered_at: datetime | None
    is_public: bool
    secrecy: int

    @property
    def label(self) -> str:
        """The number as the register writes it."""
        return number_label(self.series, self.number, self.year)


@dataclass(frozen=True, slots=True)
class Row:
    """One engagement of a list: the most urgent it owes, who has it ("": nobody)."""

    matter: Listed
    owed: Owed | None
    with_whom: str

    @property
    def due_at(self) -> datetime | None:
        return self.owed.due_at if self.owed else None


COLUMNS: list[str] = [
    "pk", "series", "number", "year", "title", "state", "engagement_kind", "starts_at", "ends_at", "place",
    "represented_by", "calls_for_news", "covered_at", "is_public", "secrecy", "owner__display_name",
]  # fmt: skip


def next_step_of(state: str, ends_at: datetime, now: datetime) -> str:
    """The step that is due where an engagement stands; its news is written elsewhere, so that is none."""
    if state == State.PLANNED and ends_at <= now:
        return "hold"
    return "reschedule" if state == State.POSTPONED else ""


def next_step(engagement: Engagement, now: datetime) -> str:
    """The step that is due on the page of one engagement."""
    return next_step_of(engagement.state, engagement.ends_at, now)


def rows_of(keys: Sequence[int]) -> list[Row]:
    """The rows of these engagements in this order, in two queries however many."""
    owed = owed_first(keys)
    found = {}
    rows: Iterable[Any] = Engagement.objects.filter(pk__in=keys).values_list(*COLUMNS)
    for *own, owner in rows:
        matter = Listed(*own)
        found[matter.pk] = Row(matter, owed.get(matter.pk), holder(owed.get(matter.pk), owner))
    return [found[key] for key in keys]
