"""The annual report of the group (รายงานประจำปี) as a book: what was done in a fiscal year, counted from the registers.

Nothing is taken from what a plan says of its year before: every figure is counted as the rooms' own reports count it.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Final

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from office import charts
from office.calendar import Period, fiscal_year, fiscal_year_of, months_of
from office.figures import percent_text
from office.models import Report
from office.ratio import Ratio
from office.reporting import FIRST_FISCAL_YEAR
from office.thai import baht_text, format_long
from projectplan import budget
from projectplan.book_content import BookContent, frame_of
from projectplan.counted_results import Counted, results
from projectplan.dashboard import Board, Span, board, plan_for
from projectplan.kpi_page import score_text, unit_text
from projectplan.measures_results import seminar_satisfaction, survey_satisfaction
from projectplan.models import Plan, Project
from projectplan.planshape import Row
from projectplan.strategies import strategies_of
from projectplan.training_counts import training_year
from publicrelations.models import Journal

JOURNAL: Final = "publicrelations.journal_issued"


def content(period: Period, now: datetime) -> BookContent:
    """Count the year. What the system has no plan for is reported under the newest one's works."""
    year = fiscal_year_of(period.first)
    plan = plan_for(year)
    data: Row = {"fiscal_year": year, "works": [], "kpis": []}
    if plan:
        shown = board(plan, Span.YEAR, period, now, opens=())
        data |= {"title": plan.title, "works": _works(shown, year, now), "kpis": _kpis(plan, period, now)}
        data["late"] = [work["name"] for work in data["works"] if work["late"]]
    data |= {"training": _training(year, now), "surveys": _surveys(year, now), "money": _money(year, now)}
    return BookContent(as_of=now, is_interim=now < period.ends_at, data=data)


def _works(shown: Board, year: int, now: datetime) -> list[Row]:
    """Each standing work: what was counted in the year and in the one before, and how much of it in time."""
    counted, before = (Counted(fiscal_year(one), now) for one in (year, year - 1))
    has_before = year > FIRST_FISCAL_YEAR
    works = []
    for line in shown.works:
        ratio = line.card.ratio if line.card else Ratio()
        measure = line.work.measure
        works.append(
            {
                "subgroup": line.work.subgroup.name,
                "number": line.work.number,
                "name": line.work.name,
                "indicator": line.work.indicator,
                "target": line.card.standing if line.card else "",
                "percent": percent_text(ratio.percent),
                "in_time": ratio.in_time,
                "late": ratio.late,
                "pending": ratio.pending,
                "results": results(counted, measure, line.work.results),
                "before": results(before, measure, line.work.results) if has_before else [],
                "issues": _issues(year) if measure == JOURNAL else 0,
                "trend": [float(one.percent) if one.percent is not None else None for one in line.card.trend]
                if line.card
                else [],
            }
        )
    return works


def _issues(year: int) -> int:
    """How many issues of the journal were mailed in the year."""
    period = fiscal_year(year)
    return Journal.objects.filter(month__range=(period.first, period.last), mailed_at__isnull=False).count()


def _kpis(plan: Plan, period: Period, now: datetime) -> list[Row]:
    return [
        {
            "code": row.figure.kpi.code,
            "name": row.figure.kpi.name,
            "strategy": one.strategy.name,
            "unit": row.figure.kpi.unit,
            "target": str(row.figure.kpi.target),
            "value": _text(row.figure.value),
            "score": _text(row.figure.score),
            "words": row.words,
        }
        for one in strategies_of(plan, Span.YEAR, period, now)
        for row in one.rows
    ]


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _training(year: int, now: datetime) -> Row:
    counted = training_year(year, now)
    return {
        "total": counted.total,
        "people": len(counted.counted),
        "mean": f"{counted.mean:.1f}" if counted.mean is not None else "",
        "least": counted.least,
    }


def _surveys(year: int, now: datetime) -> list[Row]:
    asked = [
        (_("Satisfaction with the seminar, of 5"), seminar_satisfaction(year, now)),
        (_("Executives' satisfaction with public relations, in percent"), survey_satisfaction(year, now)),
    ]
    return [
        {"name": name, "value": str(one.value) if one.value is not None else "", "parts": one.parts}
        for name, one in asked
    ]


def _money(year: int, now: datetime) -> Row | None:
    """The project's money, activity by activity; None where the year has no project."""
    project = Project.objects.filter(plan__fiscal_year=year).select_related("plan").first()
    if project is None:
        return None
    money = budget.overview(project, now)
    return {
        "name": project.name,
        "budget": str(money.budget),
        "paid": str(money.paid),
        "left": str(money.left),
        "activities": [
            {
                "number": one.activity.number,
                "name": one.activity.name,
                "budget": str(one.budget),
                "paid": str(one.paid),
                "left": str(one.left),
            }
            for one in money.activities
        ],
    }


# ── Paper ───────────────────────────────────────────────────────────────────────────────────


def paper(report: Report, read: BookContent) -> str:
    """The whole book as HTML, in the language in force."""
    year = read.data["fiscal_year"]
    money = read.data["money"]
    period = fiscal_year(year)
    context = frame_of(_("Annual report of the group"), report, read) | {
        "year": year,
        "year_before": year - 1,
        "subgroups": _by_subgroup(read.data["works"]),
        "pending": [work for work in read.data["works"] if work["pending"]],
        "kpis": [_kpi_line(kpi) for kpi in read.data["kpis"]],
        "money": _in_words(money) if money else None,
        "chart": charts.bar_chart(_("What was done in the year"), _counted_rows(read.data["works"])),
        "first_day": format_long(period.first),
        "last_day": format_long(months_of(period)[-1].last),
    }
    return render_to_string("projectplan/paper/group_annual.html", context)


def _kpi_line(kpi: Row) -> Row:
    """An indicator as it is printed."""
    value, score = (None if kpi[name] is None else Decimal(kpi[name]) for name in ("value", "score"))
    target = unit_text(kpi["unit"], Decimal(kpi["target"]))
    return kpi | {"target": target, "value": unit_text(kpi["unit"], value), "score": score_text(score)}


def _by_subgroup(works: list[Row]) -> list[tuple[str, list[Row]]]:
    found: dict[str, list[Row]] = {}
    for work in works:
        found.setdefault(work["subgroup"], []).append(work)
    return list(found.items())


def _counted_rows(works: list[Row]) -> list[tuple[str, int]]:
    """What was counted, the copies of an issue left out: they are no work of their own."""
    return [
        (one["label"], one["count"])
        for work in works
        if not work["issues"]
        for one in work["results"]
        if one["count"]
    ]


def _in_words(money: Row) -> Row:
    def amounts(row: Row) -> Row:
        return {name: Decimal(row[name]) for name in ("budget", "paid", "left")}

    return (
        money
        | amounts(money)
        | {
            "words": baht_text(Decimal(money["paid"])),
            "activities": [activity | amounts(activity) for activity in money["activities"]],
        }
    )
