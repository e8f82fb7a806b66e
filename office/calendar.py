"""The office's time: fiscal years, quarters, months, working days, office hours and when things fall due."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from office.thai import (
    BE_OFFSET,
    FIRST_BE_YEAR,
    FIRST_CE_YEAR,
    LAST_BE_YEAR,
    be_year,
    format_long,
    format_month,
    to_arabic_digits,
    to_thai_digits,
)

OFFICE_TZ: Final = ZoneInfo("Asia/Bangkok")
FISCAL_YEAR_FIRST_MONTH: Final = 10
ONE_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_QUARTER_CODE: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<quarter>[1-4])")
_MONTH_CODE: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})")


@dataclass(frozen=True, order=True)
class Period:
    """A run of whole days, both ends included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period ends before it begins: {self.first} – {self.last}")

    @property
    def starts_at(self) -> datetime:
        """The first moment of the period, midnight in Bangkok."""
        return datetime.combine(self.first, time.min, tzinfo=OFFICE_TZ)

    @property
    def ends_at(self) -> datetime:
        """The first moment after the period, midnight in Bangkok: test with `<`."""
        return datetime.combine(self.last + ONE_DAY, time.min, tzinfo=OFFICE_TZ)

    def contains(self, day: date) -> bool:
        """Whether a day (of Bangkok) is in the period."""
        return self.first <= day <= self.last

    def label(self, language: str = "th") -> str:
        """What people call it: a month, quarter or fiscal year by its name, anything else by its dates."""
        english = language.startswith("en")
        if self == month_of(self.first):
            return format_month(self.first, language=language)
        year = fiscal_year_of(self.first)
        if self == fiscal_year(year):
            return f"Fiscal year B.E. {year}" if english else to_thai_digits(f"ปีงบประมาณ พ.ศ. {year}")
        for number in range(1, 5):
            if self == quarter(year, number):
                thai = to_thai_digits(f"ไตรมาส {number} ปีงบประมาณ พ.ศ. {year}")
                return f"Quarter {number}, fiscal year B.E. {year}" if english else thai
        first = format_long(self.first, language=language)
        return first if self.first == self.last else f"{first} – {format_long(self.last, language=language)}"


@lru_cache(maxsize=1000)
def month(year_ce: int, month: int) -> Period:
    """A calendar month; the year is of the Common Era, the month 1–12. Raises ValueError outside that."""
    if year_ce >= FIRST_BE_YEAR:
        raise ValueError(f"a year of the Common Era was expected: {year_ce}")
    first = date(year_ce, month, 1)
    return Period(first, _first_of_next_month(first) - ONE_DAY)


def month_of(day: date) -> Period:
    """The calendar month a day is in."""
    return month(day.year, day.month)


def _first_of_next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def fiscal_year(be_year: int) -> Period:
    """The fiscal year of a Buddhist Era year: 2553 is 1 October 2552 to 30 September 2553."""
    if not FIRST_BE_YEAR <= be_year <= LAST_BE_YEAR:
        raise ValueError(f"a year of the Buddhist Era was expected: {be_year}")
    year_ce = be_year - BE_OFFSET
    return Period(
        date(year_ce - 1, FISCAL_YEAR_FIRST_MONTH, 1), date(year_ce, FISCAL_YEAR_FIRST_MONTH, 1) - ONE_DAY
    )


def fiscal_year_of(day: date) -> int:
    """The fiscal year a day counts in, Buddhist Era: from 1 October it is the next one."""
    return be_year(day) + (day.month >= FISCAL_YEAR_FIRST_MONTH)


def quarter(be_year: int, n: int) -> Period:
    """Quarter 1–4 of a fiscal year (Buddhist Era); quarter 1 is October–December."""
    if n not in range(1, 5):
        raise ValueError(f"a quarter is 1 to 4: {n}")
    months = months_of(fiscal_year(be_year))[3 * (n - 1) : 3 * n]
    return Period(months[0].first, months[-1].last)


def quarters_of(be_year: int) -> list[Period]:
    """The four quarters of a fiscal year (Buddhist Era), in order."""
    return [quarter(be_year, n) for n in range(1, 5)]


def months_of(period: Period) -> list[Period]:
    """Every calendar month a period touches, in order, each whole."""
    months = [month_of(period.first)]
    while months[-1].last < period.last:
        months.append(month_of(months[-1].last + ONE_DAY))
    return months


def months_back(period: Period, n: int) -> list[Period]:
    """The `n` calendar months that end with the month of the period's last day, oldest first."""
    months: list[Period] = []
    last = period.last
    for _ in range(n):
        months.append(month_of(last))
        last = months[-1].first - ONE_DAY
    return months[::-1]


def parse_month(code: str) -> Period:
    """The month of `2552-11` (Buddhist Era) or `2009-11` (Common Era); else raises ValueError."""
    written = _MONTH_CODE.fullmatch(to_arabic_digits(code.strip()))
    if not written:
        raise ValueError(f"a month is written like 2552-11: {code!r}")
    year, number = int(written["year"]), int(written["month"])
    if year < FIRST_CE_YEAR or not 1 <= number <= 12:
        raise ValueError(f"there is no such month: {code!r}")
    return month(year - BE_OFFSET if year >= FIRST_BE_YEAR else year, number)


def month_code(period: Period) -> str:
    """`2552-11` for the month a period begins in (Buddhist Era, Arabic digits); parse_month reads it back."""
    return f"{be_year(period.first)}-{period.first.month:02d}"


def parse_quarter(code: str) -> Period:
    """The quarter of `2553-1` (fiscal year of the Buddhist Era, quarter 1–4); else raises ValueError."""
    written = _QUARTER_CODE.fullmatch(to_arabic_digits(code.strip()))
    if not written:
        raise ValueError(f"a quarter is written like 2553-1: {code!r}")
    return quarter(int(written["year"]), int(written["quarter"]))


def quarter_code(period: Period) -> str:
    """`2553-1` for the quarter a period begins in; parse_quarter reads it back."""
    year = fiscal_year_of(period.first)
    number = next(number for number, one in enumerate(quarters_of(year), 1) if one.contains(period.first))
    return f"{year}-{number}"


@dataclass(frozen=True)
class WorkCalendar:
    """Which days the office works and from when to when.

    A day works when it is in `days_on`, or is no Saturday, Sunday or day in `days_off`; `days_on` wins. The
    office is open from `opens` up to, not including, `closes`. `version` names the edition it was read from.
    """

    days_off: frozenset[date]
    days_on: frozenset[date] = frozenset()
    opens: time = time(8, 30)
    closes: time = time(16, 30)
    version: int = 0

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError(f"the office closes before it opens: {self.opens}–{self.closes}")

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on a day."""
        return day in self.days_on or (day.weekday() < _SATURDAY and day not in self.days_off)

    def next_working_day(self, day: date) -> date:
        """The first working day strictly after a day."""
        return self.working_day_on_or_after(day + ONE_DAY)

    def working_day_on_or_after(self, day: date) -> date:
        """The day itself when the office works on it, else the next working day."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day strictly after a day; before it when negative.

        With 0, the day itself or, when it is a day off, the next working day.
        """
        if n == 0:
            return self.working_day_on_or_after(day)
        step = ONE_DAY if n > 0 else -ONE_DAY
        for _ in range(abs(n)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days are in (start, end]; negative when `end` is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        return self._working_days_up_to(end) - self._working_days_up_to(start)

    def is_open(self, at: datetime) -> bool:
        """Whether the office is open at an aware moment; closing time itself is after hours."""
        local = _local(at)
        return self.is_working_day(local.date()) and self.opens <= local.time() < self.closes

    def next_opening(self, at: datetime) -> datetime:
        """The moment itself when the office is open, else when it next opens (Bangkok)."""
        local = _local(at)
        if self.is_open(local):
            return local
        is_over = local.time() >= self.closes
        day = self.working_day_on_or_after(local.date() + (ONE_DAY if is_over else timedelta()))
        return self.opening_of(day)

    def next_closing(self, at: datetime) -> datetime:
        """When the office next closes, strictly after an aware moment (Bangkok)."""
        return self.closing_of(self.next_opening(at).date())

    def open_time(self, start: datetime, end: datetime) -> timedelta:
        """How long the office is open between two aware moments; none when the end is not after the start."""
        first, last = self.next_opening(start), _local(end)
        if first >= last:
            return timedelta()
        if first.date() == last.date():
            return min(last, self.closing_of(last.date())) - first
        days_between = self.working_days_between(first.date(), last.date()) - self.is_working_day(last.date())
        rest = self.closing_of(first.date()) - first
        return rest + days_between * self._open_time_of_a_day + self._open_time_until(last)

    def after_open_time(self, start: datetime, left: timedelta) -> datetime:
        """When the office has been open that long since an aware moment (Bangkok); for none, when it is next open."""
        return _after_open_time(self.next_opening(start), left, self)

    @property
    def _open_time_of_a_day(self) -> timedelta:
        return self.closing_of(date.min) - self.opening_of(date.min)

    def _open_time_until(self, last: datetime) -> timedelta:
        """How long the office has been open on the day of a moment when that moment comes."""
        day = last.date()
        if not self.is_working_day(day):
            return timedelta()
        return max(min(last, self.closing_of(day)) - self.opening_of(day), timedelta())

    def opening_of(self, day: date) -> datetime:
        """Opening time on a day (Bangkok), whether or not the office works on it."""
        return datetime.combine(day, self.opens, tzinfo=OFFICE_TZ)

    def closing_of(self, day: date) -> datetime:
        """Closing time on a day (Bangkok), whether or not the office works on it."""
        return datetime.combine(day, self.closes, tzinfo=OFFICE_TZ)

    def _working_days_up_to(self, day: date) -> int:
        """Working days from the first Monday of year 1 to a day: weekdays, less days off, plus days on."""
        weeks, days = divmod(day.toordinal(), 7)
        weekdays = weeks * 5 + min(days, 5)
        lost, gained = self._exceptions
        return weekdays - bisect_right(lost, day) + bisect_right(gained, day)

    @cached_property
    def _exceptions(self) -> tuple[list[date], list[date]]:
        """Weekdays that are off and weekend days that are on, each in order (a late list asks often)."""
        return (
            sorted(day for day in self.days_off - self.days_on if day.weekday() < _SATURDAY),
            sorted(day for day in self.days_on if day.weekday() >= _SATURDAY),
        )


class Unit(StrEnum):
    """What the amount of a deadline rule counts."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    HOURS = "hours"
    MINUTES = "minutes"


def due_at(start: datetime, amount: int, unit: Unit, calendar: WorkCalendar) -> datetime:
    """The moment something received at `start` is due, aware, in Bangkok; up to and including it is in time.

    What comes in while the office is closed counts as received when it next opens (domain.md, rules of time:
    "received on a day off or after hours counts from the next working day's morning"). Closing time is after
    hours; before opening on a working day is that same day's morning.

    - Working days: closing time of the amount-th working day after that. So within 1 working day: received
      Friday 10:00, due Monday 16:30; received Friday 16:30 or Saturday, it counts from Monday 08:30 and is
      due Tuesday 16:30; received Monday 07:00, due Tuesday 16:30.
    - Calendar days: closing time of the day that many days after the date it came in, whatever the hour,
      moved to the next working day when it is a day off.
    - Hours, minutes: when the office has been open that many hours or minutes.

    The result is on a working day, never before the start, and never earlier for a later start or for one
    more day off. Raises ValueError for a naive start or a negative amount.
    """
    if amount < 0:
        raise ValueError(f"a deadline cannot be {amount} {unit} after its start")
    counted_from = calendar.next_opening(start)
    match unit:
        case Unit.WORKING_DAYS:
            return calendar.closing_of(calendar.add_working_days(counted_from.date(), amount))
        case Unit.CALENDAR_DAYS:
            day = max(_local(start).date() + timedelta(days=amount), counted_from.date())
            return calendar.closing_of(calendar.working_day_on_or_after(day))
        case Unit.HOURS:
            return _after_open_time(counted_from, timedelta(hours=amount), calendar)
        case Unit.MINUTES:
            return _after_open_time(counted_from, timedelta(minutes=amount), calendar)


def due_before(end: datetime, amount: int, unit: Unit, calendar: WorkCalendar) -> datetime:
    """The moment that lies so long before something begins at `end`, aware, in Bangkok.

    - Working days: at the same hour of the amount-th working day before. So one working day before Monday 09:30 is
      Friday 09:30.
    - Calendar days: at the same hour that many days before.
    - Hours, minutes: when the office has still to be open that long.

    Raises ValueError for a naive end or a negative amount.
    """
    if amount < 0:
        raise ValueError(f"nothing is {amount} {unit} before its beginning")
    local = _local(end)
    match unit:
        case Unit.WORKING_DAYS:
            day = calendar.add_working_days(local.date(), -amount) if amount else local.date()
            return datetime.combine(day, local.time(), tzinfo=OFFICE_TZ)
        case Unit.CALENDAR_DAYS:
            return local - timedelta(days=amount)
        case Unit.HOURS:
            return _before_open_time(local, timedelta(hours=amount), calendar)
        case Unit.MINUTES:
            return _before_open_time(local, timedelta(minutes=amount), calendar)


def _before_open_time(end: datetime, left: timedelta, calendar: WorkCalendar) -> datetime:
    """Since when the office has been open for `left` when `end` comes."""
    day = end.date()
    while (today := calendar.open_time(calendar.opening_of(day), end)) < left:
        left -= today
        day = calendar.add_working_days(day, -1)
        end = calendar.closing_of(day)
    return min(end, calendar.closing_of(day)) - left


def _after_open_time(opened: datetime, left: timedelta, calendar: WorkCalendar) -> datetime:
    """When `left` of open time has passed since a moment at which the office is open."""
    while left > (today := calendar.next_closing(opened) - opened):
        left -= today
        opened = calendar.opening_of(calendar.next_working_day(opened.date()))
    return opened + left


def _local(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"an aware moment was expected: {at}")
    return at.astimezone(OFFICE_TZ)
