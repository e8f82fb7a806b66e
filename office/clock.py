"""The clock's entries as they hold now: their rhythm as set by an administrator, when each is due, how it last went."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from celery import current_app
from celery.schedules import crontab, schedule

from office.calendar import OFFICE_TZ
from office.faults import name_of
from office.models import ClockWork

LONGEST_PAUSE: Final = timedelta(days=31)
"""A pause ends by itself, so nothing is forgotten for ever."""
LATE_AFTER: Final = timedelta(minutes=5)
CLOCKS_APART: Final = timedelta(minutes=1)
"""How far the clocks of two machines may differ; a last turn further ahead than that was no other machine's."""


@dataclass(frozen=True)
class Entry:
    """One entry of `config.celery` with the row an administrator may have changed; `work` is None before its first
    turn."""

    name: str
    task: str
    given: Any
    options: Mapping[str, Any]
    work: ClockWork | None = None

    @property
    def queue(self) -> str:
        """The name of the queue it is given to."""
        conf = current_app.conf
        return str(conf.task_routes.get(self.task, {}).get("queue", conf.task_default_queue))

    @property
    def is_daily(self) -> bool:
        """Whether it has one hour of its own, which may be another."""
        given = self.given
        return isinstance(given, crontab) and len(given.hour) == 1 and len(given.minute) == 1

    @property
    def may_pause(self) -> bool:
        """Whether a pause does no harm for a while: not for the rounds that everything else leans on."""
        return self.is_daily

    @property
    def own_time(self) -> tuple[int, int]:
        """Hour and minute of a daily entry as the code has them."""
        return next(iter(self.given.hour)), next(iter(self.given.minute))

    @property
    def time(self) -> tuple[int, int]:
        """Hour and minute of a daily entry as they hold."""
        if self.work is None or self.work.hour is None:
            return self.own_time
        return self.work.hour, self.work.minute or 0

    def rhythm(self, now: datetime) -> Any:
        """The schedule that holds, reading `now` as the time it is."""
        holds = copy.copy(self.given)
        if self.is_daily and self.time != self.own_time:
            hour, minute = self.time
            holds = crontab(
                minute=str(minute),
                hour=str(hour),
                day_of_week=self.given._orig_day_of_week,
                day_of_month=self.given._orig_day_of_month,
                month_of_year=self.given._orig_month_of_year,
                app=current_app,
            )
        holds.nowfun = lambda: now.astimezone(OFFICE_TZ)
        return holds

    def rests(self, now: datetime) -> bool:
        """Whether an administrator has paused it; what may not be paused never rests, whatever its row says."""
        return self.may_pause and self.work is not None and self.work.is_paused(now)

    def is_due(self, now: datetime) -> bool:
        """Whether it is to be given to the queue now; what an outage let pass is due once, and so is all of which the
        last turn is still to come: the clock was set back, and nobody waits until it is as late again."""
        if self.work is None or self.rests(now):
            return False
        if self.work.sent_at > now + CLOCKS_APART:
            return True
        return bool(self.rhythm(now).is_due(self.work.sent_at.astimezone(OFFICE_TZ)).is_due)

    def next_at(self, now: datetime) -> datetime | None:
        """When it is due next, of one that rests the first time after its pause; None before a clock knows of it."""
        if self.work is None:
            return None
        if self.rests(now):
            assert self.work.paused_until
            return max(self.work.paused_until, self._after(self.work.sent_at, now))
        return max(now, self._after(self.work.sent_at, now))

    def _after(self, sent_at: datetime, now: datetime) -> datetime:
        left: timedelta = self.rhythm(now).remaining_estimate(sent_at.astimezone(OFFICE_TZ))
        return now + left

    def is_late(self, now: datetime) -> bool:
        """Whether its turn has long passed without a clock giving it to the queue."""
        if self.work is None or self.rests(now):
            return False
        return self._after(self.work.sent_at, now) < now - LATE_AFTER


def entries() -> list[Entry]:
    """The clock's entries in the order of the code, with what was set and how they last went. One query."""
    works = {work.name: work for work in ClockWork.objects.all()}
    return [
        Entry(name, said["task"], _schedule(said["schedule"]), said.get("options", {}), works.get(name))
        for name, said in current_app.conf.beat_schedule.items()
    ]


def _schedule(given: Any) -> Any:
    return schedule(timedelta(seconds=given), app=current_app) if isinstance(given, int | float) else given


def know(names: Mapping[str, Any], now: datetime) -> None:
    """Rows for entries that the clock sees for the first time; each counts from then."""
    known = set(ClockWork.objects.values_list("name", flat=True))
    new = [ClockWork(name=name, sent_at=now) for name in names if name not in known]
    ClockWork.objects.bulk_create(new, ignore_conflicts=True)


def claim(entry: Entry, now: datetime) -> bool:
    """Take an entry's turn unless another clock has: one update of one row, so only one of them gives it to the
    queue."""
    assert entry.work
    return bool(ClockWork.objects.filter(pk=entry.work.pk, sent_at=entry.work.sent_at).update(sent_at=now))


def give_back(entry: Entry, now: datetime) -> None:
    """The queue did not take it: its turn is still to come."""
    assert entry.work
    ClockWork.objects.filter(pk=entry.work.pk, sent_at=now).update(sent_at=entry.work.sent_at)


# ── What the worker writes down ─────────────────────────────────────────────────────────────


def began(task: str, now: datetime) -> None:
    """A worker has begun a task of the clock; other tasks are passed over."""
    if name := _name_of(task):
        ClockWork.objects.filter(name=name).update(started_at=now)


def ended(task: str, now: datetime, fault: BaseException | None = None) -> None:
    """A worker has ended a task of the clock, and how."""
    if name := _name_of(task):
        outcome = ClockWork.Outcome.FAILED if fault else ClockWork.Outcome.DONE
        said = name_of(fault)[:200] if fault else ""
        ClockWork.objects.filter(name=name).update(ended_at=now, outcome=outcome, fault=said)


def _name_of(task: str) -> str:
    asked = current_app.conf.beat_schedule.items()
    return next((name for name, said in asked if said["task"] == task), "")
