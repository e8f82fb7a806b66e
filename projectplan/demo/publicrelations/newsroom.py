"""What every matter of public relations in a demo shares: the room's people, its time by its own rules, its chances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from office.models import Matter, Province
from projectplan.demo.people import Cast
from projectplan.demo.publicrelations import agenda_words
from projectplan.demo.publicrelations.media import Invitee
from projectplan.demo.publicrelations.pictures import Drawing
from projectplan.demo.room import Room
from projectplan.demo.sheets import Sheets
from publicrelations.models import Category, Tag

KINDS: Final = [
    Matter.Kind.FOREIGN_DOCUMENT,
    Matter.Kind.BRIEF,
    Matter.Kind.PRESS_CONFERENCE,
    Matter.Kind.ENGAGEMENT,
    Matter.Kind.ARTICLE,
]
"""The kinds whose rules of time are read."""


class Newsroom(Room):
    """The public relations subgroup of a demo at one moment."""

    def __init__(
        self,
        *,
        seed: int,
        now: datetime,
        first: date,
        cast: Cast,
        sheets: Sheets,
        media: Sequence[Invitee],
        drawings: Mapping[str, Drawing] | None = None,
    ) -> None:
        """`drawings` are the pictures of its news by their motif; without any, news has none."""
        super().__init__(seed=seed, now=now, first=first, cast=cast, sheets=sheets, kinds=KINDS)
        self.media = media
        self.drawings = drawings or {}
        self.provinces = list(Province.objects.order_by("code").values_list("name", flat=True))
        self.categories = _categories()
        names = {name for topic in agenda_words.known()["topic"] for name in topic["tags"]}
        self.tags = {name: Tag.named(name).pk for name in sorted(names)}


def _categories() -> dict[str, int]:
    """The headings of news by their address; those that the office has not are made."""
    return {
        one["slug"]: Category.objects.get_or_create(
            slug=one["slug"], defaults={"name": one["name"], "name_en": one["name_en"], "position": place}
        )[0].pk
        for place, one in enumerate(agenda_words.known()["category"], 1)
    }
