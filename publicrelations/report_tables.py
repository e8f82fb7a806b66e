"""The tables of the report on public relations: on the page each number leads to its rows, on paper it just stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from office.figures import percent_text, thousands
from office.report_tables import NOTHING, Cell, Columns, Row, Table, row
from office.reporting import period_query
from office.tallies import Counts
from office.templatetags.prasan import date_short
from office.thai import format_month
from publicrelations.measures import MATTERS
from publicrelations.reports import Content, Line, Work
from publicrelations.tallies import Dimension, Kind

COLUMNS: Columns = {
    "received": {},
    "in_time": {"promise": "in_time"},
    "late": {"promise": "late"},
    "pending": {"promise": "pending"},
    "unclosed": {"open": "1"},
}


@dataclass(frozen=True)
class IssueRow:
    """One issue of the journal: of which month, how many were to be printed, were printed, when they were mailed."""

    label: str
    month: str
    print_run: str
    copies: str
    mailed: str


def works_table(report: Content) -> Table:
    """Each kind of work in a line; the four works of the plan summed, news and briefs below the sum."""
    base = period_query(report.period)
    works = {work.kind: work for work in report.works}
    rows = [_work_row(works[kind], base) for kind in MATTERS]
    rows.append(_plain_row(_("The four works of the plan"), report.total, "total"))
    rows += [_work_row(works[kind], base) for kind in (Kind.ARTICLE, Kind.BRIEF)]
    return Table("works", _("All work"), _("Work"), rows)


def kind_tables(report: Content) -> list[Table]:
    """Engagements, news, press conferences and foreign documents, each told apart by kind; what is out of the count
    stands below the sum. Of what there was nothing of there is no table."""
    titles = {
        Kind.ENGAGEMENT: (_("Engagements by kind"), _("Kind of engagement")),
        Kind.ARTICLE: (_("News by category"), _("Category")),
        Kind.PRESS_CONFERENCE: (_("Press conferences by occasion"), _("Occasion")),
        Kind.FOREIGN_DOCUMENT: (_("Foreign documents by kind"), _("Kind of document")),
    }
    tables = []
    for kind, (title, head) in titles.items():
        work = report.work(kind)
        if work.total.received:
            tables.append(Table(kind.value, title, head, _rows_of(work, _base(report, kind))))
    if report.languages:
        base = _base(report, Kind.FOREIGN_DOCUMENT)
        rows = [_line_row(line, base, Dimension.LANGUAGE) for line in report.languages]
        tables.append(Table("languages", _("Foreign documents by language"), _("Language"), rows))
    return tables


def issue_rows(report: Content) -> list[IssueRow]:
    """The issues of the period with their copies; the plan promises 2,000 of each month."""
    language = get_language() or "th"
    return [
        IssueRow(
            one.label,
            format_month(one.month, language=language),
            thousands(one.print_run),
            thousands(one.copies_printed) if one.copies_printed is not None else NOTHING,
            date_short(one.mailed_at) or NOTHING,
        )
        for one in report.issues
    ]


def trend_table(report: Content) -> Table:
    """The twelve months, the four works together."""
    language = get_language() or "th"
    rows = [_plain_row(format_month(line.month, language=language), line.counts) for line in report.trend]
    return Table("trend", _("Trend over twelve months"), _("Month"), rows)


def _base(report: Content, kind: Kind) -> dict[str, str]:
    return period_query(report.period) | {"kind": kind.value}


def _rows_of(work: Work, base: Mapping[str, str]) -> list[Row]:
    rows = [_line_row(line, base, Dimension.KIND) for line in work.lines]
    rows.append(row(_("Total"), work.total, base, COLUMNS, "total"))
    return rows + [_aside_row(line, base) for line in work.asides]


def _line_row(line: Line, base: Mapping[str, str], dimension: Dimension) -> Row:
    return row(line.label, line.counts, {**base, "by": dimension.value, "key": line.key}, COLUMNS)


def _work_row(work: Work, base: Mapping[str, str]) -> Row:
    return row(work.label, work.total, {**base, "kind": work.kind}, COLUMNS)


def _aside_row(line: Line, base: Mapping[str, str]) -> Row:
    """Out of the count: how many, and nothing about being in time."""
    words = _("of these out of the count: %(why)s") % {"why": line.label.lower()}
    shown = Counts(received=line.counts.received)
    return row(words, shown, {**base, "by": Dimension.ASIDE.value, "key": line.key}, COLUMNS, "sub")


def _plain_row(label: str, counts: Counts, standing: str = "") -> Row:
    """A sum over several registers, which no one of them lists."""
    numbers = {name: getattr(counts, name) for name in COLUMNS}
    cells = {name: Cell(thousands(number) if number else NOTHING) for name, number in numbers.items()}
    return Row(label, cells, percent_text(counts.ratio.percent), standing)
