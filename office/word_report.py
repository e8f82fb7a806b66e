"""The parts of a report or form in Word, by the classes of paper.css."""

from __future__ import annotations

import re
from typing import Any, Final
from xml.etree.ElementTree import Element

from docx.document import Document
from docx.shared import Cm, Pt

from office.word_blocks import Form, Writer, put_picture
from office.word_styles import LOOKS, TEXT_WIDTH, draw_line_below, named_style
from office.word_table import EDGES, rule_table
from office.word_text import Piece, has_class, local_name, pieces_of, write
from office.word_widths import shared, width_of

_WIDTH: Final = re.compile(r"\bwidth:\s*([\d.]+)cm")


def write_report(document: Document, body: Element) -> None:
    """All of it; no signature stands alone on a page."""
    writer = Writer(document, FORMS, plain="ReportText")
    writer.write(body)
    writer.keep_with("ReportSign")


def _masthead(writer: Writer, element: Element) -> None:
    """The office, the title, the period; a line below."""
    paragraph: Any = None
    for part in element:
        style = (
            "Title1"
            if part.tag == "h1"
            else "ReportPeriod"
            if has_class(part, "subtitle")
            else "ReportOffice"
        )
        paragraph = writer.paragraph(part, style)
    if paragraph is not None:
        draw_line_below(paragraph)
        paragraph.paragraph_format.space_after = Pt(16)


def _figures(writer: Writer, element: Element) -> None:
    """The month at a glance: a number and its words in each cell, as wide as the number needs."""
    items = [pieces_of(item) for item in element]
    if not items:
        return
    equal = TEXT_WIDTH / len(items)
    least = [EDGES + width_of(number.text, LOOKS["FigureNumber"].size, is_bold=True) for number, *_ in items]
    widths = shared(least, [max(equal, one) for one in least], TEXT_WIDTH)
    table: Any = writer.document.add_table(rows=1, cols=len(items))
    rule_table(table, around="CFD6E0")
    table.autofit = False
    for cell, (number, *words), width in zip(table.rows[0].cells, items, widths, strict=True):
        cell.width = Cm(width)
        cell.paragraphs[0].style = named_style(writer.document, "FigureNumber")
        write(cell.paragraphs[0], [Piece(number.text)])
        write(cell.add_paragraph(style=named_style(writer.document, "FigureWords")), _without_space(words))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    writer.add("ReportGap")


def _without_space(pieces: list[Piece]) -> list[Piece]:
    return pieces[1:] if pieces and pieces[0].text == " " else pieces


def _chart(writer: Writer, element: Element) -> None:
    """A chart as wide as on paper, on one page with the words above and below it."""
    width = _WIDTH.search(element.get("style", ""))
    parts = [part for part in element if local_name(part)]
    for place, part in enumerate(parts):
        if local_name(part) == "svg":
            paragraph = writer.add("Chart")
            put_picture(paragraph, part, width=float(width[1]) if width else None)
            paragraph.paragraph_format.keep_with_next = place < len(parts) - 1
        elif local_name(part) == "figcaption" and place:
            writer.paragraph(part, "ChartNote")
        else:
            writer.block(part)


def _note(writer: Writer, element: Element) -> None:
    writer.paragraph(element, "ReportNote")


def _sign(writer: Writer, element: Element) -> None:
    """Place for a signature, on one page."""
    parts = list(element)
    for place, part in enumerate(parts):
        paragraph = writer.paragraph(part, "LetterPosition" if place else "ReportSign")
        paragraph.paragraph_format.left_indent = Cm(0.45 * TEXT_WIDTH)
        paragraph.paragraph_format.keep_with_next = place < len(parts) - 1


def _new_page(writer: Writer, element: Element) -> None:
    """What begins a page, then as its tag says."""
    before = len(writer.document.paragraphs)
    rest = Element(element.tag, {"class": " ".join(set(element.get("class", "").split()) - {"new-page"})})
    rest.text = element.text
    rest.extend(element)
    writer.block(rest)
    for paragraph in writer.document.paragraphs[before : before + 1]:
        paragraph.paragraph_format.page_break_before = True


FORMS: Final[dict[str, Form]] = {
    "masthead": _masthead,
    "figures": _figures,
    "chart": _chart,
    "note": _note,
    "sign": _sign,
    "new-page": _new_page,
}
