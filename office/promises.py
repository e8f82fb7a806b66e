"""What the office knows of each kind of promise, as plain data: what keeps it, who owes it, how it is warned of.

A new kind is a member of `Deadline.Kind` and a line here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from office.models.deadline import Deadline


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One kind of promise."""

    verb: Any = ""
    """The act that keeps it: the same as on the button of the matter's page. Empty: what is promised, in words."""
    verb_handed_on: Any = ""
    """The act of whoever it was handed on to by the one who carries the matter, where it is another."""
    owed_by: Any = ""
    """Who outside owes it: the officer follows it up, and it is nobody's turn in the office. Empty: the office."""
    runs_on: bool = False
    """The office cannot halt it: what others owe, and the dates of courts and laws."""
    warn_days_ahead: tuple[int, ...] = ()
    """How many calendar days ahead each warning is given; without any it is reminded of on its last morning."""
    heads_days_ahead: int | None = None
    """From this warning on the heads are told too."""
    silent_at_due: bool = False
    """While somebody sits in court nothing more is to be said; on the next working morning its outcome is asked for."""


PROMISES: Final[dict[str, Promise]] = {
    Deadline.Kind.OPINION: Promise(verb=_("Put to the head"), verb_handed_on=_("Put to the executive")),
    Deadline.Kind.REVISION: Promise(verb=_("Put to the head"), verb_handed_on=_("Put to the executive")),
    Deadline.Kind.ORDER: Promise(verb=_("Give the order")),
    Deadline.Kind.REFERRAL: Promise(verb=_("Refer to agencies")),
    Deadline.Kind.AGENCY_ANSWER: Promise(verb=_("Chase"), owed_by=_("the agency"), runs_on=True),
    Deadline.Kind.INFORM: Promise(verb=_("Tell the petitioner")),
    Deadline.Kind.CLOSE: Promise(verb=_("Close")),
    Deadline.Kind.PETITIONER_ANSWER: Promise(
        verb=_("Record the petitioner's answer"), owed_by=_("Petitioner"), runs_on=True
    ),
    Deadline.Kind.RESUME: Promise(verb=_("Go on with it")),
    Deadline.Kind.CARRY_OUT: Promise(verb=_("Record what was carried out")),
    Deadline.Kind.HEARING: Promise(
        verb=_("Attend and record the hearing"),
        runs_on=True,
        warn_days_ahead=(7, 3, 1, 0),
        heads_days_ahead=3,
        silent_at_due=True,
    ),
    Deadline.Kind.LIMITATION: Promise(
        verb=_("Act before the right lapses"),
        runs_on=True,
        warn_days_ahead=(90, 30, 7, 1),
        heads_days_ahead=7,
    ),
    Deadline.Kind.READY: Promise(verb=_("Tell and make ready"), warn_days_ahead=(3, 1, 0)),
    Deadline.Kind.MINUTES: Promise(verb=_("Keep the minutes")),
    Deadline.Kind.FOLLOW_UP: Promise(verb=_("Record what came of it")),
    Deadline.Kind.DRAFT: Promise(verb=_("Put to the head")),
    Deadline.Kind.WRITING: Promise(verb=_("Put to the head")),
    Deadline.Kind.CHECK: Promise(verb=_("Check and pass on")),
    Deadline.Kind.HOUSE_ANSWER: Promise(verb=_("Answer the chamber")),
    Deadline.Kind.GAZETTE: Promise(
        verb=_("Record the printing"), owed_by=_("the Royal Gazette"), runs_on=True
    ),
    Deadline.Kind.SCREEN: Promise(verb=_("Screen")),
    Deadline.Kind.BOTH_TOLD: Promise(verb=_("Tell both")),
    Deadline.Kind.NEWS: Promise(verb=_("Publish its news")),
    Deadline.Kind.PUBLISH: Promise(verb=_("Publish")),
    Deadline.Kind.CONTENT: Promise(verb=_("Close the content"), warn_days_ahead=(3, 1)),
    Deadline.Kind.PROOF: Promise(verb=_("Read the proof")),
    Deadline.Kind.PRINT: Promise(verb=_("Record the printing")),
    Deadline.Kind.MAIL: Promise(verb=_("Mail it"), warn_days_ahead=(3, 1)),
    Deadline.Kind.INVITED: Promise(verb=_("Invite the media"), warn_days_ahead=(3, 1, 0)),
    Deadline.Kind.COVERAGE: Promise(verb=_("Record the coverage")),
    Deadline.Kind.TRANSLATE: Promise(verb=_("Record the translation")),
    Deadline.Kind.SUMMARISE: Promise(verb=_("Write the summary")),
    Deadline.Kind.TO_MINISTER: Promise(verb=_("Put to the minister")),
    Deadline.Kind.REPLY: Promise(verb=_("Answer the sender")),
}

OWED_BY_OTHERS: Final = tuple(kind for kind, promise in PROMISES.items() if promise.owed_by)
RUNS_ON: Final = tuple(kind for kind, promise in PROMISES.items() if promise.runs_on)
WARN_DAYS_AHEAD: Final = {
    kind: promise.warn_days_ahead for kind, promise in PROMISES.items() if promise.warn_days_ahead
}


def verb_that_keeps(kind: str, *, handed_on: bool) -> str:
    """The act that keeps a promise, as the one whose turn it is reads it."""
    promise = PROMISES[kind]
    verb = promise.verb_handed_on if handed_on and promise.verb_handed_on else promise.verb
    return str(verb or Deadline.Kind(kind).label)
