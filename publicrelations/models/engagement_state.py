"""The kinds of engagements, and where an engagement stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EngagementKind(models.TextChoices):
    """What the minister does there."""

    MEETING = "meeting", _("Chairs or attends a meeting")
    CEREMONY = "ceremony", _("Ceremony or opening")
    VISIT = "visit", _("Visit to a school or agency")
    RECEPTION = "reception", _("Receives visitors")
    SPEECH = "speech", _("Speech or policy given")
    INTERVIEW = "interview", _("Interview or broadcast")
    PARLIAMENT = "parliament", _("Parliament or cabinet")
    JOURNEY = "journey", _("Journey")
    OTHER = "other", _("Other engagement")


class EngagementState(models.TextChoices):
    """Where an engagement stands, named by what it waits for."""

    PLANNED = "planned", _("On the minister's agenda")
    HELD = "held", _("Held, news awaited")
    COVERED = "covered", _("News published")
    CLOSED = "closed", _("Held, no news called for")
    POSTPONED = "postponed", _("Postponed, no new date yet")
    CANCELLED = "cancelled", _("Cancelled")


ENDED = [EngagementState.COVERED, EngagementState.CLOSED, EngagementState.CANCELLED]
"""Nothing more is to be done about it."""
NOT_TAKING_PLACE = [EngagementState.POSTPONED, EngagementState.CANCELLED]
"""Its hours are free again."""
