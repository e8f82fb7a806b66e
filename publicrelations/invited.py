"""The page behind the link of somebody who is invited to a press conference: what it is, and yes or no. No account."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Final

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.form_fields import Line
from office.http import kept_secret
from office.models import Secrecy
from office.steps import Actor, StepRefused, perform
from office.thai import to_arabic_digits
from publicrelations.models import Invitation, InvitationLink, PressConference
from publicrelations.models.press_state import COMING
from publicrelations.press_letters import calendar_attachment

State = PressConference.State
MOST_PEOPLE: Final = 50
"""No outlet sends more; a number beyond is a slip of the finger."""


class PeopleField(forms.IntegerField):
    """A number of people, in either digits."""

    def to_python(self, value: Any) -> int | None:
        """The number, or None for nothing typed."""
        return super().to_python(to_arabic_digits(value) if isinstance(value, str) else value)


class AnswerForm(forms.Form):
    """Yes or no, by the button that was pressed, and how many come."""

    comes = forms.ChoiceField(choices=Invitation.Answer.choices)
    people = PeopleField(
        label=gettext_lazy("How many of you come"),
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=Line(inputmode="numeric"),
        help_text=gettext_lazy("So that there are chairs and connections enough. May be left empty."),
    )


@login_not_required
@kept_secret
def invited(request: HttpRequest, secret: str) -> HttpResponse:
    """What one is invited to. A GET only shows; the answer is posted, and the last one before it begins counts."""
    link = InvitationLink.find(secret)
    if link is None:
        return render(request, "links/broken.html", status=404)
    one: Invitation = link.invitation
    conference: PressConference = one.conference
    is_over = timezone.now() >= conference.starts_at and conference.state not in (
        State.POSTPONED,
        State.CANCELLED,
    )
    if is_over or one.mail_at is None:
        return render(request, "publicrelations/invited/closed.html", _context(one), status=410)
    posted = request.POST if request.method == "POST" else None
    form = AnswerForm(posted, initial={"people": one.people})
    if form.is_valid():
        return _answer(request, one, form)
    context = _context(one) | {"form": form, "may_answer": conference.state in COMING}
    status = 422 if form.is_bound else 200
    return render(request, "publicrelations/invited/page.html", context, status=status)


def _answer(request: HttpRequest, one: Invitation, form: AnswerForm) -> HttpResponse:
    # Of whom it came the history says the outlet; a person is not named in it.
    actor = Actor(label=str(one.outlet))
    typed = form.cleaned_data
    comes, people = typed["comes"] == Invitation.Answer.YES, typed["people"]
    if (one.answer == typed["comes"]) and (not comes or one.people == people):
        return redirect(request.path)  # a second click
    answer: dict[str, Any] = {"invitation": one, "comes": comes, "people": people}
    # Postponed, held or struck in the same moment: the page says so when shown anew.
    with suppress(StepRefused, ValidationError):
        perform(one.conference, "answer", actor=actor, seen=None, now=timezone.now(), **answer)
    return redirect(request.path)


@login_not_required
@kept_secret
def invited_calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The date as a file for a calendar."""
    link = InvitationLink.find(secret)
    if link is None:
        return render(request, "links/broken.html", status=404)
    file = calendar_attachment(link.invitation.conference)
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


def _context(one: Invitation) -> dict[str, Any]:
    """What one is shown: of a graded press conference only its number, time and place."""
    conference: PressConference = one.conference
    is_open = conference.secrecy == Secrecy.ORDINARY
    return {
        "invitation": one,
        "conference": conference,
        "title": conference.title
        if is_open
        else _("Press conference %(number)s") % {"number": conference.label},
        "is_open": is_open,
        "is_postponed": conference.state == State.POSTPONED,
        "is_cancelled": conference.state == State.CANCELLED,
    }
