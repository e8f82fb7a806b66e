"""What the rows of registers have in common: what a matter owes first, and who has that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from office.models import Deadline
from office.models.people import short_name


@dataclass(frozen=True, slots=True)
class Owed:
    """The most urgent promise of a matter, and whose turn it is ("": nobody's)."""

    due_at: datetime
    person: str


def owed_first(keys: Sequence[int]) -> dict[int, Owed]:
    """The most urgent promise of each of these matters that owes something; one query."""
    rows = Deadline.objects.unmet().filter(matter__in=keys).order_by("-due_at", "-pk")
    values = rows.values_list("matter", "due_at", "responsible__display_name")
    return {key: Owed(due_at, short_name(name) if name else "") for key, due_at, name in values}


def holder(owed: Owed | None, owner: str | None) -> str:
    """Who has a matter: whose turn it is, else its officer; "" for nobody."""
    if owed and owed.person:
        return owed.person
    return short_name(owner) if owner else ""
