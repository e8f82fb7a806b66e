"""Files for a spreadsheet, CSV and XLSX. A text that a spreadsheet would run as a formula gets an apostrophe before it
(CWE-1236), in either kind of file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import islice
from typing import Any

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
    """An XLSX file; the lines `above` stand over the first sheet, the first of them in bold."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        for number, one in enumerate(sheets):
            sheet = book.add_worksheet(
                _sheet_name(one.name, [there.get_name() for there in book.worksheets()])
            )
            sheet.set_column(0, 1, FIRST_COLUMNS_WIDTH)
            top = 0
            if number == 0 and above:
                for line, text in enumerate(above):
                    sheet.write_string(line, 0, text, *([bold] if line == 0 else []))
                top = len(above) + 1
            for column, text in enumerate(one.head):
                sheet.write_string(top, column, text, bold)
            for row, cells in enumerate(one.rows, start=top + 1):
                _write_row(sheet, row, cells)
    return target.getvalue()


def _sheet_name(name: str, taken: Sequence[str]) -> str:
    """The name as a workbook takes it: nothing that is forbidden in one, not too long, no other sheet's."""
    plain = "".join(" " if character in FORBIDDEN_IN_NAMES else character for character in name).strip(" '")
    found, again = plain[:SHEET_NAME_MAX], 1
    while found.lower() in (one.lower() for one in taken):
        again += 1
        found = f"{plain[: SHEET_NAME_MAX - len(str(again)) - 1]} {again}"
    return found


def _write_row(sheet: Any, row: int, cells: Sequence[Cell]) -> None:
    for column, cell in enumerate(map(safe, cells)):
        if isinstance(cell, str):
            sheet.write_string(row, column, cell)
        elif cell is not None:
            sheet.write_number(row, column, cell)


def moment_cell(at: datetime | None) -> str:
    """`23/11/2552 16.30 น.` in Arabic digits, as a spreadsheet keeps it; in English `23/11/2009 16:30`."""
    if at is None:
        return ""
    local, language = at.astimezone(OFFICE_TZ), get_language() or "th"
    day = format_numeric(local.date(), digits="arabic", language=language)
    return f"{day} {format_time(local, digits='arabic', language=language)}"
