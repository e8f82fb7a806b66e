"""A letter on paper: the PDF and the Word file of a draft as it is typed, and of an issued letter as it left."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from complaints.forms.letters import LetterForm
from complaints.letter_paper import MatterMovedOn, file_name, matter_of, pdf_of, title_of, word_of
from complaints.views.letters import fetch, letter_page, log_look
from office.http import StaffRequest
from office.models import Download, OutgoingLetter
from office.views.documents import pdf_response, word_response


@require_POST
def preview(request: StaffRequest, pk: int) -> HttpResponse:
    """The PDF of what is typed, not saved. It shows the petitioner's data, so the look is logged."""
    found, matter, refusal = _typed(request, pk)
    if refusal:
        return refusal
    log_look(request.user, found, matter)
    return pdf_response(pdf_of(found, matter, timezone.now()), "preview.pdf")


@require_POST
def preview_word(request: StaffRequest, pk: int) -> HttpResponse:
    """The same as a Word file, to be finished there: of a draft, so it bears no number. The look is logged too."""
    found, matter, refusal = _typed(request, pk)
    if refusal:
        return refusal
    if found.is_issued:
        return redirect("complaints:letter_paper_word", pk)
    log_look(request.user, found, matter)
    return word_response(word_of(found, matter, timezone.now()), file_name(found, "docx"))


def _typed(request: StaffRequest, pk: int) -> tuple[OutgoingLetter, Any, HttpResponse | None]:
    """A letter with what is typed, not saved, and its matter; the page to show instead when it is wrong."""
    found = fetch(request.user, pk)
    matter = matter_of(found)
    if "body" not in request.POST or found.is_issued:
        return found, matter, None
    form = LetterForm(request.POST, matter=matter, instance=found)
    if not form.is_valid():
        return found, matter, letter_page(request, fetch(request.user, pk), form=form, status=422)
    return form.instance, matter, None


@require_GET
def paper(request: StaffRequest, pk: int) -> HttpResponse:
    """The kept PDF of an issued letter. With a petitioner's data on it, the look is logged."""
    found = fetch(request.user, pk)
    if found.document_id is None:
        raise Http404(title_of(found))
    log_look(request.user, found, matter_of(found))
    return redirect("office:document", found.document_id)


@require_GET
def paper_word(request: StaffRequest, pk: int) -> HttpResponse:
    """An issued letter as a Word file, as long as it would say what the paper says; written down as that is."""
    found = fetch(request.user, pk)
    if found.document is None:
        raise Http404(title_of(found))
    matter = matter_of(found)
    log_look(request.user, found, matter)
    now = timezone.now()
    try:
        file = word_of(found, matter, now)
    except MatterMovedOn:
        messages.error(
            request,
            _(
                "Its matter has been changed since it was issued: a Word file would no longer say what left. "
                "Open the PDF."
            ),
        )
        return redirect("complaints:letter", pk)
    Download.objects.create(document=found.document, user=request.user, at=now)
    return word_response(file, file_name(found, "docx"))
