"""The promises of petitions from an old register: by the rule that was in force when they came, kept when the register
says so, and without a reminder for what has been late for years."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from complaints.models import Petition
from office.calendar import OFFICE_TZ, Unit, WorkCalendar, due_at
from office.models import Deadline, DeadlineRule, Matter
from office.reminders import first_rung


class Promises:
    """Makes them one after the other; rules are read once, a day is reckoned once."""

    def __init__(self, calendar: WorkCalendar, now: datetime) -> None:
        self.calendar, self.now = calendar, now
        rules = DeadlineRule.objects.filter(matter_kind=Matter.Kind.PETITION, scope="")
        self.rules = list(rules.order_by("in_force_from"))
        self._due = lru_cache(maxsize=4000)(self._reckon)

    def of(self, petition: Petition, *, opinion: datetime | None, closed: datetime | None) -> list[Deadline]:
        """What it promised: the opinion, and while it waits for an order the order. Unsaved.

        What no rule was there for is no promise, unless it is still owed. Closed without a day of its opinion: nobody
        knows whether that was in time, so it counts as taken back.
        """
        is_owed = opinion is None and closed is None
        first = self._promise(petition, Deadline.Kind.OPINION, petition.received_at, is_owed=is_owed)
        promises = [first] if first else []
        if first:
            first.met_at = opinion
            if opinion is None:
                first.dropped_at = closed
        if opinion is not None and closed is None:
            order = self._promise(petition, Deadline.Kind.ORDER, opinion, is_owed=True)
            promises += [order] if order else []
        for promise in promises:
            self._remind(promise)
        return promises

    def _promise(self, petition: Petition, kind: str, start: datetime, *, is_owed: bool) -> Deadline | None:
        rule = self._rule(kind, start, or_first=is_owed)
        if rule is None:
            return None
        return Deadline(
            matter_id=petition.pk,
            kind=kind,
            rule=rule,
            amount=rule.amount,
            unit=rule.unit,
            calendar_id=self.calendar.version,
            start_at=start,
            due_at=self._due(start, rule.amount, rule.unit),
        )

    def _rule(self, kind: str, start: datetime, *, or_first: bool) -> DeadlineRule | None:
        own = [rule for rule in self.rules if rule.kind == kind]
        day = start.astimezone(OFFICE_TZ).date()
        in_force = [rule for rule in own if rule.in_force_from <= day]
        if in_force:
            return in_force[-1]
        return own[0] if own and or_first else None

    def _reckon(self, start: datetime, amount: int, unit: str) -> datetime:
        return due_at(start, amount, Unit(unit), self.calendar)

    def _remind(self, promise: Deadline) -> None:
        if not promise.is_open or promise.due_at <= self.now:
            return
        rung, remind_at = first_rung(promise.due_at, self.now, self.calendar, promise.kind)
        promise.next_reminder, promise.remind_at = rung, remind_at
