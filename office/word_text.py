"""The words of an HTML element as Word takes them: white space as a browser reads it, nothing XML may not hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final
from xml.etree.ElementTree import Element

from docx.enum.text import WD_UNDERLINE

NO_BREAK_SPACE: Final = "\u00a0"
DOTS: Final = "." * 50
"""Stands where a name is to be written by hand."""

_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
# XML 1.0 knows no other control characters, no half of a pair, and neither of the two non-characters.
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BOLD: Final = frozenset({"b", "strong"})


@dataclass(frozen=True)
class Piece:
    """Words that look alike, or a break, or a picture."""

    text: str = ""
    is_bold: bool = False
    style: str = ""
    is_break: bool = False
    picture: Element | None = None


def local_name(element: Element) -> str:
    """`svg` for `{http://www.w3.org/2000/svg}svg`; nothing for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def has_class(element: Element, *names: str) -> bool:
    """Whether it is of one of these classes."""
    return not set(names).isdisjoint(element.get("class", "").split())


def plain(text: str | None) -> str:
    """Only what an XML file may hold."""
    return _NOT_XML.sub("", text or "")


def pieces_of(element: Element) -> list[Piece]:
    """All that stands in an element, in reading order; no space at its edges or doubled."""
    return list(_collapsed(_read(element, Piece())))


def _read(element: Element, like: Piece) -> Iterator[Piece]:
    if element.tag == "br":
        yield Piece(is_break=True)
        return
    if local_name(element) in {"img", "svg"}:
        yield Piece(picture=element)
        return
    if has_class(element, "dots"):
        yield replace(like, text=DOTS)
        return
    if element.tag in _BOLD:
        like = replace(like, is_bold=True)
    if has_class(element, "address"):
        like = replace(like, style="Address")
    is_whole = has_class(element, "whole", "name")
    for text, child in _parts(element):
        words = _SPACES.sub(" ", plain(text))
        yield replace(like, text=words.replace(" ", NO_BREAK_SPACE) if is_whole else words)
        if child is not None:
            yield from _read(child, like)


def _parts(element: Element) -> Iterator[tuple[str | None, Element | None]]:
    """Text and the child that follows it, to the end of the element. Comments are none of its words."""
    text = element.text
    for child in element:
        is_words = isinstance(child.tag, str)
        yield text, child if is_words else None
        text = child.tail
    yield text, None


def _collapsed(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Without spaces at the start, at the end, around a break, or after another space."""
    open_space: Piece | None = None
    at_start = True
    for piece in pieces:
        if piece.is_break or piece.picture is not None:
            if open_space and not piece.is_break:
                yield open_space
            open_space, at_start = None, piece.is_break
            yield piece
            continue
        words = _SPACES.sub(" ", piece.text)
        if not words:
            continue
        if words.startswith(" ") and not at_start and open_space is None:
            open_space = replace(piece, text=" ")
        core = words.strip(" ")
        if not core:
            continue
        if open_space:
            yield open_space
        yield replace(piece, text=core)
        at_start = False
        open_space = replace(piece, text=" ") if words.endswith(" ") else None


def write(paragraph: Any, pieces: Iterable[Piece], *, is_ruled: bool = False, style: str = "") -> None:
    """Add runs to a paragraph: ruled ones stand on a dotted line, a style is that of the words."""
    for piece in pieces:
        run = paragraph.add_run()
        named = piece.style or style
        if named:
            run._r.get_or_add_rPr().style = named
        if piece.is_break:
            run.add_break()
            continue
        run.text = piece.text
        if piece.is_bold:
            run.font.bold = run.font.cs_bold = True
        if is_ruled:
            rule(run)


def tab(paragraph: Any, *, is_ruled: bool = False) -> None:
    """Go on at the next stop; ruled, the dotted line goes along."""
    run = paragraph.add_run("\t")
    if is_ruled:
        rule(run)


def rule(run: Any) -> None:
    """Stand the run on a dotted line."""
    run.font.underline = WD_UNDERLINE.DOTTED
