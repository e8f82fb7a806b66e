"""What a process that serves people does once it stands, so that the first who come need not wait for it."""

from __future__ import annotations

import gc
import sys
from threading import Thread
from typing import Any, Final

from django.utils import timezone

from office import thai_words
from office.upload_limits import drop_left

KEPT_MEBIBYTES: Final = 16
"""Memory a process keeps in hand: more than the objects of any page take that is not a paper."""
BLOCK: Final = 512
"""Bytes of the largest objects that Python keeps among others in its arenas; anything larger it asks of the system."""
ARENA: Final = 2**20
ROOM: Final = 8_200
"""Slots of the interpreter's stack, eight bytes each: more than its usual pieces of 16 KiB hold, and about half of the
piece that is made for a function which wants so many; the other half is for all that this function calls."""
_standing: list[bytes] = []


def warm_up() -> Thread:
    """Throw away what a killed process left of uploads, read the dictionary beside the first requests, and then let the
    collector of garbage pass by all that stays.

    Without that it walks the whole dictionary and the whole program again and again, each time in somebody's request.
    """
    thread = Thread(target=_warm_up, name="warm-up", daemon=True)
    thread.start()
    return thread


def _warm_up() -> None:
    drop_left(timezone.now())
    thai_words.read_ahead()
    keep_memory()
    gc.collect()
    gc.freeze()


def keep_memory() -> None:
    """Keep some memory in hand, once for a process.

    The objects of one page fill megabytes and are gone when it is drawn. Python then gives their arenas back, and the
    system hands them out again for the next page, each piece cleared first. An arena in which a single object stands
    is not given back.
    """
    if not _standing:
        blocks = [bytes(BLOCK - sys.getsizeof(b"")) for _ in range(KEPT_MEBIBYTES * ARENA // BLOCK)]
        _standing.extend(blocks[:: ARENA // BLOCK // 2])


def with_room(function: Any) -> Any:
    """Let a function begin a piece of the interpreter's stack that has room for all it calls.

    The stack is made of pieces, and one is given back to the system with the call that began it. Where a page is drawn
    at the border of two, that happens hundreds of times for each page: again a quarter of its time.
    """
    function.__code__ = function.__code__.replace(co_stacksize=ROOM)
    return function
