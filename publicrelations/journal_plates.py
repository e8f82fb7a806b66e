"""Pictures made ready for paper: upright, cut around their focus, no larger than they are printed, without the camera's
notes."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from publicrelations.journal_contents import Shown

MOST_PIXELS: Final = 80_000_000
"""No larger picture is opened: 240 MB in memory. Uploads are held to less."""


class PictureSpoilt(Exception):
    """A picture whose file is gone, damaged or far too large; its place stays empty."""


@dataclass(frozen=True)
class Grade:
    """How fine pictures are: the longest side in pixels of one column, and the quality of the JPEG."""

    column: int
    quality: int

    @property
    def across(self) -> int:
        """Of a picture that goes across the page."""
        return self.column * 2


PRINT: Final = Grade(column=1100, quality=88)
"""300 dots an inch at 88 mm."""
WEB: Final = (Grade(column=520, quality=74), Grade(column=400, quality=62), Grade(column=280, quality=50))
"""The first that keeps the file as small as it has to be."""


@dataclass(frozen=True)
class Plate:
    """A picture as the page has it."""

    url: str
    alt: str
    caption: str
    credit: str
    is_upright: bool


def plate(shown: Shown, grade: Grade, *, is_wide: bool, shape: float | None = None) -> Plate:
    """A picture as a data: URL; `shape` is width by height, to which it is cut around its focus.

    Raises PictureSpoilt.
    """
    longest = grade.across if is_wide else grade.column
    try:
        with default_storage.open(shown.original.path) as file, Image.open(file) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise PictureSpoilt(shown.original.name)
            opened.draft("RGB", (longest, longest))
            image = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as broken:
        raise PictureSpoilt(shown.original.name) from broken
    if shape:
        image = _cut(image, shape, shown.focus)
    image.thumbnail((longest, longest))
    target = BytesIO()
    image.save(target, "JPEG", quality=grade.quality, optimize=True, progressive=False)
    url = f"data:image/jpeg;base64,{base64.b64encode(target.getvalue()).decode()}"
    return Plate(url, shown.alt, shown.caption, shown.credit, image.height > image.width)


def _cut(image: Image.Image, shape: float, focus: tuple[int, int]) -> Image.Image:
    """The largest part of a shape, as near to its focus as the edges allow."""
    width = min(image.width, round(image.height * shape))
    height = min(image.height, round(image.width / shape))
    left = min(max(round(image.width * focus[0] / 100 - width / 2), 0), image.width - width)
    top = min(max(round(image.height * focus[1] / 100 - height / 2), 0), image.height - height)
    return image.crop((left, top, left + width, top + height))
