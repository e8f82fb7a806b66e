"""What the plan's indicators count of the work in parliament, by the names that the plan gives them.

Every one is a count over promises, for whole months: those kept in time, those kept late or late by now, and those not
due yet, which are never counted as success. What falls into which month, and why, says `parliament.tallies`. Out of
the count are a meeting the office was told of only after it had begun, what was cancelled or has no day yet, and what
was withdrawn before it was due.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import cached_property

from office.calendar import Period, months_of
from office.models import Matter
from office.ratio import Ratio, summed
from office.tallies import Figure, by_month
from parliament.tallies import KEEPER

MEETINGS = (Matter.Kind.MEETING,)
INTERPELLATIONS = (Matter.Kind.INTERPELLATION, Matter.Kind.MOTION)
BILLS = (Matter.Kind.BILL,)
CONSULTATIONS = (Matter.Kind.CONSULTATION,)
MATTERS = (*MEETINGS, *INTERPELLATIONS, *BILLS, *CONSULTATIONS)
"""The four works of politics in the plan; follow-ups of meetings are none of them."""


@dataclass(frozen=True)
class Reading:
    """The months that measures are read for, in order, and when; what several measures need is fetched once."""

    months: Sequence[Period]
    now: datetime
    in_passing: bool = False
    """Leave the tallies as they are, and read each row at most once."""

    @cached_property
    def figures(self) -> dict[Matter.Kind, list[Figure]]:
        return KEEPER.read_all(self.months, [], self.now, MATTERS, in_passing=self.in_passing)

    def of(self, kinds: Sequence[Matter.Kind]) -> list[Ratio]:
        """The ratio of each month over some kinds of matter."""
        columns = [by_month(self.figures[kind], self.months) for kind in kinds]
        return [summed(counts.ratio for counts in row) for row in zip(*columns, strict=True)]


ByMonth = Callable[[Reading], list[Ratio]]


def meetings_by_month(reading: Reading) -> list[Ratio]:
    """Meetings before which everybody concerned was told and all was ready, by the month in which they begin."""
    return reading.of(MEETINGS)


def interpellations_by_month(reading: Reading) -> list[Ratio]:
    """Interpellations and motions answered in the sitting, or sent to the Royal Gazette, by their date; by receipt."""
    return reading.of(INTERPELLATIONS)


def bills_by_month(reading: Reading) -> list[Ratio]:
    """Bills at a meeting before which everybody was told and the papers complete, at each reading; by the meeting."""
    return reading.of(BILLS)


def consultations_by_month(reading: Reading) -> list[Ratio]:
    """Consultations of which raiser and minister, both, were told the result in time; by receipt."""
    return reading.of(CONSULTATIONS)


def matters_by_month(reading: Reading) -> list[Ratio]:
    """All of the four works together."""
    return reading.of(MATTERS)


# ── One figure for one period ───────────────────────────────────────────────────────────────


def meetings_on_time(period: Period, now: datetime) -> Ratio:
    """`parliament.meetings_on_time` of the plan, for whole months; see `meetings_by_month`."""
    return _sum(meetings_by_month, period, now)


def interpellations_handled(period: Period, now: datetime) -> Ratio:
    """`parliament.interpellations_handled` of the plan, for whole months."""
    return _sum(interpellations_by_month, period, now)


def bills_on_time(period: Period, now: datetime) -> Ratio:
    """`parliament.bills_on_time` of the plan, for whole months."""
    return _sum(bills_by_month, period, now)


def consultations_answered(period: Period, now: datetime) -> Ratio:
    """`parliament.consultations_answered` of the plan, for whole months."""
    return _sum(consultations_by_month, period, now)


def matters_on_time(period: Period, now: datetime) -> Ratio:
    """`parliament.matters_on_time` of the plan, for whole months."""
    return _sum(matters_by_month, period, now)


def _sum(by_month: ByMonth, period: Period, now: datetime) -> Ratio:
    months = months_of(period)
    if (months[0].first, months[-1].last) != (period.first, period.last):
        raise ValueError(f"A measure counts whole months, not {period.first} – {period.last}.")
    return summed(by_month(Reading(months, now)))
