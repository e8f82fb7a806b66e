"""Faults in the midst of the work: what was lost, what came twice, how long until all was well.

Run by root on Debian with the packages postgresql, gcc and util-linux. Everything it hurts is its own: a
PostgreSQL cluster, a queue, a mail server and the office's processes, on free ports and in a temporary folder.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp

import django

from tests.proofs.faulty.house import LEASE_SECONDS, House

HEAD = "| fault | what was going on | what the page said | lost | twice | recovered in s |\n|---|---|---|---|---|---|"


class NotSo(AssertionError):
    """Something was lost or doubled, or did not recover; the table is in it."""


def prove(arguments: list[str]) -> str:
    """Run every case, or those named, one after the other, and return the table. Raises NotSo."""
    reader = argparse.ArgumentParser(prog="script/proof faults")
    reader.add_argument("cases", nargs="*", help="keys of cases; all of them without one")
    reader.add_argument("--cluster", type=Path, help="begin with a copy of this cluster, migrated already")
    reader.add_argument("--keep", action="store_true", help="leave the folder with the logs")
    asked = reader.parse_args(arguments)
    folder = Path(mkdtemp(prefix="prasan-faults-"))
    signal.signal(signal.SIGTERM, lambda *_said: sys.exit(1))  # so that what was mounted is unmounted
    house = House(folder, cluster=asked.cluster)
    try:
        house.open()
        os.environ.update(house.environment)
        django.setup()
        return _prove(house, asked.cases)
    finally:
        house.close()
        if not asked.keep:
            shutil.rmtree(folder, ignore_errors=True)


def _prove(house: House, keys: list[str]) -> str:
    """Once the models can be read."""
    stages = import_module("tests.proofs.faulty.stage")
    journeys = import_module("tests.proofs.faulty.journey")
    cases = [
        *import_module("tests.proofs.faulty.cases").CASES,
        *import_module("tests.proofs.faulty.mail_cases").MAIL_CASES,
    ]
    journey = journeys.Journey(house.base, stages.make_people(), key_of=stages.key_of)
    house.start()
    stage = stages.Stage(house, journey)
    verdicts = []
    for case in cases:
        if keys and case.key not in keys:
            continue
        verdicts.append(stages.attempt(stage, case))
        print(verdicts[-1].row, file=sys.stderr, flush=True)  # noqa: T201
    table = "\n".join([HEAD, *(verdict.row for verdict in verdicts)])
    if not all(verdict.is_well for verdict in verdicts):
        raise NotSo(f"\n{table}")
    return f"{table}\n\n{_words(stage)}"


def _words(stage: object) -> str:
    journey, house = stage.journey, stage.house  # type: ignore[attr-defined]
    return (
        f"{len(journey.receipts)} petitions filed with a picture, {sum(journey.steps.values())} steps taken and "
        f"{len(set(house.post.message_ids))} letters delivered through all of it. A claim on a letter held "
        f"{LEASE_SECONDS} s here (300 s by default). Seconds are those of the office's clock, from the mending until "
        "nothing was owed; where only time could help, it was moved on by a minute at a time. A report that was being "
        "made waits for its claim to run out (five minutes) and for the next round (five more). A letter in doubt has "
        "left, and nobody could know it: it comes once more under the same Message-ID."
    )
