"""Writing down what somebody must be told (the outbox); `office.delivery` sends it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from office.calendar import OFFICE_TZ, WorkCalendar
from office.models import Deadline, Matter, Notice, User
from office.queue import start_by_name_after_commit

DIGEST_TIME = time(8, 0)
DELIVER_TASK = "projectplan.tasks.deliver"


def next_digest(now: datetime, calendar: WorkCalendar) -> datetime:
    """08:00 of the next working day (today's, if it is still to come)."""
    today = now.astimezone(OFFICE_TZ).date()
    day = calendar.working_day_on_or_after(today)
    moment = datetime.combine(day, DIGEST_TIME, OFFICE_TZ)
    return (
        moment if moment > now else datetime.combine(calendar.next_working_day(day), DIGEST_TIME, OFFICE_TZ)
    )


def letter_moment(person: User, now: datetime, calendar: WorkCalendar) -> datetime:
    """When a letter to somebody of the office may go, as the person prefers: never outside office hours."""
    if person.email_delivery == User.Delivery.DIGEST:
        return next_digest(now, calendar)
    return calendar.next_opening(now)


def rows_for(
    people: Iterable[User],
    kind: str,
    *,
    once: str,
    now: datetime,
    calendar: WorkCalendar,
    matter: Matter | None = None,
    deadline: Deadline | None = None,
    text: str = "",
) -> list[Notice]:
    """The unsaved notices that tell people of the office: in the application at once, by e-mail as each prefers."""
    rows = []
    for person in people:
        common = {
            "kind": kind,
            "recipient": person,
            "matter_id": matter.pk if matter else None,
            "deadline": deadline,
            "text": text[:300],
            "made_at": now,
        }
        rows.append(
            Notice(
                way=Notice.Way.APP,
                once_key=f"{once}:{person.pk}:app",
                deliver_from=now,
                sent_at=now,
                **common,
            )
        )
        if person.email:
            moment = letter_moment(person, now, calendar)
            rows.append(
                Notice(
                    way=Notice.Way.EMAIL, once_key=f"{once}:{person.pk}:email", deliver_from=moment, **common
                )
            )
    return rows


def write(rows: list[Notice], *, now: datetime) -> None:
    """Put notices into the outbox, each occasion once, and have those delivered that may go now."""
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    if any(row.way == Notice.Way.EMAIL and row.deliver_from <= now for row in rows):
        start_by_name_after_commit(DELIVER_TASK)


def tell(
    people: Iterable[User],
    kind: str,
    *,
    once: str,
    now: datetime,
    calendar: WorkCalendar,
    matter: Matter | None = None,
    deadline: Deadline | None = None,
    text: str = "",
) -> None:
    """Tell people of the office, in the application at once and by e-mail as each prefers.

    `once` names the occasion: whatever is repeated for the same occasion and person is said only once.
    """
    rows = rows_for(
        people, kind, once=once, now=now, calendar=calendar, matter=matter, deadline=deadline, text=text
    )
    write(rows, now=now)


def write_outside(
    kind: str,
    *,
    once: str,
    now: datetime,
    matter: Matter,
    subject_id: int,
    wait: timedelta = timedelta(),
    goes_with: Notice | None = None,
) -> None:
    """Put a letter to somebody outside (a petitioner, an agency) into the outbox; its words and address are
    found when it is sent, so neither secrets nor personal data lie in the queue.

    What goes with another letter is said in that one, and leaves with it.
    """
    letter = Notice(
        way=Notice.Way.EMAIL,
        kind=kind,
        matter_id=matter.pk,
        subject_id=subject_id,
        once_key=once,
        made_at=now,
        deliver_from=now + wait,
        digest=goes_with,
    )
    write([letter], now=now)


def mark_seen(matter: Matter, person: User, *, now: datetime) -> int:
    """Who takes a step on a matter knows what they were told of it before. Returns how many notices that were."""
    return mark_all_seen([matter], person, now=now)


def mark_all_seen(matters: Iterable[Matter], person: User, *, now: datetime) -> int:
    """The same for a step on many matters. Returns how many notices that were."""
    keys = [matter.pk for matter in matters]
    unread = Notice.objects.filter(recipient=person, way=Notice.Way.APP, read_at=None, matter_id__in=keys)
    return unread.update(read_at=now)


def reschedule_letters(person: User, *, now: datetime, calendar: WorkCalendar) -> int:
    """What still waits goes as the person prefers from now on. Returns how many letters that touched."""
    waiting = Notice.objects.filter(
        recipient=person,
        way=Notice.Way.EMAIL,
        sent_at=None,
        held_until=None,
        digest=None,
        deliver_from__gt=now,
    ).exclude(kind__in=[Notice.Kind.DIGEST, Notice.Kind.SITTING_DIGEST])
    return waiting.update(deliver_from=letter_moment(person, now, calendar))
