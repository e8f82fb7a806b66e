"""The score of an indicator, 1 to 5, as Thai performance agreements (คำรับรองการปฏิบัติราชการ) reckon it.

Five values, one for each level, are agreed beforehand. A value on a level has that level's score; one between two
levels has the score in proportion, to two decimals, rounded half up. What does not reach level 1 still scores 1: an
agreement knows no 0. What passes level 5 scores 5. While nothing is decided there is no score at all, and what has no
score is left out of a roll-up instead of being counted as a 1.

Beside the score stands a light, by one rule for standing works and indicators alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

HUNDREDTH = Decimal("0.01")
LOWEST = Decimal(1)
HIGHEST = Decimal(5)
NEARLY = Decimal("0.95")
"""The part of a target from which it is nearly reached."""


def score(value: Decimal | None, levels: Sequence[Decimal]) -> Decimal | None:
    """The score of a value against the values of levels 1–5, to two decimals; None while there is no value.

    Levels that rise mean "the higher the better", levels that fall "the lower the better". Raises ValueError unless
    there are five and they go one way.
    """
    sign = _direction(levels)
    if value is None:
        return None
    steps = [sign * level for level in levels]
    reached = sign * value
    if reached <= steps[0]:
        return LOWEST.quantize(HUNDREDTH)
    for number, (low, high) in enumerate(pairwise(steps), start=1):
        if reached < high:
            return (number + (reached - low) / (high - low)).quantize(HUNDREDTH, ROUND_HALF_UP)
    return HIGHEST.quantize(HUNDREDTH)


def light(value: Decimal | None, target: Decimal, *, is_lower_better: bool = False) -> str:
    """`ok` when the target is reached, `soon` from 95 % of it, else `late`; nothing while there is no value.

    Both are in the same unit, whichever; of counts the value is the exact one, so that 79.996 % does not reach 80.
    Where the lower is better, up to as much above the target as makes the target 95 % of it is nearly reached. The plan
    names no such bounds: they are the house's own (docs/decisions.md), to be confirmed by the office.
    """
    if value is None:
        return ""
    reached, wanted = (target, value) if is_lower_better else (value, target)
    if reached >= wanted:
        return "ok"
    return "soon" if reached >= wanted * NEARLY else "late"


def roll_up(parts: Iterable[tuple[Decimal | None, Decimal]]) -> Decimal | None:
    """The mean of scores by their weights, to two decimals; parts without a score are left out, with their weight.

    None while no part has a score. Raises ValueError for a weight that is not above 0.
    """
    scored = []
    for value, weight in parts:
        if weight <= 0:
            raise ValueError(f"a part weighs something: {weight}")
        if value is not None:
            scored.append((value, weight))
    if not scored:
        return None
    whole = sum((weight for _value, weight in scored), Decimal())
    mean = sum((value * weight for value, weight in scored), Decimal()) / whole
    return mean.quantize(HUNDREDTH, ROUND_HALF_UP)


def _direction(levels: Sequence[Decimal]) -> int:
    """1 for levels that rise, -1 for levels that fall."""
    if len(levels) == 5:
        if all(low < high for low, high in pairwise(levels)):
            return 1
        if all(low > high for low, high in pairwise(levels)):
            return -1
    raise ValueError(f"five levels that rise or fall were expected: {levels}")
