"""What a line of a matter's history says besides its words: old and new dates, how long it rests, where it went."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.translation import gettext as _

from complaints.court_words import court_lines
from complaints.models import Petition
from office.models import Deadline, Event
from office.templatetags.prasan import moment

register = template.Library()


@register.filter
def details(event: Event) -> list[str]:
    """The lines under an event, in words, with dates as the office writes them."""
    lines = [
        _dates(event),
        _until(event),
        _check(event),
        _whereto(event),
        _letter(event),
        *court_lines(event),
    ]
    return [line for line in lines if line]


def _dates(event: Event) -> str:
    """`Decision: 1 Dec → 8 Dec`, or that its clock stands still."""
    old, new = event.changes.get("due", ["", ""])
    if not old:
        return ""
    kind = event.changes.get("promise", ["", ""])[1]
    promise = str(Deadline.Kind(kind).label) if kind in Deadline.Kind.values else _("Deadline")
    if not new:
        return _("%(promise)s: due %(old)s, its clock stands still") % {
            "promise": promise,
            "old": _moment(old),
        }
    return _("%(promise)s: %(old)s → %(new)s") % {
        "promise": promise,
        "old": _moment(old),
        "new": _moment(new),
    }


def _until(event: Event) -> str:
    until = event.changes.get("until", ["", ""])[1]
    return _("Until %(date)s") % {"date": _moment(until)} if until else ""


def _check(event: Event) -> str:
    old, new = event.changes.get("check_result", ["", ""])
    names = dict(Petition.Check.choices)
    if not new:
        return ""
    return f"{names[old]} → {names[new]}" if old and old != new else str(names[new])


def _whereto(event: Event) -> str:
    return str(event.changes.get("transferred_to", ["", ""])[1])


def _letter(event: Event) -> str:
    """The number of a letter and its kind, or the way it left."""
    return str(event.changes.get("letter", ["", ""])[1])


def _moment(written: str) -> str:
    return moment(datetime.fromisoformat(written))
