"""The office's own processes, as docs/running.md has them, on the servers of this proof."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.postbox import free_port
from tests.proofs.faulty.post import Post
from tests.proofs.faulty.servers import Clock, Database, Queue, Server, SmallDisk, wait_until

ROOT = Path(__file__).resolve().parents[3]
OFFICE_HOURS = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
"""Ten o'clock on a Thursday in Bangkok: letters to people of the office leave in office hours only."""
LEASE_SECONDS = 10
MAIL_SECONDS = 8
LOADING_SECONDS = 300
NAME = "office"
WORKER = ("--concurrency", "1", "--without-gossip", "--without-mingle", "--without-heartbeat")


class Part(Server):
    """A process of the office; `tree` is the code it runs."""

    def __init__(self, name: str, command: Sequence[str], house: House) -> None:
        super().__init__(name, house.folder / "logs" / f"{name}.log")
        self._command, self._house = command, house
        self.tree = ROOT

    def command(self) -> Sequence[str]:
        return [sys.executable, *self._command]

    def environment(self) -> dict[str, str]:
        return self._house.environment | self._house.clock.environment | {"PYTHONPATH": str(self.tree)}

    def folder(self) -> Path:
        return self.tree


class Web(Part):
    """The web server."""

    def answers(self) -> bool:
        if not self.lives:
            return False
        connection = HTTPConnection("127.0.0.1", self._house.port, timeout=5)
        with suppress(OSError, HTTPException):
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        return False


class Whole(Web):
    """All of them under one parent, with the embedded queue instead of this proof's."""

    def environment(self) -> dict[str, str]:
        return {name: value for name, value in super().environment().items() if name != "REDIS_URL"}


class House:
    """Everything that runs, and the folder it runs in."""

    def __init__(self, folder: Path, *, cluster: Path | None) -> None:
        self.folder = folder
        folder.chmod(0o755)
        (folder / "logs").mkdir()
        self.data = folder / "data"
        self.database = Database(folder, folder / "logs" / "postgresql.log", copy_of=cluster)
        self.queue = Queue(folder, folder / "logs" / "queue.log")
        self.post = Post()
        self.post.open()
        self.clock = Clock(folder, OFFICE_HOURS)
        self.disk = SmallDisk(self.data / "files") if os.getuid() == 0 else None
        self.port = free_port()
        serving = ["--host", "127.0.0.1", "--port", str(self.port)]
        granian = ["-m", "granian", "--interface", "wsgi", "--log-level", "error", "--blocking-threads", "4"]
        self.web = Web("web", [*granian, *serving, "config.wsgi:application"], self)
        self.workers = [self._celery(f"worker{number}", "worker", *WORKER) for number in (1, 2)]
        self.beats = [self._celery(f"beat{number}", "beat") for number in (1, 2)]
        self.whole = Whole("serve", ["manage.py", "serve", *serving, "--worker-processes", "1"], self)

    def _celery(self, name: str, *command: str) -> Part:
        return Part(name, ["-m", "celery", "--quiet", "-A", "config", *command, "-l", "WARNING"], self)

    @property
    def worker(self) -> Part:
        return self.workers[0]

    @property
    def beat(self) -> Part:
        return self.beats[0]

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "DATABASE_URL": self.database.url(NAME),
            "DATA_DIR": str(self.data),
            "DEMO": "0",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "EMAIL_TIMEOUT": str(MAIL_SECONDS),
            "EMAIL_URL": self.post.url,
            "ENV_FILE": os.devnull,
            "NOTICE_LEASE_SECONDS": str(LEASE_SECONDS),
            "PUBLIC_FORM_LIMIT": "100000/hour",
            "PYTHONUNBUFFERED": "1",
            "PYTHONWARNINGS": "ignore",
            "REDIS_URL": self.queue.url,
            "SITE_URL": self.base,
        }
        return os.environ | own

    def open(self) -> None:
        """Start the servers, and make the tables where the cluster did not bring them."""
        self.database.start_and_wait()
        self.queue.start_and_wait()
        if self.database.is_copy:
            return
        self.database.create(NAME)
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, check=True, cwd=ROOT, env=self.environment)

    def start(self) -> None:
        """Start the office's own processes, one of each."""
        for part in (self.web, self.worker, self.beat):
            part.start()
        wait_until(self.web.answers, "the web server answers", seconds=LOADING_SECONDS)

    def close(self) -> None:
        """End everything, the office before what it leans on."""
        for part in (self.whole, *self.beats, *self.workers, self.web, self.queue, self.database):
            part.kill()
        self.post.close()
        if self.disk:
            self.disk.close()
