"""Membership: who belongs to the group (the twelve of the plan), and since and until when."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from office.calendar import fiscal_year

HALF_A_YEAR_DAYS = 183


class Membership(models.Model):
    """That a person belongs to the group; without dates since always and until further notice."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    since_on = models.DateField(_("belongs to the group since"), null=True, blank=True)
    until_on = models.DateField(_("belongs to the group until"), null=True, blank=True)

    class Meta:
        verbose_name = _("member of the group")
        verbose_name_plural = _("members of the group")
        ordering = ["person__display_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until_on__isnull=True), name="membership_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(since_on__isnull=True)
                | Q(until_on__isnull=True)
                | Q(until_on__gte=F("since_on")),
                name="membership_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def days_in(self, first: date, last: date) -> int:
        """On how many days from the first to the last, both included, the person belongs to the group."""
        begins, ends = max(self.since_on or first, first), min(self.until_on or last, last)
        return max((ends - begins).days + 1, 0)

    def counts_in(self, year_be: int) -> bool:
        """Whether the year's promise "each at least twice" holds for the person: in the group on the year's last day
        as far as it is known, and for half of the year at least. Who comes later or leaves is shown beside."""
        year = fiscal_year(year_be)
        stays = self.until_on is None or self.until_on >= year.last
        return stays and self.days_in(year.first, year.last) >= HALF_A_YEAR_DAYS
