"""What a line of the history of an engagement says besides its words: from when to when it was moved, who goes."""

from __future__ import annotations

from office.history import written_moment
from office.models import Event


def engagement_lines(event: Event) -> list[str]:
    """The old and the new time; who goes along now."""
    lines = []
    old, new = event.changes.get("starts_at", ["", ""])
    if old and new:
        lines.append(f"{written_moment(old)} → {written_moment(new)}")
    people = event.changes.get("people", ["", ""])[1]
    return [*lines, str(people)] if people else lines
