"""What becomes of a meeting: held, its minutes kept, followed up and closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office import deadlines
from office.documents import Upload, attach
from office.models import Agency, Deadline, Document, Notice, User
from office.permissions import carries_it, may_take_it
from office.steps import Act, Actor, staff, step
from parliament.models.agenda_steps import AS_PREPARED, prepares
from parliament.models.follow_up import FollowUp
from parliament.models.meeting_moving import MovingSteps
from parliament.models.meeting_state import COMING, TAKEN_PLACE, MeetingState

if TYPE_CHECKING:
    from parliament.models.agenda import AgendaItem

OPEN = [state for state in MeetingState if state not in (MeetingState.CANCELLED, MeetingState.CLOSED)]


class HoldingSteps(MovingSteps):
    """The part of a meeting's path from its beginning to its close, and the correction of its facts."""

    CORRECTABLE: tuple[str, ...]
    """The registered facts that may be corrected; its date moves by a step of its own."""

    begins_at: Any
    began_at: Any
    ends_at: Any
    place: Any
    minutes: Any
    is_out_of_the_count: Any

    class Meta:
        abstract = True

    @step(
        field="state",
        source=OPEN,
        target=None,
        allowed=staff(carries_it | may_take_it),
        verb=_("Correct the facts"),
        done=_("Facts corrected"),
        rank=92,
        held_by_lock=True,
    )
    def correct(self, act: Act, **facts: Any) -> None:
        """Whoever carries it corrects what was registered; before and after stand in the history."""
        for name in self.CORRECTABLE:
            if name in facts:
                setattr(self, name, facts[name])

    @step(
        field="state",
        source=COMING,
        target=None,
        allowed=staff(carries_it | may_take_it),
        verb=_("Correct when we were told"),
        done=_("When we were told of it corrected"),
        rank=93,
        held_by_lock=True,
        needs_reason=True,
    )
    def correct_receipt(self, act: Act, *, received_at: datetime) -> None:
        """The office was told earlier than was registered: what was out of the count because of that is promised.

        A later moment is refused: it would take out of the count what was promised.
        """
        if received_at >= self.received_at:
            raise ValidationError(
                {"received_at": gettext("Choose a moment before the one that was registered.")}
            )
        self.received_at = received_at

    @step(
        field="state",
        source=COMING,
        target=MeetingState.HELD,
        allowed=staff(prepares),
        verb=_("Record that it was held"),
        done=_("Held"),
        rank=11,
    )
    def hold(
        self, act: Act, *, began_at: datetime, ended_at: datetime | None = None, late_reason: str = ""
    ) -> None:
        """It has taken place, from when to when; what was not told or not ready before it began is late, and why."""
        from parliament import readiness

        if began_at > act.now:
            raise ValidationError({"began_at": gettext("This time is still to come.")})
        if ended_at is not None and not began_at < ended_at:
            raise ValidationError({"ended_at": gettext("The meeting ends before it begins.")})
        if ended_at is not None and ended_at > act.now:
            raise ValidationError({"ended_at": gettext("This time is still to come.")})
        if self.take_back_unsent(act):
            readiness.owe_what_was_unmarked(self, act)
        if act.now < self.begins_at and not readiness.is_kept(self):
            raise ValidationError(
                {
                    "began_at": gettext(
                        "It began before its time and not all is ready. Mark what is, or set its date first."
                    )
                }
            )
        if readiness.is_late(self, act.now) and not late_reason.strip():
            raise ValidationError(
                {
                    "late_reason": gettext(
                        "Not all was told and ready in time: write why, the report asks for it."
                    )
                }
            )
        readiness.settle_at_its_beginning(self, act, late_reason)
        self.began_at, self.ends_at = began_at, ended_at
        if not self.deadlines.unmet().filter(kind=Deadline.Kind.MINUTES).exists():
            deadlines.promise(
                self,
                Deadline.Kind.MINUTES,
                start=ended_at or began_at,
                calendar=act.calendar,
                responsible=self.owner,
            )

    @step(
        field="state",
        source=MeetingState.HELD,
        target=AS_PREPARED,
        allowed=staff(carries_it | may_take_it),
        verb=_("Take back that it was held"),
        done=_("It was not held after all"),
        rank=94,
        held_by_lock=True,
        needs_reason=True,
    )
    def unhold(self, act: Act) -> MeetingState:
        """Recorded of the wrong meeting, or it broke up before it began: it is prepared, put off or cancelled again.

        What was not ready when it was to begin is owed as before; a new date takes that back.
        """
        from parliament import readiness

        if self.items.exclude(consideration=None).exclude(consideration__stage__outcome="").exists():
            raise ValidationError(
                gettext("The result of a bill on its agenda is recorded already, so it was held.")
            )
        self.began_at = self.ends_at = None
        readiness.owe_what_was_unmarked(self, act)
        act.tell([self.owner], Notice.Kind.STEP_TAKEN, act.reason)
        return self.standing

    @step(
        field="state",
        source=[MeetingState.HELD, MeetingState.MINUTED],
        target=MeetingState.MINUTED,
        allowed=staff(prepares),
        verb=_("Keep the minutes"),
        done=_("Minutes kept"),
        rank=10,
    )
    def keep_minutes(
        self,
        act: Act,
        *,
        minutes: str,
        resolutions: Mapping[int, str] | None = None,
        files: Sequence[Upload] = (),
    ) -> None:
        """What was said and resolved, by item (its key → the resolution); the files of the minutes."""
        for item in self.items.all():
            text = (resolutions or {}).get(item.pk)
            if text is not None and text != item.resolution:
                act.changes[f"resolution {item.number or item.position}"] = [item.resolution, text]
                item.resolution = text
                item.save(update_fields=["resolution"])
        attach(self, files, source=Document.Source.OFFICE, added_by=act.actor.user, now=act.now)
        self.minutes = minutes
        deadlines.keep(self, Deadline.Kind.MINUTES, now=act.now)
        if not self.deadlines.unmet().filter(kind=Deadline.Kind.CLOSE).exists():
            self.promise_now(act, Deadline.Kind.CLOSE, self.owner)

    @step(
        field="state",
        source=[*COMING, *TAKEN_PLACE],
        target=None,
        allowed=staff(prepares),
        verb=_("Follow something up"),
        done=_("Follow-up registered"),
        rank=30,
    )
    def follow_up(
        self,
        act: Act,
        *,
        title: str,
        wanted: str,
        item: AgendaItem | None = None,
        agency: Agency | None = None,
        officer: User | None = None,
        due: datetime | None = None,
    ) -> None:
        """What the meeting wants done becomes a matter of its own, with its number, its officer and its day."""
        if due is not None and due <= act.now:
            raise ValidationError({"due": gettext("This day has passed.")})
        new = FollowUp(
            title=title,
            wanted=wanted,
            from_meeting_id=self.pk,
            from_item=self._own_item(item) if item else None,
            agency=agency,
            owner=officer or self.owner,
            secrecy=self.secrecy,
            received_at=act.now,
        )
        new.receive(actor=Actor(user=act.actor.user), now=act.now, due=due)
        act.changes["follow_up"] = ["", new.label]
        act.tell([new.owner], Notice.Kind.YOUR_TURN, new.label)

    @step(
        field="state",
        source=MeetingState.MINUTED,
        target=MeetingState.CLOSED,
        allowed=staff(carries_it | may_take_it),
        verb=_("Close"),
        done=_("Meeting closed"),
        rank=20,
        held_by_lock=True,
    )
    def close(self, act: Act) -> None:
        """All that the meeting asked for is written down or followed up."""
        self.closed_at = act.now
        deadlines.keep(self, Deadline.Kind.CLOSE, now=act.now)

    @step(
        field="state",
        source=MeetingState.CLOSED,
        target=MeetingState.MINUTED,
        allowed=staff(carries_it),
        verb=_("Reopen"),
        done=_("Reopened"),
        rank=40,
        held_by_lock=True,
        needs_reason=True,
    )
    def reopen(self, act: Act) -> None:
        """A closed meeting's minutes are to be completed, for a reason."""
        self.closed_at = None
        self.promise_now(act, Deadline.Kind.CLOSE, self.owner)
        act.tell([self.owner], Notice.Kind.YOUR_TURN, act.reason)
