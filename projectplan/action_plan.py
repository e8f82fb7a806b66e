"""The action plan (แผนปฏิบัติการประจำปีงบประมาณ) as a book: what the plan holds, chapter by chapter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from office.calendar import Period, fiscal_year, fiscal_year_of, months_of
from office.chart_text import month_name
from office.figures import figures
from office.models import Report
from office.thai import baht_text, format_long, format_month
from projectplan.models import Kpi, Plan
from projectplan.pictures import strategy_maps_of, swot_picture_of
from projectplan.planshape import Row
from projectplan.snapshot import snapshot


class NoPlan(ObjectDoesNotExist):
    """The fiscal year has no plan, so there is no book of it."""


@dataclass(frozen=True)
class Content:
    """The plan as it stood at `as_of`, in the shape of its file."""

    as_of: datetime
    plan: Row
    is_interim: bool = False

    def as_json(self) -> dict[str, Any]:
        return {"plan": self.plan}


def plan_of(period: Period) -> Plan:
    """The plan of the fiscal year; raises NoPlan."""
    year = fiscal_year_of(period.first)
    plan = Plan.objects.filter(fiscal_year=year).first()
    if plan is None:
        raise NoPlan(_("There is no plan of the fiscal year %(year)s.") % {"year": year})
    return plan


def content(period: Period, now: datetime) -> Content:
    """What the book is made from; raises NoPlan."""
    return Content(as_of=now, plan=snapshot(plan_of(period)))


def paper(report: Report, read: Content) -> str:
    """The whole book as HTML, in the language in force."""
    plan = read.plan
    year = fiscal_year(plan["fiscal_year"])
    context = {
        "title": plan["title"],
        "title_lines": title_lines(plan["title"]),
        "plan": plan,
        "report": report,
        "year": plan["fiscal_year"],
        "year_before": plan["fiscal_year"] - 1,
        "year_words": _("%(first)s to %(last)s")
        % {"first": format_long(year.first), "last": format_long(year.last)},
        "prepared": format_month(date.fromisoformat(f"{plan['prepared']}-01"))
        if plan.get("prepared")
        else "",
        "office_name": settings.OFFICE_NAME,
        "office_parent_name": settings.OFFICE_PARENT_NAME,
        "strategy_maps": strategy_maps_of(plan, _nowhere),
        "swot": swot_picture_of(plan, _nowhere),
        "chapters": chapters_of(plan),
        "subgroups": subgroups_of(plan),
        "frame": frame_of(plan),
        "strategies": strategies_of(plan),
        "project": project_of(plan),
        "months": [month_name(month.first) for month in months_of(year)],
    }
    return render_to_string("projectplan/paper/action_plan.html", context)


# ── What each chapter shows ─────────────────────────────────────────────────────────────────


def _nowhere(_part: str) -> str:
    """On paper no part of a picture leads anywhere."""
    return ""


def title_lines(title: str) -> list[str]:
    """The title as it stands on the cover: the year it is for has a line of its own, as offices write it."""
    before, of_year, rest = title.partition("ประจำปี")
    return [before, of_year + rest] if before and rest else [title]


def chapters_of(plan: Row) -> list[Row]:
    """The numbered chapters: `บทที่ ๑` and its title, with the place that contents lead to."""
    titles = {
        "group": _("The group and its people"),
        "frame": _("Strategic frame of the office"),
        "swot": _("SWOT analysis"),
        "strategies": _("Strategies and indicators"),
        "works": _("Standing work"),
    }
    if "project" in plan:
        titles["project"] = _("The project and its activities")
    return [
        {"anchor": anchor, "number": _("Chapter %(number)s") % {"number": figures(number)}, "title": title}
        for number, (anchor, title) in enumerate(titles.items(), 1)
    ]


def subgroups_of(plan: Row) -> list[Row]:
    """Each subgroup with its people, the head first, and its works with last year's results."""
    result = f"result_{plan['fiscal_year'] - 1}"
    return [
        subgroup
        | {
            "people": sorted(
                (one for one in plan["staff"] if one["subgroup"] == subgroup["code"]),
                key=lambda one: not one.get("head"),
            ),
            "works": [
                work | {"results": work.get(result, [])}
                for work in plan["work"]
                if work["subgroup"] == subgroup["code"]
            ],
        }
        for subgroup in plan["subgroup"]
    ]


def frame_of(plan: Row) -> list[tuple[str, Sequence[str]]]:
    """The lists of the office's frame under their headings."""
    office = plan["office"]
    headings = {
        "missions": _("Missions"),
        "issues": _("Strategic issues"),
        "objectives": _("Objectives"),
        "indicators": _("Indicators of the office"),
        "projects": _("Projects of the office"),
    }
    return [(heading, office[name]) for name, heading in headings.items() if office.get(name)]


def strategies_of(plan: Row) -> list[Row]:
    """Each strategy with its indicators; of each its unit in words and its five levels."""
    units = {unit.value: str(unit.label) for unit in Kpi.Unit}
    return [
        strategy
        | {
            "kpis": [
                kpi | {"unit_words": units[kpi["unit"]]}
                for kpi in plan["kpi"]
                if kpi["strategy"] == strategy["number"]
            ]
        }
        for strategy in plan["strategy"]
    ]


def project_of(plan: Row) -> Row | None:
    """The project with its money in words, and which months of the year each activity takes."""
    if "project" not in plan:
        return None
    project = plan["project"]
    result = f"result_{plan['fiscal_year'] - 1}"
    start, end = date.fromisoformat(project["start"]), date.fromisoformat(project["end"])
    months = [month.first for month in months_of(fiscal_year(plan["fiscal_year"]))]
    activities = []
    for activity in project["activity"]:
        shaded = activity.get("months")
        taken = {date.fromisoformat(f"{one['month']}-01") for one in shaded} if shaded else set(months)
        activities.append(
            activity | {"result": activity.get(result, ""), "shading": [month in taken for month in months]}
        )
    return project | {
        "words": baht_text(Decimal(str(project["budget"]))),
        "start_words": format_long(start),
        "end_words": format_long(end),
        "activities": activities,
    }
