"""Words for searching: text brought to one form, what was typed taken apart, what was found marked on the page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from office.thai import to_arabic_digits, to_thai_digits

SHORTEST: Final = 3
"""Letters a word needs to be found by an index of three-letter pieces."""
MOST_WORDS: Final = 8
LONGEST_QUERY: Final = 200
SNIPPET_LETTERS: Final = 160
SNIPPET_BEFORE: Final = 50
PLACES: Final = 20
"""Of one word in a long text that are compared."""

PRIVATE_FROM: Final = "\u2063"
"""Stands in a matter's search text before what is found but never shown (an invisible separator)."""

# What nobody sees: control characters, word-break hints pasted from web pages, byte-order marks, our own separator.
_UNSEEN: Final = re.compile("[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
# One spelling for what looks the same: (typed, kept). NFC leaves Thai vowels and tone marks as they were typed.
_THAI: Final = [
    (re.compile("\u0e40\u0e40"), "\u0e41"),  # เ เ for แ
    (re.compile("([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\\1+"), "\\1"),  # the same mark struck twice
    (re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32"), "\\1\u0e33"),  # ํ า for ำ, its tone mark before or after
    (re.compile("\u0e33([\u0e48-\u0e4b])"), "\\1\u0e33"),  # the tone mark after ำ
    (
        re.compile("([\u0e48-\u0e4c])([\u0e31\u0e34-\u0e3a\u0e47])"),
        "\\2\\1",
    ),  # the tone mark before its vowel
]
_THAI_DIGITS: Final = re.compile("[๐-๙]+")
_QUOTED_OR_WORD: Final = re.compile('["“”]([^"“”]+)["“”]|(\\S+)')
_DRAWN_WITH_THE_LETTER_BEFORE: Final = "\u0e33"
_DRAWN_BEFORE_THE_LETTER: Final = "เแโใไ"


def normalise(*parts: str, private: Iterable[str] = ()) -> str:
    """The text as it is searched: composed, one spelling of Thai marks, Arabic digits, lower case, single spaces.

    `private` parts (a petitioner's name) are found like the others, but never shown in a snippet.
    """
    shown, hidden = _one_form(parts), _one_form(private)
    return f"{shown} {PRIVATE_FROM} {hidden}" if hidden else shown


def _one_form(parts: Iterable[str]) -> str:
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", " ".join(part for part in parts if part)))
    for typed, kept in _THAI:
        text = typed.sub(kept, text)
    text = _THAI_DIGITS.sub(lambda run: to_arabic_digits(run[0]), text)
    return " ".join(text.lower().split())


class TooShort(ValueError):
    """No word of the query is long enough to be searched."""


@dataclass(frozen=True)
class Words:
    """What somebody looks for: every word must occur; words shorter than SHORTEST are only checked, not looked up."""

    all: tuple[str, ...]

    @classmethod
    def of(cls, typed: str) -> Words:
        """The words of a query, a quoted phrase being one word. Raises TooShort when none can be looked up."""
        pairs = _QUOTED_OR_WORD.findall(typed[:LONGEST_QUERY])
        words = tuple(dict.fromkeys(word for pair in pairs if (word := normalise(pair[0] or pair[1]))))[
            :MOST_WORDS
        ]
        if not any(len(word) >= SHORTEST for word in words):
            raise TooShort
        return cls(words)

    @property
    def looked_up(self) -> list[str]:
        """Those the index can find, the longest first: it rules out most."""
        return sorted((word for word in self.all if len(word) >= SHORTEST), key=len, reverse=True)

    @property
    def too_short(self) -> list[str]:
        """Those of which an index of three-letter pieces knows nothing."""
        return [word for word in self.all if len(word) < SHORTEST]


def trigrams(words: Sequence[str]) -> list[str]:
    """Three-letter pieces that together cover the words: every third one and the last, for fewer lists to merge."""
    pieces = []
    for word in words:
        starts = [*range(0, len(word) - SHORTEST, SHORTEST), len(word) - SHORTEST]
        pieces += [word[start : start + SHORTEST] for start in starts]
    return list(dict.fromkeys(pieces))


# ── Showing what was found ──────────────────────────────────────────────────────────────────


def marked(text: str, words: Sequence[str]) -> SafeString:
    """The text, escaped, with every occurrence of the words in `<mark>`; a mark never parts a letter from its signs."""
    pieces, done = [], 0
    for start, end in _occurrences(text, words):
        pieces += [escape(text[done:start]), '<mark class="p-0">', escape(text[start:end]), "</mark>"]
        done = end
    # Only our own element stands between what is escaped; a page of results has two hundred such pieces.
    return mark_safe("".join([*pieces, escape(text[done:])]))  # nosec B308, B703 # escaped piece by piece


def snippet(search_text: str, head: str, words: Sequence[str]) -> str | None:
    """A piece of a matter's search text with as many of the words as it can hold, after its head (number and subject).

    Empty when the words stand in the head only, None when one of them is found in what is not shown.
    """
    shown, _separator, hidden = search_text.partition(PRIVATE_FROM)
    body = shown.removeprefix(head).strip()
    if (at := _fullest(body, words)) is not None:
        return _window(body, at)
    if any(word not in shown and word in hidden for word in words):
        return None
    return ""


def _fullest(body: str, words: Sequence[str]) -> int | None:
    """Where the piece begins to be read in which the most of the words stand, the first of these; None for none."""
    places = [match.start() for word in words for match in islice(re.finditer(re.escape(word), body), PLACES)]
    room = SNIPPET_LETTERS - SNIPPET_BEFORE

    def told(at: int) -> int:
        return sum(body.find(word, at, at + room) >= 0 for word in words)

    return max(sorted(places), key=told, default=None)


def _window(text: str, at: int) -> str:
    start = _whole_letters(text, max(at - SNIPPET_BEFORE, 0))
    end = _whole_letters(text, min(start + SNIPPET_LETTERS, len(text)))
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"


def _whole_letters(text: str, at: int) -> int:
    """The next place, at or after `at`, where the text may be cut without tearing a syllable's letters apart."""
    while 0 < at < len(text) and (
        _belongs_to_the_one_before(text[at]) or text[at - 1] in _DRAWN_BEFORE_THE_LETTER
    ):
        at += 1
    return at


def _belongs_to_the_one_before(letter: str) -> bool:
    return letter == _DRAWN_WITH_THE_LETTER_BEFORE or unicodedata.category(letter) == "Mn"


def _occurrences(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand, in order, overlapping ones as one, each widened to whole letters with their signs."""
    found = [match.span() for word in words for match in _pattern(word).finditer(text)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(_widened(text, *span) for span in found):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    while start and _belongs_to_the_one_before(text[start]):
        start -= 1
    while end < len(text) and _belongs_to_the_one_before(text[end]):
        end += 1
    return start, end


@lru_cache(maxsize=256)
def _pattern(word: str) -> re.Pattern[str]:
    """Finds a normalised word in text as it was written, with either digits and capital letters. Kept, for each of the
    fifty pieces of a page of results asks for it."""
    return re.compile("".join(_letter(letter) for letter in word), re.IGNORECASE)


def _letter(letter: str) -> str:
    return f"[{letter}{to_thai_digits(letter)}]" if letter in "0123456789" else re.escape(letter)
