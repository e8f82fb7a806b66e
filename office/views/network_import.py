"""Bringing a list of contacts: the file, what it would change, and the word before anything is written."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from office.figures import thousands
from office.http import StaffRequest
from office.list_bringing import LAST_SHOWN, ROWS_SHOWN, csv_file, taken, wrong_lines, xlsx_file
from office.list_columns import PlanMovedOn
from office.models import NetworkImport
from office.network_access import keepers_only
from office.network_columns import HEADINGS, template_rows, words_of
from office.network_forms import NetworkImportForm
from office.network_plans import apply, changes_anything, make_plan
from office.views.network import SECTION

FACTS = ("position", "role", "telephone", "mobile", "email")


@keepers_only
def upload(request: StaffRequest) -> HttpResponse:
    """The file is read and its changes are worked out; nothing is written but that."""
    form = NetworkImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        bringing = taken(NetworkImport(), form, by=request.user, now=timezone.now())
        bringing.plan = make_plan(bringing)
        bringing.save()
        return redirect("office:network_import", bringing.pk)
    last = NetworkImport.objects.select_related("uploaded_by", "applied_by").defer("rows", "plan")
    context = {"section": SECTION, "form": form, "last": last[:LAST_SHOWN]}
    return render(request, "office/network/import.html", context, status=422 if form.is_bound else 200)


@keepers_only
def preview(request: StaffRequest, pk: int) -> HttpResponse:
    """What would change, row by row; after the word, what has changed."""
    rows = NetworkImport.objects.select_related("uploaded_by", "applied_by")
    bringing = get_object_or_404(rows, pk=pk)
    plan = bringing.plan
    context = {
        "section": SECTION,
        "bringing": bringing,
        "counts": {name: len(plan[name]) for name in ("agencies", "new", "changed", "wrong")}
        | {"unchanged": plan["unchanged"]},
        "agencies": [row | {"kind": words_of("kind", row["kind"])} for row in plan["agencies"][:ROWS_SHOWN]],
        "new": [_new_row(row) for row in plan["new"][:ROWS_SHOWN]],
        "changed": [_changed_row(row) for row in plan["changed"][:ROWS_SHOWN]],
        "wrong": plan["wrong"][:ROWS_SHOWN],
        "shown": ROWS_SHOWN,
        "changes_anything": changes_anything(plan),
    }
    return render(request, "office/network/import_preview.html", context)


def _new_row(row: dict[str, Any]) -> dict[str, Any]:
    values = row["values"]
    facts = [words_of(column, values[column]) for column in FACTS if values.get(column)]
    return {"line": row["line"], "name": values["name"], "agency": row["agency"], "facts": facts}


def _changed_row(row: dict[str, Any]) -> dict[str, Any]:
    changes = [
        {"field": HEADINGS.heading_of(column), "old": words_of(column, old), "new": words_of(column, new)}
        for column, old, new in row["changes"]
    ]
    return {"line": row["line"], "name": row["name"], "agency": row["agency"], "changes": changes}


@require_POST
@keepers_only
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """Exactly what was shown is written, once."""
    bringing = get_object_or_404(NetworkImport, pk=pk)
    try:
        applied = apply(bringing, by=request.user, now=timezone.now())
    except PlanMovedOn:
        messages.warning(
            request, _("The rows changed after this was shown. Nothing is written. Look at it once more.")
        )
        return redirect("office:network_import", pk)
    plan = applied.plan
    said = _("Written: %(new)s new, %(changed)s changed.") % {
        "new": thousands(len(plan["new"]) + len(plan["agencies"])),
        "changed": thousands(len(plan["changed"])),
    }
    messages.success(request, said)
    return redirect("office:network_import", pk)


@keepers_only
def wrong_rows(request: StaffRequest, pk: int) -> StreamingHttpResponse:
    """The rows that were not taken, as they came, each with what is wrong: to be mended and brought again."""
    return csv_file(wrong_lines(get_object_or_404(NetworkImport, pk=pk)), "network-to-mend")


@keepers_only
def template(request: StaffRequest) -> HttpResponse:
    """An empty list with our headings and two rows to be written over."""
    return xlsx_file(template_rows(), _("Network"), "network-template")
