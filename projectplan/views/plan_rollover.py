"""Rolling a plan over: what the next year's plan would say, and making it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from office.calendar import fiscal_year
from office.http import StaffRequest
from projectplan.models import Plan
from projectplan.permissions import changers_only
from projectplan.rollover import roll_over, rolled_over
from projectplan.views.plan import find_plan, page_of_plan


@changers_only
@require_http_methods(["GET", "POST"])
def roll_over_page(request: StaffRequest, year: int) -> HttpResponse:
    """A preview of the whole of the next plan; pressed, it is made. A second press only leads there."""
    plan, now = find_plan(year), timezone.now()
    there = Plan.objects.filter(fiscal_year=year + 1).exists()
    if request.method == "POST" or there:
        made = roll_over(plan, year + 1, by=request.user, now=now)
        if there:
            messages.info(request, _("The plan of this year is there already."))
        else:
            messages.success(request, _("The plan was rolled over. Read it through and mend what is new."))
        return redirect("projectplan:plan", made.fiscal_year)
    context = page_of_plan(rolled_over(plan, year + 1, now)) | {
        "plan": plan,
        "moment": now,
        "is_unfinished": now < fiscal_year(year).ends_at,
    }
    return render(request, "projectplan/plan/roll_over.html", context)
