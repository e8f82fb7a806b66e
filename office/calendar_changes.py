"""Days off added or removed, and the deadlines already given that move with them once a head confirms.

A deadline is moved only while it is unmet and not yet due, only by the rule that made it, and only to a later
moment: taking a holiday away never hurries a promise, and what is late stays late.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby, islice

from auditlog.models import LogEntry
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from office.calendar import OFFICE_TZ, Unit, WorkCalendar, due_at
from office.models import CalendarEdition, Deadline, Event, Matter, Notice, OfficeDay, User
from office.models.calendar import current_calendar, record_edition
from office.models.matter import matters_visible_to
from office.notices import rows_for, write
from office.reminders import first_rung
from office.thai import format_long, to_thai_digits

MOVED = "calendar_moved"
COUNT_CAP = 1000
ROWS_SHOWN = 50
MATTERS_PER_BATCH = 500
NOTICES_ONE_BY_ONE = 10  # told of more at once, a person gets one notice that says how many
SETTLED_SECONDS = 60 * 60


class CalendarMovedOn(Exception):
    """The calendar was changed again after the page of moves was drawn."""


@dataclass(frozen=True)
class Move:
    """One deadline and the later moment the calendar in force gives it; `told` is whom it concerns."""

    deadline_id: int
    matter_id: int
    kind: str
    told_id: int | None
    old: datetime
    new: datetime


@dataclass(frozen=True)
class ShownMove:
    """A move as a page shows it."""

    deadline: Deadline
    new: datetime


@dataclass(frozen=True)
class PendingMoves:
    """What would move under one edition of the calendar. `count` stops one above COUNT_CAP."""

    edition: int
    count: int
    shown: list[ShownMove]
    out_of_sight: int


# ── Days ────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def add_day(office_day: OfficeDay, *, user: User, now: datetime) -> CalendarEdition:
    """Put a new day off, or extra working day, into the calendar; a date stands in it once (else IntegrityError)."""
    _may_change(user)
    office_day.save(force_insert=True)
    with override(settings.LANGUAGE_CODE):  # what is kept is written in the office's language
        words = _("Day off added") if office_day.kind == OfficeDay.Kind.OFF else _("Working day added")
    note = f"{words} {format_long(office_day.date)}: {office_day.name}"
    return record_edition(note=note, made_by=user, now=now)


@transaction.atomic
def remove_day(office_day: OfficeDay, *, reason: str, user: User, now: datetime) -> CalendarEdition:
    """Take a date out of the calendar, so that it is again what its weekday says."""
    _may_change(user)
    with override(settings.LANGUAGE_CODE):
        words = _("Taken out of the calendar")
    note = f"{words} {format_long(office_day.date)} ({office_day.name}): {reason}"
    office_day.delete()
    return record_edition(note=note, made_by=user, now=now)


def _may_change(user: User) -> None:
    if not user.has_perm("office.change_calendar"):
        raise PermissionDenied(_("Heads of subgroups and administrators change the calendar."))


# ── What would move ─────────────────────────────────────────────────────────────────────────


def may_have_pending(now: datetime) -> bool:
    """Whether open deadlines of an older calendar are there that nobody has looked at under the one in force."""
    edition = CalendarEdition.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return not cache.get(_settled_key(edition)) and _candidates(now, edition).exists()


def pending_moves(user: User, now: datetime) -> PendingMoves:
    """The moves to be confirmed, the most urgent first, and the first of them that this person may see.

    Reads every open deadline of an older calendar until COUNT_CAP moves are found: 50,000 in about half a second.
    """
    calendar = current_calendar()
    moves = list(islice(_moves(now, calendar), COUNT_CAP + 1))
    if not moves:
        cache.set(_settled_key(calendar.version), True, SETTLED_SECONDS)
    new_moments = {move.deadline_id: move.new for move in moves}
    visible = Deadline.objects.filter(pk__in=list(new_moments)).filter(matters_visible_to(user, "matter__"))
    rows = visible.select_related("matter", "responsible").order_by("due_at", "pk")[:ROWS_SHOWN]
    return PendingMoves(
        edition=calendar.version,
        count=len(moves),
        shown=[ShownMove(deadline, new_moments[deadline.pk]) for deadline in rows],
        out_of_sight=len(moves) - visible.count() if moves else 0,
    )


def _settled_key(edition: int) -> str:
    return f"calendar-settled:{edition}"


def _candidates(now: datetime, edition: int) -> QuerySet[Deadline]:
    """Unmet, not yet due, computed by a rule (a date agreed on is no sum of days) with an older calendar."""
    return Deadline.objects.unmet().filter(due_at__gt=now, rule__isnull=False, calendar_id__lt=edition)


def _moves(now: datetime, calendar: WorkCalendar) -> Iterator[Move]:
    fields = (
        "pk",
        "matter_id",
        "kind",
        "responsible_id",
        "follower_id",
        "start_at",
        "amount",
        "unit",
        "due_at",
    )
    rows = _candidates(now, calendar.version).order_by("due_at", "pk").values_list(*fields)
    for pk, matter_id, kind, responsible_id, follower_id, start, amount, unit, old in rows.iterator(2000):
        new = due_at(start, amount, Unit(unit), calendar)
        if new > old:
            yield Move(pk, matter_id, kind, responsible_id or follower_id, old, new)


# ── Moving ──────────────────────────────────────────────────────────────────────────────────


def confirm_moves(actor: User, now: datetime, seen: int) -> int:
    """Move every deadline that the calendar edition `seen` makes later, with an event on each matter.

    All or nothing, in one transaction worked through in batches; a second click finds nothing left. Returns how
    many moved. Raises PermissionDenied for anybody but a head, CalendarMovedOn when the calendar changed again.
    """
    if not actor.has_perm("office.confirm_calendar"):
        raise PermissionDenied(_("A head of subgroup confirms that deadlines move."))
    with transaction.atomic():
        calendar = current_calendar()
        if calendar.version != seen:
            raise CalendarMovedOn
        edition = CalendarEdition.objects.get(pk=seen)
        moved: list[Move] = []
        for batch in _batches(_moves(now, calendar)):
            moved += _move(batch, actor=actor, now=now, calendar=calendar, reason=edition.note)
        _tell_all(moved, edition, now=now, calendar=calendar)
        if moved:
            LogEntry.objects.log_create(
                edition, action=LogEntry.Action.UPDATE, changes={"moved": ["0", str(len(moved))]}, actor=actor
            )
    return len(moved)


def _batches(moves: Iterable[Move]) -> Iterator[list[Move]]:
    """The moves by matter, so many matters at a time, always in the same order: two confirmers never deadlock."""
    by_matter = groupby(
        sorted(moves, key=lambda move: (move.matter_id, move.deadline_id)), lambda move: move.matter_id
    )
    matters = ([*group] for _matter, group in by_matter)
    while some := list(islice(matters, MATTERS_PER_BATCH)):
        yield [move for group in some for move in group]


def _move(
    batch: Sequence[Move], *, actor: User, now: datetime, calendar: WorkCalendar, reason: str
) -> list[Move]:
    """Move what is still as it was read; whatever was met or moved meanwhile is left alone."""
    matter_ids = sorted({move.matter_id for move in batch})
    locked = Matter.objects.select_for_update().filter(pk__in=matter_ids).order_by("pk")
    versions = dict(locked.values_list("pk", "version"))
    unmet = Deadline.objects.unmet().filter(pk__in=[move.deadline_id for move in batch])
    still = dict(unmet.values_list("pk", "due_at"))
    moves = [move for move in batch if still.get(move.deadline_id) == move.old]
    events = []
    for move in moves:
        versions[move.matter_id] += 1
        events.append(_event(move, versions[move.matter_id], actor=actor, now=now, reason=reason))
    Event.objects.bulk_create(events)
    _raise_versions(moves)
    _write_moments(moves, now=now, calendar=calendar)
    return moves


def _event(move: Move, version: int, *, actor: User, now: datetime, reason: str) -> Event:
    moments = [moment.astimezone(OFFICE_TZ).isoformat() for moment in (move.old, move.new)]
    return Event(
        matter_id=move.matter_id,
        at=now,
        actor=actor,
        step=MOVED,
        reason=reason,
        changes={"due": moments, "promise": ["", move.kind]},
        version=version,
    )


def _raise_versions(moves: Sequence[Move]) -> None:
    """A page drawn before the move is stale: one version for each event, nearly always one for all."""
    events_of: defaultdict[int, int] = defaultdict(int)
    for move in moves:
        events_of[move.matter_id] += 1
    matters_with: defaultdict[int, list[int]] = defaultdict(list)
    for matter_id, events in events_of.items():
        matters_with[events].append(matter_id)
    for events, matter_ids in matters_with.items():
        Matter.objects.filter(pk__in=matter_ids).update(version=F("version") + events)


def _write_moments(moves: Sequence[Move], *, now: datetime, calendar: WorkCalendar) -> None:
    """Most promises end at closing time, so few moments serve many rows: one update for each."""
    by_moment: defaultdict[datetime, list[int]] = defaultdict(list)
    for move in moves:
        by_moment[move.new].append(move.deadline_id)
    for new, deadline_ids in by_moment.items():
        rung, remind_at = first_rung(new, now, calendar)
        Deadline.objects.filter(pk__in=deadline_ids).update(
            due_at=new, calendar_id=calendar.version, next_reminder=rung, remind_at=remind_at
        )


def _tell_all(
    moves: Iterable[Move], edition: CalendarEdition, *, now: datetime, calendar: WorkCalendar
) -> None:
    """Whose turn it is hears of each matter; whoever has very many hears once."""
    by_person: defaultdict[int, list[Move]] = defaultdict(list)
    for move in moves:
        if move.told_id is not None:
            by_person[move.told_id].append(move)
    people = User.objects.filter(is_active=True).in_bulk(list(by_person))
    rows: list[Notice] = []
    for person_id, person in people.items():
        rows += _notices(person, by_person[person_id], edition, now=now, calendar=calendar)
    write(rows, now=now)


def _notices(
    person: User, moves: Sequence[Move], edition: CalendarEdition, *, now: datetime, calendar: WorkCalendar
) -> list[Notice]:
    tell = partial(rows_for, [person], Notice.Kind.CALENDAR, now=now, calendar=calendar)
    once = f"calendar:{edition.pk}"
    if len(moves) > NOTICES_ONE_BY_ONE:
        with override(settings.LANGUAGE_CODE):
            how_many = _("%(number)s deadlines moved") % {"number": to_thai_digits(len(moves))}
        return tell(once=once, text=f"{how_many}: {edition.note}")
    deadlines = Deadline.objects.select_related("matter").in_bulk([move.deadline_id for move in moves])
    return [
        notice
        for deadline in deadlines.values()
        for notice in tell(
            once=f"{once}:{deadline.pk}", matter=deadline.matter, deadline=deadline, text=edition.note
        )
    ]
