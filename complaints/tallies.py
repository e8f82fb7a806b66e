"""The month's figures of petitions: read from the tally while it holds, counted anew when it does not.

Everything is counted by the month of receipt. Whether an opinion was in time is asked as
`Petition.objects.with_standing` asks it, so each figure is the number of rows behind it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Q, Sum

from complaints.models import MonthTally, Petition, TallyLine
from office.calendar import Period
from office.models import Deadline
from office.ratio import Ratio

Dimension = TallyLine.Dimension
DETAILS = [Dimension.CATEGORY, Dimension.CHANNEL, Dimension.KIND, Dimension.PROVINCE, Dimension.AGENCY]
"""The dimensions of the reports."""


@dataclass(frozen=True)
class Counts:
    """Petitions received in a time: opinions in time, late, not due yet; and how many are not closed.

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


@dataclass(frozen=True)
class Figure:
    """The counts of one month for one value of one dimension; the total has the empty key."""

    month: date
    dimension: str
    key: str
    counts: Counts


def read(months: Iterable[Period], dimensions: Collection[str], now: datetime) -> list[Figure]:
    """The figures of some months: their totals, and the lines of the dimensions asked for.

    One query while every tally holds. A month that does not is counted first; one still to come has no figures.
    """
    wanted = [month.first for month in months if month.starts_at <= now]
    found = _held(wanted, dimensions, now)
    missing = [month for month in wanted if month not in found]
    for month in missing:
        tally(month, now)
    if missing:
        found |= _held(missing, dimensions, now)
    return [figure for month in wanted for figure in found.get(month, [])]


def tally(month: date, now: datetime) -> MonthTally:
    """The month's tally, holding at `now`; counted anew under its row's lock if it does not.

    The lock and `MonthTally.mark_stale` keep each other out, so no step falls between a count and its mark.
    """
    with transaction.atomic():
        MonthTally.objects.bulk_create([MonthTally(month=month)], ignore_conflicts=True)
        kept = MonthTally.objects.select_for_update().get(month=month)
        if kept.counted_at is not None and kept.holds(now):
            return kept
        lines = _count(month, now)
        kept.lines.all().delete()
        TallyLine.objects.bulk_create(
            TallyLine(tally=kept, dimension=dimension, key=key, **vars(counts))
            for (dimension, key), counts in lines.items()
        )
        kept.counted_at, kept.is_stale = now, False
        kept.holds_until = _next_due(month, now) if lines[Dimension.TOTAL, ""].pending else None
        kept.save()
        return kept


def total(
    figures: Iterable[Figure], dimension: str = Dimension.TOTAL, keys: Collection[str] = ("",)
) -> Counts:
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


def added_up(months: Sequence[Period], dimension: str, now: datetime) -> dict[str, Counts]:
    """The counts of each value of a dimension over all the months, added up by the database: for dimensions of many
    values."""
    wanted = [month.first for month in months if month.starts_at <= now]
    read(months, [], now)  # whatever holds no more is counted anew first
    lines = TallyLine.objects.filter(tally__month__in=wanted, dimension=dimension)
    sums = lines.values("key").annotate(
        in_all=Sum("received"),
        all_in_time=Sum("in_time"),
        all_late=Sum("late"),
        all_pending=Sum("pending"),
        all_unclosed=Sum("unclosed"),
    )
    columns = ("in_all", "all_in_time", "all_late", "all_pending", "all_unclosed")
    rows = sums.order_by().values_list("key", *columns)
    return {key: Counts(*counts) for key, *counts in rows}


def by_month(figures: Sequence[Figure], months: Iterable[Period]) -> list[Counts]:
    """The total of each month, in the order of the months."""
    totals = {one.month: one.counts for one in figures if one.dimension == Dimension.TOTAL}
    return [totals.get(month.first, Counts()) for month in months]


def _held(months: Collection[date], dimensions: Collection[str], now: datetime) -> dict[date, list[Figure]]:
    """The figures of those of the months whose tally holds."""
    holds = Q(tally__holds_until=None) | Q(tally__holds_until__gte=now)
    lines = TallyLine.objects.filter(
        holds, tally__month__in=months, tally__is_stale=False, dimension__in={Dimension.TOTAL, *dimensions}
    )
    found: defaultdict[date, list[Figure]] = defaultdict(list)
    fields = ("received", "in_time", "late", "pending", "unclosed")
    for month, dimension, key, *counts in lines.values_list("tally__month", "dimension", "key", *fields):
        found[month].append(Figure(month, dimension, key, Counts(*counts)))
    return dict(found)


# ── Counting ────────────────────────────────────────────────────────────────────────────────

# The values of a petition that make the key of each dimension's lines; a pair's key is written "agency:kind".
COLUMNS: dict[str, tuple[str, ...]] = {
    Dimension.CATEGORY: ("category_id",),
    Dimension.CHANNEL: ("channel",),
    Dimension.KIND: ("petition_kind",),
    Dimension.PROVINCE: ("province_id",),
    Dimension.EDUCATION_AREA: ("education_area_id",),
    Dimension.AGENCY: ("agency_id",),
    Dimension.AGENCY_KIND: ("agency_id", "petition_kind"),
    Dimension.AGENCY_CATEGORY: ("agency_id", "category_id"),
}
# Counted together, since few of their combinations occur: an area is in one province, an agency is concerned by few
# things. All of them at once would be as many groups as petitions.
COUNTED_TOGETHER: list[list[str]] = [
    [Dimension.CHANNEL],
    [Dimension.PROVINCE, Dimension.EDUCATION_AREA],
    [
        Dimension.AGENCY,
        Dimension.KIND,
        Dimension.CATEGORY,
        Dimension.AGENCY_KIND,
        Dimension.AGENCY_CATEGORY,
    ],
]


def _count(month: date, now: datetime) -> dict[tuple[str, str], Counts]:
    """The lines of a month by dimension and key, the total always among them. Three queries.

    A petition has a line of each single dimension, if need be that of "not given"; of a pair only when it has both.
    """
    lines: defaultdict[tuple[str, str], Counts] = defaultdict(Counts)
    lines[Dimension.TOTAL, ""] = Counts()
    petitions = Petition.objects.received_in(month).with_standing(now).order_by()
    for together in COUNTED_TOGETHER:
        columns = sorted({column for dimension in together for column in COLUMNS[dimension]})
        groups = petitions.values_list(*columns, "standing", "is_unclosed").annotate(number=Count("pk"))
        for *values, which, is_unclosed, number in groups:
            counts = _counts_of(which, is_unclosed, number)
            value_of = dict(zip(columns, values, strict=True))
            for dimension in together:
                key = _key(value_of[column] for column in COLUMNS[dimension])
                if key is not None:
                    lines[dimension, key] += counts
            if Dimension.CHANNEL in together:
                lines[Dimension.TOTAL, ""] += counts
    return dict(lines)


def _key(values: Iterable[object]) -> str | None:
    """The key of a line; None for a pair of which a half is not given."""
    texts = ["" if value is None else str(value) for value in values]
    return ":".join(texts) if len(texts) == 1 or all(texts) else None


def _counts_of(which: str | None, is_unclosed: bool, number: int) -> Counts:
    counted = {which: number} if which else {}
    return Counts(received=number, unclosed=number if is_unclosed else 0, **counted)


def _next_due(month: date, now: datetime) -> datetime | None:
    """When the next pending opinion of the month falls due: until then no figure changes by the clock alone."""
    pending = Deadline.objects.unmet().filter(kind=Deadline.Kind.OPINION, due_at__gte=now)
    return (
        pending.filter(matter__petition__month=month)
        .order_by("due_at")
        .values_list("due_at", flat=True)
        .first()
    )
