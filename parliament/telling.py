"""The page behind the link of somebody who was told of a meeting: what it is now, and one button. No account."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from office.http import kept_secret
from office.models import Secrecy
from office.steps import Actor, StepRefused, perform
from parliament.models import Meeting, Need, Telling, TellingLink
from parliament.models.meeting_state import COMING

State = Meeting.State


@login_not_required
@kept_secret
def told(request: HttpRequest, secret: str) -> HttpResponse:
    """What one was told. A GET only shows; that one knows is posted."""
    link = TellingLink.find(secret)
    if link is None:
        return render(request, "links/broken.html", status=404)
    telling: Telling = link.telling
    meeting: Meeting = telling.item.meeting
    is_over = timezone.now() >= link.expires_at
    is_asked = not is_over and telling.told_at is not None and telling.acknowledged_at is None
    may_acknowledge = is_asked and meeting.state in COMING
    if is_over or telling.told_at is None:
        return render(request, "parliament/told/closed.html", _context(telling), status=410)
    if request.method == "POST":
        return _acknowledge(request, telling)
    context = _context(telling) | {"may_acknowledge": may_acknowledge, "expires_at": link.expires_at}
    return render(request, "parliament/told/page.html", context)


def _acknowledge(request: HttpRequest, telling: Telling) -> HttpResponse:
    # A person is not named in the history.
    label = telling.whom if telling.agency_id else _("One who was told")
    actor = Actor(label=label, agency_id=telling.agency_id)
    try:
        with transaction.atomic():
            meeting = Meeting.objects.select_for_update().get(pk=telling.item.meeting_id)
            if Telling.objects.get(pk=telling.pk).acknowledged_at is None:
                perform(meeting, "acknowledge", actor=actor, seen=None, now=timezone.now(), telling=telling)
    except (StepRefused, ValidationError):
        pass  # postponed, held or unmarked in the same moment: the page says so when shown anew
    return redirect(request.path)


def _context(telling: Telling) -> dict[str, Any]:
    """What one is shown: of a meeting with a grade of secrecy only its number and time."""
    meeting: Meeting = telling.item.meeting
    is_open = meeting.secrecy == Secrecy.ORDINARY
    items = [one.item for one in telling.of_the_same_letter()] if is_open else []
    needs = Need.objects.filter(item__in=items, agency=telling.agency_id) if telling.agency_id else []
    return {
        "telling": telling,
        "label": meeting.label,
        "begins_at": meeting.begins_at,
        "meeting": meeting if is_open else None,
        "items": items,
        "needs": list(needs),
        "secrecy": meeting.get_secrecy_display(),
        "is_postponed": meeting.state == State.POSTPONED,
        "is_cancelled": meeting.state == State.CANCELLED,
    }
