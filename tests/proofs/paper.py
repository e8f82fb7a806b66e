"""What a paper of many pages takes.

Thai text and tables through the product's own renderer, each size in a process of its own: seconds and the most memory
that process ever held. What is longer than a hundred pages the office lays out in parts and binds (`office.book`), so
the longest is measured both ways.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from typing import Final

from tests.proofs import _servers

PARTS_OF: Final = 100
"""Pages that are laid out at once, at most."""


@dataclass(frozen=True)
class Laid:
    """What one paper took: pages in all, seconds, MiB at most, and MiB of the same process before it."""

    pages: int
    seconds: float
    most: float
    before: float
    bytes: int


class NotLaidOut(Exception):
    """A paper has not the pages it should have, or its memory grows with a book that is made in parts."""


def prove(arguments: list[str]) -> str:
    """Lay out every size; returns the table. Raises when a page is missing."""
    reader = argparse.ArgumentParser(prog="script/proof paper")
    reader.add_argument("--pages", type=int, nargs="*", default=[10, 100, 500])
    given = reader.parse_args(arguments)
    rows = [
        "| pages | laid out | s | s a page | MiB at most | MiB a page above the process | KiB |",
        "|---|---|---|---|---|---|---|",
    ]
    for pages in given.pages:
        ways = {"at once": pages}
        if pages > PARTS_OF:
            ways[f"in parts of {PARTS_OF}, bound"] = PARTS_OF
        rows += [_row(way, _laid_out(pages, at_once)) for way, at_once in ways.items()]
    return "\n".join(rows)


def _laid_out(pages: int, at_once: int) -> Laid:
    env = _servers.environment("sqlite:///:memory:")
    laid = Laid(**json.loads(_servers.python(env, "-m", "tests.proofs._paper", str(pages), str(at_once))))
    if laid.pages != pages:
        raise NotLaidOut(f"{laid.pages} pages instead of {pages}")
    return laid


def _row(way: str, laid: Laid) -> str:
    return (
        f"| {laid.pages} | {way} | {laid.seconds:.1f} | {laid.seconds / laid.pages:.3f} | {laid.most:.0f} |"
        f" {(laid.most - laid.before) / laid.pages:.2f} | {laid.bytes / 1024:.0f} |"
    )
