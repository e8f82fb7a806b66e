"""What the plan's indicators count of the work on petitions, by the names that the plan gives them.

A month's petitions are those received in it. The plan counts the general and political petitions (its work 1, target
100) and those of the website (its work 3, target 80) apart, as its results of 2552 do: 1,261 + 58, and 917. So
`opinions_on_time` is all channels but the website, `web_opinions_on_time` the website.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import cached_property

from complaints import tallies
from complaints.models import Petition
from office.calendar import Period, WorkCalendar, month_of, months_of
from office.models import Matter, Report
from office.models.calendar import current_calendar
from office.ratio import Ratio, summed

WEB = str(Petition.Channel.WEB)
NOT_WEB = frozenset(channel.value for channel in Petition.Channel) - {WEB}


@dataclass(frozen=True)
class Reading:
    """The months that measures are read for, in order, and when; what several measures need is fetched once."""

    months: Sequence[Period]
    now: datetime
    in_passing: bool = False
    """Leave the tallies as they are, and read each row at most once."""

    @cached_property
    def figures(self) -> dict[Matter.Kind, list[tallies.Figure]]:
        """Petitions by channel, and related matters: one query for both."""
        kinds = (Matter.Kind.PETITION, Matter.Kind.RELATED)
        return tallies.KEEPER.read_all(
            self.months, [tallies.Dimension.CHANNEL], self.now, kinds, in_passing=self.in_passing
        )

    def opinions(self, channels: frozenset[str]) -> list[Ratio]:
        found: defaultdict[date, Ratio] = defaultdict(Ratio)
        for one in self.figures[Matter.Kind.PETITION]:
            if one.dimension == tallies.Dimension.CHANNEL and one.key in channels:
                found[one.month] += one.counts.ratio
        return [found[month.first] for month in self.months]


ByMonth = Callable[[Reading], list[Ratio]]


def opinions_by_month(reading: Reading) -> list[Ratio]:
    """Opinions put to the one in authority within 1 working day of receipt, the website's petitions left out."""
    return reading.opinions(NOT_WEB)


def web_opinions_by_month(reading: Reading) -> list[Ratio]:
    """The same of the petitions that came by the website."""
    return reading.opinions(frozenset({WEB}))


def related_matters_by_month(reading: Reading) -> list[Ratio]:
    """Opinions on related matters (reports, torts, criminal cases, summonses), by the month of receipt."""
    figures = reading.figures[Matter.Kind.RELATED]
    return [counts.ratio for counts in tallies.by_month(figures, reading.months)]


def reports_by_month(reading: Reading) -> list[Ratio]:
    """The monthly report of each month: in time when the whole month's figures were issued by the end of the first
    working day of the next month. An edition of an unfinished month does not count."""
    issued: dict[date, datetime] = {}
    editions = Report.objects.filter(
        kind=Report.Kind.COMPLAINTS_MONTHLY,
        state=Report.State.ISSUED,
        first__in=[month.first for month in reading.months],
    )
    for first, as_of, issued_at in editions.order_by("edition").values_list("first", "as_of", "issued_at"):
        if as_of and issued_at and as_of >= month_of(first).ends_at:
            issued.setdefault(first, issued_at)
    calendar = current_calendar()
    return [_report_ratio(month, issued.get(month.first), calendar, reading.now) for month in reading.months]


def report_due_at(month: Period, calendar: WorkCalendar) -> datetime:
    """Closing time of the first working day after the month (the plan: a monthly report to the executives)."""
    return calendar.closing_of(calendar.next_working_day(month.last))


def _report_ratio(month: Period, issued_at: datetime | None, calendar: WorkCalendar, now: datetime) -> Ratio:
    due = report_due_at(month, calendar)
    if issued_at is None and now <= due:
        return Ratio(pending=1)
    return Ratio(in_time=1) if issued_at is not None and issued_at <= due else Ratio(late=1)


# ── One figure for one period ───────────────────────────────────────────────────────────────


def opinions_on_time(period: Period, now: datetime) -> Ratio:
    """`complaints.opinions_on_time` of the plan, for whole months; see `opinions_by_month`."""
    return _sum(opinions_by_month, period, now)


def web_opinions_on_time(period: Period, now: datetime) -> Ratio:
    """`complaints.web_opinions_on_time` of the plan, for whole months."""
    return _sum(web_opinions_by_month, period, now)


def related_matters_on_time(period: Period, now: datetime) -> Ratio:
    """`complaints.related_matters_on_time` of the plan, for whole months."""
    return _sum(related_matters_by_month, period, now)


def reports_issued(period: Period, now: datetime) -> Ratio:
    """`complaints.reports_issued` of the plan, for whole months: one monthly report for each."""
    return _sum(reports_by_month, period, now)


def _sum(by_month: ByMonth, period: Period, now: datetime) -> Ratio:
    months = months_of(period)
    if (months[0].first, months[-1].last) != (period.first, period.last):
        raise ValueError(f"A measure counts whole months, not {period.first} – {period.last}.")
    return summed(by_month(Reading(months, now)))
