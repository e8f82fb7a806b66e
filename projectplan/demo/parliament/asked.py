"""Which questions a year has: of which kind and chamber, by whom, for which sitting, in the order of registration."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from office.calendar import fiscal_year, fiscal_year_of
from parliament.models import Chamber, Interpellation
from projectplan.demo.clock import BANGKOK_OFFSET, DAY, EPOCH
from projectplan.demo.days import Numbers, chosen, come, registered_on, working_days
from projectplan.demo.parliament import sessions
from projectplan.demo.parliament.arrivals import HOUSE_SHARE, school_year_of, sitting_days
from projectplan.demo.parliament.politics import Politics
from projectplan.demo.parliament.questions import QuestionFacts
from projectplan.demo.room import spread

Kind = Interpellation.InterpellationKind
KINDS: Final = spread([(Kind.GAZETTE, 5), (Kind.SITTING, 3), (Kind.URGENT, 2)])
SITTING_AFTER_DAYS: Final = 24
"""A question for the sitting comes onto an agenda about so many days after its receipt."""
OTHERS_QUESTIONS: Final = 7
"""So many questions go to other ministries between two of ours, at most."""


def questions(
    room: Politics, year: int, count: int, numbers: Numbers, series: Counter[tuple[int, str, str]]
) -> Iterator[QuestionFacts]:
    """The interpellations of a fiscal year (B.E.), as far as they have come; `series` numbers each kind of a House."""
    period = fiscal_year(year)
    days = [day for day in working_days(room, period) if room.houses.session_on(day) is not None]
    sittings = {chamber: sitting_days(room, period, chamber) for chamber in (Chamber.HOUSE, Chamber.SENATE)}
    registered = [registered_on(room, day) for day in come(room, chosen(room, days, count))]
    for received, at in sorted(registered, key=lambda one: one[1]):
        if at >= room.now:
            return
        yield _question(room, received, at, numbers, series, sittings)


def _question(
    room: Politics,
    received: int,
    registered: int,
    numbers: Numbers,
    series: Counter[tuple[int, str, str]],
    sittings: dict[Chamber, list[date]],
) -> QuestionFacts:
    day = EPOCH + timedelta(days=(received + BANGKOK_OFFSET) // DAY)
    chamber = Chamber.HOUSE if room.chance(HOUSE_SHARE) else Chamber.SENATE
    kind, sitting_on = _kind_and_sitting(room, day, sittings[chamber])
    parliament = sessions.parliament_on(day)
    of = parliament, chamber.value, kind.value
    series[of] += 1 + int(room.rng.random() * OTHERS_QUESTIONS)
    asker = room.pick(room.houses.on(day).members[chamber.value])
    year = fiscal_year_of(day)
    return QuestionFacts(
        key=room.sheets.matters.next_key(),
        year=year,
        number=numbers.take(year),
        received=received,
        registered=registered,
        kind=kind.value,
        chamber=chamber.value,
        parliament=parliament,
        session=room.houses.session_on(day),
        question_number=series[of],
        asker=asker,
        writing=room.writing(school_year_of(day), asker.province),
        sitting_on=sitting_on,
    )


def _kind_and_sitting(room: Politics, day: date, sittings: list[date]) -> tuple[Kind, date | None]:
    """An urgent one is for the next sitting, others for one some weeks later; with none left, for the gazette."""
    kind = room.pick(KINDS)
    if kind == Kind.GAZETTE:
        return kind, None
    first = day + timedelta(days=1 if kind == Kind.URGENT else SITTING_AFTER_DAYS)
    place = bisect_left(sittings, first)
    if place == len(sittings) or (sittings[place] - first).days > SITTING_AFTER_DAYS:
        return Kind.GAZETTE, None
    return kind, sittings[place]
