"""What becomes of an engagement: held, another date, none, cancelled; its facts corrected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE

from office import deadlines
from office.models import Deadline, Notice, User
from office.permissions import carries_it, may_take_it
from office.steps import Act, staff, step
from publicrelations.models.engagement_news import NewsSteps, goes_along
from publicrelations.models.engagement_state import EngagementState

State = EngagementState
changes_it = carries_it | may_take_it


class HoldingSteps(NewsSteps):
    """An engagement's path: planned → held → news published, or closed without; postponed and cancelled beside it."""

    CORRECTABLE: tuple[str, ...]
    """The registered facts that may be corrected; its time moves by a step of its own."""

    place: Any
    people: Any

    class Meta:
        abstract = True

    def refuse_impossible(self) -> None:
        """Raise ValidationError for what may not be of an engagement; the child knows."""
        raise NotImplementedError

    @step(
        field="state",
        source=list(State),
        target=None,
        allowed=staff(changes_it),
        verb=_("Correct the facts"),
        done=_("Facts corrected"),
        rank=91,
        held_by_lock=True,
    )
    def correct(self, act: Act, *, people: Sequence[User] | None = None, **facts: Any) -> None:
        """Whoever carries it corrects what was registered; before and after stand in the history."""
        for name in self.CORRECTABLE:
            if name in facts:
                setattr(self, name, facts[name])
        self.refuse_impossible()
        if not self.is_public and self.covered_at is not None:
            raise ValidationError(
                {
                    "is_public": gettext(
                        "News of it is published. Withdraw that first, then close the engagement."
                    )
                }
            )
        if people is not None:
            self._set_people(act, people)

    def _set_people(self, act: Act, people: Sequence[User]) -> None:
        was = ", ".join(str(one) for one in self.people.order_by("pk"))
        self.people.set(people)
        now = ", ".join(str(one) for one in self.people.order_by("pk"))
        if now != was:
            act.changes["people"] = [was, now]

    # ── It takes place ──────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=State.PLANNED,
        target=RETURN_VALUE(State.HELD, State.COVERED, State.CLOSED),
        allowed=staff(goes_along),
        verb=_("Record that it took place"),
        done=_("Took place"),
        rank=11,
    )
    def hold(self, act: Act, *, ended_at: datetime | None = None) -> EngagementState:
        """It has taken place. Where it ended at another time its news counts from then, unless it is late already."""
        if self.starts_at > act.now:
            raise ValidationError(
                gettext("It has not begun yet. Set its time first if it took place earlier.")
            )
        if ended_at is not None and ended_at != self.ends_at:
            if ended_at > act.now:
                raise ValidationError({"ended_at": gettext("This time is still to come.")})
            self.ends_at = ended_at
            self.refuse_impossible()
            if not self.is_late_with_news(act.now):
                self.owe_anew(act)
        deadlines.keep(self, Deadline.Kind.CLOSE, now=act.now)
        self.end(act)
        return self.standing_once_held

    # ── Its date ────────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=[State.PLANNED, State.POSTPONED, State.CANCELLED],
        target=State.PLANNED,
        allowed=staff(changes_it),
        verb=_("Set another date"),
        done=_("Another date set"),
        rank=40,
        held_by_lock=True,
        needs_reason=True,
    )
    def reschedule(self, act: Act, *, starts_at: datetime, ends_at: datetime, place: str = "") -> None:
        """It takes place at another time or place: what is promised moves with it.

        A day to come may be set for one whose news is late, for it did not take place; a moment that has passed makes
        nothing late be in time.
        """
        if ends_at <= act.now and self.is_late_with_news(act.now):
            raise ValidationError(
                {
                    "ends_at": gettext(
                        "Its news was due and is late; what is late stays late. Record that it was held."
                    )
                }
            )
        self.starts_at, self.ends_at, self.closed_at = starts_at, ends_at, None
        self.place = place or self.place
        self.refuse_impossible()
        deadlines.drop(self, Deadline.Kind.RESUME, now=act.now)
        self.owe_anew(act)
        self._tell_those_going(act)

    @step(
        field="state",
        source=State.PLANNED,
        target=State.POSTPONED,
        allowed=staff(changes_it),
        verb=_("Postpone without a date"),
        done=_("Postponed, no new date yet"),
        rank=94,
        held_by_lock=True,
        needs_reason=True,
    )
    def postpone(self, act: Act) -> None:
        """It does not take place then and has no new day: its news is not owed, its new day is to be asked for."""
        self.owe_nothing(act)
        self.promise_now(act, Deadline.Kind.RESUME, self.owner)
        self._tell_those_going(act)

    @step(
        field="state",
        source=[State.PLANNED, State.POSTPONED],
        target=State.CANCELLED,
        allowed=staff(changes_it),
        verb=_("Cancel the engagement"),
        done=_("Engagement cancelled"),
        rank=95,
        held_by_lock=True,
        needs_reason=True,
    )
    def cancel(self, act: Act) -> None:
        """It does not take place at all: nothing is owed any more."""
        self.owe_nothing(act)
        deadlines.drop(self, Deadline.Kind.RESUME, now=act.now)
        self.closed_at = max(act.now, self.received_at)
        self._tell_those_going(act)

    def _tell_those_going(self, act: Act) -> None:
        people = {one.pk: one for one in [*self.people.all(), *([self.owner] if self.owner else [])]}
        act.tell(list(people.values()), Notice.Kind.STEP_TAKEN, act.reason)
