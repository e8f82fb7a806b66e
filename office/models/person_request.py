"""What the office holds on a person, asked for by that person (PDPA section 30), and what was found and handed out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.models.making import Made
from office.models.matter import Matter

ANSWERED_WITHIN: Final = timedelta(days=30)
"""Personal Data Protection Act B.E. 2562, section 30: without delay, at most thirty days after the request came."""


class PersonRequest(models.Model):
    """Somebody asks what the office holds on them. Who asks, and by what they are looked for, is personal itself."""

    name = models.CharField(_("name and surname"), max_length=200)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    thai_id_fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    identified_by = models.CharField(
        _("how we know it is them"), max_length=300, help_text=_("What was shown or sent, not its number.")
    )
    asked_on = models.DateField(_("asked on"))
    due_on = models.DateField(_("due on"), editable=False)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("officer in charge")
    )
    made_at = models.DateTimeField(editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)

    class Meta:
        verbose_name = _("request about one's own data")
        verbose_name_plural = _("requests about one's own data")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(answered_at__isnull=True), name="person_request_open"
            ),
            models.Index(fields=["answered_at", "id"], name="person_request_answered"),
        ]

    def __str__(self) -> str:
        """Its number alone: this is what logs and the trail show."""
        return f"{self.asked_on:%Y-%m-%d}/{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("retention:request", args=[self.pk])

    def promise(self) -> None:
        """Count the day by which it is to be answered."""
        self.due_on = self.asked_on + ANSWERED_WITHIN

    def is_late(self, today: date) -> bool:
        return self.answered_at is None and self.due_on < today


class PersonFinding(models.Model):
    """One place where the searched name, number or address stands; an officer says whether it is this person's."""

    class Verdict(models.TextChoices):
        THEIRS = "theirs", _("Theirs, handed out")
        REFUSED = "refused", _("Theirs, refused")
        NOT_THEIRS = "not_theirs", _("Somebody else's")

    request = models.ForeignKey(PersonRequest, models.CASCADE, related_name="findings")
    source = models.CharField(_("where"), max_length=30)
    key = models.BigIntegerField()
    label = models.CharField(_("number"), max_length=200)
    found_by = models.CharField(_("found by"), max_length=60)
    matter = models.ForeignKey(Matter, models.CASCADE, null=True, related_name="+")
    verdict = models.CharField(_("whose it is"), max_length=10, choices=Verdict, blank=True)
    refused_reason = models.CharField(_("why it is refused"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("finding about a person")
        verbose_name_plural = _("findings about a person")
        ordering = ["source", "-key"]
        constraints = [
            models.UniqueConstraint(fields=["request", "source", "key"], name="person_finding_once"),
            models.CheckConstraint(
                condition=~Q(verdict="refused") | ~Q(refused_reason=""), name="person_finding_refused_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.key}"


class PersonExport(Made):
    """The file that is handed out: made in the background, taken by the officer in charge alone, gone after days."""

    request = models.ForeignKey(PersonRequest, models.CASCADE, related_name="exports")
    expires_at = models.DateTimeField(_("can be taken until"), null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("export about a person")
        verbose_name_plural = _("exports about a person")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="issued")
                | Q(issued_at__isnull=False, expires_at__isnull=False) & ~Q(sha256=""),
                name="person_export_issued_is_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_at"],
                condition=Q(expires_at__isnull=False, removed_at__isnull=True),
                name="person_export_kept",
            ),
        ]

    def __str__(self) -> str:
        return f"export {self.pk}"

    @property
    def path(self) -> str:
        """Where the file lies in the private storage."""
        return f"person-exports/{self.sha256}"
