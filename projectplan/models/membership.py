"""Membership: who belongs to the group (the twelve of the plan), and since and until when."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from office.calendar import fiscal_year

HALF_A_YEAR_DAYS = 183


def latest_start(year_be: int) -> date:
    """Whoever comes later is not in the group for half of the year."""
    return fiscal_year(year_be).last - timedelta(days=HALF_A_YEAR_DAYS - 1)


def counting_in(year_be: int) -> Q:
    """`Membership.counts_in` as a condition."""
    stays = Q(until_on=None) | Q(until_on__gte=fiscal_year(year_be).last)
    return stays & (Q(since_on=None) | Q(since_on__lte=latest_start(year_be)))


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Finds members by the year."""

    def of_year(self, year_be: int) -> MembershipQuerySet:
        """Who belongs to the group on any day of a fiscal year (B.E.)."""
        year = fiscal_year(year_be)
        here = Q(until_on=None) | Q(until_on__gte=year.first)
        return self.filter(here).exclude(since_on__gt=year.last)


class Membership(models.Model):
    """That a person belongs to the group; without dates since always and until further notice."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    since_on = models.DateField(_("belongs to the group since"), null=True, blank=True)
    until_on = models.DateField(_("belongs to the group until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

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

    def counts_in(self, year_be: int) -> bool:
        """Whether the year's promise "each at least twice" holds for the person: in the group on the year's last day
        as far as it is known, and for half of the year at least. Who comes later or leaves is shown beside."""
        stays = self.until_on is None or self.until_on >= fiscal_year(year_be).last
        return stays and (self.since_on is None or self.since_on <= latest_start(year_be))
