"""The columns that a list brought as a file may have: what each is headed by, in our files and elsewhere."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

IGNORED: Final = ""
LINE_HEADING: Final = "บรรทัดเดิม"
WHY_HEADING: Final = "เหตุที่ไม่ผ่าน"
COUNTING: Final = frozenset({"ลำดับ", "ลำดับที่", "ที่", "no", LINE_HEADING, WHY_HEADING})
"""Counting columns, and what our own file of wrong rows says of each."""


class PlanMovedOn(Exception):
    """The rows changed after the plan was shown; the import now holds the plan as it is today."""


@dataclass(frozen=True)
class Column:
    """One column: the field it fills, its heading in our own files, and what else it is headed by elsewhere."""

    field: str
    heading: str
    also: tuple[str, ...] = ()
    is_required: bool = False


def normal(heading: str) -> str:
    """A heading, or a word of a cell, without what people write differently: spaces, marks, capitals."""
    return "".join(letter for letter in heading.lower() if letter not in " .-_/()\u200b\ufeff")


@dataclass(frozen=True)
class Headings:
    """The columns of one kind of list, and the headings that are passed over."""

    columns: Sequence[Column]
    ignored: Collection[str] = field(default=COUNTING)

    @cached_property
    def _field_of(self) -> dict[str, str]:
        return {
            normal(words): column.field
            for column in self.columns
            for words in (column.heading, column.field, *column.also)
        }

    @cached_property
    def _passed_over(self) -> frozenset[str]:
        return frozenset(map(normal, self.ignored))

    @cached_property
    def _heading_of(self) -> dict[str, str]:
        return {column.field: column.heading for column in self.columns}

    def heading_of(self, field: str) -> str:
        """What a field is called, on the page and in our files."""
        return self._heading_of.get(field, field)

    def field_of(self, heading: str) -> str:
        """The field that a column so headed fills, "" where none is known."""
        return self._field_of.get(normal(heading), IGNORED)

    def known(self, cells: Sequence[str]) -> int:
        """How many of these cells head a column: what tells the line of headings from a title above it."""
        return sum(normal(cell) in self._field_of for cell in cells)

    def fields_of(self, header: Sequence[str]) -> list[str]:
        """The field of each column, "" for one that is passed over. Raises ValidationError that names each column
        that is unknown, there twice, or missing."""
        faults: list[str] = []
        fields: list[str] = []
        for position, heading in enumerate(header, 1):
            found = self._field_of.get(normal(heading), IGNORED)
            if not found and heading and normal(heading) not in self._passed_over:
                faults.append(self._unknown(heading, position))
            elif found and found in fields:
                faults.append(
                    gettext("The column “%(heading)s” is there twice.") % {"heading": self.heading_of(found)}
                )
            fields.append(found)
        for column in self.columns:
            if column.is_required and column.field not in fields:
                faults.append(gettext("The column “%(heading)s” is missing.") % {"heading": column.heading})
        if faults:
            raise ValidationError(faults)
        return fields

    def _unknown(self, heading: str, position: int) -> str:
        near = difflib.get_close_matches(normal(heading), self._field_of, n=1, cutoff=0.6)
        said = gettext("Column %(position)s, “%(heading)s”, is not known.") % {
            "position": position,
            "heading": heading[:60],
        }
        if near:
            meant = gettext("Is “%(heading)s” meant?") % {"heading": self.heading_of(self._field_of[near[0]])}
            return f"{said} {meant}"
        return said
