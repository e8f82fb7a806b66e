"""The monthly and annual report on public relations, put together for the machinery that issues reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ, Period
from office.models import Matter, Subgroup
from office.reporting import Subject
from office.tallies import Counts, by_month
from publicrelations.measures import MATTERS
from publicrelations.permissions import may_issue_reports, may_read_reports
from publicrelations.report_exports import figures_csv, figures_xlsx, matters_csv
from publicrelations.report_paper import paper, shown
from publicrelations.reports import ANNUAL, MONTHLY, Content, content
from publicrelations.tallies import KEEPER


def _begun_in() -> date | None:
    """The month in which the first of the four works was received."""
    first = Matter.objects.filter(kind__in=MATTERS).aggregate(first=Min("received_at"))["first"]
    return first.astimezone(OFFICE_TZ).date().replace(day=1) if first else None


def _counts(months: Sequence[Period], now: datetime) -> list[Counts]:
    """The four works of each month together."""
    figures = KEEPER.read_all(months, [], now, MATTERS)
    columns = [by_month(figures[kind], months) for kind in MATTERS]
    return [sum(row, Counts()) for row in zip(*columns, strict=True)]


def _page(report: Content) -> dict[str, Any]:
    """What the page of a period shows of its figures."""
    return shown(report) | {"register": reverse("publicrelations:counted")}


PUBLIC_RELATIONS: Final = Subject(
    monthly=MONTHLY,
    annual=ANNUAL,
    subgroup=Subgroup.Code.PUBLIC_RELATIONS,
    name=_("Report on public relations"),
    closed_to_others=_(
        "The reports on public relations are open to the subgroup that carries them and to the executives."
    ),
    may_read=may_read_reports,
    may_issue=may_issue_reports,
    begun_in=_begun_in,
    counts=_counts,
    content=content,
    page=_page,
    template="publicrelations/report.html",
    paper=paper,
    figures_csv=figures_csv,
    figures_xlsx=figures_xlsx,
    matters_csv=matters_csv,
)
