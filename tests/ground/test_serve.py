"""The one parent: everything starts with it, ends with it, and touches no server of anybody else."""

import contextlib
import http.client
import os
import queue
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from office.management.commands import serve

pytestmark = pytest.mark.once  # the embedded default, whatever the environment says
ROOT = Path(__file__).resolve().parents[2]
CHOICES_OF_AN_OFFICE = (
    "DATABASE_URL",
    "REDIS_URL",
    "SITE_URL",
    "EMAIL_URL",
    "PRODUCTION",
    "DEBUG",
    "SECRET_KEY",
)
PATIENCE_SECONDS = 600  # a loaded machine is slow, not wrong
POSTGRESQL_PORT, REDIS_PORT = 5432, 6379


class Office:
    """`manage.py serve` in a process of its own, its words read line by line."""

    def __init__(self, data: Path) -> None:
        env = {key: value for key, value in os.environ.items() if key not in CHOICES_OF_AN_OFFICE}
        env |= {"DATA_DIR": str(data), "ENV_FILE": os.devnull, "DEMO": "0", "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", "0"],
            cwd=ROOT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said: list[str] = []
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def wait_for(self, pattern: str) -> re.Match[str]:
        """The first match of `pattern` in what it says from now on."""
        give_up = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < give_up:
            with contextlib.suppress(queue.Empty):
                line = self._lines.get(timeout=0.2)
                self.said.append(line)
                if found := re.search(pattern, line):
                    return found
        raise AssertionError(f"nothing like {pattern!r} in:\n{''.join(self.said)}")

    def port(self) -> int:
        """The port it answers on, once it does."""
        return int(self.wait_for(r"http://127\.0\.0\.1:(\d+)/")[1])

    def family(self) -> dict[int, str]:
        """Every living descendant: process id and command line."""
        found: dict[int, str] = {}
        parents = {self.process.pid}
        while parents:
            parents = {pid for pid, parent in _parents().items() if parent in parents}
            found |= {pid: _command_line(pid) for pid in parents}
        return found

    def child(self, words: str) -> int:
        """The process id of its own child whose command line holds `words`."""
        parents = _parents()
        mine = [pid for pid, command in self.family().items() if words in command]
        return next(pid for pid in mine if parents.get(pid) == self.process.pid)


@contextlib.contextmanager
def _served(data: Path) -> Iterator[Office]:
    running = Office(data)
    try:
        yield running
    finally:
        family = running.family()
        running.process.kill()
        running.process.wait()
        for pid in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where an office was served for the first time, from nothing: its database was made there."""
    data = tmp_path_factory.mktemp("first-day")
    with _served(data) as office:
        office.port()
        office.process.send_signal(signal.SIGINT)
        office.process.wait(PATIENCE_SECONDS)
    return data


@pytest.fixture
def office(first_day: Path, tmp_path: Path) -> Iterator[Office]:
    """The same office on another day."""
    for part in first_day.glob("*.sqlite3*"):
        shutil.copy(part, tmp_path)
    with _served(tmp_path) as running:
        yield running


def test_serve_answers_in_a_browser_and_ctrl_c_ends_every_process(office: Office) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", office.port(), timeout=30)
    connection.request("GET", "/")
    assert connection.getresponse().status < 400
    connection.close()
    family = office.family()
    assert _names(family) == {"valkey-server", "granian", "worker", "beat"}

    office.process.send_signal(signal.SIGINT)

    assert office.process.wait(PATIENCE_SECONDS) == 0
    assert _living(family) == {}


def test_a_dead_worker_ends_everything_and_is_named(office: Office) -> None:
    office.port()
    family = office.family()
    with translation.override("th"):
        worker = serve.child_label("worker")

    os.kill(office.child("config.celery:app worker"), signal.SIGKILL)

    office.wait_for(rf"{worker}.*-9")
    assert office.process.wait(PATIENCE_SECONDS) == 1
    assert _living(family) == {}


def test_nothing_outlives_a_killed_parent(office: Office) -> None:
    office.port()
    family = office.family()
    assert family

    office.process.kill()

    _wait_until(lambda: _living(family) == {})


def test_the_default_reaches_no_postgresql_and_no_redis(office: Office) -> None:
    port = office.port()
    pids = [office.process.pid, *office.family()]
    ends = {end for pid in pids for end in _tcp_ends(pid)}

    assert (port, 0) in ends, "the web server's own socket is not seen, so the test sees nothing"
    assert not {theirs for _mine, theirs in ends} & {POSTGRESQL_PORT, REDIS_PORT}
    assert {mine for mine, theirs in ends if theirs == 0} == {port}, "something else listens"


def test_a_taken_port_asked_for_is_refused() -> None:
    with _taken_port() as port, pytest.raises(CommandError, match=str(port)):
        call_command("serve", port=port)


def test_a_taken_default_port_gives_the_next_free_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with _taken_port() as port:
        monkeypatch.setattr(serve, "DEFAULT_PORT", port)
        assert port < serve.choose_port("127.0.0.1", None) < port + serve.PORTS_TRIED


@contextlib.contextmanager
def _taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def _names(family: dict[int, str]) -> set[str]:
    """What each process is, by the first word of its command line that tells."""
    found = (re.search(r"valkey-server|granian|\b(?:worker|beat) ", command) for command in family.values())
    return {match[0].strip() if match else "stranger" for match in found}


def _parents() -> dict[int, int]:
    """Process id → its parent's, of every process of this machine that is no zombie."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            if state not in "ZX":
                parents[int(entry.name)] = int(parent)
    return parents


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def _living(family: dict[int, str]) -> dict[int, str]:
    return {pid: command for pid, command in family.items() if pid in _parents()}


def _wait_until(is_so: Callable[[], bool]) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < give_up
        time.sleep(0.1)


def _tcp_ends(pid: int) -> set[tuple[int, int]]:
    """(own port, other port) of every TCP socket that process holds; the other port is 0 where it listens."""
    inodes = set()
    with contextlib.suppress(OSError):
        for fd in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                if found := re.fullmatch(r"socket:\[(\d+)\]", str(fd.readlink())):
                    inodes.add(found[1])
    ends = set()
    for table in ("tcp", "tcp6"):
        for line in Path("/proc/net", table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[9] in inodes:
                mine, theirs = (int(end.rpartition(":")[2], 16) for end in fields[1:3])
                ends.add((mine, theirs))
    return ends
