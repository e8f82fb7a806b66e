"""What becomes of a press conference: another date, none, cancelled; held, who came, and its close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office import deadlines
from office.calendar import OFFICE_TZ
from office.models import Deadline, Notice
from office.permissions import carries_it, may_take_it
from office.steps import Act, staff, step
from publicrelations.models.press_handing import HandingSteps
from publicrelations.models.press_inviting import AS_INVITED, invites, refuse_future
from publicrelations.models.press_state import COMING, PressState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from publicrelations.models.invitation import Attendance, Invitation
    from publicrelations.models.outlet import MediaOutlet

State = PressState
OPEN = [state for state in PressState if state not in (State.CANCELLED, State.CLOSED)]


@dataclass(frozen=True)
class WalkIn:
    """Somebody who came without having been invited: of an outlet of the list, or of one by its name."""

    outlet: MediaOutlet | None = None
    outlet_name: str = ""
    name: str = ""


class HoldingSteps(HandingSteps):
    """The part of a press conference's path from its date to its being held."""

    CORRECTABLE: tuple[str, ...]
    """The registered facts that may be corrected; its date moves by a step of its own."""

    attendances: QuerySet[Attendance]
    began_at: Any
    ends_at: Any
    place: Any

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
        source=[*COMING, State.POSTPONED, State.CANCELLED],
        target=AS_INVITED,
        allowed=staff(carries_it | may_take_it),
        verb=_("Set another date"),
        done=_("Another date set"),
        rank=40,
        held_by_lock=True,
        needs_reason=True,
    )
    def reschedule(
        self, act: Act, *, starts_at: datetime, ends_at: datetime | None = None, place: str = ""
    ) -> PressState:
        """It takes place at another time or place: the promise moves, and who was invited is invited anew.

        Whoever was invited by e-mail is written to at once; the others are to be told again. What they had answered
        was about the old day. A moment that has passed makes nothing late be in time.
        """
        from publicrelations import coordination

        if ends_at is not None and ends_at <= starts_at:
            raise ValidationError({"ends_at": gettext("It ends before it begins.")})
        if starts_at <= act.now and coordination.is_late(self, act.now):
            raise ValidationError(
                {
                    "starts_at": gettext(
                        "Not all were invited when it was to begin, and what is late stays late. "
                        "Record that it was held, and from when in fact."
                    )
                }
            )
        self.starts_at, self.ends_at, self.closed_at = starts_at, ends_at, None
        self.place = place or self.place
        deadlines.drop(self, Deadline.Kind.RESUME, now=act.now)
        for one in self._written_or_told():
            is_mailed = one.way == one.Way.EMAIL and bool(one.address)
            one.forget()
            if is_mailed:
                self._write_to(act, one)
        act.tell([self.owner], Notice.Kind.STEP_TAKEN, act.reason)
        return self.standing

    @step(
        field="state",
        source=COMING,
        target=State.POSTPONED,
        allowed=staff(carries_it | may_take_it),
        verb=_("Postpone without a date"),
        done=_("Postponed, no new date yet"),
        rank=91,
        held_by_lock=True,
        needs_reason=True,
    )
    def postpone(self, act: Act) -> None:
        """It does not take place then and has no new day: what was promised is taken back, its new day asked for."""
        self._write_to_invited(act)
        self.promise_now(act, Deadline.Kind.RESUME, self.owner)
        act.tell([self.owner], Notice.Kind.STEP_TAKEN, act.reason)

    @step(
        field="state",
        source=[*COMING, State.POSTPONED],
        target=State.CANCELLED,
        allowed=staff(carries_it | may_take_it),
        verb=_("Cancel the press conference"),
        done=_("Press conference cancelled"),
        rank=95,
        held_by_lock=True,
        needs_reason=True,
    )
    def cancel(self, act: Act) -> None:
        """It does not take place at all: nothing is owed any more, and who was invited by e-mail is written to."""
        self._write_to_invited(act)
        self.closed_at = act.now
        deadlines.drop(self, Deadline.Kind.RESUME, now=act.now)
        act.tell([self.owner], Notice.Kind.STEP_TAKEN, act.reason)

    def _written_or_told(self) -> list[Invitation]:
        rows = self.invitations.standing().select_related("outlet", "reporter")
        return [one for one in rows if one.invited_at or one.mail_at]

    def _write_to_invited(self, act: Act) -> None:
        for one in self._written_or_told():
            if one.way == one.Way.EMAIL and one.address:
                self._write_to(act, one)

    # ── The day itself ──────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=[*COMING, State.HELD, State.COVERED],
        target=None,
        allowed=staff(invites),
        verb=_("Note who came"),
        done=_("Noted who came"),
        rank=14,
    )
    def note_came(
        self, act: Act, *, invitations: Sequence[Invitation] = (), walk_ins: Sequence[WalkIn] = ()
    ) -> None:
        """At the door, or afterwards from the sign-in sheet: who of those invited came, and who came besides."""
        from publicrelations.models.invitation import Attendance

        if act.now.astimezone(OFFICE_TZ).date() < self.starts_at.astimezone(OFFICE_TZ).date():
            raise ValidationError(gettext("Who came is noted from the day of the press conference on."))
        invited = [one for one in self._own(invitations) if not hasattr(one, "attendance")]
        came = [Attendance(invitation=one, outlet=one.outlet, reporter=one.reporter) for one in invited] + [
            Attendance(**vars(one)) for one in walk_ins
        ]
        for row in came:
            row.conference_id, row.came_at, row.noted_by = self.pk, act.now, act.actor.user
        Attendance.objects.bulk_create(came)
        act.changes["came"] = ["", ", ".join(row.outlet_words for row in came)]

    @step(
        field="state",
        source=[*COMING, State.HELD, State.COVERED],
        target=None,
        allowed=staff(invites),
        verb=_("Take back that somebody came"),
        done=_("Taken back that somebody came"),
        rank=98,
    )
    def unmark_came(self, act: Act, *, attendance: Attendance) -> None:
        """Somebody was noted at the door by mistake."""
        row = self.attendances.select_related("outlet").filter(pk=attendance.pk).first()
        if row is None:
            raise ValidationError(gettext("Something chosen is no longer there. Open the page anew."))
        act.changes["not_came"] = [row.outlet_words, ""]
        row.delete()

    @step(
        field="state",
        source=COMING,
        target=State.HELD,
        allowed=staff(invites),
        verb=_("Record that the press was met"),
        done=_("Press conference held"),
        rank=13,
    )
    def hold(
        self, act: Act, *, began_at: datetime, ended_at: datetime | None = None, late_reason: str = ""
    ) -> None:
        """It has taken place, from when to when; if not all were invited before it began, that is late, and why."""
        from publicrelations import coordination

        refuse_future(began_at, act, "began_at")
        if ended_at is not None:
            refuse_future(ended_at, act, "ended_at")
            if ended_at <= began_at:
                raise ValidationError({"ended_at": gettext("It ends before it begins.")})
        if began_at < self.starts_at and not coordination.is_kept_by(self, began_at):
            raise ValidationError(
                {
                    "began_at": gettext(
                        "It began before its time and not all were invited by then. Set its date first."
                    )
                }
            )
        if coordination.is_late(self, act.now) and not late_reason.strip():
            raise ValidationError(
                {
                    "late_reason": gettext(
                        "Not all were invited before it began: write why, the report asks for it."
                    )
                }
            )
        coordination.settle_at_its_beginning(self, act, late_reason)
        self.began_at, self.ends_at = began_at, ended_at
        if not self.deadlines.unmet().filter(kind=Deadline.Kind.COVERAGE).exists():
            coordination.promise_coverage(self, act, start=ended_at or began_at)
