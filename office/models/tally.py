"""Tallies: each month's counts of a register, kept so that a million rows are not counted for one page.

Every room that counts has its own two tables of this shape; `office.tallies` reads and counts them.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.models.matter import Matter


class AbstractMonthTally(models.Model):
    """The counts of the matters of one kind in one month, and until when they hold.

    They hold until a matter of the month moves (`is_stale`), or until the clock makes the next pending promise late
    (`holds_until`): then they are counted anew before anybody reads them.
    """

    matter_kind = models.CharField(_("kind of matter"), max_length=20, choices=Matter.Kind)
    month = models.DateField(_("first day of the month"))
    counted_at = models.DateTimeField(null=True)
    holds_until = models.DateTimeField(null=True)
    is_stale = models.BooleanField(default=True)

    objects: models.Manager[Any]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.matter_kind} {self.month:%Y-%m}"

    @classmethod
    def mark_stale(cls, kind: Matter.Kind, *months: date) -> None:
        """To be counted anew. A row is written even if it is stale already: its lock makes a count that runs at
        the same moment wait for this transaction, or this one for the count, so no change falls between them.
        Several are locked in their order first, so that two who mark the same months never wait for each other."""
        tallies = cls.objects.filter(matter_kind=kind, month__in=months)
        if len(months) > 1:
            list(tallies.order_by("month").select_for_update().values_list("pk"))
        if tallies.update(is_stale=True) < len(months):
            cls.objects.bulk_create(
                [cls(matter_kind=kind, month=month) for month in months], ignore_conflicts=True
            )
            tallies.update(is_stale=True)

    def holds(self, now: datetime) -> bool:
        """At `holds_until` itself the promise due then is still in time."""
        return not self.is_stale and (self.holds_until is None or now <= self.holds_until)


class AbstractTallyLine(models.Model):
    """The counts for one value of one dimension. A child has the `tally` it belongs to, under the name `lines`."""

    dimension = models.CharField(max_length=20)
    key = models.CharField(
        max_length=40, blank=True, help_text=_("The value's code or key; empty for “not given”.")
    )
    received = models.PositiveIntegerField(default=0)
    in_time = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    pending = models.PositiveIntegerField(default=0)
    unclosed = models.PositiveIntegerField(default=0)

    objects: models.Manager[Any]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.dimension} {self.key}: {self.received}"
