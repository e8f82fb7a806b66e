"""The office's diary: what takes place and what falls due on each day, of every room, as one person sees it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.models import Hearing
from complaints.permissions import may_read as may_read_petitions
from office.by_day import first_of_each_day
from office.calendar import OFFICE_TZ, Period
from office.listed import address_of
from office.models import Deadline, Subgroup, User
from office.models.matter import matters_visible_to
from office.models.number import number_label
from parliament.models import Meeting
from parliament.morning import NOT_HELD
from parliament.permissions import may_read as may_read_parliament
from projectplan.diary_cells import month_cell
from projectplan.models import ActivityMonth, Milestone
from publicrelations.models import Engagement, PressConference
from publicrelations.models.engagement_state import NOT_TAKING_PLACE
from publicrelations.models.press_state import WITHOUT_A_DAY
from publicrelations.permissions import may_read as may_read_public_relations

NUMBER: Final = ("series", "number", "year")
TODAY_MOST: Final = 12


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
        return address_of(self.page, self.key)

    @property
    def number(self) -> str:
        return number_label(*self.registered) if self.registered else ""

    @property
    def sort(self) -> Source:
        return BY_NAME[self.source]

    @property
    def in_month(self) -> SafeString:
        return month_cell(self, self.sort.icon, str(self.sort.label))

    @property
    def moment(self) -> datetime:
        """By which a day is in order: what has no hour stands first."""
        return self.begins_at or datetime.combine(self.day, time.min, OFFICE_TZ)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a diary is asked for: whose days, of one person or one subgroup alone, how many lines a day, and when."""

    period: Period
    user: User
    now: datetime
    most: int
    person: int | None = None
    subgroup: str = ""

    def narrowed(self, rows: QuerySet[Any], path: str = "") -> QuerySet[Any]:
        """Of these matters those of the subgroup, and those the person carries, where one is asked for."""
        if self.subgroup:
            rows = rows.filter(**{f"{path}subgroup__code": self.subgroup})
        return rows.filter(**{f"{path}owner": self.person}) if self.person else rows


@dataclass(frozen=True)
class Source:
    """What one sort of line is called and looks like, where it leads, whose it is, and its rows: the first of each day,
    all of them with the same columns (`_as_columns`), so that one query brings several sorts. Without `rows` they are
    found by themselves."""

    name: str
    label: Any
    icon: str
    page: str
    rows: Callable[[Asked], QuerySet[Any, Any]] | None
    line: Callable[[Found, Asked], Line]
    subgroup: str = ""
    may_read: Callable[[User], bool] = lambda user: True


class Found(NamedTuple):
    """One row of the registers as the query brings it."""

    source: str
    key: int
    series: str
    number: int
    year: int
    title: str
    standing: str
    """The state; of a promise its kind."""
    where: str
    at: datetime
    day: date
    of_day: int

    def line(self, title: str, words: str, tone: str) -> Line:
        given = (self.series, self.number, self.year)
        page = BY_NAME[self.source].page
        return Line(self.source, title, page, self.key, self.day, self.of_day, self.at, given, words, tone)


# ── Where the lines come from ───────────────────────────────────────────────────────────────


def _as_columns(
    rows: QuerySet[Any], asked: Asked, source: str, *, at: str, title: str = "title", standing: Any, where: Any,
    path: str = "",
) -> QuerySet[Any, Any]:  # fmt: skip
    """The first of each day of these rows as the columns of `Found`; the matter stands at `path`."""
    first = first_of_each_day(rows, at, asked.period, asked.most).order_by()
    columns = {
        "found_source": _text(source),
        "found_key": F(f"{path}pk"),
        **{f"found_{name}": F(f"{path}{name}") for name in NUMBER},
        "found_title": F(title),
        "found_standing": standing,
        "found_where": where,
        "found_at": F(at),
    }
    return first.annotate(**columns).values_list(*columns, "day", "of_day")


def _text(words: str) -> Cast:
    return Cast(Value(words), CharField())


def _occasions(source: str, model: Any, column: str) -> Callable[[Asked], QuerySet[Any, Any]]:
    """The rows of a kind of matter that takes place at a moment of its own."""

    def rows(asked: Asked) -> QuerySet[Any, Any]:
        seen = asked.narrowed(model.objects.visible_to(asked.user))
        return _as_columns(seen, asked, source, at=column, standing=F("state"), where=F("place"))

    return rows


def _occasion(model: Any, off: Collection[str]) -> Callable[[Found, Asked], Line]:
    """Its line; `off` are the states in which it does not take place."""

    def line(found: Found, asked: Asked) -> Line:
        is_off = found.standing in off
        tone = "off" if is_off else "held" if found.at < asked.now else "coming"
        words = str(model.State(found.standing).label) if is_off else found.where
        return found.line(found.title, words, tone)

    return line


def _hearings(asked: Asked) -> QuerySet[Any, Any]:
    path = "related_matter__"
    seen = Hearing.objects.filter(matters_visible_to(asked.user, path), cancelled_at__isnull=True)
    return _as_columns(
        asked.narrowed(seen, path), asked, "hearings",
        at="at", title="purpose", standing=_text(""), where=F(f"{path}court_name"), path=path,
    )  # fmt: skip


def _hearing(found: Found, asked: Asked) -> Line:
    return found.line(found.title, found.where, "held" if found.at < asked.now else "coming")


def _promises(asked: Asked) -> QuerySet[Any, Any]:
    """What the person owes and has not kept; hearings are lines of their own."""
    owed = Deadline.objects.unmet().beside_a_calendar().exclude(kind=Deadline.Kind.HEARING)
    whose = asked.person or asked.user.pk
    own = owed.filter(matters_visible_to(asked.user, "matter__"), responsible=whose)
    if asked.subgroup:
        own = own.filter(matter__subgroup__code=asked.subgroup)
    return _as_columns(
        own, asked, "promises",
        at="due_at", title="matter__title", standing=F("kind"), where=_text(""), path="matter__",
    )  # fmt: skip


def _promise(found: Found, asked: Asked) -> Line:
    kind = Deadline.Kind(found.standing).label
    title = _("%(promise)s: %(title)s") % {"promise": kind, "title": found.title}
    is_late = found.at < asked.now
    return found.line(title, _("late") if is_late else "", "late" if is_late else "coming")


def _activities(asked: Asked) -> list[Line]:
    """The milestones of a project's activities, on their day, and its activities, on the first day of each month that
    the plan gives them."""
    columns = ("activity", "named", "on", "done", "is_month")
    never, no, yes = Cast(Value(None), CharField()), Value(0), Value(1)
    milestones: QuerySet[Any, Any] = (
        Milestone.objects.filter(due_on__range=(asked.period.first, asked.period.last))
        .order_by()
        .annotate(named=F("name"), on=F("due_on"), done=Cast("done_on", CharField()), is_month=no)
        .values_list(*columns)
    )
    months: QuerySet[Any, Any] = (
        ActivityMonth.objects.filter(first_on__range=(asked.period.first, asked.period.last))
        .order_by()
        .annotate(named=F("activity__name"), on=F("first_on"), done=never, is_month=yes)
        .values_list(*columns)
    )
    by_day: dict[date, list[Any]] = defaultdict(list)
    for activity, name, day, done, is_month in milestones.union(months, all=True):
        by_day[day].append((is_month, name, activity, done))
    today = timezone.localdate(asked.now)
    found = []
    for day, rows in by_day.items():
        for is_month, name, activity, done in sorted(rows)[: asked.most]:
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
        "parliament:meeting",
        _occasions("meetings", Meeting, "begins_at"),
        _occasion(Meeting, NOT_HELD),
        Subgroup.Code.POLITICS,
        may_read_parliament.test,
    ),
    Source(
        "engagements",
        gettext_lazy("Minister's agenda"),
        "calendar",
        "publicrelations:engagement",
        _occasions("engagements", Engagement, "starts_at"),
        _occasion(Engagement, NOT_TAKING_PLACE),
        Subgroup.Code.PUBLIC_RELATIONS,
        may_read_public_relations.test,
    ),
    Source(
        "press",
        gettext_lazy("Press conferences"),
        "press",
        "publicrelations:press_conference",
        _occasions("press", PressConference, "starts_at"),
        _occasion(PressConference, WITHOUT_A_DAY),
        Subgroup.Code.PUBLIC_RELATIONS,
        may_read_public_relations.test,
    ),
    Source(
        "hearings",
        gettext_lazy("Court dates"),
        "shield",
        "complaints:related",
        _hearings,
        _hearing,
        Subgroup.Code.COMPLAINTS,
        may_read_petitions.test,
    ),
    Source("promises", gettext_lazy("What I owe"), "check", "office:matter", _promises, _promise),
    Source(
        "activities",
        gettext_lazy("Activities of the project"),
        "bank",
        "projectplan:budget_activity",
        None,
        lambda found, asked: found.line(found.title, "", "coming"),
    ),
]

OCCASIONS: Final = ("meetings", "engagements", "press", "hearings")
"""What takes place with people in one place, of which today tells."""

BY_NAME: Final = {source.name: source for source in SOURCES}


def sources_of(user: User) -> list[Source]:
    """The sorts of line that a person may have in the diary."""
    return [source for source in SOURCES if source.may_read(user)]


def lines_of(asked: Asked, sources: Iterable[Source]) -> list[Line]:
    """The first of each day, in order, each with how many lines that day has; all registers in one query, the project
    in another."""
    by_day: dict[date, list[Line]] = defaultdict(list)
    totals: dict[date, dict[str, int]] = defaultdict(dict)
    for line in _found(asked, list(sources)):
        by_day[line.day].append(line)
        totals[line.day][line.source] = line.of_day
    found: list[Line] = []
    for day in sorted(by_day):
        first = sorted(by_day[day], key=lambda line: (line.moment, line.source, line.key))[: asked.most]
        found += [replace(line, of_day=sum(totals[day].values())) for line in first]
    return found


def _found(asked: Asked, sources: Sequence[Source]) -> list[Line]:
    """The lines of these sorts, each as its register has it."""
    if asked.subgroup:
        sources = [source for source in sources if source.subgroup in ("", asked.subgroup)]
    registers = [source.rows(asked) for source in sources if source.rows]
    rows: Iterable[Any] = registers[0].union(*registers[1:], all=True) if registers else ()
    lines = [BY_NAME[row[0]].line(Found(*row), asked) for row in rows]
    # What everybody of the office does together is nobody's and no subgroup's alone.
    is_of_all = not (asked.person or asked.subgroup)
    if is_of_all and any(source.name == "activities" for source in sources):
        lines += _activities(asked)
    return lines


def chosen(sources: Sequence[Source], names: Collection[str]) -> list[Source]:
    """Those that an address names; all of them where it names none."""
    return [source for source in sources if source.name in names] or list(sources)


def happening_on(day: date, user: User, now: datetime) -> list[Line]:
    """What takes place on a day in the person's rooms, in order; without what was called off. At most one query."""
    asked = Asked(Period(day, day), user, now, most=TODAY_MOST)
    sources = [source for source in sources_of(user) if source.name in OCCASIONS]
    return [line for line in lines_of(asked, sources) if line.tone != "off"]
