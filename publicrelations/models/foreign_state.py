"""Where a foreign document stands, what it is, how it was screened and how it ends."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class ForeignState(models.TextChoices):
    """Where a foreign document stands, named by what it waits for."""

    RECEIVED = "received", _("To be screened")
    TRANSLATING = "translating", _("To be translated")
    SUMMARISING = "summarising", _("To be summarised with an opinion")
    CHECKING = "checking", _("Waiting for the head's check")
    ON_DESK = "on_desk", _("On the minister's desk")
    ORDERED = "ordered", _("Decided, to be answered or filed")
    SETTLED = "settled", _("Settled, to be closed")
    CLOSED = "closed", _("Closed")


class ForeignKind(models.TextChoices):
    """What came."""

    LETTER = "letter", _("Letter")
    INVITATION = "invitation", _("Invitation")
    NOTE = "note", _("Diplomatic note")
    AGREEMENT = "agreement", _("Agreement or memorandum")
    REPORT = "report", _("Report")
    PROPOSAL = "proposal", _("Proposal of a project")
    QUESTIONNAIRE = "questionnaire", _("Questionnaire")
    OTHER = "other", _("Other document")


class ForeignScreening(models.TextChoices):
    """What screening came to."""

    OURS = "ours", _("Concerns us")
    PASSED_ON = "passed_on", _("Passed to an agency of the ministry")
    INFORMATION = "information", _("For information")


class ForeignOutcome(models.TextChoices):
    """With what a foreign document ends."""

    ANSWERED = "answered", _("Answered")
    FILED = "filed", _("Filed")
    PASSED_ON = "passed_on", _("Passed to an agency of the ministry")
    INFORMATION = "information", _("Kept for information")
    WITHDRAWN = "withdrawn", _("Taken out of the register")


UNCLOSED: Final = [state for state in ForeignState if state != ForeignState.CLOSED]
BEFORE_ORDER: Final = UNCLOSED[:5]
WITH_TEXT: Final = [ForeignState.TRANSLATING, ForeignState.SUMMARISING, ForeignState.CHECKING]
"""In which a translation may be written or mended."""
