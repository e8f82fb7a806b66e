"""The register of journals, opening the next issue, and the files that are made of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from office.http import StaffRequest
from office.models import User
from office.models.calendar import current_calendar
from office.permissions import carries_it, is_head
from office.registers import Register
from office.steps import Actor
from office.thai import format_month
from publicrelations import journal_worklist
from publicrelations.journal_filters import JournalFilter
from publicrelations.journal_opening import next_month, open_issue
from publicrelations.journal_tables import JournalTable
from publicrelations.models import Journal, JournalEdition
from publicrelations.models.journal_edition import KeptFile
from publicrelations.permissions import may_register
from publicrelations.views.access import carriers_only


def _table(keys: Sequence[int], user: User) -> JournalTable:
    return JournalTable(journal_worklist.rows_of(keys), calendar=current_calendar())


def _more(user: User) -> dict[str, Any]:
    may = may_register.test(user)
    return {"may_register": may, "next_month": next_month(timezone.localdate()) if may else None}


JOURNAL_REGISTER = Register(
    model=Journal,
    filter=JournalFilter,
    table=_table,
    name=gettext_lazy("Journal"),
    section="journals",
    page="publicrelations:journals",
    filter_page="publicrelations:journal_filter",
    none_fits=gettext_lazy("No issue fits these filters. Take one away, or show all."),
    none_yet=gettext_lazy("Each month's issue stands here, from the plan of its content to the archive."),
    template="publicrelations/journals.html",
    more=_more,
)


@require_POST
@carriers_only
def open_next(request: StaffRequest) -> HttpResponse:
    """Open the issue of the month that comes next; pressed twice it is opened once."""
    try:
        asked = date.fromisoformat(request.POST.get("month", ""))
    except ValueError as wrong:
        raise Http404 from wrong
    if asked != next_month(timezone.localdate()) and not Journal.objects.filter(month=asked).exists():
        raise Http404
    owner = None if is_head.test(request.user) else request.user
    journal = open_issue(asked, actor=Actor(user=request.user), owner=owner, now=timezone.now())
    words = _("The issue of %(month)s is open.") % {"month": format_month(journal.month)}
    messages.success(request, words)
    return redirect(journal)


def _journal(request: StaffRequest, pk: int) -> Journal:
    rows = Journal.objects.select_related("approved_edition", "owner")
    found: Journal = get_object_or_404(rows.visible_to(request.user), pk=pk)
    return found


def _edition(request: StaffRequest, pk: int) -> JournalEdition:
    """An edition of an issue that this person may see."""
    visible = Journal.objects.visible_to(request.user)
    return get_object_or_404(JournalEdition.objects.select_related("journal"), pk=pk, journal__in=visible)


@require_GET
def edition_status(request: StaffRequest, pk: int) -> HttpResponse:
    """How far the making of an edition is; the page asks again until it is ready, and is then drawn anew."""
    edition = _edition(request, pk)
    context = {
        "making": edition,
        "journal": edition.journal,
        "may_carry": carries_it.test(request.user, edition.journal),
    }
    answer = render(request, "publicrelations/journal/making.html", context)
    if not edition.is_being_made:
        answer["HX-Refresh"] = "true"
    return answer


@require_GET
def edition_pdf(request: StaffRequest, pk: int, use: str) -> FileResponse:
    """The file of an edition for the printer or for the web."""
    edition = _edition(request, pk)
    if not edition.is_issued:
        raise Http404(_("This edition is not ready."))
    kept = edition.print_pdf if use == "print" else edition.web_pdf
    month = edition.journal.month.strftime("%Y-%m")
    return _file(kept, f"journal-{month}-edition-{edition.edition}-{use}.pdf")


@require_GET
def cover(request: StaffRequest, pk: int) -> FileResponse:
    """The first page as a small picture: the approved one, until then the newest."""
    journal = _journal(request, pk)
    issued = journal.editions.filter(state=JournalEdition.State.ISSUED).order_by("-edition")
    edition = journal.approved_edition or issued.first()
    if edition is None:
        raise Http404(_("No page of this issue is made yet."))
    return _file(edition.cover, "cover.webp")


def _file(kept: KeptFile, name: str) -> FileResponse:
    response = FileResponse(default_storage.open(kept.path), filename=name, content_type=kept.content_type)
    response["Cache-Control"] = "private, max-age=300"
    return response
