"""The office's files on this machine: each is there whole or not at all, however full the disk is, whenever the power
fails.
"""

from __future__ import annotations

import errno
import os
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage

WAITING: Final = "waiting"
"""The folder of what is not yet a file of the office: accepted and not attached, or half written. Swept after a day."""
NO_SPACE: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


class WholeFileStorage(FileSystemStorage):
    """As Django's, but a file gets its name when its last byte is written: a name is a checksum here, and whoever finds
    the name believes the bytes."""

    def _save(self, name: str, content: Any) -> str:
        half = f"{WAITING}/{uuid.uuid4().hex}"
        written = Path(self.path(half))
        try:
            super()._save(half, content)  # type: ignore[misc]  # the stubs leave it out
            put_in_place(written, Path(self.path(name)))
        except BaseException:
            with suppress(OSError):
                written.unlink(missing_ok=True)
            raise
        return name


def put_in_place(written: Path, final: Path) -> None:
    """Give a whole file its name. The bytes are on the disk before the name is, and the name before anybody relies on
    it: after a power cut no name stands over bytes that are not there."""
    _reach_the_disk(written)
    new = [folder for folder in final.parents if not folder.exists()]
    final.parent.mkdir(parents=True, exist_ok=True)
    written.replace(final)
    for folder in (final.parent, *(one.parent for one in new)):
        _reach_the_disk(folder)


def _reach_the_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_kept(path: str, size: int) -> bool:
    """Whether the file is there with all its bytes; a name alone is not believed."""
    return default_storage.exists(path) and default_storage.size(path) == size


def keep_once(path: str, content: File[bytes]) -> None:
    """Keep bytes at the path of their checksum, unless they are there already."""
    if is_kept(path, content.size):
        return
    if default_storage.exists(path):
        default_storage.delete(path)
    default_storage.save(path, content)


def is_full(fault: BaseException) -> bool:
    """Whether a fault says that there is no room left."""
    return isinstance(fault, OSError) and fault.errno in NO_SPACE
