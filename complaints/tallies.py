"""The month's figures of petitions and of related matters: read from the tally while it holds, counted anew when it
does not.

Everything is counted by the month of receipt. Whether an opinion was in time is asked as `with_standing` of the
register's rows asks it, so each figure is the number of rows behind it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import partial

from django.db.models import Count, QuerySet, Sum

from complaints.models import MonthTally, Petition, RelatedMatter, TallyLine
from office.calendar import Period, month_of
from office.models import Deadline, Matter
from office.tallies import Counts, Figure, Keeper, Lines, by_key, by_month, counts_of, total

Dimension = TallyLine.Dimension
__all__ = ["KEEPER", "Counts", "Dimension", "Figure", "added_up", "by_key", "by_month", "read", "total"]
DETAILS = [Dimension.CATEGORY, Dimension.CHANNEL, Dimension.KIND, Dimension.PROVINCE, Dimension.AGENCY]
"""The dimensions of the reports."""


def read(
    months: Iterable[Period],
    dimensions: Collection[str],
    now: datetime,
    kind: Matter.Kind = Matter.Kind.PETITION,
) -> list[Figure]:
    """The figures of some months of one register: their totals, and the lines of the dimensions asked for.

    One query while every tally holds. A month that does not is counted first; one still to come has no figures.
    """
    return KEEPER.read([month for month in months if month.starts_at <= now], dimensions, now, kind)


def added_up(months: Sequence[Period], dimension: str, now: datetime) -> dict[str, Counts]:
    """The counts of each value of a dimension over all the months, added up by the database: for dimensions of many
    values."""
    wanted = [month.first for month in months if month.starts_at <= now]
    read(months, [], now)  # whatever holds no more is counted anew first
    lines = TallyLine.objects.filter(
        tally__matter_kind=Matter.Kind.PETITION, tally__month__in=wanted, dimension=dimension
    )
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


def _count_petitions(
    month: date, now: datetime, groups_of: Sequence[Sequence[str]] = COUNTED_TOGETHER
) -> Lines:
    """The lines of a month's petitions. Three queries, one for each group of dimensions.

    A petition has a line of each single dimension, if need be that of "not given"; of a pair only when it has both.
    """
    lines: defaultdict[tuple[str, str], Counts] = defaultdict(Counts)
    lines[Dimension.TOTAL, ""] = Counts()
    petitions = Petition.objects.received_in(month).with_standing(now).order_by()
    for together in groups_of:
        columns = sorted({column for dimension in together for column in COLUMNS[dimension]})
        groups = petitions.values_list(*columns, "standing", "is_unclosed").annotate(number=Count("pk"))
        for *values, which, is_unclosed, number in groups:
            counts = counts_of(which, is_unclosed, number)
            value_of = dict(zip(columns, values, strict=True))
            for dimension in together:
                key = _key(value_of[column] for column in COLUMNS[dimension])
                if key is not None:
                    lines[dimension, key] += counts
            if Dimension.CHANNEL in together:
                lines[Dimension.TOTAL, ""] += counts
    return dict(lines)


def _count_related(month: date, now: datetime) -> Lines:
    """The lines of a month's related matters, by the index of their receipt. One query."""
    lines: defaultdict[tuple[str, str], Counts] = defaultdict(Counts)
    lines[Dimension.TOTAL, ""] = Counts()
    received = RelatedMatter.objects.received_in(month_of(month)).with_standing(now).order_by()
    groups = received.values_list("related_kind", "standing", "is_unclosed").annotate(number=Count("pk"))
    for kind, which, is_unclosed, number in groups:
        counts = counts_of(which, is_unclosed, number)
        lines[Dimension.RELATED_KIND, kind] += counts
        lines[Dimension.TOTAL, ""] += counts
    return dict(lines)


def _key(values: Iterable[object]) -> str | None:
    """The key of a line; None for a pair of which a half is not given."""
    texts = ["" if value is None else str(value) for value in values]
    return ":".join(texts) if len(texts) == 1 or all(texts) else None


def _next_due(pending: QuerySet[Deadline], now: datetime) -> datetime | None:
    """When the next of these pending opinions falls due: until then no figure changes by the clock alone."""
    coming = pending.filter(kind=Deadline.Kind.OPINION, due_at__gte=now).order_by("due_at")
    return coming.values_list("due_at", flat=True).first()


def _next_due_of_petitions(month: date, now: datetime) -> datetime | None:
    return _next_due(Deadline.objects.unmet().filter(matter__petition__month=month), now)


def _next_due_of_related(month: date, now: datetime) -> datetime | None:
    received = RelatedMatter.objects.received_in(month_of(month))
    return _next_due(Deadline.objects.unmet().filter(matter__in=received.values("pk")), now)


KEEPER = Keeper(
    tallies=MonthTally,
    lines=TallyLine,
    counted={Matter.Kind.PETITION: _count_petitions, Matter.Kind.RELATED: _count_related},
    next_due={
        Matter.Kind.PETITION: _next_due_of_petitions,
        Matter.Kind.RELATED: _next_due_of_related,
    },
    brief={
        Matter.Kind.PETITION: partial(_count_petitions, groups_of=[[Dimension.CHANNEL]]),
        Matter.Kind.RELATED: _count_related,
    },
)
