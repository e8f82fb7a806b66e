"""Bringing a list of recipients: the file, what it would change, and the word before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from office.figures import thousands
from office.http import StaffRequest
from office.list_columns import LINE_HEADING, WHY_HEADING, PlanMovedOn
from office.spreadsheets import Cell, Sheet, csv_lines, workbook
from publicrelations.forms.recipients import RecipientImportForm
from publicrelations.journal_balance import Balance
from publicrelations.models import RecipientGroup, RecipientImport
from publicrelations.recipient_columns import HEADINGS, template_rows, words_of
from publicrelations.recipient_plans import apply, make_plan
from publicrelations.views.access import carriers_only
from publicrelations.views.recipients import balance_now

ROWS_SHOWN: Final = 200
LAST_SHOWN: Final = 8
FORGOTTEN_AFTER: Final = timedelta(days=30)
"""A list that nobody confirmed in this time is thrown away with the next one."""
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FACTS: Final = ("group", "attention", "address", "postcode")


@carriers_only
def upload(request: StaffRequest) -> HttpResponse:
    """The file is read and its changes are worked out; nothing is written but that."""
    form = RecipientImportForm(request.POST or None, request.FILES or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        return redirect("publicrelations:recipient_import", _bring(form, request).pk)
    last = RecipientImport.objects.select_related("uploaded_by", "applied_by").defer("rows", "plan")
    context = {"section": "recipients", "form": form, "last": last[:LAST_SHOWN]}
    return render(
        request, "publicrelations/recipients/import.html", context, status=422 if form.is_bound else 200
    )


def _bring(form: RecipientImportForm, request: StaffRequest) -> RecipientImport:
    now = timezone.now()
    RecipientImport.objects.filter(applied_at=None, uploaded_at__lt=now - FORGOTTEN_AFTER).delete()
    given = form.cleaned_data
    bringing = RecipientImport(
        since_on=given["since_on"],
        is_whole=given["is_whole"],
        file_name=given["file"].name[:200],
        header=form.table.header,
        fields=form.fields_found,
        rows=form.table.lines,
        uploaded_at=now,
        uploaded_by=request.user,
    )
    bringing.plan = make_plan(bringing, timezone.localdate())
    bringing.save()
    return bringing


@carriers_only
def preview(request: StaffRequest, pk: int) -> HttpResponse:
    """What would change, row by row, and whether the copies would balance; after the word, what has changed."""
    rows = RecipientImport.objects.select_related("uploaded_by", "applied_by")
    bringing = get_object_or_404(rows, pk=pk)
    plan = bringing.plan
    coming, balance = balance_now(timezone.localdate())
    context = {
        "section": "recipients",
        "bringing": bringing,
        "counts": {name: len(plan[name]) for name in ("new", "changed", "wrong", "ended")}
        | {"unchanged": plan["unchanged"]},
        "new": [_new_row(row) for row in plan["new"][:ROWS_SHOWN]],
        "changed": [_changed_row(row) for row in plan["changed"][:ROWS_SHOWN]],
        "wrong": plan["wrong"][:ROWS_SHOWN],
        "ended": plan["ended"][:ROWS_SHOWN],
        "shown": ROWS_SHOWN,
        "changes_anything": bool(plan["new"] or plan["changed"] or plan["ended"]),
        "balance": balance if bringing.applied_at else Balance(balance.copies, plan["copies"], balance.stock),
        "balance_of": coming,
    }
    return render(request, "publicrelations/recipients/import_preview.html", context)


def _new_row(row: dict[str, Any]) -> dict[str, Any]:
    values = row["values"]
    return {
        "line": row["line"],
        "name": values["name"],
        "copies": values["copies"],
        "facts": [words_of(column, values[column]) for column in FACTS if values.get(column)],
    }


def _changed_row(row: dict[str, Any]) -> dict[str, Any]:
    changes = [
        {"field": HEADINGS.heading_of(column), "old": words_of(column, old), "new": words_of(column, new)}
        for column, old, new in row["changes"]
    ]
    return {"line": row["line"], "pk": row["pk"], "name": row["name"], "changes": changes}


@require_POST
@carriers_only
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """Exactly what was shown is written, once."""
    bringing = get_object_or_404(RecipientImport, pk=pk)
    try:
        applied = apply(bringing, by=request.user, now=timezone.now())
    except PlanMovedOn:
        messages.warning(
            request, _("The rows changed after this was shown. Nothing is written. Look at it once more.")
        )
        return redirect("publicrelations:recipient_import", pk)
    plan = applied.plan
    said = _("Written: %(new)s new, %(changed)s changed.") % {
        "new": thousands(len(plan["new"])),
        "changed": thousands(len(plan["changed"]) + len(plan["ended"])),
    }
    messages.success(request, said)
    return redirect("publicrelations:recipient_import", pk)


@carriers_only
def wrong_rows(request: StaffRequest, pk: int) -> StreamingHttpResponse:
    """The rows that were not taken, as they came, each with what is wrong: to be mended and brought again."""
    bringing = get_object_or_404(RecipientImport, pk=pk)
    return _csv(_wrong(bringing), "recipients-to-mend.csv")


def _wrong(bringing: RecipientImport) -> Iterator[list[Cell]]:
    faults = {row["line"]: "; ".join(row["faults"]) for row in bringing.plan["wrong"]}
    yield [*bringing.header, LINE_HEADING, WHY_HEADING]
    for line, cells in bringing.rows:
        if line in faults:
            yield [*cells, line, faults[line]]


@carriers_only
def template(request: StaffRequest, kind: str) -> HttpResponse | StreamingHttpResponse:
    """An empty list with our headings and two rows to be written over."""
    group = RecipientGroup.objects.order_by("order").values_list("name", flat=True).first() or ""
    rows = template_rows(group)
    make: dict[str, Callable[[], HttpResponse | StreamingHttpResponse]] = {
        "csv": lambda: _csv(rows, "recipients-template.csv"),
        "xlsx": lambda: _xlsx(rows),
    }
    return make[kind]()


def _csv(rows: Any, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _xlsx(rows: list[list[Cell]]) -> HttpResponse:
    head, *lines = rows
    content = workbook([Sheet(_("Recipients of the journal"), [str(cell) for cell in head], lines)])
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="recipients-template.xlsx"'
    return response
