"""The pages of a Word file: margins, the number of each page but the first, the mark of secrecy at head and foot."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final
from xml.etree.ElementTree import Element

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from office.word_styles import FIGURES, RIGHT, draw_line_below, name_font, named_style
from office.word_text import Piece, has_class, pieces_of, tab, write

MARKS: Final = ("stamp-top", "stamp-bottom", "draft", "imprint")
"""Classes of what stands in the margins; the text of the page goes by them."""

# As letter.css: 3 cm at the left, 2 at the right and the foot, 1.5 at the head of the first page, 2.5 of the others.
# A page of Word has one margin at the head; what stands in the head of the later pages pushes their text down.
_HEAD_OF_FIRST: Final = 1.5
_HEAD_OF_OTHERS: Final = 2.5
_FROM_EDGE: Final = 0.3
_NUMBER_LINE: Final = 0.8
_NUMBER_AFTER: Final = 0.28


def is_letter(body: Element) -> bool:
    """Whether it is set by letter.css; else it is a report or a form, of paper.css alone."""
    return has_class(body, "letter")


def set_up_page(document: Document, body: Element) -> None:
    """A4 by the regulation, with what its HTML says for the margins."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.bottom_margin = Cm(2)
    section.different_first_page_header_footer = True
    _count_in_thai(section)
    marks = {name: one for name in MARKS for one in body.iter() if has_class(one, name)}
    if is_letter(body):
        _letter_page(document, section, marks)
    else:
        _report_page(document, section, marks, body)


def _letter_page(document: Document, section: Any, marks: dict[str, Element]) -> None:
    """The mark of secrecy and the number of the page in the margins."""
    section.top_margin = Cm(_HEAD_OF_FIRST)
    section.header_distance = section.footer_distance = Cm(_FROM_EDGE)
    _mark(document, section.first_page_header, marks.get("draft"), marks.get("stamp-top"))
    line = _mark(document, section.header, marks.get("draft"), marks.get("stamp-top"))
    if "stamp-top" in marks:
        line = section.header.add_paragraph(style=named_style(document, "PageHead"))
        line.alignment = RIGHT
    else:
        line.paragraph_format.space_before = Cm(_HEAD_OF_OTHERS - _FROM_EDGE - _NUMBER_LINE - _NUMBER_AFTER)
        tab(line)
    line.paragraph_format.space_after = Cm(_NUMBER_AFTER)
    _number(line, "-")
    for foot in (section.first_page_footer, section.footer):
        _mark(document, foot, None, marks.get("stamp-bottom"))


def _report_page(document: Document, section: Any, marks: dict[str, Element], body: Element) -> None:
    """Title and period at the head of the later pages, edition and day of making at the foot of all."""
    section.top_margin = Cm(_HEAD_OF_OTHERS)
    section.header_distance, section.footer_distance = Cm(1.2), Cm(0.8)
    _mark(document, section.first_page_header, marks.get("draft"), marks.get("stamp-top"))
    section.header.is_linked_to_previous = False
    line = section.header.paragraphs[0]
    line.style = named_style(document, "PageRunning")
    named = [one for one in body.iter() if one.tag == "h1" or has_class(one, "subtitle")][:2]
    for place, one in enumerate([*([marks["draft"]] if "draft" in marks else []), *named]):
        write(
            line,
            [*([Piece(" ")] if place else []), *(replace(piece, is_break=False) for piece in pieces_of(one))],
        )
    tab(line)
    _number(line, "–")
    draw_line_below(line, eighths=4, color="AEB7C4")
    for foot in (section.first_page_footer, section.footer):
        foot.is_linked_to_previous = False
        foot.paragraphs[0].style = named_style(document, "PageFoot")
        if "imprint" in marks:
            write(foot.paragraphs[0], pieces_of(marks["imprint"]))


def _mark(document: Document, margin: Any, draft: Element | None, stamp: Element | None) -> Any:
    """The line of a margin: at its left that this is a draft, in its middle the mark of secrecy."""
    margin.is_linked_to_previous = False
    line = margin.paragraphs[0]
    line.style = named_style(document, "PageHead")
    if draft is not None:
        write(line, pieces_of(draft), style="Draft")
    if stamp is not None:
        tab(line)
        write(line, pieces_of(stamp), style="Stamp")
    return line


def _number(line: Any, dash: str) -> None:
    """`- ๒ -`: a field that counts, in Thai by its own words and by the section's, else by its font."""
    line.add_run(f"{dash} ")
    for kind, words in (
        ("begin", ""),
        ("", r"PAGE \* THAIARABIC"),
        ("separate", ""),
        ("text", "๒"),
        ("end", ""),
    ):
        run = line.add_run()
        name_font(run, FIGURES)
        if kind == "text":
            run.text = words
            continue
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = words
        run._r.append(part)
    line.add_run(f" {dash}")


def _count_in_thai(section: Any) -> None:
    kind = OxmlElement("w:pgNumType")
    kind.set(qn("w:fmt"), "thaiNumbers")
    section._sectPr.find(qn("w:pgMar")).addnext(kind)
