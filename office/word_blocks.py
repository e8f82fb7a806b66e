"""The parts of an official document, one after another, as paragraphs and tables of Word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any, Final
from xml.etree.ElementTree import Element

from docx.document import Document
from docx.shared import Cm

from office.thai import to_thai_digits
from office.word_page import MARKS
from office.word_pictures import alternative_of, picture_of
from office.word_styles import LOOKS, named_style
from office.word_table import add_table
from office.word_text import Piece, has_class, local_name, pieces_of, tab, write

Form = Callable[["Writer", Element], None]

_HEADINGS: Final = {"h1": "Title1", "h2": "Title2", "h3": "Title3", "figcaption": "ChartTitle"}
_LISTS: Final = frozenset({"ol", "ul"})
_BLOCKS: Final = frozenset({"div", "section", "header", "figure", "p", "table", "svg", *_HEADINGS, *_LISTS})


class Writer:
    """Writes a body into a document. What has no look of its own in Word is a plain paragraph; nothing is left out.

    `forms` write the elements of some classes; the first class of an element that has one decides.
    """

    def __init__(self, document: Document, forms: Mapping[str, Form], *, plain: str) -> None:
        self.document = document
        self.forms = forms
        self.plain = plain

    def write(self, parent: Element) -> None:
        """All that stands in an element, in order."""
        for element in parent:
            if isinstance(element.tag, str) and not has_class(element, *MARKS):
                self.block(element)

    def block(self, element: Element) -> None:
        """One element, as its class says, else as its tag does."""
        form = next((self.forms[one] for one in element.get("class", "").split() if one in self.forms), None)
        tag = local_name(element)
        if form:
            form(self, element)
        elif tag == "table":
            add_table(self.document, element)
        elif tag in _LISTS:
            self.items(element, "ListItem")
        elif tag == "svg":
            self.picture(element)
        elif tag in _HEADINGS:
            self.paragraph(element, _HEADINGS[tag])
        elif any(local_name(child) in _BLOCKS for child in element):
            self.write(element)
        else:
            self.paragraph(element, self.plain)

    def add(self, style: str) -> Any:
        """An empty paragraph of a style."""
        return self.document.add_paragraph(style=named_style(self.document, style))

    def paragraph(self, element: Element, style: str) -> Any:
        """An element as one paragraph."""
        paragraph = self.add(style)
        write(paragraph, pieces_of(element))
        return paragraph

    def items(self, element: Element, style: str) -> None:
        """A list; its marks are words, so that they are the same in any reader."""
        for place, item in enumerate(element, start=1):
            paragraph = self.add(style)
            write(paragraph, [Piece("•" if element.tag == "ul" else f"{to_thai_digits(place)}.")])
            tab(paragraph)
            write(paragraph, pieces_of(item))

    def picture(self, element: Element) -> None:
        """A chart, as large as on paper."""
        put_picture(self.add("Chart"), element)

    def keep_with(self, *styles: str) -> None:
        """What stands before a paragraph of these styles goes on with it, so that no signature stands alone."""
        paragraphs: list[Any] = self.document.paragraphs
        names = {LOOKS[one].name for one in styles}
        for one, following in pairwise(paragraphs):
            if following.style.name in names:
                one.paragraph_format.keep_with_next = True


def put_picture(
    paragraph: Any, element: Element, *, height: float | None = None, width: float | None = None
) -> None:
    """A picture in the line, of a size in centimetres or as large as it is drawn; its words go along."""
    drawn = paragraph.add_run().add_picture(
        picture_of(element), height=Cm(height) if height else None, width=Cm(width) if width else None
    )
    for side in ("distT", "distB", "distL", "distR"):  # LibreOffice keeps a distance that is not named
        drawn._inline.set(side, "0")
    drawn._inline.docPr.set("descr", alternative_of(element))
