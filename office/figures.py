"""Figures as the page's language writes them: Thai digits on a Thai page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from office.thai import to_thai_digits


def is_english() -> bool:
    """Whether the page is in English; everything else is Thai."""
    return (get_language() or "th").startswith("en")


def figures(value: Any) -> str:
    """The value as text, its digits Thai unless the page is in English."""
    return str(value) if is_english() else to_thai_digits(str(value))


def thousands(number: float) -> str:
    """`๑๒,๓๔๕`: with thousands, without a needless .0."""
    return figures(f"{number:,}".removesuffix(".0"))


def percent_text(percent: Decimal | None) -> str:
    """`๙๖.๓%`; a dash while nothing is decided."""
    return "–" if percent is None else f"{thousands(percent)}%"  # type: ignore[arg-type]


def plain(number: Decimal) -> str:
    """A decimal without needless zeros: `80` of 80.00, `4.5` of 4.50."""
    return f"{number.normalize():f}"
