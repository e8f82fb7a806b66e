"""The project of a plan (โครงการ): its activities, what each is to reach, the money and the months it may take."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from projectplan.models.plan import Plan


class Project(models.Model):
    """The project that a plan pays for; its activities' budgets add up to its own."""

    plan = models.OneToOneField(Plan, models.CASCADE, related_name="project", verbose_name=_("plan"))
    name = models.CharField(_("name"), max_length=300)
    budget = models.DecimalField(_("budget in baht"), max_digits=14, decimal_places=2)
    start_on = models.DateField(_("begins on"))
    end_on = models.DateField(_("ends on"))

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["-plan__fiscal_year"]
        constraints = [
            models.CheckConstraint(condition=models.Q(budget__gte=0), name="project_budget_not_negative"),
            models.CheckConstraint(
                condition=models.Q(end_on__gte=models.F("start_on")), name="project_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Activity(models.Model):
    """An activity (กิจกรรม) of the project: what it is to reach, what the plan gives it, and who counts the result.

    `threshold` is what `measure` must reach at least (3.0 of five levels, 100 percent, 2 documents).
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="activities", verbose_name=_("project"))
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=300)
    target = models.TextField(_("target"))
    budget = models.DecimalField(
        _("budget of the plan in baht"), max_digits=14, decimal_places=2, default=Decimal(0)
    )
    indicator = models.TextField(_("indicator"))
    measure = models.CharField(_("measure"), max_length=80)
    threshold = models.DecimalField(_("threshold"), max_digits=9, decimal_places=2)
    deliverables = models.JSONField(_("documents to be made"), default=list, blank=True)
    result_before = models.TextField(_("result of the year before"), blank=True)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="activity_once"),
            models.CheckConstraint(condition=models.Q(budget__gte=0), name="activity_budget_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name


class ActivityMonth(models.Model):
    """A month that the plan's calendar shades for an activity, and what it is to cost then."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="months", verbose_name=_("activity"))
    first_on = models.DateField(_("first day of the month"))
    planned = models.DecimalField(
        _("planned spending in baht"), max_digits=14, decimal_places=2, default=Decimal(0)
    )

    class Meta:
        verbose_name = _("month of an activity")
        verbose_name_plural = _("months of an activity")
        ordering = ["activity", "first_on"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "first_on"], name="activity_month_once"),
            models.CheckConstraint(
                condition=models.Q(first_on__day=1), name="activity_month_by_its_first_day"
            ),
            models.CheckConstraint(condition=models.Q(planned__gte=0), name="planned_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.activity} {self.first_on:%Y-%m}"
