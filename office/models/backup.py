"""Backup: that the database and the files were copied, when and whereto; the command that does it writes these rows."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Backup(models.Model):
    """One copy of database and files, from when it was begun; whole once it is checked."""

    begun_at = models.DateTimeField(_("begun at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    is_whole = models.BooleanField(_("checked and whole"), default=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    place = models.CharField(_("place"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("backup")
        verbose_name_plural = _("backups")
        ordering = ["-begun_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_whole=False) | Q(ended_at__isnull=False), name="backup_whole_when_ended"
            )
        ]

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d %H:%M}"

    @classmethod
    def record(
        cls, *, begun_at: datetime, ended_at: datetime, size: int, place: str, is_whole: bool
    ) -> Backup:
        """Write down a backup that has ended; `place` is a path or name without secrets."""
        return cls.objects.create(
            begun_at=begun_at, ended_at=ended_at, size=size, place=place[:300], is_whole=is_whole
        )

    @classmethod
    def last_taken(cls) -> Backup | None:
        """The newest that was written to its end, or None: no backup is known yet. Where the key that opens backups
        lies elsewhere none is ever read back, and so none is whole."""
        return cls.objects.filter(ended_at__isnull=False).first()
