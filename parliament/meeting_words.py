"""What a line of the history of a meeting says besides its words: whom, what, which item, from when to when."""

from __future__ import annotations

from django.utils.translation import gettext as _

from office.figures import figures
from office.history import written_moment
from office.models import Event

NAMED = ("to_tell", "needed", "told", "acknowledged", "ready", "not_told", "follow_up", "concerning")
MOMENTS = ("begins_at", "received_at")


def meeting_lines(event: Event) -> list[str]:
    """Who was told, what is ready, what was struck; how many items; the old and the new day."""
    lines = [figures(str(event.changes[name][1])) for name in NAMED if event.changes.get(name, ["", ""])[1]]
    lines += [str(event.changes[name][0]) for name in ("unmarked", "struck") if name in event.changes]
    return [*lines, *_items(event), *_moved(event)]


def _items(event: Event) -> list[str]:
    count = event.changes.get("items", ["", ""])[1]
    return [_("%(count)s items") % {"count": figures(count)}] if count else []


def _moved(event: Event) -> list[str]:
    changed = [event.changes.get(name, ["", ""]) for name in MOMENTS]
    return [f"{written_moment(old)} → {written_moment(new)}" for old, new in changed if old and new]
