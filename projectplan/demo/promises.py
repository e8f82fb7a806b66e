"""Promises and questions to agencies while a petition lives, before they become rows."""

from __future__ import annotations

from dataclasses import dataclass

from office.models import Agency, DeadlineRule, Notice, User


@dataclass(slots=True, eq=False)
class Promise:
    """A deadline: what is owed, by when, whose turn it is; kept, taken back or still owed. Moments in seconds."""

    key: int
    kind: str
    rule: DeadlineRule | None
    start: int
    due: int
    responsible: User | None
    follower: User | None
    met: int | None = None
    dropped: int | None = None
    late_reason: str = ""
    continues: Promise | None = None

    @property
    def is_open(self) -> bool:
        return self.met is None and self.dropped is None

    def keep(self, moment: int, late_reason: str = "") -> None:
        self.met = moment
        if moment > self.due:
            self.late_reason = late_reason


@dataclass(slots=True, eq=False)
class Question:
    """A referral: what one agency was asked, and what came of it. Moments in seconds."""

    key: int
    agency: Agency
    asked: str
    promise: Promise
    sent_by: User
    acknowledged: int | None = None
    answered: int | None = None
    answer: str = ""
    declined: int | None = None
    decline_reason: str = ""
    chased: int = 0
    last_chased: int | None = None

    @property
    def is_open(self) -> bool:
        return self.answered is None and self.declined is None


@dataclass(slots=True, eq=False)
class Message:
    """A notice in the application. Moments in seconds."""

    matter: int
    recipient: int
    text: str
    once: str
    made: int
    read: int | None = None
    kind: str = Notice.Kind.YOUR_TURN.value
