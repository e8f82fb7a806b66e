"""The personal calendar: meetings, engagements, press conferences, dates and hearings, from every room, and the
project's activities, as one file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from complaints.related_worklist import where_to_be
from office.calendar import OFFICE_TZ, WorkCalendar
from office.feeds import LOOKS_BACK, Entry, calendar_file, dates_of, deadlines_of, name_of_calendar
from office.models import User
from parliament.feeds import meetings_of
from parliament.permissions import may_read as may_read_parliament
from projectplan.models import ActivityMonth, Milestone
from publicrelations.feeds import engagements_of, press_conferences_of
from publicrelations.permissions import may_read as may_read_public_relations

LOOKS_AHEAD: Final = timedelta(days=366)


def personal_entries(user: User, now: datetime) -> list[Entry]:
    """Only what the reader may see today, in the office's language; of what is secret its number alone."""
    with override(settings.LANGUAGE_CODE):
        words = where_to_be(deadlines_of(user, now))
        entries = dates_of(user, now, words=words)
        if may_read_parliament.test(user):
            entries += meetings_of(user, now)
        if may_read_public_relations.test(user):
            entries += engagements_of(user, now) + press_conferences_of(user, now)
        return entries + activities_from(now)


def activities_from(now: datetime) -> list[Entry]:
    """The project's milestones and the months of its activities, from a month back on, as the diary has them: at the
    office's opening of their day. Two queries.

    A milestone that moves to another day is another entry: nothing tells when its row was changed.
    """
    today = now.astimezone(OFFICE_TZ).date()
    period = (today - LOOKS_BACK, today + LOOKS_AHEAD)
    milestones = Milestone.objects.filter(due_on__range=period).select_related("activity")
    months = ActivityMonth.objects.filter(first_on__range=period).select_related("activity")
    return [
        *(
            _entry(
                f"milestone-{one.pk}", one.due_on, one.name, one.activity_id, one.activity.name, one.done_on
            )
            for one in milestones
        ),
        *(_entry(f"activity-{one.pk}", one.first_on, one.activity.name, one.activity_id) for one in months),
    ]


def _entry(
    uid: str, day: date, summary: str, activity: int, note: str = "", done_on: date | None = None
) -> Entry:
    starts_at = datetime.combine(day, WorkCalendar.opens, OFFICE_TZ)
    return Entry(
        uid=f"{uid}-{day:%Y%m%d}",
        summary=summary,
        starts_at=starts_at,
        changed_at=datetime.combine(done_on, WorkCalendar.opens, OFFICE_TZ)
        if done_on
        else starts_at - LOOKS_AHEAD,
        sequence=1 if done_on else 0,
        note=note,
        path=reverse("projectplan:budget_activity", args=[activity]),
        is_busy=False,
    )


def personal_calendar(entries: Sequence[Entry]) -> bytes:
    """The entries as the file that a calendar program reads."""
    with override(settings.LANGUAGE_CODE):
        return calendar_file(name_of_calendar(), entries)
