"""What becomes of a meeting: another date, none, cancelled; held, its minutes kept, followed up and closed."""

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
from parliament.models.meeting_preparing import PreparingSteps
from parliament.models.meeting_state import COMING, TAKEN_PLACE, MeetingState

if TYPE_CHECKING:
    from parliament.models.agenda import AgendaItem
    from parliament.models.preparation import Telling

OPEN = [state for state in MeetingState if state not in (MeetingState.CANCELLED, MeetingState.CLOSED)]


class HoldingSteps(PreparingSteps):
    """The part of a meeting's path from its date to its close."""

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

    # ── Its date ────────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=[*COMING, MeetingState.POSTPONED, MeetingState.CANCELLED],
        target=AS_PREPARED,
        allowed=staff(carries_it | may_take_it),
        verb=_("Set another date"),
        done=_("Another date set"),
        rank=40,
        held_by_lock=True,
        needs_reason=True,
    )
    def reschedule(
        self, act: Act, *, begins_at: datetime, ends_at: datetime | None = None, place: str = ""
    ) -> MeetingState:
        """It takes place at another time or place: what is promised moves, and who was told is told of that.

        Whoever was told by e-mail is written to at once; the others are to be told anew. A day to come may be set for
        what was not ready in time and did not take place; a moment that has passed makes nothing late be in time.
        """
        from parliament import readiness

        if ends_at is not None and ends_at <= begins_at:
            raise ValidationError({"ends_at": gettext("The meeting ends before it begins.")})
        if begins_at <= act.now and readiness.is_late(self, act.now):
            raise ValidationError(
                {
                    "begins_at": gettext(
                        "Not all was ready when it was to begin, and what is late stays late. "
                        "Record that it was held, and from when in fact."
                    )
                }
            )
        self.begins_at, self.ends_at, self.closed_at = begins_at, ends_at, None
        self.place = place or self.place
        deadlines.drop(self, Deadline.Kind.RESUME, now=act.now)
        for one in self._told():
            if one.way == one.Way.EMAIL and one.address:
                self._write_to(act, one)
            else:
                one.told_at, one.told_by, one.way, one.acknowledged_at = None, None, "", None
                one.save(update_fields=["told_at", "told_by", "way", "acknowledged_at"])
        act.tell([self.owner], Notice.Kind.STEP_TAKEN, act.reason)
        return self.standing

    @step(
        field="state",
        source=COMING,
        target=MeetingState.POSTPONED,
        allowed=staff(carries_it | may_take_it),
        verb=_("Postpone without a date"),
        done=_("Postponed, no new date yet"),
        rank=91,
        held_by_lock=True,
        needs_reason=True,
    )
    def postpone(self, act: Act) -> None:
        """It does not take place then and has no new day: what was promised is taken back, its new day asked for."""
        self._write_to_told(act)
        self.promise_now(act, Deadline.Kind.RESUME, self.owner)
        act.tell([self.owner], Notice.Kind.STEP_TAKEN, act.reason)

    @step(
        field="state",
        source=[*COMING, MeetingState.POSTPONED],
        target=MeetingState.CANCELLED,
        allowed=staff(carries_it | may_take_it),
        verb=_("Cancel the meeting"),
        done=_("Meeting cancelled"),
        rank=95,
        held_by_lock=True,
        needs_reason=True,
    )
    def cancel(self, act: Act) -> None:
        """It does not take place at all: nothing is owed any more, and who was told by e-mail is written to."""
        self._write_to_told(act)
        self.closed_at = act.now
        deadlines.drop(self, Deadline.Kind.RESUME, now=act.now)
        act.tell([self.owner], Notice.Kind.STEP_TAKEN, act.reason)

    def _told(self) -> list[Telling]:
        from parliament.models.preparation import Telling

        rows = Telling.objects.filter(item__meeting_id=self.pk, told_at__isnull=False)
        return list(rows.select_related("agency", "person", "item"))

    def _write_to_told(self, act: Act) -> None:
        for one in self._told():
            if one.way == one.Way.EMAIL and one.address:
                self._write_to(act, one)

    # ── After it ────────────────────────────────────────────────────────────────────────────

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
