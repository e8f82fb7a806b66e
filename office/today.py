"""What today asks of one person: what burns, what is next, whom they wait for. One index range each."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.deadlines import OWED_BY_OTHERS
from office.listed import ListedMatter
from office.models import Deadline, Matter, Role, User
from office.models.matter import matters_visible_to
from office.models.people import short_name

TO_DO_ROWS = 12
OTHER_ROWS = 8
COUNT_CAP = 99

# The verb of the act that keeps each promise: the same as on the button of the matter's page.
VERBS = {
    Deadline.Kind.OPINION: _("Put to the head"),
    Deadline.Kind.REVISION: _("Put to the head"),
    Deadline.Kind.ORDER: _("Give the order"),
    Deadline.Kind.REFERRAL: _("Refer to agencies"),
    Deadline.Kind.AGENCY_ANSWER: _("Chase"),
    Deadline.Kind.INFORM: _("Tell the petitioner"),
    Deadline.Kind.CLOSE: _("Close"),
    Deadline.Kind.PETITIONER_ANSWER: _("Record the petitioner's answer"),
    Deadline.Kind.RESUME: _("Go on with it"),
    Deadline.Kind.CARRY_OUT: _("Record what was carried out"),
    Deadline.Kind.HEARING: _("Attend and record the hearing"),
    Deadline.Kind.LIMITATION: _("Act before the right lapses"),
}
CHECK = _("Put to the executive")


# Who keeps a promise that somebody outside owes.
OUTSIDE = {Deadline.Kind.AGENCY_ANSWER: _("the agency"), Deadline.Kind.PETITIONER_ANSWER: _("Petitioner")}
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
    opinions = (Deadline.Kind.OPINION, Deadline.Kind.REVISION)
    at_the_head = responsible is not None and responsible != owner
    return str(CHECK if kind in opinions and at_the_head else VERBS[Deadline.Kind(kind)])


MATTER = [column.name for column in fields(ListedMatter)]


def _lines(rows: QuerySet[Deadline], most: int, user: User) -> list[Line]:
    """The most urgent first, with a verb only where the act is this person's: their own promises, and what those
    outside owe them."""
    asked = ["kind", "due_at", "responsible", "responsible__display_name", "matter__owner"]
    values = rows.order_by("due_at", "pk").values_list(*asked, *(f"matter__{name}" for name in MATTER))
    lines = []
    for kind, due_at, responsible, name, owner, *matter in values[:most]:
        person = short_name(name) if name else str(OUTSIDE.get(kind, NOBODY))
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
        to_do=_lines(mine, TO_DO_ROWS, user),
        waiting=_lines(waiting, OTHER_ROWS, user),
        late_in_subgroup=_lines(late, OTHER_ROWS, user) if user.has_role(Role.HEAD) else [],
        unclaimed=unclaimed[:OTHER_ROWS],
        due_today=sum(due_at >= now for due_at in moments),
        late=sum(due_at < now for due_at in moments),
        new=len(unclaimed),
    )
