"""Binder (แฟ้มรัฐมนตรี): what the minister takes along to a meeting, bound into one file, edition by edition."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models import Matter, Secrecy, User
from office.models.making import Made
from parliament.models.meeting import Meeting


class Binder(Made):
    """One edition. Once issued nothing of it changes: when an answer or a paper does, the next edition is made."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="binders")
    edition = models.PositiveSmallIntegerField(_("edition"))
    fingerprint = models.CharField(
        max_length=64, blank=True, help_text=_("Of all it was made from: agenda, answers, papers.")
    )
    matter_keys = models.JSONField(default=list, help_text=_("The matters whose words or papers are in it."))
    secrecy = models.PositiveSmallIntegerField(
        _("highest secrecy in it"), choices=Secrecy, default=Secrecy.ORDINARY
    )
    contents = models.JSONField(default=list, help_text=_("What is in it, and on which page."))
    faults = models.JSONField(default=list, help_text=_("Papers that could not be bound in, and why."))
    pages = models.PositiveIntegerField(_("pages"), default=0)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)

    class Meta:
        verbose_name = _("minister's binder")
        verbose_name_plural = _("minister's binders")
        ordering = ["meeting", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "edition"], name="binder_edition_once"),
            models.CheckConstraint(
                condition=~Q(state="issued") | (Q(issued_at__isnull=False) & ~Q(sha256="")),
                name="binder_issued_is_whole",
            ),
        ]
        indexes = [
            # What the next maker takes, and what a killed one left.
            models.Index(
                fields=["asked_at"], condition=Q(state__in=["waiting", "making"]), name="binder_to_make"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} ({self.edition})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and type(self).objects.filter(pk=self.pk, state=self.State.ISSUED).exists():
            raise TypeError("An issued binder is never changed.")
        super().save(*args, **kwargs)

    @property
    def path(self) -> str:
        """Where the PDF lies in the private storage, by its checksum."""
        return f"binders/{self.sha256}.pdf"

    def may_be_opened_by(self, user: User) -> bool:
        """Only by those who may see every matter in it, as secret as each is today."""
        keys = set(self.matter_keys) or {self.meeting_id}
        return Matter.objects.filter(pk__in=keys).visible_to(user).count() == len(keys)


class BinderDownload(models.Model):
    """That somebody took a copy of an edition."""

    binder = models.ForeignKey(Binder, models.CASCADE, related_name="downloads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("copy taken of a binder")
        verbose_name_plural = _("copies taken of binders")

    def __str__(self) -> str:
        return f"{self.binder_id} {self.user_id}"
