"""When parliament's business reaches the office: on which days, from whom, in the order of registration."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from office.calendar import Period, fiscal_year, fiscal_year_of
from office.thai import be_year, to_thai_digits
from parliament.models import Chamber, ConstitutionalBody, Member
from projectplan.demo.clock import BANGKOK_OFFSET, DAY, EPOCH
from projectplan.demo.days import Numbers, chosen, come, registered_on, working_days
from projectplan.demo.parliament.consultations import ConsultationFacts
from projectplan.demo.parliament.politics import Politics

SITTING_WEEKDAYS: Final[dict[str, tuple[int, ...]]] = {
    Chamber.HOUSE: (2, 3),
    Chamber.SENATE: (0, 4),
    Chamber.JOINT: (1,),
}
"""Monday is 0: the House sits on Wednesdays and Thursdays, the Senate on Mondays and Fridays, both on Tuesdays."""
HOUSE_SHARE: Final = 0.74
LETTER_DAYS: Final = 2, 9
REFERENCES: Final = {Chamber.HOUSE.value: "สผ ๐๐๑๔", Chamber.SENATE.value: "สว ๐๐๐๗"}


def sitting_days(room: Politics, period: Period, chamber: str) -> list[date]:
    """The working days of a period on which a chamber sits in its sessions."""
    weekdays = SITTING_WEEKDAYS[chamber]
    return [
        day
        for day in working_days(room, period)
        if day.weekday() in weekdays and room.houses.session_on(day) is not None
    ]


def school_year_of(day: date) -> int:
    """The school year (B.E.) of a day; one begins in May."""
    return be_year(day) - (day.month < 5)


def consultations(
    room: Politics, year: int, *, members: int, bodies: int, numbers: Numbers
) -> Iterator[ConsultationFacts]:
    """The consultations of a fiscal year (B.E.), as far as they have come."""
    days = working_days(room, fiscal_year(year))
    raised = [(*registered_on(room, day), True) for day in come(room, chosen(room, days, members))]
    raised += [(*registered_on(room, day), False) for day in come(room, chosen(room, days, bodies))]
    for received, registered, is_by_member in sorted(raised, key=lambda one: one[1]):
        if registered >= room.now:
            return
        yield _consultation(room, received, registered, numbers, is_by_member=is_by_member)


def _consultation(
    room: Politics, received: int, registered: int, numbers: Numbers, *, is_by_member: bool
) -> ConsultationFacts:
    day = EPOCH + timedelta(days=(received + BANGKOK_OFFSET) // DAY)
    member: Member | None = None
    body: ConstitutionalBody | None = None
    raised_on, chamber = day - timedelta(days=room.rng.randint(*LETTER_DAYS)), ""
    if is_by_member:
        chamber = Chamber.HOUSE.value if room.chance(HOUSE_SHARE) else Chamber.SENATE.value
        member = room.pick(room.houses.on(day).members[chamber])
        raised_on = _sitting_before(room, raised_on, chamber)
        letter = f"{REFERENCES[chamber]}/{to_thai_digits(int(room.rng.random() * 9_000) + 1_000)}"
    else:
        body = room.pick(room.bodies)
        letter = f"ที่ {to_thai_digits(int(room.rng.random() * 900) + 100)}/{to_thai_digits(be_year(day))}"
    year = fiscal_year_of(day)
    return ConsultationFacts(
        key=room.sheets.matters.next_key(),
        year=year,
        number=numbers.take(year),
        received=received,
        registered=registered,
        writing=room.writing(school_year_of(day), member.province if member else None),
        member=member,
        body=body,
        chamber=chamber,
        raised_on=raised_on,
        reference=letter,
    )


def _sitting_before(room: Politics, day: date, chamber: str) -> date:
    """The last day up to one on which a chamber sat; in a long recess the day itself."""
    for back in range(14):
        earlier = day - timedelta(days=back)
        sits = earlier.weekday() in SITTING_WEEKDAYS[chamber]
        if sits and room.houses.session_on(earlier) is not None:
            return earlier
    return day
