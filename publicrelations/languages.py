"""The languages in which papers reach the office: their names, and which way they are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Language:
    """One language by its code (BCP 47, as the `lang` of a page says it)."""

    code: str
    name: Any
    is_read_here: bool = False
    """The office reads it as it is: nothing need be translated."""
    is_right_to_left: bool = False


LANGUAGES: Final = [
    Language("en", _("English"), is_read_here=True),
    Language("th", _("Thai (language)"), is_read_here=True),
    Language("zh", _("Chinese")),
    Language("ja", _("Japanese")),
    Language("ko", _("Korean")),
    Language("fr", _("French")),
    Language("de", _("German")),
    Language("es", _("Spanish")),
    Language("pt", _("Portuguese")),
    Language("it", _("Italian")),
    Language("ru", _("Russian")),
    Language("ar", _("Arabic"), is_right_to_left=True),
    Language("fa", _("Persian"), is_right_to_left=True),
    Language("ur", _("Urdu"), is_right_to_left=True),
    Language("he", _("Hebrew"), is_right_to_left=True),
    Language("hi", _("Hindi")),
    Language("lo", _("Lao")),
    Language("km", _("Khmer")),
    Language("my", _("Burmese")),
    Language("vi", _("Vietnamese")),
    Language("ms", _("Malay")),
    Language("id", _("Indonesian")),
    Language("und", _("Another language")),
]
"""English first, then as often as they come."""

_BY_CODE: Final = {language.code: language for language in LANGUAGES}

CHOICES: Final = [(language.code, language.name) for language in LANGUAGES]
READ_HERE: Final = tuple(language.code for language in LANGUAGES if language.is_read_here)


def language_name(code: str) -> str:
    """In the language of the page; an unknown code as it is."""
    known = _BY_CODE.get(code)
    return str(known.name) if known else code


def direction_of(code: str) -> str:
    """`rtl` or `ltr`, as the `dir` of a page says it."""
    known = _BY_CODE.get(code)
    return "rtl" if known and known.is_right_to_left else "ltr"
