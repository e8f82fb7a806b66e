"""`manage.py bench_binder [--pages 100]`: how long a binder takes, as a ratio to its parts laid out and merged alone.

What it writes is undone.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from projectplan.binder_bench import measure

MOST: Final = 1.5
"""How many times as long as its parts alone a binder may take (the brief: what must be shown)."""


class Command(BaseCommand):
    """Makes a binder of questions with answers and merged papers, several times, and its parts alone beside it."""

    help = "How long the minister's binder takes, as a ratio to its parts laid out and merged alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pages", type=int, default=100, help="how many pages, about (100)")
        parser.add_argument("--rounds", type=int, default=3, help="how often, of which the middle counts (3)")
        parser.add_argument("--json", action="store_true", help="print one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            found = measure(pages=options["pages"], rounds=options["rounds"], now=timezone.now())
            transaction.set_rollback(True)
        if options["json"]:
            self.stdout.write(json.dumps(found.as_json()))
        else:
            self.stdout.write(
                f"{found.pages} pages, of these {found.merged} merged: {found.whole:.2f} s; "
                f"its parts laid out and merged alone {found.alone:.2f} s; ratio {found.ratio:.2f} (at most {MOST})"
            )
        if found.ratio > MOST:
            raise CommandError(f"The binder takes {found.ratio:.2f} times as long as its parts.")
