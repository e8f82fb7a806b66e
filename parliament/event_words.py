"""What a line of the history of a bill or a consultation says besides its words, on top of what all matters say."""

from __future__ import annotations

from django.utils.translation import gettext as _

from office.figures import figures
from office.history import written_moment
from office.models import Event
from parliament.models.bill_state import BillState, Outcome


def bill_lines(event: Event) -> list[str]:
    """From which stage to which, with what outcome; which meeting, and its old and new day."""
    return [line for line in (_stages(event), _outcome(event), _meeting(event), _gazette(event)) if line]


def _stages(event: Event) -> str:
    old, new = event.changes.get("stage", ["", ""])
    names = {stage.value: str(stage.label) for stage in BillState}
    return " → ".join(names[one] for one in (old, new) if one in names)


def _outcome(event: Event) -> str:
    outcome = event.changes.get("outcome", ["", ""])[1]
    votes = event.changes.get("votes", ["", ""])[1]
    if outcome not in Outcome.values:
        return ""
    label = str(Outcome(outcome).label)
    return (
        _("%(outcome)s (for:against:abstained %(votes)s)") % {"outcome": label, "votes": figures(votes)}
        if votes
        else label
    )


def _meeting(event: Event) -> str:
    """`ปช ๑๒/๒๕๕๓: 25 Nov → 2 Dec`."""
    old, new = event.changes.get("meeting", ["", ""])
    was, now = event.changes.get("meeting_at", ["", ""])
    if not (old or new):
        return ""
    moments = " → ".join(written_moment(one) for one in (was, now) if one)
    if was and not now:
        moments = _("%(moment)s, no new day yet") % {"moment": moments}
    return f"{new or old}: {moments}" if moments else (new or old)


def _gazette(event: Event) -> str:
    return str(event.changes.get("gazette", ["", ""])[1])


def consultation_lines(event: Event) -> list[str]:
    """To whom it was passed on, where the letter went, how the raiser or the minister was told."""
    found = [str(event.changes.get(name, ["", ""])[1]) for name in ("passed_to", "mailed_to", "result")]
    told = [event.changes.get(name, ["", ""])[1] for name in ("raiser_told", "minister_told")]
    return [line for line in (*found, *map(_telling, told)) if line]


def _telling(words: str) -> str:
    """`20 Nov, letter, its number`, of a telling as events keep it: the moment first."""
    at, _space, rest = words.partition(" ")
    return f"{written_moment(at)} · {rest}" if at else ""
