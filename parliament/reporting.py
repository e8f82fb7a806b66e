"""The monthly and annual report on parliament, put together for the machinery that issues reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ, Period
from office.figures import percent_text
from office.models import Matter, Subgroup
from office.reporting import Subject
from office.tallies import Counts, by_month
from parliament.measures import MATTERS
from parliament.permissions import may_issue_reports, may_read_reports
from parliament.report_exports import figures_csv, figures_xlsx, matters_csv
from parliament.report_paper import late_by_kind, paper
from parliament.report_tables import kind_tables, other_tables, trend_table, who_tables, works_table
from parliament.reports import ANNUAL, MONTHLY, Content, content, trend_chart, works_chart
from parliament.tallies import KEEPER


def _begun_in() -> date | None:
    """The month in which the first of parliament's business was received."""
    first = Matter.objects.filter(kind__in=MATTERS).aggregate(first=Min("received_at"))["first"]
    return first.astimezone(OFFICE_TZ).date().replace(day=1) if first else None


def _counts(months: Sequence[Period], now: datetime) -> list[Counts]:
    """The four works of each month together."""
    figures = KEEPER.read_all(months, [], now, MATTERS)
    columns = [by_month(figures[kind], months) for kind in MATTERS]
    return [sum(row, Counts()) for row in zip(*columns, strict=True)]


def _page(report: Content) -> dict[str, Any]:
    """What the page of a period shows of its figures."""
    return {
        "percent": percent_text(report.total.ratio.percent),
        "percent_before": percent_text(report.before.ratio.percent) if report.before else "",
        "fewer": -report.difference,
        "works": works_table(report),
        "kinds": kind_tables(report),
        "others": other_tables(report),
        "people": [table for table in who_tables(report) if table.rows],
        "trend": trend_table(report),
        "late": late_by_kind(report),
        "works_chart": works_chart(report),
        "trend_chart": trend_chart(report),
        "register": reverse("parliament:counted"),
    }


PARLIAMENT: Final = Subject(
    monthly=MONTHLY,
    annual=ANNUAL,
    subgroup=Subgroup.Code.POLITICS,
    name=_("Report on parliament"),
    closed_to_others=_(
        "The reports on parliament are open to the subgroup that carries its business and to the executives."
    ),
    may_read=may_read_reports,
    may_issue=may_issue_reports,
    begun_in=_begun_in,
    counts=_counts,
    content=content,
    page=_page,
    template="parliament/report.html",
    paper=paper,
    figures_csv=figures_csv,
    figures_xlsx=figures_xlsx,
    matters_csv=matters_csv,
)
