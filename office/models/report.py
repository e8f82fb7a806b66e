"""Report: a document of figures, made for a period, kept as it was issued."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.calendar import Period
from office.models.making import Made


class Report(Made):
    """One edition of a report. Once issued, nothing of it changes; a correction is the next edition."""

    class Kind(models.TextChoices):
        COMPLAINTS_MONTHLY = "complaints-monthly", _("Monthly report on petitions")
        COMPLAINTS_ANNUAL = "complaints-annual", _("Annual report on petitions")
        PARLIAMENT_MONTHLY = "parliament-monthly", _("Monthly report on parliament")
        PARLIAMENT_ANNUAL = "parliament-annual", _("Annual report on parliament")
        PUBLIC_RELATIONS_MONTHLY = "publicrelations-monthly", _("Monthly report on public relations")
        PUBLIC_RELATIONS_ANNUAL = "publicrelations-annual", _("Annual report on public relations")
        ACTION_PLAN = "action-plan", _("Action plan")
        GROUP_ANNUAL = "group-annual", _("Annual report of the group")
        PROJECT_REPORT = "project-report", _("Report on the project")
        NETWORK_DIRECTORY = "network-directory", _("Network directory")
        KPI_QUARTERLY = "kpi-quarterly", _("Quarterly report on indicators")

        @property
        def is_monthly(self) -> bool:
            return self.value.endswith("-monthly")

        @property
        def is_quarterly(self) -> bool:
            return self.value.endswith("-quarterly")

    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    edition = models.PositiveSmallIntegerField(_("edition"))
    as_of = models.DateTimeField(_("figures as of"), null=True)
    content = models.JSONField(default=dict)
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

    @property
    def source_path(self) -> str:
        """Where the document lies that the PDF was laid out from; its Word file is made from the same."""
        return f"reports/{self.sha256}.html"
