"""One run of locust against an office that runs, and what its processes used meanwhile."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from office.processes import start_child, stop_child
from tests.proofs import _servers

PEOPLE: Final = "tests/load/people.py"
LOOK_SECONDS: Final = 5
COME_A_SECOND: Final = 5
"""So many people more each second, until all are there."""
TALLIED: Final = ("web", "worker", "clock")


class NotRun(Exception):
    """Locust itself did not run."""


@dataclass
class Run:
    """What one run told: each page's milliseconds, what failed, and what the processes used."""

    users: int
    seconds: float
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    errors: dict[str, int] = field(default_factory=dict)
    memory: dict[str, list[float]] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)
    rate: float = 0.0
    p50: float = 0.0
    p95: float = 0.0

    @property
    def busy(self) -> float:
        """The share of the whole machine that the processes used."""
        return sum(self.processor.values()) / self.seconds / (os.cpu_count() or 1)


def run_locust(office: _servers.Office, *, users: int, seconds: int, think: str, even: bool = False) -> Run:
    """So many people for so long; `even`: as many of each kind, else by their weights. Raises NotRun."""
    with TemporaryDirectory(prefix="locust-") as place:
        env = {
            **os.environ,
            "SITE": f"https://127.0.0.1:{office.port}",
            "THINK": think,
            "EVEN": "1" if even else "",
            "PYTHONPATH": str(Path.cwd()),
        }
        process = start_child(
            [
                *(sys.executable, "-m", "locust", "-f", PEOPLE, "--host", office.address, "--headless"),
                *("--users", str(users), "--spawn-rate", str(COME_A_SECOND)),
                # What is counted begins when the last of them has come.
                *("--run-time", f"{seconds + users // COME_A_SECOND}s"),
                *(
                    "--csv",
                    f"{place}/run",
                    "--only-summary",
                    "--loglevel",
                    "WARNING",
                    "--exit-code-on-error",
                    "0",
                ),
                *("--stop-timeout", "10", "--reset-stats"),
            ],
            env=env,
        )
        run = Run(users, seconds)
        try:
            _watch(run, process, office)
        finally:
            stop_child(process, seconds=20)
        if process.returncode:
            raise NotRun(f"locust ended with {process.returncode}")
        _read(run, Path(place))
    return run


def _watch(run: Run, process: subprocess.Popen[bytes], office: _servers.Office) -> None:
    """Look every few seconds until locust ends: what is held, and at the end what was used."""
    began, before = time.perf_counter(), _used(office, process)
    last = before
    while process.poll() is None:
        for name in ("web", "worker"):
            run.memory.setdefault(name, []).append(_servers.memory_of(office.tree(name)))
        last = _used(office, process)
        time.sleep(LOOK_SECONDS)
    run.seconds = time.perf_counter() - began
    run.processor = {name: max(last[name] - before[name], 0.0) for name in last}


def _used(office: _servers.Office, process: subprocess.Popen[bytes]) -> dict[str, float]:
    used = {name: _servers.seconds_of(office.tree(name)) for name in TALLIED}
    used["PostgreSQL"] = _servers.seconds_of(_servers.named("postgres"))
    used["Redis"] = _servers.seconds_of(_servers.named("redis-server"))
    used["load generator"] = _servers.seconds_of(_servers.tree(process.pid))
    return used


def _read(run: Run, place: Path) -> None:
    """What locust wrote down."""
    for row in _rows(place / "run_stats.csv"):
        page = {
            "count": int(row["Request Count"]),
            "p50": float(row["Median Response Time"] or 0),
            "p95": float(row["95%"] if row["95%"] != "N/A" else 0),
        }
        if row["Name"] == "Aggregated":
            run.rate, run.p50, run.p95 = float(row["Requests/s"]), page["p50"], page["p95"]
        else:
            run.pages[row["Name"]] = page
    for row in _rows(place / "run_failures.csv"):
        run.errors[f"{row['Name']}: {row['Error']}"] = int(row["Occurrences"])
    for row in _rows(place / "run_exceptions.csv"):
        run.errors[f"the scenario: {row['Message']}"] = int(row["Count"])


def _rows(file: Path) -> Sequence[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))
