"""Whether all is ready for what concerns us on an agenda, and since when: of a whole meeting, and of each bill on it.

`settle` is called after every step on a meeting to come: whatever it needs, when it begins, whether it takes place.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from office import deadlines
from office.counted import months_of_moments
from office.models import Deadline, Matter
from office.steps import Act, perform
from parliament.models.agenda import AgendaItem
from parliament.models.bill_stage import Consideration
from parliament.models.meeting_state import MeetingState
from parliament.models.preparation import Need, Telling
from parliament.models.tally import BusinessTally

if TYPE_CHECKING:
    from parliament.models.agenda_steps import AgendaSteps
    from parliament.models.bill_meetings import BillMeetingSteps
    from parliament.models.meeting import Meeting
    from parliament.models.meeting_preparing import PreparingSteps


def ready_at(meeting: AgendaSteps, items: Sequence[AgendaItem]) -> datetime | None:
    """The moment at which the last was told and the last paper ready for these items; None while any is wanting.

    An agenda that nobody has gone through yet is never ready, nor is an item that concerns us for which nobody has
    said whom to tell or what to have ready: else it would count as in time because nothing was done for it.
    """
    if meeting.agenda_checked_at is None:
        return None
    keys = [item.pk for item in items]
    told = Telling.objects.filter(item__in=keys).values_list("item_id", "told_at")
    ready = Need.objects.filter(item__in=keys).values_list("item_id", "ready_at")
    done = [*told, *ready]
    moments = [meeting.agenda_checked_at, *(moment for _item, moment in done)]
    if None in moments or {item for item, _moment in done} != set(keys):
        return None
    return max(moment for moment in moments if moment is not None)


def items_concerning_us(meeting: AgendaSteps) -> list[AgendaItem]:
    """The items of its agenda for which somebody may have to be told, or something to be ready."""
    return list(meeting.items.filter(concerns_us=True))


def takes_place(meeting: Meeting) -> bool:
    """It has a moment that everything must be ready before."""
    return meeting.state not in (MeetingState.POSTPONED, MeetingState.CANCELLED)


# ── The meeting itself ──────────────────────────────────────────────────────────────────────


def settle(meeting: Meeting, act: Act) -> None:
    """What a meeting to come owes, and the bills on its agenda, follow what it is now: kept, owed anew, moved, or
    taken back."""
    promise = _settle_own(meeting, act)
    is_prepared = promise.met_at is not None if promise else meeting.is_out_of_the_count
    _settle_minutes(meeting, act, is_prepared=is_prepared)
    settle_bills(meeting, act)


def promise_of(meeting: PreparingSteps) -> Deadline | None:
    """That everyone is told and all is ready before it begins; none for one out of the count or without a day."""
    return meeting.deadlines.filter(kind=Deadline.Kind.READY, dropped_at=None).order_by("-pk").first()


def is_late(meeting: PreparingSteps, now: datetime) -> bool:
    """Not all was told and ready before it began, and nobody has written why."""
    promise = promise_of(meeting)
    return promise is not None and promise.is_late(now) and not promise.late_reason


def is_kept(meeting: PreparingSteps) -> bool:
    """Everyone is told and all is ready; or nothing of the kind was promised."""
    promise = promise_of(meeting)
    return promise is None or promise.met_at is not None


def settle_at_its_beginning(meeting: PreparingSteps, act: Act, late_reason: str) -> None:
    """It was held: what was not told or not ready by then is late for good, its own promise and its bills' alike."""
    own, of_bills = promise_of(meeting), _of_bills(meeting)
    for promise in [*of_bills, *([own] if own else [])]:
        if promise.met_at is None:
            deadlines.keep_one(promise, now=act.now, late_reason=late_reason)
        elif promise.is_late(act.now) and not promise.late_reason:
            Deadline.objects.filter(pk=promise.pk).update(late_reason=late_reason)
    if of_bills:
        _count_bills_anew(meeting)


def owe_what_was_unmarked(meeting: PreparingSteps, act: Act) -> None:
    """A mark by which a promise was kept is taken back after the meeting began: it is late until marked rightly.

    Before it begins `settle` does that by itself; after it, what is only added is no longer owed, but this is.
    """
    own, of_bills = promise_of(meeting), _of_bills(meeting)
    for promise in [*of_bills, *([own] if own else [])]:
        deadlines.owe_again(promise, calendar=act.calendar, now=act.now, even_if_due=True)
    if of_bills:
        _count_bills_anew(meeting)


def _of_bills(meeting: PreparingSteps) -> list[Deadline]:
    """What the bills on its agenda promise for its beginning."""
    return list(Deadline.objects.filter(consideration__item__meeting_id=meeting.pk, dropped_at=None))


def _count_bills_anew(meeting: PreparingSteps) -> None:
    """What bills promised for a meeting has changed without a step of theirs: their month is reckoned again."""
    BusinessTally.mark_stale(Matter.Kind.BILL, *months_of_moments([meeting.begins_at]))


def _settle_own(meeting: Meeting, act: Act) -> Deadline | None:
    promise = promise_of(meeting)
    is_promised = takes_place(meeting) and not meeting.is_out_of_the_count
    owed_for = meeting.begins_at if is_promised else None
    if promise and promise.due_at != owed_for:
        # What never took place was neither late nor in time.
        deadlines.take_back(promise, now=act.now)
    if owed_for and (promise is None or promise.due_at != owed_for):
        promise = deadlines.promise(
            meeting,
            Deadline.Kind.READY,
            start=min(act.now, meeting.received_at),
            calendar=act.calendar,
            responsible=meeting.owner,
            due=owed_for,
            continues=promise,
        )
    if not owed_for or promise is None:
        return None
    keep_or_owe(promise, meeting, ready_at(meeting, items_concerning_us(meeting)), act)
    promise.refresh_from_db()
    return promise


def _settle_minutes(meeting: Meeting, act: Act, *, is_prepared: bool) -> None:
    """Its minutes are promised as soon as nothing else is owed, from the moment it begins."""
    unmet = meeting.deadlines.unmet().filter(kind=Deadline.Kind.MINUTES).first()
    if unmet and (not takes_place(meeting) or unmet.start_at != meeting.begins_at):
        deadlines.drop_one(unmet, now=act.now)
        unmet = None
    if takes_place(meeting) and is_prepared and unmet is None:
        deadlines.promise(
            meeting,
            Deadline.Kind.MINUTES,
            start=meeting.begins_at,
            calendar=act.calendar,
            responsible=meeting.owner,
        )


# ── The bills on its agenda ─────────────────────────────────────────────────────────────────


def settle_bills(meeting: Meeting, act: Act) -> None:
    """The promises of the bills that a meeting considers follow it: kept, owed anew, moved, or taken back.

    A bill whose promise gets another moment has that in its own history, by a step of its own (`follow_meeting`).
    """
    rows = Consideration.objects.filter(item__meeting_id=meeting.pk, stage__outcome="")
    for one in rows.select_related("stage__bill", "item", "deadline"):
        if _owed(one) != _owed_for(one, meeting):
            perform(
                one.stage.bill,
                "follow_meeting",
                actor=act.actor,
                seen=None,
                now=act.now,
                reason=act.reason,
                consideration=one,
                meeting=meeting,
            )
        elif one.deadline and keep_or_owe(one.deadline, meeting, _bill_ready_at(one, meeting), act):
            _count_bills_anew(meeting)


def begin(bill: BillMeetingSteps, one: Consideration, meeting: Meeting, act: Act) -> None:
    """A meeting considers the bill from now on: what its item needs is promised, unless that is out of the count."""
    if _owed_for(one, meeting) is not None:
        _promise(bill, one, meeting, act)


def follow(bill: BillMeetingSteps, one: Consideration, meeting: Meeting, act: Act) -> None:
    """The promise gets the moment its meeting has now; of one without a day, or out of the count, there is none."""
    if _owed_for(one, meeting) is not None:
        _promise(bill, one, meeting, act)
    elif one.deadline:
        # What never took place was neither late nor in time.
        deadlines.take_back(one.deadline, now=act.now)


def _owed(one: Consideration) -> datetime | None:
    """The moment that is promised now."""
    return one.deadline.due_at if one.deadline and one.deadline.dropped_at is None else None


def _owed_for(one: Consideration, meeting: Meeting) -> datetime | None:
    """The moment before which all must be ready; None for what has no day, or was told of only after it began."""
    told_before = max(meeting.received_at, one.known_at) < meeting.begins_at
    return meeting.begins_at if takes_place(meeting) and told_before else None


def _bill_ready_at(one: Consideration, meeting: Meeting) -> datetime | None:
    """As of any item; but a bill for which nobody was told and nothing made ready is not prepared by that."""
    is_prepared_for = one.item.tellings.exists() or one.item.needs.exists()
    return ready_at(meeting, [one.item]) if is_prepared_for else None


def _promise(bill: BillMeetingSteps, one: Consideration, meeting: Meeting, act: Act) -> None:
    old = one.deadline
    if old:
        deadlines.take_back(old, now=act.now)
    one.deadline = deadlines.promise(
        bill,
        Deadline.Kind.READY,
        start=min(act.now, one.known_at),
        calendar=act.calendar,
        responsible=bill.owner,
        due=meeting.begins_at,
        continues=old,
    )
    one.save(update_fields=["deadline"])
    keep_or_owe(one.deadline, meeting, _bill_ready_at(one, meeting), act)


# ── Both ────────────────────────────────────────────────────────────────────────────────────


def keep_or_owe(promise: Deadline, meeting: Meeting, since: datetime | None, act: Act) -> bool:
    """Kept `since` the last was done; owed anew if something was added after that, before the meeting begins.

    Returns whether that changed anything.
    """
    return deadlines.keep_or_owe(promise, since, until=meeting.begins_at, now=act.now, calendar=act.calendar)
