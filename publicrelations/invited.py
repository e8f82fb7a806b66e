"""The page behind the link of somebody who is invited to a press conference: what it is, yes or no, and the papers
marked for the press. No account."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from office.figures import figures
from office.form_fields import Line, NumberField
from office.http import kept_secret
from office.models import Secrecy
from office.steps import Actor, StepRefused, perform
from office.views.documents import handed_out
from publicrelations.models import Handout, Invitation, InvitationLink, PressConference, Taking
from publicrelations.models.invitation import LINK_LASTS_AFTER
from publicrelations.models.press_state import COMING, WITHOUT_A_DAY
from publicrelations.press_letters import calendar_attachment

State = PressConference.State
MOST_PEOPLE: Final = 50
"""No outlet sends more; a number beyond is a slip of the finger."""


class AnswerForm(forms.Form):
    """Yes or no, by the button that was pressed, and how many come."""

    comes = forms.ChoiceField(choices=Invitation.Answer.choices)
    people = NumberField(
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
    now = timezone.now()
    is_over = now >= conference.starts_at and conference.state not in WITHOUT_A_DAY
    if is_over or not _stands(one):
        return _closed(request, one, now)
    posted = request.POST if request.method == "POST" else None
    form = AnswerForm(posted, initial={"people": figures(one.people) if one.people else ""})
    if form.is_valid():
        return _answer(request, one, form)
    context = _context(one) | {
        "form": form,
        "may_answer": conference.state in COMING,
        "papers": _papers(one, now),
    }
    status = 422 if form.is_bound else 200
    return render(request, "publicrelations/invited/page.html", context, status=status)


def _stands(one: Invitation) -> bool:
    """Whether they are invited: written to, and neither to be invited anew nor withdrawn since."""
    return one.mail_at is not None and one.withdrawn_at is None


def _closed(request: HttpRequest, one: Invitation, now: datetime) -> HttpResponse:
    """Nothing is to be answered any more; the papers may still be taken for a while, if there are any."""
    papers = _papers(one, now)
    status = 200 if papers and request.method == "GET" else 410
    context = _context(one) | {"papers": papers}
    return render(request, "publicrelations/invited/closed.html", context, status=status)


def _papers(one: Invitation, now: datetime) -> list[Handout]:
    """What this invitation may take now: nothing of a press conference that does not take place or is graded, nor
    later than its link lasts."""
    conference: PressConference = one.conference
    is_over = now >= conference.starts_at + LINK_LASTS_AFTER
    if is_over or not _stands(one) or conference.state in WITHOUT_A_DAY or not conference.gives_papers:
        return []
    return list(conference.handouts.select_related("document"))


@login_not_required
@kept_secret
@require_safe
def invited_paper(request: HttpRequest, secret: str, pk: int) -> HttpResponseBase:
    """One paper marked for the press, by the link of somebody who is invited; whoever may take none any more is told
    why."""
    link = InvitationLink.find(secret)
    if link is None:
        return render(request, "links/broken.html", status=404)
    one: Invitation = link.invitation
    now = timezone.now()
    found = next((paper for paper in _papers(one, now) if paper.pk == pk), None)
    if found is not None:
        if request.method == "GET":
            Taking.note(one, found.document, now)
        return handed_out(found.document)
    context = _context(one)
    is_gone = not _stands(one) or one.conference.state in WITHOUT_A_DAY
    status = 410 if is_gone else 404
    return render(request, "publicrelations/invited/no_paper.html", context, status=status)


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
        "is_withdrawn": one.withdrawn_at is not None,
    }
