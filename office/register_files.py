"""The rows of a register that was brought, kept in the private storage between its page and its loading.

As they were read, line by line, packed: so neither a preview nor a loading opens the spreadsheet once more, and
neither holds all rows at once.
"""

from __future__ import annotations

import gzip
import json
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from typing import Final

from django.core.files.base import File
from django.core.files.storage import default_storage

from office.list_files import Line

IN_MEMORY: Final = 4 * 1024 * 1024


def keep(lines: Iterable[Line]) -> tuple[str, int]:
    """Where the lines are kept, and how many they are; nothing is kept when reading them fails."""
    number = 0
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as target:
        with gzip.open(target, "wt", encoding="utf-8") as packed:
            for line in lines:
                packed.write(json.dumps(line, ensure_ascii=False) + "\n")
                number += 1
        target.seek(0)
        return default_storage.save(f"imports/{uuid.uuid4().hex}.gz", File(target)), number


def kept(path: str) -> Iterator[Line]:
    """The lines again, one by one."""
    with default_storage.open(path) as source, gzip.open(source, "rt", encoding="utf-8") as packed:
        for text in packed:
            number, cells = json.loads(text)
            yield number, cells


def forget(path: str) -> None:
    """The lines are needed no more."""
    if path:
        default_storage.delete(path)
