"""What today asks of one person: what burns, what is next, whom they wait for. One index range each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ, WorkCalendar
from office.lists import capped_count
from office.models import Deadline, Matter, Role, User
from office.models.matter import matters_visible_to

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
}
CHECK = _("Put to the executive")


@dataclass
class Line:
    """One row of today: a promise, its matter, and the verb that keeps it."""

    deadline: Deadline
    verb: str

    @property
    def matter(self) -> Matter:
        return self.deadline.matter


@dataclass
class Today:
    """The page's content for one person."""

    to_do: list[Line]
    waiting: list[Line]
    late_in_subgroup: list[Line]
    unclaimed: list[Matter]
    due_today: int
    late: int
    new: int


def verb_of(deadline: Deadline) -> str:
    """The act that keeps the promise, as the one whose turn it is reads it."""
    opinions = (Deadline.Kind.OPINION, Deadline.Kind.REVISION)
    at_the_head = deadline.responsible_id is not None and deadline.responsible_id != deadline.matter.owner_id
    checking = deadline.kind in opinions and at_the_head
    return str(CHECK if checking else VERBS[Deadline.Kind(deadline.kind)])


def _lines(rows: QuerySet[Deadline], user: User) -> list[Line]:
    """With a verb only where the act is this person's: their own promises, and agencies to be chased."""
    lines = []
    for deadline in rows:
        is_own = deadline.responsible_id == user.pk or deadline.kind == Deadline.Kind.AGENCY_ANSWER
        lines.append(Line(deadline, verb_of(deadline) if is_own else ""))
    return lines


def today_of(user: User, now: datetime, calendar: WorkCalendar) -> Today:
    """Everything the page shows: at most six short queries, whatever the size of the registers."""
    unmet = (
        Deadline.objects.unmet()
        .select_related("matter", "responsible")
        .defer("matter__search_text")
        .order_by("due_at", "pk")
    )
    mine = unmet.filter(responsible=user)
    waiting = unmet.filter(follower=user).exclude(responsible=user)
    midnight = datetime.combine(
        now.astimezone(OFFICE_TZ).date() + timedelta(days=1), datetime.min.time(), OFFICE_TZ
    )
    is_head = user.has_role(Role.HEAD)
    subgroup = Matter.objects.filter(subgroup=user.subgroup)
    unclaimed = (
        subgroup.filter(owner=None, closed_at=None).visible_to(user)
        if user.subgroup_id
        else Matter.objects.none()
    )
    late = unmet.filter(due_at__lt=now, matter__subgroup=user.subgroup).exclude(responsible=user)
    pressing = list(mine.filter(due_at__lt=midnight).values_list("due_at", flat=True)[:COUNT_CAP])
    return Today(
        to_do=_lines(mine[:TO_DO_ROWS], user),
        waiting=_lines(waiting.filter(matters_visible_to(user, "matter__"))[:OTHER_ROWS], user),
        late_in_subgroup=_lines(late[:OTHER_ROWS], user) if is_head else [],
        unclaimed=list(unclaimed.defer("search_text").order_by(F("id").desc())[:OTHER_ROWS]),
        due_today=sum(due_at >= now for due_at in pressing),
        late=sum(due_at < now for due_at in pressing),
        new=capped_count(unclaimed, COUNT_CAP),
    )
