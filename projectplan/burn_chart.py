"""The chart of spending: what was paid up to each month, against what the plan foresaw up to then, drawn as
`office.charts` draws."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from office.calendar import OFFICE_TZ
from office.chart_text import TEXT_SIZE, month_name, thousands
from office.thai import format_baht, format_month
from projectplan.budget import MonthSpending

WIDTH, PLOT_HEIGHT, PLOT_TOP = 520, 150, 56
BAR = 24
SMALLEST = 2


def burn_chart(title: str, months: Sequence[MonthSpending], now: datetime) -> SafeString:
    """One column a month, as high as all that was paid up to it; a mark across it where the plan stood. Months to come
    have their mark only."""
    this_month = now.astimezone(OFFICE_TZ).date().replace(day=1)
    planned = paid = Decimal(0)
    columns, most = [], max(_most(months), Decimal(1))
    pitch, baseline = WIDTH / max(len(months), 1), PLOT_TOP + PLOT_HEIGHT
    for index, month in enumerate(months):
        planned, paid = planned + month.planned, paid + month.paid
        is_to_come = month.first_on > this_month
        height = max(float(max(paid, Decimal(0)) / most) * PLOT_HEIGHT, SMALLEST)
        center = pitch * (index + 0.5)
        columns.append(
            {
                "title": _column_title(month, planned, paid, is_to_come),
                "x": f"{center - BAR / 2:.1f}",
                "y": f"{baseline - height:.1f}",
                "height": "" if is_to_come or not paid else f"{height:.1f}",
                "mark": f"{baseline - float(planned / most) * PLOT_HEIGHT:.1f}",
                "mark_from": f"{center - BAR / 2 - 5:.1f}",
                "mark_to": f"{center + BAR / 2 + 5:.1f}",
                "center": f"{center:.1f}",
                "month": month_name(month.first_on),
            }
        )
    context = {
        "title": title,
        "width": WIDTH,
        "height": baseline + TEXT_SIZE + 12,
        "text_size": TEXT_SIZE,
        "bar": BAR,
        "baseline": baseline,
        "names_y": baseline + TEXT_SIZE + 4,
        "columns": columns,
        "paid_words": _("Paid up to then"),
        "plan_words": _("The plan up to then"),
        "top": PLOT_TOP,
        "top_words": _("%(sum)s baht") % {"sum": thousands(int(most))},
    }
    return render_to_string("projectplan/project/burn.svg", context)


def _most(months: Sequence[MonthSpending]) -> Decimal:
    most = planned = paid = Decimal(0)
    for month in months:
        planned, paid = planned + month.planned, paid + month.paid
        most = max(most, planned, paid)
    return most


def _column_title(month: MonthSpending, planned: Decimal, paid: Decimal, is_to_come: bool) -> str:
    language = get_language() or "th"
    name = format_month(month.first_on, language=language)
    plan = _("plan %(sum)s") % {"sum": format_baht(planned, language=language)}
    if is_to_come:
        return f"{name}: {plan}"
    spent = _("paid %(sum)s") % {"sum": format_baht(paid, language=language)}
    return f"{name}: {spent} · {plan}"
