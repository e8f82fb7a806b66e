"""Working something out in a second process while this one writes down what has come so far."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

T = TypeVar("T")
ITEM, END, FAILED = "item", "end", "failed"


class WorkerFailed(Exception):
    """The other process ended before its work did; the message is its traceback."""


def beside(make: Callable[[], Iterator[T]]) -> Iterator[T]:
    """What `make()` brings, in order, worked out in a forked process; in this one where nothing can be forked.

    The other process must leave the database alone: it shares this one's connection.
    """
    if "fork" not in get_all_start_methods() or (os.cpu_count() or 1) < 2:
        yield from make()
        return
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(make, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        while True:
            what, value = _receive(ours)
            if what == END:
                return
            yield value
    finally:
        process.terminate()
        process.join()
        ours.close()


def _receive(ours: Connection) -> tuple[str, Any]:
    try:
        what, value = ours.recv()
    except EOFError:
        raise WorkerFailed("It was killed.") from None
    if what == FAILED:
        raise WorkerFailed(value)
    return what, value


def _work(make: Callable[[], Iterator[T]], theirs: Connection) -> None:
    # Interrupted together with its parent, it ends without a word of its own.
    with suppress(KeyboardInterrupt, BrokenPipeError):
        try:
            for item in make():
                theirs.send((ITEM, item))
            theirs.send((END, None))
        except Exception:
            theirs.send((FAILED, traceback.format_exc()))
