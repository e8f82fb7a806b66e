"""The words of a chart: how wide they are, how they are shortened, how numbers and months are written."""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import get_language

from office.figures import figures, is_english, thousands
from office.thai import be_year, format_short
from office.thai_words import cut

TEXT_SIZE = 16
LEADING_VOWELS = "เแโใไ"
NOT_FIRST = " ๆฯ)]”\"'’,.:;!?%/–"
NOT_LAST = "([“‘/."
WIDTHS = {
    character: width
    for width, characters in (
        (0.26, " !,.:;ij|·'"),
        (0.35, '()I[]_l{}เๅ"-fr'),
        (0.44, "/st*?Jcxyzโใไง"),
        (0.51, "aekvรวาำ"),
        (0.56, "$0123456789EFLPSTYZbdghnopquจฉฐธยฮฯะ–"),
        (0.61, "+<=>ABCDKRVXกขฃคฅชซฎฏดตถผฝภมฤลฦศสอ฿แๆ"),
        (0.90, "%Wmญฒณ"),
    )
    for character in characters
}
"""Advance widths in em of the upright Sarabun in static/fonts, rounded."""
WIDEST_COMMON = 0.76
"""For every other letter; only @, M and ฌ are wider, by less than a tenth of an em."""


def text_width(text: str) -> float:
    """About how wide a text is in Sarabun at TEXT_SIZE, in the chart's units; rather too wide than narrow."""
    return sum(map(_character_width, text)) * TEXT_SIZE


def shorten(label: str, width: float) -> str:
    """The label, or as much of it as fits in the width with …; never cut inside a Thai syllable's letters.

    So no vowel or tone mark loses its consonant, and no leading vowel (เ แ โ ใ ไ) is left standing alone.
    """
    if text_width(label) <= width:
        return label
    kept = label
    while kept and text_width(f"{kept}…") > width:
        kept = kept[:-1]
    while kept and _leans_back(label[len(kept)]):
        kept = kept[:-1]
    return f"{kept.rstrip(LEADING_VOWELS + ' ')}…"


def wrapped(text: str, width: float) -> list[str]:
    """The text in lines that fit in the width, broken between words; at least one line, the empty one of no text.

    What may not begin a line (a space, ๆ, ฯ, a closing mark) stays with what it follows; a
    word wider than the line has a line of its own.
    """
    lines, line = [], ""
    for word in _unbroken(cut(" ".join(text.split()))):
        if line and text_width((line + word).rstrip()) > width:
            lines.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    return [*lines, line.rstrip()]


def _unbroken(words: Iterable[str]) -> Iterator[str]:
    """Words with what may not be torn from them: what opens with what follows, what closes with what precedes."""
    held = ""
    for word in words:
        if held and not (word[0] in NOT_FIRST or held[-1] in NOT_LAST):
            yield held
            held = ""
        held += word
    if held:
        yield held


def _leans_back(character: str) -> bool:
    """Whether a character belongs to the one before it: a mark above or below, sara aa or sara am."""
    return unicodedata.category(character) == "Mn" or character in "ะาำๅๆ"


def _character_width(character: str) -> float:
    return 0.0 if unicodedata.category(character) == "Mn" else WIDTHS.get(character, WIDEST_COMMON)


def with_unit(count: int, unit: str) -> str:
    """The count and its unit, `๑๒ เรื่อง`; a percent sign stands close, `๙๖%`."""
    return f"{thousands(count)}{unit}" if unit in ("", "%") else f"{thousands(count)} {unit}"


def month_name(month: date) -> str:
    """The short name of a date's month: `พ.ย.`, or in English `Nov`."""
    return format_short(month, language=get_language() or "th").split(" ")[1]


def year_name(month: date) -> str:
    """The year of a date: `๒๕๕๒`, or in English `2009`."""
    return figures(month.year if is_english() else be_year(month))
