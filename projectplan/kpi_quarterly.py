"""The quarterly report on indicators (รายงานตัวชี้วัดรายไตรมาส) as a book: every indicator and every standing work of the
plan in a quarter of the fiscal year, beside the quarter before.

A percentage counts the matters of the quarter; the plan's own measures and entered values are those at its end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from office import charts
from office.calendar import Period, fiscal_year, fiscal_year_of, months_of, quarter_code
from office.chart_text import month_name
from office.figures import figures, percent_text, plain
from office.models import Report
from office.ratio import Ratio, summed
from office.reporting import FIRST_FISCAL_YEAR
from office.thai import format_long
from projectplan.action_plan import NoPlan
from projectplan.book_content import BookContent, frame_of
from projectplan.counted_results import Counted, results
from projectplan.dashboard import Span, WorkLine, board, period_before, plan_for, trend_months
from projectplan.freezing import how_counted
from projectplan.kpi_figures import KpiFigure, KpiReading
from projectplan.kpi_page import light_words, score_text, unit_text
from projectplan.models import Kpi, Plan
from projectplan.planshape import Row
from projectplan.scoring import NEARLY

LIGHTS = ("ok", "soon", "late", "")
"""From what reaches its target to what has nothing decided yet, as the report sums them up."""


def content(period: Period, now: datetime) -> BookContent:
    """Count a quarter under the plan of its year, for want of it under the newest one; raises NoPlan without any."""
    year = fiscal_year_of(period.first)
    plan = plan_for(year)
    if plan is None:
        raise NoPlan(_("There is no plan of the fiscal year %(year)s.") % {"year": year})
    data: Row = {
        "fiscal_year": year,
        "plan_year": plan.fiscal_year,
        "quarter": int(quarter_code(period).partition("-")[2]),
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "kpis": _kpis(plan, period, now),
        "works": _works(plan, period, now),
    }
    return BookContent(as_of=now, is_interim=now < period.ends_at, data=data)


# ── Indicators ──────────────────────────────────────────────────────────────────────────────


def _kpis(plan: Plan, period: Period, now: datetime) -> list[Row]:
    """Every indicator: in the quarter, in the one before, since the year's first day, and its months as frozen."""
    kpis = list(plan.kpis.select_related("strategy"))
    before = period_before(Span.QUARTER, period)
    year = fiscal_year(fiscal_year_of(period.first))
    reading = KpiReading(kpis, months_of(Period(min(before.first, year.first), period.last)), now)
    rows = []
    for kpi in kpis:
        shown, earlier = reading.reported(kpi, period), reading.reported(kpi, before)
        so_far = reading.reported(kpi, Period(year.first, period.last))
        rows.append(
            {
                "code": kpi.code,
                "name": kpi.name,
                "strategy": f"{kpi.strategy.number}. {kpi.strategy.name}",
                "unit": kpi.unit,
                "unit_words": str(kpi.get_unit_display()),
                "weight": str(kpi.weight),
                "target": str(kpi.target),
                "words": light_words(shown),
                "tone": shown.tone,
                "how": how_counted(kpi.measure),
                "counts": asdict(shown.ratio) if shown.ratio else None,
                "months": [_frozen(reading, kpi, month) for month in months_of(period)],
            }
            | _value(shown)
            | {f"{name}_before": value for name, value in _value(earlier).items()}
            | {f"{name}_so_far": value for name, value in _value(so_far).items()}
        )
    return rows


def _value(figure: KpiFigure) -> Row:
    """Value and score as exact decimals in text; None while nothing is decided."""
    return {name: _text(getattr(figure, name)) for name in ("value", "score")}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _frozen(reading: KpiReading, kpi: Kpi, month: Period) -> Row:
    """What was kept of a month, in its newest edition; not yet, and there is nothing."""
    kept = reading.frozen.get((kpi.code, month.first))
    return {"is_frozen": kept is not None, "value": _text(kept.value) if kept else None}


# ── Standing work ───────────────────────────────────────────────────────────────────────────


def _works(plan: Plan, period: Period, now: datetime) -> list[Row]:
    """Every standing work: its figures of the quarter, what was done in it and in the one before, twelve months."""
    before = period_before(Span.QUARTER, period)
    counted, earlier = Counted(period, now), Counted(before, now)
    months = trend_months(period, now)
    has_before = fiscal_year_of(before.first) >= FIRST_FISCAL_YEAR
    return [
        _work(line, months)
        | {
            "results": results(counted, line.work.measure, line.work.results),
            "before": results(earlier, line.work.measure, line.work.results) if has_before else [],
        }
        for line in board(plan, Span.QUARTER, period, now, opens=()).works
    ]


def _work(line: WorkLine, months: Sequence[Period]) -> Row:
    card, work = line.card, line.work
    return {
        "subgroup": work.subgroup.name,
        "number": work.number,
        "name": work.name,
        "target": work.target,
        "is_percent": work.unit == "percent",
        "counts": asdict(card.ratio if card else Ratio()),
        "counts_before": asdict(card.before if card else Ratio()),
        "standing": card.standing if card else "",
        "change": card.change if card else "",
        "months": [
            {"first": month.first.isoformat()} | asdict(ratio)
            for month, ratio in zip(months, card.trend, strict=True)
        ]
        if card
        else [],
    }


# ── Paper ───────────────────────────────────────────────────────────────────────────────────


def paper(report: Report, read: BookContent) -> str:
    """The whole book as HTML, in the language in force."""
    data = read.data
    period = Period(date.fromisoformat(data["first"]), date.fromisoformat(data["last"]))
    context = frame_of(_("Quarterly report on indicators"), report, read) | {
        "first_day": format_long(period.first),
        "last_day": format_long(period.last),
        "months": [month_name(month.first) for month in months_of(period)],
        "lights": _lights(data["kpis"]),
        "strategies": _grouped([_kpi_line(kpi) for kpi in data["kpis"]], "strategy"),
        "subgroups": _grouped([_work_line(work) for work in data["works"]], "subgroup"),
        "undecided": not any(
            _ratio(row["counts"]).decided for row in [*data["kpis"], *data["works"]] if row["counts"]
        ),
        "chart": charts.bar_chart(_("What was done in the quarter"), _counted_rows(data["works"])),
        "trends": [
            (subgroup, _twelve_months(subgroup, works))
            for subgroup, works in _grouped(data["works"], "subgroup")
        ],
        "definitions": sorted({kpi["how"] for kpi in data["kpis"]}),
        "nearly": figures(plain(NEARLY * 100)),
    }
    return render_to_string("projectplan/paper/kpi_quarterly.html", context)


def _grouped(rows: Sequence[Row], name: str) -> list[tuple[str, list[Row]]]:
    return [(group, list(found)) for group, found in groupby(rows, key=itemgetter(name))]


def _lights(kpis: Sequence[Row]) -> list[tuple[str, str, int]]:
    """How many indicators have each light, in words."""
    words = {
        "ok": _("Reaches the target"),
        "soon": _("Nearly reaches the target"),
        "late": _("Misses the target"),
        "": _("Nothing is decided yet"),
    }
    counted = Counter(kpi["tone"] for kpi in kpis)
    return [(tone, words[tone], counted[tone]) for tone in LIGHTS]


def _kpi_line(kpi: Row) -> Row:
    """An indicator as it is printed."""
    value, before = _decimal(kpi["value"]), _decimal(kpi["value_before"])
    return kpi | {
        "weight": figures(plain(Decimal(kpi["weight"]))),
        "target": unit_text(kpi["unit"], Decimal(kpi["target"])),
        "value": unit_text(kpi["unit"], value),
        "score": score_text(_decimal(kpi["score"])),
        "value_before": unit_text(kpi["unit"], before),
        "value_so_far": unit_text(kpi["unit"], _decimal(kpi["value_so_far"])),
        "score_so_far": score_text(_decimal(kpi["score_so_far"])),
        "change": change_words(kpi["unit"], value, before),
        "months": [
            unit_text(kpi["unit"], _decimal(month["value"])) if month["is_frozen"] else ""
            for month in kpi["months"]
        ],
    }


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def change_words(unit: str, value: Decimal | None, before: Decimal | None) -> str:
    """Against the quarter before, in percentage points or levels; empty where either has decided nothing."""
    if value is None or before is None:
        return ""
    if value == before:
        return _("as before")
    up, number = value > before, figures(plain(abs(value - before)))
    if unit == Kpi.Unit.PERCENT:
        return (_("%(points)s points up") if up else _("%(points)s points down")) % {"points": number}
    return (_("%(number)s up") if up else _("%(number)s down")) % {"number": number}


def _work_line(work: Row) -> Row:
    """A standing work as it is printed, with its line of twelve months."""
    ratio = _ratio(work["counts"])
    trend = [_ratio(month).percent for month in work["months"]]
    return (
        work
        | asdict(ratio)
        | {
            "percent": percent_text(ratio.percent),
            "percent_before": percent_text(_ratio(work["counts_before"]).percent),
            "sparkline": charts.sparkline([None if one is None else float(one) for one in trend]),
        }
    )


def _ratio(counts: Row) -> Ratio:
    return Ratio(counts["in_time"], counts["late"], counts["pending"])


def _twelve_months(subgroup: str, works: Sequence[Row]) -> SafeString | None:
    """All works of a subgroup together, month by month; None where nothing was there."""
    counted = [work["months"] for work in works if work["months"]]
    bars = []
    for months in zip(*counted, strict=True):
        together = summed(_ratio(month) for month in months)
        bars.append(charts.MonthBar(date.fromisoformat(months[0]["first"]), **asdict(together)))
    return charts.stacked_months(subgroup, bars) if any(bar.total for bar in bars) else None


def _counted_rows(works: Sequence[Row]) -> list[tuple[str, int]]:
    """What was counted; the copies of an issue of the journal are no work of their own."""
    return [
        (one["label"], one["count"])
        for work in works
        if work["is_percent"]
        for one in work["results"]
        if one["count"]
    ]
