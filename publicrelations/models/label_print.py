"""LabelPrint: address labels of an issue that somebody asked for, as the file that was printed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models.making import Made
from publicrelations.label_sheets import CHOICES
from publicrelations.models.journal_edition import KeptFile, kept_path


class LabelPrint(Made):
    """Labels of the whole list, or of some lines of it once more; kept, so that what was stuck on can be told."""

    journal = models.ForeignKey("publicrelations.Journal", models.CASCADE, related_name="label_prints")
    sheet = models.CharField(_("sheet of labels"), max_length=10, choices=CHOICES)
    first = models.PositiveSmallIntegerField(
        _("first free label of the sheet"), help_text=_("From the left, line by line; 1: a new sheet.")
    )
    has_frames = models.BooleanField(
        _("with frames"), default=False, help_text=_("On plain paper, to hold against a sheet.")
    )
    lines = models.JSONField(_("lines of the list"), default=list, help_text=_("Empty: all."))
    labels = models.PositiveIntegerField(_("labels"), default=0)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)

    class Meta:
        verbose_name = _("print of labels")
        verbose_name_plural = _("prints of labels")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(first__gte=1), name="label_print_first_from_one"),
            models.CheckConstraint(
                condition=~Q(state="issued") | (Q(issued_at__isnull=False) & ~Q(sha256="")),
                name="label_print_made_is_whole",
            ),
        ]
        indexes = [
            # What the next maker takes, and what a killed one left.
            models.Index(
                fields=["asked_at"], condition=Q(state__in=["waiting", "making"]), name="label_print_to_make"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.journal_id} {self.sheet}"

    @property
    def pdf(self) -> KeptFile:
        return KeptFile(kept_path(self.sha256, "pdf"), self.size, "application/pdf", self.sha256)
