"""What a printer needs around a page with bleed: a larger sheet, crop marks outside the bleed, boxes that say so."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, NameObject, RectangleObject

MM: Final = 72 / 25.4
BLEED: Final = 3 * MM
"""By how much what goes to the edge goes beyond it; as journal-print.css has it."""
SLUG: Final = 7 * MM
"""The sheet beyond the bleed, on which the marks stand."""
MARK: Final = 5 * MM
AWAY: Final = BLEED + 1 * MM
"""How far from the trimmed page a mark begins: never inside the bleed."""


def with_crop_marks(pdf: bytes) -> bytes:
    """The same pages on sheets that are larger all around, with marks where they are to be cut."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    for page in writer.pages:
        bleed = RectangleObject(page.mediabox)
        trim = RectangleObject(
            (bleed.left + BLEED, bleed.bottom + BLEED, bleed.right - BLEED, bleed.top - BLEED)
        )
        sheet = (bleed.left - SLUG, bleed.bottom - SLUG, bleed.right + SLUG, bleed.top + SLUG)
        page.mediabox = page.cropbox = RectangleObject(sheet)
        page.bleedbox, page.trimbox = bleed, trim
        _draw(writer, page, trim)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _draw(writer: PdfWriter, page: PageObject, trim: RectangleObject) -> None:
    """Two hairlines at each corner; an artifact, which no reader reads aloud. What was drawn before is kept apart."""
    before, after = DecodedStreamObject(), DecodedStreamObject()
    before.set_data(b"q\n")
    lines = "\n".join(_line(*one) for one in _marks(trim))
    after.set_data(f"\nQ\n/Artifact BMC\nq 0.25 w 0 0 0 RG\n{lines}\nQ\nEMC\n".encode())
    drawn = page["/Contents"].get_object()
    parts = list(drawn) if isinstance(drawn, ArrayObject) else [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject(
        [writer._add_object(before), *parts, writer._add_object(after)]
    )


def _marks(trim: RectangleObject) -> list[tuple[float, float, float, float]]:
    marks = []
    for x, outwards in ((float(trim.left), -1), (float(trim.right), 1)):
        for y, upwards in ((float(trim.bottom), -1), (float(trim.top), 1)):
            marks.append((x + outwards * AWAY, y, x + outwards * (AWAY + MARK), y))
            marks.append((x, y + upwards * AWAY, x, y + upwards * (AWAY + MARK)))
    return marks


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S"


def boxes(pdf: bytes) -> list[dict[str, tuple[float, ...]]]:
    """The boxes of each page in millimetres: for whoever checks what the printer will get."""
    return [
        {
            name: tuple(round(float(edge) / MM, 1) for edge in box)
            for name, box in (("sheet", page.mediabox), ("bleed", page.bleedbox), ("trim", page.trimbox))
        }
        for page in PdfReader(BytesIO(pdf)).pages
    ]
