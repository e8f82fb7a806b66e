"""What people write to the minister about, as `subjects.toml` has it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SOURCE: Final = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Subject:
    """A kind of petition, its topic (goes behind “ร้องเรียน”, “ขอความอนุเคราะห์” …) and what happened."""

    kind: str
    topic: str
    story: str


@dataclass(frozen=True)
class Subcategory:
    """The subjects under one subcategory of the reports, and the short name of the agency mostly concerned."""

    name: str
    agency: str
    subjects: tuple[Subject, ...]


@dataclass(frozen=True)
class Subjects:
    """All of the file: main category → its share of a hundred petitions; subcategory by name."""

    shares: dict[str, int]
    subcategories: dict[str, Subcategory]


def read() -> Subjects:
    content = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    return Subjects(
        shares=content["shares"],
        subcategories={
            row["name"]: Subcategory(
                name=row["name"],
                agency=row["agency"],
                subjects=tuple(Subject(**subject) for subject in row["subject"]),
            )
            for row in content["subcategory"]
        },
    )
