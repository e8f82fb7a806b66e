"""The indicators of the plan: the dashboard, and the month's card on the page of today."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from complaints.measures import this_month
from complaints.permissions import may_read_reports
from complaints.report_tables import percent_text
from office.calendar import fiscal_year_of, month_code
from office.figures import thousands
from office.models import User
from projectplan.dashboard import Part, Span, board, chosen_period, neighbour, plan_for
from projectplan.measures import petitions_by


def _need_a_role(request: HttpRequest) -> None:
    """Indicators hold no personal data: whoever has a role in the office may see them."""
    if not cast(User, request.user).roles:
        raise PermissionDenied(_("The indicators are open to the people of the office."))


@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    """Every work and indicator of the plan for a month, a quarter or a fiscal year."""
    _need_a_role(request)
    now = timezone.now()
    asked = request.GET.get("span", "")
    span = Span(asked) if asked in list(Span) else Span.QUARTER
    period = chosen_period(span, request.GET.get("at", ""), now)
    plan = plan_for(fiscal_year_of(period.first))
    leads_to_rows = may_read_reports(request.user)
    context = {
        "section": "kpis",
        "board": board(plan, span, period, now, leads_to_rows=leads_to_rows) if plan else None,
        "fiscal_year": fiscal_year_of(period.first),
        "year_before": fiscal_year_of(period.first) - 1,
        "period_label": period.label(get_language() or "th"),
        "spans": [(Span.MONTH, _("Month")), (Span.QUARTER, _("Quarter")), (Span.YEAR, _("Year"))],
        "span": span,
        "at": request.GET.get("at", "") and month_code(period),
        "before": neighbour(span, period, -1, now),
        "after": neighbour(span, period, +1, now),
        "moment": now,
    }
    return render(request, "projectplan/dashboard.html", context)


@require_GET
def month_card(request: HttpRequest) -> HttpResponse:
    """The opinions of this month against their target: what a card on the page of today holds."""
    _need_a_role(request)
    card = this_month(timezone.now())
    rows_behind = petitions_by("not-web") if may_read_reports(request.user) else None
    ratio = card.ratio
    counts = [
        (_("in time"), ratio.in_time, "in_time"),
        (_("late"), ratio.late, "late"),
        (_("not due yet"), ratio.pending, "pending"),
    ]
    context = {
        "card": card,
        "percent": percent_text(card.percent),
        "reaches": ratio.reaches(card.target),
        "parts": [
            Part(
                f"{label} {thousands(count)}",
                rows_behind(card.month, name) if rows_behind and count else "",
            )
            for label, count, name in counts
        ],
    }
    return render(request, "projectplan/month_card.html", context)
