"""Registering an engagement, what is on at the time one types, the calendar by week and month, and one day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from office.by_day import SHOWN_A_DAY, asked_day, before_and_after, period_of, weeks_of
from office.feeds import calendar_file
from office.http import StaffRequest
from office.models.calendar import current_calendar
from office.steps import Actor, refuse_unless_open
from office.views.registering import register_page
from publicrelations.engagement_calendar import day_of, engagements_shown
from publicrelations.engagement_intake import register_engagement
from publicrelations.feeds import engagement_entries, press_entries
from publicrelations.forms.engagements import EngagementForm
from publicrelations.permissions import may_register
from publicrelations.press_calendar import day_together, press_of_day, press_shown, together
from publicrelations.views.access import carriers_only, readers_only
from publicrelations.views.engagement_desks import ENGAGEMENTS

ONE_DAY = timedelta(days=1)
CONFLICTS = "publicrelations/cards/conflicts.html"


@carriers_only
def new_engagement(request: StaffRequest) -> HttpResponse:
    """Register an engagement; a valid form leads to its page. The day of a calendar may be where one comes from."""

    def form(*data: Any, **known: Any) -> EngagementForm:
        day = asked_day(request.GET.get("day", ""))
        return EngagementForm(*data, **known, initial={"starts_on": day} if day else {})

    template = "publicrelations/engagement_new.html"
    return register_page(request, form, register_engagement, template, {"section": "engagements"})


@carriers_only
def conflicts(request: StaffRequest) -> HttpResponse:
    """What else is on at the time that is typed so far into the form of registration."""
    form = EngagementForm(request.GET, user=request.user, now=timezone.now())
    return render(request, CONFLICTS, {"conflicts": form.conflicts()})


@readers_only
def conflicts_of_new_time(request: StaffRequest, pk: int) -> HttpResponse:
    """The same for another date of an engagement."""
    engagement = ENGAGEMENTS.fetch(request.user, pk)
    refuse_unless_open(engagement, "reschedule", Actor(user=request.user))
    form: Any = ENGAGEMENTS.form("reschedule", engagement, request.user, request.GET)
    return render(request, CONFLICTS, {"conflicts": form.conflicts()})


@readers_only
def calendar(request: StaffRequest) -> HttpResponse:
    """A month or a week of engagements and press conferences; the month of today unless the address says otherwise."""
    view = "week" if request.GET.get("view") == "week" else "month"
    today = timezone.localdate()
    day = asked_day(request.GET.get("day", "")) or today
    period = period_of(view, day)
    most = SHOWN_A_DAY[view]
    engagements = engagements_shown(period, request.user, most)
    shown = together(engagements, press_shown(period, request.user, most), most)
    before, after = before_and_after(view, period)
    context: dict[str, Any] = {
        "section": "engagements",
        "view": view,
        "period": period,
        "weeks": weeks_of(period, shown, current_calendar()),
        "is_empty": not shown,
        "clashes": [one for one in engagements if one.is_clashing],
        "today": today,
        "day": day,
        "before": before,
        "after": after,
        "may_register": may_register.test(request.user),
        "day_card": "publicrelations/cards/calendar_engagement.html",
        "day_page": reverse("publicrelations:engagement_day"),
    }
    return render(request, "publicrelations/engagement_calendar.html", context)


@readers_only
def day(request: StaffRequest) -> HttpResponse:
    """What is on during a day, in order, as one reads it on a phone on the way there."""
    now = timezone.now()
    today = timezone.localdate(now)
    asked = asked_day(request.GET.get("day", "")) or today
    context = {
        "section": "engagements",
        "shown": day_together(day_of(asked, request.user, now), press_of_day(asked, request.user, now)),
        "day": asked,
        "today": today,
        "before": asked - ONE_DAY,
        "after": asked + ONE_DAY,
        "may_register": may_register.test(request.user),
    }
    return render(request, "publicrelations/engagement_day.html", context)


@readers_only
def export(request: StaffRequest) -> HttpResponse:
    """What the month or week shows, as far as the reader may see it, as a calendar file."""
    view = "week" if request.GET.get("view") == "week" else "month"
    period = period_of(view, asked_day(request.GET.get("day", "")) or timezone.localdate())
    between = (period.starts_at, period.ends_at)
    entries = engagement_entries(request.user, *between) + press_entries(request.user, *between)
    body = calendar_file(period.label(settings.LANGUAGE_CODE), entries)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="engagements-{period.first}-{period.last}.ics"'
    return response
