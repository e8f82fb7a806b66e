"""`manage.py sweep`: one round of reminders, chasers and letters by hand."""

from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from office.thai import to_thai_digits
from projectplan.rounds import SweepResult, sweep


class Command(BaseCommand):
    """Does what the clock does every minute and says what it did; may run beside the clock."""

    help = "Runs one round of reminders, chasers to agencies and letters, and says what it did."

    def handle(self, *args: Any, **options: Any) -> None:
        done = sweep(timezone.now)
        for words, count in _counts(done):
            self.stdout.write(f"{words} {to_thai_digits(f'{count:,}')}")
        if done.letters.is_cut_short:
            self.stderr.write(self.style.WARNING(_("The mail server cannot be reached; the letters wait.")))


def _counts(done: SweepResult) -> list[tuple[str, int]]:
    return [
        (_("Promises reminded of:"), done.reminded),
        (_("Agencies reminded before their date:"), done.agencies_reminded),
        (_("Agencies chased:"), done.agencies_chased),
        (_("Letters sent:"), done.letters.sent),
        (_("Letters to be tried again:"), done.letters.failed),
        (_("Letters no longer needed:"), done.letters.withdrawn),
        (_("Abandoned uploads removed:"), done.uploads_dropped),
    ]
