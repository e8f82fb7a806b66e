"""How soon the web answers, and what each process holds.

Cold start: from starting granian to its first answer, on an empty office. Import time is what Python itself counts
(`-X importtime`), for the web's module and with the address patterns that the first request reads.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from office.processes import start_child, stop_child
from tests.postbox import free_port
from tests.proofs import _servers

ROOMS: Final = ("config", "office", "complaints", "parliament", "publicrelations", "projectplan")
LINE: Final = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \|( +)(\S+)")
ALL_OF_THE_WEB: Final = (
    "import config.wsgi; from django.urls import get_resolver; get_resolver().url_patterns"
)
SHOWN: Final = 10
SETTLED_SECONDS: Final = 8


def prove(arguments: list[str]) -> str:
    """Start everything and look; returns the figures."""
    reader = argparse.ArgumentParser(prog="script/proof start")
    reader.add_argument("--database", default=f"{_servers.SERVER}/prasan_start", help="made anew")
    reader.add_argument("--queue", default=_servers.QUEUE)
    reader.add_argument("--starts", type=int, default=5)
    reader.add_argument("--web", type=int, default=2, help="web processes whose memory is shown")
    given = reader.parse_args(arguments)
    with TemporaryDirectory(prefix="start-") as place:
        env = _servers.environment(given.database, queue=given.queue, data=Path(place))
        _servers.create_database(given.database)
        _servers.manage(env, "migrate", "-v0")
        starts = [_cold_start(env) for _ in range(given.starts)]
        imports = _imports(env)
        memory = _memory(env, given.web)
    _servers.drop_database(given.database)
    return "\n\n".join(
        [
            f"First answer after {median(starts):.2f} s (median of {len(starts)};"
            f" {min(starts):.2f} to {max(starts):.2f} s).",
            imports,
            memory,
        ]
    )


def _cold_start(env: _servers.Env) -> float:
    """Seconds from the start of granian to its first answer; without a clock an office is alive, and not yet ready."""
    port = free_port()
    began = time.perf_counter()
    process = start_child(_servers.granian(port, web=1), env=_own(env))
    try:
        _servers.wait_until_answered(f"http://127.0.0.1:{port}/healthz", process)
        return time.perf_counter() - began
    finally:
        stop_child(process, seconds=10)


def _own(env: _servers.Env) -> _servers.Env:
    return {**env, "ALLOWED_HOSTS": "127.0.0.1"}


# ── What is imported ────────────────────────────────────────────────────────────────────────


def _imports(env: _servers.Env) -> str:
    """The time of importing everything, and the most costly packages: those of others with all they import in turn."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", ALL_OF_THE_WEB],
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    own: defaultdict[str, int] = defaultdict(int)
    for line in done.stderr.splitlines():
        if found := LINE.match(line):
            own[_package(found[4])] += int(found[1])
    theirs = sorted(((spent, name) for name, spent in own.items() if name not in ROOMS), reverse=True)[:SHOWN]
    modules = sorted(
        ((int(found[1]), found[4]) for found in LINE.finditer(done.stderr) if _package(found[4]) in ROOMS),
        reverse=True,
    )[:SHOWN]
    ours = sum(own[room] for room in ROOMS)
    return "\n".join(
        [
            f"Imports of the web with every address: {sum(own.values()) / 1e6:.2f} s, of these our own modules"
            f" {ours / 1e6:.2f} s.",
            "",
            "| package of others | ms, its own modules | | our module | ms, itself |",
            "|---|---|---|---|---|",
            *(
                f"| {package} | {spent / 1000:.0f} | | {module} | {itself / 1000:.0f} |"
                for (spent, package), (itself, module) in zip(theirs, modules, strict=False)
            ),
        ]
    )


def _package(module: str) -> str:
    return module.partition(".")[0]


# ── What is held ────────────────────────────────────────────────────────────────────────────


def _memory(env: _servers.Env, web: int) -> str:
    """RSS and PSS of each process, once the web has answered and all have had time to read what they read ahead."""
    rows = ["| process | RSS MiB | PSS MiB |", "|---|---|---|"]
    with _servers.office_running(env, web=web) as office:
        time.sleep(SETTLED_SECONDS)
        for name in office.processes:
            parent, *children = office.tree(name)
            rows.append(_row(f"{name}, parent" if children else name, parent))
            rows += [_row(f"{name}, process {number}", pid) for number, pid in enumerate(children, 1)]
        everything = [pid for name in office.processes for pid in office.tree(name)]
        rows.append(f"| all | | {_servers.memory_of(everything):.0f} |")
    return "\n".join(rows)


def _row(name: str, pid: int) -> str:
    return f"| {name} | {_servers.memory_of([pid], part='Rss'):.0f} | {_servers.memory_of([pid]):.0f} |"
