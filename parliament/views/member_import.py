"""Bringing a list of members: the file, what it would change, and the head's word before anything is written."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

import xlsxwriter
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from office.figures import thousands
from office.http import StaffRequest
from office.list_columns import LINE_HEADING, WHY_HEADING, PlanMovedOn
from office.models import Notice, User
from office.models.calendar import current_calendar
from office.notices import tell
from office.spreadsheets import Cell, csv_lines
from parliament.audience import heads
from parliament.forms.member_import import MemberImportForm
from parliament.member_columns import (
    heading_of,
    template_rows,
    words_of,
)
from parliament.member_plans import apply, make_plan
from parliament.models import MemberImport
from parliament.permissions import heads_politics
from parliament.views.access import carriers_only, heads_only

ROWS_SHOWN: Final = 200
LAST_SHOWN: Final = 8
FORGOTTEN_AFTER: Final = timedelta(days=30)
"""A list that nobody confirmed in this time is thrown away with the next one."""
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@carriers_only
def upload(request: StaffRequest) -> HttpResponse:
    """The file is read and its changes are worked out; nothing is written but that."""
    form = MemberImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        bringing = _bring(form, request)
        return redirect("parliament:member_import", bringing.pk)
    context = {
        "section": "members",
        "form": form,
        "last": MemberImport.objects.select_related("uploaded_by", "applied_by").defer("rows")[:LAST_SHOWN],
    }
    status = 422 if form.is_bound else 200
    return render(request, "parliament/houses/import.html", context, status=status)


def _bring(form: MemberImportForm, request: StaffRequest) -> MemberImport:
    now = timezone.now()
    MemberImport.objects.filter(applied_at=None, uploaded_at__lt=now - FORGOTTEN_AFTER).delete()
    given = form.cleaned_data
    bringing = MemberImport(
        chamber=given["chamber"],
        parliament_number=given["parliament_number"],
        since_on=given["since_on"],
        file_name=given["file"].name[:200],
        header=form.table.header,
        fields=form.fields_found,
        rows=form.table.lines,
        uploaded_at=now,
        uploaded_by=request.user,
    )
    bringing.plan = make_plan(bringing)
    with transaction.atomic():
        bringing.save()
        _tell_heads(bringing, request.user, now)
    return bringing


def _tell_heads(bringing: MemberImport, by: User, now: datetime) -> None:
    """A list that changes something waits for a head's word; a head who brings it has it on the screen."""
    if not (bringing.plan["new"] or bringing.plan["changed"]):
        return
    tell(
        [head for head in heads() if head != by],
        Notice.Kind.MEMBERS_WAITING,
        once=f"member-import:{bringing.pk}",
        now=now,
        calendar=current_calendar(),
        text=_("List of members: %(new)s new, %(changed)s changed")
        % {
            "new": thousands(len(bringing.plan["new"])),
            "changed": thousands(len(bringing.plan["changed"])),
        },
    )


@carriers_only
def preview(request: StaffRequest, pk: int) -> HttpResponse:
    """What would change, row by row; after the confirmation, what has changed."""
    bringing = get_object_or_404(MemberImport.objects.select_related("uploaded_by", "applied_by"), pk=pk)
    plan = bringing.plan
    context = {
        "section": "members",
        "bringing": bringing,
        "counts": {name: len(plan[name]) for name in ("new", "changed", "wrong")}
        | {"unchanged": plan["unchanged"]},
        "new": [_new_row(row) for row in plan["new"][:ROWS_SHOWN]],
        "changed": [_changed_row(row) for row in plan["changed"][:ROWS_SHOWN]],
        "wrong": plan["wrong"][:ROWS_SHOWN],
        "parties": plan["parties"],
        "shown": ROWS_SHOWN,
        "changes_anything": bool(plan["new"] or plan["changed"]),
        "is_head": heads_politics.test(request.user),
    }
    return render(request, "parliament/houses/import_preview.html", context)


def _new_row(row: dict[str, Any]) -> dict[str, Any]:
    values = row["values"]
    said = ("seat", "party", "province", "constituency", "list_group")
    return {
        "line": row["line"],
        "name": f"{values.get('title', '')}{values['name']}",
        "facts": [words_of(column, values[column]) for column in said if values.get(column)],
        "before": row["before"],
    }


def _changed_row(row: dict[str, Any]) -> dict[str, Any]:
    changes = [
        {"field": heading_of(column), "old": words_of(column, old), "new": words_of(column, new)}
        for column, old, new in row["changes"]
    ]
    return {"line": row["line"], "pk": row["pk"], "name": row["name"], "changes": changes}


@heads_only
@require_POST
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """The head's word: exactly what was shown is written, once."""
    bringing = get_object_or_404(MemberImport, pk=pk)
    try:
        applied = apply(bringing, by=request.user, now=timezone.now())
    except PlanMovedOn:
        messages.warning(
            request, _("The rows changed after this was shown. Nothing is written. Look at it once more.")
        )
        return redirect("parliament:member_import", pk)
    plan = applied.plan
    said = _("Written: %(new)s new, %(changed)s changed.") % {
        "new": thousands(len(plan["new"])),
        "changed": thousands(len(plan["changed"])),
    }
    messages.success(request, said)
    return redirect("parliament:member_import", pk)


@carriers_only
def wrong_rows(request: StaffRequest, pk: int) -> StreamingHttpResponse:
    """The rows that were not taken, as they came, each with what is wrong: to be mended and brought again."""
    bringing = get_object_or_404(MemberImport, pk=pk)
    return _csv(_wrong(bringing), "members-to-mend.csv")


def _wrong(bringing: MemberImport) -> Iterator[list[Cell]]:
    faults = {row["line"]: "; ".join(row["faults"]) for row in bringing.plan["wrong"]}
    yield [*bringing.header, LINE_HEADING, WHY_HEADING]
    for line, cells in bringing.rows:
        if line in faults:
            yield [*cells, line, faults[line]]


@carriers_only
def template(request: StaffRequest, kind: str) -> HttpResponse | StreamingHttpResponse:
    """An empty list with our headings and two rows to be written over."""
    make: dict[str, Callable[[], HttpResponse | StreamingHttpResponse]] = {
        "csv": lambda: _csv(template_rows(), "members-template.csv"),
        "xlsx": _xlsx_template,
    }
    return make[kind]()


def _csv(rows: Any, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _xlsx_template() -> HttpResponse:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_("Members"))
        head = book.add_format({"bold": True, "bottom": 1})
        for number, row in enumerate(template_rows()):
            sheet.write_row(number, 0, row, head if number == 0 else None)
        sheet.set_column(0, len(template_rows()[0]) - 1, 18)
        sheet.freeze_panes(1, 0)
    response = HttpResponse(target.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="members-template.xlsx"'
    return response
