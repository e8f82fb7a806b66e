"""Draft (ร่างคำร้อง): what a petitioner has typed so far and wants to finish later, found by a code alone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """An unfinished public form. What was typed is encrypted with the code; without it nobody can read it here."""

    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    sealed = models.TextField(editable=False)
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("unfinished form")
        verbose_name_plural = _("unfinished forms")

    def __str__(self) -> str:
        return f"draft {self.pk}"
