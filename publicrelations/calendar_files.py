"""Reading a calendar that somebody brings as a file (iCalendar, RFC 5545): its entries as plain values.

What is wrong with the file as a whole is a ValidationError in words; what is wrong with an entry stands beside it.
Nothing is expanded or fetched: an entry that repeats, or points elsewhere, is not taken.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from icalendar import Calendar, Event

from office.calendar import OFFICE_TZ, WorkCalendar
from office.figures import thousands
from office.thai import BE_OFFSET, FIRST_CE_YEAR, LAST_BE_YEAR
from publicrelations.models.engagement import LONGEST

MOST_BYTES: Final = 1024 * 1024
MOST_ENTRIES: Final = 300
LONGEST_UID: Final = 255
LONGEST_TITLE: Final = 200
LONGEST_NOTE: Final = 4000
USUAL_LENGTH: Final = timedelta(hours=1)


@dataclass
class Incoming:
    """One entry of the file. The moments are written as ISO 8601; `faults` say why it cannot be taken."""

    place_in_file: int
    uid: str = ""
    sequence: int = 0
    title: str = ""
    starts_at: str = ""
    ends_at: str = ""
    place: str = ""
    note: str = ""
    is_public: bool = True
    is_cancelled: bool = False
    faults: list[str] = field(default_factory=list)

    def as_row(self) -> dict[str, Any]:
        return asdict(self)


def read(content: bytes, work: WorkCalendar) -> list[Incoming]:
    """The entries of a file, whatever its name; of two of one UID the newest. A day without hours is the office's.

    Raises ValidationError.
    """
    calendar = _calendar(content)
    cancels_all = _text(calendar, "METHOD").upper() == "CANCEL"
    events = calendar.walk("VEVENT")
    if not events:
        raise ValidationError(gettext("There is no entry in this calendar."))
    if len(events) > MOST_ENTRIES:
        words = gettext("The calendar has more than %(number)s entries. Export a shorter time.")
        raise ValidationError(words, params={"number": thousands(MOST_ENTRIES)})
    found: dict[Any, Incoming] = {}
    for number, event in enumerate(events, 1):
        entry = _entry(number, event, work)
        entry.is_cancelled |= cancels_all
        key: Any = number if entry.faults else entry.uid
        if key not in found or found[key].sequence <= entry.sequence:
            found[key] = entry
    return list(found.values())


def _calendar(content: bytes) -> Calendar:
    if len(content) > MOST_BYTES:
        raise ValidationError(gettext("The file is larger than 1 MB. Export a shorter time."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if not text.lstrip().upper().startswith("BEGIN:VCALENDAR") or "\x00" in text:
        raise ValidationError(gettext("This is no calendar file (.ics). Export the calendar as iCalendar."))
    try:
        calendar = Calendar.from_ical(text)
    except Exception as broken:  # the library raises whatever a broken line makes it stumble over
        raise ValidationError(gettext("The calendar file is broken. Export it once more.")) from broken
    if not isinstance(calendar, Calendar):
        raise ValidationError(gettext("The calendar file is broken. Export it once more."))
    return calendar


def _entry(number: int, event: Any, work: WorkCalendar) -> Incoming:
    entry = Incoming(number)
    try:
        _fill(entry, event, work)
    except Exception:  # as above: a value that is none is met when it is asked for
        entry.faults.append(gettext("This entry cannot be read."))
    return entry


def _fill(entry: Incoming, event: Event, work: WorkCalendar) -> None:
    entry.uid, entry.title = _text(event, "UID"), _text(event, "SUMMARY")[:LONGEST_TITLE]
    entry.sequence = max(int(event.get("SEQUENCE", 0)), 0)
    entry.place, entry.note = _text(event, "LOCATION")[:200], _text(event, "DESCRIPTION")[:LONGEST_NOTE]
    entry.is_cancelled = _text(event, "STATUS").upper() == "CANCELLED"
    entry.is_public = _text(event, "CLASS").upper() in ("", "PUBLIC")
    entry.faults += _faults(entry, event)
    starts_at, ends_at = _moments(event, work)
    if starts_at is None or ends_at is None:
        entry.faults.append(gettext("It does not say when it begins."))
        return
    entry.starts_at, entry.ends_at = starts_at.isoformat(), ends_at.isoformat()
    if not FIRST_CE_YEAR <= starts_at.year < LAST_BE_YEAR - BE_OFFSET:
        entry.faults.append(gettext("Its year cannot be right."))
    elif not starts_at < ends_at <= starts_at + LONGEST:
        entry.faults.append(gettext("It ends before it begins, or lasts more than 31 days."))


def _faults(entry: Incoming, event: Event) -> list[str]:
    faults = []
    if not entry.uid or len(entry.uid) > LONGEST_UID:
        faults.append(gettext("It has no UID by which it would be known again."))
    if not entry.title:
        faults.append(gettext("It does not say what it is."))
    if any(name in event for name in ("RRULE", "RDATE", "RECURRENCE-ID")):
        faults.append(gettext("It repeats. Register each of its days by itself."))
    return faults


def _text(component: Any, name: str) -> str:
    """A value as one line of text; of several the first, of none nothing."""
    value = component.get(name, "")
    one = value[0] if isinstance(value, list) else value
    text = str(one)
    if name == "DESCRIPTION":
        return text.strip()
    return " ".join(text.split())


def _moments(event: Event, work: WorkCalendar) -> tuple[datetime | None, datetime | None]:
    """From when to when: without an end an hour, on days without hours from the office's opening to its closing."""
    begins = event.decoded("DTSTART") if "DTSTART" in event else None
    if begins is None:
        return None, None
    ends = event.decoded("DTEND") if "DTEND" in event else None
    if ends is None and "DURATION" in event:
        ends = begins + event.decoded("DURATION")
    if isinstance(begins, datetime):
        starts_at = _in_bangkok(begins)
        return starts_at, _in_bangkok(ends) if isinstance(ends, datetime) else starts_at + USUAL_LENGTH
    last = _last_day(begins, ends)
    return work.opening_of(begins), work.closing_of(last)


def _last_day(first: date, ends: Any) -> date:
    """DTEND of whole days is the day after the last (RFC 5545, 3.6.1)."""
    if isinstance(ends, date) and not isinstance(ends, datetime) and ends > first:
        return ends - timedelta(days=1)
    return first


def _in_bangkok(at: datetime) -> datetime:
    """A moment without a zone is one of where the office is."""
    local = at.replace(tzinfo=OFFICE_TZ) if at.tzinfo is None else at.astimezone(OFFICE_TZ)
    return local.replace(second=0, microsecond=0)
