"""A number that a request brings along: a key, a version, a place in a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

MOST_DIGITS: Final = 18
"""As many as every key has; what is longer is no key, and Python refuses to read it at all from 4,301 on."""


def plain_number(text: str) -> int | None:
    """What ASCII digits write; None for anything else, so for "²" and for a number longer than any key."""
    return int(text) if len(text) <= MOST_DIGITS and text.isascii() and text.isdigit() else None


def plain_numbers(texts: Iterable[str]) -> list[int]:
    """The numbers among what a request brings along under one name, such as the rows that were ticked, in its order."""
    return [number for number in map(plain_number, texts) if number is not None]
