"""The journal as everybody may read it: the issues that are out, each with its contents, its cover and its pages."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from office.lists import Order
from publicrelations.models import Journal, JournalEntry
from publicrelations.models.journal import JournalQuerySet
from publicrelations.models.journal_edition import KeptFile
from publicrelations.public.files import given_out
from publicrelations.public.frame import page
from publicrelations.public.kept import read_by_all
from publicrelations.public.listed import neighbours, turn
from publicrelations.public.sharing import Share

NEWEST: Final = Order("issue", tie="issue", descending=True)
COVERS: Final = 24


@read_by_all("after", "upto")
def journals(request: HttpRequest) -> HttpResponse:
    """The issues that are out, the newest first."""
    found = turn(issued().order_by(), NEWEST, request.GET, size=COVERS)
    title = _("Journal")
    return page(
        "journals",
        path=request.path,
        here="journals",
        share=Share(title=title, description=_about(), language=get_language() or "th"),
        title=title,
        about=_about(),
        journals=found.rows,
        **neighbours(request.path, found),
    )


@read_by_all()
def journal(request: HttpRequest, issue: int) -> HttpResponse:
    """One issue: its cover, what stands in it, its pages to take along."""
    found = _issue(issue)
    entries = JournalEntry.objects.filter(journal=found).select_related("article").order_by("order")
    return page(
        "journal",
        path=reverse("site:journal", args=[issue]),
        here="journals",
        share=Share(title=found.title, description=found.cover_line, language="th"),
        journal=found,
        entries=list(entries.defer("article__body", "article__search_text")),
        older=issued().filter(issue__lt=issue).order_by("-issue").first(),
        newer=issued().filter(issue__gt=issue).order_by("issue").first(),
    )


@login_not_required
@require_safe
def pages(request: HttpRequest, issue: int) -> HttpResponseBase:
    """The pages of an issue for the web (PDF)."""
    return _file(request, _issue(issue).web_pdf)


@login_not_required
@require_safe
def cover(request: HttpRequest, issue: int, checksum: str) -> HttpResponseBase:
    """The cover of an issue as a small picture; another cover has another address."""
    kept = _issue(issue).cover_thumbnail
    if kept is None or kept.sha256 != checksum:
        raise Http404
    return _file(request, kept)


def issued() -> JournalQuerySet:
    """The issues that are out, with what their covers need."""
    return Journal.objects.issued().select_related("approved_edition").defer("editorial", "search_text")


def _issue(issue: int) -> Journal:
    found = Journal.objects.issued().select_related("approved_edition").filter(issue=issue).first()
    if found is None:
        raise Http404
    return found


def _file(request: HttpRequest, kept: KeptFile | None) -> HttpResponseBase:
    if kept is None:
        raise Http404
    return given_out(request, kept.path, kept.content_type, tag=kept.sha256[:32])


def _about() -> str:
    return _("The minister's work and what is new in education, every month, for every education area.")
