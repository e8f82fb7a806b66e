"""An issue of the journal as HTML, and as the two files made from it: for the printer with bleed, for the web light."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import pypdfium2
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from pypdf import PdfReader

from office.paper import render_pdf
from office.paper_words import kept_whole
from publicrelations.crop_marks import with_crop_marks
from publicrelations.journal_contents import Contents, Shown, Story
from publicrelations.journal_plates import PRINT, WEB, Grade, PictureSpoilt, Plate, plate

WEB_STYLESHEET: Final = "css/journal.css"
PRINT_STYLESHEET: Final = "css/journal-print.css"
COVER_SHAPE: Final = 216 / 139
"""Width by height of the cover's picture, bleed included; as journal.css has it."""
FLATTEST: Final = 1.85
"""Width by height of a picture across the page: a higher one is cut, so that text stands on its page too."""
PAGES_OF_A_SHEET: Final = 4
"""A stitched booklet has pages by fours."""
NOTICES: Final = ("petition", "readers", "notes")
"""Pages that fill an issue up, before its back: how to petition, what readers may ask, lines to write on."""
MOST_ABOVE_IMPRINT: Final = 10
"""Articles of which the list leaves room for the imprint on its page."""
WEB_MOST_BYTES: Final = 3_000_000
THUMBNAIL_WIDTH: Final = 480
THUMBNAIL_QUALITY: Final = 80


@dataclass(frozen=True)
class StoryPlates:
    """An article's pictures in their places: across both columns, at the head of its text, in the middle of it."""

    across: Plate | None
    before: Sequence[Plate | None]
    between: Sequence[Plate | None]


@dataclass(frozen=True)
class Thumbnail:
    """The first page as a small picture (WebP), its size in pixels."""

    content: bytes
    width: int
    height: int


def html(
    contents: Contents,
    grade: Grade,
    *,
    print_run: int,
    made_by: Sequence[str] = (),
    notices: Sequence[str] = (),
) -> str:
    """The whole issue; its pictures are in it, as fine as `grade` says, and before its back some of NOTICES."""
    context: dict[str, Any] = {
        "title": f"{contents.name} {contents.issue} {contents.month}",
        "contents": contents,
        "cover": _plate(contents.cover, grade, is_wide=True, shape=COVER_SHAPE) if contents.cover else None,
        "stories": [(story, _plates(story, grade)) for story in contents.stories],
        "made_by": made_by,
        "print_run": print_run,
        "imprint_is_below_editorial": bool(contents.editorial) and len(contents.stories) > MOST_ABOVE_IMPRINT,
        "notices": notices,
        "petition_address": _address("petition:new"),
        "journals_address": _address("site:journals"),
        "site": settings.SITE_URL.partition("://")[2],
        "office_name": settings.OFFICE_NAME,
        "office_parent_name": settings.OFFICE_PARENT_NAME,
        "office_address": settings.OFFICE_ADDRESS,
        "office_telephone": settings.OFFICE_TELEPHONE,
    }
    return kept_whole(render_to_string("publicrelations/paper/journal.html", context))


def _address(name: str) -> str:
    """An address of the public site as paper writes it."""
    return f"{settings.SITE_URL}{reverse(name)}".partition("://")[2]


def notices_for(pages: int) -> Sequence[str]:
    """What fills an issue of so many pages up to whole sheets: none, or as many of NOTICES as pages are missing."""
    return NOTICES[: -pages % PAGES_OF_A_SHEET]


def _plates(story: Story, grade: Grade) -> StoryPlates:
    """A first picture that lies goes across the page; one that stands, or is of a short article, goes into a column,
    as do all others."""
    if not story.pictures:
        return StoryPlates(None, (), ())
    first, *others = story.pictures
    rest = [_plate(shown, grade) for shown in others]
    if first.width < first.height or story.is_short:
        return StoryPlates(None, [_plate(first, grade)], rest)
    shape = max(first.width / first.height, FLATTEST)
    across = _plate(first, grade, is_wide=True, shape=shape)
    # One that cannot be read says so where its text begins.
    return StoryPlates(across, () if across else [None], rest)


def _plate(shown: Shown, grade: Grade, *, is_wide: bool = False, shape: float | None = None) -> Plate | None:
    try:
        return plate(shown, grade, is_wide=is_wide, shape=shape)
    except PictureSpoilt:
        return None


def print_pdf(of_grade: Callable[[Grade], str], *, title: str) -> bytes:
    """The file for the printer: pictures whole, 3 mm of bleed, crop marks."""
    return with_crop_marks(render_pdf(of_grade(PRINT), title=title, stylesheet=PRINT_STYLESHEET))


def web_pdf(of_grade: Callable[[Grade], str], *, title: str) -> bytes:
    """The file for the web: the finest pictures with which it stays under 3 MB; at worst the coarsest."""
    pdf = b""
    for grade in WEB:
        pdf = render_pdf(of_grade(grade), title=title, stylesheet=WEB_STYLESHEET)
        if len(pdf) < WEB_MOST_BYTES:
            break
    return pdf


def page_count(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


def thumbnail(pdf: bytes) -> Thumbnail:
    """The first page of the web's file as a picture of THUMBNAIL_WIDTH."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        image = page.render(scale=THUMBNAIL_WIDTH / page.get_width()).to_pil().convert("RGB")
    finally:
        document.close()
    target = BytesIO()
    image.save(target, "WEBP", quality=THUMBNAIL_QUALITY)
    return Thumbnail(target.getvalue(), image.width, image.height)
