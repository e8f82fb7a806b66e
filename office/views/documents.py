"""Handing out a document: only to whom its matter is visible, each copy written down, nothing it holds can act."""

from __future__ import annotations

from typing import Any, Final, Protocol, cast

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from office.file_types import BY_CONTENT_TYPE, DOCX
from office.models import Document, Download, User
from office.models.matter import matters_visible_to

# What is opened in the browser may load nothing, run nothing and be framed by nobody (PDF readers work in it).
SANDBOX: Final = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'"
)


class Kept(Protocol):
    """A file of the private storage, whatever row it hangs on."""

    name: Any
    content_type: Any

    @property
    def path(self) -> str: ...


@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One file. Who may not see its matter is told that there is none."""
    user = cast(User, request.user)
    visible = Document.objects.filter(matters_visible_to(user, "matter__"))
    found = get_object_or_404(visible.select_related("matter__anonymised"), pk=pk)
    if found.is_removed:
        return render(request, "office/document_removed.html", {"document": found}, status=410)
    Download.objects.create(document=found, user=user, at=timezone.now())
    response = handed_out(found)
    response["Cache-Control"] = "private, no-store"
    return response


def handed_out(document: Kept) -> FileResponse:
    """A file on its way out: what a browser may show it shows, and nothing that the file holds can act."""
    kind = BY_CONTENT_TYPE.get(document.content_type)
    inline = kind is not None and kind.is_shown_inline
    response = FileResponse(
        default_storage.open(document.path),
        as_attachment=not inline,
        filename=document.name,
        content_type=document.content_type if kind else "application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    return response


def word_response(file: bytes, name: str) -> HttpResponse:
    """A Word file to be kept by whoever asked for it, and by no cache."""
    response = HttpResponse(file, content_type=DOCX.content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """A PDF to be looked at, kept by no cache."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, no-store"
    return response
