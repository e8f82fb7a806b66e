"""Fields in an office's own words: `{{เลขเรื่อง}}` stands for a value. Plain substitution, nothing that runs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final

FIELD: Final = re.compile(r"\{\{([^{}]*)\}\}")


def token(name: str) -> str:
    """How a field is written in a text."""
    return "{{" + name + "}}"


def names_in(*texts: str) -> list[str]:
    """The fields that stand in the texts, each once, in the order in which they first stand there."""
    return list(dict.fromkeys(name.strip() for text in texts for name in FIELD.findall(text)))


def unknown_in(texts: Iterable[str], allowed: Collection[str]) -> list[str]:
    """What stands in double braces and is no field of the list."""
    return [name for name in names_in(*texts) if name not in allowed]


def has_torn_braces(text: str) -> bool:
    """Whether double braces stand somewhere that open or close nothing."""
    left = FIELD.sub("", text)
    return "{{" in left or "}}" in left


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields' values; a field that has none (yet) stays as it is written."""
    return FIELD.sub(lambda found: values.get(found[1].strip()) or found[0], text)
