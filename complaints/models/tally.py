"""Tallies: each month's counts of petitions and of related matters."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models.tally import AbstractMonthTally, AbstractTallyLine


class MonthTally(AbstractMonthTally):
    """The counts of the petitions, or of the related matters, received in one month."""

    class Meta:
        verbose_name = _("month's tally")
        verbose_name_plural = _("months' tallies")
        constraints = [models.UniqueConstraint(fields=["matter_kind", "month"], name="tally_once")]


class TallyLine(AbstractTallyLine):
    """The counts for one value of one dimension: one category, one channel, one province …"""

    class Dimension(models.TextChoices):
        TOTAL = "total", _("Total")
        CATEGORY = "category", _("Category")
        CHANNEL = "channel", _("Channel")
        KIND = "petition_kind", _("Kind")
        PROVINCE = "province", _("Province")
        AGENCY = "agency", _("Agency")
        EDUCATION_AREA = "education_area", _("Education area")
        AGENCY_KIND = "agency_kind", _("Agency and kind")
        AGENCY_CATEGORY = "agency_category", _("Agency and category")
        RELATED_KIND = "related_kind", _("Kind of related matter")

    tally = models.ForeignKey(MonthTally, models.CASCADE, related_name="lines")

    class Meta:
        verbose_name = _("line of a tally")
        verbose_name_plural = _("lines of tallies")
        constraints = [
            models.UniqueConstraint(fields=["tally", "dimension", "key"], name="tally_line_once"),
            # Not equal: a promise that was taken back is in none of the three.
            models.CheckConstraint(
                condition=Q(received__gte=models.F("in_time") + models.F("late") + models.F("pending")),
                name="tally_line_adds_up",
            ),
        ]
