"""The calendar of the project: which months each activity takes and what they are to cost, as read, typed and kept."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from office.baht_field import BahtFormField
from office.calendar import Period, fiscal_year, months_of
from office.chart_text import month_name
from office.figures import figures
from office.thai import format_baht
from projectplan.ledger import lock
from projectplan.models import Activity, ActivityMonth, Milestone, Project
from projectplan.writing import spread

ZERO = Decimal("0.00")


@dataclass
class Cell:
    """A month of an activity: taken or not, what is typed as its cost, what must be reached in it."""

    month: Period
    name: str
    is_taken: bool
    typed: str
    milestones: Sequence[tuple[Milestone, bool]] = ()
    is_first: bool = False
    is_last: bool = False

    @property
    def short(self) -> str:
        return month_name(self.month.first)


@dataclass
class Row:
    """An activity with its twelve months; `fault` is what is wrong with what was typed."""

    activity: Activity
    cells: list[Cell]
    fault: str = ""
    planned: Decimal = field(default=ZERO)

    @property
    def is_without_money(self) -> bool:
        return not self.activity.budget


def rows_of(project: Project, today: date) -> list[Row]:
    """The calendar as it is kept. Three queries."""
    kept: dict[int, dict[date, Decimal]] = defaultdict(dict)
    for month in ActivityMonth.objects.filter(activity__project=project):
        kept[month.activity_id][month.first_on] = month.planned
    milestones: dict[int, list[Milestone]] = defaultdict(list)
    for one in Milestone.objects.filter(activity__project=project):
        milestones[one.activity_id].append(one)
    months = months_of(fiscal_year(project.plan.fiscal_year))
    rows = []
    for activity in project.activities.all():
        planned = kept[activity.pk]
        cells = [
            _cell(activity, month, month.first in planned, _shown(planned.get(month.first)))
            for month in months
        ]
        for cell in cells:
            cell.milestones = [
                (one, one.is_late(today))
                for one in milestones[activity.pk]
                if cell.month.first <= one.due_on <= cell.month.last
            ]
        rows.append(Row(activity, _edged(cells), planned=sum(planned.values(), ZERO)))
    return rows


def _cell(activity: Activity, month: Period, is_taken: bool, typed: str) -> Cell:
    return Cell(month, f"{activity.pk}-{month.first:%Y%m}", is_taken, typed)


def _edged(cells: list[Cell]) -> list[Cell]:
    """Where a bar of taken months begins and ends."""
    for before, cell, after in zip([None, *cells], cells, [*cells[1:], None], strict=False):
        cell.is_first = cell.is_taken and not (before and before.is_taken)
        cell.is_last = cell.is_taken and not (after and after.is_taken)
    return cells


def _shown(amount: Decimal | None) -> str:
    if not amount:
        return ""
    return figures(f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}")


def edition_of(rows: Sequence[Row]) -> str:
    """Of the calendar as it is kept: another one when somebody has changed it meanwhile."""
    kept = [[(cell.name, cell.is_taken, cell.typed) for cell in row.cells] for row in rows]
    return hashlib.sha256(repr([(get_language(), kept)]).encode()).hexdigest()[:32]


def typed_into(rows: list[Row], data: Mapping[str, Any]) -> bool:
    """Read what was sent into the rows, with what is wrong beside each; whether all of it is right."""
    for row in rows:
        for cell in row.cells:
            cell.is_taken = f"m-{cell.name}" in data
            cell.typed = str(data.get(f"p-{cell.name}", ""))
        _edged(row.cells)
        row.fault = _fault(row)
    return not any(row.fault for row in rows)


def _fault(row: Row) -> str:
    taken = [cell for cell in row.cells if cell.is_taken]
    try:
        planned = _amounts(row)
    except (ValidationError, InvalidOperation):
        return _("Write each sum in figures, such as 1,250.50, and none below zero.")
    row.planned = sum(planned.values(), ZERO)
    if any(cell.typed.strip() and not cell.is_taken for cell in row.cells) and _is_money_outside(row):
        return _("There is money in a month that is not ticked.")
    if row.activity.budget and not taken:
        return _("Tick at least one month.")
    if row.planned != row.activity.budget:
        words = _("The months add up to %(sum)s baht; the activity has %(budget)s baht.")
        return words % {"sum": _words(row.planned), "budget": _words(row.activity.budget)}
    return ""


def _is_money_outside(row: Row) -> bool:
    number = BahtFormField(required=False)
    return any(number.clean(cell.typed) for cell in row.cells if not cell.is_taken)


def _amounts(row: Row) -> dict[date, Decimal]:
    """What each taken month is to cost; where none is written, the budget is spread evenly. Raises ValidationError."""
    taken = [cell for cell in row.cells if cell.is_taken]
    if not taken:
        return {}
    if not any(cell.typed.strip() for cell in taken):
        shares = spread(row.activity.budget, len(taken))
        return {cell.month.first: share for cell, share in zip(taken, shares, strict=True)}
    number = BahtFormField(required=False, min_value=ZERO)
    return {cell.month.first: number.clean(cell.typed) or ZERO for cell in taken}


def _words(amount: Decimal) -> str:
    return format_baht(amount, language=get_language() or "th")


class ChangedMeanwhile(Exception):
    """Somebody has kept another calendar since this one was opened."""


def keep(project: Project, rows: Sequence[Row], edition: str, today: date) -> None:
    """Keep the calendar that was typed, if nobody kept another since it was opened. Raises ChangedMeanwhile."""
    with transaction.atomic():
        lock(project)
        if edition_of(rows_of(project, today)) != edition:
            raise ChangedMeanwhile
        ActivityMonth.objects.filter(activity__project=project).delete()
        ActivityMonth.objects.bulk_create(
            ActivityMonth(activity=row.activity, first_on=first_on, planned=planned)
            for row in rows
            for first_on, planned in _amounts(row).items()
        )
