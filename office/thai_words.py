"""Cutting Thai, which writes no spaces, into words: by the longest words of a dictionary that the library brings."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from threading import Lock
from typing import Final

SOME_WORD: Final = "ประสาน"


_reading = Lock()


@cache
def _read() -> Callable[[str], list[str]]:
    # Without this it makes itself a folder in the home of whoever runs the office; nothing is ever downloaded.
    os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")
    from pythainlp.tokenize.newmm import segment

    segment(SOME_WORD)  # only now does it read its dictionary
    return segment


def _cutter() -> Callable[[str], list[str]]:
    """The library's cutter. It takes two seconds to be read: a process that serves people reads it ahead
    (`office.warming`), any other when the first text is to be cut. Whoever comes meanwhile waits for that."""
    with _reading:
        return _read()


def read_ahead() -> None:
    """Read the dictionary now, so that nobody waits for it later."""
    _cutter()


def cut(text: str) -> list[str]:
    """The words of a text, spaces and punctuation among them: joined again they are the text."""
    words = _cutter()(text) if text else []
    # What the library would leave out or change is worth more than words: the text is compared as it is.
    return words if "".join(words) == text else list(text)
