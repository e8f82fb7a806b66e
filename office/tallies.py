"""The month's figures of a register: read from its tally while that holds, counted anew when it does not.

A room that counts has the two tables (`office.models.tally`) and a `Keeper` that says how a month of each kind of
matter is counted, and when the next of its figures changes by the clock alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from office.calendar import Period
from office.models import Matter
from office.models.tally import AbstractMonthTally, AbstractTallyLine
from office.ratio import Ratio

TOTAL = "total"
"""The dimension of a month's sum, which every tally has, under the empty key."""


@dataclass(frozen=True)
class Counts:
    """Matters of a time: promises kept in time, late, not due yet; and how many matters are not closed.

    The three may be fewer than what was received: a promise that was taken back is in none of them.
    """

    received: int = 0
    in_time: int = 0
    late: int = 0
    pending: int = 0
    unclosed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.received + other.received,
            self.in_time + other.in_time,
            self.late + other.late,
            self.pending + other.pending,
            self.unclosed + other.unclosed,
        )

    @property
    def ratio(self) -> Ratio:
        return Ratio(self.in_time, self.late, self.pending)


def counts_of(standing: str | None, is_unclosed: bool, number: int) -> Counts:
    """The counts of a group of matters that stand alike."""
    counted = {standing: number} if standing else {}
    return Counts(received=number, unclosed=number if is_unclosed else 0, **counted)


@dataclass(frozen=True)
class Figure:
    """The counts of one month for one value of one dimension; the total has the empty key."""

    month: date
    dimension: str
    key: str
    counts: Counts


Lines = dict[tuple[str, str], Counts]
"""The counts by dimension and key, the total always among them."""
Count = Callable[[date, datetime], Lines]
NextDue = Callable[[date, datetime], datetime | None]


@dataclass(frozen=True)
class Keeper:
    """Who keeps the tallies of a room: its tables, and for each kind of matter how a month is counted and when the
    next of its pending promises falls due."""

    tallies: type[AbstractMonthTally]
    lines: type[AbstractTallyLine]
    counted: Mapping[Matter.Kind, Count]
    next_due: Mapping[Matter.Kind, NextDue]
    brief: Mapping[Matter.Kind, Count] = field(default_factory=dict)
    """How the totals of a month, and what the measures need besides, are counted in one walk over its rows."""
    ahead: Collection[Matter.Kind] = ()
    """Kinds that have figures in months still to come, as meetings have that are announced."""

    def read(
        self, months: Iterable[Period], dimensions: Collection[str], now: datetime, kind: Matter.Kind
    ) -> list[Figure]:
        """The figures of some months of one kind: their totals, and the lines of the dimensions asked for.

        One query while every tally holds. A month that does not is counted first.
        """
        return self.read_all(months, dimensions, now, [kind]).get(kind, [])

    def read_all(
        self,
        months: Iterable[Period],
        dimensions: Collection[str],
        now: datetime,
        kinds: Collection[Matter.Kind],
        *,
        in_passing: bool = False,
    ) -> dict[Matter.Kind, list[Figure]]:
        """The same of several kinds at once, by kind. One query while every tally holds.

        `in_passing` leaves the tallies as they are: a month that does not hold is counted in brief, each row once.
        """
        wanted = list(months)
        pairs = [
            (kind, month.first)
            for kind in kinds
            for month in wanted
            if month.starts_at <= now or kind in self.ahead
        ]
        found = self._held({month for _kind, month in pairs}, dimensions, now, kinds)
        missing = [pair for pair in pairs if pair not in found]
        for kind, month in missing:
            if in_passing:
                lines = self.brief[kind](month, now).items()
                found[kind, month] = [Figure(month, *line, counts) for line, counts in lines]
            else:
                self.tally(month, now, kind)
        if missing and not in_passing:
            found |= self._held({month for _kind, month in missing}, dimensions, now, kinds)
        figures: dict[Matter.Kind, list[Figure]] = {kind: [] for kind in kinds}
        for kind, first_day in pairs:
            figures[kind] += found.get((kind, first_day), [])
        return figures

    def tally(self, month: date, now: datetime, kind: Matter.Kind) -> AbstractMonthTally:
        """The month's tally, holding at `now`; counted anew under its row's lock if it does not.

        The lock and `mark_stale` keep each other out, so no step falls between a count and its mark.
        """
        with transaction.atomic():
            own = {"matter_kind": kind, "month": month}
            self.tallies.objects.bulk_create([self.tallies(**own)], ignore_conflicts=True)
            kept: Any = self.tallies.objects.select_for_update().get(**own)
            if kept.counted_at is not None and kept.holds(now):
                return kept
            lines = self.counted[kind](month, now)
            kept.lines.all().delete()
            line: Any = self.lines  # its `tally` is the child's own
            self.lines.objects.bulk_create(
                line(tally=kept, dimension=dimension, key=key, **vars(counts))
                for (dimension, key), counts in lines.items()
            )
            kept.counted_at, kept.is_stale = now, False
            kept.holds_until = self.next_due[kind](month, now)
            kept.save()
            return kept

    def _held(
        self, months: Collection[date], dimensions: Collection[str], now: datetime, kinds: Collection[str]
    ) -> dict[tuple[Matter.Kind, date], list[Figure]]:
        """The figures of those of the months whose tally holds."""
        holds = Q(tally__holds_until=None) | Q(tally__holds_until__gte=now)
        lines = self.lines.objects.filter(
            holds,
            tally__matter_kind__in=kinds,
            tally__month__in=months,
            tally__is_stale=False,
            dimension__in={TOTAL, *dimensions},
        )
        found: defaultdict[tuple[Matter.Kind, date], list[Figure]] = defaultdict(list)
        fields = ("received", "in_time", "late", "pending", "unclosed")
        rows = lines.values_list("tally__matter_kind", "tally__month", "dimension", "key", *fields)
        for kind, month, dimension, key, *counts in rows:
            found[Matter.Kind(kind), month].append(Figure(month, dimension, key, Counts(*counts)))
        return dict(found)


def total(figures: Iterable[Figure], dimension: str = TOTAL, keys: Collection[str] = ("",)) -> Counts:
    """The sum of the figures of a dimension whose key is among these."""
    chosen = (one.counts for one in figures if one.dimension == dimension and one.key in keys)
    return sum(chosen, Counts())


def by_key(figures: Iterable[Figure], dimension: str) -> dict[str, Counts]:
    """The counts of each value of a dimension, over all the months of the figures."""
    found: defaultdict[str, Counts] = defaultdict(Counts)
    for one in figures:
        if one.dimension == dimension:
            found[one.key] += one.counts
    return dict(found)


def by_month(figures: Sequence[Figure], months: Iterable[Period]) -> list[Counts]:
    """The total of each month, in the order of the months."""
    totals = {one.month: one.counts for one in figures if one.dimension == TOTAL}
    return [totals.get(month.first, Counts()) for month in months]
