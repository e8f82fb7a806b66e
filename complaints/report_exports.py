"""The figures of a report, and the matters behind them, as files for a spreadsheet: no names, no titles, no stories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from complaints.models import Category, Petition, PetitionQuerySet, State
from complaints.models.petition import opinion_promise
from complaints.report_tables import COLUMNS
from complaints.reports import Content, Line
from complaints.tallies import Counts, Dimension
from office.models.number import number_label
from office.spreadsheets import ROWS_AT_ONCE, Cell, Sheet, csv_lines, moment_cell, workbook
from office.thai import format_month

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
    numbers: list[Cell] = [getattr(counts, name) for name in COLUMNS]
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
    tables = [
        Sheet(
            name,
            [name, _("Value below"), *figures_head()],
            [[label, sub, *_figures(counts)] for label, sub, counts in lines],
        )
        for name, lines in _sections(report)
    ]
    numbers = [
        Sheet(name, [name, _("Value below"), _("Number of it")], lines) for name, lines in _numbers(report)
    ]
    period = report.period.label(get_language() or "th")
    as_of = " ".join((_("Figures as of"), moment_cell(report.as_of)))
    return workbook([*tables, *numbers], above=[period, as_of])


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
            moment_cell(received),
            moment_cell(due),
            moment_cell(put),
            words[which],
            str(states[state]),
            moment_cell(closed),
        ]
