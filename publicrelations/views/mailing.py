"""The mailing list of an issue, its labels, and the list as a spreadsheet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from office.http import StaffRequest
from office.permissions import carries_it
from publicrelations import label_making, mailing_list
from publicrelations.forms.labels import LabelsForm
from publicrelations.label_sheets import SHEETS
from publicrelations.models import Journal, LabelPrint
from publicrelations.models.journal_state import OUT

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PRINTS_SHOWN = 10


def _journal(request: StaffRequest, pk: int) -> Journal:
    found: Journal = get_object_or_404(Journal.objects.visible_to(request.user), pk=pk)
    return found


@require_GET
def mailing(request: StaffRequest, pk: int) -> HttpResponse:
    """Who is sent how many of this issue, group by group, and what came back."""
    journal = _journal(request, pk)
    today = timezone.localdate()
    lines = mailing_list.lines_of(journal, today)
    may_carry = carries_it.test(request.user, journal)
    context = {
        "section": "journals",
        "journal": journal,
        "groups": mailing_list.grouped(lines),
        "balance": journal.balance(today),
        "balance_of": journal,
        "number": len(lines),
        "returned": [line for line in lines if line.returned_on],
        "may_carry": may_carry,
        "may_note": may_carry and journal.state in OUT,
    }
    return render(request, "publicrelations/journal/mailing.html", context)


@require_GET
def mailing_xlsx(request: StaffRequest, pk: int) -> HttpResponse:
    """The same as a spreadsheet."""
    journal = _journal(request, pk)
    response = HttpResponse(mailing_list.as_workbook(journal, timezone.localdate()), content_type=XLSX)
    name = f"mailing-list-{journal.month:%Y-%m}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def labels(request: StaffRequest, pk: int) -> HttpResponse:
    """Choosing sheet, first label and lines; the worker lays them out, and the file stands here."""
    journal = _journal(request, pk)
    if not journal.list_closed_at:
        messages.info(request, _("Labels are printed from the closed mailing list. Close it first."))
        return redirect("publicrelations:mailing", pk)
    may_carry = carries_it.test(request.user, journal)
    initial = {"lines": request.GET.get("lines", "")}
    form = LabelsForm(request.POST or None, journal=journal, initial=initial)
    if request.method == "POST":
        if not may_carry:
            raise PermissionDenied(
                _("Labels are printed by whoever carries the issue. Ask the officer in charge or the head.")
            )
        if form.is_valid():
            given: dict[str, Any] = form.cleaned_data
            label_making.ask_for(journal, **given, by=request.user, now=timezone.now())
            messages.success(
                request, _("The labels are being made; they stand here as soon as they are ready.")
            )
            return redirect("publicrelations:labels", pk)
    context = {
        "section": "journals",
        "journal": journal,
        "form": form,
        "number": journal.consignments.count(),
        "prints": journal.label_prints.select_related("asked_by")[:PRINTS_SHOWN],
        "sheets": SHEETS.values(),
        "may_carry": may_carry,
    }
    return render(request, "publicrelations/journal/labels.html", context, status=422 if form.errors else 200)


@require_GET
def labels_status(request: StaffRequest, pk: int) -> HttpResponse:
    """How far the making of labels is; drawn anew when they are ready."""
    row = _print(request, pk)
    answer = render(request, "publicrelations/journal/label_print.html", {"print": row})
    if not row.is_being_made:
        answer["HX-Refresh"] = "true"
    return answer


@require_GET
def labels_pdf(request: StaffRequest, pk: int) -> FileResponse:
    """The sheets as they were made."""
    row = _print(request, pk)
    if row.state != LabelPrint.State.ISSUED:
        raise Http404(_("These labels are not ready."))
    name = f"labels-{row.journal.month:%Y-%m}-{row.sheet}.pdf"
    response = FileResponse(default_storage.open(row.pdf.path), filename=name, content_type="application/pdf")
    response["Cache-Control"] = "private, no-store"
    return response


def _print(request: StaffRequest, pk: int) -> LabelPrint:
    visible = Journal.objects.visible_to(request.user)
    return get_object_or_404(LabelPrint.objects.select_related("journal"), pk=pk, journal__in=visible)
