"""The media network: outlets (สื่อมวลชน) and their reporters, whom the office invites and who report.

Rows are never deleted: an outlet that closed is switched off, a reporter who left gets a last day, a double is merged
into the row that stays.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from office.thai import sort_key


class MediaOutletQuerySet(models.QuerySet["MediaOutlet"]):
    """Outlets in the words of the office."""

    def in_use(self) -> MediaOutletQuerySet:
        """Those that can be invited: neither closed nor a double."""
        return self.filter(is_active=True)


class MediaOutlet(models.Model):
    """A newspaper, station, agency or site; `email` is its news desk's, where nobody of it is invited by name."""

    class Kind(models.TextChoices):
        TV = "tv", _("Television")
        RADIO = "radio", _("Radio")
        NEWSPAPER = "newspaper", _("Newspaper")
        ONLINE = "online", _("Online medium")
        AGENCY = "agency", _("News agency")

    name = models.CharField(_("name"), max_length=160)
    sort_name = models.CharField(max_length=340, editable=False)
    kind = models.CharField(_("kind of medium"), max_length=20, choices=Kind)
    email = models.EmailField(_("e-mail of its news desk"), blank=True)
    telephone = models.CharField(_("telephone of its news desk"), max_length=60, blank=True)
    fax = models.CharField(_("fax"), max_length=60, blank=True)
    line_id = models.CharField(_("LINE"), max_length=60, blank=True)
    website = models.URLField(_("website"), blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="doubles",
        verbose_name=_("merged into"),
    )

    objects = MediaOutletQuerySet.as_manager()

    class Meta:
        verbose_name = _("media outlet")
        verbose_name_plural = _("media outlets")
        ordering = ["sort_name", "pk"]
        constraints = [
            # A double keeps the name it was written down by; two in use never have the same.
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(merged_into__isnull=True),
                name="media_outlet_once",
                violation_error_message=_("An outlet of this name is there already."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(is_active=False), name="media_outlet_double_is_off"
            ),
        ]
        indexes = [
            # The list, in the order of a Thai dictionary, and by its filter.
            models.Index(fields=["sort_name", "id"], name="media_outlet_by_name"),
            models.Index(fields=["kind", "sort_name", "id"], name="media_outlet_kind_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = sort_key(self.name)
        super().save(*args, **kwargs)


class ReporterQuerySet(models.QuerySet["Reporter"]):
    """Reporters in the words of the office."""

    def working_on(self, day: date) -> ReporterQuerySet:
        """Those who work for their outlet on a day."""
        still = Q(until_on__isnull=True) | Q(until_on__gte=day)
        return self.filter(still, merged_into__isnull=True)


class Reporter(models.Model):
    """Somebody who reports for an outlet. Telephone and addresses are personal data: they are shown to those who
    carry the press conferences, and each look is in the trail."""

    outlet = models.ForeignKey(
        MediaOutlet, models.PROTECT, related_name="reporters", verbose_name=_("media outlet")
    )
    name = models.CharField(_("name and surname"), max_length=160)
    sort_name = models.CharField(max_length=340, editable=False)
    beat = models.CharField(
        _("beat"), max_length=120, blank=True, help_text=_("What this person writes about: education.")
    )
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    line_id = models.CharField(_("LINE"), max_length=60, blank=True)
    since_on = models.DateField(_("there since"), null=True, blank=True)
    until_on = models.DateField(_("there until"), null=True, blank=True)
    confirmed_on = models.DateField(
        _("last confirmed"),
        null=True,
        blank=True,
        help_text=_("When somebody last made sure that this is right."),
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="doubles",
        verbose_name=_("merged into"),
    )

    objects = ReporterQuerySet.as_manager()

    class Meta:
        verbose_name = _("reporter")
        verbose_name_plural = _("reporters")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["outlet", "name"],
                condition=Q(merged_into__isnull=True),
                name="reporter_once_at_an_outlet",
                violation_error_message=_("This reporter is written down with this outlet already."),
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True)
                | Q(since_on__isnull=True)
                | Q(until_on__gte=F("since_on")),
                name="reporter_since_until",
                violation_error_message=_("The last day is before the first."),
            ),
        ]
        indexes = [
            # The list of reporters, and those of one name when a double is looked for.
            models.Index(fields=["sort_name", "id"], name="reporter_by_name"),
            models.Index(fields=["outlet", "sort_name", "id"], name="reporter_of_outlet"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = sort_key(self.name)
        super().save(*args, **kwargs)

    def works_on(self, day: date) -> bool:
        """Whether this person works for the outlet on a day."""
        return self.merged_into_id is None and (self.until_on is None or self.until_on >= day)
