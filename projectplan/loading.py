"""Loading a plan file: people, subgroups, the frame, strategies, indicators, standing works, the project; all of it or
nothing."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from office.models import Position, Role, Subgroup, User
from projectplan import planfile
from projectplan.editions import record
from projectplan.models import PlanEdition
from projectplan.planfile import Fault, PlanFileError
from projectplan.planshape import Row
from projectplan.writing import Outcome, PlanWriter, put

DATA: Final = Path(__file__).parent / "data"
PLAN_2553: Final = DATA / "plan-2553.toml"
USERNAMES: Final = DATA / "usernames.toml"


def load_file(path: Path, now: datetime | None = None) -> Outcome:
    """Load a plan file in one transaction; raises PlanFileError with every fault of it and changes nothing then.

    What the loading changed is an edition of the plan, made `now`; without a moment, at this one.
    """
    plan = planfile.read(path)
    usernames = _usernames(plan)
    with transaction.atomic():
        return _Loader(plan, usernames).load(now or timezone.now())


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
    """One loading: the people and subgroups of the file, then its plan, put beside the rows of the database."""

    def __init__(self, plan: Row, usernames: dict[str, str]) -> None:
        self.plan = plan
        self.usernames = usernames
        self.outcome = Outcome()
        self.subgroups: dict[str, Subgroup] = {}
        self.people: dict[str, User] = {}

    def load(self, now: datetime) -> Outcome:
        for row in self.plan["subgroup"]:
            names = {"name": row["name"], "name_en": row["name_en"]}
            self.subgroups[row["code"]] = put(Subgroup, {"code": row["code"]}, names, self.outcome)
        for row in self.plan["staff"]:
            self.people[row["name"]] = self._put_person(row)
        plan = PlanWriter(self.plan, self.people, self.subgroups, self.outcome).write()
        record(plan, origin=PlanEdition.Origin.LOADED, by=None, now=now)
        return self.outcome

    def _put_person(self, row: Row) -> User:
        """A person of the plan. A new one cannot sign in before an administrator gives the account a password."""
        position = put(Position, {"name": row["position"]}, {}, self.outcome)
        values = {
            "display_name": row["name"],
            "subgroup": self.subgroups[row["subgroup"]],
            "position": position,
            "seconded_from": row.get("seconded_from", ""),
        }
        key = {"username": self.usernames[row["name"]]}
        is_new = not User.objects.filter(**key).exists()
        person = put(User, key, values | ({"password": make_password(None)} if is_new else {}), self.outcome)
        person.give_role(Role.OFFICER)
        if row.get("head", False):
            person.give_role(Role.HEAD)
        else:
            person.groups.remove(*person.groups.filter(name=Role.HEAD.value))
        if not person.memberships.exists():
            person.memberships.create()
        return person
