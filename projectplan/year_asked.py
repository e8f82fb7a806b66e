"""The fiscal year that an address asks for."""

from __future__ import annotations

from typing import Final

FIRST_YEAR: Final = 2400
LAST_YEAR: Final = 2700


def year_asked(typed: str) -> int | None:
    """The year (B.E.), or None for none and for nonsense."""
    if typed.isascii() and typed.isdigit() and FIRST_YEAR <= int(typed[:9]) <= LAST_YEAR:
        return int(typed)
    return None
