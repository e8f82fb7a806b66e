"""What a process that serves people does once it stands, so that the first who come need not wait for it."""

from __future__ import annotations

import gc
from threading import Thread

from office import thai_words


def warm_up() -> Thread:
    """Read the dictionary beside the first requests, and then let the collector of garbage pass by all that stays.

    Without that it walks the whole dictionary and the whole program again and again, each time in somebody's request.
    """
    thread = Thread(target=_warm_up, name="warm-up", daemon=True)
    thread.start()
    return thread


def _warm_up() -> None:
    thai_words.read_ahead()
    gc.collect()
    gc.freeze()
