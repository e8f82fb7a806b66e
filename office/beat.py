"""The clock itself: a scheduler for `celery beat` that keeps its turns in the database.

Any number of clocks may run: each turn is claimed by one of them. What an administrator changes holds from the next
look on, and neither a database nor a queue that is away for a while ends the process.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from celery.beat import Scheduler
from celery.signals import task_failure, task_prerun, task_success
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from kombu.exceptions import OperationalError

from office import clock

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS: Final = 2.0


class OfficeScheduler(Scheduler):
    """Looks every two seconds at what is due, and gives it to the queue."""

    def setup_schedule(self) -> None:
        """The entries stand in the configuration; their turns stand in the database."""
        self.merge_inplace(self.app.conf.beat_schedule)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """One look; returns after how many seconds to look again. It ends well whatever is down."""
        if not connection.in_atomic_block:
            close_old_connections()
        try:
            look(timezone.now(), self._send)
        except DatabaseError as away:
            logger.warning("The clock cannot read its turns: %s", type(away).__name__)
        return SECONDS_BETWEEN_LOOKS

    def _send(self, entry: clock.Entry) -> None:
        self.app.send_task(entry.task, retry=False, **entry.options)


def look(now: datetime, send: Callable[[clock.Entry], object]) -> list[str]:
    """Give what is due to the queue and return its names; a turn that the queue does not take is still to come."""
    entries = clock.entries()
    if any(entry.work is None for entry in entries):
        clock.know({entry.name: entry for entry in entries}, now)
        entries = clock.entries()
    sent = []
    for entry in entries:
        if entry.is_due(now) and clock.claim(entry, now):
            try:
                send(entry)
            except (OperationalError, ConnectionError, OSError) as down:
                clock.give_back(entry, now)
                logger.warning(
                    "The queue is down, “%s” is still to come: %s", entry.name, type(down).__name__
                )
            else:
                sent.append(entry.name)
    return sent


def listen() -> None:
    """Have the worker write down how the clock's tasks went; called once when the office is ready."""
    task_prerun.connect(_began, dispatch_uid="office.beat.began")
    task_success.connect(_succeeded, dispatch_uid="office.beat.succeeded")
    task_failure.connect(_failed, dispatch_uid="office.beat.failed")


def _began(sender: Any, **kwargs: Any) -> None:
    clock.began(sender.name, timezone.now())


def _succeeded(sender: Any, **kwargs: Any) -> None:
    clock.ended(sender.name, timezone.now())


def _failed(sender: Any, exception: BaseException, **kwargs: Any) -> None:
    clock.ended(sender.name, timezone.now(), exception)
