"""What a book is made from: plain data, as it stood at a moment, kept with the issued edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from projectplan.planshape import Row


@dataclass(frozen=True)
class BookContent:
    """The data of a book at `as_of`; `is_interim` while its fiscal year is not over."""

    as_of: datetime
    is_interim: bool
    data: Row

    def as_json(self) -> Row:
        return self.data
