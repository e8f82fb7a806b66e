"""The media network of a demo: outlets with their reporters; all names invented, addresses that reach nobody."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from projectplan.demo import names
from projectplan.demo.names import pick
from publicrelations.models import MediaOutlet, Reporter

REPORTERS: Final = (0, 1, 1, 2, 2, 3)
"""How many are known of an outlet by name; where none, its news desk is invited."""
NO_ADDRESS: Final = 0.08


@cache
def known() -> dict[str, Any]:
    """The words of the demo's press."""
    return tomllib.loads(Path(__file__).with_name("press.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Invitee:
    """Whom a press conference may invite: a reporter, or the desk of an outlet of which nobody is known."""

    outlet: MediaOutlet
    reporter: Reporter | None
    has_address: bool


def make_media(seed: int, first: date) -> list[Invitee]:
    """The outlets and who reports for them since before a day; within a transaction."""
    rng = Random(seed)  # nosec B311 # chances of the demo office, the same each time
    invitees = []
    for number, one in enumerate(known()["outlet"], 1):
        has_address = rng.random() >= NO_ADDRESS
        outlet = MediaOutlet.objects.create(
            name=one["name"],
            kind=one["kind"],
            email=f"newsdesk{number}@media.example" if has_address else "",
            telephone=names.telephone(rng),
            fax=names.telephone(rng) if one["kind"] == MediaOutlet.Kind.NEWSPAPER else "",
        )
        reporters = [_reporter(rng, outlet, first) for _one in range(pick(rng, REPORTERS))]
        invitees += [Invitee(outlet, reporter, bool(reporter.email)) for reporter in reporters]
        if not reporters:
            invitees.append(Invitee(outlet, None, has_address))
    return invitees


def _reporter(rng: Random, outlet: MediaOutlet, first: date) -> Reporter:
    since = first - timedelta(days=rng.randint(60, 2_000))
    reporter = Reporter(
        outlet=outlet,
        name=_name(rng, outlet),
        beat=pick(rng, known()["beats"]),
        telephone=names.telephone(rng),
        since_on=since,
        confirmed_on=first - timedelta(days=rng.randint(1, 50)),
    )
    reporter.save()
    reporter.email = f"reporter{reporter.pk}@media.example"
    reporter.save()
    return reporter


def _name(rng: Random, outlet: MediaOutlet) -> str:
    """A name that nobody else at the outlet has."""
    name = names.person(rng)
    while Reporter.objects.filter(outlet=outlet, name=name).exists():
        name = names.person(rng)
    return name
