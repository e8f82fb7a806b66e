"""The plan of a fiscal year: the frame above it, its strategies, the indicators it is judged by, the standing work."""

from __future__ import annotations

from decimal import Decimal

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
    prepared_on = models.DateField(_("prepared in the month of"), null=True, blank=True)
    vision = models.TextField(_("vision of the office above"), blank=True)
    goal = models.TextField(_("goal of the office above"), blank=True)
    rolled_over_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("rolled over from")
    )

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-fiscal_year"]

    def __str__(self) -> str:
        return self.title


class FrameItem(models.Model):
    """One line of the frame above the group: the Office of the Minister's own strategy map (แผนที่ยุทธศาสตร์)."""

    class Kind(models.TextChoices):
        MISSION = "mission", _("mission")
        ISSUE = "issue", _("strategic issue")
        OBJECTIVE = "objective", _("objective")
        INDICATOR = "indicator", _("indicator of the office above")
        PROJECT = "project", _("project of the office above")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="frame", verbose_name=_("plan"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("line of the frame")
        verbose_name_plural = _("lines of the frame")
        ordering = ["kind", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "kind", "number"], name="frame_item_once")]

    def __str__(self) -> str:
        return self.text


class Swot(models.Model):
    """One line of the SWOT analysis: what helps and what hinders, within the group and around it."""

    class Quadrant(models.TextChoices):
        STRENGTH = "strength", _("strengths")
        WEAKNESS = "weakness", _("weaknesses")
        OPPORTUNITY = "opportunity", _("opportunities")
        THREAT = "threat", _("threats")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="swot", verbose_name=_("plan"))
    quadrant = models.CharField(_("quadrant"), max_length=12, choices=Quadrant)
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("line of the SWOT analysis")
        verbose_name_plural = _("SWOT analysis")
        ordering = ["quadrant", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "quadrant", "number"], name="swot_once")]

    def __str__(self) -> str:
        return self.text


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


class Programme(models.Model):
    """What a strategy is carried out by (แผนงาน/โครงการ)."""

    strategy = models.ForeignKey(
        Strategy, models.CASCADE, related_name="programmes", verbose_name=_("strategy")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=500)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["strategy", "number"]
        constraints = [models.UniqueConstraint(fields=["strategy", "number"], name="programme_once")]

    def __str__(self) -> str:
        return self.name


class Kpi(models.Model):
    """An indicator (ตัวชี้วัด) of a strategy; `measure` names what the system counts for it.

    An indicator with parts (1 has 1.1–1.3) is measured by `rollup`: the mean of its parts' scores by their weights.
    `level_1` to `level_5` are the values from which a score of that level is given, in the indicator's unit; with a
    direction of `lower`, the values up to which. They are the office's to set: the plan of 2553 names none.
    """

    class Unit(models.TextChoices):
        PERCENT = "percent", _("percent")
        LEVEL = "level", _("level 1–5")

    class Direction(models.TextChoices):
        HIGHER = "higher", _("the higher the better")
        LOWER = "lower", _("the lower the better")

    ROLLUP = "rollup"
    MANUAL = "manual"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="kpis")
    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="kpis")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    code = models.CharField(_("code"), max_length=10)
    name = models.CharField(_("name"), max_length=500)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    measure = models.CharField(_("measure"), max_length=80)
    target = models.DecimalField(_("target"), max_digits=7, decimal_places=2, default=Decimal(100))
    weight = models.DecimalField(_("weight"), max_digits=5, decimal_places=2, default=Decimal(1))
    direction = models.CharField(_("direction"), max_length=6, choices=Direction, default=Direction.HIGHER)
    level_1 = models.DecimalField(_("level 1"), max_digits=7, decimal_places=2, default=Decimal(60))
    level_2 = models.DecimalField(_("level 2"), max_digits=7, decimal_places=2, default=Decimal(70))
    level_3 = models.DecimalField(_("level 3"), max_digits=7, decimal_places=2, default=Decimal(80))
    level_4 = models.DecimalField(_("level 4"), max_digits=7, decimal_places=2, default=Decimal(90))
    level_5 = models.DecimalField(_("level 5"), max_digits=7, decimal_places=2, default=Decimal(100))

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="kpi_once"),
            models.CheckConstraint(condition=models.Q(weight__gt=0), name="kpi_weighs_something"),
            models.CheckConstraint(
                condition=models.Q(
                    direction="higher",
                    level_1__lt=models.F("level_2"),
                    level_2__lt=models.F("level_3"),
                    level_3__lt=models.F("level_4"),
                    level_4__lt=models.F("level_5"),
                )
                | models.Q(
                    direction="lower",
                    level_1__gt=models.F("level_2"),
                    level_2__gt=models.F("level_3"),
                    level_3__gt=models.F("level_4"),
                    level_4__gt=models.F("level_5"),
                ),
                name="kpi_levels_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def levels(self) -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal]:
        """The values from which (`lower`: up to which) a score of 1, 2, 3, 4 and 5 is given."""
        return self.level_1, self.level_2, self.level_3, self.level_4, self.level_5


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
    kinds = models.JSONField(_("kinds"), default=list, blank=True)
    quality = models.JSONField(_("quality"), default=list, blank=True)
    recipients = models.JSONField(_("recipients"), default=list, blank=True)
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
