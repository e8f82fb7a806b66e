"""Seminars of the project (การประชุมสัมมนาและศึกษาดูงาน): what, when and where, who takes part, what is kept of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.calendar import fiscal_year_of
from office.models.kept_file import KeptFile
from office.thai import sort_key
from projectplan.models.project import Activity


class Seminar(models.Model):
    """One seminar with its study visit; it counts for the fiscal year in which it ends."""

    activity = models.ForeignKey(
        Activity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seminars",
        verbose_name=_("activity of the project"),
    )
    title = models.CharField(_("title"), max_length=300)
    topic = models.CharField(_("topic"), max_length=300, blank=True)
    place = models.CharField(_("place"), max_length=300)
    starts_on = models.DateField(_("begins on"))
    ends_on = models.DateField(_("ends on"))
    programme = models.TextField(_("programme"), max_length=10000, blank=True)
    study_visit = models.TextField(_("study visit"), max_length=4000, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("seminar")
        verbose_name_plural = _("seminars")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=F("starts_on")), name="seminar_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("projectplan:seminar", args=[self.pk])

    @property
    def fiscal_year(self) -> int:
        return fiscal_year_of(self.ends_on)


class Participant(models.Model):
    """Somebody who takes part in a seminar. How they are reached is personal data: opened on purpose, each look
    written down."""

    class Part(models.TextChoices):
        PARTICIPANT = "participant", _("Participant")
        SPEAKER = "speaker", _("Speaker")
        ORGANISER = "organiser", _("Organiser")

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="participants")
    name = models.CharField(_("name"), max_length=160)
    sort_name = models.CharField(max_length=320, editable=False)
    agency = models.CharField(_("agency"), max_length=200, blank=True)
    position = models.CharField(_("position"), max_length=160, blank=True)
    part = models.CharField(_("takes part as"), max_length=20, choices=Part, default=Part.PARTICIPANT)
    email = models.EmailField(_("e-mail"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    came = models.BooleanField(_("came"), null=True, default=None)

    class Meta:
        verbose_name = _("participant of a seminar")
        verbose_name_plural = _("participants of seminars")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["seminar", "name", "agency"], name="participant_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = sort_key(self.name)
        super().save(*args, **kwargs)


class SeminarFile(KeptFile):
    """A paper or picture of a seminar."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="files")

    class Meta(KeptFile.Meta):
        verbose_name = _("file of a seminar")
        verbose_name_plural = _("files of seminars")
