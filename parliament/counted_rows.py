"""The rows behind a figure: asked as the figure was counted, so that there are as many of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet, Subquery

from office.calendar import Period, fiscal_year, parse_month, quarter
from office.models import User
from office.models.matter import matters_visible_to
from office.plain_number import plain_number
from office.thai import to_arabic_digits
from parliament.tallies import BUSINESS, Business, Dimension, Kind, agency_answers

CHAMBER, PARTY = "chamber", "party"
"""By what a figure may be told apart besides the dimensions of the tallies."""
STANDINGS = ("in_time", "late", "pending")
_CHAMBER_COLUMNS = {Kind.INTERPELLATION: "chamber", Kind.MOTION: "chamber", Kind.CONSULTATION: "chamber"}


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
            kind = Kind(query.get("kind", ""))
            asked = cls(
                kind=kind,
                period=_period(query),
                by=query.get("by", ""),
                key=query.get("key", ""),
                standing=query.get("promise", ""),
                is_open=query.get("open") == "1",
            )
        except ValueError as wrong:
            raise NoSuchFigure(str(wrong)) from wrong
        if kind not in BUSINESS or asked.standing not in ("", *STANDINGS):
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


SHOWN: Final = ("kind", "series", "year", "number", "title", "secrecy")
"""What a line shows of a matter, besides the moment by which it is counted."""


def rows(asked: Asked, user: User, now: datetime) -> QuerySet[Any]:
    """The rows of a figure that this person may see, as few or many as the figure says. Raises NoSuchFigure."""
    business = asked.business
    by_agency = asked.by == Dimension.AGENCY and business.has_agencies
    stands = bool(asked.standing or asked.is_open) and not by_agency
    found = business.with_standing(asked.period, now) if stands else business.rows(asked.period).order_by()
    path = "" if business.matter == "pk" else f"{business.matter.removesuffix('_id')}__"
    found = found.filter(matters_visible_to(user, path))
    if by_agency:
        return found.filter(pk__in=_asked_of_agency(asked, now))
    if asked.by:
        found = found.filter(_told_apart(asked))
    if asked.standing:
        found = found.filter(stands=asked.standing)
    return found.filter(open_now=True) if asked.is_open else found


def whole(asked: Asked, keys: Sequence[int], now: datetime) -> QuerySet[Any]:
    """These rows, the newest first, each with how it stands, when it was due and done, and why it was late: what is not
    asked of all rows of a figure, for a page shows few."""
    business = asked.business
    promise = business.promises().order_by("-pk")
    found = business.with_standing(asked.period, now).filter(pk__in=keys).order_by("-pk")
    if asked.kind is not Kind.BILL:
        found = found.only(*SHOWN, "begins_at" if asked.kind is Kind.MEETING else "received_at")
    return found.annotate(
        was_due=Subquery(promise.values("due_at")[:1]),
        was_met=Subquery(promise.values("met_at")[:1]),
        why_late=Subquery(promise.values("late_reason")[:1]),
    )


def _told_apart(asked: Asked) -> Q:
    business, by, key = asked.business, asked.by, asked.key
    if by == PARTY and business.column(Dimension.MEMBER):
        member = business.column(Dimension.MEMBER).removesuffix("_id")
        party = {f"{member}__party": _number(key)} if key else {f"{member}__party__isnull": True}
        return Q(**party) & Q(**{f"{member}__isnull": False})
    if by == CHAMBER and asked.kind in _CHAMBER_COLUMNS:
        of_member = Q(member__isnull=False) if asked.kind is Kind.CONSULTATION else Q()
        return Q(**{_CHAMBER_COLUMNS[asked.kind]: key}) & of_member
    column = business.column(Dimension(by)) if by in list(Dimension) else ""
    if not column:
        raise NoSuchFigure(by)
    return Q(**{column: _number(key) if column.endswith("_id") else key})


def _number(key: str) -> int:
    number = plain_number(key)
    if number is None:
        raise NoSuchFigure(key)
    return number


def _asked_of_agency(asked: Asked, now: datetime) -> QuerySet[Any]:
    """The matters an agency was asked about; standing is that of its own answer."""
    answers = agency_answers(asked.business.rows(asked.period), now).filter(agency=_number(asked.key))
    if asked.standing:
        answers = answers.filter(which=asked.standing)
    return (answers.filter(open_now=True) if asked.is_open else answers).values("matter")
