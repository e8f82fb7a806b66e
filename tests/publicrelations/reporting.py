"""Months of public relations that are counted and reported on: rows as steps leave them, with their promises."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from office.calendar import OFFICE_TZ
from office.models import Deadline, User
from office.steps import Actor
from publicrelations.models import (
    Coverage,
    Engagement,
    ForeignDocument,
    Journal,
    PressConference,
)
from tests.publicrelations.cast import make_news_officer
from tests.publicrelations.engagements_cast import make_engagement
from tests.publicrelations.press_cast import make_outlet, make_press_conference

RECEIVED = datetime(2009, 9, 1, 9, 0, tzinfo=OFFICE_TZ)


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment in Bangkok."""
    return datetime(year, month, day, hour, minute, tzinfo=OFFICE_TZ)


def kept(matter: Any, kind: str, *, due: datetime, met: datetime | None, why: str = "") -> None:
    """The newest promise of a kind as it stood in the end."""
    newest = Deadline.objects.filter(matter_id=matter.pk, kind=kind, dropped_at=None).latest("pk")
    Deadline.objects.filter(pk=newest.pk).update(
        start_at=min(matter.received_at, due), due_at=due, met_at=met, late_reason=why
    )


def engagement(begins: datetime, met: datetime | None = None, why: str = "", **facts: Any) -> Engagement:
    """An engagement of an hour whose news is due three hours after its end."""
    given: dict[str, Any] = {"starts_at": begins, "ends_at": begins + timedelta(hours=1)} | facts
    made = make_engagement(received_at=RECEIVED, **given)
    kept(made, Deadline.Kind.NEWS, due=begins + timedelta(hours=4), met=met, why=why)
    return made


def conference(begins: datetime, met: datetime | None = None, why: str = "", **facts: Any) -> PressConference:
    """A press conference to which all were invited at a moment, or nobody."""
    made = make_press_conference(received_at=RECEIVED, starts_at=begins, **facts)
    kept(made, Deadline.Kind.INVITED, due=begins, met=met, why=why)
    return made


def issue(month: datetime, met: datetime | None, *, copies: int | None = 2000) -> Journal:
    """The issue of a month, printed in so many copies, mailed at a moment; due on its last day at half past four."""
    made = Journal(month=month.date(), received_at=RECEIVED)
    made.receive(actor=Actor(), now=RECEIVED)
    last = (month.replace(day=28) + timedelta(days=7)).replace(day=1) - timedelta(days=1)
    kept(made, Deadline.Kind.MAIL, due=last.replace(hour=16, minute=30), met=met)
    Journal.objects.filter(pk=made.pk).update(copies_printed=copies)
    return made


def document(received: datetime, met: datetime | None = None, why: str = "", **facts: Any) -> ForeignDocument:
    """A foreign paper that is due with the minister a week after its receipt."""
    given: dict[str, Any] = {
        "title": "Invitation to the ministers' conference",
        "language": "en",
        "document_kind": "invitation",
        "sender_organisation": "UNESCO",
    } | facts
    made = ForeignDocument(**given, received_at=received)
    made.receive(actor=Actor(), now=received)
    kept(made, Deadline.Kind.TO_MINISTER, due=received + timedelta(days=7), met=met, why=why)
    return made


def november(officer: User) -> None:
    """Two engagements in time, one late with its reason, a secret one late, one excused; the issue in time; two press
    conferences, one late; three foreign papers: in time, late, not due yet."""
    engagement(at(2009, 11, 5, 9), at(2009, 11, 5, 13), owner=officer, title="เปิดงานสัปดาห์ห้องสมุด")
    engagement(at(2009, 11, 6, 9), at(2009, 11, 6, 12), engagement_kind="visit", owner=officer)
    engagement(at(2009, 11, 9, 9), at(2009, 11, 10), "ภาพมาช้า", owner=officer, title="มอบทุนการศึกษา")
    secret = {"secrecy": 2, "is_public": False, "title": "หารือเรื่องความมั่นคง"}
    engagement(at(2009, 11, 10, 9), None, owner=make_news_officer("nawarat"), **secret)
    excused = engagement(at(2009, 11, 11, 9), None, owner=officer, title="นัดหมายส่วนตัว")
    Deadline.objects.filter(matter_id=excused.pk).update(dropped_at=at(2009, 11, 1))
    Engagement.objects.filter(pk=excused.pk).update(calls_for_news=False, no_news_reason="ส่วนตัว")
    issue(at(2009, 11, 1), at(2009, 11, 30, 16, 30))
    first = conference(at(2009, 11, 4, 10), at(2009, 11, 3), title="แถลงข่าวประจำสัปดาห์ที่ ๑")
    conference(at(2009, 11, 11, 10), at(2009, 11, 11, 10, 1), "แจ้งกระชั้น", title="แถลงข่าวประจำสัปดาห์ที่ ๒")
    Coverage.objects.create(
        conference=first,
        outlet=make_outlet(),
        reported_on=at(2009, 11, 5).date(),
        headline="รมว.ศธ. แถลงเรียนฟรี",
        tone=Coverage.Tone.POSITIVE,
        note="หน้า ๑",
        noted_at=at(2009, 11, 6),
        noted_by=officer,
    )
    document(at(2009, 11, 2, 9), at(2009, 11, 5), title="Letter about scholarships")
    document(at(2009, 11, 3, 9), at(2009, 11, 20), "รอคำแปล", language="fr", title="Lettre de l'ambassade")
    document(at(2009, 11, 27, 9), None, title="Report on education for all")
