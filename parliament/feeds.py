"""Meetings as entries of a calendar: for the personal address of a reader, and for the export of a period."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from office.feeds import LOOKS_BACK, Entry
from office.models import Event, Secrecy, User
from office.thai import to_thai_digits
from parliament.models import Meeting
from parliament.morning import NOT_HELD, SITTINGS

LOOKS_AHEAD: Final = timedelta(days=366)
MOST_MEETINGS: Final = 1000


def meetings_of(user: User, now: datetime) -> list[Entry]:
    """The meetings that a reader may see, from a month back on."""
    return meeting_entries(user, now - LOOKS_BACK, now + LOOKS_AHEAD)


def meeting_entries(
    user: User, start: datetime, end: datetime, *, only_sittings: bool = False
) -> list[Entry]:
    """Those that begin in a period, in order: one query. A meeting that was called off or put off stands there as
    cancelled, so that a calendar which has it lets it go."""
    changed = Event.objects.filter(matter=OuterRef("pk")).order_by("-pk").values("at")[:1]
    rows: Any = Meeting.objects.visible_to(user).filter(begins_at__gte=start, begins_at__lt=end)
    if only_sittings:
        rows = rows.filter(meeting_kind__in=SITTINGS)
    rows = rows.select_related("committee").annotate(changed_at=Subquery(changed))
    shown = rows.defer("minutes", "search_text").order_by("begins_at", "pk")[:MOST_MEETINGS]
    return [_entry(meeting) for meeting in shown]


def _entry(meeting: Any) -> Entry:
    is_secret = meeting.secrecy != Secrecy.ORDINARY
    return Entry(
        uid=f"meeting-{meeting.pk}",
        summary=meeting.label if is_secret else _summary(meeting),
        starts_at=meeting.begins_at,
        ends_at=meeting.ends_at,
        changed_at=meeting.changed_at or meeting.registered_at,
        sequence=meeting.version - 1,
        place="" if is_secret else meeting.place,
        note="" if is_secret else _note(meeting),
        path=reverse("office:matter", args=[meeting.pk]),
        is_cancelled=meeting.state in NOT_HELD,
    )


def _summary(meeting: Meeting) -> str:
    if meeting.state == Meeting.State.POSTPONED:
        return _("Postponed: %(title)s") % {"title": meeting.title}
    return meeting.title


def _note(meeting: Meeting) -> str:
    parts = [str(meeting.get_meeting_kind_display()), to_thai_digits(meeting.sitting_number), meeting.label]
    return " · ".join(part for part in parts if part)
