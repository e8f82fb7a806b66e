"""Which rows were made up: work of the demo office, to be told from real work."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DemoMark(models.Model):
    """That the matters up to `last_matter` were made by `manage.py demo`; whatever lies beyond is real work."""

    made_at = models.DateTimeField()
    seed = models.PositiveIntegerField()
    last_matter = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("demo mark")
        verbose_name_plural = _("demo marks")

    def __str__(self) -> str:
        return f"demo up to matter {self.last_matter}"
