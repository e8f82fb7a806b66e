"""Whether the media are invited to a press conference, and since when: what it owes before it begins, and after.

`settle` is called after every step on one to come: who is to be invited, when it begins, whether it takes place.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from office import deadlines
from office.models import Deadline
from office.steps import Act
from publicrelations.models.press_state import WITHOUT_A_DAY

if TYPE_CHECKING:
    from publicrelations.models.press_inviting import InvitingSteps


def invited_since(conference: InvitingSteps) -> datetime | None:
    """The moment at which the last of those chosen was invited; None while anybody is not, or nobody was chosen.

    Whose invitation was withdrawn need not be. One nobody was invited to is not coordinated: else it would count as
    in time because nothing was done for it.
    """
    moments = list(conference.invitations.standing().values_list("invited_at", flat=True))
    known = [moment for moment in moments if moment is not None]
    return max(known) if known and len(known) == len(moments) else None


def promise_of(conference: InvitingSteps) -> Deadline | None:
    """That the media are invited before it begins; none for one without a day."""
    rows = conference.deadlines.filter(kind=Deadline.Kind.INVITED, dropped_at=None)
    return rows.order_by("-pk").first()


def is_late(conference: InvitingSteps, now: datetime) -> bool:
    """Not everybody chosen was invited before it began, and nobody has written why."""
    promise = promise_of(conference)
    if promise is None or promise.late_reason:
        return False
    return promise.met_at > promise.due_at if promise.met_at else now >= promise.due_at


def is_kept_by(conference: InvitingSteps, moment: datetime) -> bool:
    """Whether all were invited by a moment."""
    promise = promise_of(conference)
    return promise is not None and promise.met_at is not None and promise.met_at <= moment


def settle(conference: InvitingSteps, act: Act) -> None:
    """What one to come owes follows what it is now: kept, owed anew, moved, or taken back."""
    takes_place = conference.state not in WITHOUT_A_DAY
    owed_for = conference.starts_at if takes_place else None
    promise = promise_of(conference)
    if promise and promise.due_at != owed_for:
        # What never took place was neither late nor in time.
        deadlines.take_back(promise, now=act.now)
    if owed_for and (promise is None or promise.due_at != owed_for):
        promise = deadlines.promise(
            conference,
            Deadline.Kind.INVITED,
            start=min(act.now, conference.received_at, owed_for),
            calendar=act.calendar,
            responsible=conference.owner,
            due=owed_for,
            continues=promise,
        )
    is_invited = False
    if owed_for and promise:
        since = invited_since(conference)
        deadlines.keep_or_owe(promise, since, until=owed_for, now=act.now, calendar=act.calendar)
        promise.refresh_from_db()
        is_invited = promise.met_at is not None
    _settle_coverage(conference, act, is_invited=is_invited)


def _settle_coverage(conference: InvitingSteps, act: Act, *, is_invited: bool) -> None:
    """Its coverage is promised as soon as nothing else is owed, from the moment it begins."""
    unmet = conference.deadlines.unmet().filter(kind=Deadline.Kind.COVERAGE).first()
    if unmet and (not is_invited or unmet.start_at != conference.starts_at):
        deadlines.drop_one(unmet, now=act.now)
        unmet = None
    if is_invited and unmet is None:
        promise_coverage(conference, act, start=conference.starts_at)


def promise_coverage(conference: InvitingSteps, act: Act, *, start: datetime) -> None:
    """What the media reported is to be recorded, by the office's rule after it was held."""
    deadlines.promise(
        conference,
        Deadline.Kind.COVERAGE,
        start=start,
        calendar=act.calendar,
        responsible=conference.owner,
    )


def settle_at_its_beginning(conference: InvitingSteps, act: Act, late_reason: str) -> None:
    """It was held: if not all had been invited by then, that is late for good."""
    promise = promise_of(conference)
    if promise is None:
        return
    if promise.met_at is None:
        deadlines.keep_one(promise, now=act.now, late_reason=late_reason)
    elif promise.met_at > promise.due_at and not promise.late_reason:
        Deadline.objects.filter(pk=promise.pk).update(late_reason=late_reason)


def owe_what_was_unmarked(conference: InvitingSteps, act: Act) -> None:
    """A mark by which the promise was kept is taken back after it began: it is late until marked rightly."""
    promise = promise_of(conference)
    if promise and promise.met_at is not None:
        deadlines.owe_again(promise, calendar=act.calendar, now=act.now, even_if_due=True)
