"""The tables of a report as rows of text: on the page each number leads to its matters, on paper it just stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from complaints.reports import Content, Line
from complaints.tallies import Counts, Dimension
from office.calendar import month_of
from office.report_tables import Row, Table, row
from office.reporting import period_query
from office.thai import format_month

NOT_GIVEN = "null"  # how the register's filter asks for rows without a value

# Each column's count, and what the register is asked for to see the rows behind it.
COLUMNS: dict[str, dict[str, str]] = {
    "received": {},
    "in_time": {"opinion": "in_time"},
    "late": {"opinion": "late"},
    "pending": {"opinion": "pending"},
    "unclosed": {"unclosed": "1"},
}


def total_row(report: Content) -> Row:
    return _row(_("Total"), report.total, period_query(report.period), "total")


def tables(report: Content) -> list[Table]:
    """The five tables of the report, each but the tree's subrows closed by the total."""
    titles = {
        Dimension.CATEGORY: (_("By category"), _("Category")),
        Dimension.CHANNEL: (_("By channel"), _("Channel")),
        Dimension.KIND: (_("By kind"), _("Kind")),
        Dimension.PROVINCE: (_("By province"), _("Province")),
        Dimension.AGENCY: (_("By agency concerned"), _("Agency concerned")),
    }
    return [
        Table(dimension.value, title, head, [*_rows(report, dimension), total_row(report)])
        for dimension, (title, head) in titles.items()
    ]


def trend_table(report: Content) -> Table:
    """The twelve months, each leading to its own rows."""
    language = get_language() or "th"
    rows = [
        _row(format_month(line.month, language=language), line.counts, period_query(month_of(line.month)))
        for line in report.trend
    ]
    return Table("trend", _("Trend over twelve months"), _("Month"), rows)


def related_table(report: Content) -> Table:
    """The related matters by kind; its queries are those of their own register."""
    base = period_query(report.period)
    rows = [_row(line.label, line.counts, base | {"related_kind": line.key}) for line in report.related.lines]
    rows.append(_row(_("Total"), report.related.total, base, "total"))
    return Table("related", _("Related matters"), _("Kind"), rows)


def in_pairs(rows: Sequence[Row]) -> list[tuple[Row, Row | None]]:
    """A long table of short names as two columns of rows, read line by line."""
    return list(zip_longest(rows[::2], rows[1::2]))


def _rows(report: Content, dimension: Dimension) -> Iterable[Row]:
    base = period_query(report.period)
    for line in report.tables[dimension]:
        yield _line_row(line, dimension, base, "group" if line.lines else "")
        for sub in line.lines:
            yield _line_row(sub, dimension, base, "sub")


def _line_row(line: Line, dimension: Dimension, base: dict[str, str], standing: str = "") -> Row:
    return _row(line.label, line.counts, base | {dimension.value: line.key or NOT_GIVEN}, standing)


def _row(label: str, counts: Counts, query: dict[str, str], standing: str = "") -> Row:
    return row(label, counts, query, COLUMNS, standing)
