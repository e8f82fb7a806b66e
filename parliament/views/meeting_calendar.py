"""The calendar of meetings by week and month, and the board of a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from office.by_day import SHOWN_A_DAY, asked_day, before_and_after, period_of, weeks_of
from office.http import StaffRequest
from office.models.calendar import current_calendar
from parliament.board import board_of
from parliament.meeting_calendar import meetings_shown, with_tallies
from parliament.meeting_worklist import tallies_of
from parliament.models import Recess
from parliament.permissions import may_register
from parliament.views.access import readers_only

ONE_DAY = timedelta(days=1)


@readers_only
def calendar(request: StaffRequest) -> HttpResponse:
    """A month or a week of meetings; the month of today unless the address says otherwise."""
    view = "week" if request.GET.get("view") == "week" else "month"
    today = timezone.localdate()
    day = asked_day(request.GET.get("day", "")) or today
    period = period_of(view, day)
    meetings = meetings_shown(period, request.user, SHOWN_A_DAY[view])
    if view == "week":
        meetings = with_tallies(meetings, tallies_of([one.pk for one in meetings]))
    before, after = before_and_after(view, period)
    context: dict[str, Any] = {
        "section": "meeting_calendar",
        "view": view,
        "period": period,
        "weeks": weeks_of(period, meetings, current_calendar()),
        "is_empty": not meetings,
        "today": today,
        "day": day,
        "before": before,
        "after": after,
        "may_register": may_register.test(request.user),
        "recess": Recess.on(day),
        "day_card": "parliament/cards/calendar_meeting.html",
        "day_page": reverse("parliament:meeting_board"),
    }
    return render(request, "parliament/meeting_calendar.html", context)


@readers_only
def board(request: StaffRequest) -> HttpResponse:
    """What sits on a day; a page that asks again gets nothing while nothing has changed."""
    now = timezone.now()
    today = timezone.localdate(now)
    day = asked_day(request.GET.get("day", "")) or today
    shown = board_of(day, request.user, now)
    if request.htmx and request.GET.get("shown") == shown.shown:
        return HttpResponse(status=204)
    context = {
        "section": "meeting_board",
        "board": shown,
        "day": day,
        "today": today,
        "before": day - ONE_DAY,
        "after": day + ONE_DAY,
        "may_register": may_register.test(request.user),
        "moment": now,
    }
    name = "parliament/cards/board_meetings.html" if request.htmx else "parliament/meeting_board.html"
    return render(request, name, context)
