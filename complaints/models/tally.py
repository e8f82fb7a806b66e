"""Tallies: each month's counts of petitions, kept so that a million rows are not counted for one page."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MonthTally(models.Model):
    """The counts of the petitions received in one month, and until when they hold.

    They hold until a petition of the month moves (`is_stale`), or until the clock makes the next pending opinion
    late (`holds_until`): then they are counted anew before anybody reads them.
    """

    month = models.DateField(_("first day of the month"), unique=True)
    counted_at = models.DateTimeField(null=True)
    holds_until = models.DateTimeField(null=True)
    is_stale = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("month's tally")
        verbose_name_plural = _("months' tallies")

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    @classmethod
    def mark_stale(cls, *months: date) -> None:
        """To be counted anew. A row is written even if it is stale already: its lock makes a count that runs at
        the same moment wait for this transaction, or this one for the count, so no change falls between them.
        Several are locked in their order first, so that two who mark the same months never wait for each other."""
        tallies = MonthTally.objects.filter(month__in=months)
        if len(months) > 1:
            list(tallies.order_by("month").select_for_update().values_list("pk"))
        if tallies.update(is_stale=True) < len(months):
            MonthTally.objects.bulk_create(
                [MonthTally(month=month) for month in months], ignore_conflicts=True
            )
            tallies.update(is_stale=True)

    def holds(self, now: datetime) -> bool:
        """At `holds_until` itself the opinion due then is still in time."""
        return not self.is_stale and (self.holds_until is None or now <= self.holds_until)


class TallyLine(models.Model):
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

    tally = models.ForeignKey(MonthTally, models.CASCADE, related_name="lines")
    dimension = models.CharField(max_length=20, choices=Dimension)
    key = models.CharField(
        max_length=20, blank=True, help_text=_("The value's code or key; empty for “not given”.")
    )
    received = models.PositiveIntegerField(default=0)
    in_time = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    pending = models.PositiveIntegerField(default=0)
    unclosed = models.PositiveIntegerField(default=0)

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

    def __str__(self) -> str:
        return f"{self.dimension} {self.key}: {self.received}"
