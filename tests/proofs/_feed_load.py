"""Readers of the public site's home and feed, as fast as they are answered: with the ETag they know, and without."""

from __future__ import annotations

import re
import shutil
import subprocess
import urllib.request
from collections.abc import Mapping
from typing import Final

from tests.proofs import _servers

PAGES: Final = {"home": "/", "feed": "/feeds/th/news.rss"}
ASKED: Final = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.0.0.1", "Accept-Encoding": "gzip"}
RATE: Final = re.compile(r"Requests/sec:\s+([\d.]+)")
LATENCY: Final = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s)", re.MULTILINE)
WRONG: Final = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.+)")
AS_MS: Final = {"us": 0.001, "ms": 1.0, "s": 1000.0}


class NotAnswered(Exception):
    """A reader got an error, or wrk is not installed."""


def need_wrk() -> None:
    """Raises NotAnswered where the readers' program is missing."""
    if not shutil.which("wrk"):
        raise NotAnswered("wrk is not installed (Debian package wrk)")


def measured(office: _servers.Office, *, seconds: int, connections: int, wanted: int) -> str:
    """The rates as a table; a closed loop: each connection asks again as soon as it is answered."""
    rows = [
        f"Home and feed, {connections} connections for {seconds} s each; {wanted:,} requests a second are wanted.",
        "",
        "| page | asked | requests a second | p50 ms | p99 ms | |",
        "|---|---|---|---|---|---|",
    ]
    for name, path in PAGES.items():
        known = {"If-None-Match": _etag(office.address + path)}
        for way, heads in {"anew": ASKED, "with its ETag": ASKED | known}.items():
            rate, times = _wrk(office.address + path, heads, seconds, connections)
            verdict = "holds" if rate >= wanted else "**fewer**"
            rows.append(
                f"| {name} | {way} | {rate:,.0f} | {times['50']:.1f} | {times['99']:.1f} | {verdict} |"
            )
    return "\n".join(rows)


def _etag(address: str) -> str:
    request = urllib.request.Request(address, headers=ASKED)
    with urllib.request.urlopen(request) as answer:
        return str(answer.headers["ETag"])


def _wrk(
    address: str, heads: Mapping[str, str], seconds: int, connections: int
) -> tuple[float, dict[str, float]]:
    words = [word for name, value in heads.items() for word in ("-H", f"{name}: {value}")]
    done = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", *words, address],
        capture_output=True,
        text=True,
        check=True,
    )
    rate = RATE.search(done.stdout)
    if rate is None or WRONG.search(done.stdout):
        raise NotAnswered(f"{address}\n{done.stdout}")
    times = {part: float(time) * AS_MS[unit] for part, time, unit in LATENCY.findall(done.stdout)}
    return float(rate[1]), times
