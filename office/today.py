"""What today asks of one person: what burns, what is next, whom they wait for. One index range each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from operator import itemgetter
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.listed import ListedMatter, address_of, columns_of
from office.lists import PAGE_ROWS
from office.models import Deadline, Matter, Role, User
from office.models.deadline import followed_by
from office.models.matter import matters_visible_to
from office.models.people import short_name
from office.promises import OWED_BY_OTHERS, PROMISES, verb_that_keeps
from office.unread import unread_among

TO_DO_ROWS = 10
OTHER_ROWS = 6
"""Rows that one sees without scrolling far; the whole of each list has a page of its own."""
COUNT_CAP = 99

NOBODY = _("nobody yet")
# URL names of the room above, which knows the forms of every kind's steps.
ACT_PAGE = "projectplan:act"
TAKE_PAGE = "projectplan:today_take"
DECIDE_PAGE = "projectplan:decide"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of today: a promise, its matter, whose turn it is, and the verb that keeps it ("": not this person)."""

    matter: ListedMatter
    kind: str
    due_at: datetime
    person: str
    verb: str

    @property
    def promise(self) -> str:
        """What is promised, in words."""
        return str(Deadline.Kind(self.kind).label)

    @property
    def words(self) -> str:
        """What is promised, and since when the matter is here."""
        return f"{self.promise} · {self.matter.received}"

    @property
    def words_with_person(self) -> str:
        """What is promised, by whom, and since when the matter is here."""
        return f"{self.promise} · {self.person} · {self.matter.received}"

    @property
    def act_url(self) -> str:
        """Where the act is asked for, in the row or on a page of its own."""
        return address_of(ACT_PAGE, self.matter.pk)

    @property
    def decide_url(self) -> str:
        """Where one in authority decides on it, and on the next ones after it."""
        return address_of(DECIDE_PAGE, self.matter.pk)


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """A matter that nobody carries, with the version that the page shows."""

    matter: ListedMatter
    version: int
    due_at: datetime | None = None
    person: str = ""
    """As of a `Line`: nothing is promised of it to anybody yet."""

    @property
    def take_url(self) -> str:
        return address_of(TAKE_PAGE, self.matter.pk)


@dataclass
class Today:
    """The page's content for one person. Each list is as long as it is shown, each number as it is counted."""

    late: list[Line]
    due_today: list[Line]
    later: list[Line]
    waiting: list[Line]
    board: list[Line]
    """Before a head: what is late in the subgroup, or what one of its people owes."""
    unclaimed: list[Unclaimed]
    late_count: int
    due_today_count: int
    own_count: int
    unclaimed_count: int
    unread: set[int] = field(default_factory=set)
    """The matters, of those shown, that somebody else has moved since this person looked."""

    @property
    def to_do(self) -> list[Line]:
        """What waits for this person, the most urgent first."""
        return [*self.late, *self.due_today, *self.later]

    @property
    def own_are_more(self) -> bool:
        return self.own_count > len(self.to_do)


def verb_of(deadline: Deadline) -> str:
    """The act that keeps the promise, as the one whose turn it is reads it."""
    return _verb(deadline.kind, deadline.responsible_id, deadline.matter.owner_id)


def _verb(kind: str, responsible: int | None, owner: int | None) -> str:
    return verb_that_keeps(kind, handed_on=responsible is not None and responsible != owner)


def lines_of(user: User, which: Q, most: int = PAGE_ROWS) -> list[Line]:
    """The unmet promises of which this is so as rows, the most urgent first, with a verb only where the act is this
    person's: their own promises, and what those outside owe them."""
    return [_line(values, user) for values in _rows().filter(which)[:most]]


@cache
def _rows() -> QuerySet[Deadline, Any]:
    """What a row shows of a promise; its moment comes first. Named once: it costs as much as to ask for them."""
    asked = ["due_at", "kind", "responsible", "responsible__display_name", "matter__owner"]
    rows = Deadline.objects.unmet().order_by("due_at", "pk")
    return rows.values_list(*asked, *columns_of("matter__"))


def _line(values: Sequence[Any], user: User) -> Line:
    due_at, kind, responsible, name, owner, *matter = values
    person = short_name(name) if name else str(PROMISES[kind].owed_by or NOBODY)
    is_own = responsible == user.pk or kind in OWED_BY_OTHERS
    verb = _verb(kind, responsible, owner) if is_own else ""
    return Line(ListedMatter(*matter), kind, due_at, person, verb)


def unclaimed_of(user: User) -> tuple[list[Unclaimed], int]:
    """What waits for an officer of the person's subgroup: the newest, and how many there are, as far as is counted."""
    if not user.subgroup_id:
        return [], 0
    rows = Matter.objects.filter(subgroup=user.subgroup_id, owner__isnull=True, closed_at__isnull=True)
    visible = rows.filter(matters_visible_to(user)).order_by("-pk").values_list("version", *columns_of())
    found = list(visible[: COUNT_CAP + 1])
    return [Unclaimed(ListedMatter(*one), version) for version, *one in found[:OTHER_ROWS]], len(found)


def board_of(user: User, now: datetime, of: int | None = None) -> list[Line]:
    """What others of a head's subgroup owe and is late, the oldest first; or what one of them, named by key, owes."""
    if not user.has_role(Role.HEAD):
        return []
    of_subgroup = Q(matter__subgroup=user.subgroup_id)
    if of is not None:
        return lines_of(user, of_subgroup & Q(responsible=of), TO_DO_ROWS)
    return lines_of(user, of_subgroup & Q(due_at__lt=now) & ~Q(responsible=user), OTHER_ROWS)


def _waiting(user: User, midnight: datetime) -> list[Line]:
    """Whom this person waits for; an act is offered only where the other's time is up, or ends today."""
    if not (user.has_role(Role.OFFICER) or user.has_role(Role.HEAD)):
        return []
    lines = lines_of(user, followed_by(user) & matters_visible_to(user, "matter__"), OTHER_ROWS)
    return [line if line.due_at < midnight else replace(line, verb="") for line in lines]


def _midnight(now: datetime) -> datetime:
    day = now.astimezone(OFFICE_TZ).date() + timedelta(days=1)
    return datetime.combine(day, datetime.min.time(), OFFICE_TZ)


def today_of(user: User, now: datetime, of: int | None = None) -> Today:
    """Everything of the registers that the page shows: at most five short queries, whatever their size. A head
    may ask for what one of the subgroup owes."""
    midnight = _midnight(now)
    own = list(_rows().filter(responsible=user)[: COUNT_CAP + 1])
    late, by_midnight = (bisect_left(own, moment, key=itemgetter(0)) for moment in (now, midnight))
    # Of what has time the less is shown, the more burns.
    room = max(TO_DO_ROWS - by_midnight, OTHER_ROWS // 2)
    unclaimed, unclaimed_count = unclaimed_of(user)
    today = Today(
        late=[_line(values, user) for values in own[:late][:TO_DO_ROWS]],
        due_today=[_line(values, user) for values in own[late:by_midnight][:TO_DO_ROWS]],
        later=[_line(values, user) for values in own[by_midnight:][:room]],
        waiting=_waiting(user, midnight),
        board=board_of(user, now, of),
        unclaimed=unclaimed,
        late_count=late,
        due_today_count=by_midnight - late,
        own_count=len(own),
        unclaimed_count=unclaimed_count,
    )
    own_keys = {line.matter.pk for line in today.to_do}
    others = {line.matter.pk for line in [*today.waiting, *today.board]}
    today.unread = unread_among(own_keys | others, user, now, own=own_keys)
    return today
