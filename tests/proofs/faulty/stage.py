"""One fault after the other in the midst of the work: begun, hurt, mended, waited for, read."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import OperationalError, connection

from complaints.models import Petition
from tests import cast
from tests.proofs.faulty.house import House
from tests.proofs.faulty.journey import Cast, Journey
from tests.proofs.faulty.reading import Standing, doubtful, read
from tests.proofs.faulty.servers import wait_until

STEP = timedelta(minutes=1)
LOOK_SECONDS = 4.0
LONGEST = timedelta(minutes=30)
"""After that, what is still owed will not come."""
REPORT = "/reports/complaints-monthly/2569-11/"


@dataclass
class Stage:
    """The office, its people, and what is known to be in doubt or without hope."""

    house: House
    journey: Journey
    doubted: set[str] = field(default_factory=set)
    hopeless: set[int] = field(default_factory=set)
    seen: list[str] = field(default_factory=list)
    again: int = 0
    """Letters in doubt that came once more in the cases before."""

    def doubt(self) -> None:
        """Note which letters came without the office knowing of it; asked while nothing sends."""
        connection.close()
        self.doubted |= doubtful(self.house.post)

    def see(self, words: str) -> None:
        """Note what was seen elsewhere than on a page that failed."""
        self.seen.append(words)

    def wait_for_receipts(self, more: int) -> None:
        enough = len(self.journey.receipts) + more
        wait_until(
            lambda: len(self.journey.receipts) >= enough or bool(self.journey.faults),
            "citizens get receipts",
            seconds=300,
        )

    def standing(self) -> Standing:
        connection.close()
        return read(
            self.journey,
            self.house.post,
            doubted=self.doubted,
            hopeless=self.hopeless,
            now=self.house.clock.now(),
        )

    def settle(self) -> Standing:
        """Wait until nothing is owed; where only the clock can help it is moved on by a minute at a time. Not before a
        worker that was started again has loaded its code: that takes as long as it takes."""
        wait_until(self.house.queue.is_listened_to, "a worker waits for tasks")
        give_up = self.house.clock.now() + LONGEST
        look = time.monotonic() + LOOK_SECONDS
        while (standing := self.standing()).owed and self.house.clock.now() < give_up:
            time.sleep(0.5)
            if time.monotonic() > look:
                self.house.clock.move_on(STEP)
                look = time.monotonic() + LOOK_SECONDS
        return standing


@dataclass(frozen=True)
class Case:
    """A fault: what it is, what was going on, and how it is done and mended."""

    key: str
    fault: str
    during: str
    hurt: Callable[[Stage], None]


@dataclass(frozen=True)
class Verdict:
    """One line of the table."""

    case: Case
    pages: list[str]
    standing: Standing
    seconds: float

    @property
    def is_well(self) -> bool:
        return not (self.standing.owed or self.standing.lost or self.standing.twice)

    @property
    def row(self) -> str:
        lost = "; ".join(self.standing.lost) or "0"
        twice = "; ".join(self.standing.twice) or "0"
        if self.standing.again:
            twice += f" ({self.standing.again} in doubt came again, same Message-ID)"
        seconds = (
            f"{self.seconds:.0f}" if not self.standing.owed else f"no: {'; '.join(self.standing.owed[:3])}"
        )
        cells = [
            self.case.fault,
            self.case.during,
            "<br>".join(self.pages) or "nothing amiss",
            lost,
            twice,
            seconds,
        ]
        return "| " + " | ".join(cells) + " |"


def attempt(stage: Stage, case: Case) -> Verdict:
    """Run a case; one that cannot be carried to its end is a line of the table too, and the next one has its turn."""
    try:
        return run(stage, case)
    except Exception as fault:
        stage.journey.faults.clear()
        standing = Standing(owed=[f"{type(fault).__name__}: {fault}"[:200]])
        return Verdict(
            case, [f"{words} ×{times}" for words, times in stage.journey.said.items()], standing, 0
        )


def run(stage: Stage, case: Case) -> Verdict:
    """Hurt the office in the midst of its work, mend it, and wait until nothing is owed any more."""
    journey, clock = stage.journey, stage.house.clock
    journey.said.clear()
    stage.seen.clear()
    journey.ask_for_report(REPORT)
    with journey.going_on():
        stage.wait_for_receipts(1)
        case.hurt(stage)
        mended = clock.now()
        stage.wait_for_receipts(1)
    standing = stage.settle()
    standing.again, stage.again = standing.again - stage.again, standing.again
    pages = [f"{words} ×{times}" for words, times in journey.said.most_common()]
    return Verdict(case, [*pages, *stage.seen], standing, (clock.now() - mended).total_seconds())


def make_people() -> Cast:
    """The cast of the tests, able to sign in here."""
    people = [cast.make_officer(), cast.make_head(), cast.make_executive(), cast.make_administrator()]
    for person in people:
        person.set_password(cast.PASSWORD)
        person.save()
    officer, head, executive, administrator = people
    return Cast(
        officer.username,
        head.username,
        executive.username,
        administrator.username,
        executive.pk,
        cast.make_agency().pk,
        cast.make_category().pk,
    )


def key_of(title: str) -> int | None:
    """The petition that a receipt was given for; waits while the database is away."""
    while True:
        try:
            return Petition.objects.filter(title=title).values_list("pk", flat=True).first()
        except OperationalError:
            time.sleep(LOOK_SECONDS)
        finally:
            connection.close()
