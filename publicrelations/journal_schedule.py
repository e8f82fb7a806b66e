"""By when an issue is to be where, reckoned back from the end of its month by the rules of the office.

The plan promises 2,000 copies a month that reach those concerned ("เผยแพร่ไปยังหน่วยงานที่เกี่ยวข้องอย่างทั่วถึง").
So that is kept when the issue is mailed by the last working day of its month; printed it is read by nobody yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final, Protocol

from office.calendar import OFFICE_TZ, ONE_DAY, Period, Unit, WorkCalendar
from office.models import Deadline, DeadlineRule, Matter

BACKWARDS: Final = [
    (Deadline.Kind.MAIL, Deadline.Kind.PRINT),
    (Deadline.Kind.PRINT, Deadline.Kind.ORDER),
    (Deadline.Kind.ORDER, Deadline.Kind.PROOF),
    (Deadline.Kind.PROOF, Deadline.Kind.CONTENT),
]
"""Each promise, whose rule says how long it takes, and the one that is kept before it begins; the last one first."""


class Length(Protocol):
    """How long a promise takes: a rule of the office."""

    amount: int
    unit: str


def lengths_at(at: datetime) -> dict[str, Length]:
    """The rules in force at a moment for what is reckoned back; LookupError where one is missing."""
    kinds = [kind for kind, _before in BACKWARDS]
    rules = DeadlineRule.objects.filter(
        matter_kind=Matter.Kind.JOURNAL,
        kind__in=kinds,
        scope="",
        in_force_from__lte=at.astimezone(OFFICE_TZ).date(),
    )
    found: dict[str, Length] = {rule.kind: rule for rule in rules.order_by("in_force_from")}
    if len(found) < len(kinds):
        raise LookupError(f"A deadline rule of the journal is missing at {at:%Y-%m-%d}.")
    return found


def schedule(month: Period, lengths: Mapping[str, Length], calendar: WorkCalendar) -> dict[str, date]:
    """The day by whose closing time each promise of an issue is to be kept."""
    day = _working_day_on_or_before(month.last, calendar)
    due = {Deadline.Kind.MAIL: day}
    for kind, before in BACKWARDS:
        day = _back(day, lengths[kind], calendar)
        due[before] = day
    return {str(kind): moment for kind, moment in due.items()}


def _back(day: date, length: Length, calendar: WorkCalendar) -> date:
    """The working day so much before a day; a length in office hours counts as whole days, a day begun as one."""
    match Unit(length.unit):
        case Unit.WORKING_DAYS:
            return calendar.add_working_days(day, -length.amount) if length.amount else day
        case Unit.CALENDAR_DAYS:
            return _working_day_on_or_before(day - timedelta(days=length.amount), calendar)
        case Unit.HOURS:
            return calendar.add_working_days(day, -max(1, -(-length.amount // 8)))
        case Unit.MINUTES:
            raise ValueError("No rule of the office is made in minutes.")


def _working_day_on_or_before(day: date, calendar: WorkCalendar) -> date:
    while not calendar.is_working_day(day):
        day -= ONE_DAY
    return day
