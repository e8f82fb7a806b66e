"""What a list of participants brought as a file would change, line by line, before anything is written; and writing it.

A line only adds or changes: what a file leaves empty stays, and nobody is taken off the list by a file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from office.list_files import Line
from projectplan.models import Participant, Seminar
from projectplan.participant_columns import PARTS

NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"
"""What becomes of a line."""
CHANGEABLE: Final[tuple[str, ...]] = ("position", "part", "email", "telephone")
LONGEST: Final = {"name": 160, "agency": 200, "position": 160, "email": 254, "telephone": 60}


@dataclass
class Planned:
    """One line of the file, and what becomes of it; `changes` is field → before, after."""

    line: int
    what: str
    name: str
    agency: str = ""
    changes: dict[str, list[str]] = field(default_factory=dict)
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
        return {what: len(self.of(what)) for what in (NEW, CHANGED, SAME, WRONG)}

    @property
    def does_something(self) -> bool:
        return bool(self.of(NEW, CHANGED))


def make_plan(seminar: Seminar, fields: Sequence[str], lines: Sequence[Line]) -> Plan:
    """What each line would do to the seminar's list as it is now; one query."""
    known: dict[tuple[str, str], Participant | None] = {
        (one.name, one.agency): one for one in seminar.participants.all()
    }
    planned = []
    for number, cells in lines:
        given = {
            name: " ".join(cell.split()) for name, cell in zip(fields, cells, strict=False) if name and cell
        }
        planned.append(_line(number, given, known))
    return Plan(planned)


def _line(number: int, given: dict[str, str], known: dict[tuple[str, str], Participant | None]) -> Planned:
    name, agency = given.get("name", ""), given.get("agency", "")
    why = _fault(given)
    if why:
        return Planned(number, WRONG, name, agency, why=why)
    if "part" in given:
        given["part"] = PARTS[given["part"].lower()].value
    if (name, agency) not in known:
        known[name, agency] = None
        changes = {one: ["", given[one]] for one in CHANGEABLE if one in given}
        return Planned(number, NEW, name, agency, changes)
    there = known[name, agency]
    if there is None:  # a line above has it already
        return Planned(number, SAME, name, agency)
    changes = {
        one: [getattr(there, one), given[one]]
        for one in CHANGEABLE
        if one in given and getattr(there, one) != given[one]
    }
    return Planned(number, CHANGED if changes else SAME, name, agency, changes)


def _fault(given: dict[str, str]) -> str:
    """What is wrong with a line by itself; empty: nothing."""
    if not given.get("name"):
        return _("Write the name.")
    if any(len(given.get(name, "")) > most for name, most in LONGEST.items()):
        return _("A cell is too long.")
    if given.get("part") and given["part"].lower() not in PARTS:
        return _("“%(text)s” is no way of taking part: participant, speaker or organiser.") % {
            "text": given["part"]
        }
    if given.get("email"):
        try:
            validate_email(given["email"])
        except ValidationError:
            return _("“%(text)s” is no e-mail address.") % {"text": given["email"]}
    return ""


@transaction.atomic
def apply(seminar: Seminar, plan: Plan) -> int:
    """Write what was planned; returns how many lines did something."""
    known = {(one.name, one.agency): one for one in seminar.participants.select_for_update()}
    done = plan.of(NEW, CHANGED)
    for one in done:
        row = known.get((one.name, one.agency)) or Participant(
            seminar=seminar, name=one.name, agency=one.agency
        )
        for name, (_before, after) in one.changes.items():
            setattr(row, name, after)
        row.save()
    return len(done)
