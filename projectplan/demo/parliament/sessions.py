"""When the demo's parliament is in session: as the constitution of 2550 has it, from the 23rd House on.

A House sits for four years from 21 January; each year has a general session from that day and a legislative one from
1 August, of 120 days each. What comes after the 23rd House (2008 to 2011) is invented by the same rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from parliament.models import Session

FIRST_PARLIAMENT: Final = 23
FIRST_YEAR_CE: Final = 2008
TERM_YEARS: Final = 4
SESSION_DAYS: Final = 120
LOOK_AHEAD: Final = timedelta(days=21)
"""A living office sits today and in these coming days: else an extraordinary session is called for it."""


@dataclass(frozen=True)
class Span:
    """A session before it is a row."""

    parliament: int
    year: int
    kind: Session.Kind
    first: date
    last: date


def parliament_on(day: date) -> int:
    """The number of the House that was elected last before a day."""
    year = day.year if day >= date(day.year, 1, 21) else day.year - 1
    return FIRST_PARLIAMENT + max(year - FIRST_YEAR_CE, 0) // TERM_YEARS


def began_on(parliament: int) -> date:
    """The first day of a House."""
    return date(FIRST_YEAR_CE + (parliament - FIRST_PARLIAMENT) * TERM_YEARS, 1, 21)


def ended_on(parliament: int) -> date:
    """The last day of a House."""
    return began_on(parliament + 1) - timedelta(days=1)


def spans(first: date, today: date, *, is_living: bool) -> list[Span]:
    """The sessions that a demo needs, in order: those since some months before `first`, up to a year from today."""
    found = [
        span
        for span in _ordinary(today.year + 1)
        if span.last >= first - timedelta(days=120) and span.first <= today + timedelta(days=370)
    ]
    called = _called_now(found, today) if is_living else None
    return sorted([*found, *([called] if called else [])], key=lambda span: span.first)


def _ordinary(last_year: int) -> Iterator[Span]:
    for year in range(FIRST_YEAR_CE, last_year + 1):
        kinds = (Session.Kind.GENERAL, date(year, 1, 21)), (Session.Kind.LEGISLATIVE, date(year, 8, 1))
        for kind, first in kinds:
            parliament = parliament_on(first)
            yield Span(
                parliament,
                year - began_on(parliament).year + 1,
                kind,
                first,
                first + timedelta(days=SESSION_DAYS - 1),
            )


def _called_now(ordinary: list[Span], today: date) -> Span | None:
    """An extraordinary session that fills what the ordinary ones leave free of the coming weeks."""
    until = today + LOOK_AHEAD
    first, last = today - LOOK_AHEAD, until + timedelta(days=14)
    for span in ordinary:
        if span.first <= today and until <= span.last:
            return None
        if span.first <= today <= span.last:
            first = span.last + timedelta(days=1)
        elif span.last < today:
            first = max(first, span.last + timedelta(days=1))
        elif span.first > today:
            last = min(last, span.first - timedelta(days=1))
    if first > last:
        return None
    parliament = parliament_on(first)
    years = first.year - began_on(parliament).year + (first >= date(first.year, 1, 21))
    return Span(parliament, years, Session.Kind.EXTRAORDINARY, first, last)
