"""What a list says of a follow-up at a glance: from which meeting, with whom, how long is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from office.models import User
from office.models.number import number_label
from office.worklist import Owed, holder, owed_first
from parliament.models import FollowUp, Meeting


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list shows of a follow-up itself, as plain values."""

    pk: int
    series: str
    number: int
    year: int
    title: str
    state: str
    agency: str
    meeting: str

    @property
    def label(self) -> str:
        """The number as the register writes it."""
        return number_label(self.series, self.number, self.year)


@dataclass(frozen=True, slots=True)
class Row:
    """One follow-up of a list: what it owes, who has it ("": nobody)."""

    matter: Listed
    owed: Owed | None
    with_whom: str

    @property
    def due_at(self) -> datetime | None:
        return self.owed.due_at if self.owed else None


def rows_of(keys: Sequence[int], user: User) -> list[Row]:
    """The rows of these follow-ups in this order, in three queries; of a meeting unseen they say its number only."""
    owed = owed_first(keys)
    rows: Iterable[Any] = FollowUp.objects.filter(pk__in=keys).values_list(
        "pk", "series", "number", "year", "title", "state", "agency__name", "from_meeting",
        "from_meeting__series", "from_meeting__number", "from_meeting__year", "owner__display_name",
    )  # fmt: skip
    listed = list(rows)
    meetings = Meeting.objects.visible_to(user).filter(pk__in={values[7] for values in listed})
    titles = dict(meetings.values_list("pk", "title"))
    found = {}
    for row in listed:
        *own, agency, meeting, series, number, year, owner = row
        label = number_label(series, number, year)
        title = titles.get(meeting)
        key, prefix, own_number, own_year, subject, state = own
        matter = Listed(
            key,
            prefix,
            own_number,
            own_year,
            subject,
            state,
            agency or "",
            f"{label} {title}" if title else label,
        )
        found[matter.pk] = Row(matter, owed.get(matter.pk), holder(owed.get(matter.pk), owner))
    return [found[key] for key in keys]
