"""Where a backup or a restoring puts what it needs for a while, not encrypted: in the data folder, never beside the
backups. It goes when the work ends, and with the next backup where the work was killed.
"""

from __future__ import annotations

import fcntl
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

from django.conf import settings

_FOLDER: Final = re.compile(r"(dump|restoring)-\w{8}")
_HELD: Final = ".held"
_OURS: Final = re.compile(r"\.held|database(-\w+)?|\d+")
"""What is found in such a folder; one that holds anything else is somebody's own."""


@contextmanager
def scratch(kind: Literal["dump", "restoring"]) -> Iterator[Path]:
    """A folder of one's own, for as long as the block runs. Its lock tells the others that somebody is at work."""
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=f"{kind}-") as made:
        folder = Path(made)
        with (folder / _HELD).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield folder


def clear_left(*places: Path) -> None:
    """Take away what killed backups and restorings left in these places; of what is at work the lock is held."""
    for place in places:
        for folder in place.glob("*-*"):
            if _FOLDER.fullmatch(folder.name) and folder.is_dir() and _is_left(folder):
                shutil.rmtree(folder)


def _is_left(folder: Path) -> bool:
    if not all(_OURS.fullmatch(one.name) for one in folder.iterdir()):
        return False
    with (folder / _HELD).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
