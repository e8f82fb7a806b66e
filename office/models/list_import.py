"""A list that somebody brought as a file, and what it would change, until it is confirmed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ListImport(models.Model):
    """The rows of one file as read, and the changes that were shown: nothing is written until it is applied."""

    file_name = models.CharField(_("file"), max_length=200)
    header = models.JSONField(help_text=_("The headings as the file has them."))
    fields = models.JSONField(help_text=_("Which field stands in each column, in the file's order."))
    rows = models.JSONField(help_text=_("The number of the line and its cells, row by row."))
    plan = models.JSONField(help_text=_("What was shown: new, changed, wrong, and how many stay."))
    uploaded_at = models.DateTimeField(_("uploaded at"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(_("confirmed at"), null=True)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.file_name} {self.uploaded_at:%Y-%m-%d}"
