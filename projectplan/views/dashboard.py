"""The indicators of the plan: the dashboard, and the month's card on the page of today."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from office.calendar import OFFICE_TZ, fiscal_year_of, month_code, month_of
from office.figures import percent_text, thousands
from office.list_export import asks_for_file, list_file
from office.models import Role, Subgroup, User
from projectplan.dashboard import Part, Span, asked_span, board, chosen_period, neighbour, plan_for
from projectplan.measures import MEASURES
from projectplan.strategies import strategies_of
from projectplan.subjects import SUBJECTS
from projectplan.taken_along import indicator_file
from projectplan.views.kpi import opens_indicators

MONTH_TARGET = 100
"""Percent of meetings and of opinions in time that the plan asks for (fiscal year 2553, work 1 of each)."""


def _need_a_role(request: HttpRequest) -> None:
    """Indicators hold no personal data: whoever has a role in the office may see them."""
    if not cast(User, request.user).roles:
        raise PermissionDenied(_("The indicators are open to the people of the office."))


@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    """Every work and indicator of the plan for a month, a quarter or a fiscal year."""
    _need_a_role(request)
    now = timezone.now()
    span = asked_span(request.GET.get("span", ""), Span.QUARTER)
    period = chosen_period(span, request.GET.get("at", ""), now)
    plan = plan_for(fiscal_year_of(period.first))
    user = cast(User, request.user)
    opens = {subject.subgroup for subject in SUBJECTS if subject.may_read(user)}
    own = user.subgroup.code if user.subgroup else ""
    context = {
        "section": "kpis",
        "board": board(plan, span, period, now, opens=opens, own=own) if plan else None,
        "fiscal_year": fiscal_year_of(period.first),
        "year_before": fiscal_year_of(period.first) - 1,
        "period_label": period.label(get_language() or "th"),
        "spans": [(Span.MONTH, _("Month")), (Span.QUARTER, _("Quarter")), (Span.YEAR, _("Year"))],
        "span": span,
        "at": request.GET.get("at", "") and month_code(period),
        "before": neighbour(span, period, -1, now),
        "after": neighbour(span, period, +1, now),
        "oversees": user.has_role(Role.EXECUTIVE) or (user.has_role(Role.HEAD) and user.subgroup_id),
        "opens_indicators": opens_indicators(user),
        "moment": now,
    }
    return render(request, "projectplan/dashboard.html", context)


@require_GET
def strategies(request: HttpRequest) -> HttpResponseBase:
    """The indicators under their strategies: a page, and the part of the dashboard that comes after its works."""
    _need_a_role(request)
    now = timezone.now()
    span = asked_span(request.GET.get("span", ""), Span.QUARTER)
    period = chosen_period(span, request.GET.get("at", ""), now)
    plan = plan_for(fiscal_year_of(period.first))
    shown = strategies_of(plan, span, period, now) if plan else []
    if form := asks_for_file(request.GET):
        return list_file(request, indicator_file(shown, period), form)
    context = {
        "section": "kpis",
        "strategies": shown,
        "query": f"span={span}&at={month_code(period)}",
        "period_label": period.label(get_language() or "th"),
        "span": span,
        "at": month_code(period),
        "opens_indicators": opens_indicators(cast(User, request.user)),
        "moment": now,
    }
    is_part = request.headers.get("HX-Request") == "true"
    return render(
        request, "projectplan/strategies.html" if is_part else "projectplan/strategies_page.html", context
    )


@require_GET
def month_card(request: HttpRequest) -> HttpResponse:
    """What a card on the page of today holds: this month's first work of the person's own subgroup, against its target;
    of those who belong to none, the opinions on petitions."""
    _need_a_role(request)
    user = cast(User, request.user)
    is_of_politics = user.subgroup is not None and user.subgroup.code == Subgroup.Code.POLITICS
    now = timezone.now()
    measure = MEASURES["parliament.meetings_on_time" if is_of_politics else "complaints.opinions_on_time"]
    month = month_of(now.astimezone(OFFICE_TZ).date())
    (ratio,) = measure.by_month(measure.reads([month], now))
    leads = any(subject.may_read(user) for subject in SUBJECTS if subject.subgroup == measure.subgroup)
    counts = [
        (_("in time"), ratio.in_time, "in_time"),
        (_("late"), ratio.late, "late"),
        (_("not due yet"), ratio.pending, "pending"),
    ]
    context = {
        "heading": _("Meetings ready in time") if is_of_politics else _("Opinions in time"),
        "month": month,
        "ratio": ratio,
        "target": MONTH_TARGET,
        "percent": percent_text(ratio.percent),
        "reaches": ratio.reaches(MONTH_TARGET),
        "parts": [
            Part(
                f"{label} {thousands(count)}",
                measure.rows_behind(month, name) if measure.rows_behind and leads and count else "",
            )
            for label, count, name in counts
        ],
    }
    return render(request, "projectplan/month_card.html", context)
