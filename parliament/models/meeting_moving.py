"""When a meeting takes place: another date, none, cancelled. Who was told hears of it; what is to be answered there
goes along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office import deadlines
from office.calendar import OFFICE_TZ
from office.models import Deadline, Notice
from office.permissions import carries_it, may_take_it
from office.steps import Act, perform, staff, step
from parliament.models.agenda_steps import AS_PREPARED
from parliament.models.answer_state import NOT_GIVEN
from parliament.models.meeting_preparing import PreparingSteps
from parliament.models.meeting_state import COMING, MeetingState

if TYPE_CHECKING:
    from parliament.models.agenda import AgendaItem
    from parliament.models.answering import AnsweringSteps
    from parliament.models.preparation import Telling


class MovingSteps(PreparingSteps):
    """The part of a meeting's path on which its date is set anew."""

    ends_at: Any
    place: Any

    class Meta:
        abstract = True

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
        waiting = self._answers_waiting()
        self.begins_at, self.ends_at, self.closed_at = begins_at, ends_at, None
        self.place = place or self.place
        self._carry_answers(act, waiting, self._day)
        deadlines.drop(self, Deadline.Kind.RESUME, now=act.now)
        for one in self._told():
            if not one.is_told_by_mail:
                one.take_back()
        self._write_to_told(act)
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
        self._carry_answers(act, self._answers_waiting(), None)
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
        self._carry_answers(act, self._answers_waiting(), None)
        self.closed_at = act.now
        deadlines.drop(self, Deadline.Kind.RESUME, now=act.now)
        act.tell([self.owner], Notice.Kind.STEP_TAKEN, act.reason)

    def _told(self) -> list[Telling]:
        from parliament.models.preparation import Telling

        rows = Telling.objects.filter(item__meeting_id=self.pk, told_at__isnull=False)
        return list(rows.select_related("agency", "person", "item"))

    def _write_to_told(self, act: Act) -> None:
        self._write_to(act, [one for one in self._told() if one.is_told_by_mail])

    @property
    def _day(self) -> date:
        return self.begins_at.astimezone(OFFICE_TZ).date()

    def _answers_waiting(self) -> list[tuple[AnsweringSteps, AgendaItem]]:
        """The questions and motions to be answered at this meeting, each with the item it stands under: those put
        there; of an item that is about one, that too if its sitting is on this day."""
        from parliament.models.interpellation import Interpellation
        from parliament.models.motion import Motion

        has_day = self.state not in (MeetingState.POSTPONED, MeetingState.CANCELLED)
        items = {item.pk: item for item in self.items.all()}
        about = {item.about_id: item for item in items.values() if item.about_id and has_day}
        found: list[tuple[AnsweringSteps, AgendaItem]] = []
        for rows in (Interpellation.objects, Motion.objects):
            here = rows.filter(Q(item__in=items) | Q(pk__in=about), state__in=NOT_GIVEN)
            for one in here.filter(sitting_on=self._day if has_day else None):
                found.append((one, items.get(one.item_id or 0) or about[one.pk]))
        return found

    def _carry_answers(
        self, act: Act, waiting: Sequence[tuple[AnsweringSteps, AgendaItem]], day: date | None
    ) -> None:
        """What is to be answered here goes along to the meeting's new day, or waits for one."""
        for matter, item in waiting:
            if matter.sitting_on != day:
                perform(
                    matter,
                    "follow_meeting",
                    actor=act.actor,
                    seen=None,
                    now=act.now,
                    reason=act.reason,
                    item=item,
                    day=day,
                )
