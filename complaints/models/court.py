"""What a matter has to do with a court: the dates on which somebody must be there, and what the case came to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models import Deadline


class Hearing(models.Model):
    """One date before the court (วันนัดพิจารณา): nobody may miss it."""

    related_matter = models.ForeignKey("complaints.RelatedMatter", models.CASCADE, related_name="hearings")
    at = models.DateTimeField(_("at"))
    purpose = models.CharField(_("what for"), max_length=200)
    room = models.CharField(_("court and room"), max_length=200, blank=True)
    attends = models.CharField(_("who attends"), max_length=200, blank=True)
    deadline = models.OneToOneField(Deadline, models.PROTECT, related_name="hearing")
    outcome = models.TextField(_("what happened"), max_length=4000, blank=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("court hearing")
        verbose_name_plural = _("court hearings")
        ordering = ["at", "pk"]
        indexes = [
            # Who has to be in court in the coming days, and whose outcome is still to be recorded.
            models.Index(
                fields=["at"], condition=Q(recorded_at=None, cancelled_at=None), name="hearing_open"
            ),
            # What the reports count.
            models.Index(fields=["at"], condition=Q(cancelled_at=None), name="hearing_held"),
        ]

    def __str__(self) -> str:
        return f"hearing {self.pk} of {self.related_matter_id} {self.at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        return self.recorded_at is None and self.cancelled_at is None


class CourtStep(models.Model):
    """What the case came to on a day: a judgment, an appeal lodged, an order of the administrative court."""

    class Kind(models.TextChoices):
        FILED = "filed", _("Case filed")
        ANSWER = "answer", _("Answer to the case lodged")
        ORDER = "order", _("Order of the court")
        JUDGMENT = "judgment", _("Judgment")
        APPEAL = "appeal", _("Appeal lodged")
        FINAL = "final", _("Case final")

    related_matter = models.ForeignKey("complaints.RelatedMatter", models.CASCADE, related_name="court_steps")
    kind = models.CharField(_("what"), max_length=20, choices=Kind)
    court_name = models.CharField(_("court"), max_length=200, blank=True)
    on = models.DateField(_("on"))
    note = models.TextField(_("what it says"), max_length=4000, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("step before the court")
        verbose_name_plural = _("steps before the court")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.related_matter_id}"
