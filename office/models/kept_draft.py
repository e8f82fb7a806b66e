"""Kept draft (ร่างที่พิมพ์ค้าง): what an officer has typed into a form and not saved yet, sealed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptDraft(models.Model):
    """What one person typed into the form of one page. Nobody else reads it, and it goes when the form is saved."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("typed by")
    )
    page = models.CharField(_("where the form leads"), max_length=200)
    sealed = models.TextField(_("what was typed"))
    kept_at = models.DateTimeField(_("kept at"))

    class Meta:
        verbose_name = _("kept draft")
        verbose_name_plural = _("kept drafts")
        constraints = [models.UniqueConstraint(fields=["user", "page"], name="kept_draft_once")]
        # The clock looks for those whose time is over.
        indexes = [models.Index(fields=["kept_at"], name="kept_draft_by_age")]

    def __str__(self) -> str:
        return self.page
