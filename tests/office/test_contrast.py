"""Every pair of colours that carries text can be read, in the light and in the dark (WCAG 2.2: 1.4.3, 1.4.11)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

SHEET = (Path(settings.BASE_DIR) / "static/css/prasan.css").read_text(encoding="utf-8")
TEXT_PAIRS = [
    *((text, ground) for text in ("ink", "ink-2", "brand", "late") for ground in ("paper", "ground")),
    *((text, "brand-soft") for text in ("ink", "ink-2", "brand", "act-dark")),
    *((tone, f"{tone}-soft") for tone in ("ok", "soon", "late", "wait")),
    *(("on-act", button) for button in ("act", "act-dark")),
    ("act-dark", "paper"),
    ("act-dark", "ground"),
    ("soon", "paper"),
]
# What shows where to type, where a matter stands and how far a bar reaches.
SHAPE_PAIRS = [
    ("edge", "paper"),
    ("edge", "ground"),
    ("brand", "paper"),
    *((bar, "paper") for bar in ("bar-ok", "bar-soon", "bar-late")),
]


def tokens(scheme: str) -> dict[str, str]:
    """The colours of a scheme; the dark ones are written over the light ones."""
    light, dark = re.findall(r":root \{\s*(?:color-scheme[^;]*;)?\s*(--ink:[^}]*)\}", SHEET)[:2]
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", light))
    return found if scheme == "light" else found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", dark))


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read(scheme: str, text: str, ground: str) -> None:
    colours = tokens(scheme)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_shapes_can_be_seen(scheme: str, shape: str, ground: str) -> None:
    colours = tokens(scheme)
    assert contrast(colours[shape], colours[ground]) >= 3


def test_nothing_is_smaller_than_fourteen_pixels() -> None:
    sizes = [float(size) for size in re.findall(r"font-size: (\d*\.?\d+)rem", SHEET)]
    assert sizes
    assert min(sizes) >= 0.875
