"""How wide words are on paper, and how the columns of a table share the width of a page, in centimetres."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from PIL import ImageFont

from office.paper import static_file
from office.word_text import Piece

_POINTS_PER_CM: Final = 72 / 2.54
_SAMPLE: Final = 100
"""The points at which words are measured; Sarabun is as wide in any size."""
_THAI: Final = re.compile("[\u0e01-\u0e4e]")
_MOST_OF_A_THAI_WORD: Final = 2.2
"""Thai words stand without spaces: where one is broken, its reader decides; no column is narrower than this."""
_SEEN_AS_WHOLE: Final = 200
"""Letters of a line from which on its width no longer matters: it is broken in any case."""


@cache
def _face(name: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(static_file(f"fonts/{name}.ttf"), _SAMPLE)


def width_of(words: str, points: float, *, is_bold: bool = False) -> float:
    """How wide words stand in one line of Sarabun."""
    face = _face("sarabun-700" if is_bold else "sarabun-400")
    return face.getlength(words[:_SEEN_AS_WHOLE]) * points / _SAMPLE / _POINTS_PER_CM


def lines_of(pieces: Iterable[Piece]) -> list[str]:
    """The words between the breaks."""
    return "".join("\n" if piece.is_break else piece.text for piece in pieces).split("\n")


def least_width(line: str, points: float, *, is_bold: bool = False) -> float:
    """What a line needs when it is broken wherever it may be: figures, Latin words and dates stay whole."""
    return max(
        (
            min(wide, _MOST_OF_A_THAI_WORD) if _THAI.search(word) and "\u00a0" not in word else wide
            for word in re.split(r"[ \t]+", line)
            for wide in [width_of(word, points, is_bold=is_bold)]
        ),
        default=0.0,
    )


def shared(least: Sequence[float], whole: Sequence[float], room: float) -> list[float]:
    """How wide each of several columns is, as a browser shares it out: what all of it needs, and of the rest as much
    more as it is wide; where that is too much, what it needs at least, and of the rest what it lacks."""
    if sum(whole) <= room:
        return [one * room / sum(whole) for one in whole]
    if sum(least) >= room:
        return [one * room / sum(least) for one in least]
    lacks = [max(most - one, 0.0) for one, most in zip(least, whole, strict=True)]
    part = (room - sum(least)) / sum(lacks)
    return [one + lack * part for one, lack in zip(least, lacks, strict=True)]
