"""How much of what a request brings is read at all: what is refused afterwards must fill neither memory nor disk."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, TemporaryFileUploadHandler

from office.list_files import MEGABYTE, REGISTER

MOST_FILES: Final = 100
"""Of one request; a form that takes fewer says so itself, and keeps what was typed."""
TEXT_MEGABYTES: Final = 10
"""Beside the files: texts, and what a browser writes around everything. With it, as much as the proxies let through."""


def most_megabytes() -> int:
    """The largest request: the files of a full form, or a register."""
    files = settings.FILE_MAX_MEGABYTES * settings.FILES_MAX_PER_FORM
    return int(max(files, REGISTER.megabytes)) + TEXT_MEGABYTES


def drop_left(now: datetime) -> int:
    """Take away what processes that were killed left of files coming in; no request lasts a day. Returns how many."""
    before = (now - timedelta(days=1)).timestamp()
    dropped = 0
    for file in Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir():
        with suppress(FileNotFoundError):  # its request has just ended
            if file.stat().st_mtime < before:
                file.unlink()
                dropped += 1
    return dropped


class LimitedUpload(FileUploadHandler):
    """Stands before the handlers that keep files: refuses a request that says it is too large, and passes over files
    beyond number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.files = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803  (as Django calls it)
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Raises RequestDataTooBig before anything is read."""
        if content_length > most_megabytes() * MEGABYTE:
            raise RequestDataTooBig("more than the files of a full form")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.files += 1
        if self.files > MOST_FILES:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers behind have it."""


class LimitedFile(TemporaryFileUploadHandler):
    """A file on the disk, of one that is too large only its beginning; its size is said as it was, so a form refuses
    it with what is wrong."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= max(settings.FILE_MAX_MEGABYTES, REGISTER.megabytes) * MEGABYTE:
            super().receive_data_chunk(raw_data, start)
