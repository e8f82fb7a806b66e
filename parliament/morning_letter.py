"""The words of the morning summary: of the hour it is sent, and without anything secret."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from office.calendar import OFFICE_TZ, WorkCalendar
from office.due_words import due_words
from office.letters import Letter, titled
from office.models import Deadline, Notice
from office.models.calendar import current_calendar
from office.thai import format_time, format_weekday, to_thai_digits
from parliament.models import Meeting
from parliament.morning import Morning, morning_of

GAP: Final = "\n\n"


def write(notice: Notice, now: datetime) -> Letter | None:
    """The letter of a summary; None for somebody who has left, when the day is over, or when nothing is to be said."""
    person = notice.recipient
    day = notice.made_at.astimezone(OFFICE_TZ).date()
    is_over = now.astimezone(OFFICE_TZ).date() != day
    if person is None or not person.is_active or not person.email or is_over:
        return None
    morning = morning_of(person, day, now=now, upto=notice.subject_id, with_secret=False)
    if morning.is_empty:
        return None
    calendar = current_calendar()
    title = _("Morning summary of a sitting day")
    heading = f"{title}\n{format_weekday(day)}"
    parts = [heading, *_sittings(morning), *_due(morning, now, calendar), *_came_in(morning), _closing(day)]
    return Letter(person.email, titled(f"{title} {format_weekday(day)}"), GAP.join(parts))


def _sittings(morning: Morning) -> list[str]:
    return [_section(_("Sits today"), [_sitting(one) for one in morning.sittings])]


def _sitting(meeting: Any) -> str:
    """`• ๐๙.๓๐ น. การประชุม… อาคารรัฐสภา ๑`, and under it what concerns us."""
    clock = format_time(meeting.begins_at.astimezone(OFFICE_TZ))
    kind = Meeting.MeetingKind(meeting.meeting_kind).label
    number = to_thai_digits(meeting.sitting_number)
    first = " · ".join(part for part in (f"{clock} {kind} {number}".strip(), meeting.place) if part)
    items = [
        "  – " + " ".join(part for part in (to_thai_digits(item.number), item.title) if part)
        for item in meeting.ours
    ]
    return "\n".join(
        [f"• {first}", *(items or ["  " + _("nothing on the agenda is marked as concerning us")])]
    )


def _due(morning: Morning, now: datetime, calendar: WorkCalendar) -> list[str]:
    sections = []
    if morning.due:
        sections.append(_section(_("Due today or late"), _promises(morning.due, now, calendar)))
    if morning.late_of_others:
        sections.append(_section(_("Late in the subgroup"), _promises(morning.late_of_others, now, calendar)))
    return sections


def _promises(owed: Sequence[Deadline], now: datetime, calendar: WorkCalendar) -> list[str]:
    lines = []
    for deadline in owed:
        left, _tone = due_words(deadline.due_at, now, calendar, language=settings.LANGUAGE_CODE)
        lines.append(f"• {deadline.matter.label} {deadline.get_kind_display()} ({left})")
    return lines


def _came_in(morning: Morning) -> list[str]:
    if not morning.came_in:
        return []
    lines = [f"• {matter.label} {matter.title}" for matter in morning.came_in]
    if morning.more_came_in:
        lines.append("  " + _("and more: the page has them"))
    return [_section(_("Came in since the last summary"), lines)]


def _section(heading: str, lines: Sequence[str]) -> str:
    return "\n".join([heading, *lines])


def _closing(day: Any) -> str:
    page = f"{settings.SITE_URL}{reverse('parliament:morning')}?on={day:%Y-%m-%d}"
    own = f"{settings.SITE_URL}{reverse('office:personal')}"
    return "\n".join(
        [
            _("Open: %(address)s") % {"address": page},
            _("What is secret stands on the page only."),
            _("Do without this summary: %(address)s") % {"address": own},
        ]
    )
