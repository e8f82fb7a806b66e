"""The minister's engagements as entries of a calendar: for a reader's personal address, and for a period's file."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from office.feeds import LOOKS_BACK, Entry
from office.models import Event, Secrecy, User
from publicrelations.models import Engagement
from publicrelations.models.engagement_state import EngagementState

LOOKS_AHEAD: Final = timedelta(days=366)
MOST_ENGAGEMENTS: Final = 1000


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
