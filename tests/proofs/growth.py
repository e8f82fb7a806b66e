"""What a page costs as the office grows.

A demo office is made on PostgreSQL and multiplied there step by step (`_multiply`); or offices of several sizes are
given (`--of`), for copies have equal words and as many times as much that is open and late, which demos have not. At
each size `manage.py bench` measures every page beside a plain table of 25 rows in the same run. A page grows faster
than a logarithm when its ratio to that table has grown by more than the logarithm of the number of petitions has, a
quarter allowed for the noise.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from tests.proofs import _servers
from tests.proofs._growth_plot import drawn

HERE: Final = Path(__file__).parents[2]
PLOT: Final = HERE / "docs" / "growth.svg"
BASE: Final = 10_000
A_YEAR: Final = {
    "general": 310,
    "political": 14,
    "web": 226,
    "related": 56,
    "meetings": 56,
    "interpellations": 56,
    "articles": 56,
    "engagements": 56,
    "foreign_documents": 56,
    "press_conferences": 20,
}
"""So many of each kind a year since 2552 make BASE petitions."""
NOISE: Final = 1.25
LEAST_MS: Final = 1.0
"""Less than that is no growth, whatever the ratio says."""
ROOM: Final = 22 * 1024
"""Bytes on disk that one petition takes at most while the last copies are made: itself, all that hangs on it and its
share of the other registers, with the largest table twice."""


class TooLittleRoom(Exception):
    """The largest size does not fit on the disk."""


@dataclass(frozen=True)
class Size:
    """What was measured at one size: the number of petitions, and each page's line of the benchmark."""

    petitions: int
    pages: dict[str, dict[str, Any]]

    @property
    def floor(self) -> float:
        return next(
            float(page["p50"]) for name, page in self.pages.items() if name.startswith("floor: table")
        )


def prove(arguments: list[str]) -> str:
    """Measure at every size; returns the table. Raises when copies are wrong, or a page answers with an error."""
    given = _given(arguments)
    sizes = [*_of_these(given)] if given.of else [*_multiplied(given)]
    if len(sizes) > 1:
        given.plot.write_text(drawn(_lines(sizes), [one.petitions for one in sizes]), encoding="utf-8")
    return _told(sizes)


def _of_these(given: argparse.Namespace) -> Iterator[Size]:
    for database in given.of:
        with TemporaryDirectory(prefix="growth-") as place:
            yield _measured(_servers.environment(database, queue=given.queue, data=Path(place)), given)


def _multiplied(given: argparse.Namespace) -> Iterator[Size]:
    _refuse_too_little_room(given.base, given.times)
    with TemporaryDirectory(prefix="growth-") as place:
        env = _servers.environment(given.database, queue=given.queue, data=Path(place))
        _make(env, given)
        yield _measured(env, given)
        for times in given.times:
            _say(f"× {times}")
            _say(_servers.python(env, "-m", "tests.proofs._grow", str(times), str(given.sample)).strip())
            yield _measured(env, given)
    if not given.keep:
        _servers.drop_database(given.database)


def _given(arguments: Sequence[str]) -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="script/proof growth")
    reader.add_argument("--database", default=f"{_servers.SERVER}/prasan_growth", help="made anew")
    reader.add_argument("--queue", default=_servers.QUEUE)
    reader.add_argument(
        "--of", nargs="+", default=[], metavar="URL",
        help="offices that are there already, the smallest first, instead of one that is made and multiplied",
    )  # fmt: skip
    reader.add_argument("--like", default="", help="begin with a copy of this database instead of a new demo")
    reader.add_argument("--base", type=int, default=BASE, help="petitions of the demo that is multiplied")
    reader.add_argument("--times", type=int, nargs="*", default=[10, 10, 3], help="how often, step by step")
    reader.add_argument("--rounds", type=int, default=30, help="how often every page is visited")
    reader.add_argument("--only", default="", help="only pages whose name contains this")
    reader.add_argument(
        "--sample", type=int, default=50, help="copies opened and searched for after each step"
    )
    reader.add_argument("--plot", type=Path, default=PLOT)
    reader.add_argument("--keep", action="store_true", help="leave the database for the other proofs")
    return reader.parse_args(arguments)


def _refuse_too_little_room(base: int, times: Sequence[int]) -> None:
    wanted, free = base * math.prod(times) * ROOM, shutil.disk_usage(HERE).free
    if wanted > free:
        raise TooLittleRoom(f"about {wanted / 1e9:.0f} GB are wanted, {free / 1e9:.0f} GB are free")


def _make(env: _servers.Env, given: argparse.Namespace) -> None:
    _servers.create_database(given.database, like=given.like)
    if given.like:
        return
    _servers.manage(env, "migrate", "-v0")
    counts = [
        word
        for kind, number in A_YEAR.items()
        for word in ("--count", f"{kind}={max(1, round(number * given.base / BASE))}")
    ]
    _say(f"a demo of {given.base:,} petitions")
    _servers.manage(env, "demo", "--since", "2552", *counts, "--no-papers", "--no-progress")


def _measured(env: _servers.Env, given: argparse.Namespace) -> Size:
    words = ["--rounds", str(given.rounds), *(["--only", given.only] if given.only else [])]
    told = json.loads(_servers.manage(env, "bench", "--json", *words))
    size = Size(told["petitions"], {page["name"]: page for page in told["pages"]})
    _say(f"{size.petitions:,} petitions measured")
    return size


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)  # noqa: T201


# ── What came out ───────────────────────────────────────────────────────────────────────────


def _lines(sizes: Sequence[Size]) -> dict[str, tuple[list[float], bool]]:
    """The ratios of each page that was measured at every size, and whether they grow faster than a logarithm."""
    everywhere = [name for name in sizes[0].pages if all(name in size.pages for size in sizes)]
    return {
        name: ([float(size.pages[name]["ratio"]) for size in sizes], _grows_fast(name, sizes))
        for name in everywhere
        if not name.startswith("floor")
    }


def _grows_fast(name: str, sizes: Sequence[Size]) -> bool:
    """Whether at the largest size the page takes more than a logarithm allows, and by a time that can be noticed."""
    first, last = sizes[0], sizes[-1]
    ratio, most = (float(size.pages[name]["ratio"]) for size in (last, first))
    most *= math.log(last.petitions) / math.log(first.petitions) * NOISE
    return ratio > most and (ratio - most) * last.floor > LEAST_MS


def _told(sizes: Sequence[Size]) -> str:
    heads = "".join(f" {size.petitions:,} |" for size in sizes)
    rows = [
        f"| {name} |"
        + "".join(f" {size.pages[name]['ratio']:.2f} ({size.pages[name]['p50']:.1f}) |" for size in sizes)
        + (" **faster** |" if fast else " |")
        for name, (_ratios, fast) in _lines(sizes).items()
    ]
    fast = [name for name, (_ratios, is_fast) in _lines(sizes).items() if is_fast]
    over = [
        f"{name} at {size.petitions:,}"
        for size in sizes
        for name, page in size.pages.items()
        if not page["is_within"]
    ]
    floors = ", ".join(f"{size.floor:.1f} ms" for size in sizes)
    return "\n".join(
        [
            "Ratio to a plain table of 25 rows in the same run (milliseconds, p50), by the number of petitions. The"
            f" plain table itself: {floors}. ![growth](growth.svg)",
            "",
            f"Faster than a logarithm: {', '.join(fast) or 'none'}.",
            "",
            f"Over the page's own limit: {', '.join(over) or 'none'}.",
            "",
            f"| page |{heads} |",
            "|---|" + "---|" * (len(sizes) + 1),
            *rows,
        ]
    )
