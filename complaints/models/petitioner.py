"""The person behind a petition: personal data, kept apart, shown only on request and logged when shown."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

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
            models.Index(fields=["name_key"], condition=~models.Q(name_key=""), name="petitioner_name"),
            models.Index(
                fields=["telephone_key"], condition=~models.Q(telephone_key=""), name="petitioner_telephone"
            ),
            models.Index(fields=["email"], condition=~models.Q(email=""), name="petitioner_email"),
        ]

    def __str__(self) -> str:
        """The number of the petition, never the name: this is what logs and the trail show."""
        return self.petition.label

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
        return (
            cls.objects.filter(thai_id_fingerprint=seals.fingerprint(digits, purpose=THAI_ID))
            if digits
            else cls.objects.none()
        )
