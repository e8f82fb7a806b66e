"""The executive's one screen: what waits for an order first, then what is below its target, late, and spent."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from office.calendar import fiscal_year_of
from office.http import StaffRequest
from office.models import Role, User
from office.models.calendar import current_calendar
from office.today import lines_of
from projectplan.dashboard import Span, board, chosen_period, plan_for
from projectplan.subjects import SUBJECTS
from projectplan.workload import loads, subgroups_overseen

ORDERS_SHOWN = 5
WORST_FIRST = ("late", "soon", "ok", "")


@require_GET
def glance(request: StaffRequest) -> HttpResponse:
    """The office at a glance, for a telephone between two meetings: orders and what is late; the month's figures
    follow by themselves."""
    user = _executive(request)
    now = timezone.now()
    waiting = lines_of(user, Q(responsible=user), ORDERS_SHOWN + 1)
    context = {
        "section": "glance",
        "waiting": waiting[:ORDERS_SHOWN],
        "decides": True,
        "more_wait": len(waiting) > ORDERS_SHOWN,
        "loads": loads(list(subgroups_overseen(user)), now),
        "moment": now,
        "calendar": current_calendar(),
    }
    return render(request, "projectplan/glance.html", context)


@require_GET
def works(request: StaffRequest) -> HttpResponse:
    """The works of the month so far as lines, those below their target first."""
    user = _executive(request)
    now = timezone.now()
    period = chosen_period(Span.MONTH, "", now)
    plan = plan_for(fiscal_year_of(period.first))
    opens = {subject.subgroup for subject in SUBJECTS if subject.may_read(user)}
    cards = board(plan, Span.MONTH, period, now, opens=opens).cards if plan else []
    context = {
        "cards": sorted(cards, key=lambda card: WORST_FIRST.index(card.tone)),
        "period_label": period.label(get_language() or "th"),
    }
    return render(request, "projectplan/glance_works.html", context)


def _executive(request: StaffRequest) -> User:
    if not request.user.has_role(Role.EXECUTIVE):
        raise PermissionDenied(_("This page is the executives'. Section heads find theirs under Indicators."))
    return request.user
