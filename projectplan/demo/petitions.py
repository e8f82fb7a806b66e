"""Making the petitions and related matters of whole years and writing them to the database in bulk."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from complaints.models import State
from office.models import NumberSeries, Secrecy
from projectplan.demo import related_records
from projectplan.demo.arrivals import Arrival, Counts, arrivals
from projectplan.demo.beside import beside
from projectplan.demo.clock import DAY
from projectplan.demo.facts import Facts, Register
from projectplan.demo.history import Life
from projectplan.demo.promises import Message
from projectplan.demo.records import SERIES, write_down, write_notices
from projectplan.demo.related import SERIES as RELATED_SERIES
from projectplan.demo.related import related_lives
from projectplan.demo.sheets import Row, reset_sequences
from projectplan.demo.words import RARE_PHRASE
from projectplan.demo.world import World

BATCH: Final = 2_000
RARE_AT: Final = 7  # the key of the petition in whose story the rare phrase stands
SECRET_DAYS: Final = 15
SECRET_ONES: Final = {3: Secrecy.CONFIDENTIAL, 11: Secrecy.CONFIDENTIAL, 23: Secrecy.SECRET}
"""Which of the petitions of the last SECRET_DAYS days have a grade of secrecy."""
NEWEST_KEPT: Final = 200

Tell = Callable[[int], None]
"""Told how many petitions are written."""


@dataclass(frozen=True)
class Made:
    """What was made: how many petitions, the newest, and the last with an agency (codes stand nowhere else)."""

    count: int
    last_matter: int
    newest: list[Facts]
    referred: Facts | None


@dataclass(frozen=True)
class Batch:
    """Rows of some petitions, sheet by sheet; and how far the register has come."""

    rows: list[list[Row]]
    count: int
    numbers: dict[tuple[str, int], int]
    last_matter: int
    newest: list[Facts]
    referred: Facts | None


def make_petitions(world: World, years: dict[int, Counts], tell: Tell, *, is_large: bool = False) -> Made:
    """Make the petitions of fiscal years (B.E.), oldest first, up to the world's now; within a transaction.

    Keys start at 1: the tables must hold no petition. Very many are lived in a second process.
    """
    batches = beside(partial(live_all, world, years)) if is_large else live_all(world, years)
    for batch in batches:
        world.sheets.write(batch.rows)
        tell(batch.count)
    reset_sequences()
    NumberSeries.objects.bulk_create(
        [NumberSeries(prefix=prefix, year=year, last=last) for (prefix, year), last in batch.numbers.items()]
    )
    return Made(
        count=batch.count, last_matter=batch.last_matter, newest=batch.newest, referred=batch.referred
    )


def live_all(world: World, years: dict[int, Counts]) -> Iterator[Batch]:
    """The rows of every petition, then of every related matter, in batches; asks nothing of the database."""
    register = Register(world)
    newest: deque[Facts] = deque(maxlen=NEWEST_KEPT)
    referred: Facts | None = None
    messages: list[Message] = []
    count = 0
    for count, (arrival, secrecy) in enumerate(_with_secrecy(world, years), 1):
        facts = register.register(arrival, secrecy=secrecy)
        if count == RARE_AT:
            facts.writing.story += f" จุดสังเกตคือ{RARE_PHRASE}หน้าเสาธง"
        newest.append(facts)
        life = Life(world, facts)
        life.run()
        write_down(life)
        messages += life.messages
        if life.state == State.REFERRED and not secrecy:
            referred = facts
        if count % BATCH == 0:
            yield Batch(world.sheets.take(), count, {}, count, [], None)
    numbers = {(SERIES, year): last for year, last in register.numbers.items()}
    last_matter = count
    for life in related_lives(world, years):
        related_records.write_down(life)
        messages += life.messages
        last_matter, numbers[RELATED_SERIES, life.facts.year] = life.facts.key, life.facts.number
        if last_matter % BATCH == 0:
            yield Batch(world.sheets.take(), count, {}, last_matter, [], None)
    write_notices(world, messages)
    yield Batch(world.sheets.take(), count, numbers, last_matter, list(newest), referred)


def _with_secrecy(world: World, years: dict[int, Counts]) -> Iterator[tuple[Arrival, int]]:
    """Every arrival with its grade of secrecy, in the order of registration."""
    recent, secret = 0, dict(SECRET_ONES)
    for year, counts in sorted(years.items()):
        for month in arrivals(world, year, counts):
            for arrival in month:
                recent += arrival.registered > world.now - SECRET_DAYS * DAY
                yield arrival, secret.pop(recent, Secrecy.ORDINARY)
