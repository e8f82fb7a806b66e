"""A plan as data, in the shape of the plan file: what an edition keeps, what is compared, exported, carried on."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final, Literal

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from office.models import Role, Subgroup, User
from projectplan.models import Activity, FrameItem, Kpi, Plan, Project, Swot, Work
from projectplan.planshape import Row

FRAME: Final = {
    FrameItem.Kind.MISSION: "missions",
    FrameItem.Kind.ISSUE: "issues",
    FrameItem.Kind.OBJECTIVE: "objectives",
    FrameItem.Kind.INDICATOR: "indicators",
    FrameItem.Kind.PROJECT: "projects",
}
"""Which list of the file's [office] holds the lines of a kind."""
Depth = Literal["heading", "activities", "months"]
"""How much of the project is read."""
WITHIN: Final = (
    "strategies__programmes",
    Prefetch("kpis", Kpi.objects.select_related("strategy")),
    Prefetch("works", Work.objects.select_related("subgroup")),
    "works__responsible",
)
ITS_APP: Final = {
    Subgroup.Code.POLITICS: "parliament",
    Subgroup.Code.PUBLIC_RELATIONS: "publicrelations",
    Subgroup.Code.COMPLAINTS: "complaints",
}


def content(plan: Plan, *, depth: Depth = "months") -> Row:
    """All that the plan says, as its file would: heading, frame, SWOT, strategies, indicators, works, project; of the
    project as deep as is asked for, as few pages need its months."""
    prefetch_related_objects([plan], *WITHIN)
    row: Row = {name: getattr(plan, name) for name in ("fiscal_year", "title", "unit", "parent_unit")}
    if plan.prepared_on:
        row["prepared"] = f"{plan.prepared_on:%Y-%m}"
    row |= _lines(plan)
    row["strategy"] = [
        {"number": one.number, "name": one.name}
        | _if_any("programmes", [programme.name for programme in one.programmes.all()])
        for one in plan.strategies.all()
    ]
    row["kpi"] = [_kpi(kpi) for kpi in sorted(plan.kpis.all(), key=_place_of_code)]
    row["work"] = [_work(work, plan.fiscal_year) for work in plan.works.all()]
    project: Project | None = getattr(plan, "project", None)
    if project:
        row["project"] = _project(project, plan.fiscal_year, depth)
    return row


def snapshot(plan: Plan) -> Row:
    """The same with the subgroups and the people whom the file names, so that it can be loaded elsewhere."""
    row = content(plan)
    heading = {name: row.pop(name) for name in list(row) if not isinstance(row[name], list | dict)}
    return heading | {"subgroup": _subgroups(), "staff": _staff(plan)} | row


def amount(value: Decimal) -> int | float:
    """A figure as a file writes it: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def _if_any(name: str, values: Any) -> Row:
    return {name: values} if values else {}


def _place_of_code(kpi: Kpi) -> list[int]:
    """1.10 comes after 1.9."""
    return [int(part) if part.isdecimal() else 0 for part in kpi.code.split(".")]


def _lines(plan: Plan) -> Row:
    """The lines of the frame and of the SWOT analysis, which one query finds together."""
    frame = FrameItem.objects.filter(plan=plan).order_by().values_list("kind", "number", "text")
    swot = Swot.objects.filter(plan=plan).order_by().values_list("quadrant", "number", "text")
    office: Row = {"vision": plan.vision, "goal": plan.goal} | {name: [] for name in FRAME.values()}
    lines = []
    for kind, _number, text in sorted(frame.union(swot, all=True)):
        if kind in FrameItem.Kind:
            office[FRAME[FrameItem.Kind(kind)]].append(text)
        else:
            lines.append({"quadrant": kind, "text": text})
    return {"office": office, "swot": lines}


def _kpi(kpi: Kpi) -> Row:
    return {
        "code": kpi.code,
        "strategy": kpi.strategy.number,
        "name": kpi.name,
        "unit": kpi.unit,
        "measure": kpi.measure,
        "target": amount(kpi.target),
        "weight": amount(kpi.weight),
        "direction": kpi.direction,
        "levels": [amount(level) for level in kpi.levels],
    }


def _work(work: Work, year: int) -> Row:
    row: Row = {"subgroup": work.subgroup.code, "number": work.number, "name": work.name}
    row |= _if_any("kinds", work.kinds) | {"target": work.target}
    if work.unit != "percent":
        row["unit"] = work.unit
    row["indicator"] = work.indicator
    row |= _if_any("quality", work.quality) | _if_any("recipients", work.recipients)
    row["measure"] = work.measure
    row["responsible"] = [str(person) for person in sorted(work.responsible.all(), key=lambda one: one.pk)]
    return row | _if_any(f"result_{year - 1}", work.results)


def _project(project: Project, year: int, depth: Depth) -> Row:
    row: Row = {
        "name": project.name,
        "budget": amount(project.budget),
        "start": project.start_on.isoformat(),
        "end": project.end_on.isoformat(),
        "activity": [],
    }
    if depth != "heading":
        prefetch_related_objects([project], "activities__months" if depth == "months" else "activities")
        row["activity"] = [
            _activity(activity, year, depth == "months") for activity in project.activities.all()
        ]
    return row


def _activity(activity: Activity, year: int, with_months: bool) -> Row:
    row: Row = {name: getattr(activity, name) for name in ("number", "name", "target")}
    row["budget"] = amount(activity.budget)
    row |= {"indicator": activity.indicator, "measure": activity.measure}
    row["threshold"] = amount(activity.threshold)
    row |= _if_any("deliverables", activity.deliverables)
    row |= _if_any(f"result_{year - 1}", activity.result_before)
    return row | (_if_any("months", _months(activity)) if with_months else {})


def _months(activity: Activity) -> list[Row]:
    return [
        {"month": f"{month.first_on:%Y-%m}", "planned": amount(month.planned)}
        for month in activity.months.all()
    ]


def _subgroups() -> list[Row]:
    return [
        {
            "code": subgroup.code,
            "name": subgroup.name,
            "name_en": subgroup.name_en,
            "app": ITS_APP[Subgroup.Code(subgroup.code)],
        }
        for subgroup in Subgroup.objects.all()
    ]


def _staff(plan: Plan) -> list[Row]:
    """The people of the subgroups, and whoever else is in charge of a work."""
    in_charge = {person.pk for work in plan.works.all() for person in work.responsible.all()}
    found = (User.objects.filter(is_active=True) | User.objects.filter(pk__in=in_charge)).distinct()
    return [_person(person) for person in _with_details(found.exclude(subgroup=None).order_by("pk"))]


def _with_details(people: QuerySet[User]) -> Iterable[User]:
    return people.select_related("subgroup", "position").prefetch_related("groups")


def _person(person: User) -> Row:
    assert person.subgroup
    row: Row = {
        "name": str(person),
        "position": person.position.name if person.position else "–",
        "subgroup": person.subgroup.code,
        "username": person.username,
    }
    if any(group.name == Role.HEAD.value for group in person.groups.all()):
        row["head"] = True
    return row | _if_any("seconded_from", person.seconded_from)
