"""The person behind a petition: personal data, kept apart, shown only on request and logged when shown."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.likeness import name_key, telephone_key
from complaints.models.petition import Petition
from office import seals
from office.thai import to_arabic_digits

THAI_ID = "thai-id"


def thai_id_digits(typed: str) -> str:
    """The thirteen digits of an ID as typed, without spaces and hyphens, in Arabic digits."""
    return "".join(letter for letter in to_arabic_digits(typed) if letter.isdigit())


class Petitioner(models.Model):
    """Who a petition comes from. An anonymous petition has no such row at all."""

    petition = models.OneToOneField(Petition, models.CASCADE, primary_key=True, related_name="petitioner")
    name = models.CharField(_("name"), max_length=200)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.TextField(_("address"), max_length=500, blank=True)
    thai_id_sealed = models.TextField(blank=True, editable=False)
    thai_id_fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    name_key = models.CharField(max_length=200, blank=True, editable=False)
    telephone_key = models.CharField(max_length=40, blank=True, editable=False)
    consent_at = models.DateTimeField(_("consent given at"), null=True)

    class Meta:
        verbose_name = _("petitioner")
        verbose_name_plural = _("petitioners")
        indexes = [
            # Found by the whole ID only; most petitioners give none.
            models.Index(
                fields=["thai_id_fingerprint"],
                condition=~models.Q(thai_id_fingerprint=""),
                name="petitioner_thai_id",
            ),
            # The same person writing again, however the name or the number is written.
            models.Index(
                fields=["name_key", "petition"], condition=~models.Q(name_key=""), name="petitioner_name"
            ),
            models.Index(
                fields=["telephone_key", "petition"],
                condition=~models.Q(telephone_key=""),
                name="petitioner_telephone",
            ),
            models.Index(
                fields=["email", "petition"], condition=~models.Q(email=""), name="petitioner_email"
            ),
        ]

    def __str__(self) -> str:
        """The number of the petition, never the name: this is what logs and the trail show."""
        return self.petition.label

    def set_keys(self) -> None:
        """What the same person is found by, however the name or the number is written."""
        self.name_key, self.telephone_key = name_key(self.name), telephone_key(self.telephone)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_keys()
        super().save(*args, **kwargs)

    def twin(self) -> Petitioner:
        """The same person, to stand behind another petition."""
        own = {"petition", "petition_id"}
        columns = [column.attname for column in self._meta.concrete_fields if column.attname not in own]
        return type(self)(**{name: getattr(self, name) for name in columns})

    @property
    def thai_id(self) -> str:
        return seals.decrypt(self.thai_id_sealed, purpose=THAI_ID) if self.thai_id_sealed else ""

    @thai_id.setter
    def thai_id(self, typed: str) -> None:
        digits = thai_id_digits(typed)
        self.thai_id_sealed = seals.encrypt(digits, purpose=THAI_ID) if digits else ""
        self.thai_id_fingerprint = seals.fingerprint(digits, purpose=THAI_ID) if digits else ""

    @classmethod
    def with_thai_id(cls, typed: str) -> models.QuerySet[Petitioner]:
        """Petitioners with exactly this ID; nobody for anything else."""
        digits = thai_id_digits(typed)
        if not digits:
            return cls.objects.none()
        same = cls.objects.filter(thai_id_fingerprint=seals.fingerprint(digits, purpose=THAI_ID))
        # That it is not empty is said for SQLite, which else does not know that its index holds every such row.
        return same.exclude(thai_id_fingerprint="")
