"""Category (หมวดข่าว) and tag (ป้ายกำกับ): by what readers find news."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from publicrelations.models.site_edition import SiteEdition
from publicrelations.slugs import slug_of


class Category(models.Model):
    """One heading of the office's news; every published article stands under exactly one."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    name_en = models.CharField(_("name in English"), max_length=80)
    slug = models.SlugField(
        _("address"), max_length=60, unique=True, help_text=_("Latin letters and hyphens.")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_used = models.BooleanField(
        _("in use"), default=True, help_text=_("One that is not stays with its old articles.")
    )

    class Meta:
        verbose_name = _("news category")
        verbose_name_plural = _("news categories")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(getattr(self, self.name_column()))

    @staticmethod
    def name_column() -> str:
        """The column of its name in the reader's language."""
        return "name_en" if get_language() == "en" else "name"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        SiteEdition.renew()  # its name stands on the pages of the public site


class Tag(models.Model):
    """A word that articles about one thing share."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.CharField(_("address"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        SiteEdition.renew()  # its name stands on the pages of the public site

    @classmethod
    def named(cls, name: str) -> Tag:
        """The tag of this name; a new one where there is none. Two names may come to the same address: the later
        one gets a number."""
        known = cls.objects.filter(name=name).first()
        if known:
            return known
        slug = slug_of(name, "tag")
        taken = cls.objects.filter(slug=slug).exists()
        return cls.objects.get_or_create(
            name=name, defaults={"slug": f"{slug}-{cls.objects.count() + 1}" if taken else slug}
        )[0]
