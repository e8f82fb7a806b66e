"""Strings made to keep a regular expression busy, and a process of its own that tries them until its time is over.

Run as a program it reads patterns, one JSON line each, says the number of each before it is tried, and is killed by the
operating system (RLIMIT_CPU) in the middle of one that does not end.
"""

from __future__ import annotations

import itertools
import json
import re
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from re import _constants as signs
from re import _parser as parser
from typing import Any, Final

Asked = tuple[str, int, tuple[str, ...]]
"""A pattern, its flags, and the methods by which it is asked."""
LENGTH: Final = 50_000
SECONDS: Final = 8
"""Of the processor for all strings of one pattern: what grows with the square of the length needs many times that."""
ENDS: Final = ("\x00", "")
REPEATS: Final = {signs.MAX_REPEAT, signs.MIN_REPEAT, signs.POSSESSIVE_REPEAT}
CATEGORIES: Final = {
    signs.CATEGORY_DIGIT: "1",
    signs.CATEGORY_SPACE: " ",
    signs.CATEGORY_WORD: "a",
    signs.CATEGORY_NOT_DIGIT: "x",
    signs.CATEGORY_NOT_SPACE: "x",
    signs.CATEGORY_NOT_WORD: "-",
}
MOST_LETTERS: Final = 10


def strings_for(pattern: str, flags: int, length: int) -> Iterator[str]:
    """Each repeat of a pattern pumped up, alone and by every letter the pattern knows, and each letter by itself."""
    tree = parser.parse(pattern, flags)
    letters = list(dict.fromkeys(_letters(tree)))[:MOST_LETTERS] or ["x"]
    repeats = list(_repeats(tree))
    bodies = {
        _written(tree, None, ""),
        *letters,
        "".join(letters),
        *map("".join, itertools.pairwise(letters)),
    }
    for body in sorted(filter(None, bodies)):
        for end in ENDS:
            yield body * (length // len(body)) + end
    for repeat in repeats:
        own = _written(repeat[1][2], None, "") or "x"
        for body in dict.fromkeys((own, *letters)):
            whole = _written(tree, repeat, body * (length // len(body)))
            for end in ENDS:
                yield whole + end


def _repeats(tree: Any) -> Iterator[Any]:
    for node in tree:
        if node[0] in REPEATS:
            yield node
        for inner in _inside(node):
            yield from _repeats(inner)


def _inside(node: Any) -> list[Any]:
    kind, what = node
    if kind in REPEATS:
        return [what[2]]
    if kind is signs.SUBPATTERN:
        return [what[3]]
    if kind is signs.ATOMIC_GROUP:
        return [what]
    if kind is signs.BRANCH:
        return list(what[1])
    return []


def _letters(tree: Any) -> Iterator[str]:
    """A letter of every set and every literal."""
    for node in tree:
        for inner in _inside(node):
            yield from _letters(inner)
        if not _inside(node) and (letter := _letter(node)):
            yield letter


def _letter(node: Any) -> str:
    kind, what = node
    if kind is signs.LITERAL:
        return chr(what)
    if kind is signs.CATEGORY:
        return CATEGORIES[what]
    if kind is signs.RANGE:
        return chr(what[0])
    if kind is signs.IN:
        return _another(what[1:]) if what[0][0] is signs.NEGATE else _letter(what[0])
    if kind is signs.NOT_LITERAL:
        return _another([(signs.LITERAL, what)])
    return "x" if kind is signs.ANY else ""


def _another(refused: Sequence[Any]) -> str:
    """A letter that is in none of these."""
    kinds = {signs.CATEGORY_SPACE: r"\s", signs.CATEGORY_DIGIT: r"\d", signs.CATEGORY_WORD: r"\w"}
    out = "".join(
        kinds.get(what, "")
        if kind is signs.CATEGORY
        else re.escape(chr(what))
        if kind is signs.LITERAL
        else f"{re.escape(chr(what[0]))}-{re.escape(chr(what[1]))}"
        for kind, what in refused
    )
    return next((letter for letter in "x1 -\x01ก" if not re.match(f"[{out}]", letter)), "")


def _written(tree: Any, pumped: Any, instead: str) -> str:
    """A text that fits, each repeat taken once; in place of the pumped one what is given."""
    text = ""
    for node in tree:
        kind, what = node
        if node is pumped:
            text += instead
        elif kind in REPEATS:
            text += _written(what[2], pumped, instead) * max(1, min(what[0], 50)) if what[1] else ""
        elif kind is signs.BRANCH:
            holding = [one for one in what[1] if any(found is pumped for found in _repeats(one))]
            text += _written((holding or what[1])[0], pumped, instead)
        elif inner := _inside(node):
            text += _written(inner[0], pumped, instead)
        else:
            text += _letter(node)
    return text


def endless_among(patterns: Sequence[Asked], length: int = LENGTH) -> list[str]:
    """The patterns in which a process was killed by its time, by strings of this length."""
    found: list[str] = []
    left = list(patterns)
    while left:
        lines = "\n".join(json.dumps([*one, length]) for one in left)
        done = subprocess.run(
            [sys.executable, str(Path(__file__))], input=lines, capture_output=True, text=True, check=False
        )
        last = int(done.stdout.split()[-1])
        if done.returncode == 0:
            return found
        assert done.returncode < 0, done.stderr
        found.append(left[last][0])
        left = left[last + 1 :]
    return found


def _try_all() -> None:
    for number, line in enumerate(sys.stdin.read().splitlines()):
        pattern, flags, methods, length = json.loads(line)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        compiled = re.compile(pattern, flags)
        strings = list(strings_for(pattern, flags, length))
        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime) + 1 + SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
        for text in strings:
            for method in methods:
                getattr(compiled, method)(text)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _try_all()
