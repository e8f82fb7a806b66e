"""What was late, with the reason that was given: by number and subject; of a secret matter the number alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Subquery

from office.calendar import Period, month_of
from office.counting import Business
from office.models import Matter, Secrecy
from office.models.number import number_label
from office.tallies import TOTAL, Figure

Kind = Matter.Kind

LATE_SHOWN = 50
"""Of each kind, the first in the order of registration."""


@dataclass(frozen=True)
class LateOne:
    """A matter that came late, or is late: when it was due, when it was done, and why."""

    key: int
    kind: str
    number: str
    is_secret: bool
    title: str
    due_at: datetime
    met_at: datetime | None
    reason: str


def late_ones(
    counted: Mapping[Kind, Business], figures: Mapping[Kind, Sequence[Figure]], now: datetime
) -> tuple[LateOne, ...]:
    """One query for each kind that has something late, within the months that its tally says."""
    found: list[LateOne] = []
    for kind, business in counted.items():
        months = _months_with_late(figures[kind])
        if months:
            found += _of_kind(kind, business, Period(months[0].first, months[-1].last), now)
    return tuple(found)


def _months_with_late(figures: Sequence[Figure]) -> list[Period]:
    """The first months that together have LATE_SHOWN late ones, or all that have any."""
    months: list[Period] = []
    seen = 0
    for one in figures:
        if one.dimension == TOTAL and one.counts.late and seen < LATE_SHOWN:
            months.append(month_of(one.month))
            seen += one.counts.late
    return months


def _of_kind(kind: Kind, business: Business, within: Period, now: datetime) -> list[LateOne]:
    before = "" if business.matter == "pk" else f"{business.matter.removesuffix('_id')}__"
    promise = business.promises().order_by("-pk")
    moments = {
        "was_due": Subquery(promise.values("due_at")[:1]),
        "was_met": Subquery(promise.values("met_at")[:1]),
        "why_late": Subquery(promise.values("late_reason")[:1]),
    }
    fields = [f"{before}{name}" for name in ("pk", "series", "number", "year", "secrecy", "title")]
    rows = business.with_standing(within, now).filter(stands="late").annotate(**moments)
    found = rows.order_by("pk").values_list(*fields, *moments)[:LATE_SHOWN]
    return [_late_one(kind, *row) for row in found]


def _late_one(
    kind: Kind,
    key: int,
    series: str,
    number: int,
    year: int,
    secrecy: int,
    title: str,
    due_at: datetime,
    met_at: datetime | None,
    reason: str,
) -> LateOne:
    is_secret = secrecy > Secrecy.ORDINARY
    return LateOne(
        key=key,
        kind=kind.value,
        number=number_label(series, number, year),
        is_secret=is_secret,
        title="" if is_secret else title,
        due_at=due_at,
        met_at=met_at,
        reason="" if is_secret else reason,
    )
