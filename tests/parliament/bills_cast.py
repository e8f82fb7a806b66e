"""Consultations and bills for the tests, meetings that consider them, and the way along their paths."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from typing import Any

from django.db import transaction

from office.calendar import OFFICE_TZ
from office.models import Event, Matter, Subgroup, User
from office.steps import Actor, open_matter, perform
from parliament.models import AgendaItem, Bill, ConstitutionalBody, Consultation, Meeting, Telling
from parliament.models.bill_state import BEFORE_CHAMBERS, LINE, BillState, Outcome
from parliament.models.consultation_state import ConsultationState, TellingWay
from tests.cast import MORNING
from tests.parliament.cast import make_member

TODAY = date(2009, 11, 17)
"""MORNING's day, a Tuesday."""
_serial = count(1)


def at(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment in Bangkok."""
    return datetime(year, month, day, hour, minute, tzinfo=OFFICE_TZ)


SITTING = at(2009, 11, 25, 9, 30)
"""A Wednesday eight days after MORNING, on which the House sits."""


def fresh(matter: Any) -> Any:
    """The matter as the database has it now."""
    return type(matter).objects.get(pk=matter.pk)


def take(matter: Any, name: str, by: User | Actor, *, now: datetime = MORNING, **given: Any) -> Event:
    """Take a step as somebody who has just opened the page."""
    actor = by if isinstance(by, Actor) else Actor(user=by)
    current = fresh(matter)
    return perform(current, name, actor=actor, seen=current.version, now=now, **given)


# ── Consultations ───────────────────────────────────────────────────────────────────────────


def make_body() -> ConstitutionalBody:
    """The Ombudsman, who writes about petitions that lie too long."""
    return ConstitutionalBody.objects.get_or_create(name="ผู้ตรวจการแผ่นดิน")[0]


def make_consultation(
    *, received_at: datetime = MORNING, owner: User | None = None, by_body: bool = False, **facts: Any
) -> Consultation:
    """A member asks in the House about teachers in a small school; or the Ombudsman by letter."""
    given: dict[str, Any] = {
        "title": f"ขอให้จัดสรรครูแก่โรงเรียนขนาดเล็ก ครั้งที่ {next(_serial)}",
        "text": "โรงเรียนบ้านห้วยน้ำใสมีครูเพียงสองคน ขอให้กระทรวงจัดสรรอัตรากำลังเพิ่ม",
        "raised_on": received_at.astimezone(OFFICE_TZ).date(),
    }
    if by_body:
        given |= {"body": make_body(), "reference": "ผผ ๐๑๐๑/๕๕๕"}
    elif "member" not in facts:
        given |= {"member": make_member(email="member@parliament.example"), "chamber": "house"}
    consultation = Consultation(received_at=received_at, owner=owner, **(given | facts))
    return consultation.receive(actor=Actor(user=owner, label="" if owner else "ระบบ"), now=received_at)


def told_by_letter(**changes: Any) -> dict[str, Any]:
    """What is recorded of a telling by letter today."""
    return {"way": TellingWay.LETTER, "told_on": TODAY, "note": "ศธ ๐๑๐๐/๑๒๓"} | changes


def carry_to(
    consultation: Consultation,
    state: ConsultationState,
    *,
    officer: User,
    head: User,
    executive: User,
    now: datetime = MORNING,
) -> Consultation:
    """Carry a received consultation along its path, without asking an agency, by the right people."""
    told = told_by_letter(told_on=now.astimezone(OFFICE_TZ).date())
    path: list[tuple[str, User, dict[str, Any]]] = [
        ("accept", officer, {}),
        ("summarise", officer, {"summary": "สรุป", "opinion": "เห็นควรแจ้งว่าจัดสรรแล้วสองอัตรา"}),
        ("submit", head, {"to": executive}),
        ("order", executive, {"order_text": "ดำเนินการตามเสนอ"}),
        ("write_result", officer, {"told_text": "กระทรวงจัดสรรครูแล้วสองอัตรา"}),
        ("tell_raiser", officer, told),
        ("tell_minister", officer, told),
        ("close", officer, {"result": Consultation.Result.DONE}),
    ]
    for name, by, given in path:
        if fresh(consultation).state == state:
            break
        take(consultation, name, by, now=now, **given)
    return fresh(consultation)


# ── Bills and the meetings that consider them ───────────────────────────────────────────────


def make_bill(*, received_at: datetime = MORNING, owner: User | None = None, **facts: Any) -> Bill:
    """A bill of the cabinet on the ministry's own business."""
    given: dict[str, Any] = {
        "title": f"ร่างพระราชบัญญัติการศึกษาแห่งชาติ (ฉบับที่ {next(_serial)}) พ.ศ. ....",
        "proposer_kind": Bill.Proposer.CABINET,
        "ministry_part": Bill.Part.OWNER,
        "parliament_number": 23,
    }
    bill = Bill(received_at=received_at, owner=owner, **(given | facts))
    return bill.receive(actor=Actor(user=owner, label="" if owner else "ระบบ"), now=received_at)


def bring_to(bill: Bill, state: BillState, officer: User, *, now: datetime = MORNING) -> Bill:
    """Carry a registered bill along the line to a state, everything on one day."""
    on = now.astimezone(OFFICE_TZ).date()
    while (here := BillState(fresh(bill).state)) != state:
        if here == BillState.REGISTERED:
            take(bill, "begin", officer, now=now, stage=LINE[0], on=on)
        elif here in BEFORE_CHAMBERS:
            follows = LINE[LINE.index(here) + 1]
            take(bill, "record_outcome", officer, now=now, outcome=Outcome.PASSED, on=on, next_stage=follows)
        elif here == BillState.ASSENT:
            take(bill, "give_assent", officer, now=now, on=on)
        elif here == BillState.GAZETTE:
            take(bill, "print_in_gazette", officer, now=now, volume="๑๒๖", part="๙๐ ก", page="๑", on=on)
        else:
            take(bill, "close", officer, now=now)
    return fresh(bill)


def make_sitting(*, begins_at: datetime = SITTING, received_at: datetime = MORNING, **facts: Any) -> Meeting:
    """A sitting of the House whose agenda has been gone through."""
    facts = {"state": Meeting.State.PREPARING} | facts
    meeting = Meeting(
        title=f"การประชุมสภาผู้แทนราษฎร ครั้งที่ {next(_serial)}",
        kind=Matter.Kind.MEETING,
        subgroup=Subgroup.objects.get(code=Subgroup.Code.POLITICS),
        meeting_kind=Meeting.MeetingKind.HOUSE,
        received_at=received_at,
        begins_at=begins_at,
        agenda_checked_at=received_at,
        **facts,
    )
    with transaction.atomic():
        open_matter(meeting, prefix="ปช", year=2553, actor=Actor(label="ระบบ"), now=received_at)
    return meeting


def make_item(meeting: Meeting, **facts: Any) -> AgendaItem:
    """One item of its agenda."""
    position = meeting.items.count() + 1
    given = {"position": position, "number": f"๕.{position}", "title": "ร่างพระราชบัญญัติที่ค้างมา"} | facts
    return AgendaItem.objects.create(meeting=meeting, **given)


def make_telling(item: AgendaItem, *, told_at: datetime | None = None) -> Telling:
    """The agency that must know of an item."""
    return Telling.objects.create(
        item=item,
        name="สำนักนิติการ",
        due_at=item.meeting.begins_at,
        told_at=told_at,
        way=Telling.Way.LETTER if told_at else "",
    )
