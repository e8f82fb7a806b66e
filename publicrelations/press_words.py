"""What a line of the history of a press conference says besides its words: which outlets, from when to when."""

from __future__ import annotations

from django.utils.translation import gettext as _

from office.figures import figures
from office.history import written_moment
from office.models import Event

NAMED = ("chosen", "written", "invited", "reminded", "answered", "came", "covered", "next", "handouts")
GONE = ("unmarked", "struck", "withdrawn", "not_came")


def press_lines(event: Event) -> list[str]:
    """Whom it was about; the old and the new day."""
    lines = [figures(str(event.changes[name][1])) for name in NAMED if event.changes.get(name, ["", ""])[1]]
    lines += [str(event.changes[name][0]) for name in GONE if event.changes.get(name)]
    old, new = event.changes.get("starts_at", ["", ""])
    if old and new:
        lines.append(_("%(old)s → %(new)s") % {"old": written_moment(old), "new": written_moment(new)})
    return lines
