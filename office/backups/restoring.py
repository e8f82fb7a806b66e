"""Putting a backup back onto an empty machine: all of it is read and compared before the first byte is put in place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection
from django.utils.translation import gettext as _
from pyrage.x25519 import Identity

from office.backups import dump
from office.backups.archive import BrokenArchive
from office.backups.manifest import DATABASE, FILES, Manifest
from office.backups.reading import read_through
from office.backups.scratch import scratch


class NotRestored(Exception):
    """The backup does not belong here; the message says why, and nothing was changed."""


def restore(source: Path, identities: Sequence[Identity]) -> Manifest:
    """Put database and files back, and give back what the backup says of itself. Interrupted, it can be done again: the
    files come first, the database in one go at the end. Raises BrokenArchive, NotRestored, DumpFailed.
    """
    if not dump.is_empty():
        raise NotRestored(
            _(
                "There is a database here already. A backup is restored onto an empty one; nothing was changed."
            )
        )
    with scratch("restoring") as folder:
        names: dict[str, Path] = {}

        def unpacked(name: str) -> IO[bytes]:
            # Under a number, never under the name that the archive gives: it may point anywhere.
            names[name] = folder / str(len(names))
            return names[name].open("wb")

        manifest = read_through(source, identities, unpacked)
        _refuse_unless_ours(manifest)
        if DATABASE not in names:
            raise BrokenArchive(_("The archive holds no database."))
        for name, copy in names.items():
            if name.startswith(FILES):
                _put_back(name.removeprefix(FILES), copy)
        rows = dump.load(names[DATABASE])
        if rows != manifest.rows:
            differing = sorted(
                table for table in {*rows, *manifest.rows} if rows.get(table) != manifest.rows.get(table)
            )
            raise dump.DumpFailed(
                _("After restoring, these tables do not have the rows they had: %(tables)s")
                % {"tables": ", ".join(differing)}
            )
    return manifest


def _refuse_unless_ours(manifest: Manifest) -> None:
    if manifest.vendor != connection.vendor:
        raise NotRestored(
            _("This backup is of %(theirs)s; the database of this office is %(ours)s.")
            % {"theirs": manifest.vendor, "ours": connection.vendor}
        )
    if unknown := manifest.unknown_migrations():
        raise NotRestored(
            _("This backup was made by a newer version of the office (%(what)s). Install that one first.")
            % {"what": ", ".join(unknown[:3])}
        )


def _put_back(path: str, copy: Path) -> None:
    """A file under its own name; one that an interrupted attempt put there already stays."""
    if default_storage.exists(path):
        if default_storage.size(path) == copy.stat().st_size:
            return
        default_storage.delete(path)
    with copy.open("rb") as file:
        default_storage.save(path, File(file))
