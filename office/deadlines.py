"""Giving, keeping and taking back promises; only steps call these."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.translation import gettext

from office.calendar import Unit, WorkCalendar, due_at
from office.models import Deadline, DeadlineRule, Matter, User
from office.models.deadline import DeadlineQuerySet
from office.promises import OWED_BY_OTHERS, RUNS_ON
from office.reminders import first_rung, rung_since

NO_UNIT: Final = Unit.WORKING_DAYS.value  # of a moment agreed on, which is no sum of anything
_MINUTE: Final = timedelta(minutes=1)
_MINUTES_MOST: Final = 32767  # as Deadline.amount holds them: the office time of 68 working days


def promise(
    matter: Matter,
    kind: str,
    *,
    start: datetime,
    calendar: WorkCalendar,
    responsible: User | None,
    due: datetime | None = None,
    continues: Deadline | None = None,
    scope: str = "",
) -> Deadline:
    """Write down a promise: by the rule in force at `start`, or for `due`, a moment agreed on or set by others.

    `continues` is the promise it takes the place of, after a pause or an extension; `scope` names the rule's, where
    the office has rules of their own for some matters of a kind (DeadlineRule.scope). Raises ValidationError for a
    moment agreed on that is over already.
    """
    if due is not None and due < start:
        raise ValidationError(gettext("This day has passed."))
    new = Deadline(kind=kind, start_at=start, responsible=responsible, continues=continues)
    if due is not None:
        new.due_at, new.amount, new.unit = due, 0, NO_UNIT
    else:
        rule = DeadlineRule.in_force(matter.kind, kind, start, scope=scope)
        new.rule, new.amount, new.unit = rule, rule.amount, rule.unit
        new.due_at = due_at(start, rule.amount, Unit(rule.unit), calendar)
    return _write_down(new, matter, calendar)


def go_on(
    matter: Matter, stopped: Deadline, *, now: datetime, calendar: WorkCalendar, responsible: User | None
) -> Deadline:
    """A promise that was taken back while the matter rested is owed again: what was left of it counts from now.

    What was left is office time, in whole minutes. The new moment is never earlier than the old one, and a day off
    that was added meanwhile moves it as it would have moved the old one: only what a rule made, only later.
    """
    if stopped.dropped_at is None:
        raise ValueError(f"This promise was never taken back: {stopped.pk}")
    was_due = max(stopped.due_at, stopped.due_in(calendar)) if stopped.rule_id else stopped.due_at
    left = -(-calendar.open_time(_whole_minute(stopped.dropped_at), was_due) // _MINUTE)
    start = _whole_minute(now)
    moment = max(calendar.after_open_time(start, left * _MINUTE), stopped.due_at)
    new = Deadline(
        kind=stopped.kind, start_at=start, due_at=moment, responsible=responsible, continues=stopped
    )
    by_rule = stopped.rule_id is not None and left <= _MINUTES_MOST
    new.rule_id = stopped.rule_id if by_rule else None
    new.amount, new.unit = (left, Unit.MINUTES.value) if by_rule else (0, NO_UNIT)
    return _write_down(new, matter, calendar)


def extend(
    matter: Matter, deadline: Deadline, *, until: datetime, now: datetime, calendar: WorkCalendar
) -> Deadline:
    """A later moment for a promise: the old one is taken back, the new one continues it, whose turn it is stays."""
    longer = promise(
        matter,
        deadline.kind,
        start=now,
        calendar=calendar,
        responsible=deadline.responsible,
        due=until,
        continues=deadline,
    )
    drop_one(deadline, now=now)
    return longer


def rested(wait: Deadline) -> Deadline | None:
    """The promise that was taken back when this wait began, however often the wait was made longer; or None."""
    before = wait.continues
    while before is not None and before.kind == wait.kind:
        before = before.continues
    return before


def _write_down(new: Deadline, matter: Matter, calendar: WorkCalendar) -> Deadline:
    """Save a promise about a matter, with who follows it up and its first reminder."""
    new.matter_id, new.follower_id, new.calendar_id = matter.pk, matter.owner_id, calendar.version
    new.next_reminder, new.remind_at = first_rung(new.due_at, new.start_at, calendar, new.kind)
    new.save()
    return new


def _whole_minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


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


def pass_on(matters: Iterable[Matter], officer: User | None) -> None:
    """What these matters owe passes from whoever carries them to an officer, however many they are: two updates.

    Call it before the new owner is saved. What somebody outside owes stays theirs; the officer follows it up.
    """
    unmet = Deadline.objects.unmet().filter(matter_id__in=[matter.pk for matter in matters])
    carried = Q(responsible=None) | Q(responsible_id=F("matter__owner_id"))
    unmet.filter(carried).exclude(kind__in=OWED_BY_OTHERS).update(responsible=officer)
    unmet.update(follower=officer)


def keep_one(deadline: Deadline, *, now: datetime, late_reason: str = "") -> None:
    """One promise among several of its kind is kept: the answer of one agency."""
    own = Deadline.objects.unmet().filter(pk=deadline.pk)
    own.update(met_at=now, remind_at=None, late_reason=late_reason if now > deadline.due_at else "")


def drop_one(deadline: Deadline, *, now: datetime) -> None:
    """One promise among several of its kind is no longer owed."""
    Deadline.objects.unmet().filter(pk=deadline.pk).update(dropped_at=now, remind_at=None)


def take_back(deadline: Deadline, *, now: datetime) -> None:
    """One promise is counted no more, whether it was kept or not: what it was made for does not take place then."""
    own = Deadline.objects.filter(pk=deadline.pk, dropped_at=None)
    own.update(met_at=None, dropped_at=now, remind_at=None, late_reason="")


def owe_again(
    deadline: Deadline, *, calendar: WorkCalendar, now: datetime, even_if_due: bool = False
) -> None:
    """A promise that was kept before it was due is owed once more: something was added to what it promises.

    `even_if_due`: it had been marked as kept by mistake, so it is owed although its moment has passed.
    """
    rung, remind_at = rung_since(deadline, now, calendar)
    kept = Deadline.objects.filter(pk=deadline.pk, met_at__isnull=False)
    if not even_if_due:
        kept = kept.filter(due_at__gt=now)
    kept.update(met_at=None, late_reason="", next_reminder=rung, remind_at=remind_at)


def keep_or_owe(
    deadline: Deadline, since: datetime | None, *, until: datetime, now: datetime, calendar: WorkCalendar
) -> bool:
    """What is promised for the beginning of something: kept `since` the last of it was done, or owed anew if more was
    added after that, as long as it has not begun (`until`).

    Returns whether that changed anything.
    """
    if deadline.dropped_at is not None:
        return False
    if since is not None and deadline.met_at is None:
        keep_one(deadline, now=max(since, deadline.start_at))
        return True
    if since is None and deadline.met_at is not None and now < until:
        owe_again(deadline, calendar=calendar, now=now)
        return True
    return False


def owe_as_before(deadline: Deadline, *, calendar: WorkCalendar, now: datetime) -> None:
    """A promise that ended by mistake is owed as it was: due at its old moment, and late if that has passed."""
    rung, remind_at = first_rung(deadline.due_at, min(now, deadline.due_at), calendar, deadline.kind)
    Deadline.objects.filter(pk=deadline.pk).update(
        met_at=None, dropped_at=None, late_reason="", next_reminder=rung, remind_at=remind_at
    )


def late_of_ours(matter: Matter, now: datetime) -> DeadlineQuerySet:
    """What the office itself owes about a matter and is late with."""
    return Deadline.objects.late(now).filter(matter_id=matter.pk).exclude(kind__in=RUNS_ON)


def settle(matter: Matter, *, now: datetime, late_reason: str = "") -> None:
    """The matter ends before its time: nothing is owed any more, but what the office is late with stays late.

    That is written down as kept now, too late, with the reason; the rest is taken back.
    """
    late_of_ours(matter, now).update(met_at=now, remind_at=None, late_reason=late_reason)
    Deadline.objects.unmet().filter(matter_id=matter.pk).update(dropped_at=now, remind_at=None)


def carry_over(
    promise: Deadline, matter: Matter, *, calendar: WorkCalendar, responsible: User | None
) -> Deadline:
    """A promise goes with what it was about to another matter, or back: counted by the same rule from the same
    moment, due, and if it was kept, kept at the same moments. What it came from says how it stands for itself.
    """
    rung, remind_at = first_rung(promise.due_at, promise.start_at, calendar, promise.kind)
    return Deadline.objects.create(
        matter_id=matter.pk,
        kind=promise.kind,
        rule_id=promise.rule_id,
        continues=promise,
        amount=promise.amount,
        unit=promise.unit,
        calendar_id=promise.calendar_id,
        start_at=promise.start_at,
        due_at=promise.due_at,
        met_at=promise.met_at,
        late_reason=promise.late_reason if promise.met_at else "",
        responsible=responsible,
        follower_id=matter.owner_id,
        next_reminder=rung,
        remind_at=None if promise.met_at else remind_at,
    )
