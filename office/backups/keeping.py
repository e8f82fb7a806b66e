"""Where backups lie, what they are called, and which of them are kept: the newest of each of the last days, weeks and
months.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from office.calendar import OFFICE_TZ

_NAME: Final = re.compile(r"prasan-(\d{8}T\d{6})Z\.tar\.gz\.age")


@dataclass(frozen=True)
class Keeping:
    """Of how many days, weeks and months the newest backup is kept."""

    days: int
    weeks: int
    months: int


def place() -> Path:
    """Where backups lie. Made if it is not there."""
    path = Path(settings.BACKUP_DIR)
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def name_of(made_at: datetime) -> str:
    """`prasan-25691126T193000Z`-like names sort by time; they are UTC and of the Common Era, for machines."""
    return f"prasan-{made_at.astimezone(UTC):%Y%m%dT%H%M%S}Z.tar.gz.age"


def moment_of(name: str) -> datetime | None:
    """When a backup was made, by its name; None for any other file: those are never touched."""
    found = _NAME.fullmatch(name)
    return datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC) if found else None


def kept(moments: Collection[datetime], keeping: Keeping) -> set[datetime]:
    """Which backups stay. The newest always does; days are those of Bangkok, weeks begin on Monday."""
    newest_first = sorted(moments, reverse=True)
    stay = set(newest_first[:1])
    for most, span in (
        (keeping.days, lambda at: at.date()),
        (keeping.weeks, lambda at: at.isocalendar()[:2]),
        (keeping.months, lambda at: (at.year, at.month)),
    ):
        spans: dict[object, datetime] = {}
        for moment in newest_first:
            spans.setdefault(span(moment.astimezone(OFFICE_TZ)), moment)
        stay |= set(list(spans.values())[:most])
    return stay


def drop_old(folder: Path) -> list[Path]:
    """Take away what the rule no longer keeps; the paths taken away."""
    found = {moment: path for path in folder.iterdir() if (moment := moment_of(path.name))}
    stay = kept(found, Keeping(*settings.BACKUP_KEEP))
    gone = [path for moment, path in sorted(found.items()) if moment not in stay]
    for path in gone:
        path.unlink()
    return gone


def drop_halves(folder: Path) -> list[Path]:
    """Take away what killed backups had written, before another needs the room; the paths taken away."""
    gone = [path for path in sorted(folder.glob("*.part")) if moment_of(path.stem)]
    for path in gone:
        path.unlink()
    return gone
