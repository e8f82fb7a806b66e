"""Where a situation brief stands, and in which states what is open."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class BriefState(models.TextChoices):
    """Where a situation brief stands, named by what it waits for."""

    WRITING = "writing", _("Being written")
    CHECKING = "checking", _("Waiting for the head's check")
    ON_DESK = "on_desk", _("On the minister's desk")
    ORDERED = "ordered", _("Decided, to be closed")
    CLOSED = "closed", _("Closed")


UNCLOSED: Final = [state for state in BriefState if state != BriefState.CLOSED]
BEFORE_ORDER: Final = UNCLOSED[:3]
