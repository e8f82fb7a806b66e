"""What the page of a standing work shows: its figure with the rows behind it, and its months, as frozen and now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from office import charts
from office.calendar import OFFICE_TZ, Period, fiscal_year, month_code, month_of, months_back, months_of
from office.figures import percent_text
from office.ratio import Ratio, summed
from projectplan.dashboard import TREND_MONTHS, Card, Span, period_before
from projectplan.freezing import how_counted
from projectplan.kpi_page import month_bar
from projectplan.measures import MEASURES, ratios_by_month
from projectplan.models import FrozenValue, Work


def work_address(work: Work, span: Span, period: Period) -> str:
    """The page of a standing work for a period: where the lines of the dashboard lead."""
    query = urlencode({"span": span, "at": month_code(period)})
    return f"{reverse('projectplan:work', args=[work.pk])}?{query}"


@dataclass(frozen=True)
class WorkMonth:
    """A month of the fiscal year: as it stands now, and the editions in which it was frozen, the newest first."""

    work: Work
    month: Period
    now: Ratio | None
    editions: Sequence[FrozenValue]

    @property
    def anew_url(self) -> str:
        """Where a section head has the month counted anew."""
        return reverse("projectplan:work_anew", args=[self.work.pk, month_code(self.month)])

    @property
    def value_now(self) -> str:
        return percent_text(self.now.percent if self.now else None)

    @property
    def differs(self) -> bool:
        """Whether the month comes to something else now than when it was frozen last."""
        return bool(self.editions) and self.editions[0].ratio != self.now

    @property
    def frozen(self) -> list[tuple[FrozenValue, str, str]]:
        """Each edition with its value as it is written; a work has no score."""
        return [(one, percent_text(one.ratio.percent if one.ratio else None), "") for one in self.editions]


class WorkPage:
    """A standing work in a period, as one person may see it: `opens` are the subgroups whose rows they may open."""

    def __init__(self, work: Work, span: Span, period: Period, now: datetime, opens: Collection[str]) -> None:
        self.work, self.period, self.moment = work, period, now
        self.year = fiscal_year(work.plan.fiscal_year)
        self.trend_months = months_back(
            month_of(min(period.last, now.astimezone(OFFICE_TZ).date())), TREND_MONTHS
        )
        self.before = period_before(span, period)
        first = min(self.trend_months[0].first, self.year.first, self.before.first)
        months = months_of(Period(first, max(period.last, self.year.last)))
        self.by_month = ratios_by_month([work.measure], months, now).get(work.measure, {})
        self.leads = work.subgroup.code in opens

    @cached_property
    def card(self) -> Card | None:
        """The figure as the dashboard has it; None where the system does not count the work."""
        if not self.by_month:
            return None
        return Card(
            work=self.work,
            code="",
            measure=MEASURES[self.work.measure],
            period=self.period,
            ratio=self._sum(self.period),
            before=self._sum(self.before),
            year_before=Ratio(),
            trend=[self.by_month[month.first] for month in self.trend_months],
            leads_to_rows=self.leads,
        )

    def _sum(self, period: Period) -> Ratio:
        return summed(self.by_month[month.first] for month in months_of(period))

    @cached_property
    def chart(self) -> SafeString:
        bars = [month_bar(month, self.by_month[month.first]) for month in self.trend_months]
        return charts.stacked_months(_("Twelve months"), bars)

    @property
    def definition(self) -> str:
        return how_counted(self.work.measure)

    @cached_property
    def months(self) -> list[WorkMonth]:
        """The months of the fiscal year that are over, the newest first."""
        editions: dict[date, list[FrozenValue]] = {}
        for row in FrozenValue.objects.of(self.work).select_related("frozen_by").order_by("-edition"):
            editions.setdefault(row.month, []).append(row)
        over = [month for month in months_of(self.year) if month.ends_at <= self.moment]
        return [
            WorkMonth(self.work, month, self.by_month.get(month.first), editions.get(month.first, []))
            for month in reversed(over)
        ]
