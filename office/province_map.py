"""Draws counts by province on the map of Thailand as SVG on the server, the same on a page and in a PDF.

Up to five steps from light to dark in one hue, each with a pattern of its own and the number written where it fits,
so nothing is said by colour alone; by night a stylesheet turns the steps round (`map-0` … `map-5`). The shapes are
office/data/provinces.json, made by script/build-map from static/vendor/svg-maps (CC BY 4.0: whoever shows the map
shows CREDIT).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from office.chart_text import text_width, thousands
from office.places import PROVINCES

SHAPES: Final = Path(__file__).parent / "data" / "provinces.json"
CREDIT: Final = "MapSVG, @svg-maps/thailand 2.0.0 (CC BY 4.0)"
STEPS: Final = 5
UNITS: Final = 4
"""How many units of the shapes one unit of the drawing has."""
TEXT: Final = 15
INSET: Final = ("10", "11", "12", "13", "73", "74", "75")
"""Bangkok and the small provinces around it, drawn once more and larger."""
INSET_SCALE: Final = 2.6
INSET_AT: Final = (330.0, 700.0)


@dataclass(frozen=True)
class Place:
    """A province of the map: how many, in words for its title, where it leads ("" on paper); whether the number is
    written on it, which that of a neighbour is not."""

    count: int
    title: str
    url: str = ""
    is_written: bool = True


def limits(counts: Sequence[int]) -> list[int]:
    """The least count of each step above nothing, at most STEPS of them: fifths of the provinces that have any.

    The same count never stands in two steps, so few different counts make few steps.
    """
    some = sorted(count for count in counts if count > 0)
    if not some:
        return []
    found = {some[0]}
    for fifth in range(1, STEPS):
        found.add(some[min(len(some) - 1, len(some) * fifth // STEPS)])
    return sorted(found)


def step_of(count: int, least: Sequence[int]) -> int:
    """0 for nothing, else which of the steps, the darkest always 5."""
    if count <= 0:
        return 0
    return STEPS - len(least) + sum(count >= one for one in least)


def province_map(title: str, places: Mapping[str, Place]) -> SafeString:
    """The map with its legend; a province that is not given counts as nothing."""
    shapes = _shapes()
    counts = [places[code].count for code in PROVINCES if code in places]
    least = limits(counts)
    drawn = {code: _drawn(code, shapes["provinces"][code], places.get(code), least) for code in PROVINCES}
    inset = [drawn[code] for code in INSET]
    left = min(shapes["provinces"][code]["x"] - shapes["provinces"][code]["room"] for code in INSET)
    top = min(shapes["provinces"][code]["y"] - shapes["provinces"][code]["room"] for code in INSET)
    context = {
        "title": title,
        "width": shapes["width"] / UNITS,
        "height": shapes["height"] / UNITS,
        "scale": 1 / UNITS,
        "text": TEXT,
        "provinces": list(drawn.values()),
        "inset": [_enlarged(one, shapes["provinces"][one["code"]], left, top) for one in inset],
        "inset_scale": INSET_SCALE / UNITS,
        "inset_x": INSET_AT[0],
        "inset_y": INSET_AT[1],
        "inset_name_y": INSET_AT[1] - 24,
        "inset_left": -left,
        "inset_top": -top,
        "inset_name": _("Bangkok and around it"),
        "legend": _legend(least, max(counts, default=0)),
        "has_links": any(place.url for place in places.values()),
    }
    return render_to_string("office/charts/province_map.svg", context)


def _drawn(code: str, shape: Mapping[str, Any], place: Place | None, least: Sequence[int]) -> dict[str, Any]:
    count = place.count if place else 0
    text = thousands(count) if place and count and place.is_written else ""
    room = 2 * shape["room"] / UNITS
    return {
        "code": code,
        "path": shape["path"],
        "step": step_of(count, least),
        "title": place.title if place else PROVINCES[code][0],
        "url": place.url if place else "",
        "text": text if _fits(text, room) else "",
        "number": text,
        "x": f"{shape['x'] / UNITS:.1f}",
        "y": f"{shape['y'] / UNITS + TEXT * 0.36:.1f}",
    }


def _enlarged(one: dict[str, Any], shape: Mapping[str, Any], left: float, top: float) -> dict[str, Any]:
    """A province of the inset: its number has more room."""
    room = 2 * shape["room"] / UNITS * INSET_SCALE
    x = INSET_AT[0] + (shape["x"] - left) / UNITS * INSET_SCALE
    y = INSET_AT[1] + (shape["y"] - top) / UNITS * INSET_SCALE + TEXT * 0.36
    return one | {
        "text": one["number"] if _fits(one["number"], room) else "",
        "x": f"{x:.1f}",
        "y": f"{y:.1f}",
    }


def _fits(text: str, room: float) -> bool:
    return text_width(text) + 2 <= room and room > TEXT


def _legend(least: Sequence[int], most: int) -> list[dict[str, Any]]:
    """The steps that occur, the fewest first, after that of the provinces with nothing."""
    found: list[dict[str, Any]] = [{"step": 0, "text": _("none")}]
    ends = [*(one - 1 for one in least[1:]), most] if least else []
    for index, (start, end) in enumerate(zip(least, ends, strict=True)):
        text = thousands(start) if start == end else f"{thousands(start)}–{thousands(end)}"
        found.append({"step": STEPS - len(least) + index + 1, "text": text})
    for index, entry in enumerate(found):
        entry["y"] = 462 + index * 28
        entry["text_y"] = 462 + index * 28 + 15
    return found


@cache
def _shapes() -> dict[str, Any]:
    return json.loads(SHAPES.read_text())
