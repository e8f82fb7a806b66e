"""Report: a document of figures, made for a period, kept as it was issued."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.calendar import Period


class Report(models.Model):
    """One edition of a report. Once issued, nothing of it changes; a correction is the next edition."""

    class Kind(models.TextChoices):
        COMPLAINTS_MONTHLY = "complaints-monthly", _("Monthly report on petitions")
        COMPLAINTS_ANNUAL = "complaints-annual", _("Annual report on petitions")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be made")
        MAKING = "making", _("Being made")
        ISSUED = "issued", _("Issued")
        FAILED = "failed", _("Could not be made")

    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    edition = models.PositiveSmallIntegerField(_("edition"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(_("progress in percent"), default=0)
    asked_at = models.DateTimeField(_("asked for at"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("asked for by")
    )
    held_until = models.DateTimeField(null=True)
    as_of = models.DateTimeField(_("figures as of"), null=True)
    content = models.JSONField(default=dict)
    sha256 = models.CharField(_("checksum"), max_length=64, blank=True)
    issued_at = models.DateTimeField(_("issued at"), null=True)
    reason = models.CharField(_("why a new edition"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-first", "kind", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "first", "edition"], name="report_edition_once"),
            models.CheckConstraint(
                condition=~Q(state="issued") | (Q(issued_at__isnull=False) & ~Q(sha256="")),
                name="report_issued_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first:%Y-%m} ({self.edition})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and type(self).objects.filter(pk=self.pk, state=self.State.ISSUED).exists():
            raise TypeError("An issued report is never changed (the database refuses it too).")
        super().save(*args, **kwargs)

    @property
    def period(self) -> Period:
        return Period(self.first, self.last)

    @property
    def path(self) -> str:
        """Where the PDF lies in the private storage, by its checksum."""
        return f"reports/{self.sha256}.pdf"
