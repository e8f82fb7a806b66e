"""Pictures of a document as Word can hold them: PNG and JPEG as they are, anything else drawn by the house's press."""

from __future__ import annotations

import base64
from io import BytesIO
from threading import Lock
from typing import Final
from xml.etree.ElementTree import Element, tostring

import pypdfium2

from office.paper import render_sheets

_AS_THEY_ARE: Final = ("data:image/png;base64,", "data:image/jpeg;base64,")
_SCALE: Final = 300 / 72
_lock: Final = Lock()
"""PDFium is not safe for two threads at once."""


def picture_of(element: Element) -> BytesIO:
    """The bytes of an `<img>`."""
    source = element.get("src", "")
    if source.startswith(_AS_THEY_ARE):
        return BytesIO(base64.b64decode(source.partition(",")[2]))
    return _drawn(element)


def _drawn(element: Element) -> BytesIO:
    """Laid out alone on a page that fits it, and that page as PNG."""
    style = "@page { size: 12cm 12cm; margin: 0 } img { display: block; height: 12cm }"
    html = f"<html><head><title>-</title><style>{style}</style></head><body>{tostring(element, 'unicode', 'html')}"
    pdf = render_sheets(f"{html}</body></html>", title="-").pdf
    with _lock, pypdfium2.PdfDocument(pdf) as opened:
        page = opened[0].render(scale=_SCALE).to_pil()
    kept = BytesIO()
    page.crop(page.convert("L").point(lambda ink: 255 if ink < 255 else 0).getbbox()).save(kept, "PNG")
    return kept
