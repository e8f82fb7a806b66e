"""Entries of a calendar as programs subscribe to it (RFC 5545), and the dates that one person has to keep."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from office import models
from office.calendar import OFFICE_TZ
from office.models import Deadline, Matter, Role, Secrecy, User
from office.models.matter import matters_visible_to

REFRESHED_EVERY: Final = timedelta(hours=1)
LOOKS_BACK: Final = timedelta(days=31)
MOST_DATES: Final = 300
FORM: Final = 1
"""To be raised when the same entries make another file, so that every reader fetches it once more."""
ZONE_KNOWN: Final = (date(2008, 1, 1), date(2038, 1, 1))
"""For which years the entries' time zone is written down; Bangkok has had one since 1920."""

NAMES_PEOPLE: Final = (Matter.Kind.PETITION, Matter.Kind.RELATED)
"""Subjects that may hold somebody's name never leave the office: of these matters only number and promise."""


@dataclass(frozen=True)
class Entry:
    """One entry. `uid` is the same for ever, `sequence` rises and `changed_at` moves when anything of it changes."""

    uid: str
    summary: str
    starts_at: datetime
    changed_at: datetime
    sequence: int
    ends_at: datetime | None = None
    place: str = ""
    note: str = ""
    path: str = ""
    is_cancelled: bool = False
    is_busy: bool = True


def calendar_file(name: str, entries: Iterable[Entry]) -> bytes:
    """The entries as a file; the same entries make the same bytes, so a reader can ask whether anything changed."""
    calendar = Calendar()
    calendar.add("prodid", "-//prasan//TH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", OFFICE_TZ.key)
    calendar.add("refresh-interval", REFRESHED_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in sorted(entries, key=lambda one: (one.starts_at, one.uid)):
        calendar.add_component(_event(entry))
    calendar.add_missing_timezones(first_date=ZONE_KNOWN[0], last_date=ZONE_KNOWN[1])
    return calendar.to_ical()


def fingerprint_of(entries: Iterable[Entry]) -> str:
    """The same for the same entries: so a reader learns that nothing has changed without a file being made."""
    said = "\n".join(sorted(map(repr, entries)))
    return hashlib.sha256(f"{FORM}\n{said}".encode()).hexdigest()[:32]


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("summary", entry.summary)
    event.add("dtstart", entry.starts_at.astimezone(OFFICE_TZ))
    if entry.ends_at:
        event.add("dtend", entry.ends_at.astimezone(OFFICE_TZ))
    # Without METHOD both say when the entry was last revised (RFC 5545, 3.8.7.2).
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE" if entry.is_busy and not entry.is_cancelled else "TRANSPARENT")
    for key, value in (("location", entry.place), ("description", entry.note)):
        if value:
            event.add(key, value)
    if entry.path:
        event.add("url", f"{settings.SITE_URL}{entry.path}")
    return event


# ── Somebody's dates ────────────────────────────────────────────────────────────────────────


def dates_of(user: User, now: datetime, *, words: Mapping[int, str] | None = None) -> list[Entry]:
    """What a person owes or follows up, and the hearings a head or executive looks after; what is kept or taken back
    is gone. `words` are a line more about some of these promises, by their keys. One query."""
    return [_date_entry(deadline, (words or {}).get(deadline.pk, "")) for deadline in deadlines_of(user, now)]


def deadlines_of(user: User, now: datetime) -> Sequence[Deadline]:
    """The promises behind `dates_of`, from a month back, the nearest first."""
    since = datetime.combine(now.astimezone(OFFICE_TZ).date() - LOOKS_BACK, time.min, OFFICE_TZ)
    own = Q(responsible=user) | Q(follower=user)
    if user.has_role(Role.HEAD) or user.has_role(Role.EXECUTIVE):
        own |= Q(kind=Deadline.Kind.HEARING)
    seen = matters_visible_to(user, "matter__")
    owed = Deadline.objects.unmet().beside_a_calendar().filter(own, seen, due_at__gte=since)
    changed = models.Event.objects.filter(matter=OuterRef("matter")).order_by("-pk").values("at")[:1]
    rows = owed.select_related("matter", "calendar").annotate(changed_at=Subquery(changed))
    return list(rows.order_by("due_at", "pk")[:MOST_DATES])


def _date_entry(deadline: Any, words: str) -> Entry:
    matter = deadline.matter
    is_secret = matter.secrecy != Secrecy.ORDINARY
    note = ""
    if is_secret:
        summary = matter.label
    elif matter.kind in NAMES_PEOPLE:
        summary, note = f"{deadline.get_kind_display()}: {matter.label}", words
    else:
        summary, note = f"{deadline.get_kind_display()}: {matter.label} {matter.title}", words
    return Entry(
        uid=f"date-{deadline.pk}",
        summary=summary,
        starts_at=deadline.due_at,
        # What is said of it changes with a step of its matter, and when it is due with the working calendar.
        changed_at=max(deadline.changed_at or deadline.start_at, deadline.calendar.made_at),
        sequence=matter.version + deadline.calendar_id,
        note=note,
        path=reverse("office:matter", args=[matter.pk]),
        is_busy=deadline.kind == Deadline.Kind.HEARING,
    )


def name_of_calendar() -> str:
    """What a calendar program lists it as."""
    return _("Prasan")
