"""Reading a backup: each of its files compared with what it says of itself, and handed on to whoever restores."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Final

from django.utils.translation import gettext as _
from pyrage.x25519 import Identity

from office.backups.archive import BrokenArchive, opened
from office.backups.manifest import NAME, Manifest, Member

CHUNK: Final = 1 << 20
Sink = Callable[[str], IO[bytes] | None]
"""Where a member's bytes go, by its name; None: they are only compared."""


def nowhere(name: str) -> None:
    """The sink of whoever only wants to know whether a backup is whole."""


def read_through(source: Path, identities: Sequence[Identity], sink: Sink = nowhere) -> Manifest:
    """Read a whole archive, every byte of it, and compare. Raises BrokenArchive."""
    found: dict[str, Member] = {}
    told = b""
    with opened(source, identities) as tar:
        for info in tar:
            file = tar.extractfile(info)
            if file is None or told:
                raise BrokenArchive(_("The archive holds what no backup has: %(name)s") % {"name": info.name})
            if info.name == NAME:
                told = file.read()
            else:
                found[info.name] = _copied(file, sink(info.name))
    try:
        manifest = Manifest.parse(told)
    except ValueError as wrong:
        raise BrokenArchive(
            _("The archive does not say what it holds: it was cut off or is of another kind.")
        ) from wrong
    if found != manifest.members:
        wrong_ones = sorted(
            name for name in {*found, *manifest.members} if found.get(name) != manifest.members.get(name)
        )
        raise BrokenArchive(_("Not as it was written: %(names)s") % {"names": ", ".join(wrong_ones[:5])})
    return manifest


def _copied(file: IO[bytes], out: IO[bytes] | None) -> Member:
    digest, size = hashlib.sha256(), 0
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if out is not None:
            out.write(chunk)
    if out is not None:
        out.close()
    return Member(size, digest.hexdigest())
