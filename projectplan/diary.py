"""The office's diary: what takes place and what falls due on each day, of every room, as one person sees it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, Final

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.models import Hearing
from office.by_day import first_of_each_day
from office.calendar import OFFICE_TZ, Period
from office.models import Deadline, User
from office.models.matter import matters_visible_to
from office.models.number import number_label
from parliament.models import Meeting
from parliament.morning import NOT_HELD
from parliament.permissions import may_read as may_read_parliament
from projectplan.models import ActivityMonth, Milestone
from publicrelations.models import Engagement, PressConference
from publicrelations.models.engagement_state import NOT_TAKING_PLACE
from publicrelations.models.press_state import WITHOUT_A_DAY
from publicrelations.permissions import may_read as may_read_public_relations

NUMBER: Final = ("series", "number", "year")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of a day; without a moment it is of the whole day. `of_day` is how many of its source that day has."""

    source: str
    title: str
    page: str
    key: int
    """The URL name and argument of what it leads to: an address is made only of what is shown."""
    day: date
    of_day: int
    begins_at: datetime | None = None
    registered: tuple[str, int, int] | None = None
    """Series, number and year of the matter, if it is one."""
    words: str = ""
    tone: str = "coming"

    @property
    def url(self) -> str:
        return reverse(self.page, args=[self.key])

    @property
    def number(self) -> str:
        return number_label(*self.registered) if self.registered else ""

    @property
    def sort(self) -> Source:
        return BY_NAME[self.source]

    @property
    def moment(self) -> datetime:
        """By which a day is in order: what has no hour stands first."""
        return self.begins_at or datetime.combine(self.day, time.min, OFFICE_TZ)


Lines = Callable[[Period, User, int, datetime], list[Line]]


@dataclass(frozen=True)
class Source:
    """What one sort of line is called and looks like, and how the first of each day are found, in one query."""

    name: str
    label: Any
    icon: str
    lines: Lines
    may_read: Callable[[User], bool] = lambda user: True


# ── Where the lines come from ───────────────────────────────────────────────────────────────


def _occasions(source: str, model: Any, page: str, column: str, off: Collection[str]) -> Lines:
    """The lines of a kind of matter that takes place at a moment of its own; `off` are the states in which it does
    not."""

    def lines(period: Period, user: User, most: int, now: datetime) -> list[Line]:
        rows = first_of_each_day(model.objects.visible_to(user), column, period, most)
        values: Iterable[Any] = rows.values_list(
            "pk", *NUMBER, "title", "state", "place", column, "day", "of_day"
        )
        found = []
        for pk, series, number, year, title, state, place, at, day, of_day in values:
            tone = "off" if state in off else "held" if at < now else "coming"
            words = str(model.State(state).label) if state in off else place
            given = (series, number, year)
            found.append(Line(source, title, page, pk, day, of_day, at, given, words, tone))
        return found

    return lines


def _hearings(period: Period, user: User, most: int, now: datetime) -> list[Line]:
    seen = Hearing.objects.filter(matters_visible_to(user, "related_matter__"), cancelled_at__isnull=True)
    rows = first_of_each_day(seen, "at", period, most)
    values: Iterable[Any] = rows.values_list(
        "related_matter",
        *(f"related_matter__{column}" for column in NUMBER),
        *("purpose", "related_matter__court_name", "at", "day", "of_day"),
    )
    return [
        Line(
            "hearings",
            purpose,
            "complaints:related",
            matter,
            day,
            of_day,
            at,
            (series, number, year),
            court,
            "held" if at < now else "coming",
        )
        for matter, series, number, year, purpose, court, at, day, of_day in values
    ]


def _promises(period: Period, user: User, most: int, now: datetime) -> list[Line]:
    """What the person owes and has not kept; hearings are lines of their own."""
    owed = Deadline.objects.unmet().beside_a_calendar().exclude(kind=Deadline.Kind.HEARING)
    own = owed.filter(matters_visible_to(user, "matter__"), responsible=user)
    rows = first_of_each_day(own, "due_at", period, most)
    values: Iterable[Any] = rows.values_list(
        "matter",
        *(f"matter__{column}" for column in NUMBER),
        "matter__title",
        "kind",
        "due_at",
        "day",
        "of_day",
    )
    return [
        Line(
            "promises",
            _("%(promise)s: %(title)s") % {"promise": Deadline.Kind(kind).label, "title": title},
            "office:matter",
            matter,
            day,
            of_day,
            at,
            (series, number, year),
            _("late") if at < now else "",
            "late" if at < now else "coming",
        )
        for matter, series, number, year, title, kind, at, day, of_day in values
    ]


def _activities(period: Period, user: User, most: int, now: datetime) -> list[Line]:
    """The milestones of a project's activities, on their day, and its activities, on the first day of each month that
    the plan gives them."""
    columns = ("activity", "named", "on", "done", "is_month")
    never, no, yes = Cast(Value(None), CharField()), Value(0), Value(1)
    milestones: QuerySet[Any, Any] = (
        Milestone.objects.filter(due_on__range=(period.first, period.last))
        .order_by()
        .annotate(named=F("name"), on=F("due_on"), done=Cast("done_on", CharField()), is_month=no)
        .values_list(*columns)
    )
    months: QuerySet[Any, Any] = (
        ActivityMonth.objects.filter(first_on__range=(period.first, period.last))
        .order_by()
        .annotate(named=F("activity__name"), on=F("first_on"), done=never, is_month=yes)
        .values_list(*columns)
    )
    by_day: dict[date, list[Any]] = defaultdict(list)
    for activity, name, day, done, is_month in milestones.union(months, all=True):
        by_day[day].append((is_month, name, activity, done))
    today = timezone.localdate(now)
    found = []
    for day, rows in by_day.items():
        for is_month, name, activity, done in sorted(rows)[:most]:
            is_late = not (is_month or done) and day < today
            words = _("month of the activity") if is_month else _("late") if is_late else _("milestone")
            tone = "late" if is_late else "ready" if done else "held" if day < today else "coming"
            page = "projectplan:budget_activity"
            found.append(Line("activities", name, page, activity, day, len(rows), words=words, tone=tone))
    return found


SOURCES: Final = [
    Source(
        "meetings",
        gettext_lazy("Meetings"),
        "clock",
        _occasions("meetings", Meeting, "parliament:meeting", "begins_at", NOT_HELD),
        may_read_parliament.test,
    ),
    Source(
        "engagements",
        gettext_lazy("Minister's agenda"),
        "calendar",
        _occasions("engagements", Engagement, "publicrelations:engagement", "starts_at", NOT_TAKING_PLACE),
        may_read_public_relations.test,
    ),
    Source(
        "press",
        gettext_lazy("Press conferences"),
        "press",
        _occasions("press", PressConference, "publicrelations:press_conference", "starts_at", WITHOUT_A_DAY),
        may_read_public_relations.test,
    ),
    Source("hearings", gettext_lazy("Court dates"), "shield", _hearings),
    Source("promises", gettext_lazy("What I owe"), "check", _promises),
    Source("activities", gettext_lazy("Activities of the project"), "bank", _activities),
]

BY_NAME: Final = {source.name: source for source in SOURCES}


def sources_of(user: User) -> list[Source]:
    """The sorts of line that a person may have in the diary."""
    return [source for source in SOURCES if source.may_read(user)]


def lines_of(period: Period, user: User, sources: Iterable[Source], most: int, now: datetime) -> list[Line]:
    """The first `most` of each day, in order, each with how many lines that day has; one query for each source."""
    by_day: dict[date, list[Line]] = defaultdict(list)
    totals: dict[date, dict[str, int]] = defaultdict(dict)
    for source in sources:
        for line in source.lines(period, user, most, now):
            by_day[line.day].append(line)
            totals[line.day][source.name] = line.of_day
    found: list[Line] = []
    for day in sorted(by_day):
        first = sorted(by_day[day], key=lambda line: (line.moment, line.source, line.key))[:most]
        found += [replace(line, of_day=sum(totals[day].values())) for line in first]
    return found


def chosen(sources: Sequence[Source], names: Collection[str]) -> list[Source]:
    """Those that an address names; all of them where it names none."""
    return [source for source in sources if source.name in names] or list(sources)
