"""ArticleVersion (ฉบับของข่าว): the words of an article as they were saved each time, and what the head remarked."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from office.models import User
from office.models.matter import matters_visible_to

LONGEST_LEAD: Final = 1000
LONGEST_BODY: Final = 200_000


class ArticleVersionQuerySet(models.QuerySet["ArticleVersion"]):
    """Versions in the words of the office."""

    def visible_to(self, user: User) -> ArticleVersionQuerySet:
        """Those of articles that this person may see."""
        return self.filter(matters_visible_to(user, "article__"))

    def released(self) -> ArticleVersionQuerySet:
        """Those that readers had or have before them."""
        return self.filter(released_at__isnull=False)


class ArticleVersion(models.Model):
    """One version of an article's words: never changed, only followed by the next; released to readers once."""

    article = models.ForeignKey("publicrelations.Article", models.CASCADE, related_name="versions")
    version = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("headline"), max_length=200)
    lead = models.TextField(_("lead"), max_length=LONGEST_LEAD, blank=True)
    body = models.TextField(_("text"), max_length=LONGEST_BODY, blank=True)
    captions = models.TextField(_("words of the pictures"), blank=True)
    note = models.CharField(_("what was changed"), max_length=300, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    released_at = models.DateTimeField(_("released at"), null=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ArticleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an article")
        verbose_name_plural = _("versions of articles")
        ordering = ["article", "version"]
        constraints = [
            models.UniqueConstraint(fields=["article", "version"], name="article_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} v{self.version}"

    def release(self, *, by: User | None, now: datetime) -> None:
        """Readers have it before them from now on; only a step calls this, the clock's included."""
        self.released_at, self.released_by = now, by
        super().save(update_fields=["released_at", "released_by"])

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(
                "A version is never changed, only followed by the next (the database refuses it too)."
            )
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A version is never taken away.")


class ArticleRemark(models.Model):
    """What the head remarked on a version that went back."""

    version = models.ForeignKey(ArticleVersion, models.CASCADE, related_name="remarks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(_("remark"), max_length=4000)

    class Meta:
        verbose_name = _("remark on an article")
        verbose_name_plural = _("remarks on articles")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.version_id} {self.at:%Y-%m-%d}"
