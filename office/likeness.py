"""How much of a text stands in others: by three-letter pieces, since Thai has no spaces between words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

COMPARED: Final = 200
"""Letters of each text that are compared: the subject and how what follows it begins."""


def pieces(text: str) -> Iterator[tuple[str, ...]]:
    """The three-letter pieces of a text in its searched form; Thai writes no spaces, so words cannot be compared."""
    return zip(text, text[1:], text[2:], strict=False)


def similarities(sought: str, others: Sequence[str]) -> list[float]:
    """How much of a text stands in each of the others, from 0 to 1; each is read to the length of the one sought.

    What several of them say (“เรียน รัฐมนตรี”, “ขอความเป็นธรรม”) counts little, what few say counts much.
    """
    text = sought.replace(" ", "")[:COMPARED]
    wanted = frozenset(pieces(text))
    found = [wanted.intersection(pieces(other.replace(" ", "")[: len(text)])) for other in others]
    told = Counter(piece for both in found for piece in both)
    weights = {piece: 1.0 / (1 + told[piece]) for piece in wanted}
    whole = sum(weights.values()) or 1.0
    return [sum(weights[piece] for piece in both) / whole for both in found]
