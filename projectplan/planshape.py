"""What may stand in a plan file: its tables, their fields, and what each value must be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any, Final

from django.utils.translation import gettext as _

from office.models import Subgroup
from projectplan.models import Kpi

Row = dict[str, Any]
Check = Callable[[Any], str]
"""What is wrong with a value, as a sentence, or nothing."""

APPS: Final = ("parliament", "publicrelations", "complaints", "projectplan")
MEASURE: Final = re.compile(rf"rollup|manual|(?:{'|'.join(APPS)})\.[a-z_]+")
KPI_CODE: Final = re.compile(r"[1-9][0-9]?(\.[1-9][0-9]?)?")
USERNAME: Final = re.compile(r"[a-z][a-z0-9.]{2,49}")
CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""No text has them, and PostgreSQL keeps no letter zero."""
MOST_BAHT: Final = 10**12 - 1


@dataclass(frozen=True)
class Field:
    """One key of a table."""

    name: str
    check: Check
    required: bool = True


def text(max_length: int = 2000, *, pattern: re.Pattern[str] | None = None) -> Check:
    def check(value: Any) -> str:
        if not isinstance(value, str) or not value.strip():
            return _("must be a text in quotes, not empty")
        if len(value) > max_length:
            return _("is longer than %(limit)s characters") % {"limit": max_length}
        if CONTROLS.search(value):
            return _("has signs that cannot be read, such as the letter zero")
        if pattern and not pattern.fullmatch(value):
            return _("“%(value)s” is not written as it must be") % {"value": value}
        return ""

    return check


def texts(value: Any, max_length: int = 2000) -> str:
    if not isinstance(value, list) or not value or any(text(max_length)(one) for one in value):
        return _("must be a list of texts, not empty")
    return ""


def whole(least: int, most: int) -> Check:
    def check(value: Any) -> str:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            return _("must be a whole number from %(least)s to %(most)s") % {"least": least, "most": most}
        return ""

    return check


def number(most: float, value: Any) -> str:
    """From 0 to the most that its column holds, and no finer than the column keeps it; so neither nan nor inf."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and 0 <= value <= most and round(value, 2) == value:
        return ""
    return _("must be a number from 0 to %(most)s with at most two decimals") % {"most": f"{most:,.2f}"}


def weight(value: Any) -> str:
    return number(999.99, value) or ("" if value else _("must be more than 0"))


def measured(value: Any) -> str:
    """What an indicator may come to."""
    return number(99_999.99, value)


def levels(value: Any) -> str:
    """Five numbers, rising or, of what is better the lower it is, falling."""
    if isinstance(value, list) and len(value) == 5 and not any(measured(one) for one in value):
        pairs = list(pairwise(value))
        if all(low < high for low, high in pairs) or all(low > high for low, high in pairs):
            return ""
    return _("must be five numbers, each above or each below the one before")


def flag(value: Any) -> str:
    return "" if isinstance(value, bool) else _("must be true or false")


def one_of(choices: Iterable[str]) -> Check:
    known = list(choices)

    def check(value: Any) -> str:
        return "" if value in known else _("must be one of: %(choices)s") % {"choices": ", ".join(known)}

    return check


def day(value: Any) -> str:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return _("must be a date like 2009-10-01")
    return ""


def results(value: Any) -> str:
    """A list of what was counted the year before: label, count, unit."""
    if isinstance(value, list) and all(isinstance(one, dict) and _is_result(one) for one in value):
        return ""
    return _("must be a list of { label, count, unit }")


def _is_result(one: Row) -> bool:
    if set(one) != {"label", "count", "unit"}:
        return False
    return not (text()(one["label"]) or whole(0, 10**9)(one["count"]) or text()(one["unit"]))


def months(value: Any) -> str:
    """Months of an activity, each once: month, planned spending in baht."""
    if isinstance(value, list) and value and all(isinstance(one, dict) and _is_month(one) for one in value):
        return "" if len({one["month"] for one in value}) == len(value) else _("names a month twice")
    return _("must be a list of { month, planned }")


def _is_month(one: Row) -> bool:
    return set(one) == {"month", "planned"} and not (MONTH(one["month"]) or number(MOST_BAHT, one["planned"]))


MONTH: Final = text(7, pattern=re.compile(r"(19|2[0-3])[0-9]{2}-(0[1-9]|1[0-2])"))
TOP: Final = (
    Field("fiscal_year", whole(2500, 2700)),
    Field("title", text(200)),
    Field("unit", text(200)),
    Field("parent_unit", text(200)),
    Field("prepared", MONTH, required=False),
)
OFFICE: Final = (
    Field("vision", text()),
    Field("goal", text()),
    *(Field(name, texts) for name in ("missions", "issues", "objectives", "indicators", "projects")),
)
PROJECT: Final = (
    Field("name", text(300)),
    Field("budget", whole(0, MOST_BAHT)),
    Field("start", day),
    Field("end", day),
)
SUBGROUP: Final = (
    Field("code", one_of(Subgroup.Code.values)),
    Field("name", text(200)),
    Field("name_en", text(200)),
    Field("app", one_of(APPS)),
)
STAFF: Final = (
    Field("name", text(200)),
    Field("position", text(200)),
    Field("subgroup", text()),
    Field("head", flag, required=False),
    Field("seconded_from", text(200), required=False),
    Field("username", text(pattern=USERNAME), required=False),
)
SWOT: Final = (
    Field("quadrant", one_of(("strength", "weakness", "opportunity", "threat"))),
    Field("text", text()),
)
STRATEGY: Final = (
    Field("number", whole(1, 99)),
    Field("name", text(500)),
    Field("programmes", partial(texts, max_length=500), required=False),
)
KPI: Final = (
    Field("code", text(pattern=KPI_CODE)),
    Field("strategy", whole(1, 99)),
    Field("name", text(500)),
    Field("unit", one_of(Kpi.Unit.values)),
    Field("measure", text(80, pattern=MEASURE)),
    Field("target", measured, required=False),
    Field("weight", weight, required=False),
    Field("direction", one_of(Kpi.Direction.values), required=False),
    Field("levels", levels, required=False),
)
WORK: Final = (
    Field("subgroup", text()),
    Field("number", whole(1, 99)),
    Field("name", text(300)),
    Field("kinds", texts, required=False),
    Field("target", whole(0, 10**9)),
    Field("unit", text(80), required=False),
    Field("indicator", text(500)),
    Field("quality", texts, required=False),
    Field("recipients", texts, required=False),
    Field("measure", text(80, pattern=MEASURE)),
    Field("responsible", texts),
)
ACTIVITY: Final = (
    Field("number", whole(1, 99)),
    Field("name", text(300)),
    Field("target", text()),
    Field("budget", whole(0, MOST_BAHT)),
    Field("indicator", text()),
    Field("measure", text(80, pattern=MEASURE)),
    Field("threshold", partial(number, 9_999_999.99)),
    Field("deliverables", texts, required=False),
    Field("months", months, required=False),
)


def tables(year: int) -> dict[str, tuple[Field, ...]]:
    """The repeated tables of the plan of a fiscal year (B.E.); results are called by the year before it."""
    result = f"result_{year - 1}"
    return {
        "subgroup": SUBGROUP,
        "staff": STAFF,
        "swot": SWOT,
        "strategy": STRATEGY,
        "kpi": KPI,
        "work": (*WORK, Field(result, results, required=False)),
        "project.activity": (*ACTIVITY, Field(result, text(), required=False)),
    }
