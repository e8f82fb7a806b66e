"""How one kind of business is counted month by month: which rows a month has, by which promise, told apart by what.

A room says it of each of its kinds (`parliament.tallies`, `publicrelations.tallies`); `office.tallies` keeps the sums.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from office.calendar import Period, month_of
from office.models import Deadline, Matter
from office.models.deadline import standing
from office.tallies import TOTAL, Counts, Lines, counts_of

Rows = Callable[[Period], QuerySet[Any]]


@dataclass(frozen=True)
class Business:
    """One kind of business: which rows a month has, the promise they are counted by, and how they are told apart.

    `dimensions` are counted in a query for each of `together`; a dimension's key is the value of its column. Without
    a promise only their number is counted.
    """

    rows: Rows
    promise: str
    together: Sequence[Mapping[Any, str]]
    matter: str = "pk"
    is_open: Q = field(default_factory=lambda: Q(closed_at__isnull=True))
    spoiled: Q | None = None
    """What does not count as in time although its promise was kept: copies that were never printed."""

    def column(self, dimension: str) -> str:
        """The column whose value is the key of a dimension's lines; empty where there is no such dimension."""
        return next((columns[dimension] for columns in self.together if dimension in columns), "")

    def promises(self) -> QuerySet[Deadline]:
        """The promises by which a row is counted, for a subquery of its rows; the newest is the one that counts."""
        if self.matter == "pk":
            return Deadline.objects.filter(matter=OuterRef("pk"), kind=self.promise, dropped_at=None)
        return Deadline.objects.filter(pk=OuterRef("deadline_id"), dropped_at=None)

    def with_standing(self, period: Period, now: datetime) -> QuerySet[Any]:
        """The rows of a period, each with how it `stands` (in_time, late, pending; None without a promise) and whether
        it is open now."""
        newest = self.promises().order_by("-pk").annotate(which=standing(now)).values("which")[:1]
        open_now = ExpressionWrapper(self.is_open, output_field=BooleanField())
        rows = self.rows(period).annotate(open_now=open_now).order_by()
        if self.spoiled is None:
            return rows.annotate(stands=Subquery(newest))
        spoiled = When(self.spoiled & Q(kept="in_time"), then=Value("late"))
        stands = Case(spoiled, default="kept", output_field=CharField())
        return rows.annotate(kept=Subquery(newest)).annotate(stands=stands)


def received(model: type[Any], kind: Matter.Kind) -> Rows:
    """Those of a kind received in a month; the kind is said too, so that only its own receipts are walked."""

    def rows(month: Period) -> QuerySet[Any]:
        return model.objects.filter(
            kind=kind, received_at__gte=month.starts_at, received_at__lt=month.ends_at
        )

    return rows


def lines_of(
    business: Business, month: date, now: datetime, *, is_brief: bool = False
) -> defaultdict[tuple[str, str], Counts]:
    """The lines of one kind in a month: a query for each group of dimensions; in brief only the first.

    What a dimension does not give (a meeting without a committee) has no line in it.
    """
    lines: defaultdict[tuple[str, str], Counts] = defaultdict(Counts)
    lines[TOTAL, ""] = Counts()
    rows = business.with_standing(month_of(month), now)
    for place, dimensions in enumerate(business.together[:1] if is_brief else business.together):
        columns = list(dimensions.values())
        groups = rows.values_list(*columns, "stands", "open_now").annotate(number=Count("pk"))
        for *values, which, is_open, number in groups:
            counts = counts_of(which, is_open, number)
            for dimension, value in zip(dimensions, values, strict=True):
                if value not in (None, ""):
                    lines[str(dimension), str(value)] += counts
            if place == 0:
                lines[TOTAL, ""] += counts
    return lines


def in_brief(business: Business, month: date, now: datetime) -> Lines:
    """The lines of one kind in a month that one walk over its rows gives: the total, and the first dimensions."""
    return dict(lines_of(business, month, now, is_brief=True))


def next_due(
    business: Business, month: date, now: datetime, *, besides: Collection[str] = ()
) -> datetime | None:
    """When the next pending promise of the month falls due (of its own kind, or one of `besides`): until then no
    figure changes by the clock alone."""
    matters = business.rows(month_of(month)).order_by().values(business.matter)
    kinds = [business.promise, *besides]
    pending = Deadline.objects.unmet().filter(kind__in=kinds, due_at__gte=now, matter__in=matters)
    return pending.order_by("due_at").values_list("due_at", flat=True).first()
