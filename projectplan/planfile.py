"""The plan as a TOML file: reading it, and everything that is wrong with one."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from office.calendar import fiscal_year
from projectplan.planshape import OFFICE, PROJECT, TOP, Field, Row, day, levels, tables, whole


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a plan file: in which table, in which field, what."""

    table: str
    field: str
    what: str

    def __str__(self) -> str:
        parts = {"table": self.table, "field": self.field, "what": self.what}
        return (
            _("%(table)s, field `%(field)s`: %(what)s") if self.field else _("%(table)s: %(what)s")
        ) % parts


class PlanFileError(Exception):
    """A plan file cannot be loaded; `faults` says everything that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def read(path: Path) -> Row:
    """The plan in a file, every value checked; raises PlanFileError with all its faults at once."""
    try:
        plan = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PlanFileError(
            [Fault(str(path), "", _("cannot be read: %(why)s") % {"why": error.strerror})]
        ) from error
    except RecursionError as error:
        raise PlanFileError([Fault(str(path), "", _("is nested too deeply"))]) from error
    except ValueError as error:  # no UTF-8, no TOML, or a number of thousands of digits
        raise PlanFileError([Fault(str(path), "", _("is not TOML: %(why)s") % {"why": error})]) from error
    faults = [*_shape_faults(plan), *_reference_faults(plan)]
    if faults:
        raise PlanFileError(faults)
    return plan


def rows(plan: Row, name: str) -> list[Row]:
    """The rows of a repeated table, `project.activity` among them; nothing where it is no such table."""
    holder: Any = plan
    for part in name.split("."):
        holder = holder.get(part) if isinstance(holder, dict) else None
    return [row for row in holder if isinstance(row, dict)] if isinstance(holder, list) else []


def _shape_faults(plan: Row) -> Iterator[Fault]:
    """Unknown and missing keys, and values of the wrong form."""
    year = plan.get("fiscal_year")
    known = tables(year if isinstance(year, int) else 0)
    single = {"office": OFFICE, "project": PROJECT}
    repeated = [name for name in known if "." not in name]
    yield from _row_faults(_("beginning of the file"), plan, TOP, {*single, *repeated})
    for name, fields in single.items():
        if not isinstance(plan.get(name), dict):
            yield Fault(f"[{name}]", "", _("this table is missing"))
            continue
        yield from _row_faults(f"[{name}]", plan[name], fields, {"activity"} if name == "project" else set())
    for name, fields in known.items():
        found = rows(plan, name)
        if not found:
            yield Fault(f"[[{name}]]", "", _("this table is missing"))
        for place, row in enumerate(found, 1):
            yield from _row_faults(_at(name, place), row, fields, set())


def _at(name: str, place: int) -> str:
    return f"[[{name}]] {place}"


def _row_faults(table: str, row: Row, fields: tuple[Field, ...], tables_within: set[str]) -> Iterator[Fault]:
    names = {field.name for field in fields}
    for key in row:
        if key not in names and key not in tables_within:
            yield Fault(table, key, _("is not known here"))
    for field in fields:
        if field.name in row:
            if what := field.check(row[field.name]):
                yield Fault(table, field.name, what)
        elif field.required:
            yield Fault(table, field.name, _("is missing"))


def _reference_faults(plan: Row) -> Iterator[Fault]:
    """What is well formed and yet cannot be: doubles, names of nobody, sums that do not add up."""
    for name, keys in (
        ("subgroup", ("code",)),
        ("staff", ("name",)),
        ("staff", ("username",)),
        ("strategy", ("number",)),
        ("kpi", ("code",)),
        ("work", ("subgroup", "number")),
        ("project.activity", ("number",)),
    ):
        yield from _double_faults(plan, name, keys)
    for name, field, target, key in (
        ("staff", "subgroup", "subgroup", "code"),
        ("work", "subgroup", "subgroup", "code"),
        ("work", "responsible", "staff", "name"),
        ("kpi", "strategy", "strategy", "number"),
    ):
        known = {row[key] for row in rows(plan, target) if isinstance(row.get(key), str | int)}
        yield from _unknown_faults(plan, name, field, known, target)
    yield from _kpi_faults(plan)
    yield from _work_faults(plan)
    yield from _project_faults(plan)


def _double_faults(plan: Row, name: str, keys: tuple[str, ...]) -> Iterator[Fault]:
    values = [tuple(row.get(key) for key in keys) for row in rows(plan, name)]
    counts = Counter(repr(value) for value in values if None not in value)
    seen: set[str] = set()
    for place, value in enumerate(values, 1):
        if counts[repr(value)] > 1 and repr(value) in seen:
            yield Fault(
                _at(name, place), keys[-1], _("stands in the table twice: %(value)s") % {"value": value[-1]}
            )
        seen.add(repr(value))


def _unknown_faults(plan: Row, name: str, field: str, known: set[Any], target: str) -> Iterator[Fault]:
    for place, row in enumerate(rows(plan, name), 1):
        value = row.get(field)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str | int) and one not in known:
                what = _("“%(value)s” does not stand in [[%(target)s]]") % {"value": one, "target": target}
                yield Fault(_at(name, place), field, what)


def _kpi_faults(plan: Row) -> Iterator[Fault]:
    """A part belongs to an indicator; an indicator made of its parts has some."""
    codes = [row["code"] for row in rows(plan, "kpi") if isinstance(row.get("code"), str)]
    for place, row in enumerate(rows(plan, "kpi"), 1):
        code = row.get("code")
        if not isinstance(code, str):
            continue
        whole_code, dot, _part = code.partition(".")
        if dot and whole_code not in codes:
            yield Fault(
                _at("kpi", place), "code", _("the indicator %(code)s is missing") % {"code": whole_code}
            )
        if row.get("measure") == "rollup" and not any(one.startswith(f"{code}.") for one in codes):
            yield Fault(_at("kpi", place), "measure", _("there are no parts to make it of"))
        scale = row.get("levels")
        if scale and not levels(scale) and (scale[0] > scale[-1]) != (row.get("direction") == "lower"):
            yield Fault(_at("kpi", place), "levels", _("must rise, or fall where the direction is lower"))


def _work_faults(plan: Row) -> Iterator[Fault]:
    for place, row in enumerate(rows(plan, "work"), 1):
        target = row.get("target")
        if "unit" not in row and isinstance(target, int) and target > 100:
            yield Fault(
                _at("work", place),
                "target",
                _("must be a whole number from %(least)s to %(most)s") % {"least": 0, "most": 100},
            )


def _project_faults(plan: Row) -> Iterator[Fault]:
    project = plan.get("project")
    if not isinstance(project, dict):
        return
    budgets = [row.get("budget") for row in rows(plan, "project.activity")]
    amounts = [amount for amount in budgets if isinstance(amount, int)]
    if len(amounts) == len(budgets) and sum(amounts) != project.get("budget"):
        what = _("the activities add up to %(sum)s baht") % {"sum": f"{sum(amounts):,}"}
        yield Fault("[project]", "budget", what)
    if day(project.get("start")) or day(project.get("end")) or whole(2500, 2700)(plan.get("fiscal_year")):
        return
    start, end = date.fromisoformat(project["start"]), date.fromisoformat(project["end"])
    year = fiscal_year(plan["fiscal_year"])
    if not year.first <= start <= end <= year.last:
        yield Fault("[project]", "end", _("start and end must lie in order within the fiscal year"))
