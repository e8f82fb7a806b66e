"""The personal calendar: meetings, engagements, press conferences, dates and hearings, from every room, as one file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils.translation import override

from complaints.related_worklist import where_to_be
from office.feeds import Entry, calendar_file, dates_of, deadlines_of, name_of_calendar
from office.models import User
from parliament.feeds import meetings_of
from parliament.permissions import may_read as may_read_parliament
from publicrelations.feeds import engagements_of, press_conferences_of
from publicrelations.permissions import may_read as may_read_public_relations


def personal_entries(user: User, now: datetime) -> list[Entry]:
    """Only what the reader may see today, in the office's language; of what is secret its number alone."""
    with override(settings.LANGUAGE_CODE):
        words = where_to_be(deadlines_of(user, now))
        entries = dates_of(user, now, words=words)
        if may_read_parliament.test(user):
            entries += meetings_of(user, now)
        if may_read_public_relations.test(user):
            entries += engagements_of(user, now) + press_conferences_of(user, now)
        return entries


def personal_calendar(entries: Sequence[Entry]) -> bytes:
    """The entries as the file that a calendar program reads."""
    with override(settings.LANGUAGE_CODE):
        return calendar_file(name_of_calendar(), entries)
