"""Small charts that stand beside each other to be compared: twelve columns each, drawn as `office.charts` draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from office.chart_text import TEXT_SIZE, month_name, thousands
from office.thai import format_month

WIDTH, PLOT_HEIGHT, PLOT_TOP = 300, 72, 22
BAR = 15
SMALLEST = 2


@dataclass(frozen=True)
class SmallMonth:
    """A month's count, and that of the same month a year before where it is compared with it."""

    month: date
    count: int
    year_before: int | None = None


def small_months(title: str, months: Sequence[SmallMonth]) -> SafeString:
    """One column a month, oldest first; a mark across it where the year before stood. The last column is the fullest.

    The first and the last month are named, and the largest count and the last stand over their columns. Raises
    ValueError without a month or for a negative count.
    """
    counts = [one.count for one in months] + [one.year_before or 0 for one in months]
    if not months or min(counts) < 0:
        raise ValueError("A small chart takes at least one month and no count below 0.")
    most = max(counts) or 1
    pitch = WIDTH / len(months)
    baseline = PLOT_TOP + PLOT_HEIGHT
    largest = max(range(len(months)), key=lambda index: (months[index].count, index))
    columns = []
    for index, one in enumerate(months):
        center, height = pitch * (index + 0.5), PLOT_HEIGHT * one.count / most
        is_last = index == len(months) - 1
        # Beside the last column's number the largest one's would run into it.
        says = one.count and (is_last or (index == largest and index < len(months) - 2))
        columns.append(
            {
                "title": _column_title(one),
                "x": f"{center - BAR / 2:.1f}",
                "y": f"{baseline - max(height, SMALLEST):.1f}",
                "height": f"{max(height, SMALLEST):.1f}" if one.count else "",
                "is_last": is_last,
                "text": thousands(one.count) if says else "",
                "text_x": f"{min(center, WIDTH - 12):.1f}",
                "text_y": f"{baseline - max(height, PLOT_HEIGHT * (one.year_before or 0) / most) - 5:.1f}",
                "mark": ""
                if one.year_before is None
                else f"{baseline - PLOT_HEIGHT * one.year_before / most:.1f}",
                "mark_from": f"{center - BAR / 2 - 3:.1f}",
                "mark_to": f"{center + BAR / 2 + 3:.1f}",
            }
        )
    context = {
        "title": title,
        "width": WIDTH,
        "height": baseline + TEXT_SIZE + 8,
        "text_size": TEXT_SIZE,
        "bar": BAR,
        "baseline": baseline,
        "names_y": baseline + TEXT_SIZE + 2,
        "columns": columns,
        "first": month_name(months[0].month),
        "last": month_name(months[-1].month),
    }
    return render_to_string("office/charts/small_months.svg", context)


def _column_title(one: SmallMonth) -> str:
    said = f"{format_month(one.month, language=get_language() or 'th')}: {thousands(one.count)}"
    if one.year_before is None:
        return said
    before = _("a year before")
    return f"{said} · {before} {thousands(one.year_before)}"
