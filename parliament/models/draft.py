"""AnswerDraft (ร่างคำตอบ): the text of an answer or a statement in its versions, and the remarks on each."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models import Matter, User
from office.models.matter import matters_visible_to

LONGEST_DRAFT: Final = 100_000


class AnswerDraftQuerySet(models.QuerySet["AnswerDraft"]):
    """Versions in the words of the office."""

    def visible_to(self, user: User) -> AnswerDraftQuerySet:
        """Those of matters that this person may see."""
        return self.filter(matters_visible_to(user, "matter__"))

    def approved(self) -> AnswerDraftQuerySet:
        return self.filter(approved_at__isnull=False)


class AnswerDraft(models.Model):
    """One version of what the minister is to say: never changed, only followed by the next. One is approved at most."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="drafts")
    version = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("text"), max_length=LONGEST_DRAFT)
    note = models.CharField(_("what was changed"), max_length=300, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    reused_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    approved_at = models.DateTimeField(_("approved at"), null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = AnswerDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of an answer")
        verbose_name_plural = _("drafts of answers")
        ordering = ["matter", "version"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "version"], name="draft_version_once"),
            models.UniqueConstraint(
                fields=["matter"], condition=Q(approved_at__isnull=False), name="draft_approved_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} v{self.version}"

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None

    def approve(self, *, by: User, now: datetime) -> None:
        """Make it the one text that is given; only a step calls this."""
        self.approved_at, self.approved_by = now, by
        super().save(update_fields=["approved_at", "approved_by"])

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(
                "A version is never changed, only followed by the next (the database refuses it too)."
            )
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A version is never taken away.")


class DraftRemark(models.Model):
    """What somebody remarked on a version."""

    draft = models.ForeignKey(AnswerDraft, models.CASCADE, related_name="remarks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(_("remark"), max_length=4000)

    class Meta:
        verbose_name = _("remark on a draft")
        verbose_name_plural = _("remarks on drafts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.at:%Y-%m-%d}"
