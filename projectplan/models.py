"""The plan of a fiscal year: its strategies, the indicators it is judged by, and the standing work behind them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from office.models import Subgroup


class Plan(models.Model):
    """The action plan (แผนปฏิบัติการ) of one fiscal year."""

    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year (B.E.)"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    unit = models.CharField(_("unit"), max_length=200)
    parent_unit = models.CharField(_("parent unit"), max_length=200)
    rolled_over_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("rolled over from")
    )

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-fiscal_year"]

    def __str__(self) -> str:
        return self.title


class Strategy(models.Model):
    """A strategy (กลยุทธ์) of the plan."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="strategies")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=500)

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="strategy_once")]

    def __str__(self) -> str:
        return self.name


class Kpi(models.Model):
    """An indicator (ตัวชี้วัด) of a strategy; `measure` names what the system counts for it."""

    class Unit(models.TextChoices):
        PERCENT = "percent", _("percent")
        LEVEL = "level", _("level 1–5")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="kpis")
    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="kpis")
    code = models.CharField(_("code"), max_length=10)
    name = models.CharField(_("name"), max_length=500)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    measure = models.CharField(_("measure"), max_length=80)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="kpi_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Work(models.Model):
    """A standing work (งานตามภารกิจหลัก) of a subgroup, with its target and last year's result."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="works")
    subgroup = models.ForeignKey(Subgroup, models.PROTECT, related_name="works", verbose_name=_("subgroup"))
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=300)
    target = models.PositiveIntegerField(_("target"))
    unit = models.CharField(_("unit"), max_length=80, default="percent")
    indicator = models.CharField(_("indicator"), max_length=500)
    measure = models.CharField(_("measure"), max_length=80)
    results = models.JSONField(_("results of the year before"), default=list)
    responsible = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="works", verbose_name=_("responsible")
    )

    class Meta:
        verbose_name = _("standing work")
        verbose_name_plural = _("standing works")
        ordering = ["subgroup", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "subgroup", "number"], name="work_once")]

    def __str__(self) -> str:
        return self.name


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
