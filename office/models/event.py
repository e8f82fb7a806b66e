"""Event: what happened to a matter, by whom, for whom, why. Only ever added to."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from office.models.matter import Matter


class Event(models.Model):
    """One line of a matter's history: the timeline on its page and the ground of every audit."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="events")
    at = models.DateTimeField(_("at"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="events")
    actor_label = models.CharField(
        max_length=200,
        blank=True,
        help_text=_("Who it was when nobody of the office: the petitioner, an agency, the clock."),
    )
    acting_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    step = models.CharField(max_length=40)
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    changes = models.JSONField(default=dict, help_text=_("Field → [before, after]; never personal data."))
    version = models.PositiveIntegerField(help_text=_("The matter's version after this event."))

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["matter", "pk"]
        constraints = [
            # Two steps can never have been taken from the same page.
            models.UniqueConstraint(fields=["matter", "version", "step"], name="event_version_once"),
        ]
        indexes = [
            # What changed since a moment, for systems that follow the registers through the API.
            models.Index(fields=["at", "matter"], name="event_at"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.step}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and not self._state.adding:
            raise TypeError("An event is never changed (the database refuses it too).")
        super().save(*args, **kwargs)

    @property
    def who(self) -> str:
        return self.actor.short_name if self.actor else self.actor_label
