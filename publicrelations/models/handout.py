"""Handout (เอกสารแจกสื่อมวลชน): a paper of a press conference that those invited may take."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.models import Document
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
