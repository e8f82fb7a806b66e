"""How often a promise was kept: the parts, and the percentage that is made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

TENTH = Decimal("0.1")
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Ratio:
    """Promises kept in time, kept late or late by now, and not due yet; the last are never counted as success."""

    in_time: int = 0
    late: int = 0
    pending: int = 0

    def __post_init__(self) -> None:
        if min(self.in_time, self.late, self.pending) < 0:
            raise ValueError(f"a count is below 0: {self}")

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(self.in_time + other.in_time, self.late + other.late, self.pending + other.pending)

    @property
    def decided(self) -> int:
        """Those of which it is known whether they were in time."""
        return self.in_time + self.late

    @property
    def total(self) -> int:
        """All of them, the pending ones too."""
        return self.decided + self.pending

    @property
    def exact(self) -> Decimal | None:
        """In time of every hundred decided, not rounded; None while nothing is decided."""
        return HUNDRED * self.in_time / self.decided if self.decided else None

    @cached_property
    def percent(self) -> Decimal | None:
        """In time of every hundred decided, to one decimal; None while nothing is decided.

        Rounded half up, except that 100 and 0 are said only when they are exact: 9,999 of 10,000 is 99.9.
        """
        exact = self.exact
        if exact is None:
            return None
        if exact in (0, HUNDRED):
            return exact.quantize(TENTH)
        return min(max(exact.quantize(TENTH, ROUND_HALF_UP), TENTH), HUNDRED - TENTH)

    def reaches(self, target: int) -> bool:
        """Whether as many of every hundred were in time as the plan asks for; not while nothing is decided."""
        return self.decided > 0 and 100 * self.in_time >= target * self.decided


def summed(ratios: Iterable[Ratio]) -> Ratio:
    """All of them together; a dashboard adds hundreds, so the parts are added, not the ratios."""
    in_time = late = pending = 0
    for one in ratios:
        in_time += one.in_time
        late += one.late
        pending += one.pending
    return Ratio(in_time, late, pending)
