"""On which days of a year something reaches a demo's office, and the numbers that its registers give."""

from __future__ import annotations

from datetime import date, timedelta

from office.calendar import Period
from projectplan.demo.clock import BANGKOK_OFFSET, DAY, EPOCH, datetime_of
from projectplan.demo.room import Room

Registered = tuple[int, int]
"""The moment something was received, and the moment it was registered."""


def working_days(room: Room, period: Period) -> list[date]:
    """The office's days of a period."""
    days = (period.last - period.first).days + 1
    every = (period.first + timedelta(days=number) for number in range(days))
    return [day for day in every if room.time.calendar.is_working_day(day)]


def chosen(room: Room, days: list[date], count: int) -> list[date]:
    """So many of some days, in order; each once while they suffice, then several on each."""
    if not count:
        return []
    times, rest = divmod(count, len(days))
    return sorted([*days * times, *room.rng.sample(days, rest)])


def come(room: Room, days: list[date]) -> list[date]:
    """Those of some days that have come."""
    today = datetime_of(room.now).date()
    return [day for day in days if day <= today]


def registered_on(room: Room, day: date) -> Registered:
    """Received and registered at the office within a day."""
    opening = room.time.place((day - EPOCH).days * DAY - BANGKOK_OFFSET)
    second = int(room.time.day_length * room.rng.uniform(0.04, 0.96))
    waited = min(second, int(room.rng.expovariate(1 / 1_800)), 7_200)
    return room.time.moment(opening + second - waited), room.time.moment(opening + second)


class Numbers:
    """The last number of each register and year."""

    def __init__(self) -> None:
        self.last: dict[int, int] = {}

    def take(self, year: int) -> int:
        self.last[year] = self.last.get(year, 0) + 1
        return self.last[year]
