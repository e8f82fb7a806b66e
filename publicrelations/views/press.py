"""Planning a press conference, marking its list with one press, the door on the day, the letter before it is sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from office.figures import figures
from office.http import StaffRequest
from office.models import User
from office.plain_number import plain_number
from office.registration import register_once
from office.steps import Actor, ChangedMeanwhile, perform
from office.views.registering import register_page
from publicrelations.forms.press import PressConferenceForm
from publicrelations.forms.press_steps import LONGEST_NAME, walk_in
from publicrelations.models import Attendance, Invitation, PressConference
from publicrelations.press_letters import sample
from publicrelations.press_list import listed
from publicrelations.press_paper import sign_in_pdf
from publicrelations.views.access import carriers_only
from publicrelations.views.press_desks import PRESS_CONFERENCES

MARKS = {"note_invited", "note_came", "unmark_came", "answer", "confirm_mail", "invite"}
"""Steps that only mark a row: of two people who mark at once, neither spoils what the other saw."""


@carriers_only
def new_press_conference(request: HttpRequest) -> HttpResponse:
    """Plan a press conference; a valid form leads to its page."""
    context = {"section": "press_conferences"}
    template = "publicrelations/press_conference_new.html"
    return register_page(request, PressConferenceForm, _register, template, context)  # type: ignore[arg-type]


def _register(form: PressConferenceForm, *, user: User, now: Any) -> PressConference:
    same = ("title", "occasion", "starts_at", "place")
    found: PressConference = register_once(form, form.matter(), "press_conference", same, user=user, now=now)
    return found


# ── Marking with one press ──────────────────────────────────────────────────────────────────


@require_POST
def mark(request: StaffRequest, pk: int) -> HttpResponse:
    """One of the list is invited, comes, does not come, came, or did not come after all; back to where it was
    pressed."""
    conference = PRESS_CONFERENCES.fetch(request.user, pk)
    what, _colon, key = request.POST.get("mark", "").partition(":")
    row = plain_number(key)
    if row is None:
        raise Http404
    name, given = _of_mark(conference, what, row)
    _take(request, conference, name, given)
    return redirect(_back(request, conference))


def _of_mark(conference: PressConference, what: str, row: int) -> tuple[str, dict[str, Any]]:
    """The step that a mark is, and what it takes."""
    model: Any = Attendance if what == "not_came" else Invitation
    one = model.objects.filter(conference=conference, pk=row).first()
    if one is None and what == "not_came":  # taken back by somebody else at the door
        return "", {}
    if one is None:
        raise Http404
    match what:
        case "telephoned":
            return "note_invited", {"invitations": [one], "way": Invitation.Way.TELEPHONE}
        case "comes" | "does_not_come":
            return "answer", {"invitation": one, "comes": what == "comes"}
        case "came":
            return "note_came", {"invitations": [one]}
        case "not_came":
            return "unmark_came", {"attendance": one}
    raise Http404


@require_POST
def walk_in_came(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody came who was not on the list: outlet and name, at the door."""
    conference = PRESS_CONFERENCES.fetch(request.user, pk)
    outlet = " ".join(request.POST.get("outlet", "").split())
    person = " ".join(request.POST.get("name", "").split())
    fault = _walk_in_fault(outlet, person)
    if fault:
        typed = {"outlet": outlet, "name": person, "fault": fault}
        return render(
            request, "publicrelations/press_door.html", _at_door(request, conference, typed), status=422
        )
    _take(request, conference, "note_came", {"walk_ins": [walk_in(outlet, person)]})
    return redirect(f"{reverse('publicrelations:press_door', args=[pk])}#walk-in")


def _walk_in_fault(outlet: str, person: str) -> str:
    """What is wrong with what was typed at the door; "" for nothing."""
    if not outlet:
        return _("Write of which outlet they came.")
    if max(len(outlet), len(person)) > LONGEST_NAME:
        return _("A name has at most %(most)s letters.") % {"most": figures(LONGEST_NAME)}
    return ""


def _take(request: StaffRequest, conference: PressConference, name: str, given: dict[str, Any]) -> None:
    """Take the step; what others only marked meanwhile is no reason to ask again."""
    seen = plain_number(request.POST.get("seen", ""))
    if seen is None:
        raise Http404
    if not name:
        return
    actor = Actor(user=request.user)
    try:
        perform(conference, name, actor=actor, seen=seen, now=timezone.now(), **given)
    except ChangedMeanwhile as changed:
        if any(event.step not in MARKS for event in changed.events):
            messages.warning(
                request,
                _("%(number)s has been changed since you opened the page. Look again, then mark.")
                % {"number": conference.label},
            )
            return
        version = changed.matter.version
        _again(request, changed.matter, name, version, given)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))


def _again(request: StaffRequest, matter: Any, name: str, version: int, given: dict[str, Any]) -> None:
    try:
        perform(matter, name, actor=Actor(user=request.user), seen=version, now=timezone.now(), **given)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))


def _back(request: StaffRequest, conference: PressConference) -> str:
    if request.POST.get("door"):
        return reverse("publicrelations:press_door", args=[conference.pk])
    return f"{conference.get_absolute_url()}#list"


@require_GET
def door(request: StaffRequest, pk: int) -> HttpResponse:
    """The door, fit for a phone: everybody invited with one large button, and whoever came besides."""
    conference = PRESS_CONFERENCES.fetch(request.user, pk)
    return render(request, "publicrelations/press_door.html", _at_door(request, conference, {}))


def _at_door(request: StaffRequest, conference: PressConference, typed: dict[str, str]) -> dict[str, Any]:
    """What the door shows; `typed` is what was typed of a walk-in and what is wrong with it."""
    return PRESS_CONFERENCES.context(conference, request.user) | {"typed": typed}


@require_GET
def sign_in_sheet(request: StaffRequest, pk: int) -> HttpResponseBase:
    """The sheet that lies on the table at the door, as PDF."""
    conference = PRESS_CONFERENCES.fetch(request.user, pk)
    response = HttpResponse(sign_in_pdf(conference), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="press-{conference.year}-{conference.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def letter(request: StaffRequest, pk: int) -> HttpResponse:
    """The letter with what is being written, as the first of those ticked gets it."""
    conference = PRESS_CONFERENCES.fetch(request.user, pk)
    ticked = set(request.POST.getlist("invitations"))
    waiting = [one for one in listed(conference).rows if one.invited_at is None and one.address]
    first = next((one for one in waiting if str(one.pk) in ticked), waiting[0] if waiting else None)
    text = sample(conference, first, message=request.POST.get("message", "")[:4000]) if first else ""
    return render(request, "matter/cards/letter_sample.html", {"letter_text": text})
