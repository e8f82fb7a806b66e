"""`manage.py demo`: a believable office with people who can sign in, for trying things and for the benchmark."""

from __future__ import annotations

import unicodedata
from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.core.management.base import OutputWrapper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from office.models import Matter, Role
from office.models.number import number_label
from projectplan.demo import bulk
from projectplan.demo.arrivals import KINDS
from projectplan.demo.making import FIRST_YEAR, Demo, RealWork, Wish, make, wish_for
from projectplan.demo.people import ACCOUNTS, PASSWORD
from projectplan.demo.records import SERIES

BAR = 30


class Command(BaseCommand):
    """Makes the demo office; an earlier demo is replaced, real work never touched."""

    help = "Makes a believable office: the plan, people of every role, and a year or two of petitions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--year", type=int, help="one whole fiscal year (B.E.) instead of the last and this one"
        )
        parser.add_argument(
            "--since",
            type=int,
            help="every fiscal year (B.E.) from this one up to now instead of the last two",
        )
        parser.add_argument("--scale", type=int, default=1, help="so many times the plan's yearly numbers")
        parser.add_argument(
            "--count",
            type=_count,
            action="append",
            default=[],
            metavar="KIND=N",
            help=f"so many a year of a kind instead, each: {', '.join(KINDS)}; may be given several times",
        )
        parser.add_argument("--seed", type=int, default=2553, help="the same seed makes the same office")
        parser.add_argument("--now", type=datetime.fromisoformat, help="as if it were this moment (ISO 8601)")
        parser.add_argument(
            "--no-papers", action="store_true", help="make no PDF: no letters of petitioners, no reports"
        )
        parser.add_argument("--no-progress", action="store_true", help="no progress bar")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                _("Demo accounts have a known password; this installation forbids them (DEMO).")
            )
        wish = _wish(options)
        then = _("now letters and reports, for a minute or two …") if wish.with_papers else ""
        bar = ProgressBar(None if options["no_progress"] else self.stderr, wish.expected, then)
        try:
            demo = make(wish, bar.show)
        except RealWork as error:
            raise CommandError(
                _("This database holds matters that are not from a demo. Nothing was touched.")
            ) from error
        except bulk.DatabaseInUse as error:
            raise CommandError(_("The office runs on this database. Stop it first.")) from error
        bar.end()
        bulk.analyse()
        self._say(demo)

    def _say(self, demo: Demo) -> None:
        counts = ", ".join(f"{Matter.Kind(kind).label} {count:,}" for kind, count in demo.counts.items())
        self.stdout.write(self.style.SUCCESS(_("The demo office has: %(counts)s") % {"counts": counts}))
        self.stdout.write(_("Sign in with the password %(password)s as") % {"password": PASSWORD})
        shown = [account for account in ACCOUNTS if account.can_sign_in]
        for account in shown:
            role = str(Role(account.roles[-1]).label)
            self.stdout.write(f"  {padded(account.username, 15)}{padded(role, 22)}{account.display_name}")
        if demo.followed:
            number = number_label(SERIES, demo.followed.number, demo.followed.year)
            text = _("Follow petition %(number)s with the code %(code)s")
            self.stdout.write(text % {"number": number, "code": demo.followed.code})
        if demo.link:
            address = settings.SITE_URL + reverse("agency:answer", args=[demo.link.secret])
            self.stdout.write(_("Answer as an agency at %(address)s") % {"address": address})
        if demo.parliament.asked:
            address = settings.SITE_URL + reverse("parliament_links:ask", args=[demo.parliament.asked.secret])
            self.stdout.write(_("Answer a request for parliament at %(address)s") % {"address": address})
        if demo.parliament.told:
            address = settings.SITE_URL + reverse("parliament_links:told", args=[demo.parliament.told.secret])
            self.stdout.write(_("Acknowledge a meeting at %(address)s") % {"address": address})
        if demo.survey:
            address = settings.SITE_URL + reverse("survey_links:answer", args=[demo.survey.secret])
            self.stdout.write(_("Answer a survey at %(address)s") % {"address": address})


def _count(text: str) -> tuple[str, int]:
    """`meetings=5000` as a pair; raises ArgumentTypeError."""
    kind, _equals, number = text.partition("=")
    if kind not in KINDS or not number.isdecimal():
        raise ArgumentTypeError(
            f"{text!r} is not one of {', '.join(KINDS)} with a number, as in meetings=5000"
        )
    return kind, int(number)


def _wish(options: dict[str, Any]) -> Wish:
    now = options["now"] or timezone.now()
    if timezone.is_naive(now):
        now = timezone.make_aware(now)
    first_year = options["year"] or options["since"]
    if first_year is not None and first_year < FIRST_YEAR:
        raise CommandError(_("The first year that can be made is %(year)s.") % {"year": FIRST_YEAR})
    if options["scale"] < 1:
        raise CommandError(_("The scale must be 1 or more."))
    return wish_for(
        now,
        year=options["year"],
        since=options["since"],
        counts=dict(options["count"]),
        scale=options["scale"],
        seed=options["seed"],
        with_papers=not options["no_papers"],
    )


class ProgressBar:
    """How far the making is, on one line of a terminal, and what comes `then`; nothing without a stream."""

    def __init__(self, stream: OutputWrapper | None, expected: int, then: str = "") -> None:
        self.stream = stream
        self.expected = max(expected, 1)
        self.then = then
        self.last = ""

    def show(self, count: int) -> None:
        if self.stream is None:
            return
        part = min(count / self.expected, 1.0)
        line = f"[{'█' * int(part * BAR):<{BAR}}] {part:4.0%}  {count:,}"
        if part == 1.0 and self.then:
            line += f"  {self.then}"
        if line != self.last:
            self.stream.write(f"\r{line}", style_func=str, ending="")
            self.stream.flush()
            self.last = line

    def end(self) -> None:
        if self.stream is not None and self.last:
            self.stream.write("")


def padded(text: str, width: int) -> str:
    """Filled up with spaces as a terminal counts: Thai marks above and below take no room."""
    seen = sum(1 for letter in text if unicodedata.category(letter) != "Mn")
    return text + " " * max(width - seen, 1)
