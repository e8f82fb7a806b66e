"""What a backup says of itself: when it was made of what, how many rows and which files it holds."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Final

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from office import seals

FORMAT: Final = 1
NAME: Final = "manifest.json"
DATABASE: Final = "database"
FILES: Final = "files/"


@dataclass(frozen=True)
class Member:
    """One file of the archive: bytes, and their SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """The last member of every archive."""

    made_at: str
    vendor: str
    """`sqlite` or `postgresql`: a backup goes back into a database of its own kind."""
    migrations: list[tuple[str, str]]
    rows: dict[str, int]
    """How many rows each table had at that point."""
    keys: list[str]
    """By which an installation sees whether its keys can read what is sealed in the rows; they say nothing else."""
    members: dict[str, Member] = field(default_factory=dict)
    format: int = FORMAT

    @classmethod
    def of(cls, rows: dict[str, int], members: dict[str, Member], now: datetime) -> Manifest:
        applied = sorted(MigrationRecorder(connection).applied_migrations())
        return cls(now.isoformat(), connection.vendor, applied, rows, fingerprints_of_keys(), members)

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def parse(cls, text: bytes) -> Manifest:
        """Raises ValueError for what is no manifest of this format."""
        told = json.loads(text)
        try:
            if told.pop("format") != FORMAT:
                raise ValueError("unknown format")
            members = {name: Member(**one) for name, one in told.pop("members").items()}
            migrations = [(app, name) for app, name in told.pop("migrations")]
            if isinstance(told["keys"], str):  # of the oldest key alone, as backups were once written
                told["keys"] = [told["keys"]]
            return cls(members=members, migrations=migrations, **told)
        except (KeyError, TypeError, AttributeError) as wrong:
            raise ValueError("not a manifest") from wrong

    def unknown_migrations(self) -> list[str]:
        """Those that this version of the office does not have: the backup was made by a newer one."""
        known = MigrationLoader(None).disk_migrations
        ours = {app for app, _name in known}
        return [f"{app}.{name}" for app, name in self.migrations if app in ours and (app, name) not in known]

    def has_our_keys(self) -> bool:
        """Whether this installation has every key that seals something there; by the oldest, the last, codes and
        numbers are found."""
        ours = fingerprints_of_keys()
        return set(self.keys) <= set(ours) and self.keys[-1:] == ours[-1:]


def fingerprints_of_keys() -> list[str]:
    """One for each key of this installation, the newest first."""
    return [one[:16] for one in seals.fingerprints("these keys", purpose="backup")]
