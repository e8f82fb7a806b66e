"""Where a consultation stands, how it was screened, how it ends, and in which states what is open."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConsultationState(models.TextChoices):
    """Where a consultation stands, named by what it waits for."""

    RECEIVED = "received", _("To be screened")
    SCREENED = "screened", _("Screened, opinion to be written")
    ASKED = "asked", _("Waiting for agencies")
    ANSWERED = "answered", _("Answered, opinion to be written")
    CHECKING = "checking", _("Waiting for the head's check")
    ON_DESK = "on_desk", _("On the minister's desk")
    ORDERED = "ordered", _("Decided, both to be told")
    TOLD = "told", _("Both told, to be closed")
    CLOSED = "closed", _("Closed")


class Screening(models.TextChoices):
    """What screening came to."""

    ACCEPTED = "accepted", _("Accepted")
    NOT_OURS = "not_ours", _("Not ours")
    PASSED_ON = "passed_on", _("Passed on")


class ConsultationResult(models.TextChoices):
    """With what a consultation ends."""

    DONE = "done", _("Done as asked")
    PARTLY = "partly", _("Done in part")
    EXPLAINED = "explained", _("Explained")
    NOT_POSSIBLE = "not_possible", _("Not possible under the rules")
    ELSEWHERE = "elsewhere", _("Passed to the body in charge")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class TellingWay(models.TextChoices):
    """How raiser or minister was told the result."""

    LETTER = "letter", _("Letter")
    EMAIL = "email", _("E-mail")
    TELEPHONE = "telephone", _("Telephone")
    IN_PERSON = "in_person", _("In person")
    HERE = "here", _("In the system")


class WhoIsTold(models.TextChoices):
    """Which of the two has been told so far; a column that the database counts on by itself."""

    NOBODY = "nobody", _("Nobody told yet")
    RAISER = "raiser", _("Only the raiser told")
    MINISTER = "minister", _("Only the minister told")
    BOTH = "both", _("Both told")


UNCLOSED: Final = [state for state in ConsultationState if state != ConsultationState.CLOSED]
WITH_OFFICER: Final = [ConsultationState.SCREENED, ConsultationState.ASKED, ConsultationState.ANSWERED]
"""In which the opinion may be written."""
TO_ANSWER: Final = [ConsultationState.SCREENED, ConsultationState.ANSWERED]
"""In which it may be put to the head: no agency is waited for."""
BEFORE_TOLD: Final = UNCLOSED[:-1]
