"""The plot of docs/growth.svg: each page's cost against the size of the office, both axes logarithmic."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

WIDTH, HEIGHT, LEFT, TOP, BOTTOM, RIGHT = 860, 460, 60, 20, 44, 250
FAST, PLAIN, CURVE = "#a3262a", "#8a94a6", "#1d4f91"
LEAST: Final = 0.05
"""The smallest ratio drawn: a page that costs next to nothing."""


def drawn(lines: Mapping[str, tuple[Sequence[float], bool]], sizes: Sequence[int]) -> str:
    """The SVG: a line for each page, red and named where it grows faster than a logarithm, which is dashed."""
    most = max(max(ratios) for ratios, _fast in lines.values()) * 1.3
    least = max(min(min(ratios) for ratios, _fast in lines.values()), LEAST) * 0.8

    def across(size: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * math.log(size / sizes[0]) / math.log(sizes[-1] / sizes[0])

    def up(ratio: float) -> float:
        share = math.log(max(ratio, least) / least) / math.log(most / least)
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share

    def path(ratios: Sequence[float], colour: str, more: str = "") -> str:
        points = " ".join(
            f"{across(size):.1f},{up(one):.1f}" for size, one in zip(sizes, ratios, strict=True)
        )
        return f'<polyline points="{points}" fill="none" stroke="{colour}" {more}/>'

    def text(x: float, y: float, words: str, more: str = "") -> str:
        return f'<text x="{x:.1f}" y="{y:.1f}" {more}>{words}</text>'

    marks = [text(across(size), HEIGHT - 22, f"{size:,}", 'text-anchor="middle"') for size in sizes]
    ticks = [10.0**power for power in range(math.floor(math.log10(least)), math.ceil(math.log10(most)) + 1)]
    for tick in (tick for tick in ticks if least <= tick <= most):
        marks.append(path([tick] * len(sizes), "#d5dae3"))
        marks.append(text(LEFT - 8, up(tick) + 4, f"{tick:g}×", 'text-anchor="end"'))
    curve = [math.log(size) / math.log(sizes[0]) for size in sizes]
    quiet = [path(ratios, PLAIN, 'opacity="0.5"') for ratios, fast in lines.values() if not fast]
    fast = {name: ratios for name, (ratios, is_fast) in lines.items() if is_fast}
    loud = [path(ratios, FAST, 'stroke-width="2"') for ratios in fast.values()]
    places = _apart([up(ratios[-1]) + 4 for ratios in fast.values()])
    names = [text(WIDTH - RIGHT + 8, y, name, f'fill="{FAST}"') for name, y in zip(fast, places, strict=True)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
            ' font-size="12" role="img" aria-label="Cost of each page against the number of petitions">',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
            *marks,
            *quiet,
            *loud,
            path(curve, CURVE, 'stroke-width="2" stroke-dasharray="6 4"'),
            *names,
            text(LEFT, HEIGHT - 6, "petitions; cost as a ratio to a plain table; dashed: a logarithm"),
            "</svg>\n",
        ]
    )


def _apart(places: Sequence[float], gap: float = 13) -> list[float]:
    """The heights of the names, moved down where one would stand on another."""
    found = dict.fromkeys(range(len(places)), 0.0)
    last = -gap
    for number in sorted(range(len(places)), key=lambda one: places[one]):
        last = found[number] = max(places[number], last + gap)
    return list(found.values())
