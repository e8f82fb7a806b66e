"""A plan as data written as a TOML file, which `load_plan` reads again; the standard library only reads TOML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from projectplan.planshape import (
    ACTIVITY,
    KPI,
    OFFICE,
    PROJECT,
    STAFF,
    STRATEGY,
    SUBGROUP,
    SWOT,
    TOP,
    WORK,
    Row,
)


def dump(plan: Row) -> str:
    """The text of the file: single values first, then each table, then each row of the repeated ones."""
    return "\n".join(_table("", plan)) + "\n"


def _table(path: str, row: Row) -> Iterator[str]:
    later = []
    for key, value in sorted(row.items(), key=lambda pair: PLACES.get(pair[0], len(PLACES))):
        if isinstance(value, dict) or (key in REPEATED and isinstance(value, list)):
            later.append((key, value))
        else:
            yield f"{key} = {_value(value)}"
    for key, value in sorted(later, key=lambda pair: NAMES.index(pair[0])):
        name = f"{path}.{key}" if path else key
        for one in value if isinstance(value, list) else [value]:
            yield ""
            yield f"[[{name}]]" if isinstance(value, list) else f"[{name}]"
            yield from _table(name, one)


NAMES = ("subgroup", "staff", "office", "swot", "strategy", "kpi", "work", "project", "activity")
TABLES = (TOP, SUBGROUP, STAFF, OFFICE, SWOT, STRATEGY, KPI, WORK, PROJECT, ACTIVITY)
PLACES = {
    name: place for place, name in enumerate(dict.fromkeys(one.name for table in TABLES for one in table))
}
"""In which order keys are written: a database that keeps JSON keeps no order of its own."""
REPEATED = frozenset({"subgroup", "staff", "swot", "strategy", "kpi", "work", "activity"})


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    # Texts, numbers, true and false are written alike in JSON; DEL alone needs what JSON leaves out.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
