"""What a list or page says of an interpellation or motion at a glance: who asks, what is next, who has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from office.models.number import number_label
from office.worklist import Owed, holder, owed_first
from parliament.models import AnswerState, Interpellation, Motion
from parliament.models.answering import AnsweringSteps

State = AnswerState
Kind = Interpellation.InterpellationKind

NEXT_STEP: dict[str, str] = {
    State.RECEIVED: "ask_agencies",
    State.ASKED: "chase_request",
    State.DRAFTING: "submit_draft",
    State.CHECKING: "put_to_minister",
    State.ON_DESK: "approve",
    State.PRINTING: "record_printing",
    State.GIVEN: "close",
}


def next_of_question(state: str, kind: str) -> str:
    """The step that is due where a question stands."""
    if state == State.APPROVED:
        return "send_to_gazette" if kind == Kind.GAZETTE else "answer_in_sitting"
    return NEXT_STEP.get(state, "")


def next_of_motion(state: str) -> str:
    """The step that is due where a motion stands."""
    return "give_statement" if state == State.APPROVED else NEXT_STEP.get(state, "")


def next_step(matter: AnsweringSteps, now: datetime) -> str:
    """The step that is due on the page of one matter."""
    if isinstance(matter, Interpellation):
        return next_of_question(matter.state, matter.interpellation_kind)
    return next_of_motion(matter.state)


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list shows of an interpellation or motion itself, as plain values."""

    pk: int
    series: str
    number: int
    year: int
    title: str
    state: str
    chamber: str
    received_at: datetime
    sitting_on: date | None
    kind: str
    own_number: int | None
    by: str
    party: str

    @property
    def label(self) -> str:
        """The number as the register writes it."""
        return number_label(self.series, self.number, self.year)


@dataclass(frozen=True, slots=True)
class Row:
    """One matter of a list: the most urgent it owes, and who has it ("": nobody)."""

    matter: Listed
    owed: Owed | None
    with_whom: str

    @property
    def due_at(self) -> datetime | None:
        return self.owed.due_at if self.owed else None


SHARED = ["pk", "series", "number", "year", "title", "state", "chamber", "received_at", "sitting_on"]


def questions(keys: Sequence[int]) -> list[Row]:
    """The rows of these interpellations in this order, in two queries however many."""
    found = Interpellation.objects.filter(pk__in=keys)
    own = ["interpellation_kind", "question_number"]
    return _rows(keys, found.values_list(*SHARED, *own, *_people("asker")))


def motions(keys: Sequence[int]) -> list[Row]:
    """The rows of these motions in this order, in two queries however many."""
    found = Motion.objects.filter(pk__in=keys)
    return _rows(keys, found.values_list(*SHARED, "kind", "motion_number", *_people("proposer")))


def _people(member: str) -> list[str]:
    return [f"{member}__title", f"{member}__name", f"{member}__party__name", "owner__display_name"]


def _rows(keys: Sequence[int], values: Iterable[Any]) -> list[Row]:
    owed = owed_first(keys)
    found = {}
    for *facts, title, name, party, owner in values:
        matter = Listed(*[*facts, f"{title}{name}", party or ""])
        found[matter.pk] = Row(matter, owed.get(matter.pk), holder(owed.get(matter.pk), owner))
    return [found[key] for key in keys]
