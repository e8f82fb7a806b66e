"""Draws counts as SVG on the server, the same on a page and in a PDF: bars, twelve months, a trend line.

Only presentation attributes are used: the content security policy allows no inline style. Every shape has a
class (`chart-count`, `chart-in-time`, `chart-late`, `chart-pending`, `chart-track`) that a stylesheet may
colour; the colour written beside it stands out at least 3:1 on white and on the dark card, so a chart needs
none. Text takes the colour of the text around it. Kinds differ by pattern (full, hatched, hollow), not by colour
alone. No text starts nearer to an edge than a mark is high, as WeasyPrint would clip the mark.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from office.chart_text import TEXT_SIZE, month_name, shorten, text_width, thousands, with_unit, year_name
from office.thai import format_month

WIDTH = 520

BAR_ROW = 36
BAR_HEIGHT = 16
BAR_GAP = 14
LABEL_WIDTH_MAX = 300

MONTHS_MAX = 12
PLOT_HEIGHT = 168
PLOT_TOP = 36
LEGEND_TOP, LEGEND_ROW = 14, 28
SWATCH = 14
MONTH_BAR = 24
SMALLEST_SEGMENT = 6
HOLLOW_EDGE = 1.5
HATCH_STEP = 6

TREND_WIDTH, TREND_HEIGHT, TREND_EDGE = 120, 36, 6
TREND_SMALLEST_RANGE = 0.1
"""Part of the largest value that the line spans at least, so that a wobble does not look like a fall."""


@dataclass(frozen=True)
class MonthBar:
    """A month of `stacked_months`: any day of it; how many were in time, late, or are open and not yet due."""

    month: date
    in_time: int
    late: int
    pending: int

    @property
    def total(self) -> int:
        """All three together."""
        return self.in_time + self.late + self.pending


def bar_chart(title: str, rows: Sequence[tuple[str, int]], *, unit: str = "") -> SafeString:
    """Horizontal bars, one for each (label, count of 0 or more): label left, count and unit right.

    A label too long for its column ends in …; the whole of it stays in the row's own title. Without rows it
    says that there is nothing to show. Raises ValueError for a negative count.
    """
    _require_counts(count for _label, count in rows)
    counts = [with_unit(count, unit) for _label, count in rows]
    labels_end = min(LABEL_WIDTH_MAX, max((text_width(label) for label, _count in rows), default=0))
    left = labels_end + BAR_GAP
    room = WIDTH - left - max((text_width(text) for text in counts), default=0) - BAR_GAP
    most = max((count for _label, count in rows), default=0)
    return _draw(
        "bar_chart",
        title,
        height=BAR_ROW * max(1, len(rows)),
        empty=_("Nothing to show yet"),
        left=_length(left),
        room=_length(room),
        thickness=BAR_HEIGHT,
        right=WIDTH,
        rows=[
            {
                "title": f"{label}: {text}",
                "label": shorten(label, labels_end),
                "text": text,
                "text_y": _length(BAR_ROW * (index + 0.5) + TEXT_SIZE * 0.36),
                "bar_y": _length(BAR_ROW * (index + 0.5) - BAR_HEIGHT / 2),
                "length": _length(max(room * count / most, SMALLEST_SEGMENT)) if count else "",
            }
            for index, ((label, count), text) in enumerate(zip(rows, counts, strict=True))
        ],
    )


def stacked_months(title: str, months: Sequence[MonthBar]) -> SafeString:
    """One column a month, oldest first: in time below (full), late (hatched), not due yet above (hollow).

    The total stands over each column, the month under it, the year under the first month and every January;
    the legend gives the sum of each kind. Raises ValueError for a negative count, no month, or more than 12.
    """
    if not 1 <= len(months) <= MONTHS_MAX:
        raise ValueError(f"A chart of months takes 1 to {MONTHS_MAX} months, not {len(months)}.")
    _require_counts(count for bar in months for count in (bar.in_time, bar.late, bar.pending))
    legend = _legend(months)
    top = PLOT_TOP + LEGEND_ROW * (1 + max(entry["row"] for entry in legend))
    baseline = top + PLOT_HEIGHT
    pitch = WIDTH / MONTHS_MAX
    most = max(bar.total for bar in months)
    totals = [thousands(bar.total) for bar in months]
    return _draw(
        "stacked_months",
        title,
        height=baseline + 2 * TEXT_SIZE + 24,
        legend=legend,
        baseline=_length(baseline),
        month_y=_length(baseline + TEXT_SIZE + 8),
        year_y=_length(baseline + 2 * TEXT_SIZE + 12),
        total_size=_length(min(TEXT_SIZE, TEXT_SIZE * (pitch - 4) / max(map(text_width, totals)))),
        columns=[
            _column(bar, center=pitch * (index + 0.5), baseline=baseline, most=most)
            for index, bar in enumerate(months)
        ],
        years=_years(months, pitch),
        edge=HOLLOW_EDGE,
    )


def sparkline(values: Sequence[float | None]) -> SafeString:
    """A small trend line, oldest value first, that ends in a dot; None leaves a gap.

    It has no axis: the figure stands beside it. Its title says how many values, and the first and the last.
    """
    return _sparkline(tuple(values), get_language() or "th")


@lru_cache(maxsize=1000)
def _sparkline(values: tuple[float | None, ...], language: str) -> SafeString:
    """Drawn once for the same values in the same language: a dashboard draws its twelve for everybody who opens it."""
    known = [value for value in values if value is not None]
    if not known:
        return _draw("sparkline", _("No trend yet"), width=TREND_WIDTH, height=TREND_HEIGHT)
    first, last = thousands(round(known[0], 1)), thousands(round(known[-1], 1))
    title = _("Trend over %(count)s periods, from %(first)s to %(last)s")
    stretches = _stretches(_trend_points(values))
    end_x, end_y = stretches[-1][-1]
    return _draw(
        "sparkline",
        title % {"count": thousands(len(values)), "first": first, "last": last},
        width=TREND_WIDTH,
        height=TREND_HEIGHT,
        lines=[_points(stretch) for stretch in stretches if len(stretch) > 1],
        dots=[
            {"x": _length(stretch[0][0]), "y": _length(stretch[0][1])}
            for stretch in stretches[:-1]
            if len(stretch) == 1
        ],
        end={"x": _length(end_x), "y": _length(end_y)},
    )


def _draw(name: str, title: str, *, width: int = WIDTH, height: float, **parts: Any) -> SafeString:
    context = {"title": title, "width": width, "height": _length(height), "text_size": TEXT_SIZE, **parts}
    return render_to_string(f"office/charts/{name}.svg", context)


def _legend(months: Sequence[MonthBar]) -> list[dict[str, Any]]:
    """Kind, text and place of each entry, on as few rows as they fit on."""
    sums = (
        ("in-time", _("In time"), sum(bar.in_time for bar in months)),
        ("late", _("Late"), sum(bar.late for bar in months)),
        ("pending", _("Not due yet"), sum(bar.pending for bar in months)),
    )
    entries: list[dict[str, Any]] = []
    x, row = 0.0, 0
    for kind, label, count in sums:
        text = f"{label} {thousands(count)}"
        end = x + SWATCH + 8 + text_width(text)
        if x and end > WIDTH:
            x, end, row = 0.0, end - x, row + 1
        y = LEGEND_TOP + LEGEND_ROW * row
        entries.append(
            {
                "row": row,
                "swatch": _segment(kind, x, y, SWATCH, SWATCH),
                "text": text,
                "x": _length(x + SWATCH + 8),
                "y": _length(y + SWATCH - 1),
            }
        )
        x = end + 20
    return entries


def _column(bar: MonthBar, *, center: float, baseline: float, most: int) -> dict[str, Any]:
    segments, top = [], baseline
    for kind, count in (("in-time", bar.in_time), ("late", bar.late), ("pending", bar.pending)):
        if count:
            height = max(PLOT_HEIGHT * count / most, SMALLEST_SEGMENT)
            top -= height
            segments.append(_segment(kind, center - MONTH_BAR / 2, top, MONTH_BAR, height))
    return {
        "title": _column_title(bar),
        "x": _length(center),
        "segments": segments,
        "total": thousands(bar.total),
        "total_y": _length(top - 7),
        "month": month_name(bar.month),
    }


def _years(months: Sequence[MonthBar], pitch: float) -> list[dict[str, str]]:
    """A year under the first month, unless January crowds it out, and under every January."""
    return [
        {"x": _length(pitch * (index + 0.5)), "text": year_name(bar.month)}
        for index, bar in enumerate(months)
        if bar.month.month == 1 or (index == 0 and bar.month.month != 12) or len(months) == 1
    ]


def _segment(kind: str, x: float, y: float, width: float, height: float) -> dict[str, str]:
    """The place of one kind in a stack or a legend; the hollow one is drawn by its edge, so it stands inside."""
    edge = HOLLOW_EDGE / 2 if kind == "pending" else 0
    return {
        "kind": kind,
        "x": _length(x + edge),
        "y": _length(y + edge),
        "width": _length(width - 2 * edge),
        "height": _length(height - 2 * edge),
        "hatch": _hatch(x, y, width, height) if kind == "late" else "",
    }


def _column_title(bar: MonthBar) -> str:
    month = format_month(bar.month, language=get_language() or "th")
    parts = ((_("In time"), bar.in_time), (_("Late"), bar.late), (_("Not due yet"), bar.pending))
    return f"{month}: " + " · ".join(f"{label} {thousands(count)}" for label, count in parts)


def _hatch(x: float, y: float, width: float, height: float) -> str:
    """The path of slanted lines clipped to a rectangle, a step apart; the same lines wherever it stands."""
    path = []
    # Each line is the points where x + y is a fixed sum.
    total = (int((x + y) / HATCH_STEP) + 1) * HATCH_STEP
    while total < x + y + width + height:
        x1, x2 = max(x, total - y - height), min(x + width, total - y)
        path.append(f"M{_length(x1)} {_length(total - x1)}L{_length(x2)} {_length(total - x2)}")
        total += HATCH_STEP
    return "".join(path)


def _trend_points(values: Sequence[float | None]) -> list[tuple[float, float] | None]:
    known = [value for value in values if value is not None]
    low, high = min(known), max(known)
    span = max(high - low, TREND_SMALLEST_RANGE * max(abs(high), abs(low))) or 1.0
    middle = (low + high) / 2
    step = (TREND_WIDTH - 2 * TREND_EDGE) / max(1, len(values) - 1)
    scale = (TREND_HEIGHT - 2 * TREND_EDGE) / span
    return [
        None if value is None else (TREND_EDGE + step * index, TREND_HEIGHT / 2 - (value - middle) * scale)
        for index, value in enumerate(values)
    ]


def _stretches(points: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """The points between the gaps."""
    stretches: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is not None:
            stretches[-1].append(point)
        elif stretches[-1]:
            stretches.append([])
    return [stretch for stretch in stretches if stretch]


def _points(stretch: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_length(x)},{_length(y)}" for x, y in stretch)


def _require_counts(counts: Iterable[int]) -> None:
    if any(count < 0 for count in counts):
        raise ValueError("A chart counts things: no count is below 0.")


def _length(number: float) -> str:
    """A coordinate as SVG writes it; a template would write it as its language does."""
    return f"{number:.1f}".removesuffix(".0")
