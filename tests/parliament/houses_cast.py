"""Matters of parliament as bare rows, for tests that ask about lists, calendars and reminders, not about steps."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from office import deadlines
from office.calendar import fiscal_year_of
from office.models import Deadline, Matter, NumberSeries, Subgroup, User
from office.models.calendar import current_calendar
from parliament.models import (
    Chamber,
    Consultation,
    Interpellation,
    Meeting,
    Motion,
)
from tests.cast import MORNING
from tests.parliament.cast import make_member

Kind = Interpellation.InterpellationKind
TUESDAY = MORNING.date()
SITTING_AT = datetime(2009, 11, 18, 9, 30, tzinfo=MORNING.tzinfo)


def _matter(kind: Matter.Kind, series: str, facts: dict[str, Any]) -> dict[str, Any]:
    received_at = facts.pop("received_at", MORNING)
    year = fiscal_year_of(received_at.date())
    with transaction.atomic():
        number = NumberSeries.take(series, year)
    return {
        "kind": kind,
        "series": series,
        "year": year,
        "number": number,
        "subgroup": Subgroup.objects.get(code=Subgroup.Code.POLITICS),
        "received_at": received_at,
        "registered_at": received_at,
    } | facts


def bare_meeting(begins_at: datetime = SITTING_AT, **facts: Any) -> Meeting:
    """A sitting of the House on Wednesday 18 November 2009, at half past nine."""
    given = {
        "title": "การประชุมสภาผู้แทนราษฎร ครั้งที่ ๑๒",
        "meeting_kind": Meeting.MeetingKind.HOUSE,
        "sitting_number": f"{Meeting.objects.count() + 12}/2552",
        "place": "อาคารรัฐสภา ๑",
        "begins_at": begins_at,
    } | facts
    return Meeting.objects.create(**_matter(Matter.Kind.MEETING, "ปช", given))


def bare_interpellation(kind: Kind = Kind.SITTING, **facts: Any) -> Interpellation:
    """A question about school fees."""
    given = {
        "title": "กระทู้ถามเรื่องค่าบำรุงการศึกษา",
        "interpellation_kind": kind,
        "chamber": Chamber.HOUSE,
        "parliament_number": 23,
        "question_number": Interpellation.objects.count() + 1,
        "text": "กระทรวงจะแก้ไขอย่างไร",
    } | facts
    if "asker" not in given:
        given["asker"] = make_member()
    return Interpellation.objects.create(**_matter(Matter.Kind.INTERPELLATION, "กท", given))


def bare_motion(**facts: Any) -> Motion:
    """A motion to look into small schools."""
    given = {
        "title": "ญัตติขอให้ศึกษาปัญหาโรงเรียนขนาดเล็ก",
        "chamber": Chamber.HOUSE,
        "parliament_number": 23,
        "text": "ขอให้สภาตั้งคณะกรรมาธิการ",
    } | facts
    if "proposer" not in given:
        given["proposer"] = make_member()
    return Motion.objects.create(**_matter(Matter.Kind.MOTION, "ญต", given))


def bare_consultation(**facts: Any) -> Consultation:
    """A member wants a road to a school."""
    given = {
        "title": "ข้อหารือเรื่องถนนเข้าโรงเรียน",
        "raised_on": date(2009, 11, 16),
        "text": "ขอให้เร่งรัด",
    } | facts
    if "body" not in given and "member" not in given:
        given["member"] = make_member()
    return Consultation.objects.create(**_matter(Matter.Kind.CONSULTATION, "ขห", given))


def owe(
    matter: Matter,
    kind: str = Deadline.Kind.HOUSE_ANSWER,
    *,
    due: datetime,
    start: datetime | None = None,
    responsible: User | None = None,
) -> Deadline:
    """A promise about a matter, due at a moment."""
    return deadlines.promise(
        matter,
        kind,
        start=start or min(MORNING, due - timedelta(days=1)),
        due=due,
        calendar=current_calendar(),
        responsible=responsible,
    )
