"""`manage.py restore FILE`: puts a backup back onto an empty machine, or only checks that it is whole."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from office.backups import keys
from office.backups.archive import BrokenArchive
from office.backups.dump import DumpFailed
from office.backups.reading import read_through
from office.backups.restoring import NotRestored, restore


class Command(BaseCommand):
    """Restores into an empty database; rows and files are compared with what the backup says of itself."""

    help = "Puts a backup back onto an empty machine; --check reads it and changes nothing."
    # The database may have no table yet: nothing of it is looked at beforehand.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the backup (….tar.gz.age)")
        parser.add_argument("--key", type=Path, help="the file with the key that opens it")
        parser.add_argument("--check", action="store_true", help="only read it and compare")

    def handle(self, *args: Any, **options: Any) -> None:
        source: Path = options["file"]
        identities = keys.identities(options["key"])
        if not source.is_file():
            raise CommandError(_("There is no file %(file)s.") % {"file": source})
        if not identities:
            raise CommandError(_("The key that opens the backup is missing. Name its file with --key."))
        try:
            read = read_through if options["check"] else restore
            manifest = read(source, identities)
        except (BrokenArchive, NotRestored, DumpFailed, OSError) as wrong:
            raise CommandError(str(wrong)) from wrong
        counts = {
            "made_at": manifest.made_at,
            "rows": f"{sum(manifest.rows.values()):,}",
            "files": f"{len(manifest.members) - 1:,}",
        }
        self.stdout.write(_("Whole: of %(made_at)s, %(rows)s rows, %(files)s files.") % counts)
        if not manifest.has_our_keys():
            self.stderr.write(
                _("SECRET_KEY or PERSONAL_DATA_KEYS are not those of the backup: sealed data cannot be read.")
            )
        if not options["check"]:
            self.stdout.write(_("Now run: manage.py migrate"))
