"""The indicators of a period as a file, as their page shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from office.calendar import Period
from office.list_export import ListFile
from office.spreadsheets import Cell
from projectplan.models import Kpi
from projectplan.strategies import KpiRow, StrategyRows


def indicator_file(strategies: Sequence[StrategyRows], period: Period) -> ListFile:
    """The indicators under their strategies, numbers as numbers."""
    shown = {row.figure.kpi.pk: row for one in strategies for row in one.rows}

    def rows(keys: Sequence[int]) -> Iterator[list[Cell]]:
        return (_line(shown[key]) for key in keys)

    head = [
        _("Strategy"),
        _("Code"),
        _("Indicator"),
        _("Unit"),
        _("Target"),
        _("Value"),
        _("Period before"),
        _("Score"),
    ]
    name = f"indicators-{period.first:%Y-%m}-{period.last:%Y-%m}"
    return ListFile(Kpi, name, head, list(shown), rows)


def _line(row: KpiRow) -> list[Cell]:
    kpi = row.figure.kpi
    numbers = (kpi.target, row.figure.value, row.before.value, row.figure.score)
    words: list[Cell] = [kpi.strategy.name, kpi.code, kpi.name, str(kpi.get_unit_display())]
    return [*words, *map(_number, numbers)]


def _number(value: Decimal | None) -> Cell:
    return None if value is None else float(value)
