"""Pictures of a document as Word can hold them: PNG and JPEG as they are, anything else drawn by the house's press."""

from __future__ import annotations

import base64
from copy import deepcopy
from io import BytesIO
from threading import Lock
from typing import Final
from xml.etree.ElementTree import Element, tostring

import pypdfium2
from PIL import ImageChops

from office.paper import render_sheets
from office.word_text import local_name

_AS_THEY_ARE: Final = ("data:image/png;base64,", "data:image/jpeg;base64,")
_DOTS_PER_INCH: Final = 300
# Almost white behind it marks how large it is, its own empty edges with it.
_ALMOST_WHITE: Final = 254
_PAGE: Final = (
    "@page { size: 16cm 24cm; margin: 0 } .chart { margin: 0 }"
    "img, svg { display: block; max-width: 16cm; max-height: 24cm; background: #fefefe }"
)
_lock: Final = Lock()
"""PDFium is not safe for two threads at once."""


def picture_of(element: Element) -> BytesIO:
    """The bytes of an `<img>` or of a chart in SVG. Raises PaperError for what cannot be drawn."""
    source = element.get("src", "")
    if source.startswith(_AS_THEY_ARE):
        return BytesIO(base64.b64decode(source.partition(",")[2]))
    return _drawn(element)


def alternative_of(element: Element) -> str:
    """What a picture says to those who cannot see it."""
    said = element.get("alt") or element.get("aria-label") or ""
    titles = (one.text or "" for one in element.iter() if local_name(one) == "title")
    return said or next(titles, "")


def _drawn(element: Element) -> BytesIO:
    """Laid out alone on a page as wide as the text of a paper; what is drawn there, as PNG of the same size."""
    drawing = tostring(_plain(element), "unicode", "html")
    style = f"<style>{_PAGE}</style>"
    html = f"<html><head><title>-</title>{style}</head><body><div class='chart'>{drawing}</div></body></html>"
    pdf = render_sheets(html, title="-").pdf
    with _lock, pypdfium2.PdfDocument(pdf) as opened:
        page = opened[0].render(scale=_DOTS_PER_INCH / 72).to_pil().convert("RGB")
    size = ImageChops.invert(page).getbbox()
    kept = BytesIO()
    drawn = page.crop(size).point(lambda light: 255 if light == _ALMOST_WHITE else light)
    drawn.save(kept, "PNG", dpi=(_DOTS_PER_INCH, _DOTS_PER_INCH))
    return kept


def _plain(element: Element) -> Element:
    """A copy as HTML writes it: names without their namespaces, nothing after its end."""
    copy = deepcopy(element)
    copy.tail = None
    for one in copy.iter():
        if isinstance(one.tag, str):
            one.tag = local_name(one)
    return copy
