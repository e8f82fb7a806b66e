"""Giving, keeping and taking back promises; only steps call these."""

from __future__ import annotations

from datetime import datetime

from office.calendar import Unit, WorkCalendar, due_at
from office.models import Deadline, DeadlineRule, Matter, User
from office.reminders import first_rung


def promise(
    matter: Matter,
    kind: str,
    *,
    start: datetime,
    calendar: WorkCalendar,
    responsible: User | None,
    due: datetime | None = None,
    continues: Deadline | None = None,
) -> Deadline:
    """Write down a promise: by the rule in force at `start`, or for `due`, a moment agreed on or set by others.

    `continues` is the promise it takes the place of, after a pause or an extension.
    """
    rule = None if due else DeadlineRule.in_force(matter.kind, kind, start)
    moment = due or due_at(start, rule.amount, Unit(rule.unit), calendar)
    rung, remind_at = first_rung(moment, start, calendar)
    return Deadline.objects.create(
        matter_id=matter.pk,
        kind=kind,
        rule=rule,
        continues=continues,
        amount=rule.amount if rule else 0,
        unit=rule.unit if rule else Unit.WORKING_DAYS.value,
        calendar_id=calendar.version,
        start_at=start,
        due_at=moment,
        responsible=responsible,
        follower_id=matter.owner_id,
        next_reminder=rung,
        remind_at=remind_at,
    )


def keep(matter: Matter, kind: str, *, now: datetime, late_reason: str = "") -> int:
    """The promises of this kind are kept; a reason is written on those that were late. Returns how many."""
    unmet = Deadline.objects.unmet().filter(matter_id=matter.pk, kind=kind)
    if late_reason:
        unmet.filter(due_at__lt=now).update(late_reason=late_reason)
    return unmet.update(met_at=now, remind_at=None)


def drop(matter: Matter, kind: str, *, now: datetime) -> int:
    """The promises of this kind are no longer owed. Returns how many."""
    return (
        Deadline.objects.unmet().filter(matter_id=matter.pk, kind=kind).update(dropped_at=now, remind_at=None)
    )


def hand_over(matter: Matter, kind: str, *, responsible: User | None) -> int:
    """Somebody else's turn within the same promise: the moment does not move. Returns how many."""
    return Deadline.objects.unmet().filter(matter_id=matter.pk, kind=kind).update(responsible=responsible)


def keep_one(deadline: Deadline, *, now: datetime, late_reason: str = "") -> None:
    """One promise among several of its kind is kept: the answer of one agency."""
    own = Deadline.objects.unmet().filter(pk=deadline.pk)
    own.update(met_at=now, remind_at=None, late_reason=late_reason if now > deadline.due_at else "")


def drop_one(deadline: Deadline, *, now: datetime) -> None:
    """One promise among several of its kind is no longer owed."""
    Deadline.objects.unmet().filter(pk=deadline.pk).update(dropped_at=now, remind_at=None)
