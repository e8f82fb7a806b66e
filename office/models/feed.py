"""CalendarFeed: the personal address at which a calendar program reads somebody's meetings and dates."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from office import seals
from office.models.people import User


class CalendarFeed(models.Model):
    """One person's address. Its secret is derived and never stored; only its hash is. Making a new one ends the old."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed")
    salt = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return f"calendar of {self.user_id}"

    @classmethod
    def make(cls, user: User, now: datetime) -> CalendarFeed:
        """A new address; the one before opens nothing any more."""
        feed = cls(user=user, salt=secrets.token_hex(32), made_at=now)
        feed.digest = cls.digest_of(feed.secret)
        fresh = {"salt": feed.salt, "digest": feed.digest, "made_at": now}
        return cls.objects.update_or_create(user=user, defaults=fresh)[0]

    @property
    def secret(self) -> str:
        """What stands in the address: 256 bits that only this installation can derive."""
        return seals.fingerprint(f"{self.user_id}:{self.salt}", purpose="calendar-feed")

    @staticmethod
    def digest_of(secret: str) -> str:
        return hashlib.sha256(secret.encode()).hexdigest()

    @classmethod
    def find(cls, secret: str) -> CalendarFeed | None:
        """The address behind a secret, unless it was revoked or its person has left."""
        known = cls.objects.select_related("user__subgroup")
        return known.filter(digest=cls.digest_of(secret), user__is_active=True).first()
