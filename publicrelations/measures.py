"""What the plan's indicators count of public relations, by the names that the plan gives them.

Every one is a count over promises, for whole months: those kept in time, those kept late or late by now, and those not
due yet, which are never counted as success. What falls into which month, and why, says `publicrelations.tallies`. Out
of the count are an engagement the head has excused from news, what was cancelled or has no day yet, and foreign papers
that are not for the minister.
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
from publicrelations.tallies import KEEPER

MATTERS = (
    Matter.Kind.ENGAGEMENT,
    Matter.Kind.JOURNAL,
    Matter.Kind.PRESS_CONFERENCE,
    Matter.Kind.FOREIGN_DOCUMENT,
)
"""The four works of public relations in the plan; briefs are put to the minister beside them."""


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

    def of(self, kind: Matter.Kind) -> list[Ratio]:
        """The ratio of each month of one kind of matter."""
        return [counts.ratio for counts in by_month(self.figures[kind], self.months)]


ByMonth = Callable[[Reading], list[Ratio]]


def agenda_by_month(reading: Reading) -> list[Ratio]:
    """Engagements that call for news of which some was published in time, by the month in which they begin."""
    return reading.of(Matter.Kind.ENGAGEMENT)


def journal_by_month(reading: Reading) -> list[Ratio]:
    """Issues of the journal mailed within their month and printed in full."""
    return reading.of(Matter.Kind.JOURNAL)


def press_conferences_by_month(reading: Reading) -> list[Ratio]:
    """Press conferences to which all the media chosen were invited before they began; by that moment."""
    return reading.of(Matter.Kind.PRESS_CONFERENCE)


def foreign_documents_by_month(reading: Reading) -> list[Ratio]:
    """Foreign documents put to the minister in time; by receipt."""
    return reading.of(Matter.Kind.FOREIGN_DOCUMENT)


# ── One figure for one period ───────────────────────────────────────────────────────────────


def agenda_covered(period: Period, now: datetime) -> Ratio:
    """`publicrelations.agenda_covered` of the plan, for whole months; see `agenda_by_month`."""
    return _sum(agenda_by_month, period, now)


def journal_issued(period: Period, now: datetime) -> Ratio:
    """`publicrelations.journal_issued` of the plan, for whole months."""
    return _sum(journal_by_month, period, now)


def press_conferences_coordinated(period: Period, now: datetime) -> Ratio:
    """`publicrelations.press_conferences_coordinated` of the plan, for whole months."""
    return _sum(press_conferences_by_month, period, now)


def foreign_documents_on_time(period: Period, now: datetime) -> Ratio:
    """`publicrelations.foreign_documents_on_time` of the plan, for whole months."""
    return _sum(foreign_documents_by_month, period, now)


def _sum(by_month: ByMonth, period: Period, now: datetime) -> Ratio:
    months = months_of(period)
    if (months[0].first, months[-1].last) != (period.first, period.last):
        raise ValueError(f"A measure counts whole months, not {period.first} – {period.last}.")
    return summed(by_month(Reading(months, now)))
