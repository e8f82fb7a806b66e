"""Deciding on a telephone: one matter after the other, approved or returned in two taps."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from office.http import StaffRequest
from office.models import Role, User
from office.plain_number import plain_number
from office.unread import note_look
from projectplan.deciding import COUNT_CAP, choices, one_after, waiting_for


def _executive(request: StaffRequest) -> User:
    if not request.user.has_role(Role.EXECUTIVE):
        raise PermissionDenied(
            _("Orders are given by those in authority. What waits for you stands under Today.")
        )
    return request.user


@require_GET
def decide_next(request: StaffRequest) -> HttpResponse:
    """Go to the one that was next in line, if it still waits, else to the most urgent; home when nothing waits."""
    keys = list(waiting_for(_executive(request)))
    if not keys:
        messages.info(request, _("Nothing waits for your order any more."))
        return redirect("projectplan:today")
    named = plain_number(request.GET.get("then", ""))
    return redirect("projectplan:decide", named if named in keys else keys[0])


@require_GET
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """What one reads to decide on a matter, and the ways to decide; nothing else. What does not wait for this person
    leads to what does."""
    user = _executive(request)
    waiting = waiting_for(user)
    if pk not in waiting:
        return redirect("projectplan:decide_next")
    desk, keys = waiting[pk], list(waiting)
    matter = desk.fetch(user, pk)
    note_look(matter, user, timezone.now())
    context = desk.context(matter, user)
    primary = context["primary"]
    steps = [*([primary] if primary else []), *context["steps"]]
    then = one_after(keys, pk)
    context |= {
        "section": "today",
        "choices": choices(desk, matter, user, steps, primary.name if primary else ""),
        "step": None,
        "documents": matter.documents.all(),
        "back": "next",
        "then": then,
        "left": min(len(keys) - 1, COUNT_CAP),
    }
    return render(request, "projectplan/today/decide.html", context)
