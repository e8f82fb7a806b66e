"""The morning of a sitting day as a page: what its letter says, and what a letter leaves out."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from office.http import StaffRequest
from office.models.calendar import current_calendar
from parliament.morning import morning_of, written_upto
from parliament.views.access import readers_only


@readers_only
def morning(request: StaffRequest) -> HttpResponse:
    """Today's, or that of the day in the address."""
    now = timezone.now()
    day = _day_in(request) or timezone.localdate()
    upto = written_upto(request.user, day)
    context = {
        "section": "morning",
        "morning": morning_of(request.user, day, now=now, upto=upto),
        "is_today": day == timezone.localdate(),
        "moment": now,
        "calendar": current_calendar(),
    }
    return render(request, "parliament/houses/morning.html", context)


def _day_in(request: StaffRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None
