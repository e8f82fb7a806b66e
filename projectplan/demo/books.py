"""The books of a demo: the documents that were published of each year that is over, and the plan that is in force."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from office.calendar import OFFICE_TZ, fiscal_year, fiscal_year_of
from office.models import Report
from projectplan import issuing
from projectplan.demo.living import hear_of_reports
from projectplan.measures_books import DOCUMENTS
from projectplan.models import Plan, Project


def make_books(years: Iterable[int], now: datetime) -> None:
    """Issue them as the office does; what is issued already stays."""
    for year in years:
        if fiscal_year(year).ends_at <= now:
            has_project = Project.objects.filter(plan__fiscal_year=year).exists()
            for kind in DOCUMENTS:
                if has_project or kind != Report.Kind.PROJECT_REPORT:
                    _issue(kind, year, now)
    current = fiscal_year_of(now.astimezone(OFFICE_TZ).date())
    if Plan.objects.filter(fiscal_year=current).exists():
        _issue(Report.Kind.ACTION_PLAN, current, now)
    hear_of_reports(now)


def _issue(kind: Report.Kind, year: int, now: datetime) -> None:
    period = fiscal_year(year)
    if not Report.objects.filter(kind=kind, first=period.first).exists():
        issuing.make(issuing.write_down(kind, period, by=None, now=now).pk, now)
