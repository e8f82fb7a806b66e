"""The line of a bill as its page draws it: every passage it went through in order, the present one, what is to come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    CharField,
    DateTimeField,
    Exists,
    OuterRef,
    Prefetch,
    QuerySet,
    Value,
)
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from office.models import User
from office.permissions import carries_it
from parliament.models import Bill, BillStage, Consideration, Meeting, Need, Telling
from parliament.models.bill_state import BEFORE_CHAMBERS, LINE, BillState, Outcome, outcome_words
from parliament.sittings import coming

OUTCOME_TONES = {
    Outcome.PASSED: "done",
    Outcome.PASSED_AMENDED: "done",
    Outcome.SENT_BACK: "back",
    Outcome.REJECTED: "fell",
    Outcome.WITHDRAWN: "fell",
    Outcome.LAPSED: "fell",
}


class Mark(NamedTuple):
    """Somebody to be told or something to be ready for an item: who or what, since when it is, and how."""

    item: int
    is_telling: bool
    words: str
    at: datetime | None
    way: str
    acknowledged_at: datetime | None
    agency: str
    document: int | None

    @property
    def how(self) -> Any:
        """The way somebody was told by, in words."""
        return Telling.Way(self.way).label if self.way else ""


@dataclass(frozen=True)
class Considered:
    """One meeting at which a passage is considered, and how far its preparation is."""

    one: Consideration
    meeting: Meeting
    is_seen: bool
    standing: str
    words: Any
    tellings: Sequence[Mark] = ()
    needs: Sequence[Mark] = ()

    @property
    def told(self) -> int:
        return sum(one.at is not None for one in self.tellings)

    @property
    def ready(self) -> int:
        return sum(one.at is not None for one in self.needs)


@dataclass(frozen=True)
class Passage:
    """One place on the line; `tone` names its look and `words` say the same."""

    name: Any
    tone: str
    words: Any = ""
    stage: BillStage | None = None
    meetings: Sequence[Considered] = field(default_factory=list)


def line_of(bill: Bill, user: User, now: datetime) -> list[Passage]:
    """What was gone through in its order, then what is to come; of a bill that fell nothing is to come."""
    stages = list(_stages(bill, user))
    marks = _marks([one.item_id for stage in stages for one in stage.considerations.all()])
    passages = [_passage(stage, marks, now) for stage in stages]
    if bill.state in (BillState.ENDED, BillState.CLOSED):
        return passages
    last = passages[-1].stage if passages else None
    after = LINE.index(BillState(last.stage)) + 1 if last else 0
    return [*passages, *(Passage(stage.label, "to-come") for stage in LINE[after:])]


def _stages(bill: Bill, user: User) -> QuerySet[BillStage]:
    """The passages with all that the page shows of their meetings, in a fixed number of queries."""
    seen = Meeting.objects.visible_to(user).filter(pk=OuterRef("item__meeting"))
    considerations = (
        Consideration.objects.annotate(is_seen=Exists(seen))
        .select_related("item__meeting", "deadline")
        .defer("item__meeting__search_text", "item__meeting__minutes")
        .order_by("item__meeting__begins_at", "pk")
    )
    return bill.stages.order_by("position").prefetch_related(Prefetch("considerations", considerations))


def _marks(items: Sequence[int]) -> dict[int, list[Mark]]:
    """Whom to tell and what to have ready for these items, in one query for both."""
    if not items:
        return {}
    whom = Coalesce(NullIf("name", Value("")), "agency__name", "person__display_name")
    nothing, never, none = (
        Value("", CharField()),
        Value(None, DateTimeField()),
        Value(None, BigIntegerField()),
    )
    tellings = Telling.objects.filter(item__in=items).order_by()
    told = tellings.values_list(
        "item_id", Value(True), whom, "told_at", "way", "acknowledged_at", nothing, none, "pk"
    )
    agency = Coalesce("agency__name", nothing)
    needs = Need.objects.filter(item__in=items).order_by()
    ready = needs.values_list(
        "item_id", Value(False), "what", "ready_at", nothing, never, agency, "document_id", "pk"
    )
    found: dict[int, list[Mark]] = {}
    rows: Iterable[Any] = told.union(ready, all=True)
    for *values, _key in sorted(rows, key=lambda row: (row[0], not row[1], row[-1])):
        found.setdefault(values[0], []).append(Mark(*values))
    return found


def _passage(stage: BillStage, marks: dict[int, list[Mark]], now: datetime) -> Passage:
    meetings = [_considered(one, marks, now) for one in stage.considerations.all()]
    if stage.is_open:
        return Passage(stage.get_stage_display(), "now", _("Here now"), stage, meetings)
    outcome = Outcome(stage.outcome)
    words = outcome_words(stage.stage, outcome)
    return Passage(stage.get_stage_display(), OUTCOME_TONES[outcome], words, stage, meetings)


def _considered(one: Any, marks: dict[int, list[Mark]], now: datetime) -> Considered:
    meeting = one.item.meeting
    standing, words = _standing(one, meeting, now)
    if not one.is_seen:
        return Considered(one, meeting, False, standing, words)
    here = marks.get(one.item_id, [])
    tellings, needs = (
        [mark for mark in here if mark.is_telling],
        [mark for mark in here if not mark.is_telling],
    )
    return Considered(one, meeting, True, standing, words, tellings, needs)


def _standing(one: Consideration, meeting: Meeting, now: datetime) -> tuple[str, Any]:
    """How the promise for one meeting stands: a tone, and the words that say it."""
    if meeting.state == Meeting.State.CANCELLED:
        return "quiet", _("Meeting cancelled")
    if meeting.state == Meeting.State.POSTPONED:
        return "quiet", _("Meeting postponed, no new day yet")
    if one.deadline is None or one.deadline.dropped_at is not None:
        if one.stage.is_open or one.deadline is None:
            return "quiet", _("Told of after it began: out of the count")
        return "quiet", _("Passed before this meeting")
    if one.deadline.met_at is None and not one.deadline.is_late(now):
        return "soon", _("Being prepared")
    return ("late", _("Not ready in time")) if one.deadline.is_late(now) else ("ok", _("All ready in time"))


def line_card(bill: Bill, user: User, now: datetime) -> dict[str, Any]:
    """The line, the story of each passage with the newest first, and the meetings one press away."""
    passages = line_of(bill, user, now)
    gone_through = [one for one in passages if one.stage]
    may_consider = bill.state in BEFORE_CHAMBERS and carries_it.test(user, bill)
    return {
        "bill": bill,
        "line": passages,
        "story": list(reversed(gone_through)),
        "coming": coming(bill, user, now) if may_consider else [],
    }
