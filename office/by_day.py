"""What takes place by day: a month or a week as a calendar shows it, with the office's days off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Protocol

from django.core.exceptions import ValidationError
from django.db.models import Count, DateField, F, QuerySet, Value, Window
from django.db.models.functions import RowNumber, TruncDate
from django.db.models.sql.compiler import SQLCompiler

from office.calendar import OFFICE_TZ, Period, WorkCalendar, month_of
from office.fields import ThaiDateField
from office.models import OfficeDay
from office.models.number import number_label
from office.thai import BE_OFFSET, FIRST_CE_YEAR, LAST_BE_YEAR, to_arabic_digits

WEEK: Final = timedelta(days=7)
ONE_DAY: Final = timedelta(days=1)
SHOWN_A_DAY: Final = {"month": 4, "week": 12}
"""More of a day stand on its own page, which the cell leads to."""


class BangkokDay(TruncDate):
    """The day in Bangkok of a column's moment. SQLite keeps moments in UTC and would call Python for each of them to
    learn its day; Bangkok is seven hours ahead the whole year, so it adds them itself."""

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **_context: Any) -> tuple[str, Any]:
        moment, params = compiler.compile(self.lhs)
        return f"date({moment}, '+7 hours')", params


class InACell(Protocol):
    """What stands in a day's cell: on which day, and how many that day has in all."""

    @property
    def day(self) -> date: ...
    @property
    def of_day(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Occasion:
    """A matter that takes place, in a cell, as plain values; a child says how its state looks."""

    pk: int
    series: str
    number: int
    year: int
    title: str
    state: str
    place: str
    begins_at: datetime
    day: date
    of_day: int

    @property
    def label(self) -> str:
        return number_label(self.series, self.number, self.year)


OCCASION: Final = ("pk", "series", "number", "year", "title", "state", "place")
"""The columns of an `Occasion` before its moment, its `day` and `of_day`."""


@dataclass(frozen=True)
class DayCell:
    """One day: what takes place as far as it is shown, how much there is, and why it differs from its weekday."""

    day: date
    shown: Sequence[Any]
    total: int
    kind: str
    name: str
    is_outside: bool

    @property
    def more(self) -> int:
        return self.total - len(self.shown)


def period_of(view: str, day: date) -> Period:
    """The month of a day, or its week from Monday."""
    if view == "month":
        return month_of(day)
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + WEEK - ONE_DAY)


def before_and_after(view: str, period: Period) -> tuple[date, date]:
    """A day of the period before and of the one after."""
    return period_of(view, period.first - ONE_DAY).first, period.last + ONE_DAY


def first_of_each_day(rows: QuerySet[Any], column: str, period: Period, most: int) -> QuerySet[Any]:
    """Of those that begin in a period the first of each day, with their `day` and how many are `of_day`. Of a
    single day all: there is nothing to rank."""
    begun = rows.filter(**{f"{column}__gte": period.starts_at, f"{column}__lt": period.ends_at})
    if period.first == period.last:
        day = Value(period.first, output_field=DateField())
        return begun.annotate(day=day, of_day=Window(Count("pk"))).order_by(column, "pk")
    by_day = begun.annotate(
        day=BangkokDay(column, tzinfo=OFFICE_TZ),
        place_of_day=Window(RowNumber(), partition_by=[F("day")], order_by=[column, "pk"]),
        of_day=Window(Count("pk"), partition_by=[F("day")]),
    )
    return by_day.filter(place_of_day__lte=most).order_by(column, "pk")


def weeks_of(period: Period, shown: Sequence[InACell], work: WorkCalendar) -> list[list[DayCell]]:
    """The weeks from Monday that cover the period, each day with what takes place on it."""
    by_day: dict[date, list[InACell]] = defaultdict(list)
    for one in shown:
        by_day[one.day].append(one)
    names = dict(
        OfficeDay.objects.filter(date__range=(period.first, period.last)).values_list("date", "name")
    )
    first = period.first - timedelta(days=period.first.weekday())
    days = [first + number * ONE_DAY for number in range((period.last - first).days + 1)]
    days += [days[-1] + number * ONE_DAY for number in range(1, -len(days) % 7 + 1)]
    cells = []
    for day in days:
        found = by_day.get(day, [])
        total = found[0].of_day if found else 0
        outside = not period.contains(day)
        cells.append(DayCell(day, found, total, kind_of_day(day, work), names.get(day, ""), outside))
    return [cells[start : start + 7] for start in range(0, len(cells), 7)]


def kind_of_day(day: date, work: WorkCalendar) -> str:
    """A class of the style sheet: the office is closed on it."""
    if day in work.days_off:
        return "off"
    return "" if work.is_working_day(day) else "rest"


def asked_day(typed: str) -> date | None:
    """A day of an address: `2009-11-17`, or as people write it."""
    text = to_arabic_digits(typed.strip())
    day: date | None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = _as_written(text)
    in_reach = day is not None and FIRST_CE_YEAR <= day.year < LAST_BE_YEAR - BE_OFFSET
    return day if in_reach else None


def _as_written(text: str) -> date | None:
    try:
        return ThaiDateField(required=False).clean(text)
    except ValidationError:
        return None
