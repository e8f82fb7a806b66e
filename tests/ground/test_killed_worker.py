"""A worker killed at any moment loses no reminder and says none twice, but for the letter in its hand."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from celery import Celery
from django.conf import settings
from django.db import connection
from django.utils import timezone

from office.calendar import OFFICE_TZ
from office.embedded import start_valkey
from office.models import Deadline, Notice
from office.models.calendar import current_calendar
from tests.cast import MORNING, make_officer, make_petition
from tests.postbox import Postbox, open_postbox

ROOT = Path(__file__).resolve().parents[2]
REMINDERS, OFFICERS, KILLS, SEED = 1000, 10, 20, 2553
PATIENCE_SECONDS = 240  # a letter that failed once waits two minutes for its next turn
CLOCK_SECONDS = 1
DUE = datetime(2009, 11, 18, 16, 30, tzinfo=OFFICE_TZ)
DUE_MORNING = DUE.replace(hour=8, minute=30)
TEN_O_CLOCK = DUE.replace(hour=10, minute=0)


class Ground:
    """What the workers of this test run on: a queue, a mail server, the test's own database, another day."""

    def __init__(self, broker: str, postbox: Postbox, env: dict[str, str]) -> None:
        self.queue = Celery(broker=broker, set_as_current=False)
        self.postbox = postbox
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.ground.worker_nursery"],
            cwd=ROOT,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @contextmanager
    def worker(self) -> Iterator[int]:
        """A fresh worker with one process for its tasks."""
        assert self._nursery.stdin
        self._nursery.stdin.write("\n")
        self._nursery.stdin.flush()
        group = self._read()
        try:
            yield group
        finally:
            os.killpg(group, signal.SIGKILL)
            assert self._read() == -signal.SIGKILL

    def _read(self) -> int:
        assert self._nursery.stdout
        return int(self._nursery.stdout.readline())

    def wait_until(self, is_so: Callable[[], bool], what: str) -> None:
        """Ask for a round again and again, as the clock does, since a round alone leaves what a dead worker holds."""
        give_up, next_round = time.monotonic() + PATIENCE_SECONDS, 0.0
        while not is_so():
            now = time.monotonic()
            assert now < give_up, f"waited in vain until {what}"
            if now >= next_round:
                self.queue.send_task("projectplan.tasks.sweep")
                next_round = now + CLOCK_SECONDS
            time.sleep(0.005)

    @property
    def progress(self) -> int:
        """How far the work is: reminders written, then letters arrived."""
        return Notice.objects.filter(way=Notice.Way.APP).count() + len(set(self.postbox.message_ids))

    def close(self) -> None:
        self._nursery.kill()
        self._nursery.communicate()
        self.queue.close()


@pytest.fixture
def ground(transactional_db: None, tmp_path: Path) -> Iterator[Ground]:
    valkey = start_valkey(tmp_path)
    with open_postbox(seconds_per_letter=0.004) as postbox:
        env = os.environ | {
            "CLOCK_SHIFT_SECONDS": str((TEN_O_CLOCK - timezone.now()).total_seconds()),
            "DATABASE_URL": database_url(),
            "DATA_DIR": str(tmp_path),
            "EMAIL_URL": postbox.url,
            "ENV_FILE": os.devnull,
            "NOTICE_LEASE_SECONDS": "1",
            "REDIS_URL": valkey.url,
            "SITE_URL": settings.SITE_URL,
        }
        ground = Ground(valkey.url.replace("unix://", "redis+socket://"), postbox, env)
        yield ground
        ground.close()
    valkey.stop()


def database_url() -> str:
    """The address of the test's own database, for other processes."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    user, password, host = (quote(str(facts[part]), safe="") for part in ("USER", "PASSWORD", "HOST"))
    return f"postgres://{user}:{password}@{host}:{facts['PORT']}/{facts['NAME']}"


def make_reminders() -> None:
    """Promises due this afternoon, a hundred for each of ten officers, of which nobody was reminded yet."""
    edition = current_calendar().version
    promises = []
    for number in range(OFFICERS):
        officer = make_officer(f"officer{number}")
        petition = make_petition(owner=officer, petitioner=False)
        promises += [
            Deadline(
                matter_id=petition.pk,
                kind=Deadline.Kind.INFORM,
                amount=1,
                unit="working_days",
                calendar_id=edition,
                start_at=MORNING,
                due_at=DUE,
                responsible=officer,
                follower=officer,
                next_reminder=Deadline.Reminder.BEFORE,
                remind_at=DUE_MORNING,
            )
            for _promise in range(REMINDERS // OFFICERS - 1)  # the petition brought its own
        ]
    Deadline.objects.bulk_create(promises)


def in_hand() -> set[str]:
    """The letters that a worker had taken and not yet put away."""
    return {notice.message_id for notice in Notice.objects.exclude(held_until=None).filter(sent_at=None)}


def letters_left() -> bool:
    return Notice.objects.filter(way=Notice.Way.EMAIL, sent_at=None).exists()


def test_a_worker_killed_twenty_times_loses_no_reminder_and_repeats_only_the_letter_in_its_hand(
    ground: Ground,
) -> None:
    make_reminders()
    chance = random.Random(SEED)
    # A quarter of the kills while reminders are written, the others while letters leave.
    moments = sorted(chance.sample(range(REMINDERS), 5) + chance.sample(range(REMINDERS, 2 * REMINDERS), 15))
    interrupted: set[str] = set()
    for moment in moments:
        with ground.worker():
            ground.wait_until(lambda moment=moment: ground.progress >= moment, f"{moment} steps are done")
            time.sleep(chance.uniform(0, 0.02))
        interrupted |= in_hand()
    with ground.worker():
        ground.wait_until(lambda: ground.progress >= 2 * REMINDERS and not letters_left(), "all is done")

    told = Notice.objects.filter(way=Notice.Way.APP)
    assert told.count() == REMINDERS
    assert told.values("deadline").distinct().count() == REMINDERS
    arrived = Counter(ground.postbox.message_ids)
    assert set(arrived) == {notice.message_id for notice in Notice.objects.filter(way=Notice.Way.EMAIL)}
    assert len(arrived) == REMINDERS
    repeated = {message_id for message_id, copies in arrived.items() if copies > 1}
    assert repeated <= interrupted
    assert sum(arrived.values()) - REMINDERS <= KILLS
