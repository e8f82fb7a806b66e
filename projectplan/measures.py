"""Which function counts what the plan names: every measure that the system can count so far, and where its rows are.

A name of the plan that is not here is not built yet; the dashboard says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from complaints import measures as complaints
from office.calendar import Period, fiscal_year, fiscal_year_of, month_code, month_of, quarter_code
from office.models import Matter, Subgroup
from office.ratio import Ratio, summed
from parliament import measures as parliament
from publicrelations import measures as publicrelations

RowsBehind = Callable[[Period, str], str]
Reads = Callable[..., Any]
"""What a room's measures read from: made once for all of them, so that what several need is fetched once."""


@dataclass(frozen=True)
class Measure:
    """How a measure is counted month by month from what it reads; the unit of what it counts; the subgroup whose rows
    are behind it, and their page."""

    reads: Reads
    by_month: Callable[[Any], list[Ratio]]
    unit: str | Promise
    subgroup: str
    rows_behind: RowsBehind | None = None
    kinds: Sequence[Matter.Kind] = ()
    """The kinds of matter it counts together, where there are several: each has its own rows."""


def period_query(period: Period) -> dict[str, str]:
    """How the register is asked for the matters of a month, a quarter or a fiscal year."""
    year = fiscal_year_of(period.first)
    if period == month_of(period.first):
        return {"month": month_code(period)}
    if period == fiscal_year(year):
        return {"fiscal_year": str(year)}
    return {"fiscal_year": quarter_code(period)}


def petitions_by(channel: str) -> RowsBehind:
    """The register of petitions received in a period by a channel; `standing` is that of the opinion, or empty."""

    def rows_behind(period: Period, standing: str) -> str:
        query = period_query(period) | {"channel": channel}
        if standing:
            query["opinion"] = standing
        return f"{reverse('complaints:petitions')}?{urlencode(query)}"

    return rows_behind


def related_matters_of(period: Period, standing: str) -> str:
    """The register of related matters received in a period; `standing` is that of the opinion, or empty."""
    query = period_query(period) | ({"opinion": standing} if standing else {})
    return f"{reverse('complaints:related_list')}?{urlencode(query)}"


def reports_of(period: Period, standing: str) -> str:
    """The list of the reports of the period's fiscal year."""
    return f"{reverse('reports:list')}?{urlencode({'fiscal_year': fiscal_year_of(period.first)})}"


def counted_of(kind: Matter.Kind, page: str = "parliament:counted") -> RowsBehind:
    """What is counted of one kind of a room's business; `standing` is that of the promise, or empty."""

    def rows_behind(period: Period, standing: str) -> str:
        query = period_query(period) | {"kind": kind.value} | ({"promise": standing} if standing else {})
        return f"{reverse(page)}?{urlencode(query)}"

    return rows_behind


def _petitions(by_month: complaints.ByMonth, unit: Any, rows_behind: RowsBehind | None = None) -> Measure:
    return Measure(complaints.Reading, by_month, unit, Subgroup.Code.COMPLAINTS, rows_behind)


def _politics(by_month: parliament.ByMonth, unit: Any, kinds: Sequence[Matter.Kind]) -> Measure:
    """One that counts several kinds leads to the rows of the first; their page names the others beside them."""
    several = kinds if len(kinds) > 1 else ()
    rows_behind = counted_of(kinds[0])
    return Measure(parliament.Reading, by_month, unit, Subgroup.Code.POLITICS, rows_behind, several)


def _relations(by_month: publicrelations.ByMonth, unit: Any, kind: Matter.Kind) -> Measure:
    rows_behind = counted_of(kind, "publicrelations:counted")
    return Measure(publicrelations.Reading, by_month, unit, Subgroup.Code.PUBLIC_RELATIONS, rows_behind)


MEASURES: dict[str, Measure] = {
    "parliament.meetings_on_time": _politics(
        parliament.meetings_by_month, _("meetings"), parliament.MEETINGS
    ),
    "parliament.interpellations_handled": _politics(
        parliament.interpellations_by_month, _("matters"), parliament.INTERPELLATIONS
    ),
    "parliament.bills_on_time": _politics(parliament.bills_by_month, _("considerations"), parliament.BILLS),
    "parliament.consultations_answered": _politics(
        parliament.consultations_by_month, _("matters"), parliament.CONSULTATIONS
    ),
    "parliament.matters_on_time": _politics(parliament.matters_by_month, _("matters"), parliament.MATTERS),
    "publicrelations.agenda_covered": _relations(
        publicrelations.agenda_by_month, _("engagements"), Matter.Kind.ENGAGEMENT
    ),
    "publicrelations.journal_issued": _relations(
        publicrelations.journal_by_month, _("issues"), Matter.Kind.JOURNAL
    ),
    "publicrelations.press_conferences_coordinated": _relations(
        publicrelations.press_conferences_by_month, _("press conferences"), Matter.Kind.PRESS_CONFERENCE
    ),
    "publicrelations.foreign_documents_on_time": _relations(
        publicrelations.foreign_documents_by_month, _("documents"), Matter.Kind.FOREIGN_DOCUMENT
    ),
    "complaints.opinions_on_time": _petitions(
        complaints.opinions_by_month, _("matters"), petitions_by("not-web")
    ),
    "complaints.web_opinions_on_time": _petitions(
        complaints.web_opinions_by_month, _("matters"), petitions_by("web")
    ),
    "complaints.related_matters_on_time": _petitions(
        complaints.related_matters_by_month, _("matters"), related_matters_of
    ),
    "complaints.reports_issued": _petitions(complaints.reports_by_month, _("reports"), reports_of),
}


def ratios_by_month(
    names: Collection[str], months: Sequence[Period], now: datetime, *, in_passing: bool = False
) -> dict[str, dict[date, Ratio]]:
    """Each of the named measures that the system can count, by the first day of each month. A query for each room and
    what it counts together, while the tallies hold; `in_passing` never counts a tally anew."""
    named = {name: measure for name, measure in MEASURES.items() if name in names}
    readings = {
        reads: reads(months, now, in_passing) for reads in {measure.reads for measure in named.values()}
    }
    first_days = [month.first for month in months]
    return {
        name: dict(zip(first_days, measure.by_month(readings[measure.reads]), strict=True))
        for name, measure in named.items()
    }


def ratios_by_kind(measure: Measure, months: Sequence[Period], now: datetime) -> dict[Matter.Kind, Ratio]:
    """What each kind of matter adds to a measure of several, over the months."""
    reading = measure.reads(months, now)
    return {kind: summed(reading.of([kind])) for kind in measure.kinds}
