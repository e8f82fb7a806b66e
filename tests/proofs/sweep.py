"""What the clock's round costs with a million open promises.

A small demo office on PostgreSQL is given so many open promises more, some of them to be reminded of now. One whole
round is measured, then one in which nothing is due, as there is one every minute. Memory must stay, the question for
the next promises must be answered by its index, and no batch may take longer because of what came before it.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from tests.proofs import _servers

GROWTH_MOST: Final = 1.10
"""How much more memory than after the first batches the round may hold."""
SLOWER_MOST: Final = 2.0
"""How much longer the last batches may take than the first."""
DEMO: Final = ("demo", "--year", "2552", "--no-papers", "--no-progress")


class NotSwept(Exception):
    """The round does not do what it must, or not as it must."""


def prove(arguments: list[str]) -> str:
    """Measure both rounds; returns the figures. Raises NotSwept."""
    reader = argparse.ArgumentParser(prog="script/proof sweep")
    reader.add_argument("--database", default=f"{_servers.SERVER}/prasan_sweep", help="made anew")
    reader.add_argument(
        "--like", default="", help="begin with a copy of this database instead of a small demo"
    )
    reader.add_argument("--queue", default=_servers.QUEUE)
    reader.add_argument("--open", type=int, default=1_000_000, help="open promises")
    reader.add_argument("--due", type=int, default=100_000, help="of these to be reminded of now")
    given = reader.parse_args(arguments)
    with TemporaryDirectory(prefix="sweep-") as place:
        env = _servers.environment(
            given.database, queue=given.queue, data=Path(place), EMAIL_URL="dummymail://"
        )
        _servers.create_database(given.database, like=given.like)
        if not given.like:
            _servers.manage(env, "migrate", "-v0")
            _servers.manage(env, *DEMO)
        swept = json.loads(_servers.python(env, "-m", "tests.proofs._sweep", str(given.open), str(given.due)))
    _servers.drop_database(given.database)
    print(json.dumps(swept, indent=2), file=sys.stderr)  # noqa: T201
    _judge(swept, given.due)
    return _told(swept)


def _judge(swept: dict[str, Any], due: int) -> None:
    faults = []
    if swept["reminded"] < due:
        faults.append(f"{swept['reminded']:,} of {due:,} were reminded of")
    if swept["still_due"]:
        faults.append(f"{swept['still_due']:,} are still due")
    if "deadline_to_remind" not in swept["plan"] or swept["walked"]:
        faults.append(f"asked without its index: {swept['plan']} {swept['walked']}")
    if swept["memory_most"] > swept["memory_warm"] * GROWTH_MOST:
        faults.append(f"memory grew from {swept['memory_warm']:.0f} to {swept['memory_most']:.0f} MiB")
    if swept["batch_last"] > swept["batch_first"] * SLOWER_MOST:
        faults.append(f"batches took {swept['batch_first']:.3f} s, then {swept['batch_last']:.3f} s")
    if faults:
        raise NotSwept("; ".join(faults))


def _told(swept: dict[str, Any]) -> str:
    return "\n".join(
        [
            f"- {swept['open']:,} open promises, {swept['reminded']:,} reminded of in {swept['batches']:,} batches:"
            f" {swept['seconds']:.1f} s in all, {swept['queries_a_batch']:.1f} questions a batch.",
            f"- A batch took {swept['batch_first'] * 1000:.0f} ms at the beginning and"
            f" {swept['batch_last'] * 1000:.0f} ms at the end (medians of a tenth each).",
            f"- Memory: {swept['memory_warm']:.0f} MiB after the first batches,"
            f" {swept['memory_most']:.0f} MiB at most.",
            f"- The question for the next promises: `{swept['plan']}`.",
            f"- A round in which nothing is due: {swept['idle_seconds'] * 1000:.0f} ms,"
            f" {swept['idle_queries']} questions.",
        ]
    )
