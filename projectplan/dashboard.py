"""What the dashboard shows: each work of the plan against its target, for a month, a quarter or a fiscal year."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.db.models import Case, When
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from office import charts
from office.calendar import (
    OFFICE_TZ,
    Period,
    fiscal_year,
    fiscal_year_of,
    month_code,
    month_of,
    months_back,
    months_of,
    parse_month,
    quarters_of,
)
from office.figures import percent_text, thousands
from office.ratio import Ratio, summed
from office.reporting import FIRST_FISCAL_YEAR
from projectplan.measures import MEASURES, Measure, ratios_by_month
from projectplan.models import Plan, Work
from projectplan.scoring import light

TREND_MONTHS = 12


class Span(StrEnum):
    """How long a time the figures are for."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


def asked_span(asked: str, usual: Span) -> Span:
    """The span that an address names, the usual one where it names none."""
    return Span(asked) if asked in list(Span) else usual


def period_at(span: Span, day: date) -> Period:
    """The month, quarter or fiscal year that a day is in."""
    year = fiscal_year_of(day)
    if span is Span.MONTH:
        return month_of(day)
    if span is Span.YEAR:
        return fiscal_year(year)
    return next(one for one in quarters_of(year) if one.contains(day))


def chosen_period(span: Span, code: str, now: datetime) -> Period:
    """The period that holds the month `code`; today's when it names none that is kept here, or one to come."""
    today = now.astimezone(OFFICE_TZ).date()
    try:
        day = parse_month(code).first if code else today
    except ValueError:
        day = today
    if day > today or fiscal_year_of(day) < FIRST_FISCAL_YEAR:
        day = today
    return period_at(span, day)


@dataclass(frozen=True)
class Part:
    """One part of a percentage, with the page of its rows where there is one."""

    text: str
    url: str


@dataclass(frozen=True)
class Card:
    """One work that the system counts: its figure for the period, against the target, and over twelve months."""

    work: Work
    code: str
    measure: Measure
    period: Period
    ratio: Ratio
    before: Ratio
    """The same of the period before: of the month, quarter or year that this one is compared with."""
    year_before: Ratio
    trend: Sequence[Ratio]
    leads_to_rows: bool

    @property
    def is_percent(self) -> bool:
        return self.work.unit == "percent"

    @property
    def target(self) -> int:
        """In percent; of what is not counted in percent (the monthly reports) every one is wanted."""
        return self.work.target if self.is_percent else 100

    @cached_property
    def tone(self) -> str:
        """`ok`, `soon` or `late`; nothing while nothing is decided."""
        return light(self.ratio.exact, Decimal(self.target))

    @property
    def value(self) -> str:
        if self.is_percent:
            return percent_text(self.ratio.percent)
        done, whole = thousands(self.ratio.in_time), thousands(self.ratio.total)
        return _("%(done)s of %(whole)s") % {"done": done, "whole": whole}

    @property
    def percent(self) -> str:
        return percent_text(self.ratio.percent)

    @cached_property
    def standing(self) -> str:
        if not self.tone:
            return _("Nothing is due yet")
        if not self.is_percent:
            return _("Reaches the target") if self.tone == "ok" else _("Below the target")
        target = thousands(self.target)
        if self.tone == "ok":
            return _("Reaches the target of %(target)s%%") % {"target": target}
        return _("Below the target of %(target)s%%") % {"target": target}

    @cached_property
    def change(self) -> str:
        """Against the period before, in percentage points; empty where either has decided nothing."""
        if self.ratio.percent is None or self.before.percent is None:
            return ""
        points = self.ratio.percent - self.before.percent
        if not points:
            return _("as before")
        number = percent_text(abs(points)).rstrip("%")
        return (_("%(points)s points up") if points > 0 else _("%(points)s points down")) % {"points": number}

    @property
    def change_title(self) -> str:
        """What it is compared with, in full: `ช่วงก่อนหน้า ๙๑.๒%`."""
        return _("the period before: %(percent)s") % {"percent": percent_text(self.before.percent)}

    @property
    def bar(self) -> str:
        """How much of the bar is filled, from 0 to 100, as SVG writes it."""
        whole = self.ratio.decided if self.is_percent else self.ratio.total
        return f"{100 * self.ratio.in_time / whole:.1f}" if whole else "0"

    @property
    def target_mark(self) -> str:
        """Where the mark of the target stands on the bar."""
        return f"{min(self.target, 99.4):.1f}"

    @property
    def sparkline(self) -> SafeString:
        return charts.sparkline([None if one.percent is None else float(one.percent) for one in self.trend])

    @cached_property
    def parts(self) -> list[Part]:
        counts = [
            (_("in time"), self.ratio.in_time, "in_time"),
            (_("late"), self.ratio.late, "late"),
            (_("not due yet"), self.ratio.pending, "pending"),
        ]
        return [
            Part(f"{label} {thousands(count)}", self._rows(standing) if count else "")
            for label, count, standing in counts
        ]

    @cached_property
    def done(self) -> Part:
        """What came in or was made in the period, whatever its standing."""
        count = self.ratio.total if self.is_percent else self.ratio.in_time
        return Part(thousands(count), self._rows("") if count else "")

    def _rows(self, standing: str) -> str:
        if self.measure.rows_behind is None or not self.leads_to_rows:
            return ""
        return self.measure.rows_behind(self.period, standing)


@dataclass(frozen=True)
class WorkLine:
    """One standing work of the plan; without a card where the system does not count it yet."""

    work: Work
    card: Card | None

    @property
    def results(self) -> str:
        """What was done in the year before: as the plan has it, `๑,๒๖๑ + ๕๘ เรื่อง`, else as it is counted."""
        if not self.work.results:
            counted = self.card.year_before.total if self.card else 0
            return thousands(counted) if counted else ""
        counts = " + ".join(thousands(one["count"]) for one in self.work.results)
        return f"{counts} {self.work.results[0]['unit']}"


@dataclass(frozen=True)
class Board:
    """The dashboard of one period under one plan."""

    plan: Plan
    span: Span
    period: Period
    works: Sequence[WorkLine]

    @property
    def cards(self) -> list[Card]:
        return [line.card for line in self.works if line.card]


def plan_for(year: int) -> Plan | None:
    """The plan of a fiscal year (B.E.), else the newest there is."""
    return Plan.objects.order_by(Case(When(fiscal_year=year, then=0), default=1), "-fiscal_year").first()


def board(
    plan: Plan, span: Span, period: Period, now: datetime, *, opens: Collection[str], own: str = ""
) -> Board:
    """Count every work that the plan names and the system can count. Eight queries while the tallies hold.

    `opens` are the subgroups whose registers this person may open; the works of the `own` one come first.
    """
    works: list[Work] = sorted(
        plan.works.select_related("subgroup"), key=lambda work: work.subgroup.code != own
    )
    trend = trend_months(period, now)
    before = period_before(span, period)
    year_before = fiscal_year(fiscal_year_of(period.first) - 1)
    earliest = min(trend[0].first, year_before.first, before.first)
    months = months_of(Period(earliest, max(period.last, trend[-1].last)))
    counted = ratios_by_month({work.measure for work in works}, months, now)
    codes = dict(plan.kpis.values_list("measure", "code"))
    cards = {
        work.measure: Card(
            work=work,
            code=codes.get(work.measure, ""),
            measure=MEASURES[work.measure],
            period=period,
            ratio=_sum(counted[work.measure], period),
            before=_sum(counted[work.measure], before),
            year_before=_sum(counted[work.measure], year_before),
            trend=[counted[work.measure][month.first] for month in trend],
            leads_to_rows=work.subgroup.code in opens,
        )
        for work in works
        if work.measure in counted
    }
    work_lines = [WorkLine(work, cards.get(work.measure)) for work in works]
    return Board(plan, span, period, work_lines)


def trend_months(period: Period, now: datetime) -> list[Period]:
    """The twelve months that end with the period's last one, or with this one while it runs."""
    return months_back(month_of(min(period.last, now.astimezone(OFFICE_TZ).date())), TREND_MONTHS)


def _sum(ratios: dict[date, Ratio], period: Period) -> Ratio:
    return summed(ratios[month.first] for month in months_of(period))


def period_before(span: Span, period: Period) -> Period:
    """The month, quarter or fiscal year that ends where this one begins."""
    return period_at(span, months_back(month_of(period.first), 2)[0].first)


def neighbour(span: Span, period: Period, direction: int, now: datetime) -> str:
    """The month code that leads to the period before (-1) or after (+1); empty where there is none."""
    near = period_before(span, period) if direction < 0 else period_at(span, period.ends_at.date())
    is_kept = fiscal_year_of(near.first) >= FIRST_FISCAL_YEAR and near.starts_at <= now
    return month_code(near) if is_kept else ""
