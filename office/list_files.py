"""Reading a list that somebody brings as a file: CSV in the encodings that Thai Excel writes, or XLSX.

What is wrong with the file as a whole is a ValidationError in words; what is wrong with a row is said by its line.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from office.figures import thousands
from office.spreadsheets import RUNS
from office.thai import BE_OFFSET, FIRST_BE_YEAR, format_numeric

MEGABYTE: Final = 1024 * 1024
MOST_COLUMNS: Final = 40
TITLE_LINES: Final = 10
"""How many lines may stand above the headings: a title, an empty line."""

_XLSX: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
"""Signs that stand in no list: of a picture, a program, a PDF."""
DELIMITERS: Final = (",", ";", "\t")

Line = tuple[int, list[str]]
"""The number of a line in its file, from 1, and its cells."""
KnownHeadings = Callable[[Sequence[str]], int]
"""How many of these cells head a column that the list may have."""


@dataclass(frozen=True)
class Limits:
    """How large a file may be: its megabytes as it comes and unpacked, its rows, the letters of a cell."""

    megabytes: int
    megabytes_unpacked: int
    rows: int
    cell: int


LIST: Final = Limits(megabytes=2, megabytes_unpacked=40, rows=2000, cell=500)
"""A list that is read while its page waits."""
REGISTER: Final = Limits(megabytes=20, megabytes_unpacked=150, rows=30_000, cell=5000)
"""A register of years, which is loaded in the background."""


@dataclass(frozen=True)
class Table:
    """A file's headings, and the lines under them that hold anything."""

    header: list[str]
    lines: list[Line]


def read(content: bytes, known_headings: KnownHeadings, limits: Limits = LIST) -> Table:
    """The table of a file, whatever its name; `known_headings` tells the line of headings from a title above it.

    Raises ValidationError.
    """
    header, lines = opened(content, known_headings, limits)
    return Table(header, list(lines))


def opened(
    content: bytes, known_headings: KnownHeadings, limits: Limits = LIST
) -> tuple[list[str], Iterator[Line]]:
    """The headings, and the lines under them one by one. Raises ValidationError, the lines too while they are read."""
    if len(content) > limits.megabytes * MEGABYTE:
        raise _too_large(limits)
    if content.startswith(_OLE):
        raise ValidationError(
            gettext(
                "This file is locked with a password or of an old kind (.xls). "
                "Save it as .xlsx without a password, or as CSV."
            )
        )
    is_xlsx = content.startswith(_XLSX)
    lines = _xlsx_lines(content, limits) if is_xlsx else _csv_lines(content, limits)
    header, kept = _find_header(iter(lines), known_headings)
    return header, _rows(header, kept, limits)


def _too_large(limits: Limits) -> ValidationError:
    return ValidationError(
        gettext("The file is larger than %(number)s MB. Divide it."),
        params={"number": thousands(limits.megabytes)},
    )


def _too_many(limits: Limits) -> ValidationError:
    return ValidationError(
        gettext("The file has more than %(number)s rows. Divide it."),
        params={"number": thousands(limits.rows)},
    )


def _rows(header: list[str], lines: Iterator[Line], limits: Limits) -> Iterator[Line]:
    found = 0
    for number, cells in lines:
        found += 1
        if found > limits.rows:
            raise _too_many(limits)
        yield number, _fitted(cells, len(header))
    if not found:
        raise ValidationError(gettext("There is no row under the headings."))


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


def _clean(cells: Sequence[Any], longest: int) -> list[str]:
    end = len(cells)
    while end and cells[end - 1] is None:  # as a sheet's reader fills up its rows
        end -= 1
    found = [_text(cell, longest) for cell in cells[:end]]
    if len(_without_empty_end(found)) > MOST_COLUMNS:
        raise ValidationError(
            gettext("The file has more than %(number)s columns."), params={"number": thousands(MOST_COLUMNS)}
        )
    return found


def _text(cell: Any, longest: int) -> str:
    """A cell as text on one line; the apostrophe that our own files put before what a spreadsheet would run is taken
    away again."""
    match cell:
        case None | "":
            return ""
        case datetime() | date():
            return _date_text(cell)
        case float() if cell.is_integer():
            return str(int(cell))
    text = " ".join(str(cell).replace("\u200b", "").split())[:longest]
    return text[1:] if text.startswith("'") and text[1:].startswith(RUNS) else text


def _date_text(day: date) -> str:
    """A date of a spreadsheet; a year that was typed in the Buddhist Era lies far in the spreadsheet's future."""
    year = day.year - BE_OFFSET if day.year >= FIRST_BE_YEAR else day.year
    return format_numeric(date(year, day.month, min(day.day, monthrange(year, day.month)[1])))


# ── CSV ─────────────────────────────────────────────────────────────────────────────────────


def _csv_lines(content: bytes, limits: Limits) -> Iterator[Line]:
    text = _decoded(content)
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        for cells in reader:
            row = _clean(cells, limits.cell)
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
        if not _CONTROLS.search(text):
            return text
    raise ValidationError(gettext("This is no list that can be read. Save it as .xlsx, or as CSV (UTF-8)."))


# ── XLSX ────────────────────────────────────────────────────────────────────────────────────


def _xlsx_lines(content: bytes, limits: Limits) -> Iterator[Line]:
    """The first sheet's lines. Formulas give the value that was saved with them, and nothing is ever run."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > limits.megabytes_unpacked * MEGABYTE:
            raise _too_large(limits)
        for number, cells in _sheet_rows(content, limits):
            row = _clean(cells, limits.cell)
            if any(row):
                if number > _last_line(limits):
                    raise _too_many(limits)
                yield number, row
    except ValidationError:
        raise
    except (
        Exception
    ) as fault:  # whatever a made-up file makes the reader stumble over, the words are the same
        broken = gettext("The spreadsheet cannot be opened. Save it anew as .xlsx, or as CSV.")
        raise ValidationError(broken) from fault


def _last_line(limits: Limits) -> int:
    """As many empty lines may stand between the rows as there may be rows."""
    return TITLE_LINES + 2 * limits.rows


def _sheet_rows(content: bytes, limits: Limits) -> Iterator[tuple[int, tuple[Any, ...]]]:
    # Read in only when a workbook is brought: it takes a third of a second and twenty megabytes.
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        sheet = book.worksheets[0]
        # What the sheet says of its own size may be a lie.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=_last_line(limits) + 1, max_col=MOST_COLUMNS + 1, values_only=True)
        yield from enumerate(rows, 1)
    finally:
        book.close()
