"""Writing a plan's data into its rows: those of the database brought to what the data say, and nothing beyond."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models

from office.calendar import Period, months_of
from office.models import Subgroup, User
from projectplan.models import (
    Activity,
    ActivityMonth,
    FrameItem,
    Kpi,
    Plan,
    Programme,
    Project,
    Strategy,
    Swot,
    Work,
)
from projectplan.planshape import Row
from projectplan.snapshot import FRAME

Model = TypeVar("Model", bound=models.Model)


@dataclass
class Outcome:
    """What a loading did: how many rows it added, changed, removed and found as they should be."""

    counts: Counter[str] = field(default_factory=Counter)

    @property
    def changed_nothing(self) -> bool:
        return not any(self.counts[what] for what in ("added", "changed", "removed"))


def put(model: type[Model], key: dict[str, Any], values: dict[str, Any], outcome: Outcome) -> Model:
    """The row with this key, made or brought to these values; one already right is left alone."""
    manager: Any = model._default_manager
    found: Model | None = manager.filter(**key).first()
    if found is None:
        outcome.counts["added"] += 1
        return manager.create(**key, **values)
    differing = {name: value for name, value in values.items() if getattr(found, name) != value}
    for name, value in differing.items():
        setattr(found, name, value)
    if differing:
        found.save(update_fields=list(differing))
    outcome.counts["changed" if differing else "unchanged"] += 1
    return found


def spread(amount: Decimal, parts: int) -> list[Decimal]:
    """An amount of baht in equal parts of whole satang, what is left over in the first ones; they add up to it."""
    satang, left = divmod(int(amount * 100), parts)
    return [Decimal(satang + (1 if place < left else 0)) / 100 for place in range(parts)]


def _scale(row: Row) -> dict[str, Any]:
    """Target, weight, direction and the five levels of an indicator; where the file is silent the office's usual."""
    is_level = row["unit"] == Kpi.Unit.LEVEL
    levels = row.get("levels", [1, 2, 3, 4, 5] if is_level else [60, 70, 80, 90, 100])
    scale: dict[str, Any] = {f"level_{number}": Decimal(str(value)) for number, value in enumerate(levels, 1)}
    return scale | {
        "target": Decimal(str(row.get("target", levels[-1]))),
        "weight": Decimal(str(row.get("weight", 1))),
        "direction": row.get("direction", Kpi.Direction.HIGHER),
    }


@dataclass
class PlanWriter:
    """One writing of a plan as data, whose names of people and codes of subgroups are these."""

    data: Row
    people: Mapping[str, User]
    subgroups: Mapping[str, Subgroup]
    outcome: Outcome

    def write(self, **more: Any) -> Plan:
        """The plan, every row of it as the data say; `more` is what else its own row is to hold."""
        plan = self._put(Plan, {"fiscal_year": self.data["fiscal_year"]}, self._heading() | more)
        self._write_frame(plan)
        strategies = self._write_strategies(plan)
        kpis = self._write_kpis(plan, strategies)
        works = [self._put_work(plan, row) for row in self.data["work"]]
        if "project" in self.data:
            self._write_project(plan)
        self._remove(plan.works.exclude(pk__in=[work.pk for work in works]))
        self._remove(plan.kpis.exclude(pk__in=[kpi.pk for kpi in kpis]))
        self._remove(plan.strategies.exclude(number__in=strategies))
        return plan

    def _put(self, model: type[Model], key: dict[str, Any], values: dict[str, Any]) -> Model:
        return put(model, key, values, self.outcome)

    def _heading(self) -> dict[str, Any]:
        heading = {name: self.data[name] for name in ("title", "unit", "parent_unit")}
        prepared = self.data.get("prepared")
        return heading | {
            "prepared_on": date.fromisoformat(f"{prepared}-01") if prepared else None,
            "vision": self.data["office"]["vision"],
            "goal": self.data["office"]["goal"],
        }

    def _write_frame(self, plan: Plan) -> None:
        frame = [
            self._put(FrameItem, {"plan": plan, "kind": kind, "number": number}, {"text": text})
            for kind, name in FRAME.items()
            for number, text in enumerate(self.data["office"][name], 1)
        ]
        self._remove(plan.frame.exclude(pk__in=[item.pk for item in frame]))
        numbers: Counter[str] = Counter()
        lines = []
        for row in self.data["swot"]:
            numbers[row["quadrant"]] += 1
            key = {"plan": plan, "quadrant": row["quadrant"], "number": numbers[row["quadrant"]]}
            lines.append(self._put(Swot, key, {"text": row["text"]}))
        self._remove(plan.swot.exclude(pk__in=[line.pk for line in lines]))

    def _write_strategies(self, plan: Plan) -> dict[int, Strategy]:
        strategies = {}
        for row in self.data["strategy"]:
            strategy = self._put(Strategy, {"plan": plan, "number": row["number"]}, {"name": row["name"]})
            strategies[row["number"]] = strategy
            programmes = [
                self._put(Programme, {"strategy": strategy, "number": number}, {"name": name})
                for number, name in enumerate(row.get("programmes", []), 1)
            ]
            self._remove(strategy.programmes.exclude(pk__in=[programme.pk for programme in programmes]))
        return strategies

    def _write_kpis(self, plan: Plan, strategies: dict[int, Strategy]) -> list[Kpi]:
        """The indicators, wholes before their parts: the code of a part begins with its whole's."""
        kpis: dict[str, Kpi] = {}
        for row in sorted(self.data["kpi"], key=lambda row: row["code"].count(".")):
            values = {name: row[name] for name in ("name", "unit", "measure")}
            values["strategy"] = strategies[row["strategy"]]
            values["parent"] = kpis.get(row["code"].rpartition(".")[0])
            values |= _scale(row)
            kpis[row["code"]] = self._put(Kpi, {"plan": plan, "code": row["code"]}, values)
        return list(kpis.values())

    def _write_project(self, plan: Plan) -> None:
        row = self.data["project"]
        start, end = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
        values = {
            "name": row["name"],
            "budget": Decimal(str(row["budget"])),
            "start_on": start,
            "end_on": end,
        }
        project = self._put(Project, {"plan": plan}, values)
        activities = [self._put_activity(project, activity) for activity in row["activity"]]
        self._remove(project.activities.exclude(pk__in=[activity.pk for activity in activities]))

    def _put_activity(self, project: Project, row: Row) -> Activity:
        values = {name: row[name] for name in ("name", "target", "indicator", "measure")}
        values["budget"] = Decimal(str(row["budget"]))
        values["threshold"] = Decimal(str(row["threshold"]))
        values["deliverables"] = row.get("deliverables", [])
        values["result_before"] = row.get(f"result_{project.plan.fiscal_year - 1}", "")
        activity = self._put(Activity, {"project": project, "number": row["number"]}, values)
        if "months" in row:
            self._put_months(activity, row["months"])
        elif not activity.months.exists():  # the office sets them; the plan's own shading is lost
            self._shade(activity, Period(project.start_on, project.end_on))
        return activity

    def _put_months(self, activity: Activity, rows: list[Row]) -> None:
        months = []
        for row in rows:
            key = {"activity": activity, "first_on": date.fromisoformat(f"{row['month']}-01")}
            months.append(self._put(ActivityMonth, key, {"planned": Decimal(str(row["planned"]))}))
        self._remove(activity.months.exclude(pk__in=[month.pk for month in months]))

    def _shade(self, activity: Activity, period: Period) -> None:
        """Every month of the project, its money spread evenly to the satang."""
        months = months_of(period)
        shares = spread(activity.budget, len(months))
        ActivityMonth.objects.bulk_create(
            ActivityMonth(activity=activity, first_on=month.first, planned=share)
            for month, share in zip(months, shares, strict=True)
        )
        self.outcome.counts["added"] += len(months)

    def _put_work(self, plan: Plan, row: Row) -> Work:
        values = {name: row[name] for name in ("name", "target", "indicator", "measure")}
        values["unit"] = row.get("unit", "percent")
        values |= {name: row.get(name, []) for name in ("kinds", "quality", "recipients")}
        values["results"] = row.get(f"result_{plan.fiscal_year - 1}", [])
        key = {"plan": plan, "subgroup": self.subgroups[row["subgroup"]], "number": row["number"]}
        work = self._put(Work, key, values)
        people = {self.people[name] for name in row["responsible"]}
        if people != set(work.responsible.all()):
            work.responsible.set(people)
            self.outcome.counts["changed"] += 1
        return work

    def _remove(self, gone: models.QuerySet[Any]) -> None:
        """Rows of this plan that its file no longer has."""
        count = gone.count()
        if count:
            gone.delete()
            self.outcome.counts["removed"] += count
