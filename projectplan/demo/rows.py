"""The rows that a matter of any kind leaves: itself, its promises, and what people were told of it."""

from __future__ import annotations

from typing import Final

from django.conf import settings

from office.calendar import Unit
from office.models import Deadline, Matter, Notice, User
from office.reminders import first_rung, next_rung
from projectplan.demo.clock import DAY, datetime_of, moment_of
from projectplan.demo.course import Course
from projectplan.demo.promises import Message, Promise
from projectplan.demo.room import Room
from projectplan.demo.sheet import Row

PREFIXES: Final[dict[str, str]] = settings.SERIES_PREFIXES


def key_of(person: User | None) -> int | None:
    return person.id if person else None


def matter_row(
    life: Course,
    kind: Matter.Kind,
    *,
    year: int,
    number: int,
    title: str,
    received: int,
    registered: int,
    search_text: str,
) -> Row:
    """The matter that a course is about, as its table has it."""
    return (
        life.key,
        kind.value,
        PREFIXES[kind.value],
        year,
        number,
        title,
        life.room.cast.subgroup.pk,
        key_of(life.owner),
        0,
        life.time.text(received),
        life.time.text(registered),
        life.text(life.closed),
        search_text,
        life.version,
    )


def deadline_row(life: Course, promise: Promise) -> tuple[object, ...]:
    """A promise as its table has it."""
    ended = promise.met if promise.met is not None else promise.dropped
    if promise.rule:
        until = life.room.now if ended is None else ended
        rung, remind = life.time.rung(promise.due, promise.start, until, is_unmet=ended is None)
    else:
        rung, remind = _warning(life, promise, is_unmet=ended is None)
    rule = promise.rule
    return (
        promise.key,
        life.key,
        promise.kind,
        rule.id if rule else None,
        promise.continues.key if promise.continues else None,
        rule.amount if rule else 0,
        rule.unit if rule else Unit.WORKING_DAYS.value,
        life.room.calendar_id,
        life.time.text(promise.start),
        life.time.text(promise.due),
        life.text(promise.met),
        life.text(promise.dropped),
        promise.late_reason,
        key_of(promise.responsible),
        key_of(promise.follower),
        rung,
        life.text(remind),
    )


def _warning(life: Course, promise: Promise, *, is_unmet: bool) -> tuple[str, int | None]:
    """The next warning of a date that others have set; the earlier ones were given in their time."""
    since = max(promise.start, life.room.now) if is_unmet else promise.start
    if is_unmet and since >= promise.due:
        return life.time.rung(promise.due, promise.start, since, is_unmet=True)
    warning = datetime_of(since)
    rung, at = first_rung(datetime_of(promise.due), warning, life.time.calendar, promise.kind)
    if at == warning:
        rung, at = next_rung(
            Deadline(kind=promise.kind, due_at=datetime_of(promise.due)), warning, life.time.calendar
        )
    return str(rung), moment_of(at) if is_unmet else None


def write_notices(room: Room, messages: list[Message]) -> None:
    """What people were told lately, in the order of time; of what is older than a day most has been read."""
    for message in sorted(messages, key=lambda message: message.made):
        read = message.read
        if read is None and message.made < room.now - DAY and room.chance(0.7):
            read = message.made + (room.now - message.made) // 3
        made = room.time.text(message.made)
        room.sheets.notices.rows.append(
            (
                room.sheets.notices.next_key(),
                Notice.Way.APP.value,
                message.kind,
                message.recipient,
                message.matter,
                None,
                None,
                message.text,
                message.once,
                made,
                made,
                None,
                made,
                0,
                None,
                None if read is None else room.time.text(read),
            )
        )
