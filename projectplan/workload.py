"""Who carries how much now: each person's open promises, what of them is late or due today, and what nobody has."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from office.calendar import OFFICE_TZ
from office.capped import CappedCount
from office.lists import count_label
from office.models import Deadline, Matter, Role, Subgroup, User
from office.models.people import short_name

COUNT_CAP = 99
"""Of one person more is not told apart: whoever has a hundred promises open needs help at once."""
HELP_FROM_LATE = 1
HELP_FROM_TODAY = 5
"""Who has something late, or so many promises due today, is named to the head (the office's own measure)."""


@dataclass(frozen=True)
class PersonLoad:
    """What one person carries at a moment; the counts stop one above COUNT_CAP."""

    key: int
    name: str
    subgroup: str
    late: int
    today: int
    unmet: int

    @property
    def needs_help(self) -> bool:
        return self.late >= HELP_FROM_LATE or self.today >= HELP_FROM_TODAY

    @property
    def why(self) -> str:
        """`เกินกำหนด ๓ เรื่อง ครบกำหนดวันนี้ ๕ เรื่อง`."""
        late = ngettext("%(number)s late", "%(number)s late", self.late)
        today = ngettext("%(number)s due today", "%(number)s due today", self.today)
        parts = [(late, self.late), (today, self.today)]
        return " · ".join(words % {"number": label(count)} for words, count in parts if count)

    @property
    def width(self) -> str:
        """How long the person's bar is, from 0 to 100, as SVG writes it."""
        return f"{min(self.unmet, COUNT_CAP) / COUNT_CAP * 100:.1f}"

    @property
    def late_width(self) -> str:
        return f"{min(self.late, COUNT_CAP) / COUNT_CAP * 100:.1f}"

    @property
    def late_words(self) -> str:
        """`เกินกำหนด ๓`."""
        return gettext("late %(text)s") % {"text": label(self.late)}

    @property
    def open_words(self) -> str:
        """`ค้าง ๙`."""
        return gettext("open %(text)s") % {"text": label(self.unmet)}

    def address(self, show: str) -> str:
        return promises_address(person=self.key, show=show)

    @property
    def help_url(self) -> str:
        """Where help begins: what is late, else what is due today."""
        return self.address("late" if self.late else "today")

    @property
    def cells(self) -> list[tuple[str, str]]:
        """Late, due today, open: each as written, with the page of its rows."""
        counts = [("late", self.late), ("today", self.today), ("open", self.unmet)]
        return [(label(count), self.address(show) if count else "") for show, count in counts]


@dataclass(frozen=True)
class SubgroupLoad:
    """The people of one subgroup, and its matters that nobody carries."""

    subgroup: Subgroup
    people: list[PersonLoad]
    unclaimed: int
    late: int
    """Promises about its matters that are late, whoever owes them; counted as far as COUNT_CAP."""

    @property
    def late_words(self) -> str:
        """`เกินกำหนด ๓ เรื่อง`."""
        words = ngettext("%(number)s late", "%(number)s late", self.late)
        return words % {"number": label(self.late)}

    @property
    def late_url(self) -> str:
        return promises_address(subgroup=self.subgroup.code, show="late")

    @property
    def in_need(self) -> list[PersonLoad]:
        """Who needs help today, the worst first."""
        needy = [person for person in self.people if person.needs_help]
        return sorted(needy, key=lambda person: (-person.late, -person.today, person.name))

    @property
    def unclaimed_text(self) -> str:
        return label(self.unclaimed)


def label(count: int) -> str:
    return count_label(count, COUNT_CAP)


def promises_address(**query: str | int) -> str:
    """The page of the promises behind a number."""
    return f"{reverse('projectplan:promises')}?{urlencode({key: one for key, one in query.items() if one})}"


def end_of_day(now: datetime) -> datetime:
    """The office's midnight after a moment."""
    day = now.astimezone(OFFICE_TZ).date() + timedelta(days=1)
    return datetime.combine(day, datetime.min.time(), OFFICE_TZ)


def subgroups_overseen(user: User) -> QuerySet[Subgroup]:
    """Whose load this person may see: executives everybody's, heads their subgroup's, others nobody's."""
    if user.has_role(Role.EXECUTIVE):
        return Subgroup.objects.all()
    if user.has_role(Role.HEAD) and user.subgroup_id:
        return Subgroup.objects.filter(pk=user.subgroup_id)
    return Subgroup.objects.none()


def loads(subgroups: Collection[Subgroup], now: datetime) -> list[SubgroupLoad]:
    """The load of every active person of these subgroups, and what nobody has of each; two queries."""
    by_subgroup = people_of(subgroups, now)
    counts = _counts(subgroups, now)
    return [SubgroupLoad(one, by_subgroup[one.pk], *counts[one.pk]) for one in subgroups]


def people_of(subgroups: Collection[Subgroup], now: datetime) -> dict[int, list[PersonLoad]]:
    """The load of every active person, by subgroup; one query, each count a short range of an index."""
    owed = Deadline.objects.unmet().filter(responsible=OuterRef("pk"))
    people = User.objects.filter(subgroup__in=subgroups, is_active=True).annotate(
        late=_capped(owed.filter(due_at__lt=now)),
        due_today=_capped(owed.filter(due_at__gte=now, due_at__lt=end_of_day(now))),
        unmet=_capped(owed),
    )
    values = people.order_by("display_name").values_list(
        "pk", "display_name", "subgroup", "late", "due_today", "unmet"
    )
    by_subgroup: dict[int, list[PersonLoad]] = {subgroup.pk: [] for subgroup in subgroups}
    names = {one.pk: one.name for one in subgroups}
    for key, name, subgroup, late, due_today, unmet in values:
        by_subgroup[subgroup].append(
            PersonLoad(key, short_name(name), names[subgroup], late, due_today, unmet)
        )
    return by_subgroup


def _counts(subgroups: Collection[Subgroup], now: datetime) -> dict[int, tuple[int, int]]:
    """Of each subgroup its matters that nobody carries, and its late promises."""
    nobodys = Matter.objects.filter(subgroup=OuterRef("pk"), owner__isnull=True, closed_at__isnull=True)
    late = Deadline.objects.unmet().filter(matter__subgroup=OuterRef("pk"), due_at__lt=now)
    rows = Subgroup.objects.filter(pk__in=[one.pk for one in subgroups])
    # In the order of the index of late promises: else PostgreSQL walks a subgroup's matters to find the few that are.
    counted = rows.annotate(nobodys=_capped(nobodys), late=_capped(late.order_by("due_at", "pk")))
    return {key: (number, late) for key, number, late in counted.values_list("pk", "nobodys", "late")}


def _capped(rows: QuerySet) -> CappedCount:
    return CappedCount(rows.values("pk")[: COUNT_CAP + 1])


# ── The promises behind a number ────────────────────────────────────────────────────────────


def promises_of(user: User, now: datetime, *, show: str, person: str = "", subgroup: str = "") -> Q:
    """The condition for the open promises that one of these numbers counts; what is neither this person's
    own nor overseen is not among them."""
    condition = Q(responsible=user.pk) | Q(matter__subgroup__in=subgroups_overseen(user))
    if person.isascii() and person.isdigit():
        condition &= Q(responsible=int(person[:18]))
    if subgroup:
        condition &= Q(matter__subgroup__code=subgroup)
    if show == "late":
        condition &= Q(due_at__lt=now)
    elif show == "today":
        condition &= Q(due_at__gte=now, due_at__lt=end_of_day(now))
    return condition
