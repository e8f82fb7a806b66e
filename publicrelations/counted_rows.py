"""The rows behind a figure: asked as the figure was counted, so that there are as many of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet, Subquery

from office.calendar import Period, fiscal_year, parse_month, quarter
from office.counting import Business
from office.models import User
from office.models.matter import matters_visible_to
from office.plain_number import plain_number
from office.thai import to_arabic_digits
from publicrelations.tallies import BUSINESS, Dimension, Kind

STANDINGS: Final = ("in_time", "late", "pending")


class NoSuchFigure(ValueError):
    """An address that no figure has."""


@dataclass(frozen=True)
class Asked:
    """Which figure: of which kind and period, told apart by what, standing how."""

    kind: Kind
    period: Period
    by: str = ""
    key: str = ""
    standing: str = ""
    is_open: bool = False

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Asked:
        """As an address asks for it; raises NoSuchFigure."""
        try:
            asked = cls(
                kind=Kind(query.get("kind", "")),
                period=_period(query),
                by=query.get("by", ""),
                key=query.get("key", ""),
                standing=query.get("promise", ""),
                is_open=query.get("open") == "1",
            )
        except ValueError as wrong:
            raise NoSuchFigure(str(wrong)) from wrong
        if asked.kind not in BUSINESS or asked.standing not in ("", *STANDINGS):
            raise NoSuchFigure(asked.standing)
        return asked

    @property
    def business(self) -> Business:
        return BUSINESS[self.kind]


def _period(query: Mapping[str, str]) -> Period:
    """`month=2552-11`, `fiscal_year=2553`, or one of its quarters, `fiscal_year=2553-1`."""
    if query.get("month"):
        return parse_month(query["month"])
    year, _dash, number = to_arabic_digits(query.get("fiscal_year", "")).partition("-")
    return quarter(int(year), int(number)) if number else fiscal_year(int(year))


def rows(asked: Asked, user: User, now: datetime) -> QuerySet[Any]:
    """The rows of a figure that this person may see, as few or many as the figure says. Raises NoSuchFigure."""
    stands = bool(asked.standing or asked.is_open)
    business = asked.business
    found = business.with_standing(asked.period, now) if stands else business.rows(asked.period).order_by()
    found = found.filter(matters_visible_to(user))
    if asked.by:
        found = found.filter(**_told_apart(asked))
    if asked.standing:
        found = found.filter(stands=asked.standing)
    return found.filter(open_now=True) if asked.is_open else found


def whole(asked: Asked, keys: Sequence[int], now: datetime) -> QuerySet[Any]:
    """These rows, the newest first, each with how it stands, when it was due and done, and why it was late."""
    promise = asked.business.promises().order_by("-pk")
    found = asked.business.with_standing(asked.period, now).filter(pk__in=keys).order_by("-pk")
    return found.annotate(
        was_due=Subquery(promise.values("due_at")[:1]),
        was_met=Subquery(promise.values("met_at")[:1]),
        why_late=Subquery(promise.values("late_reason")[:1]),
    ).defer("search_text")


def _told_apart(asked: Asked) -> dict[str, Any]:
    column = asked.business.column(asked.by) if asked.by in list(Dimension) else ""
    if not column:
        raise NoSuchFigure(asked.by)
    if not column.endswith("_id"):
        return {column: asked.key}
    key = plain_number(asked.key)
    if key is None:
        raise NoSuchFigure(asked.key)
    return {column: key}
