"""Papers from abroad and briefs for the tests, and the way along their paths."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

from office.calendar import OFFICE_TZ
from office.models import Event, User
from office.steps import Actor, perform
from publicrelations.models import BriefState, ForeignDocument, ForeignState, SituationBrief
from publicrelations.models.brief import Option, Source
from tests.cast import MORNING

_serial = count(1)
ARABIC = "يسرنا أن ندعوكم إلى المؤتمر الدولي حول التعليم"
WRITTEN: dict[str, Any] = {
    "situation": "ครูอัตราจ้างประกาศชุมนุม",
    "meaning": "โรงเรียนขนาดเล็กอาจขาดครู",
    "opinion": "ควรชี้แจงก่อนวันชุมนุม",
    "options": [Option("ขยายสัญญา", "ทันเปิดเทอม", "ใช้งบเพิ่ม"), Option("เร่งบรรจุ", "ยั่งยืน", "ไม่ทัน")],
    "sources": [Source("ข่าวหนังสือพิมพ์", "https://news.example.org/1"), Source("หนังสือเครือข่าย")],
}


def at(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment in Bangkok."""
    return datetime(year, month, day, hour, minute, tzinfo=OFFICE_TZ)


def fresh(matter: Any) -> Any:
    """The matter as the database has it now."""
    return type(matter).objects.get(pk=matter.pk)


def take(matter: Any, name: str, by: User, *, now: datetime = MORNING, **given: Any) -> Event:
    """Take a step as somebody who has just opened the page."""
    current = fresh(matter)
    return perform(current, name, actor=Actor(user=by), seen=current.version, now=now, **given)


def make_document(
    *, received_at: datetime = MORNING, owner: User | None = None, **facts: Any
) -> ForeignDocument:
    """A council invites the minister by a letter in French."""
    given: dict[str, Any] = {
        "title": f"ขอเชิญประชุมว่าด้วยโรงเรียนขนาดเล็ก ครั้งที่ {next(_serial)}",
        "document_kind": "invitation",
        "language": "fr",
        "sender_organisation": "Conseil de l'éducation",
        "sender_country": "FR",
        "reference": "CE/12/2009",
        "original_text": "Monsieur le Ministre, nous avons l'honneur de vous inviter.",
    }
    document = ForeignDocument(**(given | facts), owner=owner, received_at=received_at)
    return document.receive(actor=Actor(user=owner), now=received_at)


def carry_document(
    document: ForeignDocument,
    state: str,
    *,
    officer: User,
    head: User,
    executive: User,
    now: datetime = MORNING,
) -> ForeignDocument:
    """Along the main path: translated, ordered, answered."""
    way: list[tuple[str, str, User, dict[str, Any]]] = [
        (ForeignState.TRANSLATING, "accept", officer, {"needs_translation": True}),
        (ForeignState.SUMMARISING, "translate", officer, {"translation_text": "เรียนเชิญท่านรัฐมนตรี"}),
        (ForeignState.CHECKING, "summarise", officer, {"summary": "เชิญประชุม", "opinion": "ควรตอบรับ"}),
        (ForeignState.ON_DESK, "put_to_minister", head, {"to": executive}),
        (ForeignState.ORDERED, "order", executive, {"order_text": "ตอบรับ", "is_to_be_answered": True}),
        (
            ForeignState.SETTLED,
            "answer",
            officer,
            {"answered_on": now.astimezone(OFFICE_TZ).date(), "answer_text": "We accept."},
        ),
        (ForeignState.CLOSED, "close", officer, {}),
    ]
    return _along(document, state, way, now)


def make_brief(*, received_at: datetime = MORNING, owner: User | None = None, **facts: Any) -> SituationBrief:
    """Teachers on contracts announce a demonstration."""
    title = f"ข้อเรียกร้องของครูอัตราจ้าง ครั้งที่ {next(_serial)}"
    brief = SituationBrief(**({"title": title} | facts), owner=owner, received_at=received_at)
    return brief.receive(actor=Actor(user=owner), now=received_at)


def carry_brief(
    brief: SituationBrief, state: str, *, officer: User, head: User, executive: User, now: datetime = MORNING
) -> SituationBrief:
    """Along the main path; the minister chooses the second option."""
    way: list[tuple[str, str, User, dict[str, Any]]] = [
        (BriefState.CHECKING, "submit", officer, WRITTEN),
        (BriefState.ON_DESK, "put_to_minister", head, {"to": executive}),
        (BriefState.ORDERED, "order", executive, {"order_text": "ดำเนินการ"}),
        (BriefState.CLOSED, "close", officer, {}),
    ]
    for place, (name, step, by, given) in enumerate(way):
        if step == "order":
            way[place] = (name, step, by, given | {"chosen": _Second(brief)})
    return _along(brief, state, way, now)


class _Second:
    """The second option of a brief, which there is only once it has been written."""

    def __init__(self, brief: SituationBrief) -> None:
        self.brief = brief


def _along(matter: Any, state: str, way: list[tuple[str, str, User, dict[str, Any]]], now: datetime) -> Any:
    for target, name, by, given in way:
        if fresh(matter).state == state:
            break
        chosen = {
            key: fresh(matter).options.get(position=2) if isinstance(value, _Second) else value
            for key, value in given.items()
        }
        take(matter, name, by, now=now, **chosen)
        assert fresh(matter).state == target
    assert fresh(matter).state == state
    return fresh(matter)
