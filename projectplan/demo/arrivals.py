"""When petitions come in: a year's count spread over its months, days and hours as an office sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Final

from complaints.models import Petition
from office.calendar import Period, fiscal_year, months_of
from projectplan.demo.clock import BANGKOK_OFFSET, DAY, EPOCH, HOUR
from projectplan.demo.facts import Arrival
from projectplan.demo.room import spread
from projectplan.demo.world import World

Channel = Petition.Channel
WEB: Final = Channel.WEB.value

# October to September: school admission in March to May, quiet at the turn of the years.
MONTH_WEIGHTS: Final = (80, 95, 75, 85, 95, 115, 105, 130, 125, 105, 100, 90)
GENERAL: Final = [
    (Channel.LETTER.value, 55),
    (Channel.TELEPHONE.value, 17),
    (Channel.VISIT.value, 14),
    (Channel.AGENCY.value, 14),
]
# Hours of the day (Bangkok) at which people write on the web.
WEB_HOURS: Final = [*range(24), *range(8, 24), *range(9, 23), *range(10, 17), *range(19, 23), *range(19, 23)]
MOST_BEFORE_REGISTRATION: Final = 2 * HOUR


@dataclass(frozen=True)
class Counts:
    """What comes in a year: petitions in general, by political persons and bodies, on the website; related matters;
    of parliament meetings, interpellations, consultations of members and of constitutional organisations, bills;
    of public relations the minister's engagements and as many articles about them, foreign documents, situation briefs,
    press conferences and journals."""

    general: int
    political: int
    web: int
    related: int = 0
    meetings: int = 0
    interpellations: int = 0
    consultations: int = 0
    body_consultations: int = 0
    bills: int = 0
    engagements: int = 0
    articles: int = 0
    foreign_documents: int = 0
    briefs: int = 0
    press_conferences: int = 0
    journals: int = 0

    def times(self, factor: int) -> Counts:
        """So many times as much of all; not of bills, which are few in any year, nor of journals, one a month."""
        scaled = {field.name: getattr(self, field.name) * factor for field in fields(self)}
        return replace(Counts(**scaled), bills=self.bills, journals=self.journals)

    @property
    def total(self) -> int:
        """All petitions; other matters are none."""
        return self.general + self.political + self.web

    @property
    def everything(self) -> int:
        """All matters."""
        return sum(getattr(self, field.name) for field in fields(self))


KINDS: Final = tuple(field.name for field in fields(Counts))
"""What a year's counts can be given of."""

YEAR_2552: Final = Counts(
    general=1261,
    political=58,
    web=917,
    related=686,
    meetings=347,
    interpellations=60,
    consultations=102,
    body_consultations=19,
    bills=1,
    engagements=480,
    articles=452,
    foreign_documents=444,
    briefs=8,
    press_conferences=188,
    journals=12,
)
"""The year's true volume (the plan of 2553, results of 2552)."""


def arrivals(world: World, year: int, counts: Counts) -> Iterator[list[Arrival]]:
    """The arrivals of a fiscal year (B.E.), month by month, each in the order of registration, up to now."""
    months = months_of(fiscal_year(year))
    shares = [by_month(count) for count in (counts.general, counts.political, counts.web)]
    general = spread(GENERAL)
    for number, month in enumerate(months):
        days = [day for day in _days(month) if world.time.is_working_day(day)]
        found = [_at_the_office(world, days, world.pick(general)) for _one in range(shares[0][number])]
        found += [_at_the_office(world, days, Channel.POLITICIAN.value) for _one in range(shares[1][number])]
        found += [_on_the_web(world, month) for _one in range(shares[2][number])]
        found = [arrival for arrival in found if arrival.registered < world.now]
        yield sorted(found, key=lambda arrival: arrival.registered)
        if month.last >= EPOCH + timedelta(days=(world.now + BANGKOK_OFFSET) // DAY):
            return


def by_month(count: int) -> list[int]:
    """A year's count by month; the parts add up to it exactly."""
    total, given, so_far = sum(MONTH_WEIGHTS), 0, 0
    parts = []
    for weight in MONTH_WEIGHTS:
        so_far += weight
        part = round(count * so_far / total) - given
        given += part
        parts.append(part)
    return parts


def _days(month: Period) -> list[date]:
    return [month.first + timedelta(days=number) for number in range((month.last - month.first).days + 1)]


def one_at_the_office(world: World, month: Period, channel: str) -> Arrival:
    """Something that came in a month and was registered the same day."""
    days = [day for day in _days(month) if world.time.is_working_day(day)]
    return _at_the_office(world, days, channel)


def _at_the_office(world: World, days: list[date], channel: str) -> Arrival:
    """Something that came to the office and was registered the same day."""
    opening = world.time.place(_midnight(world.pick(days)))
    second = int(world.time.day_length * world.rng.uniform(0.02, 0.98))
    waited = min(second, int(world.rng.expovariate(4 / MOST_BEFORE_REGISTRATION)), MOST_BEFORE_REGISTRATION)
    registered, received = world.time.moment(opening + second), world.time.moment(opening + second - waited)
    return Arrival(registered, received, channel)


def _on_the_web(world: World, month: Period) -> Arrival:
    day = world.pick(_days(month))
    moment = _midnight(day) + world.pick(WEB_HOURS) * HOUR + int(world.rng.random() * HOUR)
    return Arrival(moment, moment, WEB)


def _midnight(day: date) -> int:
    return (day - EPOCH).days * DAY - BANGKOK_OFFSET
