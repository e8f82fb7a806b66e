"""Similar matters of all kinds that a person may see: found by telling words of the subject, measured by likeness."""

from __future__ import annotations

from itertools import combinations
from typing import Final

from office.likeness import COMPARED, similarities
from office.models import Matter, User
from office.search import Found, alike, normalise
from office.thai_words import cut

SHOWN: Final = 6
ASKED_OF_SEARCH: Final = 4
"""Searches at most; each finds the newest page of matters with its words."""
TELLING_WORDS: Final = 4
TELLING_LETTERS: Final = 4
"""Words of fewer letters (และ, การ, ใน) say nothing about a subject."""
SIMILAR: Final = 0.3
"""Of which at least so much is the same is worth reading."""


def similar_matters(matter: Matter, user: User) -> list[Found]:
    """The few most alike that this person may see, the most alike first."""
    rows = [row for row in alike(user, _searches(matter.title)) if row.pk != matter.pk]
    # Subjects are compared: what follows them is written in another way in every room.
    sought = normalise(matter.title)
    begins = [_after_the_number(row.search_text, row.year)[: 2 * COMPARED] for row in rows]
    ranked = sorted(zip(similarities(sought, begins), rows, strict=True), key=_rank, reverse=True)
    return [row for likeness, row in ranked[:SHOWN] if likeness >= SIMILAR]


def _rank(pair: tuple[float, Found]) -> tuple[float, int]:
    likeness, row = pair
    return likeness, row.pk


def _after_the_number(search_text: str, year: int) -> str:
    """A search text begins with the number, by which no two are alike."""
    return search_text.partition(f"/{year} ")[2]


def _searches(title: str) -> list[str]:
    """What search is asked: two of the longest words side by side, which say more than one; then the longest alone."""
    telling = [word for word in map(str.strip, cut(title)) if len(word) >= TELLING_LETTERS]
    longest = sorted(dict.fromkeys(telling), key=len, reverse=True)[:TELLING_WORDS]
    pairs = [f"{one} {other}" for one, other in combinations(longest, 2)]
    return [*pairs[: ASKED_OF_SEARCH - 1], *longest[:1]]
