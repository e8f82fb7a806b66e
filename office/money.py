"""A sum of money as a model keeps it: whole satang in the database, baht as an exact decimal in Python."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

SATANG: Final = Decimal("0.01")


class BahtField(models.Field):
    """Baht and satang, exact on both databases: SQLite would keep a decimal as a floating number.

    Raises ValidationError for a part of a satang rather than round somebody's money.
    """

    description = _("Sum of money in baht")
    default_error_messages = {"satang": _("A sum has at most two places of satang.")}

    def get_internal_type(self) -> str:
        return "BigIntegerField"

    def to_python(self, value: Any) -> Decimal | None:
        """The sum in baht, always with two places."""
        if value is None:
            return None
        baht = Decimal(value)
        if baht != baht.quantize(SATANG):
            raise ValidationError(self.error_messages["satang"], code="satang")
        return baht.quantize(SATANG)

    def get_prep_value(self, value: Any) -> Any:
        """Whole satang; an expression is left to the database."""
        value = super().get_prep_value(value)
        if value is None or hasattr(value, "resolve_expression"):
            return value
        baht = self.to_python(value)
        assert baht is not None
        return int(baht * 100)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else (Decimal(int(value)) / 100).quantize(SATANG)

    def value_to_string(self, obj: models.Model) -> str:
        """As a fixture keeps it: baht."""
        return str(self.value_from_object(obj))

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """A decimal field of two places."""
        return super().formfield(form_class=forms.DecimalField, decimal_places=2, **kwargs)


def baht(amount: Decimal) -> models.Value:
    """The sum as an expression, to be added to a BahtField in the database."""
    return models.Value(amount, BahtField())
