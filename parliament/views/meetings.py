"""Registering a meeting, marking on its agenda with one press, the letter before it is sent, matters by their words."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from office.http import StaffRequest
from office.plain_number import plain_number
from office.steps import Actor, ChangedMeanwhile, perform
from parliament.forms.matter_field import BETWEEN, matters_found
from parliament.forms.meetings import MeetingForm
from parliament.meeting_letters import sample
from parliament.models import Meeting, Need, Telling
from parliament.permissions import may_read, may_register
from parliament.registration import register_meeting
from parliament.views.meeting_desks import MEETINGS

MARKS = {"note_told", "make_ready", "acknowledge", "tell"}
"""Steps that only mark a row: of two people who mark at once, neither spoils what the other saw."""


def new_meeting(request: StaffRequest) -> HttpResponse:
    """Register a meeting; a valid form leads to its page."""
    if not may_register.test(request.user):
        raise PermissionDenied(
            _("This is registered by the officers of the politics subgroup. Hand it to one of them.")
        )
    now = timezone.now()
    if request.method != "POST":
        return _form(request, MeetingForm(user=request.user, now=now, initial=_given(request)))
    form = MeetingForm(request.POST, request.FILES, user=request.user, now=now)
    if not form.is_valid():
        return _form(request, form, status=422)
    try:
        with transaction.atomic():
            meeting = register_meeting(form, user=request.user, now=now)
    except IntegrityError:
        # The same sitting was registered by somebody else in the same moment: now the form sees it.
        form = MeetingForm(request.POST, request.FILES, user=request.user, now=now)
        if form.is_valid():
            raise
        return _form(request, form, status=422)
    messages.success(request, _("Registered as %(number)s.") % {"number": meeting.label})
    return redirect(meeting)


def _given(request: StaffRequest) -> dict[str, str]:
    """A day of the calendar may be where one comes from."""
    return {"begins_on": request.GET["day"]} if request.GET.get("day") else {}


def _form(request: StaffRequest, form: MeetingForm, *, status: int = 200) -> HttpResponse:
    context = {"section": "meetings", "form": form}
    return render(request, "parliament/meeting_new.html", context, status=status)


@require_POST
def mark(request: StaffRequest, pk: int) -> HttpResponse:
    """One row of an agenda is told, ready or acknowledged, by one press; back to where it was pressed."""
    meeting = MEETINGS.fetch(request.user, pk)
    name, _colon, key = request.POST.get("mark", "").partition(":")
    row, seen = plain_number(key), plain_number(request.POST.get("seen", ""))
    if name not in ("note_told", "make_ready", "acknowledge") or row is None or seen is None:
        raise Http404
    given = _of_mark(meeting, name, row)
    try:
        _take(request, meeting, name, seen, given)
    except ChangedMeanwhile:
        messages.warning(
            request,
            _("%(number)s has been changed since you opened the page. Look again, then mark.")
            % {"number": meeting.label},
        )
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect(_back(request, meeting))


def _of_mark(meeting: Meeting, name: str, row: int) -> dict[str, Any]:
    model: Any = Need if name == "make_ready" else Telling
    one = model.objects.filter(item__meeting=meeting, pk=row).first()
    if one is None:
        raise Http404
    if name == "note_told":
        return {"tellings": [one], "way": Telling.Way.TELEPHONE}
    return {"needs": [one]} if name == "make_ready" else {"telling": one}


def _take(request: StaffRequest, meeting: Meeting, name: str, seen: int, given: dict[str, Any]) -> None:
    """Take the step; what others only marked meanwhile is no reason to ask again."""
    actor = Actor(user=request.user)
    try:
        perform(meeting, name, actor=actor, seen=seen, now=timezone.now(), **given)
    except ChangedMeanwhile as changed:
        if any(event.step not in MARKS for event in changed.events):
            raise
        perform(changed.matter, name, actor=actor, seen=changed.matter.version, now=timezone.now(), **given)


def _back(request: StaffRequest, meeting: Meeting) -> str:
    day = request.POST.get("board", "")
    if day:
        return f"{reverse('parliament:meeting_board')}?{urlencode({'day': day})}#meeting-{meeting.pk}"
    return f"{meeting.get_absolute_url()}#agenda"


@require_POST
def letter(request: StaffRequest, pk: int) -> HttpResponse:
    """The letter with what is being written, as the first of those ticked gets it."""
    meeting = MEETINGS.fetch(request.user, pk)
    ticked = set(request.POST.getlist("tellings"))
    tellings = [one for item in meeting.items.all() for one in item.tellings.all() if one.told_at is None]
    first = next((one for one in tellings if str(one.pk) in ticked), tellings[0] if tellings else None)
    text = sample(meeting, first, message=request.POST.get("message", "")[:4000]) if first else ""
    return render(request, "matter/cards/letter_sample.html", {"letter_text": text})


def matter_names(request: StaffRequest) -> HttpResponse:
    """The matters that a number or words find, as options; whatever the field is called."""
    if not may_read.test(request.user):
        raise PermissionDenied(_("Matters are offered to those who handle the business of parliament."))
    typed = str(next(iter(request.GET.values()), "")).strip()[:100]
    found = matters_found(request.user, typed, timezone.localdate()) if typed else []
    options = ((f"{one.label}{BETWEEN}{one.title}",) for one in found)
    return HttpResponse(format_html_join("", '<option value="{}"></option>', options))
