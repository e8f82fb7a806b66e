"""What a line of the history of an interpellation or motion says besides its words, on top of what all matters say."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from office.figures import figures
from office.history import written_moment
from office.models import Event
from office.templatetags.prasan import date_short


def answer_lines(event: Event) -> list[str]:
    """Which version, what was changed in it, who was passed over, which sitting, where it went or stands, what was
    taken back."""
    lines = (
        _version(event),
        _passed_over(event),
        _sitting(event),
        _elsewhere(event),
        _taken_back(event),
        _gazette(event),
    )
    return [line for line in lines if line]


def _new(event: Event, name: str) -> str:
    return str(event.changes.get(name, ["", ""])[1])


def _version(event: Event) -> str:
    number = _new(event, "draft") or _new(event, "approved_version")
    if not number:
        return ""
    words = _("Version %(number)s") % {"number": figures(int(number))}
    note = _new(event, "draft_note")
    return f"{words}: {note}" if note else words


def _passed_over(event: Event) -> str:
    others = _new(event, "passed_over")
    return _("Passed over: %(agencies)s") % {"agencies": others} if others else ""


def _sitting(event: Event) -> str:
    old, new = event.changes.get("sitting_on", ["", ""])
    if not new:
        return ""
    days = [date_short(date.fromisoformat(day)) for day in (old, new) if day]
    return _("Sitting: %(days)s") % {"days": " → ".join(days)}


def _elsewhere(event: Event) -> str:
    return _new(event, "transferred_to")


def _taken_back(event: Event) -> str:
    """`26 Nov 20.00 · the minister`, of an answer whose record was taken back."""
    at, _none = event.changes.get("answered_at", ["", ""])
    by, _none = event.changes.get("answered_by", ["", ""])
    return " · ".join(part for part in (written_moment(at), by) if part) if at else ""


def _gazette(event: Event) -> str:
    """Volume, part and page, and the day: as they were, and as they are now."""
    places, days = (event.changes.get(name, ["", ""]) for name in ("gazette", "gazette_on"))
    words = [date_short(date.fromisoformat(day)) if day else "" for day in days]
    pairs = ([figures(place) for place in places], words)
    return ", ".join(" → ".join(part for part in pair if part) for pair in pairs if any(pair))
