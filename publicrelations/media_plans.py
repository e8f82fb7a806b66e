"""What a list of media brought as a file would change, line by line, before anything is written; and writing it.

A line only adds or changes: what a file leaves empty stays, and nobody is taken off the list by a file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from office.list_files import Line
from publicrelations.media_columns import KINDS
from publicrelations.models import MediaOutlet, Reporter
from publicrelations.outlet_names import one_line, short_of

NEW_OUTLET, NEW_REPORTER, CHANGED, SAME, WRONG = "new_outlet", "new_reporter", "changed", "same", "wrong"
"""What becomes of a line."""
OF_OUTLET: Final = ("telephone", "email", "line_id")
OF_REPORTER: Final = ("beat", "telephone", "email", "line_id")
LONGEST: Final = {"outlet": 160, "name": 160, "beat": 120, "telephone": 60, "line_id": 60, "email": 254}


@dataclass
class Planned:
    """One line of the file, and what becomes of it."""

    line: int
    what: str
    outlet: str
    name: str = ""
    kind: str = ""
    changes: dict[str, list[str]] = field(default_factory=dict)
    """Field → before, after."""
    why: str = ""


@dataclass
class Plan:
    """All lines, in the order of the file."""

    lines: list[Planned]

    @property
    def fingerprint(self) -> str:
        """The same as long as the list it would change is the same."""
        said = json.dumps([asdict(one) for one in self.lines], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    def of(self, *whats: str) -> list[Planned]:
        return [one for one in self.lines if one.what in whats]

    @property
    def counts(self) -> dict[str, int]:
        return {what: len(self.of(what)) for what in (NEW_OUTLET, NEW_REPORTER, CHANGED, SAME, WRONG)}

    @property
    def does_something(self) -> bool:
        return bool(self.of(NEW_OUTLET, NEW_REPORTER, CHANGED))


class _Known:
    """The list as it is, and as the lines before would have made it."""

    def __init__(self) -> None:
        rows = list(MediaOutlet.objects.in_use())
        self.outlets: dict[str, MediaOutlet | None] = {short_of(one.name): one for one in rows}
        people = Reporter.objects.filter(outlet__in=rows, merged_into__isnull=True, until_on=None)
        self.reporters: dict[tuple[str, str], Reporter | None] = {
            (short_of(one.outlet.name), one.name): one for one in people.select_related("outlet")
        }


def make_plan(fields: Sequence[str], lines: Sequence[Line]) -> Plan:
    """What each line would do to the list as it is now; the fields of the columns, "" for one passed over."""
    known = _Known()
    planned: list[Planned] = []
    for number, cells in lines:
        given = {name: one_line(cell) for name, cell in zip(fields, cells, strict=False) if name and cell}
        planned.append(_line(number, given, known))
    return Plan(planned)


def _line(number: int, given: dict[str, str], known: _Known) -> Planned:
    outlet, name = given.get("outlet", ""), given.get("name", "")
    why = _fault(given)
    if why:
        return Planned(number, WRONG, outlet, name, why=why)
    key = short_of(outlet)
    if key not in known.outlets:
        return _new_outlet(number, given, known, key)
    if not name:
        there = known.outlets[key]
        return _compared(number, there, given, OF_OUTLET, outlet, name)
    if (key, name) not in known.reporters:
        known.reporters[key, name] = None
        fields: Sequence[str] = OF_REPORTER
        changes = {one: ["", given[one]] for one in fields if one in given}
        return Planned(number, NEW_REPORTER, outlet, name, changes=changes)
    return _compared(number, known.reporters[key, name], given, OF_REPORTER, outlet, name)


def _new_outlet(number: int, given: dict[str, str], known: _Known, key: str) -> Planned:
    outlet, name = given["outlet"], given.get("name", "")
    kind = KINDS.get(given.get("kind", "").lower())
    if kind is None:
        why = _("This outlet is new: write its kind (newspaper, radio, television, online, agency).")
        return Planned(number, WRONG, outlet, name, why=why)
    known.outlets[key] = None
    names: Sequence[str] = OF_REPORTER if name else OF_OUTLET
    if name:
        known.reporters[key, name] = None
    changes = {one: ["", given[one]] for one in names if one in given}
    return Planned(number, NEW_OUTLET, outlet, name, kind.value, changes)


def _compared(
    number: int, there: Any, given: dict[str, str], names: Sequence[str], outlet: str, name: str
) -> Planned:
    if there is None:  # a line above has it already
        return Planned(number, SAME, outlet, name)
    changes = {
        one: [getattr(there, one), given[one]]
        for one in names
        if one in given and getattr(there, one) != given[one]
    }
    return Planned(number, CHANGED if changes else SAME, outlet, name, changes=changes)


def _fault(given: dict[str, str]) -> str:
    """What is wrong with a line by itself; empty: nothing."""
    if not given.get("outlet"):
        return _("Write the name of the outlet.")
    if any(len(given.get(name, "")) > most for name, most in LONGEST.items()):
        return _("A cell is too long.")
    if given.get("email"):
        try:
            validate_email(given["email"])
        except ValidationError:
            return _("“%(text)s” is no e-mail address.") % {"text": given["email"]}
    return ""


@transaction.atomic
def apply(plan: Plan, today: date) -> int:
    """Write what was planned; whoever stands in the file is confirmed as of today. Returns how many lines did
    something."""
    known = _Known()
    for one in plan.of(NEW_OUTLET, NEW_REPORTER, CHANGED, SAME):
        key = short_of(one.outlet)
        outlet = known.outlets.get(key)
        if outlet is None:
            outlet = MediaOutlet(name=one.outlet, kind=one.kind)
            outlet.save()
            known.outlets[key] = outlet
        row: Any = outlet
        if one.name:
            row = known.reporters.get((key, one.name)) or Reporter(outlet=outlet, name=one.name)
            row.confirmed_on = today
            known.reporters[key, one.name] = row
        for name, (_before, after) in one.changes.items():
            setattr(row, name, after)
        if one.name or one.changes:
            row.save()
    return len(plan.of(NEW_OUTLET, NEW_REPORTER, CHANGED))
