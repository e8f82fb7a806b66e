"""How often each person of the group was trained in a year: the least of those who count, the mean beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Sum

from office.calendar import OFFICE_TZ, fiscal_year
from office.models import User
from projectplan.models import Membership, Training
from projectplan.survey_results import rounded


@dataclass(frozen=True)
class PersonYear:
    """One person in one year; `counts` is false for who came late in the year or left in it."""

    person: User
    number: int
    hours: Decimal
    counts: bool
    since_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True)
class TrainingYear:
    """All who belonged to the group in a year, those with the fewest trainings first."""

    year: int
    people: Sequence[PersonYear]

    @property
    def counted(self) -> list[PersonYear]:
        return [one for one in self.people if one.counts]

    @property
    def least(self) -> int | None:
        """The least number that any of those who count has had; None without anybody."""
        return min((one.number for one in self.counted), default=None)

    @property
    def total(self) -> int:
        """All attendances of the year, of those too who came or left within it."""
        return sum(one.number for one in self.people)

    @property
    def mean(self) -> Decimal | None:
        """Attendances for each of those who count, to two places: shown beside, never the indicator."""
        return (
            rounded(Decimal(sum(one.number for one in self.counted)) / len(self.counted))
            if self.counted
            else None
        )

    @property
    def without(self) -> list[PersonYear]:
        """Who has had none yet, to be named to the head."""
        return [one for one in self.counted if not one.number]


def training_year(year_be: int, now: datetime) -> TrainingYear:
    """The year's trainings that ended by the day of `now` in Bangkok; two queries."""
    today = now.astimezone(OFFICE_TZ).date()
    year = fiscal_year(year_be)
    of_year = Training.objects.of_year(year_be, today).order_by()
    counts = {
        person: (number, hours)
        for person, number, hours in of_year.values_list("person").annotate(Count("pk"), Sum("hours"))
    }
    rows = Membership.objects.of_year(year_be).select_related("person__subgroup")
    people = {
        row.person_id: PersonYear(
            row.person,
            *counts.get(row.person_id, (0, Decimal(0))),
            counts=row.counts_in(year_be),
            since_on=row.since_on if row.since_on and row.since_on > year.first else None,
            until_on=row.until_on if row.until_on and row.until_on < year.last else None,
        )
        for row in rows.order_by("since_on", "pk")
    }
    return TrainingYear(year_be, sorted(people.values(), key=lambda one: (one.number, str(one.person))))
