"""Loading a plan file: people, subgroups, strategies, indicators, standing works; all of it or nothing."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.utils.translation import gettext as _

from office.models import Position, Role, Subgroup, User
from projectplan import planfile
from projectplan.models import Kpi, Plan, Strategy, Work
from projectplan.planfile import Fault, PlanFileError
from projectplan.planshape import Row

DATA: Final = Path(__file__).parent / "data"
PLAN_2553: Final = DATA / "plan-2553.toml"
USERNAMES: Final = DATA / "usernames.toml"

Model = TypeVar("Model", bound=models.Model)


@dataclass
class Outcome:
    """What a loading did: how many rows it added, changed, removed and found as they should be."""

    counts: Counter[str] = field(default_factory=Counter)

    @property
    def changed_nothing(self) -> bool:
        return not any(self.counts[what] for what in ("added", "changed", "removed"))


def load_file(path: Path) -> Outcome:
    """Load a plan file in one transaction; raises PlanFileError with every fault of it and changes nothing then."""
    plan = planfile.read(path)
    usernames = _usernames(plan)
    with transaction.atomic():
        return _Loader(plan, usernames).load()


def _usernames(plan: Row) -> dict[str, str]:
    """Full name → username, from the plan itself or from the office's list."""
    listed = tomllib.loads(USERNAMES.read_text(encoding="utf-8"))
    found = {row["name"]: row.get("username") or listed.get(row["name"], "") for row in plan["staff"]}
    counts = Counter(found.values())
    faults = []
    for place, (name, username) in enumerate(found.items(), 1):
        if not username:
            what = _("is missing, and %(name)s is not in %(file)s") % {"name": name, "file": USERNAMES.name}
            faults.append(Fault(f"[[staff]] {place}", "username", what))
        elif counts[username] > 1:
            what = _("stands in the table twice: %(value)s") % {"value": username}
            faults.append(Fault(f"[[staff]] {place}", "username", what))
    if faults:
        raise PlanFileError(faults)
    return found


class _Loader:
    """One loading: the rows of the file put beside those of the database."""

    def __init__(self, plan: Row, usernames: dict[str, str]) -> None:
        self.plan = plan
        self.usernames = usernames
        self.outcome = Outcome()
        self.subgroups: dict[str, Subgroup] = {}
        self.people: dict[str, User] = {}

    def load(self) -> Outcome:
        for row in self.plan["subgroup"]:
            names = {"name": row["name"], "name_en": row["name_en"]}
            self.subgroups[row["code"]] = self._put(Subgroup, {"code": row["code"]}, names)
        for row in self.plan["staff"]:
            self.people[row["name"]] = self._put_person(row)
        self._load_plan()
        return self.outcome

    def _put(self, model: type[Model], key: dict[str, Any], values: dict[str, Any]) -> Model:
        """The row with this key, made or brought to these values; one already right is left alone."""
        manager: Any = model._default_manager
        found: Model | None = manager.filter(**key).first()
        if found is None:
            self.outcome.counts["added"] += 1
            return manager.create(**key, **values)
        differing = {name: value for name, value in values.items() if getattr(found, name) != value}
        for name, value in differing.items():
            setattr(found, name, value)
        if differing:
            found.save(update_fields=list(differing))
        self.outcome.counts["changed" if differing else "unchanged"] += 1
        return found

    def _put_person(self, row: Row) -> User:
        """A person of the plan. A new one cannot sign in before an administrator gives the account a password."""
        position = self._put(Position, {"name": row["position"]}, {})
        values = {
            "display_name": row["name"],
            "subgroup": self.subgroups[row["subgroup"]],
            "position": position,
            "seconded_from": row.get("seconded_from", ""),
        }
        key = {"username": self.usernames[row["name"]]}
        is_new = not User.objects.filter(**key).exists()
        person = self._put(User, key, values | ({"password": make_password(None)} if is_new else {}))
        person.give_role(Role.OFFICER)
        if row.get("head", False):
            person.give_role(Role.HEAD)
        else:
            person.groups.remove(*person.groups.filter(name=Role.HEAD.value))
        return person

    def _load_plan(self) -> None:
        names = {name: self.plan[name] for name in ("title", "unit", "parent_unit")}
        plan = self._put(Plan, {"fiscal_year": self.plan["fiscal_year"]}, names)
        strategies = {
            row["number"]: self._put(Strategy, {"plan": plan, "number": row["number"]}, {"name": row["name"]})
            for row in self.plan["strategy"]
        }
        kpis = [
            self._put(
                Kpi,
                {"plan": plan, "code": row["code"]},
                {"strategy": strategies[row["strategy"]]}
                | {name: row[name] for name in ("name", "unit", "measure")},
            )
            for row in self.plan["kpi"]
        ]
        works = [self._put_work(plan, row) for row in self.plan["work"]]
        self._remove(plan.works.exclude(pk__in=[work.pk for work in works]))
        self._remove(plan.kpis.exclude(pk__in=[kpi.pk for kpi in kpis]))
        self._remove(plan.strategies.exclude(number__in=strategies))

    def _put_work(self, plan: Plan, row: Row) -> Work:
        values = {name: row[name] for name in ("name", "target", "indicator", "measure")}
        values["unit"] = row.get("unit", "percent")
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
