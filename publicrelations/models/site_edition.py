"""How often what the public reads has changed: one number, by which a page that was drawn before is known as old."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

ONLY: Final = 1
"""The key of the one row."""


class SiteEdition(models.Model):
    """The edition of the public site. Whatever changes what a stranger may read raises it in the same transaction,
    so nobody is shown an old page once the change is there."""

    number = models.PositiveBigIntegerField(_("edition"), default=0)

    class Meta:
        verbose_name = _("edition of the public site")
        verbose_name_plural = _("editions of the public site")
        constraints = [models.CheckConstraint(condition=models.Q(pk=ONLY), name="site_edition_only_one")]

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def now(cls) -> int:
        """The edition that stands in the database; 0 before anything was published."""
        return cls.objects.filter(pk=ONLY).values_list("number", flat=True).first() or 0

    @classmethod
    def renew(cls) -> None:
        """Something that the public reads is another from this transaction on: pages drawn before are old."""
        if not cls.objects.filter(pk=ONLY).update(number=F("number") + 1):
            cls.objects.get_or_create(pk=ONLY, defaults={"number": 1})
