"""A table of a document as a table of Word: its head repeats on every page, no row is torn apart."""

from __future__ import annotations

import re
from typing import Any, Final
from xml.etree.ElementTree import Element

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from office.word_styles import BLUE, LOOKS, RIGHT, TEXT_WIDTH, named_style
from office.word_text import has_class, pieces_of, write
from office.word_widths import least_width, lines_of, shared, width_of

EDGES: Final = 0.5
"""Centimetres at both sides of a cell's words."""
_LEAST: Final = 1.0
_MOST_OF_A_COLUMN: Final = 12.0
_FEW: Final = 6
"""A table of so many rows is not torn apart."""
_INDENT: Final = re.compile(r"padding-left:\s*(\d+)pt")
_SHARE: Final = re.compile(r"\bwidth:\s*(\d+)%")


def add_table(document: Document, element: Element) -> None:
    """All rows of an HTML table; cells may reach over columns, and a caption stands above."""
    for caption in element.iter("caption"):
        write(document.add_paragraph(style=named_style(document, "MemoPart")), pieces_of(caption))
    rows = list(element.iter("tr"))
    count = max((sum(map(_span, row)) for row in rows), default=0)
    if not count:
        return
    table: Any = document.add_table(rows=0, cols=count)
    is_of_report = has_class(element, "rows")
    rule_table(table, around="" if is_of_report else "000000")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    heads = {id(row) for part in element.iter("thead") for row in part.iter("tr")}
    widths = _widths(rows, count, heads)
    for row in rows:
        _add_row(document, table, row, widths, is_head=id(row) in heads)
    _keep_together(table, rows, heads)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    if is_of_report:
        document.add_paragraph(style=named_style(document, "ReportGap"))


def rule_table(table: Any, *, around: str = "") -> None:
    """Lines around every cell in a colour, or between the rows only, as the tables of a report have them."""
    sides = (
        ("top", "left", "bottom", "right", "insideH", "insideV") if around else ("top", "bottom", "insideH")
    )
    lines = OxmlElement("w:tblBorders")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        color = around or ("CFD6E0" if side == "insideH" else BLUE)
        for name, value in (("val", "single"), ("sz", "5"), ("space", "0"), ("color", color)):
            line.set(qn(f"w:{name}"), value)
        lines.append(line)
    table._tbl.tblPr.insert_element_before(lines, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _add_row(document: Document, table: Any, row: Element, widths: list[float], *, is_head: bool) -> None:
    added = table.add_row()
    rules = added._tr.get_or_add_trPr()
    rules.append(OxmlElement("w:cantSplit"))
    if is_head:
        rules.append(OxmlElement("w:tblHeader"))
    for cell, width in zip(added.cells, widths, strict=True):
        cell.width = Cm(width)
        cell.paragraphs[0].style = named_style(document, "TableCell")
    at = 0
    for element in row:
        last = min(at + _span(element), len(widths)) - 1
        cell = added.cells[at] if last == at else added.cells[at].merge(added.cells[last])
        for extra in cell.paragraphs[1:]:
            extra._p.getparent().remove(extra._p)
        _fill(
            document, cell.paragraphs[0], element, is_head=is_head, is_strong=has_class(row, "total", "group")
        )
        at = last + 1


def _fill(document: Document, paragraph: Any, element: Element, *, is_head: bool, is_strong: bool) -> None:
    if is_head:
        paragraph.style = named_style(document, "TableHead")
    if has_class(element, "n"):
        paragraph.alignment = RIGHT
    if indent := _indent(element):
        paragraph.paragraph_format.left_indent = Pt(indent)
    write(paragraph, pieces_of(element))
    if is_strong:
        for run in paragraph.runs:
            run.font.bold = run.font.cs_bold = True


def _span(cell: Element) -> int:
    return max(int(cell.get("colspan", "1")), 1)


def _indent(cell: Element) -> int:
    """Points by which the words of a cell stand in, below what they are part of."""
    found = _INDENT.search(cell.get("style", ""))
    return int(found[1]) if found else 0


def _keep_together(table: Any, rows: list[Element], heads: set[int]) -> None:
    """No row stands alone under its head at the foot of a page, none alone on the next; a heading within the table
    stands with what follows it, and a table of few rows on one page."""
    last = len(rows) - 1
    body = [place for place, row in enumerate(rows) if id(row) not in heads]
    kept = {place for place, row in enumerate(rows) if id(row) in heads or has_class(row, "group")}
    kept |= set(range(last)) if len(body) <= _FEW else {*body[:1], last - 1}
    made = list(table.rows)
    for place in kept - {last}:
        for cell in made[place].cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _widths(rows: list[Element], count: int, heads: set[int]) -> list[float]:
    """Centimetres of each column, by its words and by what the paper says of it."""
    least, whole, given = [_LEAST] * count, [_LEAST] * count, [0.0] * count
    for row in rows:
        at = 0
        for cell in row:
            if _span(cell) == 1 and at < count:
                needs = _needs(cell, is_bold=id(row) in heads or has_class(row, "total", "group"))
                least[at], whole[at] = max(least[at], needs[0]), max(whole[at], needs[1])
                share = _SHARE.search(cell.get("style", ""))
                given[at] = int(share[1]) * TEXT_WIDTH / 100 if share else given[at]
            at += _span(cell)
    for place, one in enumerate(given):
        if one:
            least[place] = whole[place] = max(one, least[place])
    return shared(least, whole, TEXT_WIDTH)


def _needs(cell: Element, *, is_bold: bool) -> tuple[float, float]:
    """What a cell needs at least, and for its longest line."""
    size = LOOKS["TableCell"].size
    around = EDGES + Pt(_indent(cell)).cm
    lines = lines_of(pieces_of(cell))
    whole = max(width_of(line, size, is_bold=is_bold) for line in lines)
    least = max(
        whole if has_class(cell, "n", "name") else 0,
        *(least_width(line, size, is_bold=is_bold) for line in lines),
        *(
            width_of("".join(part.itertext()).strip(), size, is_bold=is_bold)
            for part in cell.iter()
            if part is not cell and has_class(part, "name", "whole")
        ),
    )
    return around + least, around + min(max(whole, least), max(_MOST_OF_A_COLUMN, least))
