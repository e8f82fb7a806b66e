"""When somebody last looked at a matter, so that what happened to it since can be marked as unread."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from office.models.matter import Matter


class LastLook(models.Model):
    """How far one person has read one matter: its version then. A row a person and matter, dropped when it is old."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False, related_name="+")
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField(_("version"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("last look")
        verbose_name_plural = _("last looks")
        constraints = [models.UniqueConstraint(fields=["user", "matter"], name="last_look_once")]
        indexes = [
            # The old ones, which are forgotten.
            models.Index(fields=["at"], name="last_look_at"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.matter_id} {self.version}"
