"""Leaving: that somebody leaves the office or moves to another subgroup, and how far their work is handed over."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models.making import Made, MakingState
from office.models.people import Subgroup


class LeavingState(models.TextChoices):
    """How far the handing over is."""

    WAITING = MakingState.WAITING.value, _("Waiting to be handed over")
    MAKING = MakingState.MAKING.value, _("Being handed over")
    ISSUED = MakingState.ISSUED.value, _("Handed over")
    FAILED = MakingState.FAILED.value, _("Not handed over whole")


class Leaving(Made):
    """One person's work is handed to colleagues, some at a time; then the account is closed, or sits elsewhere."""

    class Why(models.TextChoices):
        RESIGNED = "resigned", _("resigned")
        RETIRED = "retired", _("retired")
        TRANSFERRED = "transferred", _("moved to another office")
        MOVED = "moved", _("moved to another subgroup")

    state = models.CharField(_("state"), max_length=10, choices=LeavingState, default=LeavingState.WAITING)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="leavings", verbose_name=_("person")
    )
    why = models.CharField(_("why"), max_length=20, choices=Why)
    moves_to = models.ForeignKey(
        Subgroup, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("new subgroup")
    )
    receivers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("receivers")
    )
    expected = models.PositiveIntegerField(_("open when it began"), default=0)
    shares = models.JSONField(default=dict, help_text=_("The receiver's key → how many matters."))
    left_over = models.JSONField(default=list, help_text=_("Keys of matters that could not be handed over."))

    class Meta:
        verbose_name = _("leaving")
        verbose_name_plural = _("leavings")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state__in=["waiting", "making", "failed"]), name="leaving_once"
            ),
            models.CheckConstraint(
                condition=Q(why="moved", moves_to__isnull=False)
                | (~Q(why="moved") & Q(moves_to__isnull=True)),
                name="leaving_moves_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.why}"

    @property
    def handed(self) -> int:
        """How many matters have a new officer so far."""
        return sum(self.shares.values())

    @property
    def closes_account(self) -> bool:
        return self.why != self.Why.MOVED
