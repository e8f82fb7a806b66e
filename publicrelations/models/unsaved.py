"""UnsavedText (ข้อความที่ยังไม่บันทึก): what somebody has typed into an article and not sent yet."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from publicrelations.models.version import LONGEST_BODY, LONGEST_LEAD


class UnsavedText(models.Model):
    """Kept every few seconds while one person types, so that a closed window or an ended session costs nothing.

    One for each article and person; gone as soon as that person saves the article, and no version of it.
    """

    article = models.ForeignKey("publicrelations.Article", models.CASCADE, related_name="unsaved_texts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    title = models.CharField(_("headline"), max_length=200, blank=True)
    lead = models.TextField(_("lead"), max_length=LONGEST_LEAD, blank=True)
    body = models.TextField(_("text"), max_length=LONGEST_BODY, blank=True)
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved texts")
        constraints = [models.UniqueConstraint(fields=["article", "user"], name="unsaved_text_once")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.user_id}"
