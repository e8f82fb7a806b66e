"""What is made in the background and kept: asked for as a row, claimed by one maker, ready or failed in one update."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

NO_LEASE_IS_LONGER: Final = timedelta(minutes=15)


class MakingState(models.TextChoices):
    """How far the making is."""

    WAITING = "waiting", _("Waiting to be made")
    MAKING = "making", _("Being made")
    ISSUED = "issued", _("Issued")
    FAILED = "failed", _("Could not be made")


class MadeQuerySet(models.QuerySet):
    """Rows to be made, in the words of the office."""

    def free(self, now: datetime) -> MadeQuerySet:
        """Those that nobody is making: asked for, or left by a maker whose lease ran out, or is longer than any lease
        since the clock was set back."""
        left = Q(state=MakingState.MAKING) & (
            Q(held_until__lt=now) | Q(held_until__gt=now + NO_LEASE_IS_LONGER)
        )
        return self.filter(Q(state=MakingState.WAITING) | left)

    def waiting(self, now: datetime) -> MadeQuerySet:
        """What the next maker takes, the oldest first."""
        return self.free(now).order_by("asked_at", "pk")

    def being_made(self) -> MadeQuerySet:
        """Asked for, and neither ready nor failed."""
        return self.filter(state__in=[MakingState.WAITING, MakingState.MAKING])


class Made(models.Model):
    """A file of the office that takes longer than a page may: whoever asked, how far it is, its checksum at the end."""

    State = MakingState

    state = models.CharField(_("state"), max_length=10, choices=MakingState, default=MakingState.WAITING)
    progress = models.PositiveSmallIntegerField(_("progress in percent"), default=0)
    asked_at = models.DateTimeField(_("asked for at"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("asked for by")
    )
    held_until = models.DateTimeField(null=True)
    sha256 = models.CharField(_("checksum"), max_length=64, blank=True)
    issued_at = models.DateTimeField(_("issued at"), null=True)

    objects = MadeQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_being_made(self) -> bool:
        return self.state in (MakingState.WAITING, MakingState.MAKING)
