"""Bringing a list of participants: the file, what it would change, and the word before anything is written."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from office.figures import figures
from office.http import StaffRequest
from office.spreadsheets import Sheet, workbook
from projectplan.models import Seminar
from projectplan.participant_columns import COLUMNS, HEADINGS, TEMPLATE_ROWS
from projectplan.participant_plans import Planned, apply, make_plan
from projectplan.results_access import keepers_only, record_sheet_access
from projectplan.seminar_forms import ParticipantsFileForm, seal, unseal

SECTION: Final = "seminars"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LINES_SHOWN: Final = 200
Row = tuple[Planned, list[tuple[str, str, str]]]


@keepers_only
def bring(request: StaffRequest, pk: int) -> HttpResponse:
    """The file is read and what it would change is shown; nothing is written."""
    seminar = get_object_or_404(Seminar, pk=pk)
    form = ParticipantsFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        return _preview(request, seminar, form)
    context = {"section": SECTION, "form": form, "seminar": seminar}
    status = 422 if form.is_bound else 200
    return render(request, "projectplan/seminars/import.html", context, status=status)


def _preview(request: StaffRequest, seminar: Seminar, form: ParticipantsFileForm) -> HttpResponse:
    record_sheet_access(request.user, seminar)
    plan = make_plan(seminar, form.fields_found, form.table.lines)
    lines = plan.of("wrong", "new", "changed")
    sealed = seal(form.fields_found, form.table.lines, seminar=seminar.pk, user=request.user.pk)
    context = {
        "section": SECTION,
        "seminar": seminar,
        "plan": plan,
        "rows": [_row(one) for one in lines[:LINES_SHOWN]],
        "is_cut": len(lines) > LINES_SHOWN,
        "brought": sealed,
    }
    return render(request, "projectplan/seminars/import_preview.html", context)


def _row(one: Planned) -> Row:
    return one, [(HEADINGS.heading_of(name), before, after) for name, (before, after) in one.changes.items()]


@require_POST
@keepers_only
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """What was shown is written, if it is still what would change."""
    seminar = get_object_or_404(Seminar, pk=pk)
    brought = unseal(request.POST.get("brought", ""), seminar=pk, user=request.user.pk)
    if brought is None:
        messages.warning(request, _("The list was brought too long ago. Bring the file once more."))
        return redirect("projectplan:participants_import", pk)
    plan = make_plan(seminar, *brought)
    if plan.fingerprint != request.POST.get("plan"):
        messages.warning(request, _("The list has changed since you looked. Look again, then confirm."))
        return redirect("projectplan:participants_import", pk)
    done = apply(seminar, plan)
    messages.success(request, _("%(number)s lines were taken over.") % {"number": figures(done)})
    return redirect(seminar)


@require_GET
@keepers_only
def template(request: StaffRequest) -> HttpResponse:
    """An empty list with our headings and a row to be written over."""
    head = [column.heading for column in COLUMNS]
    response = HttpResponse(workbook([Sheet(_("Participants"), head, TEMPLATE_ROWS)]), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="participants.xlsx"'
    return response
