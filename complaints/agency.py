"""The page behind an agency's link: what is asked, and the three things to do about it. No account, one use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from complaints.forms.agency import AgencyAnswerForm, AgencyDeclineForm
from complaints.models import AgencyLink, Petition, Referral
from office.documents import Upload, attach
from office.http import kept_secret
from office.models import Document, Secrecy
from office.steps import Actor, StepRefused, perform

SENT: Final = "agency_link_sent"


@login_not_required
@kept_secret
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """What is asked of one agency. A GET only shows; acknowledging, answering and declining are posts."""
    now = timezone.now()
    link = AgencyLink.find(secret)
    if link is None:
        return render(request, "links/broken.html", status=404)
    if request.session.get(SENT) == link.pk and not link.referral.is_open:
        context = _context(link) | {"given": link.referral, "documents": _files_sent(link.referral)}
        return render(request, "links/thanks.html", context)
    if not link.is_usable(now):
        return _closed(request, link)
    if request.method != "POST":
        return render(request, "complaints/agency/answer.html", _context(link) | _forms())
    match request.POST.get("act"):
        case "acknowledge":
            return _take(request, link, "acknowledge")
        case "decline":
            return _decline(request, link)
        case _:
            return _answer(request, link)


def _answer(request: HttpRequest, link: AgencyLink) -> HttpResponse:
    form = AgencyAnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "complaints/agency/answer.html", _context(link) | _forms(answer=form))
    return _take(
        request, link, "answer", files=form.cleaned_data["attachments"], answer=form.cleaned_data["answer"]
    )


def _decline(request: HttpRequest, link: AgencyLink) -> HttpResponse:
    form = AgencyDeclineForm(request.POST)
    if not form.is_valid():
        return render(request, "complaints/agency/answer.html", _context(link) | _forms(decline=form))
    return _take(request, link, "decline", reason=form.cleaned_data["reason"])


def _take(
    request: HttpRequest, link: AgencyLink, name: str, *, files: Sequence[Upload] = (), **given: Any
) -> HttpResponse:
    """Take the agency's step under the petition's lock, then show the page anew."""
    now = timezone.now()
    actor = Actor(label=link.referral.agency.name, agency_id=link.referral.agency_id)
    try:
        with transaction.atomic():
            petition = Petition.objects.select_for_update().get(pk=link.referral.petition_id)
            referral = Referral.objects.get(pk=link.referral_id)
            if name == "acknowledge" and referral.acknowledged_at:
                return redirect(request.path)
            perform(petition, name, actor=actor, seen=None, now=now, referral=referral, **given)
            attach(petition, files, source=Document.Source.AGENCY, added_by=None, now=now)
    except (StepRefused, ValidationError):
        # Answered in the same moment, by a second click or another letter's link: the page says so when shown anew.
        if Referral.objects.get(pk=link.referral_id).is_open:
            raise
        return redirect(request.path)
    if name != "acknowledge":
        request.session[SENT] = link.pk
    return redirect(request.path)


def _closed(request: HttpRequest, link: AgencyLink) -> HttpResponse:
    """Answered already, or too old: which of the two, and what to do now."""
    referral = Referral.objects.select_related("agency", "deadline").get(pk=link.referral_id)
    context = {"referral": referral, "label": link.referral.petition.label}
    return render(request, "complaints/agency/closed.html", context, status=410)


def _context(link: AgencyLink) -> dict[str, Any]:
    """What the agency is shown: never who asks, and of a matter with a grade of secrecy only its number."""
    referral = link.referral
    petition = referral.petition
    return {
        "referral": referral,
        "deadline": referral.deadline,
        "label": petition.label,
        "petition": petition if petition.secrecy == Secrecy.ORDINARY else None,
        "secrecy": petition.get_secrecy_display(),
        "expires_at": link.expires_at,
    }


def _files_sent(referral: Referral) -> list[Document]:
    """The files that came with the answer."""
    if referral.answered_at is None:
        return []
    ours = Document.objects.filter(matter=referral.petition_id, source=Document.Source.AGENCY)
    return list(ours.filter(added_at=referral.answered_at))


def _forms(
    answer: AgencyAnswerForm | None = None, decline: AgencyDeclineForm | None = None
) -> dict[str, Any]:
    return {"answer_form": answer or AgencyAnswerForm(), "decline_form": decline or AgencyDeclineForm()}
