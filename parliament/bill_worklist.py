"""What a list or page says of a bill at a glance: where on its line it is, what is next, when it is considered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from office.models.number import number_label
from office.there_is import there_is
from office.worklist import Owed, holder, owed_first
from parliament.models import Bill, BillStage, Consideration, Meeting
from parliament.models.bill_state import BEFORE_CHAMBERS, BillState

State = BillState
NOT_HELD = (Meeting.State.POSTPONED, Meeting.State.CANCELLED)
NEXT_STEP: dict[str, str] = {
    State.REGISTERED: "begin",
    State.AGENDA: "record_outcome",
    State.ASSENT: "give_assent",
    State.GAZETTE: "print_in_gazette",
    State.ENDED: "close",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list shows of a bill itself, as plain values."""

    pk: int
    series: str
    number: int
    year: int
    title: str
    state: str
    result: str
    ministry_part: str
    proposer_kind: str
    received_at: datetime
    proposed_by: str

    @property
    def label(self) -> str:
        """The number as the register writes it."""
        return number_label(self.series, self.number, self.year)


@dataclass(frozen=True, slots=True)
class Row:
    """One bill of a list: what it owes, who has it ("": nobody), when a meeting considers it, its last stage."""

    matter: Listed
    owed: Owed | None
    with_whom: str
    considered_at: datetime | None
    last_stage: str

    @property
    def due_at(self) -> datetime | None:
        return self.owed.due_at if self.owed else None


def next_step_of(state: str, considered_at: datetime | None, now: datetime) -> str:
    """The step that is due; "" while a meeting that is to come considers it."""
    if state not in BEFORE_CHAMBERS or state == State.AGENDA:
        return NEXT_STEP.get(state, "")
    if considered_at is None:
        return "consider"
    return "record_outcome" if considered_at <= now else ""


def next_step(bill: Bill, now: datetime) -> str:
    """The step that is due on the page of one bill, as `with_its_meetings` fetched it."""
    return next_step_of(bill.state, bill.considered_at, now)  # type: ignore[attr-defined]


def with_its_meetings(bills: Any) -> Any:
    """Each with what its page asks of its meetings and files: whether there are any, and when the last one begins."""
    here = Consideration.objects.filter(stage__bill=OuterRef("pk"), stage__outcome="")
    to_be_held = here.exclude(item__meeting__state__in=NOT_HELD).order_by("-item__meeting__begins_at")
    return bills.annotate(
        is_considered=Exists(here),
        considered_at=Subquery(to_be_held.values("item__meeting__begins_at")[:1]),
        has_documents=there_is(Bill, ("office_document", "matter_id")),
    )


def considered(keys: Sequence[int]) -> dict[int, datetime]:
    """When the last meeting that considers each of these bills in its present stage begins; one query."""
    rows = Consideration.objects.filter(stage__bill__in=keys, stage__outcome="")
    rows = rows.exclude(item__meeting__state__in=NOT_HELD)
    values = rows.order_by("item__meeting__begins_at").values_list("stage__bill", "item__meeting__begins_at")
    return dict(values)


COLUMNS: list[str] = [
    "pk", "series", "number", "year", "title", "state", "result", "ministry_part", "proposer_kind",
    "received_at", "proposer__title", "proposer__name", "proposer_text", "owner__display_name",
]  # fmt: skip


def rows_of(keys: Sequence[int]) -> list[Row]:
    """The rows of these bills in this order, in three queries however many."""
    owed, meetings = owed_first(keys), considered(keys)
    newest = BillStage.objects.filter(bill=OuterRef("pk")).order_by("-position").values("stage")[:1]
    bills = Bill.objects.filter(pk__in=keys).annotate(last_stage=Subquery(newest))
    found = {}
    rows: Iterable[Any] = bills.values_list(*COLUMNS, "last_stage")
    for *own, title, name, text, owner, last_stage in rows:
        matter = Listed(*[*own, f"{title}{name}" if name else text])
        key = matter.pk
        found[key] = Row(
            matter, owed.get(key), holder(owed.get(key), owner), meetings.get(key), last_stage or ""
        )
    return [found[key] for key in keys]
