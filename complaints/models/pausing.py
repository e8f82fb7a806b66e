"""Time and its exceptions: the steps by which a date is put off, and by which a matter rests and goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import rules
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE

from complaints.models.letter_steps import LetterSteps
from complaints.models.state import UNCLOSED, WITH_OFFICE, State
from office import deadlines
from office.calendar import OFFICE_TZ
from office.models import Deadline, Matter, Notice, User
from office.models.deadline import DeadlineQuerySet
from office.permissions import carries_it, is_head_of_it
from office.promises import RUNS_ON
from office.steps import Act, Actor, staff, step

# The opinion is the plan's promise and is never put off; hearings and limitation dates are not the office's to move.
HEAD_MAY_EXTEND: Sequence[str] = (
    Deadline.Kind.REVISION,
    Deadline.Kind.ORDER,
    Deadline.Kind.REFERRAL,
    Deadline.Kind.INFORM,
    Deadline.Kind.CLOSE,
    Deadline.Kind.CARRY_OUT,
    Deadline.Kind.RESUME,
)


@rules.predicate
def waits_for_others(user: User, matter: Matter) -> bool:
    """An agency or the petitioner has been asked, and their date is the officer's to put off."""
    return matter.state in (State.REFERRED, State.ASKED)  # type: ignore[attr-defined]


def _owes_what_may_be_extended(matter: PausingSteps) -> bool:
    """With officer or head the promise may be the plan's own, the opinion: then there is nothing to extend."""
    if matter.state not in (State.RECEIVED, State.RETURNED, State.SUMMARISED):
        return True
    return any(promise.kind in HEAD_MAY_EXTEND for promise in matter.owed_when_read)


def written(moment: datetime) -> str:
    """A moment as events keep it."""
    return moment.astimezone(OFFICE_TZ).isoformat()


class PausingSteps(LetterSteps):
    """The part of every path on which a promise gets another moment, old and new kept in the history."""

    class Meta:
        abstract = True

    def own_promise(self) -> Deadline | None:
        """The one thing the office itself owes in this state."""
        return self.deadlines.unmet().exclude(kind__in=RUNS_ON).order_by("due_at").first()

    def stop_clock(self, act: Act) -> Deadline | None:
        """The office's own promise rests. One that is late already does not: what is late stays late. Returns it."""
        promise = self.own_promise()
        if promise is None or promise.due_at <= act.now:
            return None
        deadlines.drop_one(promise, now=act.now)
        act.changes |= {"promise": ["", promise.kind], "due": [written(promise.due_at), ""]}
        return promise

    def start_clock(self, act: Act, wait: Deadline | None) -> State:
        """The promise that rested during a wait is owed again for the time it had left. Returns the state it was in."""
        back, self.came_from = State(self.came_from), ""
        stopped = deadlines.rested(wait) if wait else None
        if stopped is not None:
            had_it = stopped.responsible_id == stopped.follower_id
            promise = deadlines.go_on(
                self,
                stopped,
                now=act.now,
                calendar=act.calendar,
                responsible=self.owner if had_it else stopped.responsible,
            )
            moments = [written(stopped.due_at), written(promise.due_at)]
            act.changes |= {"promise": ["", promise.kind], "due": moments}
            act.tell([promise.responsible or self.owner], Notice.Kind.YOUR_TURN, act.reason)
        return back

    def extendable(self, actor: Actor, now: datetime) -> DeadlineQuerySet:
        """The promises this person may put off: not late ones, but for an agency that asks for more time late."""
        kinds: list[str] = [Deadline.Kind.PETITIONER_ANSWER]
        if actor.user is not None and is_head_of_it.test(actor.user, self):
            kinds += HEAD_MAY_EXTEND
        unmet = self.deadlines.unmet()
        return unmet.filter(kind__in=kinds, due_at__gte=now) | unmet.filter(kind=Deadline.Kind.AGENCY_ANSWER)

    @step(
        field="state",
        source=UNCLOSED,
        target=None,
        allowed=staff(is_head_of_it | (carries_it & waits_for_others)),
        verb=_("Put off a date"),
        done=_("Date put off"),
        conditions=[_owes_what_may_be_extended],
        rank=95,
        needs_reason=True,
    )
    def extend(self, act: Act, *, deadline: Deadline, until: datetime) -> None:
        """The head puts off what the office owes, the officer what an agency or the petitioner was asked by a date."""
        current = self.extendable(act.actor, act.now).filter(pk=deadline.pk).first()
        if current is None:
            raise ValidationError({"deadline": gettext("This date can no longer be put off.")})
        if until <= max(current.due_at, act.now):
            raise ValidationError({"until": gettext("Choose a date after the one that stands now.")})
        longer = deadlines.extend(self, current, until=until, now=act.now, calendar=act.calendar)
        act.put_off(current, until)
        self.repoint(act, current, longer)
        act.tell([longer.responsible, self.owner], Notice.Kind.STEP_TAKEN, act.reason)

    def repoint(self, act: Act, old: Deadline, new: Deadline) -> None:
        """What hangs on a promise hangs on the one that continues it; nothing where nothing does."""

    @step(
        field="state",
        source=WITH_OFFICE,
        target=State.PAUSED,
        allowed=staff(is_head_of_it),
        verb=_("Pause"),
        done=_("Paused"),
        rank=96,
        needs_reason=True,
    )
    def pause(self, act: Act, *, until: datetime) -> None:
        """The head lets a matter rest until a date. The clock stands still unless the promise is late already."""
        if until <= act.now:
            raise ValidationError({"until": gettext("Choose a day to come.")})
        stopped = self.stop_clock(act)
        self.came_from = self.state
        deadlines.promise(
            self,
            Deadline.Kind.RESUME,
            start=act.now,
            calendar=act.calendar,
            responsible=self.owner,
            due=until,
            continues=stopped,
        )
        act.changes["until"] = ["", written(until)]
        told = [self.owner, stopped.responsible if stopped else None]
        act.tell(list(dict.fromkeys(told)), Notice.Kind.STEP_TAKEN, act.reason)

    @step(
        field="state",
        source=State.PAUSED,
        target=RETURN_VALUE(*WITH_OFFICE),
        allowed=staff(carries_it),
        verb=_("Go on with it"),
        done=_("Went on after the pause"),
        rank=10,
        needs_reason=True,
    )
    def resume(self, act: Act) -> State:
        """Whoever carries it goes on where it rested; what was owed then is owed again for the time it had left."""
        wait = self.deadlines.unmet().filter(kind=Deadline.Kind.RESUME).first()
        deadlines.keep(self, Deadline.Kind.RESUME, now=act.now)
        return self.start_clock(act, wait)
