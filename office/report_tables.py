"""The tables of a report as rows of text: on the page each number leads to what it counts, on paper it just stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from office.figures import percent_text, thousands
from office.tallies import Counts

NOTHING = "–"

Columns = Mapping[str, dict[str, str]]
"""Each column's count, and what is asked, besides its row, to see the matters behind it."""


@dataclass(frozen=True)
class Cell:
    """A number as text, and the query of the register that lists what it counts; no query where there is nothing."""

    text: str
    query: str = ""


@dataclass(frozen=True)
class Row:
    """One row: its label, a cell for each column, the percentage in time; its standing is that of a row with others
    below it ("group"), of one of these ("sub"), of the sum ("total"), or of a plain row ("")."""

    label: str
    cells: dict[str, Cell]
    percent: str
    standing: str = ""


@dataclass(frozen=True)
class Table:
    """One dimension of a report, or its trend; `register` is where its queries are asked, if not where
    the page says."""

    name: str
    title: str
    head: str
    rows: list[Row] = field(default_factory=list)
    register: str = ""


def cell(number: int, query: Mapping[str, str]) -> Cell:
    """A number that leads to its rows; a dash for none."""
    return Cell(thousands(number), urlencode(query)) if number else Cell(NOTHING)


def row(label: str, counts: Counts, query: Mapping[str, str], columns: Columns, standing: str = "") -> Row:
    """The counts of one value as a row."""
    asked = urlencode(query)
    cells = {}
    for name, more in columns.items():
        number = getattr(counts, name)
        cells[name] = Cell(thousands(number), _and(asked, more)) if number else Cell(NOTHING)
    return Row(label, cells, percent_text(counts.ratio.percent), standing)


def _and(asked: str, more: Mapping[str, str]) -> str:
    """A row's query, written once for all its cells, and what a column asks besides."""
    return "&".join(part for part in (asked, urlencode(more)) if part)
