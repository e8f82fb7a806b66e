"""What a watcher or a proxy asks: whether this process lives, and whether the office can do its work. No account, no
word about anybody or anything but "ok" and "away"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from projectplan import system_facts

AWAY: Final = 503
CLOCK_IS_AWAY_AFTER: Final = timedelta(minutes=5)
"""The clock gives something to the queue every minute; a worker that is slow to start is not yet away."""
NOWHERE: Final = "readyz"


@require_safe
@never_cache
@login_not_required
def alive(request: HttpRequest) -> HttpResponse:
    """This process answers; asks nothing of anybody else."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
@login_not_required
def ready(request: HttpRequest) -> HttpResponse:
    """Whether database, queue, clock and files can be reached: 200, or 503 with which of them is away."""
    now = timezone.now()
    asked: dict[str, Callable[[], bool]] = {
        "database": _database_answers,
        "queue": lambda: system_facts.look_at_queue().answers,
        "clock": lambda: _clock_ticks(now),
        "files": _files_are_there,
    }
    parts = {name: "ok" if _is_well(ask) else "away" for name, ask in asked.items()}
    return JsonResponse(parts, status=AWAY if "away" in parts.values() else 200)


def _is_well(ask: Callable[[], bool]) -> bool:
    try:
        return ask()
    except (DatabaseError, OSError):
        return False


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _clock_ticks(now: datetime) -> bool:
    tick = system_facts.look_at_clock(now).clock
    return tick is not None and now - tick < CLOCK_IS_AWAY_AFTER


def _files_are_there() -> bool:
    """The storage says of a file that there is none; one that is away raises. On this machine its folder may be new."""
    return not default_storage.exists(NOWHERE) and settings.DATA_DIR.is_dir()
