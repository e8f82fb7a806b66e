"""Handout (เอกสารแจกสื่อมวลชน): a paper of a press conference that those invited may take, and who took it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.models import Document
from publicrelations.models.invitation import Invitation
from publicrelations.models.press_conference import PressConference


class Handout(models.Model):
    """One of a press conference's documents, marked for the press, under a name for them; all others stay the
    office's."""

    conference = models.ForeignKey(PressConference, models.CASCADE, related_name="handouts")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    title = models.CharField(_("name for the press"), max_length=200)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("paper for the press")
        verbose_name_plural = _("papers for the press")
        ordering = ["conference", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["conference", "document"], name="handout_once")]

    def __str__(self) -> str:
        return self.title


class Taking(models.Model):
    """Somebody who is invited took a paper by their link: the first time, however often they come back for it. It is
    kept by the document, since a paper chosen anew is still the one they have."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="takings")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(_("taken at"))

    class Meta:
        verbose_name = _("paper taken by the press")
        verbose_name_plural = _("papers taken by the press")
        ordering = ["invitation", "pk"]
        constraints = [models.UniqueConstraint(fields=["invitation", "document"], name="taking_once")]

    def __str__(self) -> str:
        return f"{self.invitation} · {self.document}"

    @classmethod
    def note(cls, invitation: Invitation, document: Document, now: datetime) -> None:
        """Write down that it was taken; a second time changes nothing."""
        cls.objects.get_or_create(invitation=invitation, document=document, defaults={"taken_at": now})
