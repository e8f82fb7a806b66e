"""How one letter leaves: by e-mail from here, by post or by hand as written down."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from complaints.forms.letters import SendForm
from complaints.letter_paper import matter_of
from complaints.views.letters import add_errors, fetch, letter_page
from office.history import told
from office.http import StaffRequest
from office.models import LetterDelivery, OutgoingLetter
from office.plain_number import plain_number
from office.steps import Actor, ChangedMeanwhile, perform


@require_POST
def send(request: StaffRequest, pk: int) -> HttpResponse:
    """Record that a letter was posted or handed over."""
    found = fetch(request.user, pk)
    form = SendForm(request.POST, now=timezone.now())
    if not form.is_valid():
        return letter_page(request, found, send_form=form, status=422)
    given = {"way": form.cleaned_data["way"], "at": form.at, "proof": form.cleaned_data["proof"]}
    return _send(request, found, form, given, form.cleaned_data["seen"])


@require_POST
def mail(request: StaffRequest, pk: int) -> HttpResponse:
    """Send a letter by e-mail, its PDF attached."""
    found = fetch(request.user, pk)
    matter_seen = plain_number(request.POST.get("seen", "")) or 0
    form = SendForm(now=timezone.now(), initial={"seen": matter_seen})
    return _send(request, found, form, {"way": LetterDelivery.Way.EMAIL}, matter_seen)


def _send(
    request: StaffRequest, found: OutgoingLetter, form: SendForm, given: dict[str, Any], seen: int
) -> HttpResponse:
    matter = matter_of(found)
    try:
        perform(
            matter,
            "send_letter",
            actor=Actor(user=request.user),
            seen=seen,
            now=timezone.now(),
            letter=found,
            **given,
        )
    except ChangedMeanwhile as changed:
        since = told(changed.events, type(matter))
        return letter_page(request, found, status=409, since=since)
    except ValidationError as refused:
        if form.is_bound:
            add_errors(form, refused)
        return letter_page(
            request, found, send_form=form, status=422, refused="" if form.is_bound else refused.messages
        )
    messages.success(request, _("It is written down that letter %(number)s left.") % {"number": found.label})
    return redirect("complaints:letter", found.pk)
