"""Small numbers of people: what is left out of a published table so that nobody can be recognised in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

THRESHOLD: Final = 5
"""A number of petitions below this is not told."""


def hidden_places(numbers: Sequence[int]) -> set[int]:
    """Which of the numbers of one table, whose sum is told, are left out.

    Those below the threshold, zeros among them, for else each of "one, one and one of three" could be told. If what
    is left out could be worked out from the sum (a single number, or together below the threshold), the smallest
    others go with it; nothing says of a number why it is missing. Where there are only zeros nobody is in them.
    """
    small = {place for place, number in enumerate(numbers) if number < THRESHOLD}
    if not any(numbers[place] for place in small):
        return set()
    hidden = set(small)
    for place in sorted(set(range(len(numbers))) - small, key=lambda place: numbers[place]):
        if len(hidden) > 1 and sum(numbers[one] for one in hidden) >= THRESHOLD:
            break
        hidden.add(place)
    return hidden
