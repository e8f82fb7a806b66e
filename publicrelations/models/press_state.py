"""The occasions of press conferences, and where one stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Occasion(models.TextChoices):
    """Why the media are called together (plan: ประจำสัปดาห์/ตามภารกิจของรัฐมนตรี)."""

    WEEKLY = "weekly", _("Weekly")
    MISSION = "mission", _("By the minister's work")


class PressState(models.TextChoices):
    """Where a press conference stands, named by what it waits for."""

    PLANNED = "planned", _("Planned, media to be invited")
    INVITED = "invited", _("Media invited")
    HELD = "held", _("Held, waiting for the coverage")
    COVERED = "covered", _("Coverage recorded, to be closed")
    POSTPONED = "postponed", _("Postponed, no new date yet")
    CANCELLED = "cancelled", _("Cancelled")
    CLOSED = "closed", _("Closed")


COMING = [PressState.PLANNED, PressState.INVITED]
"""It has a day on which it takes place, and nobody has recorded yet that it has."""
TAKEN_PLACE = [PressState.HELD, PressState.COVERED, PressState.CLOSED]
WITHOUT_A_DAY = [PressState.POSTPONED, PressState.CANCELLED]


class Reported(models.TextChoices):
    """Whether the media reported; nothing: nobody has recorded it yet."""

    YES = "yes", _("Reported")
    NOBODY = "nobody", _("Nobody reported")
