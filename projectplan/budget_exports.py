"""The ledger and the budget table as files for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from office.spreadsheets import Cell, Sheet, moment_cell, workbook
from office.thai import format_numeric
from projectplan.budget import BudgetOverview
from projectplan.models import Activity, BudgetEntry


def ledger_workbook(activity: Activity, entries: Iterable[BudgetEntry]) -> bytes:
    """The ledger of an activity, the oldest entry first."""
    head = [
        _("Document number"),
        _("Payee"),
        _("Date of the document"),
        _("Kind"),
        _("From the activity"),
        _("To the activity"),
        _("Amount in baht"),
        _("State"),
        _("Entered by"),
        _("Entered at"),
        _("Decided by"),
        _("Decided at"),
        _("Note"),
    ]
    above = [activity.name, activity.project.name]
    return workbook([Sheet(_("Ledger"), head, _lines(entries))], above=above)


def _lines(entries: Iterable[BudgetEntry]) -> Iterator[list[Cell]]:
    for one in entries:
        day = format_numeric(one.dated_on, digits="arabic", language=get_language() or "th")
        yield [
            one.document_number,
            one.payee,
            day,
            one.get_kind_display(),
            one.activity.name,
            one.to_activity.name if one.to_activity else "",
            float(one.amount),
            one.get_state_display(),
            str(one.entered_by),
            moment_cell(one.entered_at),
            str(one.decided_by or ""),
            moment_cell(one.decided_at),
            one.note,
        ]


def budget_workbook(budget: BudgetOverview) -> bytes:
    """The budget table: one line for each activity, and their sum."""
    head = [
        _("Activity"),
        _("Target"),
        _("Budget"),
        _("Allocated"),
        _("Waits for approval"),
        _("Committed"),
        _("Paid"),
        _("Money left"),
        _("Forecast of the year's end"),
    ]
    rows: list[list[Cell]] = [
        [f"{one.activity.number}. {one.activity.name}", one.activity.target, *_sums(one)]
        for one in budget.activities
    ]
    rows.append([_("Together"), "", *_sums(budget)])
    return workbook([Sheet(_("Budget"), head, rows)], above=[budget.project.name])


def _sums(part: object) -> list[Cell]:
    names = ("budget", "allocated", "reserved", "committed", "paid", "left")
    sums: list[Cell] = [float(getattr(part, name)) for name in names]
    return [*sums, float(part.forecast.at_year_end)]  # type: ignore[attr-defined]
