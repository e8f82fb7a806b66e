"""Rolling a plan over: the next fiscal year starts with all that an earlier one says, its dates moved along, and with
the results of the year before filled in from what was counted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from office.calendar import fiscal_year
from office.models import User
from office.thai import to_thai_digits
from projectplan.counted_results import Counted, activity_result, results
from projectplan.editions import record, write
from projectplan.models import Plan, PlanEdition
from projectplan.planshape import Row
from projectplan.snapshot import content


def roll_over(plan: Plan, to_year: int, *, by: User | None = None, now: datetime | None = None) -> Plan:
    """The plan of fiscal year `to_year` (B.E.), made of `plan`, all or nothing; one that is there is left as it is.

    Without a moment the results are those counted at this one.
    """
    with transaction.atomic():
        source = Plan.objects.select_for_update().get(pk=plan.pk)  # a second click waits here
        there = Plan.objects.filter(fiscal_year=to_year).first()
        if there:
            return there
        at = now or timezone.now()
        copy = write(rolled_over(source, to_year, at), rolled_over_from=source)
        record(copy, origin=PlanEdition.Origin.ROLLED_OVER, by=by, now=at)
        return copy


def rolled_over(plan: Plan, to_year: int, now: datetime) -> Row:
    """What the plan of `to_year` would say: nothing is written."""
    said = content(plan)
    apart = to_year - plan.fiscal_year
    year = Counted(fiscal_year(to_year - 1), now)
    moved: Row = said | {"fiscal_year": to_year, "title": _in_year(said["title"], plan.fiscal_year, to_year)}
    moved.pop("prepared", None)
    moved["work"] = [_work(row, year, plan.fiscal_year - 1) for row in said["work"]]
    if "project" in said:
        moved["project"] = _project(said["project"], year, apart)
    return moved


def _in_year(text: str, old: int, new: int) -> str:
    """The text with one year in place of the other, in Thai and in Arabic digits."""
    return text.replace(to_thai_digits(old), to_thai_digits(new)).replace(str(old), str(new))


def _work(row: Row, year: Counted, before: int) -> Row:
    own = {name: value for name, value in row.items() if not name.startswith("result_")}
    counted = results(year, row["measure"], row.get(f"result_{before}", []))
    return own | ({f"result_{year.year}": counted} if counted else {})


def _project(project: Row, year: Counted, apart: int) -> Row:
    moved: dict[str, Any] = dict(project)
    for name in ("start", "end"):
        moved[name] = _years_later(date.fromisoformat(project[name]), apart).isoformat()
    moved["activity"] = [_activity(row, year, apart) for row in project["activity"]]
    return moved


def _activity(row: Row, year: Counted, apart: int) -> Row:
    own = {name: value for name, value in row.items() if not name.startswith("result_")}
    counted = activity_result(year, row["measure"])
    if counted:
        own[f"result_{year.year}"] = counted
    if "months" in row:
        own["months"] = [one | {"month": _month_later(one["month"], apart)} for one in row["months"]]
    return own


def _years_later(day: date, years: int) -> date:
    """The same day of another year; the last of February where there is no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _month_later(month: str, years: int) -> str:
    year, _dash, number = month.partition("-")
    return f"{int(year) + years}-{number}"
