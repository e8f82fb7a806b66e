"""The states of a petition, named by what it waits for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a petition stands, named by what it waits for."""

    RECEIVED = "received", _("Waiting for the opinion")
    RETURNED = "returned", _("Sent back to be revised")
    SUMMARISED = "summarised", _("Waiting for the head's check")
    SUBMITTED = "submitted", _("Waiting for an order")
    ORDERED = "ordered", _("Ordered, to be carried out")
    REFERRED = "referred", _("Waiting for the agency")
    ANSWERED = "answered", _("Answered, petitioner to be told")
    INFORMED = "informed", _("Petitioner told, to be closed")
    ASKED = "asked", _("Waiting for the petitioner")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")


UNCLOSED = [state for state in State if state is not State.CLOSED]
WITH_OFFICER = [State.RECEIVED, State.RETURNED]
# Where the next act is the office's own, and what is owed is one promise of the office.
WITH_OFFICE = [state for state in UNCLOSED if state not in (State.REFERRED, State.ASKED, State.PAUSED)]
BEFORE_TOLD = [state for state in UNCLOSED if state is not State.INFORMED]
