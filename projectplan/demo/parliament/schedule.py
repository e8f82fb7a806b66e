"""Which meetings a year has: on which days, of whom, told of how long before, in the order of registration."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from office.calendar import fiscal_year, fiscal_year_of
from office.thai import be_year, to_thai_digits
from parliament.models import Chamber, Committee, Session
from parliament.models.meeting_state import MeetingKind
from projectplan.demo.clock import BANGKOK_OFFSET, DAY, EPOCH, HOUR
from projectplan.demo.days import Numbers, chosen, working_days
from projectplan.demo.names import pick
from projectplan.demo.parliament import words
from projectplan.demo.parliament.arrivals import school_year_of, sitting_days
from projectplan.demo.parliament.meetings import FOLLOWED_AFTER_DAYS, FollowUpFacts, MeetingFacts
from projectplan.demo.parliament.politics import Politics

SHARES: Final = {
    MeetingKind.HOUSE: 64,
    MeetingKind.SENATE: 58,
    MeetingKind.JOINT: 9,
    MeetingKind.WHIPS: 56,
    MeetingKind.COMMITTEE: 160,
}
"""Of 347 meetings a year."""
BEGINS: Final = {
    MeetingKind.HOUSE: (9.5, 13.5),
    MeetingKind.SENATE: (10.0,),
    MeetingKind.JOINT: (10.0, 13.5),
    MeetingKind.WHIPS: (13.0, 14.0),
    MeetingKind.COMMITTEE: (9.5, 13.5),
}
CALLED: Final = {
    MeetingKind.HOUSE: "การประชุมสภาผู้แทนราษฎร",
    MeetingKind.SENATE: "การประชุมวุฒิสภา",
    MeetingKind.JOINT: "การประชุมร่วมกันของรัฐสภา",
}
WHIPS_WEEKDAYS: Final = (0, 1)
COMMITTEE_WEEKDAYS: Final = (1, 2, 3)
TOLD_AHEAD_DAYS: Final = 14
"""A meeting is told of at most so many days before it begins."""
TOLD_LATE: Final = 0.008
TOLD_SHORTLY: Final = 0.04
FOLLOWED: Final = 0.14


@dataclass(slots=True, eq=False)
class Planned:
    """A meeting that will be: when, of whom."""

    kind: MeetingKind
    day: date
    begins: int
    ends: int
    session: Session | None
    committee: Committee | None
    received: int
    registered: int
    sitting_number: str = ""


class Schedule:
    """The meetings of one fiscal year (B.E.), as far as the office has been told of them."""

    def __init__(self, room: Politics, year: int, count: int, sittings: Counter[tuple[str, int]]) -> None:
        self.room = room
        self.period = fiscal_year(year)
        self.opening = room.time.place(_moment(self.period.first, 8.5))
        self.last = EPOCH + timedelta(days=(room.now + BANGKOK_OFFSET) // DAY + TOLD_AHEAD_DAYS + 2)
        planned = [one for kind, share in _shared(count) for one in self._of(kind, share)]
        planned.sort(key=lambda one: one.begins)
        for one in planned:
            one.sitting_number = _next_number(one, sittings)
        self.meetings = sorted(
            (one for one in planned if one.registered < room.now), key=lambda one: one.registered
        )

    def _of(self, kind: MeetingKind, count: int) -> list[Planned]:
        days = [day for day in self._days(kind) if day >= self.period.first + timedelta(days=5)]
        return [self._plan(kind, day) for day in chosen(self.room, days, count) if day <= self.last]

    def _days(self, kind: MeetingKind) -> list[date]:
        if kind in CALLED:
            return sitting_days(self.room, self.period, Chamber(kind.value))
        weekdays = WHIPS_WEEKDAYS if kind == MeetingKind.WHIPS else COMMITTEE_WEEKDAYS
        return [day for day in working_days(self.room, self.period) if day.weekday() in weekdays]

    def _plan(self, kind: MeetingKind, day: date) -> Planned:
        room = self.room
        begins = _moment(day, pick(room.rng, BEGINS[kind]))
        ends = begins + int(room.rng.uniform(1.2, 3.0) * HOUR)
        house = room.houses.on(day)
        callers = {MeetingKind.WHIPS: house.whips, MeetingKind.COMMITTEE: house.committees}.get(kind)
        received, registered = self._told_of(begins)
        return Planned(
            kind,
            day,
            begins,
            ends,
            room.houses.session_on(day),
            room.pick(callers) if callers else None,
            received,
            registered,
        )

    def _told_of(self, begins: int) -> tuple[int, int]:
        """When the office was told: days before, at times shortly before, now and then only after it began."""
        room, length = self.room, self.room.time.day_length
        if room.chance(TOLD_LATE):
            received = begins + int(room.rng.uniform(0.3, 1.0) * HOUR)
            return received, received + 600
        ahead = room.rng.uniform(0.15, 0.5) if room.chance(TOLD_SHORTLY) else room.rng.uniform(1.2, 8)
        place = max(room.time.place(begins) - int(ahead * length), self.opening + 600)
        registered = place + int(room.rng.uniform(60, 1_800))
        return room.time.moment(place), room.time.moment(registered)

    def days_of(self, chamber: str) -> list[date]:
        """The days on which a chamber sits in this year."""
        return sorted({one.day for one in self.meetings if one.kind.value == chamber})

    def facts(self, numbers: Numbers, follow_ups: Numbers) -> list[MeetingFacts]:
        """What is registered of each, in the order of registration; keys come with the lives."""
        found = [self._facts(one, numbers) for one in self.meetings]
        for facts in sorted(found, key=lambda one: one.begins):
            self._follow(facts, follow_ups)
        return found

    def _facts(self, one: Planned, numbers: Numbers) -> MeetingFacts:
        day = EPOCH + timedelta(days=(one.received + BANGKOK_OFFSET) // DAY)
        year = fiscal_year_of(day)
        called = str(one.committee) if one.committee else CALLED[one.kind]
        title = f"{called} ครั้งที่ {one.sitting_number}" if one.sitting_number else called
        places = words.known()["meeting"][_PLACES[one.kind]]
        return MeetingFacts(
            key=self.room.sheets.matters.next_key(),
            year=year,
            number=numbers.take(year),
            received=one.received,
            registered=one.registered,
            kind=one.kind.value,
            session=one.session,
            committee=one.committee,
            sitting_number=one.sitting_number,
            title=title[:200],
            place=pick(self.room.rng, places),
            begins=one.begins,
            ends=one.ends,
            school_year=school_year_of(one.day),
        )

    def _follow(self, facts: MeetingFacts, numbers: Numbers) -> None:
        """Some want something followed up; it gets its number when it is registered, if that has come."""
        room = self.room
        if facts.received >= facts.begins or not room.chance(FOLLOWED):
            return
        place = room.time.place(facts.begins) + int(FOLLOWED_AFTER_DAYS * room.time.day_length)
        if place < room.now_place:
            day = EPOCH + timedelta(days=(room.time.moment(place) + BANGKOK_OFFSET) // DAY)
            if day <= self.period.last:
                year = fiscal_year_of(day)
                facts.follow_up = FollowUpFacts(year, numbers.take(year))


_PLACES: Final = {
    MeetingKind.HOUSE: "house_places",
    MeetingKind.SENATE: "house_places",
    MeetingKind.JOINT: "house_places",
    MeetingKind.WHIPS: "whips_places",
    MeetingKind.COMMITTEE: "committee_places",
}


def _shared(count: int) -> list[tuple[MeetingKind, int]]:
    """A year's count by kind; the parts add up to it exactly."""
    total, given, so_far, parts = sum(SHARES.values()), 0, 0, []
    for kind, share in SHARES.items():
        so_far += share
        part = round(count * so_far / total) - given
        given += part
        parts.append((kind, part))
    return parts


def _next_number(one: Planned, sittings: Counter[tuple[str, int]]) -> str:
    """As its notice has it: of a chamber within the session, of a committee within the calendar year."""
    if one.committee:
        year = be_year(one.day)
        of = f"committee {one.committee.pk}", year
        sittings[of] += 1
        return f"{to_thai_digits(sittings[of])}/{to_thai_digits(year)}"
    if one.session is None:
        return ""
    of = f"session {one.session.pk}", list(SHARES).index(one.kind)
    sittings[of] += 1
    return to_thai_digits(sittings[of])


def _moment(day: date, hour: float) -> int:
    return (day - EPOCH).days * DAY + int(hour * HOUR) - BANGKOK_OFFSET
