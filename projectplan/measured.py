"""What a measure of the plan's own room answers: a figure, what it is made of, and where its rows are."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Measured:
    """A figure of a fiscal year in the measure's unit, None while nothing is decided; what it is made of, in words;
    and the page of the very rows."""

    value: Decimal | None
    parts: str
    url: str
