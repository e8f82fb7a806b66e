"""What an indicator comes to in a period: the one place that answers, whatever it is counted by.

A percentage is what was in time of what is decided; what is not due yet stands apart. A measure of the plan's own room
counts its fiscal year up to the period's end; an entered value holds until a later month has another. An indicator
with parts is the mean of their scores by their weights.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.utils.functional import cached_property

from office.calendar import Period, fiscal_year, fiscal_year_of, month_of, months_of
from office.ratio import Ratio, summed
from projectplan.measured import Measured
from projectplan.measures import MEASURES, Measure, ratios_by_month
from projectplan.models import FrozenValue, Kpi, KpiEntry
from projectplan.own_measures import OWN, count_all
from projectplan.scoring import light, roll_up, score


@dataclass(frozen=True)
class KpiFigure:
    """The value of an indicator for a period in its unit, its score of 1–5, and what both are made of."""

    kpi: Kpi
    value: Decimal | None = None
    score: Decimal | None = None
    ratio: Ratio | None = None
    own: Measured | None = None
    parts: tuple[KpiFigure, ...] = ()

    @property
    def measure(self) -> Measure | None:
        """By which a room counts it; None of what is entered, rolled up or counted by the plan's own room."""
        return MEASURES.get(self.kpi.measure)

    @property
    def reachable(self) -> Decimal | None:
        """The highest value still reachable, in percent: as if all that is not due yet were in time."""
        if self.ratio is None or not self.ratio.total:
            return None
        return highest_of(self.ratio)

    @property
    def tone(self) -> str:
        """`ok`, `soon` or `late` against the target; nothing while nothing is decided."""
        value = self.value if self.ratio is None else self.ratio.exact
        falls = self.kpi.direction == Kpi.Direction.LOWER
        return light(value, self.kpi.target, is_lower_better=falls)


class Frozen(NamedTuple):
    """What was kept of an indicator at the end of a month."""

    value: Decimal | None
    score: Decimal | None


def highest_of(ratio: Ratio) -> Decimal:
    """In time of every hundred, to one decimal, when all that is not due yet comes in time; something must be there."""
    best = Ratio(ratio.in_time + ratio.pending, ratio.late)
    return best.percent or Decimal(0)


class KpiReading:
    """The indicators of a plan with all that their values are made of, fetched once for some months in a row.

    One query for each room and what it counts together, one for the entered values, one for the frozen ones.
    """

    def __init__(
        self,
        kpis: Sequence[Kpi],
        months: Sequence[Period],
        now: datetime,
        *,
        also: Collection[str] = (),
        in_passing: bool = False,
    ) -> None:
        """`also` names measures that are wanted besides, those of the standing works. `in_passing` never counts a tally
        anew, and reads each row at most once."""
        self.kpis = list(kpis)
        self.months = list(months)
        self.now = now
        wanted = {*(kpi.measure for kpi in self.kpis), *also}
        self.ratios = ratios_by_month(wanted, self.months, now, in_passing=in_passing)
        self.entered = self._entered()
        self._own: dict[tuple[str, int, datetime], Measured] = {}

    def figure(self, kpi: Kpi, period: Period) -> KpiFigure:
        """What an indicator comes to in a period of whole months, all of them among those fetched."""
        return self._figure(kpi, period, self._counted_own)

    def kept(self, kpi: Kpi, period: Period) -> KpiFigure:
        """What an indicator came to in a past period, the plan's own measures as they were frozen at its end."""
        return self._figure(kpi, period, self._kept_own)

    def reported(self, kpi: Kpi, period: Period) -> KpiFigure:
        """What a report of a period states: the plan's own measures as they were frozen at its end, and where nothing
        was frozen as they stood then."""
        return self._figure(kpi, period, self._reported_own)

    def trend(self, kpi: Kpi, months: Sequence[Period]) -> list[Decimal | None]:
        """The value of each month. Of the plan's own measures past months are as they were frozen, for they cannot be
        counted backwards."""
        return [self.kept(kpi, month).value for month in months]

    def _figure(self, kpi: Kpi, period: Period, own: Callable[[Kpi, Period], KpiFigure]) -> KpiFigure:
        if kpi.measure in self.ratios:
            return self._of_ratio(kpi, period)
        if kpi.measure == Kpi.ROLLUP:
            return self._of_parts(kpi, period, own)
        if kpi.measure == Kpi.MANUAL:
            return self._of_entry(kpi, period)
        return own(kpi, period) if kpi.measure in OWN else KpiFigure(kpi)

    def _of_ratio(self, kpi: Kpi, period: Period) -> KpiFigure:
        by_month = self.ratios[kpi.measure]
        ratio = summed(by_month[month.first] for month in months_of(period))
        return KpiFigure(kpi, ratio.percent, score(ratio.percent, kpi.levels), ratio=ratio)

    def _of_parts(self, kpi: Kpi, period: Period, own: Callable[[Kpi, Period], KpiFigure]) -> KpiFigure:
        parts = tuple(self._figure(part, period, own) for part in self.kpis if part.parent_id == kpi.pk)
        rolled = roll_up((part.score, part.kpi.weight) for part in parts)
        return KpiFigure(kpi, rolled, score(rolled, kpi.levels), parts=parts)

    def _of_entry(self, kpi: Kpi, period: Period) -> KpiFigure:
        first = fiscal_year(fiscal_year_of(period.first)).first
        months = self.entered.get(kpi.code, {}).items()
        value = next((value for month, value in months if first <= month <= period.last), None)
        return KpiFigure(kpi, value, score(value, kpi.levels))

    def _counted_own(self, kpi: Kpi, period: Period) -> KpiFigure:
        measured = self._measured(kpi.measure, fiscal_year_of(period.first), min(self.now, period.ends_at))
        value = _rounded(OWN[kpi.measure].value_in(kpi.unit, measured.value))
        return KpiFigure(kpi, value, score(value, kpi.levels), own=measured)

    def _kept_own(self, kpi: Kpi, period: Period) -> KpiFigure:
        if period.ends_at > self.now:
            return self._counted_own(kpi, period)
        return self._frozen_own(kpi, period) or KpiFigure(kpi)

    def _reported_own(self, kpi: Kpi, period: Period) -> KpiFigure:
        is_over = period.ends_at <= self.now
        return (self._frozen_own(kpi, period) if is_over else None) or self._counted_own(kpi, period)

    def _frozen_own(self, kpi: Kpi, period: Period) -> KpiFigure | None:
        frozen = self._own_frozen.get((kpi.code, month_of(period.last).first))
        return KpiFigure(kpi, frozen.value, frozen.score) if frozen else None

    def _measured(self, name: str, year: int, at: datetime) -> Measured:
        key = name, year, at
        if key not in self._own:
            wanted = {kpi.measure for kpi in self.kpis if kpi.measure in OWN}
            for one, measured in count_all(wanted, year, at).items():
                self._own[one, year, at] = measured
        return self._own[key]

    def _entered(self) -> dict[str, dict[date, Decimal]]:
        """The entered values that hold, by code and month, the latest month first: of each month the newest edition."""
        codes = [kpi.code for kpi in self.kpis if kpi.measure == Kpi.MANUAL]
        if not codes or not self.months:
            return {}
        first = fiscal_year(fiscal_year_of(self.months[0].first)).first
        rows = KpiEntry.objects.filter(kpi__code__in=codes, month__range=(first, self.months[-1].last))
        found: dict[str, dict[date, Decimal]] = {}
        for code, month, value in rows.order_by("-month", "-edition").values_list(
            "kpi__code", "month", "value"
        ):
            found.setdefault(code, {}).setdefault(month, value)
        return found

    @cached_property
    def frozen(self) -> dict[tuple[str, date], Frozen]:
        """What the newest edition keeps of each frozen month, by code and first day."""
        return self._frozen_of(self.kpis)

    @cached_property
    def _own_frozen(self) -> dict[tuple[str, date], Frozen]:
        """The same of the plan's own measures alone: the others are counted backwards as well."""
        return self._frozen_of([kpi for kpi in self.kpis if kpi.measure in OWN])

    def _frozen_of(self, kpis: Sequence[Kpi]) -> dict[tuple[str, date], Frozen]:
        if not kpis or not self.months:
            return {}
        codes, span = [kpi.code for kpi in kpis], (self.months[0].first, self.months[-1].first)
        rows = FrozenValue.objects.filter(kpi__code__in=codes, month__range=span).order_by("edition")
        shown = rows.values_list("kpi__code", "month", "value", "score")
        return {(code, month): Frozen(*kept) for code, month, *kept in shown}


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.01"), ROUND_HALF_UP)
