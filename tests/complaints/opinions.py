"""Petitions whose opinion is put at a chosen moment, for the tests of figures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from complaints.models import Category, Petition, State
from office.calendar import OFFICE_TZ
from office.models import User
from tests.cast import bring_to, fresh, make_category, make_petition, take_step

SCHOOL_FEES = "ค่าบำรุงการศึกษา"


def at(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment in Bangkok."""
    return datetime(year, month, day, hour, minute, tzinfo=OFFICE_TZ)


def make_subcategory(main: str, name: str) -> Category:
    return Category.objects.get_or_create(name=name, parent=make_category(main))[0]


class Desk:
    """The people a petition passes through: officer, head and executive."""

    def __init__(self, officer: User, head: User, executive: User) -> None:
        self.officer, self.head, self.executive = officer, head, executive

    def receive(self, received: datetime, **facts: Any) -> Petition:
        """A petition that the officer carries, its opinion still owed."""
        return make_petition(received_at=received, owner=self.officer, **facts)

    def put(
        self, petition: Petition, when: datetime, *, category: Category | None = None, why: str = ""
    ) -> Petition:
        """Its opinion reaches the executive at a moment; when that is late, for a reason."""
        words = {"summary": "สรุป", "opinion": "เห็นควร", "category": category or make_category(SCHOOL_FEES)}
        take_step(petition, "summarise", self.officer, now=when, **words)
        take_step(petition, "submit", self.head, now=when, to=self.executive, late_reason=why)
        return fresh(petition)

    def close(self, petition: Petition, when: datetime) -> Petition:
        """From the executive to the end."""
        take_step(petition, "order", self.executive, now=when, order_text="ดำเนินการ")
        take_step(petition, "inform", self.officer, now=when, told_text="แจ้งแล้ว")
        take_step(petition, "close", self.officer, now=when, result=Petition.Result.EXPLAINED)
        return fresh(petition)

    def closed(self, received: datetime, **facts: Any) -> Petition:
        """A petition carried to its end within the hour it came."""
        petition = self.receive(received, **facts)
        people = {"officer": self.officer, "head": self.head, "executive": self.executive}
        return bring_to(petition, State.CLOSED, now=received, **people)
