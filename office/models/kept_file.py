"""A file that belongs to a row that is no matter: the bytes lie privately under their content's hash."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptFile(models.Model):
    """What was attached, by whom and when; a child says to which row."""

    name = models.CharField(_("name"), max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    content_type = models.CharField(max_length=100, editable=False)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where the bytes lie in the private storage."""
        return f"{self.sha256[:2]}/{self.sha256}"

    @classmethod
    def of(cls, upload: Any, **facts: Any) -> KeptFile:
        """The unsaved row of an accepted upload (`office.documents.Upload`) whose bytes were put away."""
        return cls(
            name=upload.name,
            sha256=upload.sha256,
            size=upload.size,
            content_type=upload.content_type,
            **facts,
        )
