"""The line that a bill goes along, how one passage of it can end, and with what a bill ends."""

from __future__ import annotations

from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class BillState(models.TextChoices):
    """The stage a bill is at."""

    REGISTERED = "registered", _("Registered")
    AGENDA = "agenda", _("On the agenda")
    READING_1 = "reading_1", _("First reading, in principle")
    COMMITTEE = "committee", _("In committee")
    READING_2 = "reading_2", _("Second reading")
    READING_3 = "reading_3", _("Third reading")
    SENATE = "senate", _("In the Senate")
    ASSENT = "assent", _("For royal assent")
    GAZETTE = "gazette", _("To be printed in the Royal Gazette")
    ENDED = "ended", _("Ended in parliament, to be closed")
    CLOSED = "closed", _("Closed")


class Outcome(models.TextChoices):
    """How one passage through a stage ended."""

    PASSED = "passed", _("Passed")
    PASSED_AMENDED = "passed_amended", _("Passed with amendments")
    SENT_BACK = "sent_back", _("Sent back")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed with the House")


class BillResult(models.TextChoices):
    """With what a bill ends."""

    ENACTED = "enacted", _("Enacted")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed with the House")


LINE: Final = (
    BillState.AGENDA,
    BillState.READING_1,
    BillState.COMMITTEE,
    BillState.READING_2,
    BillState.READING_3,
    BillState.SENATE,
    BillState.ASSENT,
    BillState.GAZETTE,
)
"""The stages in their order."""
BEFORE_CHAMBERS: Final = LINE[:6]
"""Those that somebody in parliament considers at a meeting."""
IN_PARLIAMENT: Final = (BillState.REGISTERED, *BEFORE_CHAMBERS)
UNENDED: Final = (BillState.REGISTERED, *LINE)
UNCLOSED: Final = (*UNENDED, BillState.ENDED)


def stages_after(state: str) -> list[BillState]:
    """What may follow a stage; one may be passed over, such as the committee when the whole House sits as one."""
    return list(LINE[LINE.index(BillState(state)) + 1 :])


def stages_upto(state: str) -> list[BillState]:
    """Where a bill may be sent back to from a stage: to an earlier one, or to go through the same again."""
    return list(LINE[: LINE.index(BillState(state)) + 1])


PASSING_AT: Final = {
    BillState.AGENDA: _("Put on the agenda"),
    BillState.READING_1: _("Accepted in principle"),
    BillState.COMMITTEE: _("Committee done"),
    BillState.ASSENT: _("Signed"),
    BillState.GAZETTE: _("Printed"),
}
"""What passing is called where the office has a word of its own for it."""


def outcome_words(stage: str, outcome: str) -> Any:
    """How a passage through a stage ended, in the words for that stage."""
    is_passed = outcome == Outcome.PASSED
    return PASSING_AT.get(BillState(stage), Outcome.PASSED.label) if is_passed else Outcome(outcome).label
