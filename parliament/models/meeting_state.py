"""The kinds of meetings, and where a meeting stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingKind(models.TextChoices):
    """Who meets."""

    HOUSE = "house", _("Sitting of the House")
    SENATE = "senate", _("Sitting of the Senate")
    JOINT = "joint", _("Joint sitting")
    COMMITTEE = "committee", _("Committee meeting")
    WHIPS = "whips", _("Meeting of the whips")


class MeetingState(models.TextChoices):
    """Where a meeting stands, named by what it waits for."""

    ANNOUNCED = "announced", _("Agenda to be gone through")
    PREPARING = "preparing", _("Being prepared")
    READY = "ready", _("Everything ready")
    HELD = "held", _("Held, waiting for the minutes")
    MINUTED = "minuted", _("Minutes kept, to be closed")
    POSTPONED = "postponed", _("Postponed, no new date yet")
    CANCELLED = "cancelled", _("Cancelled")
    CLOSED = "closed", _("Closed")


COMING = [MeetingState.ANNOUNCED, MeetingState.PREPARING, MeetingState.READY]
"""It has a day on which it takes place, and nobody has recorded yet that it has."""
TAKEN_PLACE = [MeetingState.HELD, MeetingState.MINUTED, MeetingState.CLOSED]
