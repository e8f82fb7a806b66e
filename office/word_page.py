"""The pages of a Word file: margins, the number of each page but the first, the mark of secrecy at head and foot."""

from __future__ import annotations

from typing import Any, Final
from xml.etree.ElementTree import Element

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from office.word_styles import RIGHT, named_style
from office.word_text import has_class, pieces_of, tab, write

MARKS: Final = ("stamp-top", "stamp-bottom", "draft")
"""Classes of what stands in the margins; the text of the page goes by them."""

# As letter.css: 3 cm at the left, 2 at the right and the foot, 1.5 at the head of the first page, 2.5 of the others.
# A page of Word has one margin at the head; what stands in the head of the later pages pushes their text down.
_HEAD_OF_FIRST: Final = 1.5
_HEAD_OF_OTHERS: Final = 2.5
_FROM_EDGE: Final = 0.3
_NUMBER_LINE: Final = 0.8
_NUMBER_AFTER: Final = 0.28


def set_up_page(document: Document, body: Element) -> None:
    """A4 by the regulation, with what its HTML says for the margins."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin, section.bottom_margin = Cm(_HEAD_OF_FIRST), Cm(2)
    section.header_distance, section.footer_distance = Cm(_FROM_EDGE), Cm(_FROM_EDGE)
    section.different_first_page_header_footer = True
    _count_in_thai(section)
    marks = {name: one for name in MARKS for one in body.iter() if has_class(one, name)}
    _mark(document, section.first_page_header, marks.get("draft"), marks.get("stamp-top"))
    line = _mark(document, section.header, marks.get("draft"), marks.get("stamp-top"))
    if "stamp-top" in marks:
        line = section.header.add_paragraph(style=named_style(document, "PageHead"))
        line.alignment = RIGHT
    else:
        line.paragraph_format.space_before = Cm(_HEAD_OF_OTHERS - _FROM_EDGE - _NUMBER_LINE - _NUMBER_AFTER)
        tab(line)
    line.paragraph_format.space_after = Cm(_NUMBER_AFTER)
    _number(line)
    for foot in (section.first_page_footer, section.footer):
        _mark(document, foot, None, marks.get("stamp-bottom"))


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


def _number(line: Any) -> None:
    """`- ๒ -`: a field that counts, its figures as the section says."""
    line.add_run("- ")
    for kind, words in (
        ("begin", ""),
        ("", r"PAGE \* THAIARABIC"),
        ("separate", ""),
        ("text", "๒"),
        ("end", ""),
    ):
        run = line.add_run()
        if kind == "text":
            run.text = words
            continue
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = words
        run._r.append(part)
    line.add_run(" -")


def _count_in_thai(section: Any) -> None:
    kind = OxmlElement("w:pgNumType")
    kind.set(qn("w:fmt"), "thaiNumbers")
    section._sectPr.find(qn("w:pgMar")).addnext(kind)
