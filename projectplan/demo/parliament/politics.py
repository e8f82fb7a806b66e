"""What every matter of parliament in a demo shares: besides the room's people and chances, the houses and topics."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from office.models import Matter, Province
from parliament.models import ConstitutionalBody
from projectplan.demo.parliament import words
from projectplan.demo.parliament.houses import Houses
from projectplan.demo.parliament.words import Writing
from projectplan.demo.people import Cast
from projectplan.demo.room import Room
from projectplan.demo.sheets import Sheets

KINDS: Final = [
    Matter.Kind.MEETING,
    Matter.Kind.FOLLOW_UP,
    Matter.Kind.INTERPELLATION,
    Matter.Kind.CONSULTATION,
]


class Politics(Room):
    """The politics subgroup of a demo at one moment."""

    def __init__(
        self, *, seed: int, now: datetime, first: date, cast: Cast, sheets: Sheets, houses: Houses
    ) -> None:
        super().__init__(seed=seed, now=now, first=first, cast=cast, sheets=sheets, kinds=KINDS)
        self.houses = houses
        self.topics = words.topics(self.agencies)
        self.provinces = list(Province.objects.order_by("code"))
        self.bodies = list(ConstitutionalBody.objects.filter(is_active=True).order_by("pk"))

    def writing(self, school_year: int, province: Province | None = None) -> Writing:
        """What somebody says on some topic."""
        topic = self.pick(self.topics)
        return words.write(self.rng, topic, province=province or self.pick(self.provinces), year=school_year)
