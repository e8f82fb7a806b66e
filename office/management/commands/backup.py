"""`manage.py backup`: the whole office as one encrypted file; the beat does the same every night."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from office.backups.archive import BrokenArchive
from office.backups.dump import DumpFailed
from office.backups.taking import BackupRuns, take

MEGABYTE = 1024 * 1024


class Command(BaseCommand):
    """Takes a backup, reads it back, and takes away those that the rule no longer keeps."""

    help = "Backs up the database and every file, encrypted, and reads the backup back."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            taken = take(timezone.now())
        except (BackupRuns, DumpFailed, BrokenArchive, OSError) as wrong:
            raise CommandError(str(wrong)) from wrong
        counts = {
            "path": taken.path,
            "size": f"{taken.size / MEGABYTE:,.1f}",
            "rows": f"{sum(taken.manifest.rows.values()):,}",
            "files": f"{len(taken.manifest.members) - 1:,}",
        }
        self.stdout.write(_("%(path)s: %(size)s MB, %(rows)s rows, %(files)s files") % counts)
        if not taken.is_read_back:
            self.stdout.write(
                _("Not read back: the key that opens it is not on this machine. Check it where the key is.")
            )
        for path in taken.dropped:
            self.stdout.write(_("No longer kept: %(name)s") % {"name": path.name})
