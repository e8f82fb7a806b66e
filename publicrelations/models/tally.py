"""The month's counts of public relations, by kind of matter."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models.tally import AbstractMonthTally, AbstractTallyLine


class RelationsTally(AbstractMonthTally):
    """The counts of one kind of matter in one month: what falls into it says `publicrelations.tallies`."""

    class Meta:
        verbose_name = _("month's tally of public relations")
        verbose_name_plural = _("months' tallies of public relations")
        constraints = [models.UniqueConstraint(fields=["matter_kind", "month"], name="relations_tally_once")]


class RelationsLine(AbstractTallyLine):
    """The counts for one value of one dimension: one kind of engagement, one language, one category …"""

    tally = models.ForeignKey(RelationsTally, models.CASCADE, related_name="lines")

    class Meta:
        verbose_name = _("line of a tally of public relations")
        verbose_name_plural = _("lines of tallies of public relations")
        constraints = [
            models.UniqueConstraint(fields=["tally", "dimension", "key"], name="relations_line_once"),
            # Not equal: a promise that was taken back, or never made, is in none of the three.
            models.CheckConstraint(
                condition=Q(received__gte=models.F("in_time") + models.F("late") + models.F("pending")),
                name="relations_line_adds_up",
            ),
        ]
