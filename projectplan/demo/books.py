"""The books of a demo: the documents that were published of each year that is over, and the plan that is in force."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from office.calendar import OFFICE_TZ, Period, fiscal_year, fiscal_year_of, quarters_of
from office.models import Report
from office.models.calendar import current_calendar
from projectplan import issuing
from projectplan.demo.living import hear_of_reports
from projectplan.freezing import freezes_at
from projectplan.measures_books import DOCUMENTS
from projectplan.models import Plan, Project

A_MOMENT: Final = timedelta(minutes=35)
"""Between the freezing of a month and the next look at what is to be issued."""


def make_books(years: Iterable[int], now: datetime) -> None:
    """Issue them as the office does; what is issued already stays."""
    for year in years:
        if fiscal_year(year).ends_at <= now:
            has_project = Project.objects.filter(plan__fiscal_year=year).exists()
            for kind in DOCUMENTS:
                if has_project or kind != Report.Kind.PROJECT_REPORT:
                    _issue(kind, fiscal_year(year), now)
        _issue_quarters(year, now)
    current = fiscal_year_of(now.astimezone(OFFICE_TZ).date())
    if Plan.objects.filter(fiscal_year=current).exists():
        _issue(Report.Kind.ACTION_PLAN, fiscal_year(current), now)
    hear_of_reports(now)


def _issue_quarters(year: int, now: datetime) -> None:
    """The report on the indicators of each quarter that is over, as on the day that its months were frozen."""
    if Plan.objects.filter(fiscal_year=year).exists():
        calendar = current_calendar()
        for period in quarters_of(year):
            day_at = freezes_at(period, calendar) + A_MOMENT
            if day_at <= now:
                _issue(Report.Kind.KPI_QUARTERLY, period, day_at)


def _issue(kind: Report.Kind, period: Period, now: datetime) -> None:
    if not Report.objects.filter(kind=kind, first=period.first).exists():
        issuing.make(issuing.write_down(kind, period, by=None, now=now).pk, now)
