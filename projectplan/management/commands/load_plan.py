"""`manage.py load_plan FILE`: the office's plan, its people and subgroups, from a TOML file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from projectplan.loading import PLAN_2553, load_file
from projectplan.planfile import PlanFileError


class Command(BaseCommand):
    """Loads all of a plan file or, when anything in it is wrong, nothing; safe to repeat."""

    help = "Loads a plan of a fiscal year with its people from a TOML file, all or nothing; safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, default=PLAN_2553, help="by default the plan of 2553"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = load_file(options["file"])
        except PlanFileError as error:
            lines = [_("The plan was not loaded; nothing was changed."), *map(str, error.faults)]
            raise CommandError("\n".join(lines)) from error
        if outcome.changed_nothing:
            self.stdout.write(_("The plan is loaded already; nothing had to change."))
            return
        counts = {name: outcome.counts[name] for name in ("added", "changed", "removed", "unchanged")}
        text = _(
            "Plan loaded: %(added)s added, %(changed)s changed, %(removed)s removed, %(unchanged)s as before."
        )
        self.stdout.write(self.style.SUCCESS(text % counts))
