"""Interpellations and motions of the tests, and how they are carried along their path."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

from office.models import Agency, Event, User
from office.steps import Actor, perform
from parliament.models import AgencyRequest, AnswerState, Interpellation, Motion
from parliament.models.answering import AnsweringSteps
from parliament.models.asking import Ask
from tests.cast import MORNING, make_agency, make_executive
from tests.parliament.cast import make_member, make_session

_serial = count(1)
State = AnswerState
Kind = Interpellation.InterpellationKind

ANSWER = "กระทรวงศึกษาธิการได้จัดสรรเงินอุดหนุนครบถ้วนแล้ว และได้กำชับสถานศึกษามิให้เรียกเก็บเงินเพิ่ม"


def make_interpellation(
    *,
    owner: User | None = None,
    kind: str = Kind.SITTING,
    received_at: datetime = MORNING,
    sub_questions: tuple[str, ...] = ("เหตุใดโรงเรียนยังเรียกเก็บเงิน", "จะแก้ไขเมื่อใด"),
    **kwargs: Any,
) -> Interpellation:
    """A question about school fees, to be answered in the House."""
    number = next(_serial)
    facts: dict[str, Any] = {
        "title": f"การเก็บเงินบำรุงการศึกษา ครั้งที่ {number}",
        "text": "ด้วยโรงเรียนหลายแห่งยังเรียกเก็บเงินบำรุงการศึกษา จึงขอถามรัฐมนตรีว่าการกระทรวงศึกษาธิการ",
        "chamber": "house",
        "parliament_number": 23,
        "question_number": number,
    } | kwargs
    if "asker" not in facts:
        facts["asker"] = make_member(chamber=facts["chamber"], parliament_number=facts["parliament_number"])
    facts.setdefault("session", make_session())
    question = Interpellation(owner=owner, interpellation_kind=kind, received_at=received_at, **facts)
    return question.receive(
        actor=Actor(user=owner, label="สารบรรณ"), now=received_at, sub_questions=sub_questions
    )


def make_motion(*, owner: User | None = None, received_at: datetime = MORNING, **kwargs: Any) -> Motion:
    """A motion that the House study the quality of small schools."""
    number = next(_serial)
    facts: dict[str, Any] = {
        "title": f"ขอให้ตั้งคณะกรรมาธิการศึกษาโรงเรียนขนาดเล็ก {number}",
        "text": "ขอให้สภาผู้แทนราษฎรตั้งคณะกรรมาธิการวิสามัญพิจารณาศึกษาคุณภาพโรงเรียนขนาดเล็ก",
        "chamber": "house",
        "parliament_number": 23,
        "motion_number": number,
        "session": make_session(),
    } | kwargs
    facts.setdefault("proposer", make_member())
    motion = Motion(owner=owner, received_at=received_at, **facts)
    return motion.receive(actor=Actor(user=owner, label="สารบรรณ"), now=received_at)


def make_agencies(many: int = 2) -> list[Agency]:
    """Bodies of the ministry that may know the answer."""
    names = [
        ("สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน", "สพฐ.", "saraban@obec.example"),
        ("สำนักงานปลัดกระทรวงศึกษาธิการ", "สป.", "saraban@ops.example"),
        ("สำนักงานคณะกรรมการการอาชีวศึกษา", "สอศ.", "saraban@vec.example"),
    ]
    return [make_agency(name, short_name=short, email=email) for name, short, email in names[:many]]


def fresh(matter: AnsweringSteps) -> Any:
    """The matter as the database has it now."""
    return type(matter).objects.get(pk=matter.pk)


def take_step(
    matter: AnsweringSteps, name: str, by: User | Actor, *, now: datetime = MORNING, **given: Any
) -> Event:
    """Take a step as somebody who has just opened the page."""
    actor = by if isinstance(by, Actor) else Actor(user=by)
    current = fresh(matter)
    return perform(current, name, actor=actor, seen=current.version, now=now, **given)


def ask(
    matter: AnsweringSteps,
    by: User,
    agencies: list[Agency],
    *,
    is_offer: bool = False,
    now: datetime = MORNING,
) -> list[AgencyRequest]:
    """Ask agencies; the requests, in their order."""
    asks = [Ask(agency) for agency in agencies]
    asked = "ขอข้อเท็จจริงและแนวทางการตอบ"
    take_step(matter, "ask_agencies", by, now=now, asks=asks, asked=asked, is_offer=is_offer)
    return list(AgencyRequest.objects.filter(matter=matter).with_whom().order_by("-pk")[: len(asks)])[::-1]


def clerk_of(request: AgencyRequest) -> Actor:
    """Whoever sits at the agency and holds its link."""
    return Actor(label=request.agency.name, agency_id=request.agency_id)


def bring_to(
    matter: AnsweringSteps,
    state: AnswerState,
    *,
    officer: User,
    head: User,
    executive: User,
    now: datetime = MORNING,
) -> Any:
    """Carry a received matter along the main path to a state, by the right people."""
    path: list[tuple[AnswerState, str, User, dict[str, Any]]] = [
        (State.DRAFTING, "save_draft", officer, {"answer_text": ANSWER}),
        (State.CHECKING, "submit_draft", officer, {"answer_text": ANSWER}),
        (State.ON_DESK, "put_to_minister", head, {"to": executive}),
        (State.APPROVED, "approve", executive, {}),
    ]
    reached_before = [step[0] for step in path]
    here = fresh(matter).state
    left = path[reached_before.index(here) + 1 :] if here in reached_before else path
    for reached, name, by, given in left if here != state else []:
        take_step(matter, name, by, now=now, **given)
        if reached == state:
            break
    return fresh(matter)


__all__ = [
    "ANSWER",
    "MORNING",
    "ask",
    "bring_to",
    "clerk_of",
    "fresh",
    "make_agencies",
    "make_executive",
    "make_interpellation",
    "make_motion",
    "take_step",
]
