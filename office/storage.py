"""The office's files on this machine: each is there whole or not at all, however full the disk is."""

from __future__ import annotations

import errno
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from django.core.files.storage import FileSystemStorage

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
            final = Path(self.path(name))
            final.parent.mkdir(parents=True, exist_ok=True)
            written.replace(final)
        except BaseException:
            with suppress(OSError):
                written.unlink(missing_ok=True)
            raise
        return name


def is_full(fault: BaseException) -> bool:
    """Whether a fault says that there is no room left."""
    return isinstance(fault, OSError) and fault.errno in NO_SPACE
