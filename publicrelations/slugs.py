"""The words in an address: Thai as it is written, Latin in small letters, hyphens between them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 80
_BETWEEN: Final = re.compile(r"[^0-9a-z\u0e01-\u0e3a\u0e40-\u0e4e]+")


def slug_of(title: str, otherwise: str = "news") -> str:
    """`สพฐ-เปิดเรียน-2553` of a headline: Thai vowels and tone marks stay, which Django's own would drop.

    Cut between words, where the headline is longer; Thai digits become Arabic ones.
    """
    text = unicodedata.normalize("NFC", title).lower()
    text = "".join(str(ord(letter) - 0xE50) if "๐" <= letter <= "๙" else letter for letter in text)
    slug = _BETWEEN.sub("-", text).strip("-")
    return _cut(slug) or otherwise


def _cut(slug: str) -> str:
    """At a hyphen where there is one; inside a long run of Thai before a letter, never before its vowel or mark."""
    if len(slug) <= LONGEST:
        return slug
    start, hyphen, _rest = slug[: LONGEST + 1].rpartition("-")
    if hyphen and len(start) > LONGEST // 2:
        return start
    at = LONGEST
    while at > 1 and (
        unicodedata.combining(slug[at]) or unicodedata.category(slug[at]) == "Mn" or slug[at] in "ะาำๅ"
    ):
        at -= 1
    return slug[:at].rstrip("-เแโใไ")
