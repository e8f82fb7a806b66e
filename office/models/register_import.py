"""RegisterImport: a register of the office's past that somebody brought as a file, and how far its loading is."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from office.models.making import Made, MakingState

DRAFT = "draft"


class RegisterImport(Made):
    """One file: its headings and which field each fills, what it would change, and what was loaded.

    Its rows lie in the private storage until they are loaded; of personal data the row itself holds none.
    """

    state = models.CharField(
        _("state"),
        max_length=10,
        choices=[(DRAFT, _("To be confirmed")), *MakingState.choices],
        default=DRAFT,
    )
    register = models.CharField(max_length=40)
    file_name = models.CharField(_("file"), max_length=200)
    header = models.JSONField(help_text=_("The headings as the file has them."))
    headings_key = models.CharField(max_length=64, help_text=_("The same for files with the same headings."))
    fields = models.JSONField(help_text=_("Which field stands in each column, in the file's order."))
    rows_path = models.CharField(max_length=200, blank=True)
    lines = models.PositiveIntegerField(_("number of rows"), default=0)
    plan = models.JSONField(
        default=dict, help_text=_("What was shown: how many of each kind, the first rows.")
    )
    wrong = models.JSONField(default=dict, help_text=_("What is wrong, by line; it quotes no personal data."))
    all_or_nothing = models.BooleanField(default=False)
    lines_done = models.PositiveIntegerField(default=0)
    loaded = models.JSONField(
        default=dict, help_text=_("How many rows became new, changed, unchanged, wrong.")
    )

    class Meta:
        verbose_name = _("import of a register")
        verbose_name_plural = _("imports of registers")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["register", "headings_key"], name="register_import_headings")]

    def __str__(self) -> str:
        return f"{self.register} {self.pk}"

    @property
    def is_draft(self) -> bool:
        return self.state == DRAFT

    @property
    def is_loaded(self) -> bool:
        return self.state == MakingState.ISSUED

    @property
    def has_failed(self) -> bool:
        return self.state == MakingState.FAILED

    @cached_property
    def counts(self) -> dict[str, Any]:
        """How many rows of each kind: as loaded, and before that as planned."""
        return self.loaded if self.is_loaded else self.plan.get("counts", {})
