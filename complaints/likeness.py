"""How alike words, names and telephone numbers are: keys that are the same for the same. Similar words are measured by
`office.likeness`.

Everything here is pure, so that registration, the double check and a writer of a million rows share one definition.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

from office.search_words import normalise
from office.thai import to_arabic_digits

OWN_WORDS: Final = 80
"""From so many letters on a story is somebody's own and not “as in the letter enclosed”."""
FEWEST_LETTERS: Final = 20
"""Subject and story together need so many to mean anything."""
KEY_LENGTH: Final = 16
NAME_LETTERS: Final = 4

# As written before a name, longest first; ranks of the army and police by their short forms.
_TITLES: Final = re.compile(
    r"^(?:นางสาว|นาย|นาง|น\.ส\.?|ด\.ช\.?|ด\.ญ\.?|เด็กชาย|เด็กหญิง|คุณ|ว่าที่|ดร(?:\.|\s)|ผศ\.?|รศ\.?|ศ\.|"
    r"พระครู|พระมหา|พระ|แม่ชี|"
    r"(?:พล|พ|ร|จ|ส)\.?[ตอทส]\.?[ตอท]?\.?(?:หญิง)?(?=\s)|ร้อยตรี|ร้อยโท|ร้อยเอก|สิบตรี|สิบโท|สิบเอก|"
    r"mr\.?\s|mrs\.?\s|ms\.?\s|miss\s|dr\.?\s)\s*"
)
_MOST_TITLES: Final = 3
MOBILE_DIGITS, LAND_DIGITS = 10, 9


def _letters(text: str) -> str:
    """Letters, their marks and digits alone, in the one form searching uses: how it was spaced says nothing."""
    return "".join(letter for letter in normalise(text) if unicodedata.category(letter)[0] in "LMN")


def text_key(title: str, story: str) -> str:
    """The same for the same words however they are spaced; empty when there are too few to mean anything.

    A story long enough to be somebody's own stands for itself, whatever the officer called the matter.
    """
    own = _letters(story)
    words = own if len(own) >= OWN_WORDS else _letters(title) + own
    return hashlib.sha256(words.encode()).hexdigest()[:KEY_LENGTH] if len(words) >= FEWEST_LETTERS else ""


def name_key(name: str) -> str:
    """A name without its titles, spaces and dots: `นาง สมศรี  ใจดี` and `สมศรี ใจดี` are one."""
    rest = normalise(name)
    for _title in range(_MOST_TITLES):
        shorter = _TITLES.sub("", rest, count=1)
        if shorter == rest or not shorter:
            break
        rest = shorter
    letters = _letters(rest)
    return letters if len(letters) >= NAME_LETTERS else ""


def telephone_key(typed: str) -> str:
    """The digits of the first number written, in the form dialled at home; empty for what is no whole number."""
    digits = re.sub(r"\D", "", to_arabic_digits(typed))
    if digits.startswith("66") and len(digits) > LAND_DIGITS:
        digits = "0" + digits[2:].lstrip("0")
    if digits.startswith("0") and len(digits) >= LAND_DIGITS:
        digits = digits[: MOBILE_DIGITS if digits[1] in "689" else LAND_DIGITS]
    return digits if len(digits) >= LAND_DIGITS else ""


def email_forms(typed: str) -> list[str]:
    """An address as it was typed and in small letters: the two ways in which it may have been kept."""
    typed = typed.strip()
    return sorted({typed, typed.lower()}) if "@" in typed else []
