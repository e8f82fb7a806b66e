"""An office under load: two hundred people at once.

Granian, worker and clock run as in production on PostgreSQL and Redis; locust (tests/load/people.py) is the people,
on the same machine, so its own share of the processors is told too. First one person of each kind alone: that is what
every page costs when nothing else is asked. Then all of them; then more and more, until the throughput no longer rises.
Raises when anything answers with an error, or when the memory of web or worker grows after the first fifth of the run.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any, Final

from tests.proofs import _feed_load, _servers
from tests.proofs._locust import Run, run_locust

GROWTH_MOST: Final = 1.10
SLOWER_MOST: Final = 5.0
"""How many times its unloaded p50 a page's p95 may take under load."""
KNEE_GAIN: Final = 1.10
"""Less than so much more throughput from half as many people again: there is the knee."""
ALONE: Final = ("Reader", "Citizen", "Officer", "Head", "Executive")


class NotBorne(Exception):
    """A page answered with an error under load, or a process grows."""


def prove(arguments: list[str]) -> str:
    """Run alone, all together, and step by step; returns the figures. Raises NotBorne."""
    given = _given(arguments)
    if given.only in ("", "feed"):
        _feed_load.need_wrk()  # asked first: the feed comes last, after everything else was measured
    env = _servers.environment(given.database, queue=given.queue, EMAIL_URL="dummymail://")
    if given.only == "feed":
        return _feed(env, given)
    with _servers.office_running(env, web=given.web, threads=given.threads) as office:
        # What each process does once, when it is first asked, is no page's cost (script/proof start).
        run_locust(office, users=2 * len(ALONE), seconds=given.warm, think="0.5-1", even=True)
        if given.only == "steps":
            return _told_of_steps([*_steps(office, given)])
        alone = run_locust(office, users=len(ALONE), seconds=given.alone, think="0.5-1", even=True)
        whole = run_locust(office, users=given.users, seconds=given.seconds, think=given.think)
        steps = [*_steps(office, given)]
    told = _told(given, alone, whole, steps)
    _judge([alone, whole, *steps], whole, told)
    return told if given.only else f"{told}\n\n{_feed(env, given)}"


def _steps(office: _servers.Office, given: argparse.Namespace) -> Iterator[Run]:
    """More and more people."""
    for users in given.steps:
        yield run_locust(office, users=users, seconds=given.step_seconds, think=given.think)


def _given(arguments: Sequence[str]) -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="script/proof load")
    reader.add_argument(
        "--database",
        default=os.environ.get("DATABASE_URL") or f"{_servers.SERVER}/prasan_growth",
        help="a demo office",
    )
    reader.add_argument("--queue", default=os.environ.get("REDIS_URL") or _servers.QUEUE)
    reader.add_argument("--users", type=int, default=200)
    reader.add_argument("--seconds", type=int, default=600)
    reader.add_argument("--alone", type=int, default=120, help="seconds of the run with one of each kind")
    reader.add_argument(
        "--warm", type=int, default=60, help="seconds of the run before, which does not count"
    )
    reader.add_argument("--think", default="3-12", help="seconds between two pages of one person")
    reader.add_argument("--steps", type=int, nargs="*", default=[50, 100, 200, 300, 450, 675])
    reader.add_argument("--step-seconds", type=int, default=90)
    reader.add_argument("--web", type=int, default=os.cpu_count() or 1, help="web processes")
    reader.add_argument("--threads", type=int, default=8, help="requests at a time of each")
    reader.add_argument("--connections", type=int, default=64, help="of the feed's readers")
    reader.add_argument("--feed-seconds", type=int, default=60)
    reader.add_argument("--rate", type=int, default=1000, help="requests a second wanted of feed and home")
    reader.add_argument("--only", choices=["people", "steps", "feed"], default="")
    return reader.parse_args(arguments)


def _feed(env: _servers.Env, given: argparse.Namespace) -> str:
    with _servers.office_running(env, web=given.web, threads=given.threads) as office:
        return _feed_load.measured(
            office, seconds=given.feed_seconds, connections=given.connections, wanted=given.rate
        )


def _judge(runs: Sequence[Run], whole: Run, told: str) -> None:
    faults = [f"{name}: {count}" for run in runs for name, count in run.errors.items()]
    for name, samples in whole.memory.items():
        warm, last = _first_and_last(samples)
        if last > warm * GROWTH_MOST:
            faults.append(f"the memory of {name} grew from {warm:.0f} to {last:.0f} MiB")
    if faults:
        print(told, file=sys.stderr)  # noqa: T201
        raise NotBorne("; ".join(faults[:20]))


def _first_and_last(samples: Sequence[float]) -> tuple[float, float]:
    """MiB after the first fifth of a run, and at its end (the middle of five samples each)."""
    fifth = len(samples) // 5
    early, late = sorted(samples[fifth : fifth + 5]), sorted(samples[-5:])
    return early[len(early) // 2], late[len(late) // 2]


# ── What came out ───────────────────────────────────────────────────────────────────────────


def _told(given: argparse.Namespace, alone: Run, whole: Run, steps: Sequence[Run]) -> str:
    memory = "; ".join(
        "{} {:.0f} → {:.0f}".format(name, *_first_and_last(samples)) for name, samples in whole.memory.items()
    )
    return "\n".join(
        [
            f"{whole.users} people for {whole.seconds:.0f} s, {given.think} s of thought between two pages;"
            f" {given.web} web processes of {given.threads} threads.",
            "",
            f"- {whole.rate:.1f} requests a second, {sum(whole.errors.values())} errors.",
            f"- Processors, as shares of all used: {_shares(whole.processor)}; {whole.busy:.0%} of the machine.",
            f"- Memory in MiB (PSS), after the first fifth and at the end: {memory}.",
            "",
            "| page | requests | p50 alone | p50 | p95 | p95 ÷ p50 alone | |",
            "|---|---|---|---|---|---|---|",
            *(_line(name, page, alone.pages.get(name)) for name, page in sorted(whole.pages.items())),
            "",
            _told_of_steps(steps),
        ]
    )


def _told_of_steps(steps: Sequence[Run]) -> str:
    return "\n".join(
        [
            _knee(steps),
            "",
            "| people | requests a second | p50 | p95 | errors | of the machine |",
            "|---|---|---|---|---|---|",
            *(
                f"| {run.users} | {run.rate:.1f} | {run.p50:.0f} | {run.p95:.0f} | {sum(run.errors.values())} |"
                f" {run.busy:.0%} |"
                for run in steps
            ),
            *(
                f"\nAt {run.users} people, of all processor time used: {_shares(run.processor)}."
                for run in steps[-1:]
            ),
        ]
    )


def _line(name: str, page: dict[str, Any], alone: dict[str, Any] | None) -> str:
    if not alone:
        return f"| {name} | {page['count']} | | {page['p50']:.0f} | {page['p95']:.0f} | | |"
    ratio = page["p95"] / max(alone["p50"], 1)
    verdict = "holds" if ratio <= SLOWER_MOST else "**slower**"
    return (
        f"| {name} | {page['count']} | {alone['p50']:.0f} | {page['p50']:.0f} | {page['p95']:.0f} |"
        f" {ratio:.1f} | {verdict} |"
    )


def _shares(processor: dict[str, float]) -> str:
    whole = sum(processor.values()) or 1.0
    return ", ".join(f"{name} {spent / whole:.0%}" for name, spent in processor.items())


def _knee(steps: Sequence[Run]) -> str:
    """Where more people no longer mean more answers."""
    for before, after in itertools.pairwise(steps):
        if after.rate < before.rate * KNEE_GAIN:
            return f"The knee: {before.users} people, {before.rate:.1f} requests a second, p95 {before.p95:.0f} ms."
    return "No knee up to the largest step." if steps else "No steps were run."
