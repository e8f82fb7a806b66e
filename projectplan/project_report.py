"""The report on the project (สรุปรายงานโครงการ) as a book: each activity with its target, its result and its money."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from office.calendar import Period, fiscal_year_of, month_of, months_of
from office.chart_text import month_name
from office.figures import figures, percent_text, plain
from office.models import Report
from office.ratio import Ratio, summed
from office.thai import baht_text, format_long
from projectplan import budget
from projectplan.action_plan import plan_of
from projectplan.book_content import BookContent, frame_of
from projectplan.budget import ActivityBudget
from projectplan.measures import ratios_by_month
from projectplan.models import Seminar
from projectplan.own_measures import OWN
from projectplan.planshape import Row


def content(period: Period, now: datetime) -> BookContent:
    """Read the project of a fiscal year; raises NoPlan, and Project.DoesNotExist where the plan has none."""
    project = plan_of(period).project
    money = budget.overview(project, now)
    measures = {one.activity.measure for one in money.activities}
    ratios = ratios_by_month(measures, months_of(period), now)
    counted = {name: summed(by_month.values()) for name, by_month in ratios.items()}
    data: Row = {
        "name": project.name,
        "start": format_long(project.start_on),
        "end": format_long(project.end_on),
        "activities": [_activity(one, counted, period, now) for one in money.activities],
        "months": [
            {"month": month_name(one.first_on), "planned": str(one.planned), "paid": str(one.paid)}
            for one in money.months
            if month_of(one.first_on).starts_at <= now
        ],
        "seminars": _seminars(period),
    }
    data |= {name: str(getattr(money, name)) for name in AMOUNTS}
    return BookContent(as_of=now, is_interim=now < period.ends_at, data=data)


AMOUNTS = ("budget", "committed", "paid", "left")


def _activity(one: ActivityBudget, counted: dict[str, Ratio], period: Period, now: datetime) -> Row:
    """Its target and threshold beside what was reached, and its money."""
    activity = one.activity
    row: Row = {name: getattr(activity, name) for name in ("number", "name", "target", "indicator")}
    row |= {"threshold": str(activity.threshold), "result": None, "parts": ""}
    row["is_percent"] = activity.measure in counted
    if activity.measure in counted:
        ratio = counted[activity.measure]
        row |= {"result": _text(ratio.percent), "parts": _parts(ratio)}
    elif activity.measure in OWN:
        measured = OWN[activity.measure].count(fiscal_year_of(period.first), now)
        row |= {"result": _text(measured.value), "parts": measured.parts}
    return row | {name: str(getattr(one, name)) for name in AMOUNTS}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _parts(ratio: Ratio) -> str:
    return _("in time %(in_time)s, late %(late)s, not due yet %(pending)s") % {
        "in_time": figures(ratio.in_time),
        "late": figures(ratio.late),
        "pending": figures(ratio.pending),
    }


def _seminars(period: Period) -> list[Row]:
    """The seminars that ended in the year; of those who took part only how many."""
    rows = Seminar.objects.filter(ends_on__range=(period.first, period.last)).order_by("starts_on")
    return [
        {
            "title": one.title,
            "place": one.place,
            "start": format_long(one.starts_on),
            "end": format_long(one.ends_on),
            "people": one.participants.count(),
        }
        for one in rows
    ]


def paper(report: Report, read: BookContent) -> str:
    """The whole book as HTML, in the language in force."""
    context = frame_of(_("Report on the project"), report, read) | {
        "project": _with_amounts(read.data)
        | {
            "words": baht_text(Decimal(read.data["paid"])),
            "activities": [_as_printed(activity) for activity in read.data["activities"]],
            "months": [
                month | {name: Decimal(month[name]) for name in ("planned", "paid")}
                for month in read.data["months"]
            ],
        },
    }
    return render_to_string("projectplan/paper/project_report.html", context)


def _as_printed(activity: Row) -> Row:
    """An activity with its figures as they are written."""
    result = None if activity["result"] is None else Decimal(activity["result"])
    words = percent_text(result) if activity["is_percent"] else _plain(result)
    threshold = _plain(Decimal(activity["threshold"]))
    return _with_amounts(activity) | {"result": words, "threshold": threshold}


def _plain(value: Decimal | None) -> str:
    return "–" if value is None else figures(plain(value))


def _with_amounts(row: Row) -> Row:
    return row | {name: Decimal(row[name]) for name in AMOUNTS}
