"""The page behind an agency's link about what parliament brings: what is asked, and what to do about it. No account.

The first agency that accepts an offer has it; the others' pages say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from office.http import kept_secret
from office.models import Document, Secrecy
from office.steps import Actor, StepRefused, perform
from parliament.forms.agency import AgencyFactsForm, NotOursForm
from parliament.kinds import ASKING
from parliament.models import AgencyRequest, RequestLink
from parliament.models.asking import AskingSteps

SENT: Final = "parliament_link_sent"
PAGE: Final = "parliament/agency/answer.html"


@login_not_required
@kept_secret
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """What is asked of one agency. A GET only shows; accepting, answering and declining are posts."""
    link = RequestLink.find(secret)
    if link is None:
        return render(request, "links/broken.html", status=404)
    if request.session.get(SENT) == link.pk and not link.request.is_open:
        context = _context(link) | {"given": link.request, "documents": _files_sent(link.request)}
        return render(request, "links/thanks.html", context)
    if not link.is_usable(timezone.now()):
        return _closed(request, link)
    if request.method != "POST":
        return render(request, PAGE, _context(link) | _forms())
    match request.POST.get("act"):
        case "accept":
            return _accept(request, link)
        case "decline":
            return _decline(request, link)
        case _:
            return _answer(request, link)


def _accept(request: HttpRequest, link: RequestLink) -> HttpResponse:
    if link.request.accepted_at:  # a second click
        return redirect(request.path)
    return _take(request, link, "accept_request")


def _answer(request: HttpRequest, link: RequestLink) -> HttpResponse:
    form = AgencyFactsForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, PAGE, _context(link) | _forms(answer=form), status=422)
    given = form.cleaned_data
    return _take(request, link, "answer_request", answer=given["answer"], files=given["attachments"])


def _decline(request: HttpRequest, link: RequestLink) -> HttpResponse:
    form = NotOursForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, _context(link) | _forms(decline=form), status=422)
    return _take(request, link, "decline_request", reason=form.cleaned_data["reason"])


def _take(request: HttpRequest, link: RequestLink, name: str, **given: Any) -> HttpResponse:
    """Take the agency's step, under the matter's lock, then show the page anew."""
    asked = link.request
    actor = Actor(label=asked.agency.name, agency_id=asked.agency_id)
    try:
        perform(_matter_of(asked), name, actor=actor, seen=None, now=timezone.now(), request=asked, **given)
    except (StepRefused, ValidationError):
        # Done in the same moment by a second click, another letter's link or another agency: shown anew, the page
        # says which of them.
        if AgencyRequest.objects.with_whom().get(pk=asked.pk).is_open:
            raise
        return redirect(request.path)
    if name != "accept_request":
        request.session[SENT] = link.pk
    return redirect(request.path)


def _matter_of(asked: AgencyRequest) -> AskingSteps:
    return ASKING[asked.matter.kind].objects.get(pk=asked.matter_id)


def _closed(request: HttpRequest, link: RequestLink) -> HttpResponse:
    """Answered, taken by another, not needed any more, or too old: which of them, and what to do now."""
    context = {"asked": link.request, "label": link.request.matter.label}
    return render(request, "parliament/agency/closed.html", context, status=410)


def _context(link: RequestLink) -> dict[str, Any]:
    """What the agency is shown; of a matter with a grade of secrecy only its number."""
    asked = link.request
    is_open = asked.matter.secrecy == Secrecy.ORDINARY
    return {
        "asked": asked,
        "deadline": asked.deadline,
        "label": asked.matter.label,
        "kind": asked.matter.get_kind_display(),
        "matter": _matter_of(asked) if is_open else None,
        "secrecy": asked.matter.get_secrecy_display(),
        "expires_at": link.expires_at,
    }


def _files_sent(asked: AgencyRequest) -> Sequence[Document]:
    """The files that came with the answer."""
    if asked.answered_at is None:
        return []
    theirs = Document.objects.filter(matter=asked.matter_id, source=Document.Source.AGENCY)
    return list(theirs.filter(added_at=asked.answered_at))


def _forms(answer: AgencyFactsForm | None = None, decline: NotOursForm | None = None) -> dict[str, Any]:
    return {"answer_form": answer or AgencyFactsForm(), "decline_form": decline or NotOursForm()}
