"""Letters for many: choose the template and the days, look through the list, issue, see what became of each."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from complaints.forms.letters import BatchForm
from complaints.letter_batches import MOST, due_for, have_papers_made, make_letters
from complaints.letter_paper import pdf_of
from complaints.letter_writing import composed, signers, usual_signer, why_not
from complaints.models import Petition
from complaints.views.letter_desk import only_the_subgroup, visible
from complaints.views.letters import log_look
from complaints.views.registers import PETITION_REGISTER
from office.calendar import OFFICE_TZ
from office.http import StaffRequest
from office.models import LetterTemplate, OutgoingLetter, User
from office.permissions import carries_it
from office.plain_number import plain_number, plain_numbers
from office.views.documents import pdf_response


def choose(request: StaffRequest) -> HttpResponse:
    """The template and the days, or petitions chosen in the register; then the list of letters that would be made."""
    only_the_subgroup(request)
    now = timezone.now()
    given = request.POST if request.method == "POST" else request.GET
    keys = _keys(given.getlist("row"))
    if given.get("scope") == "filter":
        keys = PETITION_REGISTER.keys(QueryDict(given.get("query", "")), request.user, MOST)
    form = BatchForm(given if "template" in given else None, initial=_today(now))
    if keys:
        form.fields["first"].required = form.fields["last"].required = False
    context: dict[str, Any] = {"section": "letters", "form": form, "keys": keys, "most": MOST}
    status = 200
    if form.is_bound and form.is_valid():
        context |= _preview(request.user, form, keys)
    elif form.is_bound:
        status = 422
    return render(request, "complaints/letters/batch.html", context, status=status)


def _today(now: datetime) -> dict[str, Any]:
    today = now.astimezone(OFFICE_TZ).date()
    return {"first": today, "last": today}


def _keys(typed: list[str]) -> list[int]:
    return plain_numbers(typed[:MOST])


def _preview(user: User, form: BatchForm, keys: list[int]) -> dict[str, Any]:
    template = form.cleaned_data["template"]
    rows: QuerySet[Petition]
    if keys:
        rows = Petition.objects.visible_to(user).filter(pk__in=keys).order_by("pk")
    else:
        rows = due_for(template, form.cleaned_data["first"], form.cleaned_data["last"], user=user)
    found = list(rows.select_related("petitioner")[: MOST + 1])
    subgroup = user.subgroup_id or 0
    return {
        "template": template,
        "rows": [(one, _hindrance(user, template, one)) for one in found[:MOST]],
        "more": len(found) > MOST,
        "batch": uuid4(),
        "signers": signers(subgroup),
        "signer": usual_signer(subgroup),
    }


def _hindrance(user: User, template: LetterTemplate, petition: Petition) -> str:
    if not carries_it.test(user, petition):
        return _("Letters of this matter are written by whoever carries it, or the head.")
    return "" if hasattr(petition, "petitioner") else why_not(petition, template.kind)


def _batch_of(request: StaffRequest) -> tuple[LetterTemplate, list[int]]:
    only_the_subgroup(request)
    template = plain_number(request.POST.get("template", ""))
    return get_object_or_404(LetterTemplate, pk=template), _keys(request.POST.getlist("row"))


@require_POST
def sample(request: StaffRequest) -> HttpResponse:
    """The PDF of the first chosen letter as it would read; the look is logged."""
    template, keys = _batch_of(request)
    found = Petition.objects.visible_to(request.user).filter(pk__in=keys, petitioner__isnull=False)
    petition = get_object_or_404(found.select_related("agency", "owner").order_by("pk")[:1])
    now = timezone.now()
    letter = composed(template, petition, by=request.user, now=now)
    letter.signer = _signer(request)
    log_look(request.user, letter, petition)
    return pdf_response(pdf_of(letter, petition, now), "sample.pdf")


def _signer(request: StaffRequest) -> User | None:
    key = plain_number(request.POST.get("signer", ""))
    return None if key is None else signers(request.user.subgroup_id or 0).filter(pk=key).first()


@require_POST
def make(request: StaffRequest) -> HttpResponse:
    """Number the letters and have their papers made: a result for each."""
    template, keys = _batch_of(request)
    try:
        batch = UUID(request.POST.get("batch", ""))
    except ValueError as broken:
        raise Http404 from broken
    now = timezone.now()
    outcomes = make_letters(template, keys, by=request.user, signer=_signer(request), batch=batch, now=now)
    made = [one for one in outcomes if one.letter]
    if made:
        have_papers_made(batch, len(made), now)
    context = _standing(request.user, batch) | {
        "section": "letters",
        "outcomes": outcomes,
        "nothing_chosen": not keys,
        "failed": [one for one in outcomes if one.fault],
    }
    return render(request, "complaints/letters/batch_done.html", context, status=200 if keys else 422)


def _standing(user: User, batch: UUID) -> dict[str, Any]:
    """A batch's letters and how many of their papers are made."""
    letters: list[OutgoingLetter] = list(visible(user).filter(batch=batch).order_by("year", "number"))
    papers = sum(letter.document_id is not None for letter in letters)
    return {"batch": batch, "letters": letters, "papers": papers, "is_whole": papers == len(letters)}


@require_GET
def progress(request: StaffRequest, batch: UUID) -> HttpResponse:
    """How far the papers of a batch are; the page asks again until all are made."""
    only_the_subgroup(request)
    context = _standing(request.user, batch) | {"section": "letters"}
    template = "batch_state" if request.htmx else "batch_done"
    return render(request, f"complaints/letters/{template}.html", context)
