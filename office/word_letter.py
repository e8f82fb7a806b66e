"""The parts of a letter or memo in Word, by the classes of templates/paper/."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from xml.etree.ElementTree import Element

from docx.document import Document
from docx.shared import Cm, Pt
from PIL import ImageFont

from office.paper import static_file
from office.word_blocks import Form, Writer, put_picture
from office.word_styles import WORDS
from office.word_text import Piece, has_class, pieces_of, tab, write

_EMBLEM_OF_MEMO: Final = 1.5
_EMBLEM_OF_LETTER: Final = 3.0
_AFTER_RULED_LABEL: Final = 0.3
_POINTS_PER_CM: Final = 72 / 2.54


def write_letter(document: Document, body: Element) -> None:
    """All of it; the end of the text goes on with the signature."""
    writer = Writer(document, FORMS, plain="LetterPlain")
    writer.write(body)
    writer.keep_with("LetterClosing", "LetterSigned")


def _in(style: str) -> Form:
    """An element as one paragraph of a style."""

    def form(writer: Writer, element: Element) -> None:
        writer.paragraph(element, style)

    return form


# ── Heads ───────────────────────────────────────────────────────────────────────────────────


def _memo_head(writer: Writer, element: Element) -> None:
    """The garuda at the left, the form's name in the middle, the urgency at the right."""
    paragraph = writer.add("MemoHead")
    _put_emblem(paragraph, element, _EMBLEM_OF_MEMO)
    tab(paragraph)
    write(paragraph, pieces_of(_first(element, "h1")), style="MemoTitle")
    speed = pieces_of(_of_class(element, "speed"))
    if speed:
        tab(paragraph)
        write(paragraph, speed, style="MemoSpeed")


def _letterhead(writer: Writer, element: Element) -> None:
    """The garuda in the middle, the urgency at the left."""
    paragraph = writer.add("LetterHead")
    write(paragraph, pieces_of(_of_class(element, "speed")), style="LetterSpeed")
    tab(paragraph)
    _put_emblem(paragraph, element, _EMBLEM_OF_LETTER)


def _put_emblem(paragraph: Any, element: Element, height: float) -> None:
    """The office's emblem, where it has one; else its place stays free."""
    for image in element.iter("img"):
        put_picture(paragraph, image, height=height)


def _sender(writer: Writer, element: Element) -> None:
    """The number at the left, the office and its address at the right."""
    paragraph = writer.add("LetterSender")
    for place, part in enumerate(element):
        if place:
            tab(paragraph)
        write(paragraph, pieces_of(part))


def _ruled(writer: Writer, element: Element) -> None:
    """A label, and its words on a dotted line to the margin."""
    paragraph = writer.add("MemoRuled")
    label = _label(element)
    hang = _width(label) + _AFTER_RULED_LABEL
    paragraph.paragraph_format.left_indent = Cm(hang)
    paragraph.paragraph_format.first_line_indent = Cm(-hang)
    write(paragraph, label, style="RuledLabel")
    tab(paragraph)
    _on_the_line(paragraph, element)


def _ruled_pair(writer: Writer, element: Element) -> None:
    """Two of them in one line."""
    paragraph = writer.add("MemoPair")
    for place, part in enumerate(element):
        if place:
            tab(paragraph)
        write(paragraph, [*_label(part), Piece(" ")], style="RuledLabel")
        _on_the_line(paragraph, part)


def _on_the_line(paragraph: Any, element: Element) -> None:
    """The words of a ruled line, and the rest of the line to the next stop."""
    for words in element.findall("span"):
        write(paragraph, pieces_of(words), is_ruled=True)
    tab(paragraph, is_ruled=True)


def _line(writer: Writer, element: Element) -> None:
    """Subject, addressee, what it refers to, what comes with it: a label and its words, hanging."""
    style = "LetterTo" if has_class(element, "to") else "LetterLine"
    paragraph = writer.add("LetterWide" if has_class(element, "wide") else style)
    write(paragraph, _label(element))
    tab(paragraph)
    for words in element.findall("span"):
        write(paragraph, pieces_of(words))


# ── Ends ────────────────────────────────────────────────────────────────────────────────────


def _closing(writer: Writer, element: Element) -> None:
    """The closing words, room for a signature, the name, the position: on one page with the end of the text."""
    parts = list(element)
    for place, part in enumerate(parts):
        is_signed = has_class(part, "signed")
        style = "LetterSigned" if is_signed else "LetterPosition" if place else "LetterClosing"
        paragraph = writer.paragraph(part, style)
        if is_signed and not place:
            paragraph.paragraph_format.space_before = Pt(56)
        paragraph.paragraph_format.keep_with_next = place < len(parts) - 1


def _contact(writer: Writer, element: Element) -> None:
    """Who carries the matter, at the foot of a letter."""
    writer.paragraph(element, "LetterContact").paragraph_format.keep_together = True


def _order(writer: Writer, element: Element) -> None:
    """What the minister ordered, in a frame."""
    parts = list(element)
    for place, part in enumerate(parts):
        paragraph = writer.paragraph(part, "MemoOrder")
        paragraph.paragraph_format.keep_with_next = place < len(parts) - 1
        if not place:
            paragraph.paragraph_format.space_before = Pt(14)
            for run in paragraph.runs:
                run.font.bold = run.font.cs_bold = True


def _sources(writer: Writer, element: Element) -> None:
    """A heading and a list, numbered in Thai."""
    for part in element:
        if part.tag == "ol":
            writer.items(part, "MemoSources")
        else:
            writer.paragraph(part, "MemoPart")


# ── What they share ─────────────────────────────────────────────────────────────────────────


def _label(element: Element) -> list[Piece]:
    """The words before the line; whether they are bold on paper, the class of the line says."""
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


FORMS: Final[dict[str, Form]] = {
    "memo-head": _memo_head,
    "letterhead": _letterhead,
    "sender": _sender,
    "ruled-pair": _ruled_pair,
    "ruled": _ruled,
    "line": _line,
    "day": _in("LetterDay"),
    "paper-title": _in("PaperTitle"),
    "para": _in("LetterText"),
    "memo-part": _in("MemoPart"),
    "contact": _contact,
    "closing": _closing,
    "memo-order": _order,
    "memo-sources": _sources,
}
