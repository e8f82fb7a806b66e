"""A link for somebody outside who has no account: whoever has the address may do one thing about one subject."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models

from office import seals

SALT_LETTERS = 32


class SecretLink(models.Model):
    """A key to one page about one subject. Its secret is derived, sent and never stored; only its hash is.

    A child has a foreign key to its subject, and says what it is for and until when it can be used.
    """

    PURPOSE: ClassVar[str]
    """What the secret is derived for: links of two kinds never have the same."""
    SUBJECT: ClassVar[str]
    """The name of the foreign key."""
    FETCHED: ClassVar[tuple[str, ...]] = ()
    """What its page shows, fetched with it."""

    salt = models.CharField(max_length=SALT_LETTERS)
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"link {self.pk} of {self.SUBJECT} {self._subject_key}"

    @property
    def _subject_key(self) -> Any:
        return getattr(self, f"{self.SUBJECT}_id")

    @classmethod
    def expires(cls, subject: Any, now: datetime) -> datetime:
        """Until when a link that is issued now can be used."""
        raise NotImplementedError

    @classmethod
    def issue(cls, subject: Any, now: datetime, *, occasion: str = "") -> Self:
        """A new link; for a named occasion (a letter that may have to be written twice) always the same one."""
        start = f"{occasion}-" if occasion else ""
        known = cls._of(subject).filter(salt__startswith=start).first() if occasion else None
        if known:
            return known
        link = cls(
            **{cls.SUBJECT: subject},
            salt=f"{start}{secrets.token_hex(16)}"[:SALT_LETTERS],
            issued_at=now,
            expires_at=cls.expires(subject, now),
        )
        link.digest = cls.digest_of(link.secret)
        link.save()
        return link

    @property
    def secret(self) -> str:
        """What stands in the address: 256 bits that only this installation can derive."""
        return seals.fingerprint(f"{self._subject_key}:{self.salt}", purpose=self.PURPOSE)

    @staticmethod
    def digest_of(secret: str) -> str:
        return hashlib.sha256(secret.encode()).hexdigest()

    @classmethod
    def find(cls, secret: str) -> Self | None:
        links = cls._default_manager.filter(digest=cls.digest_of(secret))
        return (links.select_related(*cls.FETCHED) if cls.FETCHED else links).first()

    def is_usable(self, now: datetime) -> bool:
        return self.used_at is None and now < self.expires_at

    @classmethod
    def use_up(cls, subject: Any, now: datetime) -> None:
        """What was done closes every link to the subject, whichever letter it came from."""
        cls._of(subject).filter(used_at__isnull=True).update(used_at=now)

    @classmethod
    def _of(cls, subject: Any) -> models.QuerySet[Self]:
        return cls._default_manager.filter(**{cls.SUBJECT: subject})
