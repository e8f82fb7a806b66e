"""How the system itself stands: versions, queue, clock, letters, reports, backup, disk; and what needs somebody's hand.

Nothing here waits long: a queue that is away is said to be away after a second. The page and the command read the same.
"""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

import django
from amqp.exceptions import NotFound
from celery import current_app
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max, Min
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from office.clock import Entry
from office.clock import entries as entries_of_the_clock
from office.faults import MAIL_SERVER, source_of
from office.models import Backup, Notice, Report, WorkFault
from office.servers import client_of

SECONDS_FOR_THE_QUEUE: Final = 1
PACKAGES: Final = ("django", "celery", "weasyprint", "granian")
MOST_COUNTED: Final = 10_000
SILENT_AFTER: Final = timedelta(minutes=5)
SILENT_AT_LENGTH_AFTER: Final = timedelta(minutes=15)
"""Where papers and what takes minutes are made: a task of a person may hold up the round of the clock."""
FILES_LOOKED_AT: Final = 50_000
"""Files are measured no further: what is larger needs the disk's own tools, and the page must open."""


@dataclass(frozen=True)
class Queue:
    """The broker: whether it answers, which it is, how much waits for a worker in which queue."""

    answers: bool
    version: str = ""
    lengths: Mapping[str, int] = field(default_factory=dict)

    @property
    def waiting(self) -> int:
        return sum(self.lengths.values())


@dataclass(frozen=True)
class Sign:
    """Of the workers of one queue: when one last ended something the clock gave, and since when one is at work on what
    has not ended."""

    queue: str
    ended: datetime | None
    at_work: datetime | None

    def is_silent(self, now: datetime) -> bool:
        """Whether nobody seems to take from this queue: each has something every minute, but the work of some is
        long."""
        longest = timedelta(seconds=settings.QUEUE_VISIBILITY_SECONDS)
        is_quick = self.queue == current_app.conf.task_default_queue
        idle, busy = (SILENT_AFTER, SILENT_AT_LENGTH_AFTER) if is_quick else (SILENT_AT_LENGTH_AFTER, longest)
        if self.at_work and now - self.at_work <= busy:
            return False
        return self.ended is None or now - self.ended > idle


@dataclass(frozen=True)
class Ticks:
    """When the clock last gave something to the queue, and how the workers of each queue stand."""

    clock: datetime | None
    workers: Sequence[Sign]
    late: Sequence[Entry]
    paused: Sequence[Entry]

    @property
    def worker(self) -> datetime | None:
        """The oldest of the queues' last signs; None while one of them never gave any."""
        ended = [sign.ended for sign in self.workers if sign.ended]
        return min(ended) if ended and len(ended) == len(self.workers) else None

    def silent(self, now: datetime) -> list[str]:
        """The queues from which nobody seems to take."""
        return [sign.queue for sign in self.workers if sign.is_silent(now)]


@dataclass(frozen=True)
class Mail:
    """Letters: sent in a day, waiting, tried in vain; since when the oldest waits; why the last one failed."""

    sent: int
    waiting: int
    failing: int
    oldest: datetime | None
    server: WorkFault | None
    last: WorkFault | None


@dataclass(frozen=True)
class Disk:
    """The disk on which the data lie, in bytes. `files` is None where they lie elsewhere; `files_more`: at least."""

    total: int
    free: int
    database: int
    files: int | None
    files_more: bool

    @property
    def free_percent(self) -> int:
        return 100 * self.free // self.total if self.total else 0


@dataclass(frozen=True)
class System:
    """All of it at one moment."""

    at: datetime
    versions: list[tuple[str, str]]
    queue: Queue
    ticks: Ticks
    mail: Mail
    disk: Disk
    report: Report | None
    backup: Backup | None
    installed_at: datetime | None
    """When the database was made."""


def look(now: datetime) -> System:
    """How the system stands; a handful of queries and one question to the queue."""
    queue = look_at_queue()
    return System(
        at=now,
        versions=versions(queue),
        queue=queue,
        ticks=look_at_clock(now),
        mail=look_at_mail(now),
        disk=look_at_disk(),
        report=Report.objects.filter(state=Report.State.ISSUED).order_by("-issued_at").first(),
        backup=Backup.last_taken(),
        installed_at=_installed_at(),
    )


def _installed_at() -> datetime | None:
    recorder = MigrationRecorder(connection)
    if not recorder.has_table():
        return None
    first: datetime | None = recorder.migration_qs.aggregate(first=Min("applied"))["first"]
    return first


def versions(queue: Queue) -> list[tuple[str, str]]:
    """What runs here, by name and version."""
    found = [
        ("Prasan", settings.RELEASE),
        ("Python", platform.python_version()),
        ("Django", django.get_version()),
        (str(connection.display_name), _database_version()),
        ("Redis / Valkey", queue.version or "–"),
    ]
    return found + [(name.capitalize(), _package(name)) for name in PACKAGES if name != "django"]


def _package(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "–"


def _database_version() -> str:
    return ".".join(str(part) for part in connection.get_database_version())


def look_at_queue() -> Queue:
    """One question to the broker, given up after a second."""
    names = [queue.name for queue in current_app.conf.task_queues]
    if settings.CELERY_BROKER_URL.startswith(("amqp://", "amqps://")):
        return _look_at_rabbit(names)
    limits = {"socket_connect_timeout": SECONDS_FOR_THE_QUEUE, "socket_timeout": SECONDS_FOR_THE_QUEUE}
    client: Any = client_of(settings.REDIS_URL, **limits)
    try:
        info, lengths = client.info("server"), {name: int(client.llen(name)) for name in names}
    except (RedisError, OSError):
        return Queue(answers=False)
    finally:
        client.close()
    said = info.get("valkey_version") or info.get("redis_version", "")
    return Queue(answers=True, version=str(said), lengths=lengths)


def _look_at_rabbit(names: Sequence[str]) -> Queue:
    """The same of RabbitMQ. A queue that no worker has asked for yet is not there, and so empty."""
    lengths = dict.fromkeys(names, 0)
    try:
        with current_app.connection_for_read() as asked:
            asked.ensure_connection(max_retries=1, timeout=SECONDS_FOR_THE_QUEUE)
            said = asked.connection.server_properties.get("version", "")
            for name in names:
                with asked.channel() as channel:
                    try:
                        lengths[name] = channel.queue_declare(name, passive=True).message_count
                    except NotFound:
                        continue
    except (OperationalError, OSError):
        return Queue(answers=False)
    return Queue(answers=True, version=str(said), lengths=lengths)


def look_at_clock(now: datetime) -> Ticks:
    """The last signs of life of clock and worker, which the database keeps: they can be read without the queue."""
    entries = entries_of_the_clock()
    return Ticks(
        clock=max((entry.work.sent_at for entry in entries if entry.work), default=None),
        workers=[_sign_of(queue.name, entries) for queue in current_app.conf.task_queues],
        late=[entry for entry in entries if entry.is_late(now)],
        paused=[entry for entry in entries if entry.rests(now)],
    )


def _sign_of(queue: str, entries: Sequence[Entry]) -> Sign:
    works = [entry.work for entry in entries if entry.work and entry.queue == queue]
    ended = max((work.ended_at for work in works if work.ended_at), default=None)
    begun = [work.started_at for work in works if work.started_at]
    return Sign(queue, ended, at_work=max((at for at in begun if not ended or at > ended), default=None))


def look_at_mail(now: datetime) -> Mail:
    """The outbox: counted no further than anybody reads."""
    letters = Notice.objects.filter(way=Notice.Way.EMAIL)
    unsent = letters.filter(sent_at=None, digest=None)
    due = unsent.filter(deliver_from__lte=now)
    source = source_of(Notice)
    last = WorkFault.objects.filter(source=source, row_id__in=unsent.filter(failures__gt=0).values("pk"))
    return Mail(
        sent=_sent_in_a_day(now),
        waiting=_count(unsent),
        failing=_count(unsent.filter(failures__gt=0)),
        oldest=due.aggregate(oldest=Min("made_at"))["oldest"],
        server=WorkFault.objects.filter(source=MAIL_SERVER).first(),
        last=last.order_by("-at").first(),
    )


def _sent_in_a_day(now: datetime) -> int:
    """Counted among the newest rows alone: of all that was ever sent there is no index by its moment."""
    newest = Notice.objects.aggregate(newest=Max("pk"))["newest"] or 0
    rows = Notice.objects.filter(pk__gt=newest - 2 * MOST_COUNTED, way=Notice.Way.EMAIL)
    return _count(rows.filter(sent_at__gt=now - timedelta(days=1)))


def _count(rows: Any) -> int:
    return int(rows.order_by()[:MOST_COUNTED].count())


def look_at_disk() -> Disk:
    """Room on the disk, and what database and files take of it."""
    data = Path(settings.DATA_DIR)
    usage = shutil.disk_usage(data if data.exists() else Path.cwd())
    files, more = _size_of(Path(settings.MEDIA_ROOT))
    return Disk(usage.total, usage.free, _database_size(), files, more)


def _size_of(directory: Path) -> tuple[int | None, bool]:
    if not directory.is_dir():
        return None, False
    size = seen = 0
    for place, _folders, names in os.walk(directory):
        for name in names:
            seen += 1
            if seen > FILES_LOOKED_AT:
                return size, True
            size += (Path(place) / name).lstat().st_size
    return size, False


def _database_size() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return int(cursor.fetchone()[0])
