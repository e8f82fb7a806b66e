"""The morning of a sitting day: what sits today, what is due, what came in since the last summary, for one reader.

A sitting day has a sitting of a chamber, or of both, that is neither postponed nor cancelled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Max, Prefetch, Q, QuerySet

from office.calendar import OFFICE_TZ, WorkCalendar
from office.listed import ListedMatter, columns_of
from office.models import Deadline, Matter, Notice, Role, Secrecy, User
from office.models.calendar import current_calendar
from office.models.matter import matters_visible_to
from office.notices import rows_for, write
from office.thai import format_weekday
from parliament.audience import concerned
from parliament.models import AgendaItem, Meeting

MORNING_AT: Final = time(7, 30)
LATEST_AT: Final = time(12, 0)
"""A sitting told of later in the morning still has its summary; in the afternoon nobody reads one."""
ROWS: Final = 20
FIRST_LOOKS_BACK: Final = timedelta(days=7)
"""How far the first summary of somebody looks back."""

SITTINGS: Final = (Meeting.MeetingKind.HOUSE, Meeting.MeetingKind.SENATE, Meeting.MeetingKind.JOINT)
NOT_HELD: Final = (Meeting.State.POSTPONED, Meeting.State.CANCELLED)
KINDS: Final = (
    Matter.Kind.MEETING,
    Matter.Kind.INTERPELLATION,
    Matter.Kind.MOTION,
    Matter.Kind.BILL,
    Matter.Kind.CONSULTATION,
    Matter.Kind.FOLLOW_UP,
)


@dataclass(frozen=True)
class Morning:
    """What one reader is told; `more_came_in` when not all of it is listed."""

    day: date
    sittings: list[Meeting]
    due: list[Deadline]
    late_of_others: list[Deadline]
    came_in: list[ListedMatter]
    more_came_in: bool

    @property
    def is_empty(self) -> bool:
        return not (self.sittings or self.due or self.late_of_others or self.came_in)


# ── What stands in it ───────────────────────────────────────────────────────────────────────


def sittings_on(day: date) -> QuerySet[Meeting]:
    """The sittings that make a day a sitting day, in order."""
    midnight = datetime.combine(day, time.min, OFFICE_TZ)
    held = Meeting.objects.filter(meeting_kind__in=SITTINGS).exclude(state__in=NOT_HELD)
    ours = held.filter(begins_at__gte=midnight, begins_at__lt=midnight + timedelta(days=1))
    return ours.order_by("begins_at", "pk")


def morning_of(
    user: User, day: date, *, now: datetime, upto: int | None = None, with_secret: bool = True
) -> Morning:
    """The summary of a day for one reader: only what they may see, and without the secret ones if it leaves the
    office (`with_secret`). `upto` is the newest matter it was written after; at most seven queries."""
    seen = matters_visible_to(user)
    if not with_secret:
        seen &= Q(secrecy=Secrecy.ORDINARY)
    came_in = _came_in(user, day, upto).filter(seen)[: ROWS + 1]
    listed = [ListedMatter(*values) for values in came_in.values_list(*columns_of())]
    is_head = user.has_role(Role.HEAD)
    return Morning(
        day=day,
        sittings=_sittings(user, day, seen, with_secret=with_secret),
        due=_due(user, day, with_secret=with_secret),
        late_of_others=_late_of_others(user, now, with_secret=with_secret) if is_head else [],
        came_in=listed[:ROWS],
        more_came_in=len(listed) > ROWS,
    )


def _sittings(user: User, day: date, seen: Q, *, with_secret: bool) -> list[Meeting]:
    """Each with `ours`: the items of its agenda that concern us and that the reader may see."""
    about = matters_visible_to(user, "about__")
    if not with_secret:
        about &= Q(about__secrecy=Secrecy.ORDINARY)
    items = AgendaItem.objects.filter(concerns_us=True).select_related("about")
    if about:
        items = items.filter(Q(about=None) | about)
    rows = sittings_on(day).filter(seen).defer("minutes", "search_text")
    return list(rows.prefetch_related(Prefetch("items", items.order_by("position"), to_attr="ours")))


def _owed(user: User, *, with_secret: bool) -> QuerySet[Deadline]:
    seen = matters_visible_to(user, "matter__")
    if not with_secret:
        seen &= Q(matter__secrecy=Secrecy.ORDINARY)
    unmet = Deadline.objects.unmet().filter(seen, matter__kind__in=KINDS)
    return unmet.select_related("matter", "responsible").order_by("due_at", "pk")


def _due(user: User, day: date, *, with_secret: bool) -> list[Deadline]:
    """What the reader owes until the end of the day, the latest first of all."""
    ends_at = datetime.combine(day + timedelta(days=1), time.min, OFFICE_TZ)
    return list(_owed(user, with_secret=with_secret).filter(responsible=user, due_at__lt=ends_at)[:ROWS])


def _late_of_others(user: User, now: datetime, *, with_secret: bool) -> list[Deadline]:
    """What a head looks after: late in the subgroup, and somebody else's turn or nobody's."""
    late = _owed(user, with_secret=with_secret).filter(due_at__lt=now, matter__subgroup=user.subgroup_id)
    return list(late.filter(~Q(responsible=user) | Q(responsible=None))[:ROWS])


def _came_in(user: User, day: date, upto: int | None) -> QuerySet[Matter]:
    """Registered since the reader's last summary, whatever day it was received: by key, so nothing falls between."""
    rows = Matter.objects.filter(kind__in=KINDS).order_by("-pk")
    if upto is not None:
        rows = rows.filter(pk__lte=upto)
    midnight = datetime.combine(day, time.min, OFFICE_TZ)
    last = _summaries(user).filter(made_at__lt=midnight).order_by("-pk").first()
    if last is not None and last.subject_id is not None:
        return rows.filter(pk__gt=last.subject_id)
    return rows.filter(received_at__gte=midnight - FIRST_LOOKS_BACK)


def _summaries(user: User) -> QuerySet[Notice]:
    return Notice.objects.filter(recipient=user, way=Notice.Way.APP, kind=Notice.Kind.SITTING_DIGEST)


def written_upto(user: User, day: date) -> int | None:
    """The newest matter that a day's summary was written after; None where there was none."""
    midnight = datetime.combine(day, time.min, OFFICE_TZ)
    of_day = _summaries(user).filter(made_at__gte=midnight, made_at__lt=midnight + timedelta(days=1))
    return of_day.values_list("subject_id", flat=True).first()


# ── Telling people ──────────────────────────────────────────────────────────────────────────


def write_summaries(now: datetime) -> int:
    """On the morning of a sitting day: one summary for each who wants it and may see a sitting of the day. Safe to
    repeat: it is written once a person and day. Returns for how many it was asked."""
    local = now.astimezone(OFFICE_TZ)
    if not MORNING_AT <= local.time() < LATEST_AT:
        return 0
    sittings = sittings_on(local.date())
    if not sittings.exists():
        return 0
    people = [one for one in concerned() if one.wants_sitting_digest]
    told = [one for one in people if sittings.filter(matters_visible_to(one)).exists()]
    newest = Matter.objects.aggregate(newest=Max("pk"))["newest"] or 0
    write(_rows(told, local, newest, calendar=current_calendar()), now=now)
    return len(told)


def _rows(people: Sequence[User], now: datetime, newest: int, *, calendar: WorkCalendar) -> list[Notice]:
    said: dict[str, Any] = {"now": now, "calendar": calendar, "text": format_weekday(now.date())}
    rows = rows_for(people, Notice.Kind.SITTING_DIGEST, once=f"sitting-digest:{now:%Y%m%d}", **said)
    for row in rows:
        row.subject_id = newest
        # At this hour, not at the one of other letters: the sitting does not wait.
        row.deliver_from = now
    return rows
