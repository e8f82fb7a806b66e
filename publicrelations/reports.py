"""The content of the reports on public relations, monthly and annual from one definition, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from office import charts
from office.calendar import OFFICE_TZ, Period, fiscal_year, fiscal_year_of, month_of, months_back, months_of
from office.models import Report
from office.report_late import LateOne, late_ones
from office.reporting import is_month
from office.tallies import Counts, Figure, by_key, by_month, total
from publicrelations.languages import language_name
from publicrelations.measures import MATTERS
from publicrelations.models import Category, Coverage, Engagement, ForeignKind, Journal, PressConference
from publicrelations.tallies import BUSINESS, KEEPER, Aside, Dimension, Kind

MONTHLY, ANNUAL = Report.Kind.PUBLIC_RELATIONS_MONTHLY, Report.Kind.PUBLIC_RELATIONS_ANNUAL
TREND_MONTHS = 12

Figures = dict[Kind, list[Figure]]


@dataclass(frozen=True)
class Line:
    """The counts of one value of a dimension."""

    key: str
    label: str
    counts: Counts


@dataclass(frozen=True)
class Work:
    """One kind of work: its sum, told apart by kind, and how much of it is out of the count, and why."""

    kind: str
    label: str
    total: Counts
    lines: tuple[Line, ...]
    asides: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Issue:
    """One issue of the journal: how many were to be printed, were printed, and when they were mailed."""

    label: str
    month: date
    print_run: int
    copies_printed: int | None
    mailed_at: datetime | None


@dataclass(frozen=True)
class Reported:
    """What the media carried of the period's press conferences, by tone."""

    positive: int = 0
    neutral: int = 0
    negative: int = 0

    @property
    def all(self) -> int:
        return self.positive + self.neutral + self.negative


@dataclass(frozen=True)
class MonthLine:
    """One month of the trend: the four works together."""

    month: date
    counts: Counts


@dataclass(frozen=True)
class Content:
    """The figures of a period as they stood at `as_of`. `before` is None where no fair comparison can be made."""

    first: date
    last: date
    as_of: datetime
    total: Counts
    before: Counts | None
    works: tuple[Work, ...]
    languages: tuple[Line, ...]
    issues: tuple[Issue, ...]
    copies: int
    reported: Reported
    trend: tuple[MonthLine, ...]
    late: tuple[LateOne, ...]

    @property
    def period(self) -> Period:
        return Period(self.first, self.last)

    @property
    def is_interim(self) -> bool:
        """The period was not over when these figures were taken."""
        return self.as_of < self.period.ends_at

    @property
    def difference(self) -> int:
        """How many more there were than in the period before; fewer when negative."""
        return self.total.received - (self.before.received if self.before else 0)

    @property
    def late_not_shown(self) -> int:
        return sum(work.total.late for work in self.works) - len(self.late)

    def work(self, kind: Kind) -> Work:
        return next(work for work in self.works if work.kind == kind)

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
    """Count a month or a fiscal year as it stands now. Six queries while the tallies hold, and one for each kind of
    work with something late."""
    figures = KEEPER.read_all(months_of(period), list(Dimension), now, list(BUSINESS))
    end = min(period.last, now.astimezone(OFFICE_TZ).date())
    trend_months = months_back(month_of(end), TREND_MONTHS)
    earlier = months_of(_period_before(period))
    around = KEEPER.read_all(sorted({*trend_months, *earlier}), [], now, MATTERS)
    before = _sum(around, earlier)
    issues = _issues(period)
    return Content(
        first=period.first,
        last=period.last,
        as_of=now,
        total=sum((total(figures[kind]) for kind in MATTERS), Counts()),
        before=before if now >= period.ends_at and before.received else None,
        works=_works(figures),
        languages=_languages(figures),
        issues=issues,
        copies=sum(one.copies_printed or 0 for one in issues),
        reported=_reported(period),
        trend=tuple(MonthLine(month.first, _sum(around, [month])) for month in trend_months),
        late=late_ones(BUSINESS, figures, now),
    )


def _period_before(period: Period) -> Period:
    if is_month(period):
        return months_back(period, 2)[0]
    return fiscal_year(fiscal_year_of(period.first) - 1)


def _sum(figures: Figures, months: Sequence[Period]) -> Counts:
    """The four works of some months together."""
    return sum((sum(by_month(figures[kind], months), Counts()) for kind in MATTERS), Counts())


# ── By kind ─────────────────────────────────────────────────────────────────────────────────


def work_label(kind: Kind) -> str:
    """What a kind of work is called where there is much of it."""
    return {
        Kind.ENGAGEMENT: _("Engagements of the minister"),
        Kind.ARTICLE: _("Articles published"),
        Kind.JOURNAL: _("Issues of the journal"),
        Kind.PRESS_CONFERENCE: _("Press conferences"),
        Kind.FOREIGN_DOCUMENT: _("Foreign documents"),
        Kind.BRIEF: _("Situation briefs"),
    }[kind]


def aside_label(key: str) -> str:
    """Why something is out of the count, in words."""
    return {
        Aside.EXCUSED: _("No news called for"),
        Aside.CANCELLED: _("Cancelled"),
        Aside.POSTPONED: _("Postponed, no new date yet"),
    }[Aside(key)]


def choices_of(kind: Kind) -> list[tuple[str, str]]:
    """Every value that a kind of work is told apart by, in the order in which forms offer them; of news one query."""
    choices: Mapping[Kind, Any] = {
        Kind.ENGAGEMENT: Engagement.EngagementKind.choices,
        Kind.PRESS_CONFERENCE: PressConference.Occasion.choices,
        Kind.FOREIGN_DOCUMENT: ForeignKind.choices,
    }
    if kind is Kind.ARTICLE:
        return [(str(one.pk), str(one)) for one in Category.objects.all()]
    return [(value, str(label)) for value, label in choices.get(kind, [])]


def _works(figures: Figures) -> tuple[Work, ...]:
    return tuple(_work(kind, figures[kind]) for kind in BUSINESS)


def _work(kind: Kind, figures: Sequence[Figure]) -> Work:
    counts, asides = by_key(figures, Dimension.KIND), by_key(figures, Dimension.ASIDE)
    shown = [(key, label) for key, label in choices_of(kind) if key in counts] if counts else []
    return Work(
        kind=kind.value,
        label=work_label(kind),
        total=total(figures),
        lines=tuple(Line(key, label, counts[key]) for key, label in shown),
        asides=tuple(Line(key.value, aside_label(key), asides[key]) for key in Aside if key in asides),
    )


def _languages(figures: Figures) -> tuple[Line, ...]:
    """Foreign documents by the language they came in, the most frequent first."""
    counts = by_key(figures[Kind.FOREIGN_DOCUMENT], Dimension.LANGUAGE)
    lines = [Line(key, language_name(key), one) for key, one in counts.items()]
    return tuple(sorted(lines, key=lambda line: (-line.counts.received, line.label)))


# ── The journal and the media ───────────────────────────────────────────────────────────────


def _issues(period: Period) -> tuple[Issue, ...]:
    rows = Journal.objects.filter(month__gte=period.first, month__lte=period.last).order_by("month")
    return tuple(
        Issue(one.issue_words, one.month, one.print_run, one.copies_printed, one.mailed_at)
        for one in rows.defer("search_text", "editorial")
    )


def _reported(period: Period) -> Reported:
    """Reports of the press conferences that began in the period, by tone."""
    rows = Coverage.objects.filter(
        conference__starts_at__gte=period.starts_at, conference__starts_at__lt=period.ends_at
    )
    tones = rows.order_by().values_list("tone")
    counts = dict(tones.annotate(number=Count("pk")))
    return Reported(**{tone: counts.get(tone, 0) for tone in ("positive", "neutral", "negative")})


# ── Charts ──────────────────────────────────────────────────────────────────────────────────


def works_chart(report: Content) -> SafeString:
    """How many there were of each kind."""
    rows = [(work.label, work.total.received) for work in report.works]
    return charts.bar_chart(_("The work of public relations, by kind"), rows, unit=_("matters"))


def trend_chart(report: Content) -> SafeString:
    """The four works month by month, by whether they were in time."""
    bars = [
        charts.MonthBar(line.month, line.counts.in_time, line.counts.late, line.counts.pending)
        for line in report.trend
    ]
    return charts.stacked_months(_("The work of public relations, by month"), bars)
