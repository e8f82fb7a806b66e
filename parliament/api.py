"""Meetings, interpellations and bills as other systems of the ministry may read them: what parliament itself tells."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from office.api import Asked, MatterFacts, Reader, Rows, answers, asked_of, local, matter_facts, turned
from office.models import ApiScope
from parliament.models import AnswerState, Bill, Interpellation, Meeting
from parliament.models.bill_state import BillState
from parliament.models.meeting_state import MeetingKind, MeetingState

router = Router(tags=["parliament"])


class MeetingsAsked(Asked):
    state: MeetingState | None = None


class MeetingFacts(MatterFacts):
    """A meeting, without its minutes and what was prepared for it."""

    state: MeetingState
    title: str
    kind: MeetingKind
    committee: str | None
    sitting_number: str
    place: str
    begins_at: datetime
    ends_at: datetime | None


@router.get("/meetings", auth=Reader(ApiScope.MEETINGS), response=answers(Rows[MeetingFacts]))
def meetings(request: HttpRequest, asked: Query[MeetingsAsked]) -> dict[str, Any]:
    """Meetings of parliament, its committees and the whips that the office was told of."""
    rows = Meeting.objects.select_related("committee").defer("minutes", "search_text")
    return turned(asked_of(rows, asked, state=asked.state), asked, meeting_facts)


def meeting_facts(meeting: Meeting) -> MeetingFacts:
    return MeetingFacts(
        **matter_facts(meeting),
        title=meeting.title,
        kind=MeetingKind(meeting.meeting_kind),
        committee=str(meeting.committee) if meeting.committee else None,
        sitting_number=meeting.sitting_number,
        place=meeting.place,
        begins_at=local(meeting.begins_at),
        ends_at=local(meeting.ends_at),
    )


class InterpellationsAsked(Asked):
    state: AnswerState | None = None


class InterpellationFacts(MatterFacts):
    """A question to the minister, without the drafts of its answer."""

    state: AnswerState
    title: str
    kind: Interpellation.InterpellationKind
    chamber: str
    question_number: int | None
    asker: str | None = Field(description="The member of parliament who asks.")
    result: Interpellation.Result | None
    gazette_on: date | None = Field(description="When the answer was printed in the Royal Gazette.")


@router.get(
    "/interpellations", auth=Reader(ApiScope.INTERPELLATIONS), response=answers(Rows[InterpellationFacts])
)
def interpellations(request: HttpRequest, asked: Query[InterpellationsAsked]) -> dict[str, Any]:
    """Questions that members of parliament asked the minister."""
    rows = Interpellation.objects.select_related("asker").defer("search_text")
    return turned(asked_of(rows, asked, state=asked.state), asked, interpellation_facts)


def interpellation_facts(question: Interpellation) -> InterpellationFacts:
    return InterpellationFacts(
        **matter_facts(question),
        title=question.title,
        kind=Interpellation.InterpellationKind(question.interpellation_kind),
        chamber=question.chamber,
        question_number=question.question_number,
        asker=question.asker.full_name if question.asker else None,
        result=Interpellation.Result(question.result) if question.result else None,
        gazette_on=question.gazette_on,
    )


class BillsAsked(Asked):
    state: BillState | None = None


class BillFacts(MatterFacts):
    """A bill that concerns the ministry, and how far it has come."""

    state: BillState
    title: str
    bill_number: str
    parliament_number: int
    proposer_kind: Bill.Proposer
    proposed_by: str
    ministry_part: Bill.Part


@router.get("/bills", auth=Reader(ApiScope.BILLS), response=answers(Rows[BillFacts]))
def bills(request: HttpRequest, asked: Query[BillsAsked]) -> dict[str, Any]:
    """Draft acts that the office follows."""
    rows = Bill.objects.select_related("proposer").defer("substance", "search_text")
    return turned(asked_of(rows, asked, state=asked.state), asked, bill_facts)


def bill_facts(bill: Bill) -> BillFacts:
    return BillFacts(
        **matter_facts(bill),
        title=bill.title,
        bill_number=bill.bill_number,
        parliament_number=bill.parliament_number,
        proposer_kind=Bill.Proposer(bill.proposer_kind),
        proposed_by=bill.proposed_by,
        ministry_part=Bill.Part(bill.ministry_part),
    )
