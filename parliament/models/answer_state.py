"""Where an interpellation or a motion stands, and in which states what is open."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class AnswerState(models.TextChoices):
    """Where an interpellation or a motion stands, named by what it waits for."""

    RECEIVED = "received", _("To be asked of an agency")
    ASKED = "asked", _("Waiting for the agency's facts")
    DRAFTING = "drafting", _("Answer to be drafted")
    CHECKING = "checking", _("Waiting for the head's check")
    ON_DESK = "on_desk", _("On the minister's desk")
    APPROVED = "approved", _("Approved, to be given")
    GIVEN = "given", _("Given, to be closed")
    PRINTING = "printing", _("Sent, waiting for the Royal Gazette")
    CLOSED = "closed", _("Closed")


UNCLOSED: Final = [state for state in AnswerState if state != AnswerState.CLOSED]
WITH_OFFICER: Final = [AnswerState.RECEIVED, AnswerState.ASKED, AnswerState.DRAFTING]
"""In which the officer writes; the text may be begun while agencies are still waited for."""
NOT_APPROVED: Final = [*WITH_OFFICER, AnswerState.CHECKING, AnswerState.ON_DESK]
NOT_GIVEN: Final = [*NOT_APPROVED, AnswerState.APPROVED]
"""In which the chamber still waits for the answer."""
