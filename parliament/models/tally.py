"""The month's counts of parliament's business, by kind of matter."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models.tally import AbstractMonthTally, AbstractTallyLine


class BusinessTally(AbstractMonthTally):
    """The counts of one kind of business in one month: what falls into it says `parliament.tallies`."""

    class Meta:
        verbose_name = _("month's tally of parliament")
        verbose_name_plural = _("months' tallies of parliament")
        constraints = [models.UniqueConstraint(fields=["matter_kind", "month"], name="business_tally_once")]


class BusinessLine(AbstractTallyLine):
    """The counts for one value of one dimension: one kind of meeting, one asker, one agency …"""

    tally = models.ForeignKey(BusinessTally, models.CASCADE, related_name="lines")

    class Meta:
        verbose_name = _("line of a tally of parliament")
        verbose_name_plural = _("lines of tallies of parliament")
        constraints = [
            models.UniqueConstraint(fields=["tally", "dimension", "key"], name="business_line_once"),
            # Not equal: a promise that was taken back, or never made, is in none of the three.
            models.CheckConstraint(
                condition=Q(received__gte=models.F("in_time") + models.F("late") + models.F("pending")),
                name="business_line_adds_up",
            ),
        ]
