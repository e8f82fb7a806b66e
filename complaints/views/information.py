"""What the petitions tell taken together: trends, where they come from, what keeps coming back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from complaints import places as places_of
from complaints.permissions import may_read_reports
from complaints.places import MEASURES, drawn_map, in_order, map_title, measured, query_of
from complaints.recurring import LEAST
from complaints.recurring import recurring as recurring_pairs
from complaints.reporting import CLOSED_TO_OTHERS
from complaints.reports import ANNUAL, MONTHLY, stacked
from complaints.tallies import Counts, Dimension
from complaints.trends import BY, Panel, Trends, latest_month
from complaints.trends import trends as trends_of
from office.calendar import (
    OFFICE_TZ,
    Period,
    fiscal_year,
    fiscal_year_of,
    month_code,
    month_of,
    months_back,
    months_of,
)
from office.province_map import CREDIT
from office.reporting import FIRST_FISCAL_YEAR, PeriodError, code_of, period_of, period_words
from office.small_charts import SmallMonth, small_months
from office.thai import format_short

TWO_YEARS = "24"
PROVINCES_SHOWN = 20

View = Callable[..., HttpResponseBase]


def for_readers(view: View) -> View:
    """Only for those who may read the reports; others are told whom to ask."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_read_reports(request.user):
            raise PermissionDenied(CLOSED_TO_OTHERS)
        return view(request, *args, **kwargs)

    return guarded


def _month_asked(request: HttpRequest, name: str, now: datetime) -> Period:
    """The month of the address; without one the last that is over. 404 for what is no month kept here."""
    code = request.GET.get(name, "")
    if not code:
        return latest_month(now)
    try:
        return period_of(MONTHLY, code, now)
    except PeriodError as wrong:
        raise Http404(str(wrong)) from wrong


def _months_around(month: Period, now: datetime) -> tuple[str, str]:
    """The codes of the month before and after; empty where nothing is kept, or has begun."""
    before = months_back(month, 2)[0]
    after = month_of(month.ends_at.date())
    is_kept = fiscal_year_of(before.first) >= FIRST_FISCAL_YEAR
    return month_code(before) if is_kept else "", month_code(after) if after.starts_at <= now else ""


# ── Trends ──────────────────────────────────────────────────────────────────────────────────


@require_GET
@for_readers
def trends(request: HttpRequest) -> HttpResponseBase:
    """Twelve months, or these beside the twelve before; one chart for the whole and one for each part."""
    now = timezone.now()
    by = request.GET.get("by", Dimension.CATEGORY.value)
    if by not in BY:
        raise Http404(_("There is no such trend."))
    month = _month_asked(request, "month", now)
    over_two_years = request.GET.get("months") == TWO_YEARS
    found = trends_of(by, month, now, over_two_years=over_two_years)
    before, after = _months_around(month, now)

    def link(**changes: str) -> str:
        asked = {"by": by, "month": month_code(month), "months": TWO_YEARS if over_two_years else ""}
        return urlencode({name: value for name, value in {**asked, **changes}.items() if value})

    context = {
        "section": "trends",
        "trends": found,
        "period_words": period_words(month),
        "by_links": [(link(by=value), label, value == by) for value, label in BY.items()],
        "span_links": [
            (link(months=""), _("12 months"), not over_two_years),
            (link(months=TWO_YEARS), _("24 months"), over_two_years),
        ],
        "before": link(month=before) if before else "",
        "after": link(month=after) if after else "",
        "whole_chart": stacked(found.bars),
        "panels": [_panel(panel, found) for panel in found.panels],
        "by_words": BY[by],
        "months": [_short(one.first) for one in found.months],
        "register": reverse("complaints:petitions"),
        "moment": now,
    }
    return render(request, "complaints/trends.html", context)


def _short(first: date) -> str:
    """`พ.ย. ๕๒`."""
    return format_short(first, language=get_language() or "th").split(" ", 1)[1]


def _panel(panel: Panel, found: Trends) -> dict[str, object]:
    years_before: tuple[int | None, ...] = panel.before or (None,) * len(panel.counts)
    months = [
        SmallMonth(month.first, count, before)
        for month, count, before in zip(found.months, panel.counts, years_before, strict=True)
    ]
    query = {"month": month_code(found.month), found.by: panel.value}
    return {
        "panel": panel,
        "count": panel.counts[-1],
        "chart": small_months(panel.label, months),
        "query": urlencode(query) if panel.value and panel.counts[-1] else "",
    }


# ── Where they come from ────────────────────────────────────────────────────────────────────


@require_GET
@for_readers
def places(request: HttpRequest) -> HttpResponseBase:
    """The map of a month or a fiscal year, and the table of the provinces with their education areas."""
    now = timezone.now()
    period = _period_asked(request, now)
    measure = request.GET.get("count", "received")
    if measure not in MEASURES:
        raise Http404(_("There is no such map."))
    found = places_of.places(period, now)
    register = reverse("complaints:petitions")
    more = measured(measure)
    lines = [_place_row(line, period) for line in in_order(found.provinces, measure)]
    before, after = _neighbours(period, now)
    kind = _period_name(period)
    context = {
        "section": "places",
        "places": found,
        "lines": lines[:PROVINCES_SHOWN],
        "more_lines": lines[PROVINCES_SHOWN:],
        "map": drawn_map(
            found.counts,
            period,
            measure=measure,
            url_of=lambda code: f"{register}?{query_of(period, province=code, **more)}",
        ),
        "map_title": map_title(period, measure),
        "credit": CREDIT,
        "period_words": period_words(period),
        "measures": [(f"{kind}&count={name}", label, name == measure) for name, label in MEASURES.items()],
        "spans": _spans(period, now, measure),
        "before": f"{before}&count={measure}" if before else "",
        "after": f"{after}&count={measure}" if after else "",
        "with_province": sum(found.counts.values(), Counts()),
        "not_given_query": query_of(period, province="") if found.not_given.received else "",
        "is_within_nong_khai": places_of.is_within_nong_khai(period, found.counts),
        "register": register,
        "moment": now,
    }
    return render(request, "complaints/places.html", context)


def _period_asked(request: HttpRequest, now: datetime) -> Period:
    month, year = request.GET.get("month", ""), request.GET.get("fiscal_year", "")
    try:
        if month:
            return period_of(MONTHLY, month, now)
        current = str(fiscal_year_of(now.astimezone(OFFICE_TZ).date()))
        return period_of(ANNUAL, year or current, now)
    except PeriodError as wrong:
        raise Http404(str(wrong)) from wrong


def _period_name(period: Period) -> str:
    """The period in an address: `month=2552-11`, `fiscal_year=2552`."""
    name = "month" if period == month_of(period.first) else "fiscal_year"
    return f"{name}={code_of(period)}"


def _spans(period: Period, now: datetime, measure: str) -> list[tuple[str, str, bool]]:
    """The way from a month to its year, and from a year to its last month that has begun."""
    is_month = period == month_of(period.first)
    month = period if is_month else [one for one in months_of(period) if one.starts_at <= now][-1]
    year = fiscal_year(fiscal_year_of(period.first))
    return [
        (f"{_period_name(year)}&count={measure}", _("Fiscal year"), not is_month),
        (f"{_period_name(month)}&count={measure}", _("Month"), is_month),
    ]


def _neighbours(period: Period, now: datetime) -> tuple[str, str]:
    if period == month_of(period.first):
        before, after = _months_around(period, now)
        return (f"month={before}" if before else "", f"month={after}" if after else "")
    year, current = fiscal_year_of(period.first), fiscal_year_of(now.astimezone(OFFICE_TZ).date())
    return (
        f"fiscal_year={year - 1}" if year > FIRST_FISCAL_YEAR else "",
        f"fiscal_year={year + 1}" if year < current else "",
    )


def _place_row(line: places_of.ProvinceLine, period: Period) -> dict[str, object]:
    return {
        "line": line,
        "query": query_of(period, province=line.code),
        "areas": [(area, query_of(period, education_area=area.key)) for area in line.areas],
    }


# ── What keeps coming back ──────────────────────────────────────────────────────────────────


@require_GET
@for_readers
def recurring(request: HttpRequest) -> HttpResponseBase:
    """The agencies with the kinds, or the categories, that came most often in twelve months."""
    now = timezone.now()
    what = request.GET.get("by", Dimension.CATEGORY.value)
    if what not in (Dimension.KIND, Dimension.CATEGORY):
        raise Http404(_("There is no such table."))
    month = _month_asked(request, "month", now)
    before, after = _months_around(month, now)
    address = f"by={what}&month="
    context = {
        "section": "recurring",
        "found": recurring_pairs(what, month, now),
        "what_words": BY[what],
        "least": LEAST,
        "by_links": [
            (f"by={value}&month={month_code(month)}", BY[value], value == what)
            for value in (Dimension.CATEGORY.value, Dimension.KIND.value)
        ],
        "before": address + before if before else "",
        "after": address + after if after else "",
        "register": reverse("complaints:petitions"),
        "moment": now,
    }
    return render(request, "complaints/recurring.html", context)
