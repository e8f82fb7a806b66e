"""The parts of a plan as texts that people read: what two editions are compared by, and where each part stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from office.figures import figures
from projectplan.measure_words import measure_words, unit_words
from projectplan.models import FrameItem, Kpi, Swot
from projectplan.planshape import Row
from projectplan.snapshot import FRAME


@dataclass(frozen=True)
class Part:
    """One part of a plan: by which key pages lead to it, what it is called, and all it says, a line for each fact."""

    key: str
    name: str
    text: str


def parts(plan: Row) -> dict[str, Part]:
    """All parts of a plan as data, in the order of the plan, by their keys."""
    return {part.key: part for part in _parts(plan)}


def _parts(plan: Row) -> Iterator[Part]:
    yield Part("heading", _("Heading"), _facts(_heading(plan)))
    yield Part("frame", _("Frame of the office above"), _facts(_frame(plan["office"])))
    yield Part("swot", _("SWOT analysis"), _facts(_swot(plan["swot"])))
    for row in plan["strategy"]:
        number = row["number"]
        yield Part(f"strategy-{number}", _("Strategy %(number)s") % _number(number), _facts(_strategy(row)))
    for row in plan["kpi"]:
        name = _("Indicator %(number)s") % _number(row["code"])
        yield Part(f"kpi-{row['code']}", name, _facts(_kpi(row)))
    for row in plan["work"]:
        facts = _facts(_work(row, plan["fiscal_year"]))
        yield Part(f"work-{row['subgroup']}-{row['number']}", row["name"], facts)
    if "project" in plan:
        yield from _project(plan["project"], plan["fiscal_year"])
    if "staff" in plan:
        yield Part("people", _("People"), _facts((one["name"], one["position"]) for one in plan["staff"]))


def _number(number: Any) -> dict[str, str]:
    return {"number": figures(number)}


def _facts(facts: Iterable[tuple[str, Any]]) -> str:
    """`what: value`, one a line; a list has a line for each of its values, nothing has none."""
    lines = []
    for label, value in facts:
        for one in value if isinstance(value, list) else [value]:
            if one not in ("", None):
                lines.append(f"{label}: {one}")
    return "\n".join(lines)


def _heading(plan: Row) -> Iterator[tuple[str, Any]]:
    yield _("Title"), plan["title"]
    yield _("Unit"), plan["unit"]
    yield _("Parent unit"), plan["parent_unit"]
    yield _("Prepared"), figures(plan.get("prepared", ""))


def _frame(office: Row) -> Iterator[tuple[str, Any]]:
    yield _("Vision"), office["vision"]
    for kind in (FrameItem.Kind.MISSION, FrameItem.Kind.ISSUE):
        yield str(kind.label), office[FRAME[kind]]
    yield _("Goal"), office["goal"]
    for kind in (FrameItem.Kind.OBJECTIVE, FrameItem.Kind.INDICATOR, FrameItem.Kind.PROJECT):
        yield str(kind.label), office[FRAME[kind]]


def _swot(lines: list[Row]) -> Iterator[tuple[str, Any]]:
    for quadrant in Swot.Quadrant:
        yield str(quadrant.label), [line["text"] for line in lines if line["quadrant"] == quadrant]


def _strategy(row: Row) -> Iterator[tuple[str, Any]]:
    yield _("Name"), row["name"]
    yield _("Programme"), row.get("programmes", [])


def _kpi(row: Row) -> Iterator[tuple[str, Any]]:
    yield _("Name"), row["name"]
    yield _("Strategy"), figures(row["strategy"])
    yield _("Unit"), str(Kpi.Unit(row["unit"]).label)
    yield _("Counted by"), measure_words(row["measure"])
    yield _("Target"), figures(row["target"])
    yield _("Weight"), figures(row["weight"])
    yield _("Direction"), str(Kpi.Direction(row["direction"]).label)
    for level, value in enumerate(row["levels"], 1):
        yield _("Level %(level)s from") % {"level": figures(level)}, figures(value)


def _work(row: Row, year: int) -> Iterator[tuple[str, Any]]:
    yield _("Name"), row["name"]
    yield _("Target"), f"{figures(row['target'])} {unit_words(row.get('unit', '%'))}"
    yield _("Indicator"), row["indicator"]
    yield _("Kinds"), row.get("kinds", [])
    yield _("Quality"), row.get("quality", [])
    yield _("Recipients"), row.get("recipients", [])
    yield _("Counted by"), measure_words(row["measure"])
    yield _("In charge"), row["responsible"]
    results = row.get(f"result_{year - 1}", [])
    yield (
        _("Result of %(year)s") % {"year": figures(year - 1)},
        [f"{one['label']} {figures(one['count'])} {one['unit']}" for one in results],
    )


def _project(project: Row, year: int) -> Iterator[Part]:
    facts = [
        (_("Name"), project["name"]),
        (_("Budget in baht"), figures(project["budget"])),
        (_("Begins"), figures(project["start"])),
        (_("Ends"), figures(project["end"])),
    ]
    yield Part("project", _("Project"), _facts(facts))
    for row in project["activity"]:
        name = _("Activity %(number)s") % _number(row["number"])
        yield Part(f"activity-{row['number']}", name, _facts(_activity(row, year)))


def _activity(row: Row, year: int) -> Iterator[tuple[str, Any]]:
    yield _("Name"), row["name"]
    yield _("Target"), row["target"]
    yield _("Budget in baht"), figures(row["budget"])
    yield _("Indicator"), row["indicator"]
    yield _("Counted by"), measure_words(row["measure"])
    yield _("At least"), figures(row["threshold"])
    yield _("Documents to be made"), row.get("deliverables", [])
    yield _("Result of %(year)s") % {"year": figures(year - 1)}, row.get(f"result_{year - 1}", "")
    months = row.get("months", [])
    yield _("Month"), [f"{figures(one['month'])} {figures(one['planned'])}" for one in months]
