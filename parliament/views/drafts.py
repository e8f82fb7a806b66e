"""The versions of an answer: one with its remarks, two compared word by word, and earlier answers to reuse."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from office.desk import Desk
from office.documents import safe_name
from office.http import StaffRequest
from office.plain_number import plain_number
from office.steps import Actor, open_steps
from office.text_changes import changes
from office.views.documents import pdf_response, word_response
from parliament.answer_cards import versions_of
from parliament.answer_paper import answer_pdf, answer_word, title_of
from parliament.forms.drafting import RemarkForm
from parliament.models import AnswerDraft
from parliament.models.answering import AnsweringSteps
from parliament.permissions import may_read
from parliament.remarks import remark
from parliament.similar import similar_to


def version(request: StaffRequest, pk: int, number: int, desk: Desk) -> HttpResponse:
    """One version in full with its remarks; a post remarks on it."""
    matter = desk.fetch(request.user, pk)
    draft = _version(matter, number)
    form = RemarkForm(request.POST or None)
    if request.method == "POST":
        if not may_read.test(request.user) or matter.is_closed:
            raise PermissionDenied(_("This version is not remarked on any more."))
        if form.is_valid():
            remark(draft, by=request.user, text=form.cleaned_data["text"], now=timezone.now())
            messages.success(request, _("The remark stands beside the version."))
            return redirect(request.path)
    context = _frame(request, matter, desk) | {
        "draft": draft,
        "remarks": draft.remarks.select_related("by"),
        "form": form,
        "may_remark": may_read.test(request.user) and not matter.is_closed,
    }
    return render(request, "parliament/answers/version.html", context, status=422 if form.errors else 200)


@require_GET
def paper(request: StaffRequest, pk: int, number: int, desk: Desk) -> HttpResponse:
    """One version on paper."""
    matter = desk.fetch(request.user, pk)
    draft = _version(matter, number)
    return pdf_response(answer_pdf(matter, draft), f"answer-{pk}-{draft.version}.pdf")


@require_GET
def word(request: StaffRequest, pk: int, number: int, desk: Desk) -> HttpResponse:
    """The same as a Word file, to be finished there."""
    matter = desk.fetch(request.user, pk)
    draft = _version(matter, number)
    return word_response(answer_word(matter, draft), safe_name(f"{title_of(matter, draft)}.docx"))


def compare(request: StaffRequest, pk: int, desk: Desk) -> HttpResponse:
    """Any two versions: what is gone and what is new, word by word. Without a choice the newest and the one before."""
    matter = desk.fetch(request.user, pk)
    frame = _frame(request, matter, desk)
    numbers = [one.draft.version for one in frame["versions"]]
    if len(numbers) < 2:
        raise Http404
    new = _chosen(request, "new", numbers, numbers[0])
    old = _chosen(request, "old", numbers, max((one for one in numbers if one < new), default=numbers[-1]))
    before, after = _version(matter, old), _version(matter, new)
    context = frame | {"old": before, "new": after, "runs": changes(before.text, after.text)}
    return render(request, "parliament/answers/compare.html", context)


def similar(request: StaffRequest, pk: int, desk: Desk) -> HttpResponse:
    """Similar earlier ones with their answers: as a part of the page beside the draft, or as a page of its own."""
    matter = desk.fetch(request.user, pk)
    context = {
        "matter": matter,
        "desk": desk,
        "section": desk.section,
        "similar": similar_to(matter, request.user),
        "may_reuse": bool(open_steps(matter, Actor(user=request.user), among={"reuse_answer"})),
        "has_form": bool(request.htmx and request.GET.get("typed")),
    }
    page = "similar_list" if request.htmx else "similar"
    return render(request, f"parliament/answers/{page}.html", context)


def _frame(request: StaffRequest, matter: AnsweringSteps, desk: Desk) -> dict[str, Any]:
    return {
        "matter": matter,
        "desk": desk,
        "section": desk.section,
        "versions": versions_of(matter),
        "kind_line": desk.kind_line(matter),
    }


def _version(matter: AnsweringSteps, number: int) -> AnswerDraft:
    rows = AnswerDraft.objects.select_related("written_by", "approved_by", "reused_from__matter")
    return get_object_or_404(rows, matter_id=matter.pk, version=number)


def _chosen(request: StaffRequest, name: str, numbers: list[int], otherwise: int) -> int:
    """A version's number from the address, if there is such a version."""
    number = plain_number(request.GET.get(name, ""))
    return number if number in numbers else otherwise
