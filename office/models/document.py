"""Documents: files of a matter, kept privately under their content's hash; and who took a copy."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from office.models.matter import Matter


class Document(models.Model):
    """A file that came with a matter or was made for it. The bytes lie at `sha256`, once however often they came."""

    class Source(models.TextChoices):
        PETITIONER = "petitioner", _("From the petitioner")
        OFFICE = "office", _("From the office")
        AGENCY = "agency", _("From the agency")

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="documents")
    name = models.CharField(_("name"), max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    content_type = models.CharField(max_length=100, editable=False)
    source = models.CharField(max_length=20, choices=Source)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_removed(self) -> bool:
        """Whether its bytes were removed with the personal data of its matter, which says when and by which rule."""
        return not self.sha256

    @property
    def path(self) -> str:
        """Where the bytes lie in the private storage."""
        return f"{self.sha256[:2]}/{self.sha256}"


class Download(models.Model):
    """That somebody took a copy of a document or of a report."""

    document = models.ForeignKey(Document, models.CASCADE, null=True, related_name="downloads")
    report = models.ForeignKey("office.Report", models.PROTECT, null=True, related_name="downloads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="downloads")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("download")
        verbose_name_plural = _("downloads")

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%Y-%m-%d %H:%M}"
