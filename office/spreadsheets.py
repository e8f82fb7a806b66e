"""Files for a spreadsheet, CSV and XLSX. A text that a spreadsheet would run as a formula gets an apostrophe before it
(CWE-1236), in either kind of file.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import islice
from typing import IO, Any

import xlsxwriter
from django.utils.translation import get_language

from office.calendar import OFFICE_TZ
from office.thai import format_numeric, format_time

BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet reads Thai as something else
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
ROWS_AT_ONCE = 2000
LINES_AT_ONCE = 500
SHEET_NAME_MAX = 31
FORBIDDEN_IN_NAMES = "[]:*?/\\"
FIRST_COLUMNS_WIDTH = 36
NARROWEST, WIDEST = 7, 48
"""Letters between which a column is as wide as its longest text; what is longer goes on in the next line."""
LINE_HEIGHT, MOST_LINES = 15, 20
"""Points of a line, and how many of them a row shows at most."""
A4 = 9

Cell = str | int | float | None


def safe(value: Cell) -> Cell:
    """The value of a cell such that no spreadsheet takes a text for a formula; numbers are left alone."""
    if isinstance(value, str) and value.startswith(RUNS):
        return f"'{value}"
    return value


class _Line:
    """What the csv writer writes to: it hands each line back instead of keeping it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    """The text of a CSV file (RFC 4180, UTF-8 with its mark), some hundred lines at a time."""
    write = csv.writer(_Line()).writerow
    lines = (write([safe(cell) for cell in row]) for row in rows)
    yield BYTE_ORDER_MARK
    while some := "".join(islice(lines, LINES_AT_ONCE)):
        yield some


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: its name, the head of its columns, its rows."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def workbook(sheets: Iterable[Sheet], *, above: Sequence[str] = ()) -> bytes:
    """An XLSX file; the lines `above` stand over the first sheet, the first of them in bold.

    Columns are as wide as their texts, the head stays in sight, and on paper a sheet is as wide as the page.
    """
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        looks = _Looks(
            head=book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            cell=book.add_format({"valign": "top"}),
            wrapped=book.add_format({"valign": "top", "text_wrap": True}),
        )
        for number, one in enumerate(sheets):
            taken = [there.get_name() for there in book.worksheets()]
            sheet = book.add_worksheet(_sheet_name(one.name, taken))
            top = 0
            if number == 0 and above:
                for line, text in enumerate(above):
                    sheet.write_string(line, 0, text, *([bold] if line == 0 else []))
                top = len(above) + 1
            _fill(sheet, one, top, looks)
            _for_paper(sheet, top)
    return target.getvalue()


@dataclass(frozen=True)
class _Looks:
    """How the cells of a workbook look."""

    head: Any
    cell: Any
    wrapped: Any


def _fill(sheet: Any, one: Sheet, top: int, looks: _Looks) -> None:
    """Head and rows from a line on; then the columns and the high rows, by what stands in them."""
    widths = [_letters(text) for text in one.head]
    for column, text in enumerate(one.head):
        sheet.write_string(top, column, text, looks.head)
    for row, cells in enumerate(one.rows, start=top + 1):
        _write_row(sheet, row, cells, looks)
        letters = [_letters(value) for value in cells]
        widths.extend([0] * (len(letters) - len(widths)))
        widths[: len(letters)] = map(max, widths, letters)
        lines = -(-max(letters, default=0) // (WIDEST - 4))
        if lines > 1:
            sheet.set_row(row, min(lines, MOST_LINES) * LINE_HEIGHT)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(max(width + 1, NARROWEST), WIDEST))


def _letters(value: Cell) -> int:
    """How many letters wide the longest line of a cell is: Thai marks above and below take no room."""
    if value is None:
        return 0
    lines = str(value).split("\n")
    return max(sum(1 for letter in line if unicodedata.category(letter) != "Mn") for line in lines)


def _for_paper(sheet: Any, head: int) -> None:
    """The head in sight and on every page, each sheet lying on its side and as wide as it."""
    sheet.freeze_panes(head + 1, 0)
    sheet.repeat_rows(head)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def write_workbook(target: IO[bytes], name: str, lines: Iterable[Sequence[Cell]]) -> None:
    """An XLSX file of one sheet, whose first line heads the columns: written row by row, each forgotten as it is."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(_sheet_name(name, []))
        sheet.set_column(0, 2, FIRST_COLUMNS_WIDTH)
        _for_paper(sheet, 0)
        for row, cells in enumerate(lines):
            _write_row(sheet, row, cells)


def _sheet_name(name: str, taken: Sequence[str]) -> str:
    """The name as a workbook takes it: nothing that is forbidden in one, not too long, no other sheet's."""
    plain = "".join(" " if character in FORBIDDEN_IN_NAMES else character for character in name).strip(" '")
    found, again = plain[:SHEET_NAME_MAX], 1
    while found.lower() in (one.lower() for one in taken):
        again += 1
        found = f"{plain[: SHEET_NAME_MAX - len(str(again)) - 1]} {again}"
    return found


def _write_row(sheet: Any, row: int, cells: Sequence[Cell], looks: _Looks | None = None) -> None:
    for column, value in enumerate(map(safe, cells)):
        if isinstance(value, str):
            is_long = looks and _letters(value) >= WIDEST
            sheet.write_string(row, column, value, looks and (looks.wrapped if is_long else looks.cell))
        elif value is not None:
            sheet.write_number(row, column, value, looks and looks.cell)


def moment_cell(at: datetime | None) -> str:
    """`23/11/2552 16.30 น.` in Arabic digits, as a spreadsheet keeps it; in English `23/11/2009 16:30`."""
    if at is None:
        return ""
    local, language = at.astimezone(OFFICE_TZ), get_language() or "th"
    day = format_numeric(local.date(), digits="arabic", language=language)
    return f"{day} {format_time(local, digits='arabic', language=language)}"
