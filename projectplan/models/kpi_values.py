"""What is said of an indicator and never changed: values entered with evidence, and the months as they were frozen."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from office.models.kept_file import KeptFile
from office.ratio import Ratio
from projectplan.models.plan import Kpi, Plan, Work


class KpiEntry(models.Model):
    """A value that somebody entered for an indicator the system cannot count, as it stands at the end of a month.

    It is never changed: a newer entry of the same month, with a reason, takes its place.
    """

    kpi = models.ForeignKey(Kpi, models.PROTECT, related_name="entries", verbose_name=_("indicator"))
    month = models.DateField(_("month"))
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    value = models.DecimalField(_("value"), max_digits=7, decimal_places=2)
    text = models.TextField(_("evidence in words"))
    reason = models.CharField(_("reason for the correction"), max_length=300, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered at"))

    class Meta:
        verbose_name = _("entered value")
        verbose_name_plural = _("entered values")
        ordering = ["-month", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["kpi", "month", "edition"], name="kpi_entry_edition_once"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="kpi_entry_month_by_its_first_day"),
            models.CheckConstraint(
                condition=models.Q(edition=1) | ~models.Q(reason=""), name="kpi_entry_corrected_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kpi_id} {self.month:%Y-%m} {self.value}"


class KpiEvidence(KeptFile):
    """A file that shows what an entered value rests on."""

    entry = models.ForeignKey(KpiEntry, models.CASCADE, related_name="files", verbose_name=_("entered value"))

    class Meta(KeptFile.Meta):
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")


class FrozenValueQuerySet(models.QuerySet["FrozenValue"]):
    def of(self, row: Kpi | Work) -> Self:
        """Those of an indicator or of a standing work."""
        return self.filter(kpi=row) if isinstance(row, Kpi) else self.filter(work=row)

    def of_plan(self, plan: Plan) -> Self:
        return self.filter(models.Q(kpi__plan=plan) | models.Q(work__plan=plan))


class FrozenValue(models.Model):
    """What an indicator or a standing work came to in a month, as it was reported; never changed.

    The first edition is made by the clock on the first working day after the month. A later one says why it was
    needed. With it stands what the figure meant then: the definition in words and the five levels.
    """

    kpi = models.ForeignKey(
        Kpi, models.PROTECT, null=True, related_name="frozen", verbose_name=_("indicator")
    )
    work = models.ForeignKey(
        Work, models.PROTECT, null=True, related_name="frozen", verbose_name=_("standing work")
    )
    month = models.DateField(_("month"))
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    in_time = models.PositiveIntegerField(_("in time"), null=True)
    late = models.PositiveIntegerField(_("late"), null=True)
    pending = models.PositiveIntegerField(_("not due yet"), null=True)
    value = models.DecimalField(_("value"), max_digits=9, decimal_places=2, null=True)
    score = models.DecimalField(_("score"), max_digits=3, decimal_places=2, null=True)
    definition = models.TextField(_("definition"))
    levels = models.JSONField(_("levels 1–5"), default=list)
    frozen_at = models.DateTimeField(_("frozen at"))
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("corrected by")
    )
    reason = models.CharField(_("reason for the new edition"), max_length=300, blank=True)

    objects = FrozenValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("frozen value")
        verbose_name_plural = _("frozen values")
        ordering = ["-month", "-edition"]
        constraints = [
            # Two, for a database takes two rows without an indicator for two different ones.
            models.UniqueConstraint(fields=["kpi", "month", "edition"], name="frozen_kpi_edition_once"),
            models.UniqueConstraint(fields=["work", "month", "edition"], name="frozen_work_edition_once"),
            models.CheckConstraint(
                condition=models.Q(kpi__isnull=False, work__isnull=True)
                | models.Q(kpi__isnull=True, work__isnull=False),
                name="frozen_of_an_indicator_or_a_work",
            ),
            models.CheckConstraint(condition=models.Q(month__day=1), name="frozen_month_by_its_first_day"),
            models.CheckConstraint(
                condition=models.Q(edition=1) | ~models.Q(reason=""), name="frozen_anew_with_a_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(score__gte=1, score__lte=5),
                name="frozen_score_from_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} ({self.edition})"

    @property
    def ratio(self) -> Ratio | None:
        """The counts behind the value; None of what is not counted by promises."""
        if self.in_time is None or self.late is None or self.pending is None:
            return None
        return Ratio(self.in_time, self.late, self.pending)
