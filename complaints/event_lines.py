"""What a line of the history of a petition or related matter says besides its words, on top of what all matters say."""

from __future__ import annotations

from complaints.court_words import court_lines
from complaints.models import Petition
from office.models import Event


def event_lines(event: Event) -> list[str]:
    """The lines under an event, in words."""
    return [line for line in (_check(event), _whereto(event), *court_lines(event)) if line]


def _check(event: Event) -> str:
    old, new = event.changes.get("check_result", ["", ""])
    names = dict(Petition.Check.choices)
    if not new:
        return ""
    return f"{names[old]} → {names[new]}" if old and old != new else str(names[new])


def _whereto(event: Event) -> str:
    return str(event.changes.get("transferred_to", ["", ""])[1])
