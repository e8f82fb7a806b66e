"""The plan as a page: as it stands, or as an edition kept it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Max, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from office.calendar import OFFICE_TZ, fiscal_year_of
from office.http import StaffRequest
from office.lists import in_its_order
from office.models import Subgroup
from projectplan.measure_words import measure_words, unit_words
from projectplan.models import FrameItem, Plan, PlanEdition, Swot
from projectplan.permissions import may_change_plan, readers_only
from projectplan.pictures import strategy_map_of, swot_picture_of
from projectplan.planshape import Row
from projectplan.snapshot import FRAME, content


def last_number(plan: Plan) -> int:
    """The number of the last edition of a plan that was found here; 0 while there is none."""
    number: int = vars(plan)["last_number"]
    return number


def find_plan(year: int | None) -> Plan:
    """The plan of a fiscal year (B.E.); without one that of this year, else the newest. Else not found."""
    return _chosen(_plans(), year)


def _plans() -> dict[int, Plan]:
    """All plans by fiscal year, the newest first, each with its project and the number of its last edition."""
    rows = Plan.objects.select_related("project").annotate(
        last_number=Coalesce(Max("editions__number"), Value(0))
    )
    return {plan.fiscal_year: plan for plan in in_its_order(rows)}


def _chosen(plans: Mapping[int, Plan], year: int | None) -> Plan:
    wanted = year or fiscal_year_of(timezone.now().astimezone(OFFICE_TZ).date())
    if year is None and wanted not in plans and plans:
        wanted = max(plans)
    if wanted not in plans:
        raise Http404
    return plans[wanted]


@readers_only
@require_GET
def plan(request: StaffRequest, year: int | None = None) -> HttpResponse:
    """The plan of a fiscal year as it stands now; without a plan, what to do about it."""
    plans = _plans()
    if year is None and not plans:
        return render(request, "projectplan/plan/none.html", {"section": "plan"})
    shown = _chosen(plans, year)
    context = page_of_plan(content(shown, depth="activities")) | {
        "plan": shown,
        "years": list(plans),
        "newest": max(plans),
        "may_change": may_change_plan.test(request.user),
    }
    return render(request, "projectplan/plan/plan.html", context)


@readers_only
@require_GET
def edition(request: StaffRequest, year: int, number: int) -> HttpResponse:
    """The plan as an edition kept it; nothing can be changed there."""
    found = PlanEdition.objects.filter(plan__fiscal_year=year, number=number)
    kept = found.select_related("plan", "made_by").first()
    if kept is None:
        raise Http404
    context = page_of_plan(kept.content) | {"plan": kept.plan, "edition": kept}
    return render(request, "projectplan/plan/plan.html", context)


def page_of_plan(said: Row) -> dict[str, Any]:
    """What the page shows of a plan as data."""
    year = said["fiscal_year"]
    return {
        "section": "plan",
        "said": said,
        "year": year,
        "year_before": year - 1,
        "frame": [(FRAME[kind], str(kind.label), said["office"][FRAME[kind]]) for kind in FrameItem.Kind],
        "swot": [
            (quadrant, [line["text"] for line in said["swot"] if line["quadrant"] == quadrant])
            for quadrant in Swot.Quadrant
        ],
        "strategies": [
            (strategy, [_counted(kpi) for kpi in said["kpi"] if kpi["strategy"] == strategy["number"]])
            for strategy in said["strategy"]
        ],
        "works": _works(said, f"result_{year - 1}"),
        **_project(said.get("project"), f"result_{year - 1}"),
        "strategy_map": strategy_map_of(said, _anchor),
        "swot_picture": swot_picture_of(said, _anchor),
    }


def _anchor(part: str) -> str:
    return f"#{part}"


def _counted(row: Row) -> Row:
    return row | {"measure_words": measure_words(row["measure"])}


def _works(said: Row, result: str) -> list[tuple[Subgroup.Code, list[Row]]]:
    """The works by subgroup, each with its result of the year before under one name."""
    found: dict[Subgroup.Code, list[Row]] = {}
    for work in said["work"]:
        more = {
            "results": work.get(result, []),
            "key": f"work-{work['subgroup']}-{work['number']}",
            "unit_words": unit_words(work.get("unit", "")),
        }
        found.setdefault(Subgroup.Code(work["subgroup"]), []).append(_counted(work) | more)
    return list(found.items())


def _project(project: Row | None, result: str) -> dict[str, Any]:
    """The activities, each with its result of the year before under one name, and the project's days."""
    if project is None:
        return {}
    return {
        "activities": [one | {"result": one.get(result, "")} for one in project["activity"]],
        "project_start": date.fromisoformat(project["start"]),
        "project_end": date.fromisoformat(project["end"]),
    }
