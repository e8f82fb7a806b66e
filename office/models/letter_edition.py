"""Editions of letter templates: the words that were in force, kept whole each time they were changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from office.models.letter import LetterTemplate


class LetterTemplateEdition(models.Model):
    """One template as it was saved: addressee, subject and paragraphs as data. Only ever added to."""

    template = models.ForeignKey(LetterTemplate, models.CASCADE, db_index=False, related_name="editions")
    number = models.PositiveIntegerField(_("edition"))
    content = models.JSONField()
    made_at = models.DateTimeField(_("saved at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("saved by")
    )

    class Meta:
        verbose_name = _("edition of a letter template")
        verbose_name_plural = _("editions of letter templates")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="letter_template_edition_once")
        ]

    def __str__(self) -> str:
        return f"{self.template_id} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and not self._state.adding:
            raise TypeError("An edition is never changed (the database refuses it too).")
        super().save(*args, **kwargs)
