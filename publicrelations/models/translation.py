"""Translation (คำแปล): a foreign document's text in Thai, in its versions."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_TEXT: Final = 200_000
"""Letters of an original or a translation: a report of some hundred pages."""


class Translation(models.Model):
    """One version of what a foreign document says in Thai: never changed, only followed by the next."""

    document = models.ForeignKey(
        "publicrelations.ForeignDocument", models.CASCADE, related_name="translations"
    )
    version = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("translation"), max_length=LONGEST_TEXT)
    note = models.CharField(_("what was changed"), max_length=300, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ["document", "version"]
        constraints = [
            models.UniqueConstraint(fields=["document", "version"], name="translation_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} v{self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(
                "A version is never changed, only followed by the next (the database refuses it too)."
            )
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A version is never taken away.")
