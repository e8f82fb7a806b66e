"""The measures of the plan's own room: each counts a fiscal year up to a moment and says what its figure is made of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from projectplan import measures_agreements, measures_books, measures_results
from projectplan.measured import Counting, Measured, ask
from projectplan.models import Kpi
from projectplan.scoring import score

PERCENT_LEVELS: Final = tuple(Decimal(percent) for percent in (60, 70, 80, 90, 100))
"""By which a percentage becomes a level of success, where an indicator is agreed in levels (KPI 3)."""


@dataclass(frozen=True)
class OwnMeasure:
    """How it counts, and in which unit of an indicator it answers; other units (a number of reports) have none."""

    count: Counting
    unit: str = ""
    levels: tuple[Decimal, ...] = PERCENT_LEVELS
    """The percentages of levels 1–5, where the indicator is agreed in levels."""

    def value_in(self, unit: str, value: Decimal | None) -> Decimal | None:
        """The value in an indicator's unit: a percentage as the level it reaches, a level as percent of five."""
        if value is None or unit == self.unit or not self.unit:
            return value
        if unit == Kpi.Unit.LEVEL:
            return score(value, self.levels)
        return value * 100 / 5


OWN: Final[dict[str, OwnMeasure]] = {
    "projectplan.seminar_satisfaction": OwnMeasure(measures_results.seminar_satisfaction, Kpi.Unit.LEVEL),
    "projectplan.survey_satisfaction": OwnMeasure(measures_results.survey_satisfaction, Kpi.Unit.PERCENT),
    "projectplan.individual_kpis_in_place": OwnMeasure(
        measures_agreements.individual_kpis_in_place, Kpi.Unit.PERCENT, measures_agreements.LEVELS
    ),
    "projectplan.training_per_person": OwnMeasure(measures_results.training_per_person),
    "projectplan.reports_published": OwnMeasure(measures_books.reports_published),
}


def count_all(names: Collection[str], year_be: int, now: datetime) -> dict[str, Measured]:
    """What these measures come to in a fiscal year (B.E.), as it stands at a moment; one query."""
    found = ask([(name, OWN[name].count.counts(year_be, now)) for name in names])
    return {name: OWN[name].count.comes_to(counts, year_be, now) for name, counts in found.items()}
