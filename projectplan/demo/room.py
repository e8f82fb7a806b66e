"""What all matters of one subgroup share in a demo: the clock, the people, the agencies, the sheets, the chances."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Final, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from office.calendar import OFFICE_TZ
from office.models import Agency, DeadlineRule, Matter, User
from office.models.calendar import current_calendar
from projectplan.demo.bodies import names_made
from projectplan.demo.clock import OfficeTime, moment_of
from projectplan.demo.people import Cast
from projectplan.demo.sheets import Sheets

T = TypeVar("T")
DAYS_AHEAD: Final = 120
BUSY_DAYS: Final = 4  # the last working days: more comes late, and what was said is still kept as notices


def spread(weighted: list[tuple[T, int]]) -> list[T]:
    """Each value as often as it weighs, to be picked from by one throw."""
    return [value for value, weight in weighted for _time in range(weight)]


class Room:
    """A subgroup of a demo office at one moment, and the sheets its matters are written on."""

    def __init__(
        self,
        *,
        seed: int,
        now: datetime,
        first: date,
        cast: Cast,
        sheets: Sheets,
        kinds: Sequence[Matter.Kind],
    ) -> None:
        """`kinds` are those of its matters; each has a time of its own, since each has rules of its own."""
        self.rng = Random(seed)  # nosec B311 # chances of the demo office, the same each time
        self.cast = cast
        self.sheets = sheets
        calendar = current_calendar()
        today = now.astimezone(OFFICE_TZ).date()
        days = first - timedelta(days=31), today + timedelta(days=DAYS_AHEAD)
        self.times = {kind: OfficeTime(calendar, _rules(kind), *days) for kind in kinds}
        self.time = self.times[kinds[0]]
        self.calendar_id = calendar.version
        self.clock_label = _("The clock of the office")
        self.now = moment_of(now)
        self.now_place = self.time.place(self.now)
        self.busy_from = self.now_place - BUSY_DAYS * self.time.day_length
        self.notices_since = self.time.moment(self.busy_from)
        self.officers = spread(list(zip(cast.officers, cast.officer_weights, strict=True)))
        self.heads = spread(list(zip(cast.heads, cast.head_weights, strict=True)))
        self.executives = spread(list(zip(cast.executives, cast.executive_weights, strict=True)))
        self.head_ids = list(User.objects.heads_of(cast.subgroup.pk).values_list("pk", flat=True))
        self.agencies = list(agencies_of_matters())

    def pick(self, values: Sequence[T]) -> T:
        return values[int(self.rng.random() * len(values))]

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability


def agencies_of_matters() -> QuerySet[Agency]:
    """Those that the matters of a demo concern: neither areas nor what an earlier demo added to the network."""
    return Agency.objects.filter(is_active=True).exclude(name__in=names_made()).order_by("pk")


def _rules(matter_kind: str) -> list[DeadlineRule]:
    return list(DeadlineRule.objects.filter(matter_kind=matter_kind))
