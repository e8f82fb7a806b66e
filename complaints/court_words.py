"""What the history says of a hearing or a step before the court: dates old and new, in words."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from complaints.models import CourtStep, RelatedMatter
from office.models import Event
from office.templatetags.prasan import date_long, moment


def court_lines(event: Event) -> list[str]:
    """The lines under an event of a related matter; none for any other."""
    return [line for line in (_hearing(event), _court_step(event), _stage(event), _limitation(event)) if line]


def _hearing(event: Event) -> str:
    """`23 Nov 09.00 → 7 Dec 13.30`; of a recorded one the next; of a cancelled one the old."""
    old, new = event.changes.get("hearing", ["", ""])
    if event.step == "record_hearing" and new:
        return _("Hearing %(old)s; the next one %(new)s") % {"old": _moment(old), "new": _moment(new)}
    if old and new:
        return f"{_moment(old)} → {_moment(new)}"
    return _moment(old or new) if old or new else ""


def _court_step(event: Event) -> str:
    kind = event.changes.get("court_step", ["", ""])[1]
    return str(CourtStep.Kind(kind).label) if kind in CourtStep.Kind.values else ""


def _stage(event: Event) -> str:
    old, new = event.changes.get("stage", ["", ""])
    names = dict(RelatedMatter.Stage.choices)
    return f"{names[old]} → {names[new]}" if old in names and new in names else ""


def _limitation(event: Event) -> str:
    old, new = event.changes.get("limitation_on", ["", ""])
    days = [date_long(date.fromisoformat(written)) for written in (old, new) if written]
    return _("Limitation date: %(dates)s") % {"dates": " → ".join(days)} if days else ""


def _moment(written: str) -> str:
    return moment(datetime.fromisoformat(written))
