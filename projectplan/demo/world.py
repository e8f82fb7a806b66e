"""What every petition of a demo shares: the clock, the people, the agencies, the chances."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Final, TypeVar

from django.utils.translation import gettext as _

from complaints.models import Category
from complaints.public import PETITIONER
from office.calendar import OFFICE_TZ
from office.models import Agency, DeadlineRule, EducationArea, Matter, Province, User
from office.models.calendar import current_calendar
from projectplan.demo import subjects
from projectplan.demo.clock import OfficeTime, moment_of
from projectplan.demo.people import Cast
from projectplan.demo.sheets import Sheets
from projectplan.demo.subjects import Subcategory

T = TypeVar("T")
DAYS_AHEAD: Final = 120
BUSY_DAYS: Final = 4  # the last working days: more comes late, and what was said is still kept as notices
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


def spread(weighted: list[tuple[T, int]]) -> list[T]:
    """Each value as often as it weighs, to be picked from by one throw."""
    return [value for value, weight in weighted for _time in range(weight)]


def _rules(matter_kind: str) -> list[DeadlineRule]:
    return list(DeadlineRule.objects.filter(matter_kind=matter_kind))


class World:
    """The office of a demo at one moment, and the sheets its petitions are written on."""

    def __init__(self, *, seed: int, now: datetime, first: date, cast: Cast) -> None:
        self.rng = Random(seed)
        self.cast = cast
        self.sheets = Sheets()
        calendar = current_calendar()
        today = now.astimezone(OFFICE_TZ).date()
        days = first - timedelta(days=31), today + timedelta(days=DAYS_AHEAD)
        self.time = OfficeTime(calendar, _rules(Matter.Kind.PETITION), *days)
        self.related_time = OfficeTime(calendar, _rules(Matter.Kind.RELATED), *days)
        self.calendar_id = calendar.version
        self.petitioner_label = PETITIONER
        self.clock_label = _("The clock of the office")
        self.now = moment_of(now)
        self.now_place = self.time.place(self.now)
        self.busy_from = self.now_place - BUSY_DAYS * self.time.day_length
        self.notices_since = self.time.moment(self.busy_from)
        self.officers = spread(list(zip(cast.officers, cast.officer_weights, strict=True)))
        self.heads = spread(list(zip(cast.heads, cast.head_weights, strict=True)))
        self.executives = spread(list(zip(cast.executives, cast.executive_weights, strict=True)))
        self.head_ids = list(User.objects.heads_of(cast.subgroup.pk).values_list("pk", flat=True))
        self.agencies = list(Agency.objects.filter(is_active=True).order_by("pk"))
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

    def pick(self, values: Sequence[T]) -> T:
        return values[int(self.rng.random() * len(values))]

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability
