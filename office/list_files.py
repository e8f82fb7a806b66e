"""Reading a list that somebody brings as a file: CSV in the encodings that Thai Excel writes, or XLSX.

What is wrong with the file as a whole is a ValidationError in words; what is wrong with a row is said by its line.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from openpyxl import load_workbook

from office.figures import thousands
from office.spreadsheets import RUNS
from office.thai import BE_OFFSET, FIRST_BE_YEAR, format_numeric

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_BYTES_UNPACKED: Final = 40 * 1024 * 1024
MOST_ROWS: Final = 2000
MOST_COLUMNS: Final = 40
LONGEST_CELL: Final = 500
TITLE_LINES: Final = 10
"""How many lines may stand above the headings: a title, an empty line."""

_XLSX: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"
DELIMITERS: Final = (",", ";", "\t")

Line = tuple[int, list[str]]
"""The number of a line in its file, from 1, and its cells."""
KnownHeadings = Callable[[Sequence[str]], int]
"""How many of these cells head a column that the list may have."""


@dataclass(frozen=True)
class Table:
    """A file's headings, and the lines under them that hold anything."""

    header: list[str]
    lines: list[Line]


def read(content: bytes, known_headings: KnownHeadings) -> Table:
    """The table of a file, whatever its name; `known_headings` tells the line of headings from a title above it.

    Raises ValidationError.
    """
    if len(content) > MOST_BYTES:
        raise ValidationError(gettext("The file is larger than 2 MB. Divide it."))
    if content.startswith(_OLE):
        raise ValidationError(
            gettext(
                "This file is locked with a password or of an old kind (.xls). "
                "Save it as .xlsx without a password, or as CSV."
            )
        )
    lines = _xlsx_lines(content) if content.startswith(_XLSX) else _csv_lines(content)
    return _table(lines, known_headings)


def _table(lines: Iterable[Line], known_headings: KnownHeadings) -> Table:
    header, kept = _find_header(iter(lines), known_headings)
    rows: list[Line] = []
    for number, cells in kept:
        if len(rows) == MOST_ROWS:
            raise ValidationError(
                gettext("The file has more than %(number)s rows. Divide it."),
                params={"number": thousands(MOST_ROWS)},
            )
        rows.append((number, _fitted(cells, len(header))))
    if not rows:
        raise ValidationError(gettext("There is no row under the headings."))
    return Table(header, rows)


def _find_header(lines: Iterator[Line], known_headings: KnownHeadings) -> tuple[list[str], Iterator[Line]]:
    """The line of headings: the first that names at least two columns we know, else the first with anything in it."""
    first: list[str] | None = None
    seen: list[Line] = []
    for number, cells in lines:
        if known_headings(cells) >= 2:
            return _without_empty_end(cells), lines
        if first is None:
            first = cells
        else:
            seen.append((number, cells))
        if len(seen) >= TITLE_LINES:
            break
    if first is None:
        raise ValidationError(gettext("The file is empty."))
    return _without_empty_end(first), iter([*seen, *lines])


def _without_empty_end(cells: list[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _fitted(cells: list[str], width: int) -> list[str]:
    """As many cells as there are headings."""
    return [*cells[:width], *[""] * (width - len(cells))]


def _clean(cells: Iterable[Any]) -> list[str]:
    found = [_text(cell) for cell in cells]
    if len(_without_empty_end(found)) > MOST_COLUMNS:
        raise ValidationError(
            gettext("The file has more than %(number)s columns."), params={"number": thousands(MOST_COLUMNS)}
        )
    return found


def _text(cell: Any) -> str:
    """A cell as text on one line; the apostrophe that our own files put before what a spreadsheet would run is taken
    away again."""
    match cell:
        case None:
            return ""
        case datetime() | date():
            return _date_text(cell)
        case float() if cell.is_integer():
            return str(int(cell))
    text = " ".join(str(cell).replace("\u200b", "").split())[:LONGEST_CELL]
    return text[1:] if text.startswith("'") and text[1:].startswith(RUNS) else text


def _date_text(day: date) -> str:
    """A date of a spreadsheet; a year that was typed in the Buddhist Era lies far in the spreadsheet's future."""
    year = day.year - BE_OFFSET if day.year >= FIRST_BE_YEAR else day.year
    return format_numeric(date(year, day.month, min(day.day, 28) if day.month == 2 else day.day))


# ── CSV ─────────────────────────────────────────────────────────────────────────────────────


def _csv_lines(content: bytes) -> Iterator[Line]:
    text = _decoded(content)
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        for cells in reader:
            row = _clean(cells)
            if any(row):
                yield number, row
            number = reader.line_num + 1
    except csv.Error as broken:
        raise ValidationError(
            gettext("Line %(line)s cannot be read: check its quotation marks."),
            params={"line": thousands(reader.line_num)},
        ) from broken


def _decoded(content: bytes) -> str:
    """The text: UTF-8 with or without its mark, UTF-16 with its mark, else Windows-874 as Thai Excel writes it."""
    has_wide_mark = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if has_wide_mark else ["utf-8-sig", "cp874"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise ValidationError(gettext("This is no list that can be read. Save it as .xlsx, or as CSV (UTF-8)."))


# ── XLSX ────────────────────────────────────────────────────────────────────────────────────


def _xlsx_lines(content: bytes) -> Iterator[Line]:
    """The first sheet's lines. Formulas give the value that was saved with them, and nothing is ever run."""
    broken = gettext("The spreadsheet cannot be opened. Save it anew as .xlsx, or as CSV.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MOST_BYTES_UNPACKED:
            raise ValidationError(gettext("The file is larger than 2 MB. Divide it."))
        rows = _sheet_rows(content)
    except ValidationError:
        raise
    except (
        Exception
    ) as fault:  # whatever a made-up file makes the reader stumble over, the words are the same
        raise ValidationError(broken) from fault
    for number, cells in rows:
        row = _clean(cells)
        if any(row):
            yield number, row


def _sheet_rows(content: bytes) -> list[tuple[int, tuple[Any, ...]]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        sheet = book.worksheets[0]
        # What the sheet says of its own size may be a lie.
        sheet.reset_dimensions()
        most = MOST_ROWS + TITLE_LINES + 2
        rows = sheet.iter_rows(max_row=most, max_col=MOST_COLUMNS + 1, values_only=True)
        return list(enumerate(rows, 1))
    finally:
        book.close()
