"""The parts of a letter or memo in Word, by the classes of templates/paper/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, Final
from xml.etree.ElementTree import Element

from docx.document import Document
from docx.shared import Cm, Pt

from office.word_blocks import Form, Writer, put_picture
from office.word_styles import LOOKS, TEXT_WIDTH, WORDS
from office.word_text import NO_BREAK_SPACE, Piece, has_class, pieces_of, plain, tab, write
from office.word_widths import width_of

_EMBLEM_OF_MEMO: Final = 1.5
_EMBLEM_OF_LETTER: Final = 3.0
_AFTER_RULED_LABEL: Final = 0.3


def write_letter(document: Document, body: Element) -> None:
    """All of it; at least two lines of the text go on with the signature, as the regulation has it."""
    writer = Writer(document, FORMS, plain="LetterPlain")
    writer.write(body)
    writer.keep_with("LetterClosing", "LetterSigned")
    _keep_two_lines(document)


def _keep_two_lines(document: Document) -> None:
    """A last paragraph of one line takes the one before it along to the page of the signature."""
    text = LOOKS["LetterText"]
    paragraphs: list[Any] = document.paragraphs
    for before, last in pairwise(paragraphs):
        if (
            last.paragraph_format.keep_with_next
            and {before.style.name, last.style.name} == {text.name}
            and text.first + width_of(last.text, text.size) <= TEXT_WIDTH
        ):
            before.paragraph_format.keep_with_next = True


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
    # A line needs a letter: LibreOffice gives one without words no more height than a tab has.
    speed = pieces_of(_of_class(element, "speed")) or [Piece(NO_BREAK_SPACE)]
    write(paragraph, speed, style="LetterSpeed")
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
    hang = _width_of_label(label) + _AFTER_RULED_LABEL
    paragraph.paragraph_format.left_indent = Cm(hang)
    paragraph.paragraph_format.first_line_indent = Cm(-hang)
    write(paragraph, label, style="RuledLabel")
    tab(paragraph)
    _on_the_line(paragraph, element, room=TEXT_WIDTH - hang)


def _ruled_pair(writer: Writer, element: Element) -> None:
    """Two of them in one line."""
    paragraph = writer.add("MemoPair")
    for place, part in enumerate(element):
        if place:
            tab(paragraph)
        write(paragraph, [*_label(part), Piece(" ")], style="RuledLabel")
        _on_the_line(paragraph, part)


def _on_the_line(paragraph: Any, element: Element, *, room: float = TEXT_WIDTH) -> None:
    """The words of a ruled line, broken as on paper, and the rest of the line to the next stop."""
    for words in element.findall("span"):
        is_name = all(has_class(child, "whole") for child in words) and not plain(words.text).strip()
        pieces = pieces_of(words)
        write(paragraph, _broken_between(pieces, room) if is_name else pieces, is_ruled=True)
    tab(paragraph, is_ruled=True)


def _broken_between(pieces: list[Piece], room: float) -> Iterator[Piece]:
    """The words of a name in lines that are broken at its spaces: Word would break a word that Thai writes together."""
    line = ""
    for piece in pieces:
        if line and piece.text.strip() and width_of(line + piece.text, LOOKS["MemoRuled"].size) > room:
            yield Piece(is_break=True)
            line = ""
        line += piece.text
        yield piece


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
    """Who carries the matter, at the foot of a letter: on the page of the signature, never alone on the next."""
    for paragraph in writer.document.paragraphs[-1:]:
        paragraph.paragraph_format.keep_with_next = True
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


def _width_of_label(pieces: Iterable[Piece]) -> float:
    """How wide the label of a ruled line is."""
    return width_of("".join(piece.text for piece in pieces), WORDS["RuledLabel"].size, is_bold=True)


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
