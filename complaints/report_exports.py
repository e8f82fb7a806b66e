"""The figures of a report, and the matters behind them, as files for a spreadsheet: no names, no titles, no stories.

A text that a spreadsheet would run as a formula gets an apostrophe before it (CWE-1236), in either kind of file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from itertools import islice
from typing import Any

import xlsxwriter
from django.db.models import Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from complaints.models import Category, Petition, PetitionQuerySet, State
from complaints.models.petition import opinion_promise
from complaints.report_tables import COLUMNS
from complaints.reports import Content, Line
from complaints.tallies import Counts, Dimension
from office.calendar import OFFICE_TZ
from office.models.number import number_label
from office.thai import format_month, format_numeric, format_time

BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet reads Thai as something else
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
ROWS_AT_ONCE = 2000
LINES_AT_ONCE = 500

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


# ── Figures ─────────────────────────────────────────────────────────────────────────────────


def figures_head() -> list[str]:
    return [
        _("Received"),
        _("In time"),
        _("Late"),
        _("Not due yet"),
        _("Not closed"),
        _("Percent in time"),
    ]


def _figures(counts: Counts) -> list[Cell]:
    percent = counts.ratio.percent
    numbers: list[Cell] = [getattr(counts, name) for name, _query in COLUMNS]
    return [*numbers, None if percent is None else float(percent)]


def _sections(report: Content) -> Iterator[tuple[str, list[tuple[str, str, Counts]]]]:
    """Every table of the report: its name, and its rows as main value, value below it, counts."""
    yield _("Total"), [(_("Total"), "", report.total)]
    names = {
        Dimension.CATEGORY: _("Category"),
        Dimension.CHANNEL: _("Channel"),
        Dimension.KIND: _("Kind"),
        Dimension.PROVINCE: _("Province"),
        Dimension.AGENCY: _("Agency concerned"),
    }
    for dimension, name in names.items():
        yield name, [row for line in report.tables[dimension] for row in _with_sublines(line)]
    language = get_language() or "th"
    months = [
        (format_month(line.month, digits="arabic", language=language), "", line.counts)
        for line in report.trend
    ]
    yield _("Month"), months
    related = report.related
    yield (
        _("Related matters"),
        [*((line.label, "", line.counts) for line in related.lines), (_("Total"), "", related.total)],
    )


def _numbers(report: Content) -> Iterator[tuple[str, list[tuple[str, str, Cell]]]]:
    """What is a single number: its table, and its rows as value, value below it, number."""
    visits, given = report.visits, report.satisfaction
    yield (
        _("Visits"),
        [
            (_("Total"), "", visits.total),
            *((_("How they came"), one.label, one.number) for one in visits.by_way),
            *((_("Category"), one.label, one.number) for one in visits.by_category),
            (_("Became petitions"), "", visits.made_petitions),
            (_("Court hearings"), "", report.related.hearings),
        ],
    )
    yield (
        _("Satisfaction"),
        [
            (_("Answers"), "", given.answers),
            *((_("Average of 5"), question, average) for question, average in given.questions),
            (_("Average of 5"), _("All three"), given.average),
            (_("Percent satisfied (4 or more)"), "", given.percent_good),
        ],
    )


def _with_sublines(line: Line) -> Iterator[tuple[str, str, Counts]]:
    yield line.label, "", line.counts
    for sub in line.lines:
        yield line.label, sub.label, sub.counts


def figures_csv(report: Content) -> Iterator[str]:
    """One long table: which table, value, value below it, then the figures; single numbers stand in a last column."""
    head = [_("Table"), _("Value"), _("Value below"), *figures_head(), _("Number of it")]
    rows: Iterable[list[Cell]] = (
        [name, label, sub, *_figures(counts)]
        for name, lines in _sections(report)
        for label, sub, counts in lines
    )
    gap: list[Cell] = [None] * len(figures_head())
    numbers: Iterable[list[Cell]] = (
        [name, label, sub, *gap, number] for name, lines in _numbers(report) for label, sub, number in lines
    )
    return csv_lines([head, *rows, *numbers])


def figures_xlsx(report: Content) -> bytes:
    """A workbook with one sheet for each table; the first says which period, and when the figures were taken."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        for number, (name, lines) in enumerate(_sections(report)):
            sheet = book.add_worksheet(name[:31])
            sheet.set_column(0, 1, 36)
            row = 0
            if number == 0:
                sheet.write_string(0, 0, report.period.label(get_language() or "th"), bold)
                sheet.write_string(1, 0, f"{_('Figures as of')} {_moment(report.as_of)}")
                row = 3
            for column, text in enumerate([name, _("Value below"), *figures_head()]):
                sheet.write_string(row, column, text, bold)
            for offset, (label, sub, counts) in enumerate(lines, start=1):
                _write_row(sheet, row + offset, [label, sub, *_figures(counts)])
        for name, numbers in _numbers(report):
            sheet = book.add_worksheet(name[:31])
            sheet.set_column(0, 1, 36)
            for column, text in enumerate([name, _("Value below"), _("Number of it")]):
                sheet.write_string(0, column, text, bold)
            for offset, cells in enumerate(numbers, start=1):
                _write_row(sheet, offset, list(cells))
    return target.getvalue()


def _write_row(sheet: Any, row: int, cells: list[Cell]) -> None:
    for column, cell in enumerate(map(safe, cells)):
        if isinstance(cell, str):
            sheet.write_string(row, column, cell)
        elif cell is not None:
            sheet.write_number(row, column, cell)


# ── Matters ─────────────────────────────────────────────────────────────────────────────────


def matters_csv(petitions: PetitionQuerySet, now: datetime) -> Iterator[str]:
    """One line for each petition of the query: number, kind, channel, category, dates and standing.

    Rows are fetched as they are sent, so memory does not grow with their number.
    """
    return csv_lines(_matters(petitions, now))


def _matters(petitions: PetitionQuerySet, now: datetime) -> Iterator[list[Cell]]:
    yield [
        _("Number"),
        _("Kind"),
        _("Channel"),
        _("Category"),
        _("Received on"),
        _("Opinion due"),
        _("Opinion put"),
        _("Opinion"),
        _("State"),
        _("Closed on"),
    ]
    categories = {one.pk: one.name for one in Category.objects.all()}
    kinds, channels = dict(Petition.PetitionKind.choices), dict(Petition.Channel.choices)
    states = dict(State.choices)
    words = {"in_time": _("In time"), "late": _("Late"), "pending": _("Not due yet"), None: ""}
    promise = opinion_promise()
    rows = petitions.with_standing(now).annotate(
        opinion_due=Subquery(promise.values("due_at")[:1]),
        opinion_put=Subquery(promise.values("met_at")[:1]),
    )
    register = ("series", "number", "year", "petition_kind", "channel", "category_id", "state")
    moments = ("received_at", "closed_at", "opinion_due", "opinion_put", "standing")
    for row in rows.order_by("pk").values_list(*register, *moments).iterator(ROWS_AT_ONCE):
        series, number, year, kind, channel, category, state, received, closed, due, put, which = row
        yield [
            number_label(series, number, year),
            str(kinds[kind]),
            str(channels[channel]),
            categories.get(category, ""),
            _moment(received),
            _moment(due),
            _moment(put),
            words[which],
            str(states[state]),
            _moment(closed),
        ]


def _moment(at: datetime | None) -> str:
    """`23/11/2552 16.30 น.` in Arabic digits, as a spreadsheet keeps it; in English `23/11/2009 16:30`."""
    if at is None:
        return ""
    local, language = at.astimezone(OFFICE_TZ), get_language() or "th"
    day = format_numeric(local.date(), digits="arabic", language=language)
    return f"{day} {format_time(local, digits='arabic', language=language)}"
