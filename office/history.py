"""What has happened to a matter, in words: each step by its own declaration, and the lines under it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office import holding
from office.linking import INTO_TOPIC, LINKED, MAKE_NO_PAGE_STALE, NO_BONDS, OUT_OF_TOPIC, UNLINKED, Bonds
from office.models import Deadline, Event, Matter
from office.templatetags.prasan import moment

BROUGHT_AGAIN = "brought_again"
# Events that no step of a matter leaves: its registration, an old register brought once more, what the calendar did,
# and what it was linked with.
OTHER_EVENTS = {
    BROUGHT_AGAIN: gettext_lazy("Brought once more from the old register"),
    "receive": gettext_lazy("Received"),
    "calendar_moved": gettext_lazy("Deadline moved with the calendar"),
    LINKED: gettext_lazy("Linked"),
    UNLINKED: gettext_lazy("Link removed"),
    INTO_TOPIC: gettext_lazy("Put into a topic"),
    OUT_OF_TOPIC: gettext_lazy("Taken out of a topic"),
    holding.HELD: gettext_lazy("Held from removal of personal data"),
    holding.LIFTED: gettext_lazy("No longer held from removal"),
    holding.ANONYMISED: gettext_lazy("Personal data removed under the rule of retention"),
}

LinesOf = Callable[[Event], Sequence[str]]
"""From an event to the lines under it that only its kind of matter has."""


class Entry(NamedTuple):
    """One entry of a history: what was done, who and when, and the lines under it."""

    words: str
    event: Event
    lines: list[str]


def entries(
    events: Iterable[Event],
    model: type[Matter],
    lines_of: LinesOf | None = None,
    bonds: Bonds = NO_BONDS,
) -> list[Entry]:
    """The history as a page shows it, in the order of the events given; of links only those whose other side is among
    the `bonds` that the reader may see."""
    return [entry(event, model, lines_of, bonds) for event in events if bonds.shows(event)]


def entry(event: Event, model: type[Matter], lines_of: LinesOf | None, bonds: Bonds) -> Entry:
    """One event in words, with the lines under it."""
    tied = bonds.line(event)
    lines = [*common_lines(event), *([tied] if tied else ()), *(lines_of(event) if lines_of else ())]
    return Entry(event_words(event, model), event, lines)


def told(events: Iterable[Event], model: type[Matter]) -> list[tuple[str, Event]]:
    """What happened meanwhile: the words and the event. Links change nothing that a step is decided by."""
    return [(event_words(event, model), event) for event in events if event.step not in MAKE_NO_PAGE_STALE]


def event_words(event: Event, model: type[Matter]) -> str:
    """What happened, in the words of the step's declaration by the matter's class."""
    return str(OTHER_EVENTS.get(event.step) or _declared(model)[event.step])


@cache
def _declared(model: Any) -> dict[str, Any]:
    """The word in the history of every step of a class; translated where it is shown."""
    return {one.name: one.custom["done"] for one in model._meta.get_field("state").get_all_transitions(model)}


# ── The lines under an event ────────────────────────────────────────────────────────────────


def common_lines(event: Event) -> list[str]:
    """The lines that an event of any kind may have, with dates as the office writes them."""
    return [line for line in (_dates(event), _until(event), _letter(event), _rule(event)) if line]


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
            "old": written_moment(old),
        }
    return _("%(promise)s: %(old)s → %(new)s") % {
        "promise": promise,
        "old": written_moment(old),
        "new": written_moment(new),
    }


def _until(event: Event) -> str:
    until = event.changes.get("until", ["", ""])[1]
    return _("Until %(date)s") % {"date": written_moment(until)} if until else ""


def _letter(event: Event) -> str:
    """The number of a letter and its kind, or the way it left."""
    return str(event.changes.get("letter", ["", ""])[1])


def _rule(event: Event) -> str:
    """By which rule personal data were removed."""
    return str(event.changes.get("rule", ["", ""])[1])


def written_moment(written: str) -> str:
    """A moment as events keep it (ISO 8601), as people read it."""
    return moment(datetime.fromisoformat(written))
