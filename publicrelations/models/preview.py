"""PreviewLink (ลิงก์ดูก่อนเผยแพร่): the page that readers will see, shown before to whoever has the address."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from office.models import SecretLink

PREVIEW_DAYS: Final = 7


class PreviewLink(SecretLink):
    """A key to the preview of one article: it shows, changes nothing, ends after days or when it is taken back."""

    PURPOSE = "article-preview"
    SUBJECT = "article"
    FETCHED = ("article", "article__category", "article__cover")

    article = models.ForeignKey("publicrelations.Article", models.CASCADE, related_name="preview_links")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    to_whom = models.CharField(_("for whom"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("link to a preview")
        verbose_name_plural = _("links to previews")

    @classmethod
    def expires(cls, subject: Any, now: datetime) -> datetime:
        """After a week: whoever reads it later asks anew."""
        return now + timedelta(days=PREVIEW_DAYS)
