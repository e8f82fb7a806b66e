"""Whether a file that comes in is a picture that may be published: looked at before it is taken, within hard limits."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import IO, Final, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, UnidentifiedImageError

from office.figures import figures

FORMATS: Final = ("JPEG", "PNG", "WEBP")
"""What cameras and screens make. Not SVG, which is a program; not GIF or TIFF, which nobody photographs in."""
MEGA: Final = 1_000_000
MOST_PIXELS: Final = {"JPEG": 50 * MEGA, "PNG": 16 * MEGA, "WEBP": 16 * MEGA}
"""A JPEG is decoded at an eighth of its size; the others only whole, so their limit keeps the memory small."""
LONGEST_SIDE: Final = 16_000
MOST_OBLONG: Final = 5
"""How many times as long as wide: a strip would be one column of the page, or one line."""
_ONE_AT_A_TIME: Final = Lock()
_ORIENTATION: Final = 0x0112
_LYING: Final = (5, 6, 7, 8)
"""EXIF: the camera was held upright, the rows are its columns."""


class Size(NamedTuple):
    """Width and height in pixels, as the picture is looked at."""

    width: int
    height: int


def look_at(file: IO[bytes], name: str) -> Size:
    """The size of a picture that can be opened to its end; a ValidationError says by its name what is wrong."""
    file.seek(0)
    try:
        with warnings.catch_warnings():
            # The limit below is lower than the library's own, and says so in words.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=FORMATS) as picture:
                _refuse_too_large(picture, name)
                size = Size(*picture.size)
                _refuse_strip(size, name)
                _decode(picture)
                return _upright(picture, size)
    except Image.DecompressionBombError as bomb:
        raise _too_large(name, _("far too many")) from bomb
    except UnidentifiedImageError as unknown:
        words = _("“%(name)s” is no picture that can be shown. Attach a JPEG, PNG or WEBP.")
        raise ValidationError(words, code="kind", params={"name": name}) from unknown
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as broken:
        # Whatever the library says of a file that somebody has cut off or forged.
        words = _("“%(name)s” is broken or was cut off on its way. Save it anew and attach it again.")
        raise ValidationError(words, code="broken", params={"name": name}) from broken
    finally:
        file.seek(0)


def _refuse_too_large(picture: Image.Image, name: str) -> None:
    pixels = picture.width * picture.height
    most = MOST_PIXELS[picture.format or "PNG"]
    if pixels > most:
        raise _too_large(name, figures(math.ceil(pixels / MEGA)), figures(most // MEGA))


def _too_large(name: str, pixels: str, most: str = "") -> ValidationError:
    return ValidationError(
        _(
            "“%(name)s” has %(pixels)s megapixels. A picture may have at most %(most)s. Make it smaller first."
        ),
        code="too_large",
        params={"name": name, "pixels": pixels, "most": most or figures(MOST_PIXELS["JPEG"] // MEGA)},
    )


def _refuse_strip(size: Size, name: str) -> None:
    longer, shorter = max(size), min(size)
    if longer > LONGEST_SIDE or longer > shorter * MOST_OBLONG:
        words = _("“%(name)s” is too long and narrow for a page. Cut it first.")
        raise ValidationError(words, code="strip", params={"name": name})


def _decode(picture: Image.Image) -> None:
    """Read it to its end, a JPEG as coarsely as can be; raises OSError and others where it is broken."""
    picture.draft("L", (picture.width // 8, picture.height // 8))
    with _to_the_end():
        picture.load()


def _upright(picture: Image.Image, size: Size) -> Size:
    """Its size as one looks at it, if the camera was held upright."""
    try:
        orientation = picture.getexif().get(_ORIENTATION)
    except (SyntaxError, ValueError, OSError, KeyError, TypeError):
        orientation = None  # what the camera wrote is damaged; the picture itself need not be
    return Size(size.height, size.width) if orientation in _LYING else size


@contextmanager
def _to_the_end() -> Iterator[None]:
    """WeasyPrint has the whole process take pictures that were cut off; what comes in is to be whole. One at a time,
    for the choice is the process's."""
    with _ONE_AT_A_TIME:
        lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = lenient
