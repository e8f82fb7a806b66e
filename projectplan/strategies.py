"""The indicators of a plan under their strategies, each with its value, its score of 1 to 5 and its light."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from office.calendar import Period, months_of
from projectplan.dashboard import Span, period_before
from projectplan.kpi_figures import KpiFigure, KpiReading
from projectplan.kpi_page import kpi_address, light_words, score_text, value_text
from projectplan.models import Plan, Strategy


@dataclass(frozen=True)
class KpiRow:
    """One indicator in a period beside the period before it; `url` is its own page."""

    figure: KpiFigure
    before: KpiFigure
    url: str

    @property
    def value(self) -> str:
        return value_text(self.figure.kpi, self.figure.value)

    @property
    def value_before(self) -> str:
        return value_text(self.before.kpi, self.before.value)

    @property
    def target(self) -> str:
        return value_text(self.figure.kpi, self.figure.kpi.target)

    @property
    def score(self) -> str:
        return score_text(self.figure.score)

    @property
    def tone(self) -> str:
        return self.figure.tone

    @property
    def words(self) -> str:
        return light_words(self.figure)


@dataclass(frozen=True)
class StrategyRows:
    """A strategy with its indicators in the order of their codes."""

    strategy: Strategy
    rows: Sequence[KpiRow]


def strategies_of(plan: Plan, span: Span, period: Period, now: datetime) -> list[StrategyRows]:
    """Every indicator of the plan for a period. Counted from the tallies, never from the year's rows."""
    kpis = list(plan.kpis.select_related("strategy"))
    before = period_before(span, period)
    reading = KpiReading(kpis, months_of(Period(before.first, period.last)), now)
    rows: dict[Strategy, list[KpiRow]] = {kpi.strategy: [] for kpi in kpis}
    for kpi in kpis:
        figures = reading.figure(kpi, period), reading.kept(kpi, before)
        rows[kpi.strategy].append(KpiRow(*figures, kpi_address(kpi, span, period)))
    return [StrategyRows(strategy, found) for strategy, found in rows.items()]
