"""The servers a proof starts: databases of its own on PostgreSQL, and web, worker and clock as an office runs them."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import urlsplit

import psycopg

from office.processes import start_child, stop_child
from tests.postbox import free_port

SERVER: Final = "postgres://postgres@127.0.0.1:5432"
QUEUE: Final = "redis://127.0.0.1:6379/5"
DEMO_SECRET: Final = "only-for-a-machine-that-nobody-else-reaches"
"""What demo data are sealed with: made without a SECRET_KEY, as on a newcomer's machine."""
DEMO_PASSWORD: Final = "prasan-demo-2553"
"""With which everybody of the demo signs in."""
READY_SECONDS: Final = 120
MEBIBYTE: Final = 1024**2
TICKS: Final = os.sysconf("SC_CLK_TCK")

Env = dict[str, str]


class NotServed(Exception):
    """A command of manage.py failed, or a server that was started does not answer."""


# ── Databases ───────────────────────────────────────────────────────────────────────────────


def create_database(url: str, *, like: str = "") -> None:
    """An empty database in place of one that is there, or a copy of another on the same server."""
    drop_database(url)
    source = f'TEMPLATE "{like}"' if like else "TEMPLATE template0"
    _on_server(url, f'CREATE DATABASE "{_name_of(url)}" {source}')


def drop_database(url: str) -> None:
    _on_server(url, f'DROP DATABASE IF EXISTS "{_name_of(url)}"')


def _name_of(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def _on_server(url: str, statement: str) -> None:
    with psycopg.connect(urlsplit(url)._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(statement.encode())


# ── Commands ────────────────────────────────────────────────────────────────────────────────


def environment(database: str, *, queue: str = QUEUE, data: Path | None = None, **more: str) -> Env:
    """What a child process runs with: this database and queue, and nothing of the caller's own office.

    Compiled modules are kept under `data`, as an installation keeps them beside its modules.
    """
    own = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database,
        "REDIS_URL": queue,
        "ENV_FILE": "/dev/null",
        "PYTHONUNBUFFERED": "1",
        "PYTHONDONTWRITEBYTECODE": "",
    }
    if data:
        own |= {"DATA_DIR": str(data), "PYTHONPYCACHEPREFIX": str(data / "compiled")}
    return {**os.environ, **own, **more}


def as_production(env: Mapping[str, str], port: int) -> Env:
    """The same as a real installation behind its proxy, which speaks https to people; demo accounts may sign in."""
    return {
        **env,
        "PRODUCTION": "1",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "PERSONAL_DATA_KEYS": DEMO_SECRET,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"https://127.0.0.1:{port}",
        "TRUSTED_PROXY_COUNT": "1",
        "MFA_REQUIRED_ROLES": "",
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
    }


def python(env: Mapping[str, str], *words: str) -> str:
    """Run this Python with these arguments to its end; returns what it printed. Raises NotServed with its errors."""
    done = subprocess.run([sys.executable, *words], env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotServed(f"{' '.join(words)}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    return done.stdout


def manage(env: Mapping[str, str], *words: str) -> str:
    return python(env, "manage.py", *words)


# ── Web, worker and clock ───────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Office:
    """An office that runs: where it answers, and its three processes."""

    port: int
    processes: Mapping[str, subprocess.Popen[bytes]]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def tree(self, name: str) -> list[int]:
        return tree(self.processes[name].pid)


@contextmanager
def office_running(
    env: Mapping[str, str], *, web: int, threads: int = 8, workers: int = 2
) -> Iterator[Office]:
    """Granian with `web` processes, a worker and the clock as in production; all ended when the block ends."""
    port = free_port()
    celery = (sys.executable, "-m", "celery", "--quiet", "--app", "config.celery:app")
    with TemporaryDirectory(prefix="proof-") as place:
        own = as_production({"DATA_DIR": place, **env}, port)
        manage(own, "collectstatic", "-v0", "--no-input")
        processes: dict[str, subprocess.Popen[bytes]] = {}
        try:
            processes["web"] = start_child(granian(port, web=web, threads=threads), env=own)
            processes["worker"] = start_child(
                [*celery, "worker", "--loglevel", "WARNING", "--concurrency", str(workers)], env=own
            )
            processes["clock"] = start_child(
                [*celery, "beat", "--loglevel", "WARNING", "--schedule", f"{place}/beat"], env=own
            )
            office = Office(port, processes)
            wait_until_answered(f"{office.address}/readyz", processes["web"])
            yield office
        finally:
            for process in processes.values():
                stop_child(process, seconds=20)


def granian(port: int, *, web: int, threads: int = 8) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--log-level", "error"),
        *("--host", "127.0.0.1", "--port", str(port), "--workers", str(web)),
        *("--blocking-threads", str(threads), "--workers-kill-timeout", "5", "config.wsgi:application"),
    ]


def wait_until_answered(address: str, process: subprocess.Popen[bytes]) -> float:
    """Ask until the server answers 200; returns the seconds that took. Raises NotServed."""
    began = time.perf_counter()
    while time.perf_counter() - began < READY_SECONDS:
        if process.poll() is not None:
            raise NotServed(f"The server ended with {process.returncode}.")
        try:
            urllib.request.urlopen(address, timeout=READY_SECONDS).read()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
        else:
            return time.perf_counter() - began
    raise NotServed(f"{address} does not answer.")


# ── What processes use ──────────────────────────────────────────────────────────────────────


def tree(pid: int) -> list[int]:
    """This process and all that came from it, those that still run."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            found += [int(child) for child in _read(task).split()]
    return [one for one in found if Path(f"/proc/{one}").exists()]


def named(name: str) -> list[int]:
    """The processes of a program, such as every one of PostgreSQL."""
    return [
        int(place.parent.name) for place in Path("/proc").glob("[0-9]*/comm") if _read(place).strip() == name
    ]


def memory_of(pids: Sequence[int], *, part: str = "Pss") -> float:
    """MiB these processes hold: Pss shares out what they have in common, Rss counts it for each."""
    lines = (line for pid in pids for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines())
    return sum(int(line.split()[1]) for line in lines if line.startswith(f"{part}:")) / 1024


def seconds_of(pids: Sequence[int]) -> float:
    """Seconds of processor these processes have used, and those children of theirs that have ended: PostgreSQL's for
    each connection, say."""
    fields = (_read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split() for pid in pids)
    return sum(int(spent) for one in fields for spent in one[11:15]) / TICKS


def _read(place: Path) -> str:
    """The file's text; nothing of a process that has just ended."""
    try:
        return place.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
