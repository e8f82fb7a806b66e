"""ClockWork: what the clock starts by itself as an administrator set it, and how its last run went."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class ClockWork(models.Model):
    """One entry of the clock by its name in `config.celery`: another hour, a pause, the last run.

    What is started and how often stands in the code; a row changes the hour of what runs once a day and nothing else.
    """

    class Outcome(models.TextChoices):
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    name = models.CharField(_("name"), max_length=100, unique=True)
    hour = models.PositiveSmallIntegerField(
        _("hour"), null=True, blank=True, validators=[MaxValueValidator(23)]
    )
    minute = models.PositiveSmallIntegerField(
        _("minute"), null=True, blank=True, validators=[MaxValueValidator(59)]
    )
    paused_until = models.DateTimeField(_("paused until"), null=True, blank=True)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(
        help_text=_("When a clock last gave it to the queue, or first knew of it.")
    )
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    fault = models.CharField(
        max_length=200, blank=True, help_text=_("The kind of what went wrong; never its words.")
    )

    class Meta:
        verbose_name = _("work of the clock")
        verbose_name_plural = _("works of the clock")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def is_paused(self, now: datetime) -> bool:
        return self.paused_until is not None and now < self.paused_until
