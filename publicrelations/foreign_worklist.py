"""What a list or page says of a foreign document or a brief at a glance: who sent it, what is next, who has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from office.models.number import number_label
from office.worklist import Owed, holder, owed_first
from publicrelations.models import BriefState, ForeignDocument, ForeignState, SituationBrief
from publicrelations.models.foreign_state import ForeignScreening

NEXT_STEP: dict[str, str] = {
    ForeignState.RECEIVED: "accept",
    ForeignState.TRANSLATING: "translate",
    ForeignState.SUMMARISING: "summarise",
    ForeignState.ON_DESK: "order",
    ForeignState.SETTLED: "close",
}
BRIEF_NEXT_STEP: dict[str, str] = {
    BriefState.WRITING: "submit",
    BriefState.CHECKING: "put_to_minister",
    BriefState.ON_DESK: "order",
    BriefState.ORDERED: "close",
}


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """What a list shows of a foreign document itself, as plain values."""

    pk: int
    series: str
    number: int
    year: int
    title: str
    state: str
    screening: str
    is_to_be_answered: bool
    received_at: datetime
    answer_by: Any
    document_kind: str
    language: str
    country: str
    sender: str

    @property
    def label(self) -> str:
        """The number as the register writes it."""
        return number_label(self.series, self.number, self.year)


@dataclass(frozen=True, slots=True)
class ListedBrief:
    """What a list shows of a brief itself, as plain values."""

    pk: int
    series: str
    number: int
    year: int
    title: str
    state: str
    received_at: datetime

    @property
    def label(self) -> str:
        """The number as the register writes it."""
        return number_label(self.series, self.number, self.year)


@dataclass(frozen=True, slots=True)
class Row:
    """One matter of a list: the most urgent it owes, and who has it ("": nobody)."""

    matter: Any
    owed: Owed | None
    with_whom: str

    @property
    def due_at(self) -> datetime | None:
        return self.owed.due_at if self.owed else None


def next_step_of(document: ListedDocument | ForeignDocument) -> str:
    """The step that is due where a document stands."""
    if document.state == ForeignState.CHECKING:
        is_ours = document.screening == ForeignScreening.OURS
        return "put_to_minister" if is_ours else "confirm_screening"
    if document.state == ForeignState.ORDERED:
        return "answer" if document.is_to_be_answered else "file"
    return NEXT_STEP.get(document.state, "")


def next_step(document: ForeignDocument, now: datetime) -> str:
    """The step that is due on the page of one document."""
    return next_step_of(document)


def next_step_of_brief(brief: ListedBrief | SituationBrief) -> str:
    """The step that is due where a brief stands."""
    return BRIEF_NEXT_STEP.get(brief.state, "")


def brief_next_step(brief: SituationBrief, now: datetime) -> str:
    """The step that is due on the page of one brief."""
    return next_step_of_brief(brief)


DOCUMENT_COLUMNS: list[str] = [
    "pk", "series", "number", "year", "title", "state", "screening", "is_to_be_answered", "received_at",
    "answer_by", "document_kind", "language", "sender_country", "sender_organisation", "sender_name",
    "owner__display_name",
]  # fmt: skip
BRIEF_COLUMNS: list[str] = [
    "pk", "series", "number", "year", "title", "state", "received_at", "owner__display_name",
]  # fmt: skip


def document_rows(keys: Sequence[int]) -> list[Row]:
    """The rows of these documents in this order, in two queries however many."""
    owed = owed_first(keys)
    found = {}
    rows: Iterable[Any] = ForeignDocument.objects.filter(pk__in=keys).values_list(*DOCUMENT_COLUMNS)
    for values in rows:
        *own, organisation, person, owner = values
        matter = ListedDocument(*[*own, organisation or person])
        found[matter.pk] = Row(matter, owed.get(matter.pk), holder(owed.get(matter.pk), owner))
    return [found[key] for key in keys]


def brief_rows(keys: Sequence[int]) -> list[Row]:
    """The rows of these briefs in this order, in two queries however many."""
    owed = owed_first(keys)
    found = {}
    rows: Iterable[Any] = SituationBrief.objects.filter(pk__in=keys).values_list(*BRIEF_COLUMNS)
    for values in rows:
        *own, owner = values
        matter = ListedBrief(*own)
        found[matter.pk] = Row(matter, owed.get(matter.pk), holder(owed.get(matter.pk), owner))
    return [found[key] for key in keys]
