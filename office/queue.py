"""Handing work to Celery after the commit, so that a queue that is down never costs a page its work."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Start:
    """A task to be started; two of the same are one."""

    name: str
    args: tuple[Any, ...]

    def __call__(self) -> None:
        try:
            current_app.send_task(self.name, args=self.args, retry=False)
        except (OperationalError, ConnectionError) as down:
            logger.warning("The queue is down, %s is left to the sweep: %s", self.name, type(down).__name__)
        except Exception:
            # The rows are committed: whatever is wrong with the queue, the page has done its work.
            logger.exception("%s could not be queued and is left to the sweep.", self.name)


def start_by_name_after_commit(name: str, *args: Any) -> None:
    """Start a task once the rows it will look for are committed; by name, for its room may stand above the caller's.

    Asked for often in a transaction, it starts once. If the queue is down the sweep does its work.
    """
    start = _Start(name, args)
    if not _is_waiting(start):
        transaction.on_commit(start)


def _is_waiting(start: _Start) -> bool:
    """Whether the open transaction will start it anyway, whichever of its savepoints are still rolled back."""
    connection = transaction.get_connection()
    own = set(connection.savepoint_ids)
    return any(
        other == start and savepoints <= own for savepoints, other, _robust in connection.run_on_commit
    )
