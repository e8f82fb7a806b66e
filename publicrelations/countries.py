"""The countries that write to the ministry: names in Thai and in English, read once from data/countries.csv."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from office.figures import is_english
from office.thai import sort_key

_FILE: Final = Path(__file__).parent / "data" / "countries.csv"


@cache
def countries() -> dict[str, tuple[str, str]]:
    """ISO 3166 code → name in Thai and in English."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: (row["name"], row["name_en"]) for row in csv.DictReader(file)}


def country_name(code: str) -> str:
    """In the language of the page; without a code it is an international organisation."""
    if not code:
        return _("International organisation")
    names = countries().get(code)
    return names[is_english()] if names else code


def country_both_ways(code: str) -> str:
    """Both names, to be found by either; nothing without a code."""
    return " ".join(countries().get(code, ()))


def _choices() -> list[tuple[str, Any]]:
    in_order = sorted(countries(), key=lambda code: sort_key(countries()[code][0]))
    return [(code, _lazy_name(code)) for code in ("", *in_order)]


_lazy_name = lazy(country_name, str)
CHOICES: Final = _choices()
"""All of them in the order of the Thai alphabet, international organisations first."""
