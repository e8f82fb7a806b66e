"""Similar earlier questions or motions and what was answered: found by their words, measured by how much is the same.

Words are asked of the office's search, so the work is bounded however many there are, and nobody is shown what they
may not see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

from office.likeness import COMPARED, similarities
from office.models import Matter, User
from office.search import Found, alike, normalise
from office.thai_words import cut
from parliament.models import AnswerDraft
from parliament.models.answering import AnsweringSteps

SHOWN: Final = 5
READ: Final = 20
"""So many of the most alike are looked at for an approved answer: these come first."""
ASKED_OF_SEARCH: Final = 3
"""Searches at most; each finds the newest page of matters with its words."""
TELLING_LETTERS: Final = 4
"""Words of fewer letters (และ, การ, ใน) say nothing about a subject."""
ALIKE: Final = 0.2
"""Of which at least so much is the same is worth reading."""


@dataclass(frozen=True)
class Similar:
    """An earlier matter that is alike, with the answer that was approved on it if there is one."""

    key: int
    label: str
    title: str
    received_at: datetime
    likeness: float
    answer: AnswerDraft | None
    address: str


def similar_to(matter: AnsweringSteps, user: User) -> list[Similar]:
    """The few most alike that this person may see, those with an approved answer first."""
    found = alike(user, _searches(matter.title), kind=matter.kind)
    rows = [row for row in found if row.pk != matter.pk]
    if not rows:
        return []
    sought = normalise(matter.title, matter.text)
    begins = [row.search_text.partition(f"/{row.year} ")[2][: COMPARED * 2] for row in rows]
    ranked = sorted(zip(similarities(sought, begins), rows, strict=True), key=_rank, reverse=True)
    most_alike = [pair for pair in ranked[:READ] if pair[0] >= ALIKE]
    answers = _approved([row.pk for _likeness, row in most_alike])
    most_alike.sort(key=lambda pair: pair[1].pk in answers, reverse=True)
    return [_shown(row, likeness, answers.get(row.pk)) for likeness, row in most_alike[:SHOWN]]


def _rank(pair: tuple[float, Found]) -> tuple[float, int]:
    likeness, row = pair
    return likeness, row.pk


def _shown(row: Found, likeness: float, answer: AnswerDraft | None) -> Similar:
    address = Matter(pk=row.pk, kind=row.kind).get_absolute_url()
    return Similar(row.pk, row.label, row.title, row.received_at, likeness, answer, address)


def _searches(title: str) -> list[str]:
    """What search is asked: two telling words side by side, which say more than one; then the longest alone."""
    telling = [word.strip() for word in cut(title) if len(word.strip()) >= TELLING_LETTERS]
    pairs = [f"{one} {other}" for one, other in pairwise(telling)]
    longest = sorted(dict.fromkeys(telling), key=len, reverse=True)
    return list(dict.fromkeys([*pairs[: ASKED_OF_SEARCH - 1], *longest]))[:ASKED_OF_SEARCH]


def _approved(keys: Sequence[int]) -> dict[int, AnswerDraft]:
    rows = AnswerDraft.objects.approved().filter(matter__in=keys)
    return {draft.matter_id: draft for draft in rows}
