"""The content of the reports on the work in parliament, monthly and annual from one definition, as data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from office import charts
from office.calendar import OFFICE_TZ, Period, fiscal_year, fiscal_year_of, month_of, months_back, months_of
from office.models import Agency, Report
from office.report_late import LateOne, late_ones
from office.reporting import is_month
from parliament.measures import MATTERS
from parliament.models import (
    BillStage,
    Chamber,
    Committee,
    ConstitutionalBody,
    Interpellation,
    Meeting,
    Member,
)
from parliament.tallies import (
    BUSINESS,
    KEEPER,
    Aside,
    Counts,
    Dimension,
    Figure,
    Kind,
    by_key,
    by_month,
    total,
)

MONTHLY, ANNUAL = Report.Kind.PARLIAMENT_MONTHLY, Report.Kind.PARLIAMENT_ANNUAL
TREND_MONTHS = 12
ASKED_BY_PEOPLE = (Kind.INTERPELLATION, Kind.MOTION, Kind.CONSULTATION)
"""What members bring forward; each names who did."""


@dataclass(frozen=True)
class Line:
    """The counts of one value of a dimension."""

    key: str
    label: str
    counts: Counts


@dataclass(frozen=True)
class Work:
    """One kind of business: its sum, told apart by kind, and how many of it are out of the count, and why."""

    kind: str
    label: str
    total: Counts
    lines: tuple[Line, ...]
    asides: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Who:
    """Somebody who brings matters forward, or an agency asked about them: the counts of each kind of matter."""

    key: str
    label: str
    by_kind: dict[str, Counts]

    @property
    def total(self) -> Counts:
        return sum(self.by_kind.values(), Counts())


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
    chambers: tuple[Who, ...]
    parties: tuple[Who, ...]
    members: tuple[Who, ...]
    bodies: tuple[Line, ...]
    committees: tuple[Line, ...]
    agencies: tuple[Who, ...]
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


Figures = dict[Kind, list[Figure]]


def content(period: Period, now: datetime) -> Content:
    """Count a month or a fiscal year as it stands now. Seven queries while the tallies hold, and one for each kind of
    business with something late."""
    figures = KEEPER.read_all(months_of(period), list(Dimension), now, list(BUSINESS))
    end = min(period.last, now.astimezone(OFFICE_TZ).date())
    trend_months = months_back(month_of(end), TREND_MONTHS)
    earlier = months_of(_period_before(period))
    around = KEEPER.read_all(sorted({*trend_months, *earlier}), [], now, MATTERS)
    before = _sum(around, earlier)
    people = _people(figures)
    members = {str(one.pk): one for one in _members(people)}
    return Content(
        first=period.first,
        last=period.last,
        as_of=now,
        total=sum((total(figures[kind]) for kind in MATTERS), Counts()),
        before=before if now >= period.ends_at and before.received else None,
        works=tuple(_work(kind, figures[kind]) for kind in BUSINESS),
        chambers=_chambers(figures, people, members),
        parties=_parties(people, members),
        members=_most_first((key, members[key].full_name, kinds) for key, kinds in people.items()),
        bodies=_lines(figures[Kind.CONSULTATION], Dimension.BODY, ConstitutionalBody),
        committees=_lines(figures[Kind.MEETING], Dimension.COMMITTEE, Committee),
        agencies=_agencies(figures),
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


def choices_of(kind: Kind) -> list[tuple[str, str]]:
    """Every value that a kind of business is told apart by, in the order in which forms offer them."""
    seats = [(value, str(label)) for value, label in Chamber.choices]
    if kind is Kind.MEETING:
        return [(value, str(label)) for value, label in Meeting.MeetingKind.choices]
    if kind is Kind.INTERPELLATION:
        kinds = Interpellation.InterpellationKind.choices
        return [
            (f"{chamber}:{value}", f"{label} · {name}")
            for chamber, name in seats[:2]
            for value, label in kinds
        ]
    if kind is Kind.MOTION:
        return seats
    if kind is Kind.BILL:
        stages = BillStage._meta.get_field("stage").choices or []
        return [(str(value), str(label)) for value, label in stages]
    if kind is Kind.CONSULTATION:
        members = [
            (f"member:{chamber}", _("Members, %(chamber)s") % {"chamber": name})
            for chamber, name in seats[:2]
        ]
        return [*members, ("member:", _("Members, by letter")), ("body:", _("Constitutional organisations"))]
    return []


def aside_label(key: str) -> str:
    """Why something is out of the count, in words."""
    return {
        Aside.TOLD_LATE: _("Told of only after it began"),
        Aside.CANCELLED: _("Cancelled"),
        Aside.POSTPONED: _("Postponed, no new date yet"),
    }[Aside(key)]


def _work(kind: Kind, figures: Sequence[Figure]) -> Work:
    """Kinds of meetings and of interpellations are shown even with nothing; stages of bills as far as they went."""
    counts = by_key(figures, Dimension.KIND)
    shown = [
        (key, label)
        for key, label in choices_of(kind)
        if key in counts or kind in (Kind.MEETING, Kind.INTERPELLATION)
    ]
    asides = by_key(figures, Dimension.ASIDE)
    return Work(
        kind=kind.value,
        label=work_label(kind),
        total=total(figures),
        lines=tuple(Line(key, label, counts.get(key, Counts())) for key, label in shown),
        asides=tuple(Line(key.value, aside_label(key), asides[key]) for key in Aside if key in asides),
    )


def work_label(kind: Kind) -> str:
    """What a kind of business is called where there are many of it."""
    return {
        Kind.MEETING: _("Meetings"),
        Kind.INTERPELLATION: _("Interpellations"),
        Kind.MOTION: _("Motions"),
        Kind.BILL: _("Bills considered"),
        Kind.CONSULTATION: _("Consultations"),
        Kind.FOLLOW_UP: _("Follow-ups of meetings"),
    }[kind]


# ── By who brought it forward, and who was asked ────────────────────────────────────────────

ByKind = dict[str, Counts]


def _people(figures: Figures) -> dict[str, ByKind]:
    """The counts of each member's matters, by kind."""
    found: defaultdict[str, ByKind] = defaultdict(dict)
    for kind in ASKED_BY_PEOPLE:
        for key, counts in by_key(figures[kind], Dimension.MEMBER).items():
            found[key][kind.value] = counts
    return dict(found)


def _members(keys: Iterable[str]) -> Iterable[Member]:
    return Member.objects.filter(pk__in=[int(key) for key in keys]).select_related("party")


def _most_first(rows: Iterable[tuple[str, str, ByKind]]) -> tuple[Who, ...]:
    found = [Who(key, label, by_kind) for key, label, by_kind in rows]
    return tuple(sorted(found, key=lambda who: (who.key == "", -who.total.received, who.label)))


def _added(rows: Iterable[tuple[str, ByKind]]) -> dict[str, ByKind]:
    sums: defaultdict[str, ByKind] = defaultdict(dict)
    for key, kinds in rows:
        for kind, counts in kinds.items():
            sums[key][kind] = sums[key].get(kind, Counts()) + counts
    return dict(sums)


def _parties(people: dict[str, ByKind], members: dict[str, Member]) -> tuple[Who, ...]:
    """By the party a member belongs to now; of who belongs to none, senators above all, in one line."""
    names = {str(one.party_id or ""): str(one.party or _("No party")) for one in members.values()}
    sums = _added((str(members[key].party_id or ""), kinds) for key, kinds in people.items())
    return _most_first((key, names[key], kinds) for key, kinds in sums.items())


def _chambers(figures: Figures, people: dict[str, ByKind], members: dict[str, Member]) -> tuple[Who, ...]:
    """By the chamber that a matter was brought forward in, as its register has it."""
    labels = {value: str(label) for value, label in Chamber.choices}
    rows: list[tuple[str, ByKind]] = []
    for kind in ASKED_BY_PEOPLE:
        for key, counts in by_key(figures[kind], Dimension.KIND).items():
            chamber = _chamber_of(kind, key)
            if chamber:
                rows.append((chamber, {kind.value: counts}))
    sums = _added(rows)
    return tuple(Who(key, label, sums[key]) for key, label in labels.items() if key in sums)


def _chamber_of(kind: Kind, key: str) -> str:
    if kind is Kind.MOTION:
        return key
    first, _colon, second = key.partition(":")
    return second if kind is Kind.CONSULTATION else first


def _lines(figures: Sequence[Figure], dimension: Dimension, model: type[Any]) -> tuple[Line, ...]:
    counts = by_key(figures, dimension)
    names = {str(one.pk): str(one) for one in model.objects.filter(pk__in=[int(key) for key in counts])}
    lines = [Line(key, names[key], one) for key, one in counts.items()]
    return tuple(sorted(lines, key=lambda line: (-line.counts.received, line.label)))


def _agencies(figures: Figures) -> tuple[Who, ...]:
    """The agencies asked for facts, by what they were asked about; how their own answers came."""
    rows = [
        (key, {kind.value: counts})
        for kind in ASKED_BY_PEOPLE
        for key, counts in by_key(figures[kind], Dimension.AGENCY).items()
    ]
    sums = _added(rows)
    found = Agency.objects.filter(pk__in=[int(key) for key in sums])
    names = {str(one.pk): str(one) for one in found}
    return _most_first((key, names[key], kinds) for key, kinds in sums.items())


# ── Charts ──────────────────────────────────────────────────────────────────────────────────


def works_chart(report: Content) -> SafeString:
    """How many there were of each kind."""
    rows = [(work.label, work.total.received) for work in report.works]
    return charts.bar_chart(_("The work in parliament, by kind"), rows, unit=_("matters"))


def trend_chart(report: Content) -> SafeString:
    """The four works month by month, by whether they were in time."""
    bars = [
        charts.MonthBar(line.month, line.counts.in_time, line.counts.late, line.counts.pending)
        for line in report.trend
    ]
    return charts.stacked_months(_("The work in parliament, by month"), bars)
