"""What a subgroup reports on every month and every year, and the periods it reports for.

A subject is put together in its room (`complaints.reporting`, `parliament.reporting`); which there are says
`projectplan.subjects`. Asking, making, issuing, listing and showing are the same for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from office.calendar import (
    Period,
    fiscal_year,
    fiscal_year_of,
    month_code,
    month_of,
    parse_month,
    parse_quarter,
    quarter_code,
)
from office.models import Report, User
from office.paper import STYLESHEET
from office.tallies import Counts
from office.thai import to_arabic_digits

FIRST_FISCAL_YEAR = 2552
"""The oldest year that is registered here (each room's `reference`)."""


class Content(Protocol):
    """The figures of a period as they stood at `as_of`."""

    @property
    def as_of(self) -> datetime: ...

    @property
    def is_interim(self) -> bool: ...

    def as_json(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Subject:
    """A monthly and an annual report of one subgroup, as the machinery needs them.

    `content` counts; `page` gives what `template` shows of it; `paper` is its document as HTML; `counts` are the
    month's sums for the list of reports. What is downloaded holds no personal data.
    """

    monthly: Report.Kind
    annual: Report.Kind
    subgroup: str
    name: str | Promise
    closed_to_others: str | Promise
    may_read: Callable[[Any], bool]
    may_issue: Callable[[Any], bool]
    begun_in: Callable[[], date | None]
    counts: Callable[[Sequence[Period], datetime], list[Counts]]
    content: Callable[[Period, datetime], Any]
    page: Callable[[Any], dict[str, Any]]
    template: str
    paper: Callable[[Report, Any], str]
    figures_csv: Callable[[Any], Iterator[str]]
    figures_xlsx: Callable[[Any], bytes]
    matters_csv: Callable[[User, Period, datetime], Iterator[str]]
    stylesheet: str = STYLESHEET

    @property
    def kinds(self) -> tuple[Report.Kind, Report.Kind]:
        return self.monthly, self.annual

    def title(self, period: Period) -> str:
        """`รายงานเรื่องราวร้องทุกข์ เดือนพฤศจิกายน ๒๕๕๒`: what a reader of the PDF shows, and what people are told."""
        return f"{self.name} {period_words(period)}"


class PeriodError(ValueError):
    """A text that names no month or year a report can be made for; the message says what is wrong."""


def is_month(period: Period) -> bool:
    """Whether it is a whole month; what is reported on is a month or a fiscal year."""
    return period == month_of(period.first)


def period_of(kind: str, code: str, now: datetime) -> Period:
    """The period a code means: `2552-11` for a monthly report, `2553-1` for a quarterly, `2552` for an annual one.

    Raises PeriodError.
    """
    read, example = _reader(Report.Kind(kind))
    try:
        period = read(to_arabic_digits(code.strip()))
    except ValueError as wrong:
        raise PeriodError(f"{code}: {example}") from wrong
    if fiscal_year_of(period.first) < FIRST_FISCAL_YEAR:
        raise PeriodError(
            _("The registers kept here begin with fiscal year %(year)s.") % {"year": FIRST_FISCAL_YEAR}
        )
    if not has_begun(kind, period, now):
        raise PeriodError(_("%(period)s has not begun yet.") % {"period": period.label()})
    return period


def has_begun(kind: str, period: Period, now: datetime) -> bool:
    """Whether a report of the period can be made already; a plan is made before its year."""
    return period.starts_at <= now or kind == Report.Kind.ACTION_PLAN


def _reader(kind: Report.Kind) -> tuple[Callable[[str], Period], str]:
    """What reads the codes of a kind of report, and how one is written."""
    if kind.is_monthly:
        return parse_month, _("a month is written like 2552-11")
    if kind.is_quarterly:
        return parse_quarter, _("a quarter is written like 2553-1")
    return (lambda text: fiscal_year(int(text))), _("a fiscal year is written like 2552")


def code_of(period: Period) -> str:
    """`2552-11` for a month, `2553-1` for a quarter, `2552` for a fiscal year; `period_of` reads it back."""
    if is_month(period):
        return month_code(period)
    year = fiscal_year_of(period.first)
    return str(year) if period == fiscal_year(year) else quarter_code(period)


def period_query(period: Period) -> dict[str, str]:
    """How a register is asked for the matters of a month or a fiscal year."""
    return {"month" if is_month(period) else "fiscal_year": code_of(period)}


def period_words(period: Period) -> str:
    """The period within a sentence: `เดือนพฤศจิกายน ๒๕๕๒`, `ปีงบประมาณ พ.ศ. ๒๕๕๒`."""
    label = period.label(get_language() or "th")
    return _("the month of %(month)s") % {"month": label} if is_month(period) else label
