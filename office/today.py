"""What today asks of one person: what burns, what is next, whom they wait for. One index range each."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.listed import ListedMatter
from office.lists import PAGE_ROWS
from office.models import Deadline, Matter, Role, User
from office.models.matter import matters_visible_to
from office.models.people import short_name
from office.promises import OWED_BY_OTHERS, PROMISES, verb_that_keeps

TO_DO_ROWS = 12
OTHER_ROWS = 8
COUNT_CAP = 99

NOBODY = _("nobody yet")


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


@dataclass
class Today:
    """The page's content for one person."""

    to_do: list[Line]
    waiting: list[Line]
    late_in_subgroup: list[Line]
    unclaimed: list[ListedMatter]
    due_today: int
    late: int
    new: int


def verb_of(deadline: Deadline) -> str:
    """The act that keeps the promise, as the one whose turn it is reads it."""
    return _verb(deadline.kind, deadline.responsible_id, deadline.matter.owner_id)


def _verb(kind: str, responsible: int | None, owner: int | None) -> str:
    return verb_that_keeps(kind, handed_on=responsible is not None and responsible != owner)


MATTER = [column.name for column in fields(ListedMatter)]


def lines_of(rows: QuerySet[Deadline], user: User, most: int = PAGE_ROWS) -> list[Line]:
    """Promises as rows, the most urgent first, with a verb only where the act is this person's: their own promises, and
    what those outside owe them."""
    asked = ["kind", "due_at", "responsible", "responsible__display_name", "matter__owner"]
    values = rows.order_by("due_at", "pk").values_list(*asked, *(f"matter__{name}" for name in MATTER))
    lines = []
    for kind, due_at, responsible, name, owner, *matter in values[:most]:
        person = short_name(name) if name else str(PROMISES[kind].owed_by or NOBODY)
        is_own = responsible == user.pk or kind in OWED_BY_OTHERS
        verb = _verb(kind, responsible, owner) if is_own else ""
        lines.append(Line(ListedMatter(*matter), kind, due_at, person, verb))
    return lines


def _unclaimed(user: User) -> list[ListedMatter]:
    """What waits for an officer, the newest first, as far as it is counted; few of them are shown."""
    if not user.subgroup_id:
        return []
    rows = Matter.objects.filter(subgroup=user.subgroup_id, owner__isnull=True, closed_at__isnull=True)
    visible = rows.filter(matters_visible_to(user)).order_by("-pk").values_list(*MATTER)
    return [ListedMatter(*values) for values in visible[: COUNT_CAP + 1]]


def today_of(user: User, now: datetime) -> Today:
    """Everything the page shows: at most five short queries, whatever the size of the registers."""
    unmet = Deadline.objects.unmet()
    mine = unmet.filter(responsible=user)
    waiting = Deadline.objects.followed_by(user).filter(matters_visible_to(user, "matter__"))
    late = unmet.filter(due_at__lt=now, matter__subgroup=user.subgroup_id).exclude(responsible=user)
    local = now.astimezone(OFFICE_TZ)
    midnight = datetime.combine(local.date() + timedelta(days=1), datetime.min.time(), OFFICE_TZ)
    pressing = mine.filter(due_at__lt=midnight).order_by("due_at", "pk").values_list("due_at", flat=True)
    moments = list(pressing[:COUNT_CAP])
    unclaimed = _unclaimed(user)
    return Today(
        to_do=lines_of(mine, user, TO_DO_ROWS),
        waiting=lines_of(waiting, user, OTHER_ROWS),
        late_in_subgroup=lines_of(late, user, OTHER_ROWS) if user.has_role(Role.HEAD) else [],
        unclaimed=unclaimed[:OTHER_ROWS],
        due_today=sum(due_at >= now for due_at in moments),
        late=sum(due_at < now for due_at in moments),
        new=len(unclaimed),
    )
