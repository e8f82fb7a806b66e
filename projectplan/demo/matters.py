"""Making the matters of whole years, petitions first, and writing them to the database in bulk."""

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
from projectplan.demo.course import Course
from projectplan.demo.facts import Facts, Register
from projectplan.demo.history import Life
from projectplan.demo.parliament.lives import parliament_lives
from projectplan.demo.parliament.politics import Politics
from projectplan.demo.promises import Message
from projectplan.demo.publicrelations.lives import public_relations_lives
from projectplan.demo.publicrelations.newsroom import Newsroom
from projectplan.demo.records import SERIES, write_down
from projectplan.demo.related import SERIES as RELATED_SERIES
from projectplan.demo.related import related_lives
from projectplan.demo.rows import write_notices
from projectplan.demo.sheet import Row
from projectplan.demo.sheets import reset_sequences
from projectplan.demo.words import RARE_PHRASE
from projectplan.demo.world import World

BATCH: Final = 2_000
RARE_AT: Final = 7  # the key of the petition in whose story the rare phrase stands
SECRET_DAYS: Final = 15
SECRET_ONES: Final = {3: Secrecy.CONFIDENTIAL, 11: Secrecy.CONFIDENTIAL, 23: Secrecy.SECRET}
"""Which of the petitions of the last SECRET_DAYS days have a grade of secrecy."""
NEWEST_KEPT: Final = 200

Tell = Callable[[int], None]
"""Told how many matters are written."""


@dataclass(frozen=True)
class Made:
    """What was made: how many matters, the newest petitions, the last with an agency (codes stand nowhere else)."""

    count: int
    newest: list[Facts]
    referred: Facts | None


@dataclass(frozen=True)
class Batch:
    """Rows of some matters, sheet by sheet; how many there are by now, which is the last one's key as well."""

    rows: list[list[Row]]
    count: int
    numbers: dict[tuple[str, int], int]
    newest: list[Facts]
    referred: Facts | None


def make_matters(
    world: World,
    politics: Politics,
    newsroom: Newsroom,
    years: dict[int, Counts],
    tell: Tell,
    *,
    is_large: bool = False,
) -> Made:
    """Make the matters of fiscal years (B.E.), oldest first, up to the world's now; within a transaction.

    Keys start at 1: the tables must hold no matter. Very many are lived in a second process.
    """
    live = partial(live_all, world, politics, newsroom, years)
    batches = beside(live) if is_large else live()
    for batch in batches:
        world.sheets.write(batch.rows)
        tell(batch.count)
    reset_sequences(world.sheets)
    NumberSeries.objects.bulk_create(
        [NumberSeries(prefix=prefix, year=year, last=last) for (prefix, year), last in batch.numbers.items()]
    )
    return Made(count=batch.count, newest=batch.newest, referred=batch.referred)


def live_all(
    world: World, politics: Politics, newsroom: Newsroom, years: dict[int, Counts]
) -> Iterator[Batch]:
    """The rows of every matter, petitions first, in batches; asks the database nothing."""
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
            yield Batch(world.sheets.take(), count, {}, [], None)
    numbers = {(SERIES, year): last for year, last in register.numbers.items()}
    for other in _others(world, politics, newsroom, years, numbers):
        count += 1
        messages += other.messages
        if count % BATCH == 0:
            yield Batch(world.sheets.take(), count, {}, [], None)
    write_notices(world, messages)
    yield Batch(world.sheets.take(), count, numbers, list(newest), referred)


def _others(
    world: World,
    politics: Politics,
    newsroom: Newsroom,
    years: dict[int, Counts],
    numbers: dict[tuple[str, int], int],
) -> Iterator[Course]:
    """The related matters, then those of parliament and of public relations, each lived and put onto the sheets."""
    for life in related_lives(world, years):
        related_records.write_down(life)
        numbers[RELATED_SERIES, life.facts.year] = life.facts.number
        yield life
    yield from parliament_lives(politics, years, numbers)
    yield from public_relations_lives(newsroom, years, numbers)


def _with_secrecy(world: World, years: dict[int, Counts]) -> Iterator[tuple[Arrival, int]]:
    """Every arrival with its grade of secrecy, in the order of registration."""
    recent, secret = 0, dict(SECRET_ONES)
    for year, counts in sorted(years.items()):
        for month in arrivals(world, year, counts):
            for arrival in month:
                recent += arrival.registered > world.now - SECRET_DAYS * DAY
                yield arrival, secret.pop(recent, Secrecy.ORDINARY)
