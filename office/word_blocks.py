"""The parts of an official document, one after another, as paragraphs and tables of Word."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any, Final
from xml.etree.ElementTree import Element

from docx.document import Document
from docx.shared import Cm, Pt
from PIL import ImageFont

from office.paper import static_file
from office.thai import to_thai_digits
from office.word_page import MARKS
from office.word_pictures import picture_of
from office.word_styles import LOOKS, WORDS, named_style
from office.word_table import add_table
from office.word_text import Piece, has_class, pieces_of, tab, write

_EMBLEM_OF_MEMO: Final = 1.5
_EMBLEM_OF_LETTER: Final = 3.0
_AFTER_RULED_LABEL: Final = 0.3
_POINTS_PER_CM: Final = 72 / 2.54


class Writer:
    """Writes a body into a document. What has no look of its own in Word is a plain paragraph; nothing is left out."""

    def __init__(self, document: Document) -> None:
        self.document = document
        # By the class of an element; the first that fits.
        self.forms: dict[str, Callable[[Element], None]] = {
            "memo-head": self.memo_head,
            "letterhead": self.letterhead,
            "sender": self.sender,
            "ruled-pair": self.ruled_pair,
            "ruled": self.ruled,
            "line": self.line,
            "day": lambda one: self.paragraph(one, "LetterDay"),
            "para": lambda one: self.paragraph(one, "LetterText"),
            "memo-part": lambda one: self.paragraph(one, "MemoPart"),
            "contact": self.contact,
            "closing": self.closing,
            "memo-order": self.order,
            "memo-sources": self.sources,
        }

    def write(self, parent: Element) -> None:
        """All that stands in an element, in order."""
        for element in parent:
            if not isinstance(element.tag, str) or has_class(element, *MARKS):
                continue
            form = next(
                (self.forms[name] for name in element.get("class", "").split() if name in self.forms), None
            )
            if form:
                form(element)
            elif element.tag == "table":
                add_table(self.document, element)
            elif element.tag in _BLOCKS and any(child.tag in _BLOCKS for child in element):
                self.write(element)
            else:
                self.paragraph(element, "LetterPlain")
        self._keep_the_end_together()

    def add(self, style: str) -> Any:
        """An empty paragraph of a style."""
        return self.document.add_paragraph(style=named_style(self.document, style))

    def paragraph(self, element: Element, style: str) -> Any:
        """An element as one paragraph."""
        paragraph = self.add(style)
        write(paragraph, pieces_of(element))
        return paragraph

    # ── Heads ───────────────────────────────────────────────────────────────────────────────

    def memo_head(self, element: Element) -> None:
        """The garuda at the left, the form's name in the middle, the urgency at the right."""
        paragraph = self.add("MemoHead")
        self.emblem(paragraph, element, _EMBLEM_OF_MEMO)
        tab(paragraph)
        write(paragraph, pieces_of(_first(element, "h1")), style="MemoTitle")
        speed = pieces_of(_of_class(element, "speed"))
        if speed:
            tab(paragraph)
            write(paragraph, speed, style="MemoSpeed")

    def letterhead(self, element: Element) -> None:
        """The garuda in the middle, the urgency at the left."""
        paragraph = self.add("LetterHead")
        write(paragraph, pieces_of(_of_class(element, "speed")), style="LetterSpeed")
        tab(paragraph)
        self.emblem(paragraph, element, _EMBLEM_OF_LETTER)

    def emblem(self, paragraph: Any, element: Element, height: float) -> None:
        """The office's emblem, where it has one; else its place stays free."""
        for image in element.iter("img"):
            drawn = paragraph.add_run().add_picture(picture_of(image), height=Cm(height))
            drawn._inline.docPr.set("descr", image.get("alt", ""))

    def sender(self, element: Element) -> None:
        """The number at the left, the office and its address at the right."""
        paragraph = self.add("LetterSender")
        for place, part in enumerate(element):
            if place:
                tab(paragraph)
            write(paragraph, pieces_of(part))

    def ruled(self, element: Element) -> None:
        """A label, and its words on a dotted line to the margin."""
        paragraph = self.add("MemoRuled")
        label = _label(element)
        hang = _width(label) + _AFTER_RULED_LABEL
        paragraph.paragraph_format.left_indent = Cm(hang)
        paragraph.paragraph_format.first_line_indent = Cm(-hang)
        write(paragraph, label, style="RuledLabel")
        tab(paragraph)
        self.on_the_line(paragraph, element)

    def ruled_pair(self, element: Element) -> None:
        """Two of them in one line."""
        paragraph = self.add("MemoPair")
        for place, part in enumerate(element):
            if place:
                tab(paragraph)
            write(paragraph, [*_label(part), Piece(" ")], style="RuledLabel")
            self.on_the_line(paragraph, part)

    def on_the_line(self, paragraph: Any, element: Element) -> None:
        """The words of a ruled line, and the rest of the line to the next stop."""
        for words in element.findall("span"):
            write(paragraph, pieces_of(words), is_ruled=True)
        tab(paragraph, is_ruled=True)

    def line(self, element: Element) -> None:
        """Subject, addressee, what it refers to, what comes with it: a label and its words, hanging."""
        style = "LetterTo" if has_class(element, "to") else "LetterLine"
        paragraph = self.add("LetterWide" if has_class(element, "wide") else style)
        write(paragraph, _label(element))
        tab(paragraph)
        for words in element.findall("span"):
            write(paragraph, pieces_of(words))

    # ── Ends ────────────────────────────────────────────────────────────────────────────────

    def closing(self, element: Element) -> None:
        """The closing words, room for a signature, the name, the position: on one page with the end of the text."""
        parts = list(element)
        for place, part in enumerate(parts):
            is_signed = has_class(part, "signed")
            style = "LetterSigned" if is_signed else "LetterPosition" if place else "LetterClosing"
            paragraph = self.paragraph(part, style)
            if is_signed and not place:
                paragraph.paragraph_format.space_before = Pt(56)
            paragraph.paragraph_format.keep_with_next = place < len(parts) - 1

    def contact(self, element: Element) -> None:
        """Who carries the matter, at the foot of a letter."""
        self.paragraph(element, "LetterContact").paragraph_format.keep_together = True

    def order(self, element: Element) -> None:
        """What the minister ordered, in a frame."""
        parts = list(element)
        for place, part in enumerate(parts):
            paragraph = self.paragraph(part, "MemoOrder")
            paragraph.paragraph_format.keep_with_next = place < len(parts) - 1
            if not place:
                paragraph.paragraph_format.space_before = Pt(14)
                for run in paragraph.runs:
                    run.font.bold = run.font.cs_bold = True

    def sources(self, element: Element) -> None:
        """A heading and a list, numbered in Thai."""
        for part in element:
            if part.tag == "ol":
                self.numbered(part, "MemoSources")
            else:
                self.paragraph(part, "MemoPart")

    def numbered(self, element: Element, style: str) -> None:
        """A list whose numbers are words, so that they are the same in any reader."""
        for place, item in enumerate(element, start=1):
            paragraph = self.add(style)
            write(paragraph, [Piece(f"{to_thai_digits(place)}.")])
            tab(paragraph)
            write(paragraph, pieces_of(item))

    def _keep_the_end_together(self) -> None:
        """The last paragraph of the text goes on with the signature."""
        text = LOOKS["LetterText"].name
        paragraphs: list[Any] = self.document.paragraphs
        for one, following in pairwise(paragraphs):
            if one.style.name == text and following.style.name != text:
                one.paragraph_format.keep_with_next = True


_BLOCKS: Final = frozenset({"div", "section", "p", "h1", "h2", "h3", "ol", "ul", "table", "header", "figure"})


def _label(element: Element) -> list[Piece]:
    """The words in bold before the line; whether they are bold on paper, the class of the line says."""
    return [Piece(piece.text) for piece in pieces_of(_first(element, "b"))]


def _first(element: Element, tag: str) -> Element:
    found = element.find(f".//{tag}")
    return found if found is not None else Element(tag)


def _of_class(element: Element, name: str) -> Element:
    return next((one for one in element.iter() if has_class(one, name)), Element("span"))


def _width(pieces: Iterable[Piece]) -> float:
    """How wide the label of a ruled line is, in centimetres."""
    font = ImageFont.truetype(static_file("fonts/sarabun-700.ttf"), round(WORDS["RuledLabel"].size))
    return font.getlength("".join(piece.text for piece in pieces)) / _POINTS_PER_CM
