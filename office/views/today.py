"""Today: the page an officer opens forty times a day."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from office.http import StaffRequest
from office.models import Role
from office.models.calendar import current_calendar
from office.today import today_of


def today(request: StaffRequest) -> HttpResponse:
    """What the person must do now; an administrator, who carries no matters, is sent to the system's pages."""
    user = request.user
    if user.roles == {Role.ADMINISTRATOR.value}:
        return redirect("admin:index")
    now = timezone.now()
    context = {
        "section": "today",
        "moment": now,
        "calendar": current_calendar(),
        "today": today_of(user, now),
    }
    return render(request, "office/today.html", context)
