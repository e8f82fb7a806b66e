"""The archive of a backup: a compressed tar that is encrypted (age, age-encryption.org) while it is written, so that
nothing of it ever lies open beside the office's own data. The `age` command opens it too.
"""

from __future__ import annotations

import os
import tarfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import BinaryIO

import pyrage
from pyrage.x25519 import Identity, Recipient


class BrokenArchive(Exception):
    """The archive cannot be opened with this key, or is not whole."""


class _Stage(Thread):
    """One side of a pipe, at work beside the other; what went wrong in it is raised where it is waited for."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self._work = work
        self._wrong: BaseException | None = None

    def run(self) -> None:
        try:
            self._work()
        except BaseException as wrong:
            self._wrong = wrong

    def finish(self) -> None:
        self.join()
        if self._wrong is not None:
            raise self._wrong


@contextmanager
def written(target: Path, recipients: Sequence[Recipient]) -> Iterator[tarfile.TarFile]:
    """A tar to be filled; it is on disk, encrypted for these recipients, when the block ends without an error."""
    reading, writing = os.pipe()

    def encrypt() -> None:
        with os.fdopen(reading, "rb") as plain, target.open("wb") as out:
            pyrage.encrypt_io(plain, out, list(recipients))
            out.flush()
            os.fsync(out.fileno())

    stage = _Stage(encrypt)
    stage.start()
    try:
        with (
            os.fdopen(writing, "wb") as pipe,
            tarfile.open(mode="w|gz", fileobj=pipe) as tar,
        ):
            yield tar
    except BrokenPipeError:
        stage.finish()  # raises what broke the pipe: a full disk
        raise
    stage.finish()


@contextmanager
def opened(source: Path, identities: Sequence[Identity]) -> Iterator[tarfile.TarFile]:
    """The archive's tar, read from its beginning to its end. Raises BrokenArchive."""
    reading, writing = os.pipe()

    def decrypt() -> None:
        with source.open("rb") as sealed, os.fdopen(writing, "wb") as plain:
            pyrage.decrypt_io(sealed, plain, list(identities))

    stage = _Stage(decrypt)
    stage.start()
    try:
        with os.fdopen(reading, "rb") as pipe:
            with tarfile.open(mode="r|gz", fileobj=pipe) as tar:
                yield tar
            _read_to_the_end(pipe)
    except (tarfile.TarError, EOFError, OSError) as wrong:
        _blame(stage, wrong)
    _blame(stage, None)


def _read_to_the_end(pipe: BinaryIO) -> None:
    """What stands behind the last file is the proof that nothing was cut off."""
    while pipe.read(1 << 16):
        pass


def _blame(stage: _Stage, wrong: Exception | None) -> None:
    """Raise BrokenArchive for whatever went wrong first: in opening the seal, or in what was sealed."""
    try:
        stage.finish()
    except (pyrage.DecryptError, OSError) as first:
        raise BrokenArchive(str(first)) from first
    if wrong is not None:
        raise BrokenArchive(str(wrong)) from wrong
