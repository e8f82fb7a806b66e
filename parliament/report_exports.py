"""The figures of the report on parliament, and the matters behind them, as files for a spreadsheet.

Members of parliament act in public: their names stand in the figures. Nothing that a matter says stands in the list,
neither subject nor text; the telephone numbers and addresses of whoever wrote are in no file at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from office.calendar import Period
from office.models import User
from office.models.matter import matters_visible_to
from office.models.number import number_label
from office.spreadsheets import ROWS_AT_ONCE, Cell, Sheet, csv_lines, moment_cell, workbook
from office.tallies import Counts
from office.thai import format_month
from parliament.reports import Content, Work, choices_of, work_label
from parliament.tallies import BUSINESS, Business, Dimension

Lines = list[tuple[str, str, Counts]]
FIGURES = ("received", "in_time", "late", "pending", "unclosed")


def figures_head() -> list[str]:
    return [
        _("Received"),
        _("In time"),
        _("Late"),
        _("Not due yet"),
        _("Not closed"),
        _("Percent in time"),
    ]


def _figures(counts: Counts) -> list[Cell]:
    percent = counts.ratio.percent
    numbers: list[Cell] = [getattr(counts, name) for name in FIGURES]
    return [*numbers, None if percent is None else float(percent)]


def _sections(report: Content) -> Iterator[tuple[str, Lines]]:
    """Every table of the report: its name, and its rows as main value, value below it, counts."""
    yield _("All work"), [*_of_works(report), (_("The four works of the plan"), "", report.total)]
    for work in report.works:
        if work.lines:
            yield work.label, _of_work(work)
    kinds = {kind.value: work_label(kind) for kind in BUSINESS}
    for name, people in (
        (_("Chamber"), report.chambers),
        (_("Party"), report.parties),
        (_("Member"), report.members),
        (_("Agency"), report.agencies),
    ):
        yield (
            name,
            [(who.label, kinds[kind], counts) for who in people for kind, counts in who.by_kind.items()],
        )
    yield _("Committee"), [(line.label, "", line.counts) for line in report.committees]
    yield _("Constitutional organisations"), [(line.label, "", line.counts) for line in report.bodies]
    language = get_language() or "th"
    months = [
        (format_month(line.month, digits="arabic", language=language), "", line.counts)
        for line in report.trend
    ]
    yield _("Month"), months


def _of_works(report: Content) -> Lines:
    return [(work.label, "", work.total) for work in report.works]


def _of_work(work: Work) -> Lines:
    asides = [(_("Out of the count"), line.label, Counts(line.counts.received)) for line in work.asides]
    return [*((line.label, "", line.counts) for line in work.lines), *asides]


def figures_csv(report: Content) -> Iterator[str]:
    """One long table: which table, value, value below it, then the figures."""
    head: list[Cell] = [_("Table"), _("Value"), _("Value below"), *figures_head()]
    rows = (
        [name, label, below, *_figures(counts)]
        for name, lines in _sections(report)
        for label, below, counts in lines
    )
    return csv_lines([head, *rows])


def figures_xlsx(report: Content) -> bytes:
    """A workbook with one sheet for each table; the first says which period, and when the figures were taken."""
    sheets = [
        Sheet(
            name,
            [name, _("Value below"), *figures_head()],
            [[label, below, *_figures(counts)] for label, below, counts in lines],
        )
        for name, lines in _sections(report)
    ]
    period = report.period.label(get_language() or "th")
    as_of = " ".join((_("Figures as of"), moment_cell(report.as_of)))
    return workbook(sheets, above=[period, as_of])


# ── Matters ─────────────────────────────────────────────────────────────────────────────────


def matters_csv(user: User, period: Period, now: datetime) -> Iterator[str]:
    """One line for each meeting, interpellation, motion, bill at a meeting, consultation and follow-up of the period
    that this person may see: number, kind, dates and standing. Rows are fetched as they are sent."""
    return csv_lines(_matters(user, period, now))


def _matters(user: User, period: Period, now: datetime) -> Iterator[list[Cell]]:
    yield [
        _("Number"),
        _("Work"),
        _("Kind"),
        _("Received on"),
        _("Due"),
        _("Done"),
        _("Standing"),
        _("Why it was late"),
        _("Closed on"),
    ]
    words = {"in_time": _("In time"), "late": _("Late"), "pending": _("Not due yet"), None: _("Not counted")}
    for kind, business in BUSINESS.items():
        kinds = dict(choices_of(kind))
        for row in _rows(business, user, period, now):
            series, number, year, received, closed, which, due, met, why, told_apart = row
            yield [
                number_label(series, number, year),
                work_label(kind),
                kinds.get(told_apart, ""),
                moment_cell(received),
                moment_cell(due),
                moment_cell(met),
                words[which],
                why or "",
                moment_cell(closed),
            ]


def _rows(business: Business, user: User, period: Period, now: datetime) -> Iterator[tuple[Any, ...]]:
    path = "" if business.matter == "pk" else f"{business.matter.removesuffix('_id')}__"
    promise = business.promises().order_by("-pk")
    rows = business.with_standing(period, now).filter(matters_visible_to(user, path))
    rows = rows.annotate(
        was_due=Subquery(promise.values("due_at")[:1]),
        was_met=Subquery(promise.values("met_at")[:1]),
        why_late=Subquery(promise.values("late_reason")[:1]),
    )
    register = [f"{path}{name}" for name in ("series", "number", "year", "received_at", "closed_at")]
    told_apart = business.column(Dimension.KIND) or f"{path}kind"
    columns = [*register, "stands", "was_due", "was_met", "why_late", told_apart]
    yield from rows.order_by("pk").values_list(*columns).iterator(ROWS_AT_ONCE)
