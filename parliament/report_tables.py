"""The tables of the report on parliament: on the page each number leads to its rows, on paper it just stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from office.figures import percent_text, thousands
from office.report_tables import NOTHING, Cell, Columns, Row, Table, cell, row
from office.reporting import period_query
from office.tallies import Counts
from office.thai import format_month
from parliament.counted_rows import CHAMBER, PARTY
from parliament.measures import MATTERS
from parliament.reports import ASKED_BY_PEOPLE, Content, Line, Who, Work, work_label
from parliament.tallies import Dimension, Kind

COLUMNS: Columns = {
    "received": {},
    "in_time": {"promise": "in_time"},
    "late": {"promise": "late"},
    "pending": {"promise": "pending"},
    "unclosed": {"open": "1"},
}


@dataclass(frozen=True)
class WhoRow:
    """Somebody with the number of each kind of matter, their sum, how many were late, and the percentage in time."""

    label: str
    cells: list[Cell]
    total: str
    late: str
    percent: str
    standing: str = ""


@dataclass(frozen=True)
class WhoTable:
    """Members, parties, chambers or agencies, with a column for each kind of matter."""

    name: str
    title: str
    head: str
    kinds: list[str]
    rows: list[WhoRow]


def works_table(report: Content) -> Table:
    """Each kind of business in a line; the four works of the plan summed, follow-ups of meetings below the sum."""
    base = period_query(report.period)
    works = {work.kind: work for work in report.works}
    rows = [_work_row(works[kind], base) for kind in MATTERS]
    rows.append(_plain_row(_("The four works of the plan"), report.total, "total"))
    rows.append(_work_row(works[Kind.FOLLOW_UP], base))
    return Table("works", _("All work"), _("Work"), rows)


def kind_tables(report: Content) -> list[Table]:
    """Meetings, interpellations, motions, bills and consultations, each told apart by kind; what is out of the count
    stands below the sum. Of what there was nothing of there is no table."""
    titles = {
        Kind.MEETING: (_("Meetings by kind"), _("Kind of meeting")),
        Kind.INTERPELLATION: (_("Interpellations by chamber and kind"), _("Chamber and kind")),
        Kind.MOTION: (_("Motions by chamber"), _("Chamber")),
        Kind.BILL: (_("Bills by stage"), _("Stage")),
        Kind.CONSULTATION: (_("Consultations by who raised them"), _("Raised by")),
    }
    tables = []
    for kind, (title, head) in titles.items():
        work = report.work(kind)
        if not work.total.received:
            continue
        base = period_query(report.period) | {"kind": kind.value}
        rows = [
            row(line.label, line.counts, _by(base, Dimension.KIND, line.key), COLUMNS) for line in work.lines
        ]
        rows.append(row(_("Total"), work.total, base, COLUMNS, "total"))
        rows += [_aside_row(line, base) for line in work.asides]
        tables.append(Table(kind.value, title, head, rows))
    return tables


def other_tables(report: Content) -> list[Table]:
    """Committees that met, organisations that consulted the minister; only those with something."""
    tables = []
    for name, title, head, kind, dimension, lines in (
        (
            "committees",
            _("Committees that met"),
            _("Committee"),
            Kind.MEETING,
            Dimension.COMMITTEE,
            report.committees,
        ),
        (
            "bodies",
            _("Constitutional organisations"),
            _("Organisation"),
            Kind.CONSULTATION,
            Dimension.BODY,
            report.bodies,
        ),
    ):
        base = period_query(report.period) | {"kind": kind.value}
        rows = [row(line.label, line.counts, _by(base, dimension, line.key), COLUMNS) for line in lines]
        if rows:
            tables.append(Table(name, title, head, rows))
    return tables


def who_tables(report: Content) -> list[WhoTable]:
    """By chamber, party and member: what they brought forward; by agency: what it was asked about."""
    return [
        _who_table(report, "chambers", _("By chamber"), _("Chamber"), report.chambers, CHAMBER),
        _who_table(report, "parties", _("By party"), _("Party"), report.parties, PARTY),
        _who_table(report, "members", _("By member"), _("Member"), report.members, Dimension.MEMBER),
        _who_table(
            report, "agencies", _("By agency asked for facts"), _("Agency"), report.agencies, Dimension.AGENCY
        ),
    ]


def trend_table(report: Content) -> Table:
    """The twelve months, the four works together."""
    language = get_language() or "th"
    rows = [_plain_row(format_month(line.month, language=language), line.counts) for line in report.trend]
    return Table("trend", _("Trend over twelve months"), _("Month"), rows)


def _by(base: dict[str, str], by: str, key: str) -> dict[str, str]:
    return base | {"by": str(by), "key": key}


def _work_row(work: Work, base: dict[str, str]) -> Row:
    return row(work.label, work.total, base | {"kind": work.kind}, COLUMNS)


def _aside_row(line: Line, base: dict[str, str]) -> Row:
    """Out of the count: how many, and nothing about being in time."""
    shown = Counts(received=line.counts.received)
    return row(
        _("of these out of the count: %(why)s") % {"why": line.label.lower()},
        shown,
        _by(base, Dimension.ASIDE, line.key),
        COLUMNS,
        "sub",
    )


def _plain_row(label: str, counts: Counts, standing: str = "") -> Row:
    """A sum over several registers, which no one of them lists."""
    cells = {name: Cell(_text(getattr(counts, name))) for name in COLUMNS}
    return Row(label, cells, percent_text(counts.ratio.percent), standing)


def _text(number: int) -> str:
    return thousands(number) if number else NOTHING


def _who_table(report: Content, name: str, title: str, head: str, people: Sequence[Who], by: str) -> WhoTable:
    kinds = [work_label(kind) for kind in ASKED_BY_PEOPLE]
    base = period_query(report.period)
    return WhoTable(name, title, head, kinds, list(_who_rows(people, base, by)))


def _who_rows(people: Iterable[Who], base: dict[str, str], by: str) -> Iterable[WhoRow]:
    for who in people:
        numbers = [(kind.value, who.by_kind.get(kind.value, Counts()).received) for kind in ASKED_BY_PEOPLE]
        total = who.total
        yield WhoRow(
            label=who.label,
            cells=[
                cell(number, _by(base | {"kind": kind}, by, who.key) if number else {})
                for kind, number in numbers
            ],
            total=_text(total.received),
            late=_text(total.late),
            percent=percent_text(total.ratio.percent),
        )
