"""The editions of a plan: what it said after each act that changed it."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from projectplan.models.plan import Plan


class PlanEdition(models.Model):
    """A plan as it stood once, whole, in the shape of the plan file. Never changed and never deleted."""

    class Origin(models.TextChoices):
        LOADED = "loaded", _("loaded from a file")
        ROLLED_OVER = "rolled-over", _("rolled over from the year before")
        EDITED = "edited", _("edited")
        CORRECTED = "corrected", _("corrected in the administration")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="editions", verbose_name=_("plan"))
    number = models.PositiveIntegerField(_("number"))
    origin = models.CharField(_("how it came about"), max_length=11, choices=Origin)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    content = models.JSONField(_("content"))

    class Meta:
        verbose_name = _("edition of a plan")
        verbose_name_plural = _("editions of plans")
        ordering = ["plan", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_edition_once"),
            models.CheckConstraint(
                condition=~models.Q(origin="edited") | ~models.Q(reason="") & models.Q(made_by__isnull=False),
                name="plan_edited_by_somebody_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} ({self.number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("An edition of a plan is never changed (the database refuses it too).")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("An edition of a plan is never deleted.")
