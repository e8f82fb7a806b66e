"""A situation brief on paper."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from office.http import StaffRequest
from office.views.documents import pdf_response, word_response
from publicrelations.brief_paper import memo_pdf, memo_word
from publicrelations.views.foreign_desks import BRIEFS


@require_GET
def memo(request: StaffRequest, pk: int) -> HttpResponse:
    """The memo as it would be put before the minister today."""
    brief = BRIEFS.fetch(request.user, pk)
    pdf = memo_pdf(brief, timezone.localdate())
    return pdf_response(pdf, f"brief-{brief.year}-{brief.number}.pdf")


@require_GET
def memo_file(request: StaffRequest, pk: int) -> HttpResponse:
    """The same memo as a Word file, to be finished there."""
    brief = BRIEFS.fetch(request.user, pk)
    return word_response(memo_word(brief, timezone.localdate()), f"brief-{brief.year}-{brief.number}.docx")
