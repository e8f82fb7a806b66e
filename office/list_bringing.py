"""Bringing a list as a file, for every room: it is kept with what it would change, confirmed, and written exactly so.

A plan is plain JSON: made when the file comes, shown, and made anew when it is confirmed. Only if both are equal is
anything written, so what is written is what was seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from django.db import IntegrityError, transaction
from django.http import HttpResponse, StreamingHttpResponse

from office.list_columns import LINE_HEADING, WHY_HEADING, PlanMovedOn
from office.list_file_form import ListFileForm
from office.models import User
from office.models.list_import import ListImport
from office.spreadsheets import Cell, Sheet, csv_lines, workbook

ROWS_SHOWN: Final = 200
LAST_SHOWN: Final = 8
FORGOTTEN_AFTER: Final = timedelta(days=30)
"""A list that nobody confirmed in this time is thrown away with the next one."""
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Brought = TypeVar("Brought", bound=ListImport)
Plan = dict[str, Any]


def taken(bringing: Brought, form: ListFileForm, *, by: User, now: datetime) -> Brought:
    """An unsaved import with what its file holds; those that nobody confirmed in a month are forgotten."""
    unconfirmed = type(bringing)._default_manager.filter(applied_at=None)
    unconfirmed.filter(uploaded_at__lt=now - FORGOTTEN_AFTER).delete()
    bringing.file_name = form.cleaned_data["file"].name[:200]
    bringing.header, bringing.fields, bringing.rows = form.table.header, form.fields_found, form.table.lines
    bringing.uploaded_at, bringing.uploaded_by = now, by
    return bringing


def given_lines(bringing: ListImport) -> Iterator[tuple[int, dict[str, str]]]:
    """The number of each line and its cells by field, those of columns that are passed over left out."""
    for line, cells in bringing.rows:
        yield line, {column: cell for column, cell in zip(bringing.fields, cells, strict=True) if column}


def apply_as_shown(
    bringing: Brought,
    *,
    by: User,
    now: datetime,
    make_plan: Callable[[Brought], Plan],
    hold: Callable[[Plan], None],
    write: Callable[[Brought], None],
) -> Brought:
    """Write exactly what was shown; a second time finds it written. `hold` locks the rows that are changed.

    Raises PlanMovedOn when it would be another; then the import holds the plan as it is now.
    """
    rows = type(bringing)._default_manager
    try:
        with transaction.atomic():
            locked: Brought = rows.select_for_update().get(pk=bringing.pk)
            if locked.applied_at:
                return locked
            hold(locked.plan)
            if make_plan(locked) == locked.plan:
                write(locked)
                locked.applied_at, locked.applied_by = now, by
                locked.save(update_fields=["applied_at", "applied_by"])
                return locked
    except IntegrityError:
        pass  # somebody wrote down one of the new ones in the same moment: the plan is another now
    rows.filter(pk=bringing.pk, applied_at=None).update(plan=make_plan(bringing))
    raise PlanMovedOn


# ── Files that go out ───────────────────────────────────────────────────────────────────────


def wrong_lines(bringing: ListImport) -> Iterator[list[Cell]]:
    """The lines that were not taken, as they came, each with what is wrong: to be mended and brought again."""
    faults = {row["line"]: "; ".join(row["faults"]) for row in bringing.plan["wrong"]}
    yield [*bringing.header, LINE_HEADING, WHY_HEADING]
    for line, cells in bringing.rows:
        if line in faults:
            yield [*cells, line, faults[line]]


def csv_file(rows: Iterable[Iterable[Cell]], name: str) -> StreamingHttpResponse:
    """A CSV file to be downloaded."""
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def xlsx_file(rows: Iterable[list[Cell]], sheet: str, name: str) -> HttpResponse:
    """An XLSX file to be downloaded; the first of the rows heads the columns."""
    head, *lines = rows
    content = workbook([Sheet(sheet, [str(cell) for cell in head], lines)])
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
