"""The office's time as whole numbers, quick enough for a million petitions.

A moment is a whole second since 1970 (UTC). A place is a second of office time: it runs only while the office is
open, so what people do is put at places, and every deadline still comes from `office.calendar.due_at`.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from office.calendar import OFFICE_TZ, Unit, WorkCalendar, due_at
from office.models import Deadline, DeadlineRule
from office.reminders import first_rung

EPOCH: Final = date(1970, 1, 1)
DAY: Final = 86_400
HOUR: Final = 3_600
BANGKOK_OFFSET: Final = 7 * HOUR  # Thailand has kept one offset since 1920

_CLOCK: Final = [f" {second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}" for second in range(DAY)]


def moment_of(at: datetime) -> int:
    """The moment of an aware datetime; a part of a second is dropped."""
    return int(at.timestamp())


def datetime_of(moment: int) -> datetime:
    return datetime.fromtimestamp(moment, OFFICE_TZ)


class OfficeTime:
    """The working days from one date to another, their places, and the promises' due moments."""

    def __init__(self, calendar: WorkCalendar, rules: list[DeadlineRule], first: date, last: date) -> None:
        self.calendar = calendar
        self._opens = _seconds(calendar.opens)
        self._day_length = _seconds(calendar.closes) - self._opens
        self._first_day = (first - EPOCH).days
        self._openings: list[int] = []
        # For each calendar day: how many working days lie before it.
        self._before: list[int] = []
        for number in range((last - first).days + 1):
            self._before.append(len(self._openings))
            if calendar.is_working_day(first + timedelta(days=number)):
                self._openings.append((self._first_day + number) * DAY + self._opens - BANGKOK_OFFSET)
        self._before.append(len(self._openings))
        self._rules: dict[tuple[str, str], list[DeadlineRule]] = {}
        for rule in sorted(rules, key=lambda rule: rule.in_force_from, reverse=True):
            self._rules.setdefault((rule.kind, rule.scope), []).append(rule)
        self._due_cache: dict[tuple[str, str, int, bool], tuple[int, DeadlineRule]] = {}
        self._rungs: dict[tuple[int, bool], tuple[str, int]] = {}
        self._day_texts = [
            (first + timedelta(days=number)).isoformat() for number in range(-1, len(self._before))
        ]

    @property
    def day_length(self) -> int:
        """Seconds of a working day."""
        return self._day_length

    def place(self, moment: int) -> int:
        """The place of a moment; of one outside office hours, the next opening."""
        day, second = divmod(moment + BANGKOK_OFFSET, DAY)
        number = day - self._first_day
        before = self._before[number]
        if self._before[number + 1] == before:
            return before * self._day_length
        return before * self._day_length + min(max(second - self._opens, 0), self._day_length)

    def moment(self, place: int) -> int:
        """The moment of a place."""
        day, second = divmod(place, self._day_length)
        return self._openings[day] + second

    def is_working_day(self, day: date) -> bool:
        number = (day - EPOCH).days - self._first_day
        return self._before[number + 1] > self._before[number]

    def text(self, moment: int) -> str:
        """As both databases read it: UTC, to the second."""
        day, second = divmod(moment, DAY)
        number = day - self._first_day + 1
        if number >= len(self._day_texts):  # a limitation date lies years ahead
            return (EPOCH + timedelta(days=day)).isoformat() + _CLOCK[second]
        return self._day_texts[number] + _CLOCK[second]

    def due(self, kind: str, start: int, scope: str = "") -> tuple[int, DeadlineRule]:
        """When a promise made at a moment is due, and the rule that says so."""
        day, second = divmod(start + BANGKOK_OFFSET, DAY)
        # Days are counted from the day of the start, or of the next opening: nothing else of the hour matters.
        key = kind, scope, day, second - self._opens >= self._day_length
        found = self._due_cache.get(key)
        if found is None:
            rule = self._rule(kind, scope, EPOCH + timedelta(days=day))
            due = due_at(datetime_of(start), rule.amount, Unit(rule.unit), self.calendar)
            found = moment_of(due), rule
            if rule.unit != Unit.HOURS:
                self._due_cache[key] = found
        return found

    def _rule(self, kind: str, scope: str, day: date) -> DeadlineRule:
        """The rule of the scope, else the one for all of its kind."""
        for rule in (*self._rules.get((kind, scope), []), *self._rules.get((kind, ""), [])):
            if rule.in_force_from <= day:
                return rule
        raise LookupError(f"No deadline rule for {kind} in force at {day}.")

    def rung(self, due: int, start: int, until: int, *, is_unmet: bool) -> tuple[str, int | None]:
        """The next reminder of a promise as it stood at `until`, and its moment (none for one no longer owed)."""
        morning = due - (due + BANGKOK_OFFSET) % DAY + self._opens
        first = due, start < morning
        found = self._rungs.get(first)
        if found is None:
            rung, begins = first_rung(datetime_of(due), datetime_of(start), self.calendar)
            found = self._rungs[first] = str(rung), moment_of(begins)
        kind, at = found
        if until >= due:
            kind, at = Deadline.Reminder.LATE.value, self._next_morning(until)
        elif until >= at:
            kind, at = Deadline.Reminder.AT_DUE.value, due
        return kind, at if is_unmet else None

    def _next_morning(self, moment: int) -> int:
        """When the office next opens after a moment; reminders of a day are given as it opens."""
        place = self.place(moment)
        day, second = divmod(place, self._day_length)
        is_before_opening = second == 0 and moment < self._openings[day]
        return self._openings[day if is_before_opening else day + 1]


def _seconds(at: time) -> int:
    return at.hour * HOUR + at.minute * 60 + at.second
