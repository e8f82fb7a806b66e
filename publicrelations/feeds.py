"""Engagements and press conferences as entries of a calendar: for a reader's own address, and for a period's file."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from office.feeds import LOOKS_BACK, Entry
from office.models import Event, Secrecy, User
from publicrelations.models import Engagement, PressConference
from publicrelations.models.engagement_state import EngagementState
from publicrelations.models.press_state import WITHOUT_A_DAY, PressState

LOOKS_AHEAD: Final = timedelta(days=366)
MOST_ENGAGEMENTS: Final = 1000
MOST_CONFERENCES: Final = 500
PRESS_LASTS: Final = timedelta(hours=1)
"""How long a press conference is written into a calendar for, when nobody knows its end."""


def engagements_of(user: User, now: datetime) -> list[Entry]:
    """The engagements that a reader may see, from a month back on."""
    return engagement_entries(user, now - LOOKS_BACK, now + LOOKS_AHEAD)


def engagement_entries(user: User, start: datetime, end: datetime) -> list[Entry]:
    """Those that begin in a period, in order: one query. What was called off or put off stands there as cancelled, so
    that a calendar which has it lets it go."""
    changed = Event.objects.filter(matter=OuterRef("pk")).order_by("-pk").values("at")[:1]
    rows: Any = Engagement.objects.between(start, end).visible_to(user)
    rows = rows.select_related("agency").annotate(changed_at=Subquery(changed)).defer("search_text", "note")
    return [_entry(engagement) for engagement in rows[:MOST_ENGAGEMENTS]]


def press_conferences_of(user: User, now: datetime) -> list[Entry]:
    """The press conferences that a reader may see, from a month back on."""
    return press_entries(user, now - LOOKS_BACK, now + LOOKS_AHEAD)


def press_entries(user: User, start: datetime, end: datetime) -> list[Entry]:
    """Those that begin in a period, in order: one query. Cancelled or postponed it stands there as cancelled."""
    changed = Event.objects.filter(matter=OuterRef("pk")).order_by("-pk").values("at")[:1]
    rows: Any = PressConference.objects.between(start, end).visible_to(user)
    rows = rows.annotate(changed_at=Subquery(changed)).defer("search_text", "brief")
    return [_press_entry(conference) for conference in rows[:MOST_CONFERENCES]]


def _press_entry(conference: Any) -> Entry:
    """Of what is secret its number alone leaves the office."""
    is_secret = conference.secrecy != Secrecy.ORDINARY
    return Entry(
        uid=press_uid(conference),
        summary=conference.label if is_secret else _press_summary(conference),
        starts_at=conference.starts_at,
        ends_at=conference.ends_at or conference.starts_at + PRESS_LASTS,
        changed_at=conference.changed_at or conference.registered_at,
        sequence=conference.version - 1,
        place="" if is_secret else conference.place,
        note="" if is_secret else _press_note(conference),
        path=reverse("office:matter", args=[conference.pk]),
        is_cancelled=conference.state in WITHOUT_A_DAY,
    )


def press_uid(conference: PressConference) -> str:
    """By which a calendar knows it again: in a reader's own address, and in the letter to the press."""
    return f"press-{conference.pk}"


def _press_summary(conference: PressConference) -> str:
    if conference.state == PressState.POSTPONED:
        return _("Press conference postponed: %(title)s") % {"title": conference.title}
    return _("Press conference: %(title)s") % {"title": conference.title}


def _press_note(conference: PressConference) -> str:
    lines = [f"{conference.get_occasion_display()} · {conference.label}", conference.spokespersons]
    return "\n".join(line for line in lines if line)


def _entry(engagement: Any) -> Entry:
    """Of what is secret its number alone leaves the office."""
    is_secret = engagement.secrecy != Secrecy.ORDINARY
    return Entry(
        uid=f"engagement-{engagement.pk}",
        summary=engagement.label if is_secret else _summary(engagement),
        starts_at=engagement.starts_at,
        ends_at=engagement.ends_at,
        changed_at=engagement.changed_at or engagement.registered_at,
        sequence=engagement.version - 1,
        place="" if is_secret else engagement.place,
        note="" if is_secret else _note(engagement),
        path=reverse("office:matter", args=[engagement.pk]),
        is_cancelled=not engagement.takes_place,
    )


def _summary(engagement: Engagement) -> str:
    if engagement.state == EngagementState.POSTPONED:
        return _("Postponed: %(title)s") % {"title": engagement.title}
    return engagement.title


def _note(engagement: Engagement) -> str:
    parts = [str(engagement.get_engagement_kind_display()), engagement.organised_by, engagement.label]
    return " · ".join(part for part in parts if part)
