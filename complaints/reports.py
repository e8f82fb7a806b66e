"""The content of the reports on petitions, monthly and annual from one definition, as data for page and paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Subquery
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from complaints import report_parts, tallies
from complaints.category_families import main_families
from complaints.models import Category, Petition
from complaints.models.petition import opinion_promise
from complaints.report_parts import Line, Related, Satisfied, Visits
from complaints.tallies import Counts, Dimension, Figure
from office import charts
from office.calendar import OFFICE_TZ, Period, fiscal_year, fiscal_year_of, month_of, months_back, months_of
from office.figures import is_english
from office.models import Agency, Province, Report, Secrecy
from office.models.number import number_label

MONTHLY, ANNUAL = Report.Kind.COMPLAINTS_MONTHLY, Report.Kind.COMPLAINTS_ANNUAL
TREND_MONTHS = 12
LATE_SHOWN = 50


@dataclass(frozen=True)
class MonthLine:
    """One month of the trend."""

    month: date
    counts: Counts


@dataclass(frozen=True)
class LateOne:
    """A petition whose opinion came late, or is late: by number, never by name; of a secret one nothing more."""

    number: str
    is_secret: bool
    category: str
    due_at: datetime
    met_at: datetime | None
    reason: str


@dataclass(frozen=True)
class Rise:
    """The main category that grew most since the period before; `note` where several count as one."""

    label: str
    before: int
    after: int
    note: str = ""


@dataclass(frozen=True)
class Content:
    """The figures of a period as they stood at `as_of`. `before` is None where no fair comparison can be made."""

    first: date
    last: date
    as_of: datetime
    total: Counts
    before: Counts | None
    rise: Rise | None
    tables: dict[str, tuple[Line, ...]]
    trend: tuple[MonthLine, ...]
    late: tuple[LateOne, ...]
    related: Related
    visits: Visits
    satisfaction: Satisfied

    @property
    def period(self) -> Period:
        return Period(self.first, self.last)

    @property
    def kind(self) -> Report.Kind:
        is_month = self.period == month_of(self.first)
        return MONTHLY if is_month else ANNUAL

    @property
    def is_interim(self) -> bool:
        """The period was not over when these figures were taken."""
        return self.as_of < self.period.ends_at

    @property
    def difference(self) -> int:
        """How many more were received than in the period before; fewer when negative."""
        return self.total.received - (self.before.received if self.before else 0)

    @property
    def late_not_shown(self) -> int:
        return self.total.late - len(self.late)

    def as_json(self) -> dict[str, Any]:
        """For `Report.content`: plain numbers and texts, moments as ISO 8601 in Bangkok."""
        return _plain(asdict(self))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return value.astimezone(OFFICE_TZ).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def content(period: Period, now: datetime) -> Content:
    """Count a month or a fiscal year as it stands now. Twelve queries while the tallies hold."""
    figures = tallies.read(months_of(period), tallies.DETAILS, now)
    end = min(period.last, now.astimezone(OFFICE_TZ).date())
    trend_months = months_back(month_of(end), TREND_MONTHS)
    earlier = _period_before(period)
    around = tallies.read(sorted({*trend_months, *months_of(earlier)}), [Dimension.CATEGORY], now)
    trend = tallies.by_month(around, trend_months)
    categories = {str(one.pk): one for one in Category.objects.all()}
    tables = _tables(figures, categories)
    before = _within(around, earlier)
    is_comparable = now >= period.ends_at and tallies.total(before).received > 0
    return Content(
        first=period.first,
        last=period.last,
        as_of=now,
        total=tallies.total(figures),
        before=tallies.total(before) if is_comparable else None,
        rise=_greatest_rise(figures, before, categories, period) if is_comparable else None,
        tables=tables,
        trend=tuple(
            MonthLine(month.first, counts) for month, counts in zip(trend_months, trend, strict=True)
        ),
        late=_late_ones(figures, categories, now),
        related=report_parts.related(period, now),
        visits=report_parts.visits(period, categories.values()),
        satisfaction=report_parts.satisfaction(period),
    )


def _period_before(period: Period) -> Period:
    if period == month_of(period.first):
        return months_back(period, 2)[0]
    return fiscal_year(fiscal_year_of(period.first) - 1)


def _within(figures: Iterable[Figure], period: Period) -> list[Figure]:
    return [one for one in figures if period.contains(one.month)]


# ── Tables ──────────────────────────────────────────────────────────────────────────────────


def _tables(figures: Sequence[Figure], categories: dict[str, Category]) -> dict[str, tuple[Line, ...]]:
    provinces = {one.code: _name(one.name, one.name_en) for one in Province.objects.all()}
    agencies = tallies.by_key(figures, Dimension.AGENCY)
    names = Agency.objects.filter(pk__in=[key for key in agencies if key]).values_list("pk", "name")
    return {
        Dimension.CATEGORY: _category_lines(tallies.by_key(figures, Dimension.CATEGORY), categories),
        Dimension.CHANNEL: _in_order(figures, Dimension.CHANNEL, Petition.Channel.choices),
        Dimension.KIND: _in_order(figures, Dimension.KIND, Petition.PetitionKind.choices),
        Dimension.PROVINCE: _most_first(tallies.by_key(figures, Dimension.PROVINCE), provinces),
        Dimension.AGENCY: _most_first(agencies, {str(pk): name for pk, name in names}),
    }


def _name(thai: str, english: str) -> str:
    return english if english and is_english() else thai


def _in_order(figures: Sequence[Figure], dimension: str, choices: Iterable[Any]) -> tuple[Line, ...]:
    """Every choice, in the order in which forms offer them, those with nothing too."""
    counts = tallies.by_key(figures, dimension)
    return tuple(Line(key, str(label), counts.get(key, Counts())) for key, label in choices)


def _most_first(counts: dict[str, Counts], labels: dict[str, str]) -> tuple[Line, ...]:
    """Those with something, the most received first; what was not given comes last."""
    keys = sorted(counts, key=lambda key: (key == "", -counts[key].received, key))
    return tuple(Line(key, labels[key] if key else _("Not given"), counts[key]) for key in keys)


def _category_lines(counts: dict[str, Counts], categories: dict[str, Category]) -> tuple[Line, ...]:
    """The tree in the office's order, as far as there is anything in it; a main category sums its own."""
    lines = []
    for key, main in categories.items():
        if main.parent_id is not None:
            continue
        subs = tuple(
            Line(sub_key, _name(sub.name, sub.name_en), counts[sub_key])
            for sub_key, sub in categories.items()
            if sub.parent_id == main.pk and sub_key in counts
        )
        whole = sum((sub.counts for sub in subs), counts.get(key, Counts()))
        if whole.received:
            lines.append(Line(key, _name(main.name, main.name_en), whole, subs))
    if "" in counts:
        lines.append(Line("", _("Not given"), counts[""]))
    return tuple(lines)


def _greatest_rise(
    figures: Sequence[Figure], before: Sequence[Figure], categories: dict[str, Category], period: Period
) -> Rise | None:
    """The main category that grew by most matters, the larger one of two; None when none grew.

    Those between which a split or a join by the end of the period went over are compared as one.
    """
    here = tallies.by_key(figures, Dimension.CATEGORY)
    earlier = tallies.by_key(before, Dimension.CATEGORY)
    rises = [
        Rise(
            family.label,
            sum(earlier[key].received for key in family.keys if key in earlier),
            sum(here[key].received for key in family.keys if key in here),
            family.note,
        )
        for family in main_families(list(categories.values()), upto=period.last)
    ]
    greatest = max(rises, key=lambda rise: (rise.after - rise.before, rise.after), default=None)
    return greatest if greatest and greatest.after > greatest.before else None


# ── The late ones ───────────────────────────────────────────────────────────────────────────


def _late_ones(
    figures: Sequence[Figure], categories: dict[str, Category], now: datetime
) -> tuple[LateOne, ...]:
    """The first LATE_SHOWN in the order of registration; only the months they are in are looked through."""
    months = _months_with_late(figures)
    if not months:
        return ()
    promise = opinion_promise()
    # One month by equality, so that its index gives the order as well.
    rows = (
        Petition.objects.filter(month=months[0])
        if len(months) == 1
        else Petition.objects.filter(month__in=months)
    )
    late = rows.with_standing(now).filter(standing="late").order_by("month", "pk")
    moments = {
        "opinion_due": Subquery(promise.values("due_at")[:1]),
        "opinion_put": Subquery(promise.values("met_at")[:1]),
        "why_late": Subquery(promise.values("late_reason")[:1]),
    }
    fields = ("series", "number", "year", "secrecy", "category_id", *moments)
    found = late.annotate(**moments).values_list(*fields)[:LATE_SHOWN]
    return tuple(_late_one(*row, categories=categories) for row in found)


def _months_with_late(figures: Sequence[Figure]) -> list[date]:
    """The first months that together have LATE_SHOWN late ones, or all that have any."""
    months: list[date] = []
    found = 0
    for one in figures:
        if one.dimension == Dimension.TOTAL and one.counts.late and found < LATE_SHOWN:
            months.append(one.month)
            found += one.counts.late
    return months


def _late_one(
    series: str,
    number: int,
    year: int,
    secrecy: int,
    category_id: int | None,
    due_at: datetime,
    met_at: datetime | None,
    reason: str,
    *,
    categories: dict[str, Category],
) -> LateOne:
    is_secret = secrecy > Secrecy.ORDINARY
    category = categories.get(str(category_id)) if not is_secret else None
    return LateOne(
        number=number_label(series, number, year),
        is_secret=is_secret,
        category=_name(category.name, category.name_en) if category else "",
        due_at=due_at,
        met_at=met_at,
        reason="" if is_secret else reason,
    )


# ── Charts ──────────────────────────────────────────────────────────────────────────────────


def category_chart(report: Content) -> SafeString:
    """What was received, by main category."""
    rows = [(line.label, line.counts.received) for line in report.tables[Dimension.CATEGORY]]
    return charts.bar_chart(_("Received, by category"), rows, unit=_("matters"))


def trend_chart(report: Content) -> SafeString:
    """What was received month by month, by the standing of the opinion."""
    return stacked((line.month, line.counts) for line in report.trend)


def stacked(months: Iterable[tuple[date, Counts]]) -> SafeString:
    """Twelve months at most, each by its first day, by the standing of the opinion."""
    bars = [charts.MonthBar(month, one.in_time, one.late, one.pending) for month, one in months]
    return charts.stacked_months(_("Opinions on the petitions received, by month"), bars)
