"""The bodies the office works with, and the places its matters come from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Province(models.Model):
    """One of the 77 provinces (จังหวัด, Bangkok among them), by its two-digit official code."""

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    name_en = models.CharField(_("name in English"), max_length=60)

    class Meta:
        verbose_name = _("province")
        verbose_name_plural = _("provinces")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class EducationArea(models.Model):
    """An education service area (สพท.): 185 of them in fiscal year 2553, each within one province."""

    province = models.ForeignKey(Province, models.PROTECT, related_name="areas", verbose_name=_("province"))
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=100, unique=True)

    class Meta:
        verbose_name = _("education area")
        verbose_name_plural = _("education areas")
        ordering = ["province", "number"]
        constraints = [models.UniqueConstraint(fields=["province", "number"], name="education_area_once")]

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """A body (หน่วยงาน) that answers, is concerned or is told; merged or renamed ones are switched off, not deleted."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail for referrals"), blank=True)
    contact_name = models.CharField(_("contact person"), max_length=200, blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.short_name or self.name
