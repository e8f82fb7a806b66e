"""Which function counts what the plan names: every measure that the system can count so far, and where its rows are.

A name of the plan that is not here is not built yet; the dashboard says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from complaints import measures as complaints
from complaints.measures import ByMonth
from office.calendar import Period, fiscal_year, fiscal_year_of, month_code, month_of, quarter

RowsBehind = Callable[[Period, str], str]


@dataclass(frozen=True)
class Measure:
    """How a measure is counted month by month; the unit of what it counts; the page of the rows behind it."""

    by_month: ByMonth
    unit: str | Promise
    rows_behind: RowsBehind | None = None


def period_query(period: Period) -> dict[str, str]:
    """How the register is asked for the matters of a month, a quarter or a fiscal year."""
    year = fiscal_year_of(period.first)
    if period == month_of(period.first):
        return {"month": month_code(period)}
    if period == fiscal_year(year):
        return {"fiscal_year": str(year)}
    number = next(number for number in range(1, 5) if quarter(year, number) == period)
    return {"fiscal_year": f"{year}-{number}"}


def petitions_by(channel: str) -> RowsBehind:
    """The register of petitions received in a period by a channel; `standing` is that of the opinion, or empty."""

    def rows_behind(period: Period, standing: str) -> str:
        query = period_query(period) | {"channel": channel}
        if standing:
            query["opinion"] = standing
        return f"{reverse('complaints:petitions')}?{urlencode(query)}"

    return rows_behind


def reports_of(period: Period, standing: str) -> str:
    """The list of the reports of the period's fiscal year."""
    return f"{reverse('reports:list')}?{urlencode({'fiscal_year': fiscal_year_of(period.first)})}"


MEASURES: dict[str, Measure] = {
    "complaints.opinions_on_time": Measure(
        complaints.opinions_by_month, _("matters"), petitions_by("not-web")
    ),
    "complaints.web_opinions_on_time": Measure(
        complaints.web_opinions_by_month, _("matters"), petitions_by("web")
    ),
    "complaints.related_matters_on_time": Measure(complaints.related_matters_by_month, _("matters")),
    "complaints.reports_issued": Measure(complaints.reports_by_month, _("reports"), reports_of),
}
