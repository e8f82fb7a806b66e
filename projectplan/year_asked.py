"""The fiscal year that an address asks for."""

from __future__ import annotations

from typing import Final

from office.plain_number import plain_number

FIRST_YEAR: Final = 2400
LAST_YEAR: Final = 2700


def year_asked(typed: str) -> int | None:
    """The year (B.E.), or None for none and for nonsense."""
    year = plain_number(typed)
    return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None
