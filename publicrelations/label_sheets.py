"""The sheets of address labels that shops sell, in millimetres, and where each label lies on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeVar

from django.utils.translation import gettext_lazy as _

T = TypeVar("T")
A4: Final = (210.0, 297.0)


@dataclass(frozen=True)
class Sheet:
    """A sheet of A4: how many labels stand side by side and below each other, their size, their gaps."""

    code: str
    columns: int
    rows: int
    width: float
    height: float
    gap: float = 0

    @property
    def places(self) -> int:
        return self.columns * self.rows

    @property
    def left(self) -> float:
        """The margin: labels stand in the middle of the sheet."""
        return (A4[0] - self.columns * self.width - (self.columns - 1) * self.gap) / 2

    @property
    def top(self) -> float:
        return (A4[1] - self.rows * self.height) / 2

    def all_places(self) -> list[tuple[float, float]]:
        """Where each label lies, for a picture of the sheet."""
        return [self.place(number) for number in range(self.places)]

    def place(self, number: int) -> tuple[float, float]:
        """How far from the left and from the top the label at a place lies; places count from 0, line by line."""
        row, column = divmod(number, self.columns)
        return self.left + column * (self.width + self.gap), self.top + row * self.height


SHEETS: Final = {
    sheet.code: sheet
    for sheet in (
        Sheet("3x8", 3, 8, 70, 37),
        Sheet("2x7", 2, 7, 99.1, 38.1, gap=2.5),
        Sheet("3x7", 3, 7, 63.5, 38.1, gap=2.5),
    )
}
CHOICES: Final = [
    ("3x8", _("24 on a sheet, 70 × 37 mm (3 × 8)")),
    ("2x7", _("14 on a sheet, 99.1 × 38.1 mm (2 × 7)")),
    ("3x7", _("21 on a sheet, 63.5 × 38.1 mm (3 × 7)")),
]


def sheets_of(labels: Sequence[T], sheet: Sheet, *, first: int) -> Iterator[list[tuple[int, T]]]:
    """The labels sheet by sheet, each with its place; those before `first` (from 1) of the first sheet are used."""
    rest = iter(labels)
    start = first - 1
    while some := list(islice(rest, sheet.places - start)):
        yield [(start + number, label) for number, label in enumerate(some)]
        start = 0
