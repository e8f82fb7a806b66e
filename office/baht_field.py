"""A sum of money as people type it: Thai digits, commas, the word baht; at most two places of satang."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from office.figures import figures
from office.form_fields import Line
from office.thai import to_arabic_digits


class BahtInput(Line):
    """Shows a sum as the page's language writes it; what a person typed comes back as it was."""

    def format_value(self, value: Any) -> str | None:
        return figures(f"{value:,.2f}") if isinstance(value, Decimal) else super().format_value(value)


class BahtFormField(forms.DecimalField):
    """Cleans to an exact decimal in baht; `๑,๒๕๐.๕๐ บาท` is one."""

    default_error_messages = {
        "required": _("Write the sum in baht."),
        "invalid": _("Write the sum in figures, such as 1,250.50."),
        "max_decimal_places": _("A sum has at most two places of satang."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", BahtInput(inputmode="decimal"))
        super().__init__(max_digits=14, decimal_places=2, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            value = to_arabic_digits(value).replace(",", "").replace("฿", "").strip()
            value = value.removesuffix("บาท").strip()
        return super().to_python(value)
