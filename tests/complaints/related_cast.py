"""Related matters for the tests, one of each kind, and the way along their path."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from complaints.models import Hearing, RelatedMatter, State
from office.calendar import OFFICE_TZ
from office.models import Event, User
from office.steps import Actor, perform
from tests.cast import MORNING, make_agency

Kind = RelatedMatter.RelatedKind


def at(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment in Bangkok."""
    return datetime(year, month, day, hour, minute, tzinfo=OFFICE_TZ)


# A Tuesday three weeks after MORNING (Tuesday 17 November 2009), with plain weeks between.
COURT_DAY = at(2009, 12, 8, 9)


def make_related(
    kind: Kind = Kind.REPORT, *, received_at: datetime = MORNING, owner: User | None = None, **facts: Any
) -> RelatedMatter:
    """What each kind must tell, as it comes by letter to Thatsanee."""
    own: dict[Kind, dict[str, Any]] = {
        Kind.REPORT: {},
        Kind.TORT: {"amount": Decimal("125000.50"), "limitation_on": date(2010, 11, 17)},
        Kind.CRIMINAL: {
            "agency": make_agency(),
            "official_position": "ผู้อำนวยการโรงเรียน",
            "stage": RelatedMatter.Stage.INQUIRY,
        },
        Kind.SUMMONS: {
            "court": RelatedMatter.Court.ADMINISTRATIVE,
            "court_name": "ศาลปกครองกลาง",
            "case_number": "อ.๑๒๓/๒๕๕๒",
            "role": RelatedMatter.Role.DEFENDANT,
        },
    }
    hearing_at = facts.pop("hearing_at", COURT_DAY if kind == Kind.SUMMONS else None)
    common: dict[str, Any] = {
        "title": "เรื่องที่เกี่ยวข้องซึ่งต้องเสนอผู้บริหาร",
        "story": "ตามหนังสือที่แนบมา",
        "received_from": "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน",
    }
    matter = RelatedMatter(
        related_kind=kind, received_at=received_at, owner=owner, **{**common, **own[kind], **facts}
    )
    hearing = Hearing(at=hearing_at, purpose="นัดพิจารณาครั้งแรก", room="ห้อง ๕") if hearing_at else None
    return matter.receive(
        actor=Actor(user=owner, label="" if owner else "ระบบ"), now=received_at, hearing=hearing
    )


def fresh(matter: RelatedMatter) -> RelatedMatter:
    """The matter as the database has it now."""
    return RelatedMatter.objects.get(pk=matter.pk)


def take(matter: RelatedMatter, name: str, by: User, *, now: datetime = MORNING, **given: Any) -> Event:
    """Take a step as somebody who has just opened the page."""
    current = fresh(matter)
    return perform(current, name, actor=Actor(user=by), seen=current.version, now=now, **given)


def carry_to(
    matter: RelatedMatter,
    state: State,
    *,
    officer: User,
    head: User,
    executive: User,
    now: datetime = MORNING,
) -> RelatedMatter:
    """Carry a received matter along its path to a state, by the right people."""
    ends = RelatedMatter.RESULTS[Kind(matter.related_kind)]
    path: list[tuple[State, str, User, dict[str, Any]]] = [
        (State.SUMMARISED, "summarise", officer, {"summary": "สรุป", "opinion": "เห็นควรมอบฝ่ายกฎหมาย"}),
        (State.SUBMITTED, "submit", head, {"to": executive}),
        (State.ORDERED, "order", executive, {"order_text": "ดำเนินการตามเสนอ"}),
        (State.CLOSED, "close", officer, {"result": ends[0]}),
    ]
    for reached, name, by, given in path:
        take(matter, name, by, now=now, **given)
        if reached == state:
            break
    return fresh(matter)
