"""What was changed from one text to another, word by word, though Thai writes no spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from office.thai_words import cut

WORDS_AT_ONCE: Final = 3000
"""Of passages without a space that are longer than this on both sides, words that stand everywhere are not looked for
one by one: so whatever somebody pastes is compared in a moment too."""
_CLAUSE: Final = re.compile(r"\s*\S+\s*|\s+")


class Fate(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Run:
    """Some words in a row with one fate."""

    fate: Fate
    text: str

    @property
    def is_new(self) -> bool:
        return self.fate is Fate.NEW

    @property
    def is_gone(self) -> bool:
        return self.fate is Fate.GONE


def changes(old: str, new: str) -> list[Run]:
    """Both texts as one: what stayed, what is gone, what is new, in reading order.

    Lines are compared first, then, of lines that were changed, what stands between spaces, and only what differs then
    is cut into words: so long texts take a moment, and a word is found changed where it stands.
    """
    return list(_joined(_without_crumbs(list(_of_lines(old, new)))))


def _of_lines(old: str, new: str) -> Iterator[Run]:
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for same, gone, come in _blocks(before, after):
        yield from [Run(Fate.SAME, same)] if same else _of_clauses(gone, come)


def _of_clauses(old: str, new: str) -> Iterator[Run]:
    """Thai writes a space where a clause or a number ends."""
    for same, gone, come in _blocks(_CLAUSE.findall(old), _CLAUSE.findall(new)):
        yield from [Run(Fate.SAME, same)] if same else _of_words(gone, come)


def _of_words(old: str, new: str) -> Iterator[Run]:
    before, after = cut(old), cut(new)
    is_long = min(len(before), len(after)) > WORDS_AT_ONCE
    for same, gone, come in _blocks(before, after, autojunk=is_long):
        if same:
            yield Run(Fate.SAME, same)
        if gone:
            yield Run(Fate.GONE, gone)
        if come:
            yield Run(Fate.NEW, come)


def _blocks(
    before: Sequence[str], after: Sequence[str], *, autojunk: bool = False
) -> Iterator[tuple[str, str, str]]:
    """What is the same, or else what is gone and what came in its place, one after the other."""
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=autojunk).get_opcodes():
        gone, come = "".join(before[a:b]), "".join(after[c:d])
        yield (gone, "", "") if tag == "equal" else ("", gone, come)


def _without_crumbs(runs: Sequence[Run]) -> Iterator[Run]:
    """A space that stayed between two changes belongs to both: else they read as crumbs."""
    for place, run in enumerate(runs):
        between = 0 < place < len(runs) - 1 and Fate.SAME not in (runs[place - 1].fate, runs[place + 1].fate)
        if run.fate is Fate.SAME and between and not run.text.strip() and "\n" not in run.text:
            yield Run(Fate.GONE, run.text)
            yield Run(Fate.NEW, run.text)
        else:
            yield run


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Between what stayed: all that is gone as one run, then all that is new."""
    gone = new = ""
    for run in runs:
        if run.is_gone:
            gone += run.text
        elif run.is_new:
            new += run.text
        else:
            yield from _changed(gone, new)
            gone = new = ""
            yield run
    yield from _changed(gone, new)


def _changed(gone: str, new: str) -> Iterator[Run]:
    if gone:
        yield Run(Fate.GONE, gone)
    if new:
        yield Run(Fate.NEW, new)
