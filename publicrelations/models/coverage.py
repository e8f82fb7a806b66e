"""Coverage (การนำเสนอข่าว): what an outlet reported of a press conference, where, and in which tone."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models import Document
from publicrelations.models.outlet import MediaOutlet
from publicrelations.models.press_conference import PressConference


class Coverage(models.Model):
    """One report of one outlet: a link, or a file of the clipping."""

    class Tone(models.TextChoices):
        POSITIVE = "positive", _("Positive")
        NEUTRAL = "neutral", _("Neutral")
        NEGATIVE = "negative", _("Negative")

    conference = models.ForeignKey(PressConference, models.CASCADE, related_name="coverage")
    outlet = models.ForeignKey(
        MediaOutlet, models.PROTECT, related_name="coverage", verbose_name=_("media outlet")
    )
    reported_on = models.DateField(_("reported on"))
    headline = models.CharField(_("headline"), max_length=300, blank=True)
    link = models.URLField(
        _("link"), max_length=500, blank=True, validators=[URLValidator(schemes=["https", "http"])]
    )
    clipping = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("clipping")
    )
    tone = models.CharField(_("tone"), max_length=10, choices=Tone)
    note = models.CharField(_("note"), max_length=500, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("coverage")
        verbose_name_plural = _("coverage")
        ordering = ["conference", "reported_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(link="") | Q(clipping__isnull=False) | ~Q(note=""),
                name="coverage_shown_somehow",
                violation_error_message=_("Give a link, a clipping, or a note of where it was reported."),
            ),
            # The same page is recorded once.
            models.UniqueConstraint(
                fields=["conference", "link"], condition=~Q(link=""), name="coverage_link_once"
            ),
        ]
        indexes = [
            # An outlet's page: its tone over the year.
            models.Index(fields=["outlet", "reported_on", "id"], name="coverage_of_outlet"),
        ]

    def __str__(self) -> str:
        return f"{self.outlet} {self.reported_on}"
