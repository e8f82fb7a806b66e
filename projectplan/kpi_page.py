"""What the page of an indicator shows: its figure with the rows behind each number, its months, as frozen and now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from office import charts
from office.calendar import Period, fiscal_year, month_code, months_of
from office.figures import figures, percent_text, plain, thousands
from office.models import Matter
from office.ratio import Ratio
from projectplan.dashboard import Part, Span, trend_months
from projectplan.freezing import how_counted
from projectplan.kpi_figures import KpiFigure, KpiReading
from projectplan.measures import counted_of, ratios_by_kind
from projectplan.models import FrozenValue, Kpi, KpiEntry
from projectplan.own_measures import OWN


def kpi_address(kpi: Kpi, span: Span, period: Period) -> str:
    """The page of an indicator for a period: where cards and lines of the dashboards lead."""
    query = urlencode({"span": span, "at": month_code(period)})
    return f"{reverse('projectplan:kpi', args=[kpi.code])}?{query}"


def value_text(kpi: Kpi, value: Decimal | None) -> str:
    """`๙๖.๓%`, `๔.๒๕`; a dash while nothing is decided."""
    return unit_text(kpi.unit, value)


def unit_text(unit: str, value: Decimal | None) -> str:
    """The same by the unit alone."""
    if value is None:
        return "–"
    number = figures(plain(value))
    return f"{number}%" if unit == Kpi.Unit.PERCENT else number


def score_text(score: Decimal | None) -> str:
    return "–" if score is None else figures(f"{score:.2f}")


def light_words(figure: KpiFigure) -> str:
    """The light in words: it says the same as the colour."""
    words = {
        "ok": _("Reaches the target"),
        "soon": _("Nearly reaches the target"),
        "late": _("Below the target"),
    }
    if figure.kpi.direction == Kpi.Direction.LOWER:
        words |= {"soon": _("Slightly above the target"), "late": _("Above the target")}
    return words.get(figure.tone, _("Nothing is decided yet"))


def count_parts(figure: KpiFigure, period: Period, *, leads: bool) -> list[Part]:
    """In time, late, not due yet: each with its rows where this person may open them."""
    if figure.ratio is None or figure.measure is None:
        return []
    behind = figure.measure.rows_behind if leads else None
    return _parts(figure.ratio, lambda standing: behind(period, standing) if behind else "")


def _parts(ratio: Ratio, address) -> list[Part]:  # type: ignore[no-untyped-def]
    counts = [
        (_("in time"), ratio.in_time, "in_time"),
        (_("late"), ratio.late, "late"),
        (_("not due yet"), ratio.pending, "pending"),
    ]
    return [
        Part(f"{label} {thousands(count)}", address(standing) if count else "")
        for label, count, standing in counts
    ]


def month_bar(month: Period, ratio: Ratio) -> charts.MonthBar:
    """A month of the chart of twelve."""
    return charts.MonthBar(month.first, in_time=ratio.in_time, late=ratio.late, pending=ratio.pending)


@dataclass(frozen=True)
class KindLine:
    """What one kind of matter adds to an indicator of several kinds."""

    name: str
    ratio: Ratio
    parts: Sequence[Part]

    @property
    def percent(self) -> str:
        return percent_text(self.ratio.percent)


@dataclass(frozen=True)
class PartLine:
    """A part of a rolled-up indicator, with its own page."""

    figure: KpiFigure
    url: str

    @property
    def value(self) -> str:
        return value_text(self.figure.kpi, self.figure.value)

    @property
    def score(self) -> str:
        return score_text(self.figure.score)

    @property
    def weight(self) -> str:
        return figures(plain(self.figure.kpi.weight))

    @property
    def words(self) -> str:
        return light_words(self.figure)


@dataclass(frozen=True)
class MonthLine:
    """A month of the fiscal year: as it stands now, and the editions in which it was frozen, the newest first."""

    month: Period
    now: KpiFigure
    editions: Sequence[FrozenValue]

    @property
    def anew_url(self) -> str:
        """Where a section head has the month counted anew."""
        return reverse("projectplan:kpi_anew", args=[self.now.kpi.code, month_code(self.month)])

    @property
    def value_now(self) -> str:
        return value_text(self.now.kpi, self.now.value)

    @property
    def differs(self) -> bool:
        """Whether the month comes to something else now than when it was frozen last."""
        if not self.editions:
            return False
        newest = self.editions[0]
        if newest.ratio is not None:
            return newest.ratio != self.now.ratio
        return newest.value != self.now.value

    @property
    def frozen(self) -> list[tuple[FrozenValue, str, str]]:
        """Each edition with its value and its score as they are written."""
        return [(one, value_text(self.now.kpi, one.value), score_text(one.score)) for one in self.editions]


class KpiPage:
    """An indicator in a period, as one person may see it: `opens` are the subgroups whose registers they may open."""

    def __init__(
        self, kpi: Kpi, kpis: Sequence[Kpi], span: Span, period: Period, now: datetime, opens: Collection[str]
    ) -> None:
        self.kpi, self.span, self.period, self.moment, self.opens = kpi, span, period, now, opens
        self.trend_months = trend_months(period, now)
        year = fiscal_year(kpi.plan.fiscal_year)
        first = min(self.trend_months[0].first, year.first, period.first)
        months = months_of(Period(first, max(period.last, year.last)))
        wanted = [one for one in kpis if one.pk == kpi.pk or one.parent_id == kpi.pk]
        self.reading = KpiReading(wanted, months, now)
        self.figure = self.reading.figure(kpi, period)

    @property
    def value(self) -> str:
        return value_text(self.kpi, self.figure.value)

    @property
    def score(self) -> str:
        return score_text(self.figure.score)

    @property
    def target(self) -> str:
        return value_text(self.kpi, self.kpi.target)

    @property
    def weight(self) -> str:
        return figures(plain(self.kpi.weight))

    @property
    def tone(self) -> str:
        return self.figure.tone

    @property
    def words(self) -> str:
        return light_words(self.figure)

    @property
    def reachable(self) -> str:
        """The highest value still reachable; empty where nothing is open."""
        ratio = self.figure.ratio
        return percent_text(self.figure.reachable) if ratio and ratio.pending else ""

    @property
    def leads(self) -> bool:
        return self.figure.measure is not None and self.figure.measure.subgroup in self.opens

    @cached_property
    def counts(self) -> list[Part]:
        return count_parts(self.figure, self.period, leads=self.leads)

    @property
    def unit(self) -> str:
        return str(self.figure.measure.unit) if self.figure.measure else ""

    @cached_property
    def kinds(self) -> list[KindLine]:
        """Each kind of matter apart, where several are counted together."""
        measure = self.figure.measure
        if measure is None or not measure.kinds:
            return []
        found = ratios_by_kind(measure, months_of(self.period), self.moment)
        return [self._kind_line(kind, ratio) for kind, ratio in found.items()]

    def _kind_line(self, kind: Matter.Kind, ratio: Ratio) -> KindLine:
        behind = counted_of(kind)
        address = lambda standing: behind(self.period, standing) if self.leads else ""  # noqa: E731
        return KindLine(str(kind.label), ratio, _parts(ratio, address))

    @property
    def parts(self) -> list[PartLine]:
        return [PartLine(part, kpi_address(part.kpi, self.span, self.period)) for part in self.figure.parts]

    @cached_property
    def chart(self) -> SafeString:
        """Twelve months: counted ones as columns of in time, late and not due; others as a line."""
        if self.figure.ratio is not None:
            return charts.stacked_months(_("Twelve months"), self._bars())
        trend = self.reading.trend(self.kpi, self.trend_months)
        return charts.sparkline([None if value is None else float(value) for value in trend])

    def _bars(self) -> list[charts.MonthBar]:
        by_month = self.reading.ratios[self.kpi.measure]
        return [month_bar(month, by_month[month.first]) for month in self.trend_months]

    @cached_property
    def trend(self) -> list[tuple[Period, str]]:
        """The value of each of the twelve months, as a table beside the chart."""
        values = self.reading.trend(self.kpi, self.trend_months)
        return [
            (month, value_text(self.kpi, value))
            for month, value in zip(self.trend_months, values, strict=True)
        ]

    @property
    def definition(self) -> str:
        return how_counted(self.kpi.measure)

    @property
    def is_counted(self) -> bool:
        """Whether the system has any way to a value."""
        known = self.kpi.measure in (Kpi.ROLLUP, Kpi.MANUAL) or self.figure.measure is not None
        return known or self.kpi.measure in OWN

    @property
    def levels(self) -> list[tuple[str, str]]:
        return [
            (figures(number), value_text(self.kpi, level)) for number, level in enumerate(self.kpi.levels, 1)
        ]

    @cached_property
    def months(self) -> list[MonthLine]:
        """The months of the fiscal year that are over, the newest first."""
        editions: dict[date, list[FrozenValue]] = {}
        rows = FrozenValue.objects.of(self.kpi).select_related("frozen_by").order_by("-edition")
        for row in rows:
            editions.setdefault(row.month, []).append(row)
        over = [
            month
            for month in months_of(fiscal_year(self.kpi.plan.fiscal_year))
            if month.ends_at <= self.moment
        ]
        return [
            MonthLine(month, self._now_of(month), editions.get(month.first, [])) for month in reversed(over)
        ]

    def _now_of(self, month: Period) -> KpiFigure:
        return self.reading.figure(self.kpi, month)

    @cached_property
    def entries(self) -> list[KpiEntry]:
        """All that was entered for the indicator, corrected ones too, the newest first."""
        rows = KpiEntry.objects.filter(kpi=self.kpi).select_related("entered_by").prefetch_related("files")
        return list(rows) if self.kpi.measure == Kpi.MANUAL else []
