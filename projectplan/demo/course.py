"""One matter's way through the office, whatever its kind: the clock, its events and promises, what was told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from office.models import DeadlineRule, Notice, User
from projectplan.demo.clock import OfficeTime
from projectplan.demo.promises import Message, Promise
from projectplan.demo.room import Room

YOUR_TURN: Final = Notice.Kind.YOUR_TURN.value
STEP_TAKEN: Final = Notice.Kind.STEP_TAKEN.value
QUARTER_HOUR: Final = 900
LATE_NOW: Final = 0.2
"""How many promises of the last, busy days are kept late."""


class OutOfTime(Exception):
    """The next step lies in the future: here the matter stands."""


class Course:
    """A matter from its registration on; a kind's own path takes it as far as the clock allows."""

    def __init__(self, room: Room, time: OfficeTime, *, key: int, registered: int, state: str) -> None:
        self.room = room
        self.key = key
        self.rng = room.rng
        self.time = time
        self.place = time.place(registered)
        self.moment = registered
        self.state = state
        self.version = 0
        self.owner: User | None = None
        self.closed: int | None = None
        self.promises: list[Promise] = []
        self.messages: list[Message] = []

    def at(self, place: float) -> None:
        """Go on to a later place of the office's time, or stop because it has not come yet."""
        self.place = max(self.place + 60, int(place))
        if self.place >= self.room.now_place:
            raise OutOfTime
        self.moment = self.time.moment(self.place)

    def step(
        self,
        name: str,
        target: str | None = None,
        *,
        by: User | None = None,
        label: str = "",
        changes: str = "{}",
        reason: str = "",
    ) -> int:
        """Leave an event with its changes as JSON; returns its key."""
        events = self.room.sheets.events
        key = events.next_key()
        before, self.state = self.state, target or self.state
        self.version += 1
        self._know_what_was_told(by)
        events.rows.append(
            (
                key,
                self.key,
                self.time.text(self.moment),
                by.id if by else None,
                label,
                None,
                name,
                "" if name == "receive" else before,
                self.state,
                reason,
                changes,
                self.version,
            )
        )
        return key

    def text(self, moment: int | None) -> str | None:
        """As both databases read it."""
        return None if moment is None else self.time.text(moment)

    def tell(
        self, people: Sequence[int], event: int, by: User | None, text: str = "", kind: str = YOUR_TURN
    ) -> None:
        """Tell people that it is their turn, except the one who acts; what was said long ago is not kept."""
        if self.moment < self.room.notices_since:
            return
        for person in people:
            if by is None or person != by.id:
                once = f"event:{event}:{kind}:{person}:app"
                self.messages.append(Message(self.key, person, text, once, self.moment, kind=kind))

    def _know_what_was_told(self, by: User | None) -> None:
        for message in self.messages:
            if by and message.recipient == by.id and message.read is None:
                message.read = self.moment

    @property
    def owner_ids(self) -> list[int]:
        return [self.owner.id] if self.owner else []

    def promise(
        self, kind: str, responsible: User | None, *, start: int | None = None, scope: str = ""
    ) -> Promise:
        """What is owed from now, or from `start`, by the rule in force."""
        due, rule = self.time.due(kind, self.moment if start is None else start, scope)
        return self._owe(kind, responsible, due, rule, start)

    def promise_until(
        self, kind: str, responsible: User | None, due: int, *, start: int | None = None
    ) -> Promise:
        """What is owed by a moment that others have set, or that was agreed on."""
        return self._owe(kind, responsible, due, None, start)

    def _owe(
        self, kind: str, responsible: User | None, due: int, rule: DeadlineRule | None, start: int | None
    ) -> Promise:
        promise = Promise(
            key=self.room.sheets.deadlines.next_key(),
            kind=kind,
            rule=rule,
            start=self.moment if start is None else start,
            due=due,
            responsible=responsible,
            follower=self.owner,
        )
        self.promises.append(promise)
        return promise

    def unmet(self, *kinds: str) -> list[Promise]:
        return [promise for promise in self.promises if promise.is_open and promise.kind in kinds]

    def keep(self, *kinds: str, late_reason: str = "") -> None:
        for promise in self.unmet(*kinds):
            promise.keep(self.moment, late_reason)

    def drop(self, kind: str) -> None:
        for promise in self.unmet(kind):
            promise.dropped = self.moment

    def by_due(self, promise: Promise, *, late: float, low: float = 0.15, high: float = 0.95) -> int:
        """A place by which a promise is kept: mostly before it is due, sometimes a few days after."""
        due = self.time.place(promise.due)
        if self.room.chance(LATE_NOW if due > self.room.busy_from else late):
            return due + QUARTER_HOUR + int(self.rng.expovariate(1 / (1.2 * self.time.day_length)))
        room = max(due - QUARTER_HOUR - self.place, 0)
        return self.place + int(room * self.rng.uniform(low, high))
