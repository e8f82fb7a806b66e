"""A table of a document as a table of Word: its head repeats on every page, no row is torn apart."""

from __future__ import annotations

from typing import Any, Final
from xml.etree.ElementTree import Element

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from office.word_styles import BLUE, RIGHT, TEXT_WIDTH, named_style
from office.word_text import has_class, pieces_of, write

_LEAST_LETTERS: Final = 4
_MOST_LETTERS: Final = 40
"""Between these the width of a column follows its longest line."""
_SHORT: Final = 14
"""A column of so few letters is not broken: numbers and dates."""
_MOST_FOR_SHORT: Final = 12.0
_CM_OF_LETTER: Final = 0.26
_CM_OF_EDGES: Final = 0.6


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
    widths = _widths(rows, count)
    for row in rows:
        _add_row(document, table, row, widths, is_head=id(row) in heads)
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
    write(paragraph, pieces_of(element))
    if is_strong:
        for run in paragraph.runs:
            run.font.bold = run.font.cs_bold = True


def _span(cell: Element) -> int:
    return max(int(cell.get("colspan", "1")), 1)


def _widths(rows: list[Element], count: int) -> list[float]:
    """Centimetres of each column: what its longest cell needs; where that is too much, the long ones share the rest."""
    letters = [_LEAST_LETTERS] * count
    for row in rows:
        at = 0
        for cell in row:
            if _span(cell) == 1 and at < count:
                letters[at] = max(letters[at], min(_longest_line(cell), _MOST_LETTERS))
            at += _span(cell)
    needs = [one * _CM_OF_LETTER + _CM_OF_EDGES for one in letters]
    short = sum(need for need, one in zip(needs, letters, strict=True) if one <= _SHORT)
    long = sum(needs) - short
    if not long or short > _MOST_FOR_SHORT:
        return [TEXT_WIDTH * need / sum(needs) for need in needs]
    share = (TEXT_WIDTH - short) / long
    return [need if one <= _SHORT else need * share for need, one in zip(needs, letters, strict=True)]


def _longest_line(cell: Element) -> int:
    text = "".join("\n" if piece.is_break else piece.text for piece in pieces_of(cell))
    return max(map(len, text.split("\n")))
