"""The parts of a report or form in Word, by the classes of paper.css."""

from __future__ import annotations

from typing import Any, Final
from xml.etree.ElementTree import Element

from docx.document import Document
from docx.shared import Cm, Pt

from office.word_blocks import Form, Writer
from office.word_styles import TEXT_WIDTH, draw_line_below, named_style
from office.word_table import rule_table
from office.word_text import Piece, has_class, pieces_of, write


def write_report(document: Document, body: Element) -> None:
    """All of it."""
    Writer(document, FORMS, plain="ReportText").write(body)


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
    """The month at a glance: a number and its words in each cell."""
    items = list(element)
    table: Any = writer.document.add_table(rows=1, cols=max(len(items), 1))
    rule_table(table, around="CFD6E0")
    table.autofit = False
    for cell, item in zip(table.rows[0].cells, items, strict=False):
        cell.width = Cm(TEXT_WIDTH / len(items))
        number, *words = pieces_of(item)
        cell.paragraphs[0].style = named_style(writer.document, "FigureNumber")
        write(cell.paragraphs[0], [Piece(number.text)])
        write(cell.add_paragraph(style=named_style(writer.document, "FigureWords")), _without_space(words))
    writer.add("ReportGap")


def _without_space(pieces: list[Piece]) -> list[Piece]:
    return pieces[1:] if pieces and pieces[0].text == " " else pieces


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
    "note": _note,
    "sign": _sign,
    "new-page": _new_page,
}
