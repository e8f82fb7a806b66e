"""Where an issue of the journal stands, and why its copies come back."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class JournalState(models.TextChoices):
    """Where an issue stands, named by what it waits for."""

    PLANNED = "planned", _("Planned, content being gathered")
    CONTENT_CLOSED = "content_closed", _("Content closed, proof to be made")
    PROOF = "proof", _("Proof with the head")
    APPROVED = "approved", _("Approved, to be printed")
    PRINTED = "printed", _("Printed, to be mailed")
    MAILED = "mailed", _("Mailed")
    ARCHIVED = "archived", _("Archived")


class ReturnReason(models.TextChoices):
    """Why the post brings a parcel back; the words are those of its stamp."""

    MOVED = "moved", _("Moved, address unknown")
    NO_SUCH_ADDRESS = "no_such_address", _("No such address")
    NO_SUCH_NAME = "no_such_name", _("Nobody of that name")
    NOT_COLLECTED = "not_collected", _("Not collected in time")
    REFUSED = "refused", _("Not accepted")
    DISSOLVED = "dissolved", _("The body was merged or dissolved")
    OTHER = "other", _("Other")


BEFORE_APPROVED: Final = [JournalState.PLANNED, JournalState.CONTENT_CLOSED, JournalState.PROOF]
BEFORE_MAILED: Final = [*BEFORE_APPROVED, JournalState.APPROVED, JournalState.PRINTED]
OUT: Final = [JournalState.MAILED, JournalState.ARCHIVED]
"""In which an issue has left the office: readers have it, and the public site shows it."""
