"""What every petition of a demo shares: besides the room's people and chances the topics and the places."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from complaints.models import Category
from complaints.public import PETITIONER
from office.models import Agency, EducationArea, Matter, Province
from projectplan.demo import subjects
from projectplan.demo.people import Cast
from projectplan.demo.room import Room, spread
from projectplan.demo.sheets import Sheets
from projectplan.demo.subjects import Subcategory

# Populous provinces write more often; the others once each.
BUSY_PROVINCES: Final = {
    "10": 14,
    "30": 5,
    "40": 4,
    "50": 4,
    "34": 4,
    "80": 3,
    "41": 3,
    "33": 3,
    "20": 3,
    "12": 3,
    "31": 3,
}


@dataclass(frozen=True)
class Topic:
    """A subcategory of the office's tree, with what people write under it."""

    category: Category
    subcategory: Subcategory
    agency: Agency


class World(Room):
    """The petitions' subgroup of a demo at one moment, and the sheets its petitions are written on."""

    def __init__(self, *, seed: int, now: datetime, first: date, cast: Cast) -> None:
        super().__init__(
            seed=seed,
            now=now,
            first=first,
            cast=cast,
            sheets=Sheets(),
            kinds=[Matter.Kind.PETITION, Matter.Kind.RELATED],
        )
        self.related_time = self.times[Matter.Kind.RELATED]
        self.petitioner_label = PETITIONER
        self.topics = self._topics()
        self._read_places()

    def _topics(self) -> list[Topic]:
        """The office's active subcategories that have subjects, as often as their main category is written about."""
        known = subjects.read()
        by_short_name = {agency.short_name: agency for agency in self.agencies}
        categories = Category.objects.filter(is_active=True, parent__isnull=False).select_related("parent")
        written_about = [category for category in categories if category.name in known.subcategories]
        siblings = Counter(category.parent_id for category in written_about)
        weighted: list[tuple[Topic, int]] = []
        for category in written_about:
            subcategory = known.subcategories[category.name]
            share = known.shares.get(category.parent.name if category.parent else "", 1)
            agency = by_short_name.get(subcategory.agency) or self.agencies[0]
            weight = max(1, 12 * share // siblings[category.parent_id])
            weighted.append((Topic(category, subcategory, agency), weight))
        if not weighted:
            raise LookupError("None of the office's categories is known to the demo.")
        return spread(weighted)

    def _read_places(self) -> None:
        provinces = list(Province.objects.order_by("code"))
        self.provinces = spread([(province, BUSY_PROVINCES.get(province.code, 1)) for province in provinces])
        self.areas: dict[str, list[EducationArea]] = {province.code: [] for province in provinces}
        for area in EducationArea.objects.order_by("pk"):
            self.areas[area.province_id].append(area)
