"""Binds PDFs into one book of A4 sheets: pages of any size fitted, each stamped with its number, an outline over all.

The book is put together on disk, part by part; only the last step holds it in memory. What comes from outside is
drawn onto sheets of our own, so that its scripts, forms and annotations stay behind, and one broken file spoils
nothing but itself.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from django.template.loader import render_to_string
from pypdf import PageObject, PasswordType, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    RectangleObject,
    TextStringObject,
)

from office.figures import figures
from office.paper import render_sheets

logger = logging.getLogger(__name__)

MM: Final = 72 / 25.4
"""Points in a millimetre."""
A4: Final = (210 * MM, 297 * MM)
FOOT: Final = 14 * MM
"""Height at the foot of every sheet that is kept free for the stamp."""
STAMP_BOTTOM: Final = 5 * MM
STAMP_RIGHT: Final = 20 * MM
DIGIT_WIDTH: Final = 6.5  # points from one digit of a page number to the next
DASH: Final = "–"
PAGES_MOST: Final = 500
"""Of one file: what is longer belongs beside a book, not in it."""
NUMBER_MARKS: Final = [*"0123456789", DASH]
"""What page numbers are put together from; on a Thai page its digits are Thai."""


class Fault(StrEnum):
    """Why a file cannot be bound in."""

    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_LONG = "too_long"
    MISSING = "missing"


class Unbindable(Exception):
    """A file from outside that cannot be bound in."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Part:
    """A run of sheets of the book, as a PDF on disk; its line in the outline, and whether that stands below the last
    line of the first level. `mark` is stamped on each of its sheets."""

    file: Path
    pages: int
    title: str
    is_below: bool = False
    mark: str = ""


# ── Onto sheets ─────────────────────────────────────────────────────────────────────────────


def onto_sheets(source: Path, target: Path) -> int:
    """Draw a PDF from outside onto A4 sheets, upright or lying as its pages are, the foot kept free; how many sheets.

    One that opens without a password is taken, whatever its owner forbids. Raises Unbindable.
    """
    try:
        reader = PdfReader(source)
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise Unbindable(Fault.ENCRYPTED)
        if len(reader.pages) > PAGES_MOST:
            raise Unbindable(Fault.TOO_LONG)
        writer = PdfWriter()
        for page in reader.pages:
            _draw_onto_sheet(writer, page)
        if not writer.pages:
            raise Unbindable(Fault.BROKEN)
        writer.write(target)
        return len(writer.pages)
    except Unbindable:
        raise
    except Exception as broken:
        # A file of somebody else may be broken in any way, and the library says so in as many; the book goes on.
        logger.warning("A PDF cannot be read: %s: %s", type(broken).__name__, broken)
        raise Unbindable(Fault.BROKEN) from broken


def _draw_onto_sheet(writer: PdfWriter, page: PageObject) -> None:
    form, matrix, width, height = _as_form(writer, page)
    sheet_width, sheet_height = A4 if height >= width else (A4[1], A4[0])
    scale = min(sheet_width / width, (sheet_height - FOOT) / height)
    left = (sheet_width - width * scale) / 2
    bottom = sheet_height - height * scale
    sheet = writer.add_blank_page(sheet_width, sheet_height)
    _own_resources(writer, sheet, {"/Sheet": form})
    drawn = f"q {_matrix((scale, 0, 0, scale, left, bottom))} {_matrix(matrix)} /Sheet Do Q".encode()
    sheet[NameObject("/Contents")] = _stream(writer, drawn)


def _as_form(writer: PdfWriter, page: PageObject) -> tuple[Any, tuple[float, ...], float, float]:
    """A page as a drawing of its own in the book: the drawing, the matrix that puts it upright with its corner at 0,
    its width and height then. Its content is carried over as it is, not read operator by operator."""
    box = page.cropbox
    x0, y0, x1, y1 = (float(side) for side in (box.left, box.bottom, box.right, box.top))
    if x1 - x0 <= 0 or y1 - y0 <= 0:
        raise Unbindable(Fault.BROKEN)
    contents = page.get_contents()
    form = DecodedStreamObject()
    form.set_data(contents.get_data() if contents is not None else b"")
    drawing: Any = form.flate_encode()
    drawing[NameObject("/Type")] = NameObject("/XObject")
    drawing[NameObject("/Subtype")] = NameObject("/Form")
    drawing[NameObject("/BBox")] = RectangleObject((x0, y0, x1, y1))
    for key in ("/Resources", "/Group"):
        if key in page:
            drawing[NameObject(key)] = page[key].clone(writer)
    width, height = x1 - x0, y1 - y0
    upright: dict[int, tuple[tuple[float, ...], float, float]] = {
        0: ((1, 0, 0, 1, -x0, -y0), width, height),
        90: ((0, -1, 1, 0, -y0, x1), height, width),
        180: ((-1, 0, 0, -1, x1, y1), width, height),
        270: ((0, 1, -1, 0, y1, -x0), height, width),
    }
    return writer._add_object(drawing), *upright[page.rotation % 360]


# ── The book ────────────────────────────────────────────────────────────────────────────────


def bind(parts: Sequence[Part], target: Path, *, title: str, foot: str, language: str) -> int:
    """Put the parts together: sheets numbered from 2 on (a cover bears no number), an outline with a line for each
    part that has a title. `foot` stands on every sheet but the cover. Returns how many sheets."""
    writer = PdfWriter()
    for part in parts:
        before = len(writer.pages)
        writer.append(part.file, import_outline=False)
        if len(writer.pages) - before != part.pages:
            raise ValueError(f"{part.title}: {part.pages} pages were expected")
    _stamp_all(writer, parts, foot)
    _outline(writer, parts)
    writer.add_metadata({"/Title": title})
    writer.root_object[NameObject("/Lang")] = TextStringObject(language)
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    writer.page_mode = "/UseOutlines"
    writer.write(target)
    return len(writer.pages)


def _outline(writer: PdfWriter, parts: Iterable[Part]) -> None:
    at, parent = 0, None
    for part in parts:
        if part.title:
            line = writer.add_outline_item(
                title=part.title, page_number=at, parent=parent if part.is_below else None
            )
            parent = parent if part.is_below else line
        at += part.pages


def _stamp_all(writer: PdfWriter, parts: Sequence[Part], foot: str) -> None:
    marks = sorted({part.mark for part in parts})
    strips, digits = _stamps(writer, marks, foot)
    number = 0
    for part in parts:
        for _page in range(part.pages):
            number += 1
            if number > 1:
                _stamp(writer, writer.pages[number - 1], number, strips[part.mark], digits)


def _stamps(writer: PdfWriter, marks: Sequence[str], foot: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The strip of each mark and the digits that numbers are put together from, as drawings of the book: to lay out
    a strip of its own for every page would take longer than to lay out the page."""
    context = {
        "foot": foot,
        "marks": marks,
        "digits": [figures(mark) for mark in NUMBER_MARKS],
        "title": foot,
    }
    reader = PdfReader(BytesIO(render_sheets(render_to_string("paper/stamps.html", context), title=foot).pdf))
    drawings = [_as_form(writer, page)[0] for page in reader.pages]
    return (
        dict(zip(marks, drawings, strict=False)),
        dict(zip(NUMBER_MARKS, drawings[len(marks) :], strict=True)),
    )


def _stamp(writer: PdfWriter, page: PageObject, number: int, strip: Any, digits: dict[str, Any]) -> None:
    """Draw the strip and the page's number over its foot, in the middle of a lying sheet."""
    width = float(page.mediabox.width)
    left = (width - A4[0]) / 2
    marks = [DASH, " ", *str(number), " ", DASH]
    at = left + A4[0] - STAMP_RIGHT - DIGIT_WIDTH * len(marks)
    names = {"/Strip": strip} | {f"/Mark{ord(mark)}": digits[mark] for mark in marks if mark != " "}
    drawn = [f"q {_matrix((1, 0, 0, 1, left, STAMP_BOTTOM))} /Strip Do Q"]
    for place, mark in enumerate(marks):
        if mark != " ":
            moved = _matrix((1, 0, 0, 1, at + place * DIGIT_WIDTH, STAMP_BOTTOM))
            drawn.append(f"q {moved} /Mark{ord(mark)} Do Q")
    _own_resources(writer, page, names)
    content = page["/Contents"].get_object() if "/Contents" in page else ArrayObject()
    own = list(content) if isinstance(content, ArrayObject) else [page.raw_get("/Contents")]
    over = "\nQ /Artifact BMC {} EMC".format(" ".join(drawn)).encode()
    page[NameObject("/Contents")] = ArrayObject([_stream(writer, b"q\n"), *own, _stream(writer, over)])


def _own_resources(writer: PdfWriter, page: PageObject, drawings: dict[str, Any]) -> None:
    """Add drawings to what a page may use, in a dictionary of its own: pages may share theirs."""
    shared: Any = page["/Resources"].get_object() if "/Resources" in page else DictionaryObject()
    resources = DictionaryObject(shared)
    before: Any = resources["/XObject"].get_object() if "/XObject" in resources else {}
    named = DictionaryObject(before)
    for name, drawing in drawings.items():
        named[NameObject(name)] = drawing
    resources[NameObject("/XObject")] = named
    page[NameObject("/Resources")] = resources


def _stream(writer: PdfWriter, data: bytes) -> Any:
    stream = DecodedStreamObject()
    stream.set_data(data)
    return writer._add_object(stream)


def _matrix(six: Sequence[float]) -> str:
    return " ".join(f"{FloatObject(round(number, 4))}" for number in six) + " cm"
