"""Reading from a copy of the database (`DATABASE_REPLICA_URL`): only work that says so, and only while the copy holds
everything that was committed when that work began. So nobody ever misses there what was just written."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.db.models import Model

logger = logging.getLogger(__name__)

REPLICA: Final = "replica"
SECONDS_BETWEEN_LOOKS: Final = 0.05
HOLDS_ALL: Final = "SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= %s::pg_lsn"

_reads_there: ContextVar[bool] = ContextVar("reads_there", default=False)


class ReplicaRouter:
    """Sends what is read within `reading` to the copy; everything else, every write first of all, to the original."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """The copy within `reading`, until something is written or a transaction begins there."""
        return REPLICA if _reads_there.get() and not connection.in_atomic_block else DEFAULT_DB_ALIAS

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """The original; what is read after a write is read there too."""
        _reads_there.set(False)
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        """Both are the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """The copy follows by itself."""
        return db != REPLICA


@contextmanager
def reading(*, patience: float = 0) -> Iterator[None]:
    """Work that only reads. It waits `patience` seconds for a copy that lags, and then reads the original."""
    use = REPLICA in settings.DATABASES and not connection.in_atomic_block and _holds_all(patience)
    token = _reads_there.set(use)
    try:
        yield
    finally:
        _reads_there.reset(token)


def _holds_all(patience: float) -> bool:
    """Whether the copy has everything that is committed now. One that is away holds nothing."""
    with connection.cursor() as original:
        original.execute("SELECT pg_current_wal_lsn()")
        (place,) = original.fetchone()
    give_up = time.monotonic() + patience
    try:
        with connections[REPLICA].cursor() as copy:
            while True:
                copy.execute(HOLDS_ALL, [place])
                if copy.fetchone() == (True,):
                    return True
                if time.monotonic() >= give_up:
                    return False
                time.sleep(SECONDS_BETWEEN_LOOKS)
    except DatabaseError as away:
        logger.warning("The copy of the database cannot be read: %s", type(away).__name__)
        return False
