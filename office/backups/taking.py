"""Taking a backup: database first, then every file, then what it says of itself; read back before it counts."""

from __future__ import annotations

import fcntl
import hashlib
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from office.backups import archive, keys
from office.backups.dump import dump
from office.backups.keeping import drop_halves, drop_old, name_of, place
from office.backups.manifest import DATABASE, FILES, NAME, Manifest, Member
from office.backups.reading import read_through
from office.backups.scratch import clear_left, scratch
from office.models import Backup

CHUNK: Final = 1 << 20


class BackupRuns(Exception):
    """Another backup is being taken at this moment."""


@dataclass(frozen=True)
class Taken:
    """A backup that is on disk. `is_read_back`: opened again and compared whole; without the key on this machine only
    its sealed bytes are known to be there."""

    path: Path
    size: int
    manifest: Manifest
    is_read_back: bool
    dropped: list[Path]


def take(now: datetime) -> Taken:
    """Back up the whole office. Files never change once they are there, so those copied after the database hold all
    that its rows name. Raises BackupRuns, DumpFailed, BrokenArchive, OSError (a full disk); then nothing is left behind
    and no earlier backup was touched.
    """
    folder = place()
    with _alone(folder):
        halves = drop_halves(folder)
        clear_left(folder, Path(settings.DATA_DIR))
        target = folder / name_of(now)
        part = target.with_name(f"{target.name}.part")
        try:
            with scratch("dump") as copies:
                manifest = _write(part, copies, now)
            identities = keys.opening()
            if identities:
                read_through(part, identities)
            part.rename(target)
        finally:
            part.unlink(missing_ok=True)
        size = target.stat().st_size
        Backup.record(
            begun_at=now, ended_at=timezone.now(), size=size, place=str(target), is_whole=bool(identities)
        )
        return Taken(target, size, manifest, bool(identities), [*halves, *drop_old(folder)])


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise BackupRuns(_("A backup is being taken at this moment.")) from busy
        yield


def _write(part: Path, copies: Path, now: datetime) -> Manifest:
    copy = copies / DATABASE
    rows = dump(copy)
    members: dict[str, Member] = {}
    with archive.written(part, keys.recipients()) as tar:
        with copy.open("rb") as database:
            members[DATABASE] = _add(tar, DATABASE, database, copy.stat().st_size, now)
        copy.unlink()
        for path in stored_files():
            try:
                with default_storage.open(path) as file:
                    members[FILES + path] = _add(tar, FILES + path, file, default_storage.size(path), now)
            except FileNotFoundError:
                continue  # thrown away meanwhile, by a rule of the office
        manifest = Manifest.of(rows, members, now)
        told = manifest.as_bytes()
        with tempfile.TemporaryFile() as file:
            file.write(told)
            file.seek(0)
            _add(tar, NAME, file, len(told), now)
    return manifest


def _add(tar: tarfile.TarFile, name: str, file: IO[bytes], size: int, now: datetime) -> Member:
    """Copy a file into the tar while its digest is reckoned."""
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size, now.timestamp(), 0o600
    reader = _Digesting(file)
    tar.addfile(info, reader)
    return Member(size, reader.digest.hexdigest())


class _Digesting:
    """A file that is read once, and the digest of what was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._read: Callable[[int], bytes] = file.read
        self.digest = hashlib.sha256()

    def read(self, size: int = CHUNK) -> bytes:
        chunk = self._read(size)
        self.digest.update(chunk)
        return chunk


def stored_files(folder: str = "") -> Iterator[str]:
    """The path of every file the office keeps, whatever the storage."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield f"{folder}/{name}" if folder else name
    for name in sorted(folders):
        yield from stored_files(f"{folder}/{name}" if folder else name)
