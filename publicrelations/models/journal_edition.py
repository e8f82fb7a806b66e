"""JournalEdition: one making of an issue's pages, for the printer and for the web, kept under their checksums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models.making import Made


@dataclass(frozen=True)
class KeptFile:
    """A file of an edition in the private storage: where it lies, its size in bytes, what it is."""

    path: str
    size: int
    content_type: str
    sha256: str


class JournalEdition(Made):
    """One edition. Once issued nothing of it changes: when the content does, the next edition is made.

    `sha256` is that of the file for the printer: bleed and crop marks, pictures whole. The web's has small pictures.
    """

    journal = models.ForeignKey("publicrelations.Journal", models.CASCADE, related_name="editions")
    edition = models.PositiveSmallIntegerField(_("edition"))
    fingerprint = models.CharField(
        max_length=64,
        blank=True,
        help_text=_("Of all it was made from: articles, pictures, editorial, cover."),
    )
    pages = models.PositiveSmallIntegerField(_("pages"), default=0)
    print_size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    web_sha256 = models.CharField(_("checksum of the web's file"), max_length=64, blank=True)
    web_size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    cover_sha256 = models.CharField(_("checksum of the cover's picture"), max_length=64, blank=True)
    cover_size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    cover_width = models.PositiveSmallIntegerField(default=0)
    cover_height = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("edition of a journal")
        verbose_name_plural = _("editions of journals")
        ordering = ["journal", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["journal", "edition"], name="journal_edition_once"),
            models.CheckConstraint(
                condition=~Q(state="issued")
                | (Q(issued_at__isnull=False) & ~Q(sha256="") & ~Q(web_sha256="") & ~Q(cover_sha256="")),
                name="journal_edition_issued_is_whole",
            ),
        ]
        indexes = [
            # What the next maker takes, and what a killed one left.
            models.Index(
                fields=["asked_at"],
                condition=Q(state__in=["waiting", "making"]),
                name="journal_edition_to_make",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.journal_id} ({self.edition})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and type(self).objects.filter(pk=self.pk, state=self.State.ISSUED).exists():
            raise TypeError("An issued edition is never changed.")
        super().save(*args, **kwargs)

    @property
    def is_issued(self) -> bool:
        return self.state == self.State.ISSUED

    @property
    def print_pdf(self) -> KeptFile:
        return KeptFile(kept_path(self.sha256, "pdf"), self.print_size, "application/pdf", self.sha256)

    @property
    def web_pdf(self) -> KeptFile:
        return KeptFile(kept_path(self.web_sha256, "pdf"), self.web_size, "application/pdf", self.web_sha256)

    @property
    def cover(self) -> KeptFile:
        """The first page as a small picture."""
        path = kept_path(self.cover_sha256, "webp")
        return KeptFile(path, self.cover_size, "image/webp", self.cover_sha256)


def kept_path(sha256: str, ending: str) -> str:
    """Where bytes lie in the private storage, by their checksum."""
    return f"journals/{sha256}.{ending}"
