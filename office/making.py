"""Having one row of what is made in the background (`office.models.making`) to oneself while it is made.

A row waits, is claimed for LEASE, and becomes issued or failed in one update; whoever makes it renews the lease with
every part. A maker that was killed leaves a row whose lease runs out, and the next round claims it anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.core.files.base import ContentFile, File
from django.db.models import QuerySet

from office import faults
from office.models.making import Made
from office.storage import keep_once

LEASE: Final = timedelta(minutes=3)


class LeaseLost(Exception):
    """Another maker has taken over: this one changes nothing more."""


class Claim:
    """That one maker has a row to itself, for as long as it goes on."""

    def __init__(self, model: type[Made], pk: int, lease: datetime) -> None:
        self.model, self.pk, self.lease = model, pk, lease

    @classmethod
    def take(cls, model: type[Made], pk: int, now: datetime) -> Claim | None:
        """The claim on a row that nobody is making; None for every other."""
        lease = now + LEASE
        free = model.objects.free(now).filter(pk=pk)
        claimed = free.update(state=Made.State.MAKING, held_until=lease, progress=1)
        return cls(model, pk, lease) if claimed else None

    def _row(self) -> QuerySet[Made]:
        return self.model.objects.filter(pk=self.pk, state=Made.State.MAKING, held_until=self.lease)

    def go_on(self, progress: int, now: datetime) -> None:
        """Say how far it is, and hold the row longer. Raises LeaseLost."""
        lease = max(now + LEASE, self.lease)
        if not self._row().update(progress=progress, held_until=lease):
            raise LeaseLost
        self.lease = lease

    def finish(self, **kept: Any) -> bool:
        """Let go of the row in its last state; whether it was still held."""
        return bool(self._row().update(held_until=None, **kept))

    def fail(self, fault: BaseException) -> bool:
        """It could not be made: it may be asked for once more, and the administrators' page says why."""
        faults.note(faults.source_of(self.model), self.pk, fault, self.lease - LEASE)
        return self.finish(state=Made.State.FAILED, progress=0)


def keep_file(file: Path, path_of: Callable[[str], str]) -> str:
    """Keep a file's bytes in the private storage at the path of their checksum; returns that."""
    with file.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        stream.seek(0)
        keep_once(path_of(sha256), File(stream))
    return sha256


def keep_bytes(content: bytes, path_of: Callable[[str], str]) -> str:
    """The same for bytes in memory."""
    sha256 = hashlib.sha256(content).hexdigest()
    keep_once(path_of(sha256), ContentFile(content))
    return sha256
