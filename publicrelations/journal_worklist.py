"""What a list or page says of an issue at a glance: its month, what is next, how many copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from office.models.number import number_label
from office.worklist import Owed, holder, owed_first
from publicrelations.models import Journal
from publicrelations.models.journal_state import JournalState as State

NEXT_STEP: dict[str, str] = {
    State.PLANNED: "close_content",
    State.CONTENT_CLOSED: "submit_proof",
    State.PROOF: "approve",
    State.APPROVED: "record_printing",
    State.MAILED: "archive",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list shows of an issue itself, as plain values."""

    pk: int
    series: str
    number: int
    year: int
    title: str
    state: str
    month: date
    print_run: int
    copies_printed: int | None
    mailed_at: datetime | None
    list_closed_at: datetime | None
    cover_sha256: str

    @property
    def label(self) -> str:
        """The number as the register writes it."""
        return number_label(self.series, self.number, self.year)

    @property
    def copies(self) -> int:
        return self.print_run if self.copies_printed is None else self.copies_printed


@dataclass(frozen=True, slots=True)
class Row:
    """One issue of a list: the most urgent it owes, and who has it ("": nobody)."""

    matter: Listed
    owed: Owed | None
    with_whom: str

    @property
    def due_at(self) -> datetime | None:
        return self.owed.due_at if self.owed else None


def next_step_of(matter: Listed | Journal) -> str:
    """The step that is due where an issue stands."""
    if matter.state == State.PRINTED:
        return "mail" if matter.list_closed_at else "close_list"
    return NEXT_STEP.get(matter.state, "")


def next_step(matter: Journal, now: datetime) -> str:
    """The step that is due on the page of one issue."""
    return next_step_of(matter)


COLUMNS: list[str] = [
    "pk", "series", "number", "year", "title", "state", "month", "print_run", "copies_printed", "mailed_at",
    "list_closed_at", "approved_edition__cover_sha256", "owner__display_name",
]  # fmt: skip


def rows_of(keys: Sequence[int]) -> list[Row]:
    """The rows of these issues in this order, in two queries however many."""
    owed = owed_first(keys)
    found = {}
    for values in Journal.objects.filter(pk__in=keys).values_list(*COLUMNS):
        *own, cover, owner = values
        matter = Listed(*[*own, cover or ""])
        found[matter.pk] = Row(matter, owed.get(matter.pk), holder(owed.get(matter.pk), owner))
    return [found[key] for key in keys]
