"""The ladder of reminders: before due, at due, then every working day while it is late.

What nobody may miss, because a court or a law set its date, is warned of several times ahead (office.promises).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from office.calendar import OFFICE_TZ, WorkCalendar
from office.models import Matter, Notice, User
from office.models.calendar import current_calendar
from office.models.deadline import Deadline
from office.notices import rows_for, write
from office.promises import PROMISES, WARN_DAYS_AHEAD

Rung = tuple[str, datetime]
BATCH_ROWS = 100

KINDS: dict[str, str] = {
    Deadline.Reminder.BEFORE: Notice.Kind.DUE_SOON,
    Deadline.Reminder.AT_DUE: Notice.Kind.DUE_NOW,
    Deadline.Reminder.LATE: Notice.Kind.LATE,
}


@dataclass(frozen=True)
class EarlyWarning:
    """One warning ahead: when it is given, and for how many days ahead it stands."""

    at: datetime
    days_ahead: int


def warnings(kind: str, due_at: datetime, calendar: WorkCalendar) -> list[EarlyWarning]:
    """The warnings of a promise whose date others have set, the earliest first.

    Each is given when the office opens, on the working day before when its own day is off: never later than meant, and
    always before the promise is due. Two that fall on one morning are one.
    """
    day = due_at.astimezone(OFFICE_TZ).date()
    found: dict[datetime, EarlyWarning] = {}
    for days_ahead in WARN_DAYS_AHEAD.get(kind, ()):
        at = calendar.opening_of(_working_day_upto(day - timedelta(days=days_ahead), calendar))
        if at >= due_at:
            at = calendar.opening_of(calendar.add_working_days(day, -1))
        found[at] = EarlyWarning(at, days_ahead)
    return sorted(found.values(), key=lambda warning: warning.at)


def _working_day_upto(day: date, calendar: WorkCalendar) -> date:
    return day if calendar.is_working_day(day) else calendar.add_working_days(day, -1)


def first_rung(due_at: datetime, start_at: datetime, calendar: WorkCalendar, kind: str = "") -> Rung:
    """The first reminder of a new promise: when the office opens on its last working day, else when it is due.

    Of what is warned of ahead: the next warning; at once, when one of them should have been given already.
    """
    if kind in WARN_DAYS_AHEAD and start_at < due_at:
        if any(one.at <= start_at for one in warnings(kind, due_at, calendar)):
            return Deadline.Reminder.BEFORE, start_at
        return _next_warning(kind, due_at, start_at, calendar)
    local = due_at.astimezone(OFFICE_TZ)
    morning = datetime.combine(local.date(), calendar.opens, OFFICE_TZ)
    if start_at < morning < due_at:
        return Deadline.Reminder.BEFORE, morning
    return Deadline.Reminder.AT_DUE, due_at


def rung_since(deadline: Deadline, since: datetime, calendar: WorkCalendar) -> Rung:
    """The first reminder from a moment on, as if none had been given before."""
    if since < deadline.due_at:
        return first_rung(deadline.due_at, since, calendar, deadline.kind)
    return _next_morning(since, calendar)


def next_rung(deadline: Deadline, now: datetime, calendar: WorkCalendar) -> Rung:
    """What follows the reminder just given: at due, then the next working morning, again and again."""
    if now < deadline.due_at:
        return _next_warning(deadline.kind, deadline.due_at, now, calendar)
    return _next_morning(now, calendar)


def _next_warning(kind: str, due_at: datetime, now: datetime, calendar: WorkCalendar) -> Rung:
    """The warning that comes next, or what is said when none is left."""
    for warning in warnings(kind, due_at, calendar):
        if warning.at > now:
            return Deadline.Reminder.BEFORE, warning.at
    return (
        _next_morning(due_at, calendar)
        if PROMISES[kind].silent_at_due
        else (Deadline.Reminder.AT_DUE, due_at)
    )


def _next_morning(after: datetime, calendar: WorkCalendar) -> Rung:
    tomorrow = calendar.next_working_day(after.astimezone(OFFICE_TZ).date())
    return Deadline.Reminder.LATE, calendar.opening_of(tomorrow)


def rung_at(due_at: datetime, now: datetime, calendar: WorkCalendar) -> str:
    """What is true to say now, however long the reminder waited: late from the working morning after it was due."""
    if now < due_at:
        return Deadline.Reminder.BEFORE
    morning_after = calendar.opening_of(calendar.next_working_day(due_at.astimezone(OFFICE_TZ).date()))
    return Deadline.Reminder.AT_DUE if now < morning_after else Deadline.Reminder.LATE


Words = Callable[[Sequence[Deadline]], Mapping[int, str]]
"""A line more about some of these promises, by their keys: where one has to be. Of a room above; never personal."""


PutOff = Callable[[Sequence[Deadline], datetime], Mapping[int, datetime | None]]
"""Those of some promises that nobody is reminded of now, by their keys, and until when (None: until somebody says).
Of a room above, such as what waits for a sitting while there is none."""


def remind_due(
    now: datetime, *, batch: int = BATCH_ROWS, words: Words | None = None, put_off: PutOff | None = None
) -> int:
    """Give every reminder that is due and set the next one; returns how many promises were reminded of or put off.

    Each batch is one transaction: a worker killed in it has said nothing, and the next one says it all.
    """
    calendar = current_calendar()
    reminded = 0
    while count := _remind_batch(now, calendar, batch, words, put_off):
        reminded += count
    return reminded


@transaction.atomic
def _remind_batch(
    now: datetime, calendar: WorkCalendar, batch: int, words: Words | None, put_off: PutOff | None
) -> int:
    taken = _take_due(now, batch)
    if not taken:
        return 0
    quiet = put_off(taken, now) if put_off else {}
    for deadline in taken:
        if deadline.pk in quiet:
            _put_off(deadline, quiet[deadline.pk], calendar)
    due = [deadline for deadline in taken if deadline.pk not in quiet]
    audience = _Audience(due)
    _withdraw_superseded(due, now)
    more = words(due) if words else {}
    rows: list[Notice] = []
    for deadline in due:
        rung = rung_at(deadline.due_at, now, calendar)
        rows += rows_for(
            audience.of(deadline, rung, now, calendar),
            KINDS[rung],
            once=f"deadline:{deadline.pk}:{rung}:{deadline.remind_at:%Y%m%d%H%M%S}",
            now=now,
            calendar=calendar,
            matter=deadline.matter,
            deadline=deadline,
            text=more.get(deadline.pk, ""),
        )
        deadline.next_reminder, deadline.remind_at = next_rung(deadline, now, calendar)
    write(rows, now=now)
    Deadline.objects.bulk_update(taken, ["next_reminder", "remind_at"])
    return len(taken)


def _put_off(deadline: Deadline, until: datetime | None, calendar: WorkCalendar) -> None:
    """Nothing is said until a moment; what is said then is what is true then."""
    deadline.remind_at = until
    if until is not None:
        deadline.next_reminder = rung_at(deadline.due_at, until, calendar)


def due_reminders(now: datetime) -> QuerySet[Deadline]:
    """The one question of the round, in the words of the partial index `deadline_to_remind`."""
    return Deadline.objects.unmet().filter(remind_at__lte=now).order_by("remind_at")


def _take_due(now: datetime, batch: int) -> list[Deadline]:
    """Lock promises and their matters without waiting: what somebody is working on is asked about next time.

    The matter is locked too because its notices will refer to it, while a step holds it and waits for the promise.
    """
    due = due_reminders(now).select_related("matter").defer("matter__search_text")
    return list(due.select_for_update(skip_locked=True, of=("self", "matter"))[:batch])


def _withdraw_superseded(due: Sequence[Deadline], now: datetime) -> None:
    """What was said of the same promise before is no news any more; a letter that has not left yet stays here."""
    told = Notice.objects.filter(deadline__in=due, kind__in=KINDS.values(), way=Notice.Way.APP, read_at=None)
    told.update(read_at=now)
    waiting = Notice.objects.filter(
        Q(held_until=None) | Q(held_until__lt=now),
        deadline__in=due,
        kind__in=KINDS.values(),
        way=Notice.Way.EMAIL,
        sent_at=None,
        digest=None,
    )
    # Locked first: a worker that is about to take such a letter finds it gone.
    Notice.objects.filter(pk__in=list(waiting.select_for_update().values_list("pk", flat=True))).delete()


class _Audience:
    """Who is reminded of each promise of a batch; two questions for each person, however long the batch."""

    def __init__(self, due: Sequence[Deadline]) -> None:
        heads = {
            subgroup_id: list(User.objects.heads_of(subgroup_id).order_by("pk"))
            for subgroup_id in {deadline.matter.subgroup_id for deadline in due}
        }
        ids = {pk for deadline in due for pk in (deadline.responsible_id, deadline.follower_id) if pk}
        self._heads: Mapping[int, Sequence[User]] = heads
        self._people = User.objects.in_bulk(ids) | {one.pk: one for group in heads.values() for one in group}
        matters = {deadline.matter_id for deadline in due}
        self._seen_by = {
            person.pk: set(
                Matter.objects.visible_to(person).filter(pk__in=matters).values_list("pk", flat=True)
            )
            for person in self._people.values()
        }

    def of(self, deadline: Deadline, rung: str, now: datetime, calendar: WorkCalendar) -> list[User]:
        """The one whose turn it is, else who follows it up; the heads when it is late, or when there is nobody else.

        Of what is warned of ahead both, and the heads from the warning on that its kind names.
        """
        asked = (self._people.get(pk) for pk in (deadline.responsible_id, deadline.follower_id) if pk)
        people = list(dict.fromkeys(self._who_see(deadline, asked)))
        if deadline.kind not in WARN_DAYS_AHEAD:
            people = people[:1]
        if not people or rung == Deadline.Reminder.LATE or _is_near(deadline, now, calendar):
            heads = self._who_see(deadline, self._heads[deadline.matter.subgroup_id])
            people += [head for head in heads if head not in people]
        return people

    def _who_see(self, deadline: Deadline, people: Iterable[User | None]) -> Iterator[User]:
        return (one for one in people if one and deadline.matter_id in self._seen_by[one.pk])


def _is_near(deadline: Deadline, now: datetime, calendar: WorkCalendar) -> bool:
    """Whether the warning that heads are told of has come, or would have."""
    days = PROMISES[deadline.kind].heads_days_ahead
    if days is None:
        return False
    return any(
        one.at <= now and one.days_ahead <= days for one in warnings(deadline.kind, deadline.due_at, calendar)
    )
