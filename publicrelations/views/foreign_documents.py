"""Registering a foreign document, reading it beside its translation, comparing versions; beginning a brief."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from office.http import StaffRequest
from office.plain_number import plain_number
from office.text_changes import changes
from office.views.registering import register_page
from publicrelations.forms.briefs import BriefIntakeForm
from publicrelations.forms.foreign_documents import ForeignDocumentForm
from publicrelations.models import ForeignDocument, Translation
from publicrelations.registration import begin_brief, register_foreign_document
from publicrelations.translations import versions_of
from publicrelations.views.access import carriers_only
from publicrelations.views.foreign_desks import FOREIGN_DOCUMENTS


@carriers_only
def new_document(request: StaffRequest) -> HttpResponse:
    """Register a foreign document; a valid form leads to its page."""
    return register_page(
        request,
        ForeignDocumentForm,
        register_foreign_document,
        "publicrelations/foreign_document_new.html",
        {"section": "foreign_documents"},
    )


@carriers_only
def new_brief(request: StaffRequest) -> HttpResponse:
    """Begin a situation brief; a valid form leads to its page, where it is written."""
    context = {"section": "briefs"}
    return register_page(request, BriefIntakeForm, begin_brief, "publicrelations/brief_new.html", context)


def read(request: StaffRequest, pk: int, number: int | None = None) -> HttpResponse:
    """The original and a version of its translation side by side; without a number the newest one."""
    document = FOREIGN_DOCUMENTS.fetch(request.user, pk)
    context = _frame(document)
    versions = context["versions"]
    shown = versions[0].translation if versions else None
    if number is not None:
        shown = _version(document, number)
    return render(request, "publicrelations/foreign_read.html", context | {"translation": shown})


def compare(request: StaffRequest, pk: int) -> HttpResponse:
    """Any two versions of the translation, word by word; the last two where none is named."""
    document = FOREIGN_DOCUMENTS.fetch(request.user, pk)
    context = _frame(document)
    numbers = [one.translation.version for one in context["versions"]]
    if len(numbers) < 2:
        raise Http404
    new = _chosen(request, "new", numbers, numbers[0])
    old = _chosen(request, "old", numbers, max((one for one in numbers if one < new), default=numbers[-1]))
    before, after = _version(document, old), _version(document, new)
    context |= {"old": before, "new": after, "runs": changes(before.text, after.text)}
    return render(request, "publicrelations/foreign_compare.html", context)


def _frame(document: ForeignDocument) -> dict[str, Any]:
    return {
        "section": FOREIGN_DOCUMENTS.section,
        "desk": FOREIGN_DOCUMENTS,
        "matter": document,
        "document": document,
        "documents": list(document.documents.all()),
        "kind_line": FOREIGN_DOCUMENTS.kind_line(document),
        "versions": versions_of(document),
    }


def _version(document: ForeignDocument, number: int) -> Translation:
    rows = Translation.objects.select_related("written_by")
    return get_object_or_404(rows, document_id=document.pk, version=number)


def _chosen(request: StaffRequest, name: str, numbers: list[int], otherwise: int) -> int:
    """A version's number from the address, if there is such a version."""
    number = plain_number(request.GET.get(name, ""))
    return number if number in numbers else otherwise
