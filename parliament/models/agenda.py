"""AgendaItem (ระเบียบวาระ): what a meeting takes up, in its order."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models import Document, Matter


class AgendaItem(models.Model):
    """One item of a meeting's agenda; what concerns us has people to tell and things to have ready."""

    meeting = models.ForeignKey("parliament.Meeting", models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(_("position"))
    number = models.CharField(_("agenda no."), max_length=20, blank=True)
    title = models.CharField(_("item"), max_length=500)
    concerns_us = models.BooleanField(_("concerns us"), default=False)
    about = models.ForeignKey(
        Matter,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name=_("matter it is about"),
    )
    documents = models.ManyToManyField(Document, blank=True, related_name="agenda_items")
    resolution = models.TextField(_("resolution"), max_length=10000, blank=True)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="agenda_item_position_once"),
            models.CheckConstraint(condition=~Q(title=""), name="agenda_item_has_title"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()
