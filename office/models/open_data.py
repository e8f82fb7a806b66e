"""Open data: which sets of figures everybody may load, and what each month of them came to when it was published."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class OpenDataset(models.Model):
    """Whether a dataset stands open. One without a row does; which there are is said in `projectplan.opendata`."""

    code = models.CharField(_("dataset"), max_length=40, primary_key=True)
    is_open = models.BooleanField(_("open to everybody"), default=True)

    class Meta:
        verbose_name = _("open dataset")
        verbose_name_plural = _("open datasets")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class OpenMonth(models.Model):
    """The figures of one dataset for one month as everybody reads them: numbers too small to be told are not in them.

    Counted when the month is over, and once more when all that was promised in it is long due (`is_final`).
    """

    dataset = models.CharField(_("dataset"), max_length=40)
    month = models.DateField(_("month"))
    is_final = models.BooleanField(_("final"), default=False)
    rows: Any = models.JSONField(_("rows"))
    counted_at = models.DateTimeField(_("counted at"))

    class Meta:
        verbose_name = _("month of open data")
        verbose_name_plural = _("months of open data")
        ordering = ["dataset", "month"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "month"], name="open_month_once"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="open_month_by_its_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.month:%Y-%m}"
