"""Making the sizes of a picture that the web gets: claimed as a row, made by the worker, kept under one checksum.

The camera's notes (where, when, by whom) stay with the private original; what is made here has none of them.
"""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image, ImageCms, ImageOps

from office import faults
from office.storage import keep_once
from publicrelations.models import SiteEdition
from publicrelations.models.picture import CARD, SHARE, WIDTHS, Picture
from publicrelations.picture_check import FORMATS

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Box = tuple[int, int, int, int]

LEASE: Final = timedelta(minutes=3)
DECODED_SIDE: Final = 2 * WIDTHS[-1]
"""A JPEG is decoded no larger than twice the widest size: a camera's picture in a fifth of the time."""
WEBP: Final = {"format": "WEBP", "quality": 78, "method": 4}
JPEG: Final = {"format": "JPEG", "quality": 80, "optimize": True, "progressive": True}


def render(picture_id: int, clock: Clock) -> bool:
    """Make one picture's sizes, if nobody is making them; whether they were made. Safe to call twice."""
    now = clock()
    lease = now + LEASE
    free = Picture.objects.free(now).filter(pk=picture_id)
    if not free.update(state=Picture.State.MAKING, held_until=lease, progress=1):
        return False
    own = Picture.objects.filter(pk=picture_id, state=Picture.State.MAKING, held_until=lease)
    picture = Picture.objects.select_related("original", "article").get(pk=picture_id)
    try:
        with default_storage.open(picture.original.path) as original:
            sha256 = _keep(picture, sizes(picture, original.read()))
    except Exception as fault:
        # Its row says so on the article's page; the original is there to be sent anew.
        logger.exception("Picture %s could not be made ready", picture_id)
        own.update(state=Picture.State.FAILED, held_until=None, progress=0)
        faults.note(faults.source_of(Picture), picture_id, fault, now)
        return False
    kept = {"sha256": sha256, "issued_at": clock(), "held_until": None, "progress": 100}
    with transaction.atomic():
        is_made = bool(own.update(state=Picture.State.ISSUED, **kept))
        if is_made and picture.article.is_published:
            SiteEdition.renew()  # readers see the new cut on every page that shows it
    return is_made


def sizes(picture: Picture, original: bytes) -> dict[str, bytes]:
    """Every size by its name (`Picture.names`), without a word of what the camera wrote."""
    upright = _upright(original)
    made: dict[str, bytes] = {}
    for width in picture.widths:
        whole = upright.resize((width, picture.height_at(width)), Image.Resampling.LANCZOS)
        made |= _both(str(width), whole)
    made |= _both("card", _cut(upright, CARD, picture))
    made["share.jpg"] = _bytes(_cut(upright, SHARE, picture), JPEG)
    return made


def around(size: tuple[int, int], shape: tuple[int, int], focus: tuple[int, int]) -> Box:
    """The largest part of a picture that has this shape, with the focus (percent) as near its middle as can be."""
    width, height = size
    wide = min(width, round(height * shape[0] / shape[1]))
    high = min(height, round(width * shape[1] / shape[0]))
    left = min(max(round(width * focus[0] / 100 - wide / 2), 0), width - wide)
    top = min(max(round(height * focus[1] / 100 - high / 2), 0), height - high)
    return left, top, left + wide, top + high


def thumbnail(original: bytes, side: int = 240) -> bytes:
    """A small JPEG to recognise a picture by before its sizes are made: cheap enough for a page."""
    with Image.open(io.BytesIO(original), formats=FORMATS) as picture:
        picture.draft("RGB", (side, side))
        small = ImageOps.exif_transpose(picture)
        small.thumbnail((side, side))
        return _bytes(_plain(small), {"format": "JPEG", "quality": 70})


def _upright(original: bytes) -> Image.Image:
    """The picture as it is looked at, in the web's colours, on white where it was transparent."""
    with Image.open(io.BytesIO(original), formats=FORMATS) as picture:
        picture.draft("RGB", (DECODED_SIDE, DECODED_SIDE))
        return _plain(ImageOps.exif_transpose(picture))


def _plain(picture: Image.Image) -> Image.Image:
    """Red, green and blue of the web (sRGB), and nothing else: no profile, no notes, no transparency."""
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(
                picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            picture = turned or picture
        except (ImageCms.PyCMSError, OSError, ValueError):
            logger.info("A picture's colour profile cannot be read; its colours are taken as they are.")
    ground = Image.new("RGB", picture.size, "white")
    if "A" in picture.getbands() or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        ground.paste(clear, mask=clear.getchannel("A"))
    else:
        ground.paste(picture.convert("RGB"))
    return ground


def _cut(upright: Image.Image, shape: tuple[int, int], picture: Picture) -> Image.Image:
    box = around(upright.size, shape, (picture.focus_x, picture.focus_y))
    return upright.resize(shape, Image.Resampling.LANCZOS, box=box)


def _both(name: str, picture: Image.Image) -> Iterator[tuple[str, bytes]]:
    yield f"{name}.webp", _bytes(picture, WEBP)
    yield f"{name}.jpg", _bytes(picture, JPEG)


def _bytes(picture: Image.Image, how: dict[str, object]) -> bytes:
    written = io.BytesIO()
    picture.save(written, **how)  # type: ignore[arg-type]  # each format has options of its own
    return written.getvalue()


def _keep(picture: Picture, made: dict[str, bytes]) -> str:
    """Store every size under one checksum; of the same picture in another article it is another."""
    digest = hashlib.sha256(f"picture:{picture.pk}".encode())
    for name, content in sorted(made.items()):
        digest.update(name.encode() + content)
    picture.sha256 = digest.hexdigest()
    for name, content in made.items():
        keep_once(picture.file_path(name), ContentFile(content))
    return picture.sha256
