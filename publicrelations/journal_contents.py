"""What stands in an issue, as plain data for its pages; words and pictures are as readers have them at that moment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import nh3
from django.conf import settings
from django.utils.translation import gettext as _

from office.calendar import OFFICE_TZ
from office.models import Document
from office.thai import format_month
from publicrelations.models import Article, Journal, Picture

PRINTED_TAGS: Final = {
    "p", "br", "strong", "em", "b", "i", "u", "s", "sub", "sup", "ul", "ol", "li", "blockquote",
    "h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td", "hr",
}  # fmt: skip
"""What paper shows of an article's text: nothing that is fetched, and links as the words they stand under."""
_END_OF_PARAGRAPH: Final = re.compile(r"</p>(?!\s*</(?:li|blockquote|td|th)>)")
SHORT_CHARACTERS: Final = 900
MOST_PICTURES: Final = 4
"""Of one article: the first across both columns, the others in a column each."""


@dataclass(frozen=True)
class Shown:
    """A picture to be printed: its file, size in pixels (0: not asked), words, and the point that must stay when it is
    cut."""

    original: Document
    alt: str
    width: int
    height: int
    caption: str = ""
    credit: str = ""
    focus: tuple[int, int] = (50, 50)


@dataclass(frozen=True)
class Story:
    """One article as it is printed."""

    anchor: str
    section: str
    heading: str
    lead: str
    body: str
    published_on: date | None
    pictures: Sequence[Shown]

    @property
    def is_short(self) -> bool:
        """Its picture stands in a column, so that two of its kind share a page."""
        return len(self.body) <= SHORT_CHARACTERS

    @property
    def _middle(self) -> int:
        """Where the text's middle paragraph ends."""
        ends = [found.end() for found in _END_OF_PARAGRAPH.finditer(self.body)]
        return ends[(len(ends) - 1) // 2] if ends else len(self.body)

    @property
    def first_half(self) -> str:
        """The text as far as the pictures that stand within it."""
        return self.body[: self._middle]

    @property
    def second_half(self) -> str:
        return self.body[self._middle :]


@dataclass(frozen=True)
class Contents:
    """One issue as its pages have it; `key` is what the edition's fingerprint is made of."""

    key: str
    name: str
    issue: str
    month: str
    cover_line: str
    cover: Shown | None
    editorial_title: str
    editorial: str
    editorial_by: str
    stories: Sequence[Story]


def gather(journal: Journal) -> Contents:
    """The contents of an issue in a handful of queries, however many articles it has."""
    entries = journal.entries.select_related("article__category").prefetch_related(
        "article__pictures__original"
    )
    stories = []
    for entry in entries:
        article = entry.article
        stories.append(
            Story(
                anchor=f"a{entry.order}",
                section=entry.section or str(article.category or _("News")),
                heading=entry.title,
                lead=article.lead,
                body=nh3.clean(article.body, tags=PRINTED_TAGS, attributes={}),
                published_on=article.published_at and article.published_at.astimezone(OFFICE_TZ).date(),
                pictures=_pictures(article),
            )
        )
    return Contents(
        key=journal.content_key(),
        name=settings.JOURNAL_NAME,
        issue=journal.issue_words,
        month=format_month(journal.month),
        cover_line=journal.cover_line or (stories[0].heading if stories else ""),
        cover=_cover(journal, stories),
        editorial_title=journal.editorial_title,
        editorial=journal.editorial,
        editorial_by=journal.editorial_by,
        stories=stories,
    )


def _pictures(article: Article) -> list[Shown]:
    return [_shown(picture) for picture in list(article.pictures.all())[:MOST_PICTURES]]


def _shown(picture: Picture) -> Shown:
    return Shown(
        picture.original,
        picture.alternative_text,
        picture.width,
        picture.height,
        picture.caption,
        picture.credit,
        (picture.focus_x, picture.focus_y),
    )


def _cover(journal: Journal, stories: Sequence[Story]) -> Shown | None:
    """The picture of its own, else the first of the articles'; None for a cover of words."""
    if journal.cover:
        alt = journal.cover_alt or journal.cover_line or journal.title
        return Shown(journal.cover, alt, 0, 0, credit=journal.cover_credit)
    return next((story.pictures[0] for story in stories if story.pictures), None)
