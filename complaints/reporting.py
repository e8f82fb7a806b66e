"""The monthly and annual report on petitions, put together for the machinery that issues reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from complaints import tallies
from complaints.models import Petition
from complaints.permissions import may_issue_reports, may_read_reports
from complaints.report_exports import figures_csv, figures_xlsx, matters_csv
from complaints.report_paper import paper
from complaints.report_tables import related_table, tables, total_row, trend_table
from complaints.reports import ANNUAL, MONTHLY, Content, category_chart, content, trend_chart
from complaints.tallies import Counts
from office.calendar import Period, months_of
from office.figures import percent_text
from office.models import Subgroup, User
from office.models.matter import matters_visible_to
from office.reporting import Subject, period_query

CLOSED_TO_OTHERS: Final = _(
    "The reports on petitions are open to the subgroup that carries them and to the executives."
)


def _begun_in() -> date | None:
    return Petition.objects.aggregate(first=Min("month"))["first"]


def _counts(months: Sequence[Period], now: datetime) -> list[Counts]:
    return tallies.by_month(tallies.read(months, [], now), months)


def _page(report: Content) -> dict[str, Any]:
    """What the page of a period shows of its figures."""
    return {
        "percent": percent_text(report.total.ratio.percent),
        "percent_before": percent_text(report.before.ratio.percent) if report.before else "",
        "fewer": -report.difference,
        "total": total_row(report),
        "tables": tables(report),
        "trend": trend_table(report),
        "related": related_table(report),
        "related_register": reverse("complaints:related_list"),
        "map_query": urlencode(period_query(report.period)),
        "category_chart": category_chart(report),
        "trend_chart": trend_chart(report),
        "register": reverse("complaints:petitions"),
    }


def _matters(user: User, period: Period, now: datetime) -> Iterator[str]:
    """The petitions of the period that this person may see, without anything about persons."""
    months = [month.first for month in months_of(period)]
    return matters_csv(Petition.objects.filter(matters_visible_to(user), month__in=months), now)


PETITIONS: Final = Subject(
    monthly=MONTHLY,
    annual=ANNUAL,
    subgroup=Subgroup.Code.COMPLAINTS,
    name=_("Report on petitions"),
    closed_to_others=CLOSED_TO_OTHERS,
    may_read=may_read_reports,
    may_issue=may_issue_reports,
    begun_in=_begun_in,
    counts=_counts,
    content=content,
    page=_page,
    template="complaints/report.html",
    paper=paper,
    figures_csv=figures_csv,
    figures_xlsx=figures_xlsx,
    matters_csv=_matters,
)
