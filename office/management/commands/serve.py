"""The one parent: queue, database, background worker, clock and web server, started and ended together."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connections
from django.utils.translation import gettext as _

from office.embedded import EmbeddedValkey, EmbeddedValkeyError, EmbeddedValkeyInUseError, start_valkey
from office.processes import kill_group, start_child, stop_child

DEFAULT_PORT = 8000
PORTS_TRIED = 100
READY_SECONDS = 120
LOOK_SECONDS = 0.2  # how often the parent looks whether all its children live
STOP_SECONDS = {"web": 10, "clock": 5, "worker": 25}  # the worker may be writing a report to its end
CELERY = (sys.executable, "-m", "celery", "--quiet", "--app", "config.celery:app")


class Command(BaseCommand):
    """Run the whole office; ends on Ctrl-C or SIGTERM, or when one of its processes ends, and says which."""

    help = "Runs the queue, the background worker, the clock and the web server under one parent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument(
            "--port", type=int, help=f"0 for any free one; by default {DEFAULT_PORT} or the next"
        )
        parser.add_argument("--worker-processes", type=int, default=2, help="background jobs at a time")
        parser.add_argument("--web-threads", type=int, default=8, help="requests at a time")

    def handle(self, *args: Any, **options: Any) -> None:
        children: dict[str, subprocess.Popen[bytes]] = {}
        queue: EmbeddedValkey | None = None
        was_asked_to_stop = False
        with _stopped_by_signals():
            try:
                port = choose_port(options["host"], options["port"])
                if "SITE_URL" not in os.environ:
                    settings.SITE_URL = f"http://{_address(options['host'], port)}"  # in what the demo prints
                queue = _start_queue()
                self._prepare_database()
                for name, child in _start_children(options, port, _environment(queue)):
                    children[name] = child
                self._watch(children, queue, _address(options["host"], port))
            except KeyboardInterrupt:
                was_asked_to_stop = True
                self.stdout.write("\n" + _("Stopping …"))
            finally:
                _stop_all(children, queue)
        if not was_asked_to_stop:
            sys.exit(1)
        self.stdout.write(_("Stopped."))

    def _prepare_database(self) -> None:
        self.stdout.write(_("Preparing the database …"))
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        if settings.PRODUCTION:
            call_command("collectstatic", verbosity=0, interactive=False)
        elif settings.DEMO and _is_empty():
            call_command("demo", stdout=self.stdout, stderr=self.stderr)
        connections.close_all()

    def _watch(
        self, children: Mapping[str, subprocess.Popen[bytes]], queue: EmbeddedValkey | None, address: str
    ) -> None:
        """Say when the pages answer; return when a child has ended or no page answers in READY_SECONDS."""
        watched = dict(children) if queue is None else {"queue": queue.process, **children}
        give_up = time.monotonic() + READY_SECONDS
        is_ready = False
        while True:
            for name, process in watched.items():
                if process.poll() is not None:
                    self._say_who_died(name, process)
                    return
            if not is_ready and _answers(address):
                self._say_ready()
                is_ready = True
            if not is_ready and time.monotonic() > give_up:
                self.stderr.write(self.style.ERROR(_("The web server does not answer; stopping everything.")))
                return
            time.sleep(LOOK_SECONDS)

    def _say_ready(self) -> None:
        url = f"{settings.SITE_URL}/"
        self.stdout.write(self.style.SUCCESS(_("Ready at %(url)s (Ctrl-C stops it)") % {"url": url}))
        self.stdout.flush()

    def _say_who_died(self, name: str, process: subprocess.Popen[bytes]) -> None:
        text = _("%(name)s ended unexpectedly (code %(code)s); stopping everything.")
        self.stderr.write(self.style.ERROR(text % {"name": child_label(name), "code": process.returncode}))


def child_label(name: str) -> str:
    """What people call the child `name`."""
    labels = {
        "queue": _("The queue"),
        "web": _("The web server"),
        "clock": _("The clock"),
        "worker": _("The background worker"),
    }
    return labels[name]


@contextlib.contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Raise KeyboardInterrupt for SIGTERM, a closed terminal, and Ctrl-C even where a shell had it ignored."""

    def interrupt(signum: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {
        number: signal.signal(number, interrupt) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _is_empty() -> bool:
    """Whether nobody has worked here yet: no person and no matter."""
    return not any(apps.get_model("office", name).objects.exists() for name in ("User", "Matter"))


def choose_port(host: str, wanted: int | None) -> int:
    """The port to listen on: `wanted` when it is free, else (nothing wanted) the first free one from 8000."""
    if wanted is not None:
        port = _free_port(host, wanted)
        if port is None:
            raise CommandError(_("Port %(port)s is taken.") % {"port": wanted})
        return port
    for candidate in range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TRIED):
        port = _free_port(host, candidate)
        if port is not None:
            return port
    raise CommandError(_("Port %(port)s is taken.") % {"port": DEFAULT_PORT})


def _free_port(host: str, port: int) -> int | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return None
        return int(probe.getsockname()[1])


def _start_queue() -> EmbeddedValkey | None:
    """Start the embedded Valkey, unless `REDIS_URL` names a server of the office's own."""
    if "REDIS_URL" in os.environ:
        return None
    try:
        return start_valkey(settings.DATA_DIR)
    except EmbeddedValkeyInUseError as error:
        raise CommandError(
            _("The office already runs on the data in %(path)s.") % {"path": settings.DATA_DIR}
        ) from error
    except EmbeddedValkeyError as error:
        raise CommandError(_("The queue does not start: %(error)s") % {"error": error}) from error


def _environment(queue: EmbeddedValkey | None) -> dict[str, str]:
    """What the children run with: our own environment, the queue, and the address links are made of."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONUNBUFFERED": "1"}
    env.setdefault("SITE_URL", settings.SITE_URL)
    # A newcomer tries this as root in a container; an office's unit file names a user of its own.
    env.setdefault("PYTHONWARNINGS", "ignore:You're running the worker with superuser privileges")
    if queue is not None:
        env["REDIS_URL"] = queue.url
    return env


def _address(host: str, port: int) -> str:
    """The address a browser on this machine uses."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # nosec B104 # an address is read here, none is bound
    return f"[{reachable}]:{port}" if ":" in reachable else f"{reachable}:{port}"


def _start_children(
    options: Mapping[str, Any], port: int, env: Mapping[str, str]
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Start web server, worker and clock; each is yielded as soon as it runs, so that it can be ended."""
    granian = (sys.executable, "-m", "granian", "--interface", "wsgi", "--log-level", "error")
    threads = ("--blocking-threads", str(options["web_threads"]), "--workers-kill-timeout", "5")
    where = ("--host", options["host"], "--port", str(port))
    yield "web", start_child([*granian, *threads, *where, "config.wsgi:application"], env=env)
    size = ("--concurrency", str(options["worker_processes"]))
    alone = ("--without-gossip", "--without-mingle", "--without-heartbeat")
    yield "worker", start_child([*CELERY, "worker", "--loglevel", "WARNING", *size, *alone], env=env)
    yield "clock", start_child([*CELERY, "beat", "--loglevel", "WARNING"], env=env)


def _answers(address: str) -> bool:
    """Whether the web server answers at all, whatever it says; asked under the name people use."""
    name = urlsplit(settings.SITE_URL).netloc
    connection = http.client.HTTPConnection(address, timeout=10)
    try:
        connection.request("GET", "/", headers={"Host": name})
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    else:
        return True
    finally:
        connection.close()


def _stop_all(children: Mapping[str, subprocess.Popen[bytes]], queue: EmbeddedValkey | None) -> None:
    """End the children, the queue last; another Ctrl-C meanwhile kills what is still there."""
    try:
        for process in children.values():
            process.terminate()
        for name, process in children.items():
            stop_child(process, seconds=STOP_SECONDS[name])
    except KeyboardInterrupt:
        for process in children.values():
            kill_group(process)
    finally:
        if queue is not None:
            queue.stop()
