"""`manage.py bench`: how long the office's pages take on the data there is, beside a plain table of 25 rows."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from contextlib import ExitStack, suppress
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import connection
from django.test.utils import override_settings
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.models import Petition
from office.embedded import EmbeddedValkeyInUseError, socket_path, start_valkey
from office.models import Role, Subgroup, User
from projectplan.bench import Line, Measured, WrongAnswer, measure, signed_in
from projectplan.bench_cases import NothingToMeasure, cases

ROUNDS = 30


class Command(BaseCommand):
    """Measures, and leaves the database as it was."""

    help = (
        "Measures the pages on the data there is: p50, p95, queries, bytes, and the ratio to a plain table."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="write the result as JSON")
        parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often every page is visited")
        parser.add_argument("--only", default="", help="only pages whose name contains this")

    def handle(self, *args: Any, **options: Any) -> None:
        measured = self._measure(options["rounds"], options["only"])
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(measured), ensure_ascii=False, indent=2))
        else:
            self._print(measured)

    def _measure(self, rounds: int, only: str) -> Measured:
        people = [_somebody(role) for role in (Role.OFFICER, Role.HEAD, Role.EXECUTIVE)]
        people += [
            _somebody(Role.HEAD, one) for one in (Subgroup.Code.POLITICS, Subgroup.Code.PUBLIC_RELATIONS)
        ]
        with ExitStack() as stack:
            _start_queue(stack)
            stack.enter_context(override_settings(ROOT_URLCONF="projectplan.bench_floor"))
            officer, head, executive, politics, newsroom = [
                stack.enter_context(signed_in(user)) for user in people
            ]
            try:
                chosen = cases(officer, head, executive, politics, newsroom, timezone.now())
                return measure(
                    [case for case in chosen if only in case.name or case.name.startswith("floor")],
                    rounds=max(rounds, 1),
                    tell=self._tell,
                )
            except NothingToMeasure as error:
                raise CommandError(_("There is no petition to measure with. Run `demo` first.")) from error
            except WrongAnswer as error:
                raise CommandError(str(error)) from error

    def _tell(self, what: str) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{what:<40}", style_func=str, ending="")

    def _print(self, measured: Measured) -> None:
        if self.stderr.isatty():
            self.stderr.write("\r", style_func=str, ending="")
        self.stdout.write(f"{connection.vendor}, {Petition.objects.count():,} petitions")
        self.stdout.write(
            f"{'':<34}{'p50 ms':>9}{'p95 ms':>9}{'queries':>9}{'bytes':>10}{'× floor':>9}{'limit':>7}"
        )
        for line in measured.lines:
            self.stdout.write(_row(line) if line.is_within else self.style.ERROR(_row(line)))
        self.stdout.write(f"memory {measured.memory:.0f} MB, grown by {measured.growth:.1f} MB")


def _start_queue(stack: ExitStack) -> None:
    """The embedded queue, as `serve` starts it: the limits of the public form are counted there."""
    if f"unix://{socket_path(settings.DATA_DIR)}" == settings.REDIS_URL:
        with suppress(EmbeddedValkeyInUseError):
            stack.callback(start_valkey(settings.DATA_DIR).stop)


def _somebody(role: Role, subgroup: Subgroup.Code = Subgroup.Code.COMPLAINTS) -> User:
    """Who of a role has the most to carry; officers and heads are the subgroup's, an officer no head."""
    people = User.objects.with_role(role)
    if role is not Role.EXECUTIVE:
        people = people.filter(subgroup__code=subgroup)
    if role is Role.OFFICER:
        people = people.exclude(groups__name=Role.HEAD.value)
    busiest = max(people, key=lambda user: user.promises.unmet().count(), default=None)
    if busiest is None:
        raise CommandError(_("There is nobody of the role %(role)s.") % {"role": role.label})
    return busiest


def _row(line: Line) -> str:
    figures = f"{line.p50:>9.1f}{line.p95:>9.1f}{line.queries:>9}{line.bytes:>10,}{line.ratio:>9.2f}"
    limit = f"{line.most:>6.0f}×" if line.most else ""
    return f"{line.name:<34}{figures}{limit}{'' if line.is_within else '  over'}"


def _as_json(measured: Measured) -> dict[str, Any]:
    return {
        "database": connection.vendor,
        "petitions": Petition.objects.count(),
        "memory_mb": round(measured.memory, 1),
        "growth_mb": round(measured.growth, 1),
        "pages": [
            {
                name: round(value, 2) if isinstance(value, float) else value
                for name, value in asdict(line).items()
            }
            | {"is_within": line.is_within}
            for line in measured.lines
        ],
    }
