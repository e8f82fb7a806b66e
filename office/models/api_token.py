"""ApiToken: the key with which another system of the ministry reads the registers, and what it opens."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

PREFIX: Final = "prasan_"
SECRET_BYTES: Final = 32
SHOWN_LETTERS: Final = 6
"""So much of a token stays legible, to tell one from another."""
USE_NOTED_AFTER: Final = timedelta(minutes=1)
"""A token that is used all the time is written down as used once a minute."""


class ApiScope(models.TextChoices):
    """What a token may read: one resource of the API each."""

    PETITIONS = "petitions", _("Petitions (facts of the register)")
    MEETINGS = "meetings", _("Meetings")
    INTERPELLATIONS = "interpellations", _("Interpellations")
    BILLS = "bills", _("Bills")
    ARTICLES = "articles", _("News (published)")
    ENGAGEMENTS = "engagements", _("Engagements of the minister (public)")
    JOURNALS = "journals", _("Journals")
    PRESS_CONFERENCES = "press_conferences", _("Press conferences")
    INDICATORS = "indicators", _("Indicators of the plan")


class ApiToken(models.Model):
    """One system's key. The token is shown once, when it is made; only its hash is kept.

    A token has 256 random bits, so a plain hash gives nothing away and is found by an index.
    """

    name = models.CharField(_("system"), max_length=100, help_text=_("Which system of whom uses it."))
    scopes = models.JSONField(_("may read"), default=list)
    start = models.CharField(_("begins with"), max_length=20, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), editable=False)
    expires_at = models.DateTimeField(_("valid until"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)

    class Meta:
        verbose_name = _("token of the API")
        verbose_name_plural = _("tokens of the API")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.start}…)"

    def give_secret(self) -> str:
        """The token itself, for whoever makes this row to show once."""
        token = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
        self.start, self.digest = token[: len(PREFIX) + SHOWN_LETTERS], self.digest_of(token)
        return token

    @staticmethod
    def digest_of(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()

    @classmethod
    def find(cls, token: str, now: datetime) -> ApiToken | None:
        """The row of a token that opens something at this moment; expired and withdrawn ones are as unknown ones."""
        usable = cls.objects.filter(withdrawn_at=None, expires_at__gt=now)
        return usable.filter(digest=cls.digest_of(token)).first()

    def is_usable(self, now: datetime) -> bool:
        return self.withdrawn_at is None and now < self.expires_at

    def may_read(self, scope: ApiScope) -> bool:
        return scope.value in self.scopes

    def note_use(self, now: datetime) -> None:
        """Write down when it was used, without a write for every request."""
        if self.last_used_at is None or now - self.last_used_at >= USE_NOTED_AFTER:
            before = Q(last_used_at=None) | Q(last_used_at__lte=now - USE_NOTED_AFTER)
            type(self).objects.filter(before, pk=self.pk).update(last_used_at=now)

    def withdraw(self, now: datetime) -> None:
        """From now on it opens nothing; the row stays, so that the trail can say whose it was."""
        if self.withdrawn_at is None:
            self.withdrawn_at = now
            self.save(update_fields=["withdrawn_at"])
