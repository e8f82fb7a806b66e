"""The sitting that a question or motion waits for, and the promise to the chamber until it has its answer."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office import deadlines
from office.calendar import OFFICE_TZ
from office.models import Deadline, DeadlineRule, Notice
from office.permissions import carries_it
from office.steps import Act, staff, step
from parliament.models.agenda import AgendaItem
from parliament.models.agenda_steps import prepares
from parliament.models.answer_state import NOT_GIVEN
from parliament.models.drafting import DraftingSteps

LAST_MINUTE: Final = time(23, 59)


def end_of_sitting(day: date) -> datetime:
    """Until when what is to be answered in a sitting is in time: sittings run into the night."""
    return datetime.combine(day, LAST_MINUTE, OFFICE_TZ)


def is_for_the_sitting(matter: SittingSteps) -> bool:
    """Answered by word of mouth in the chamber, which puts it on the agenda of a sitting."""
    return matter.is_spoken


class SittingSteps(DraftingSteps):
    """The part of its path that the chamber sets: the day on which it is answered, or another one."""

    sitting_on = models.DateField(_("sitting on"), null=True, blank=True)
    item = models.ForeignKey(
        AgendaItem,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("agenda item"),
        help_text=_("One item of an agenda may be about several questions."),
    )

    class Meta:
        abstract = True

    @property
    def is_spoken(self) -> bool:
        """Answered by word of mouth, in a sitting."""
        return True

    def promise_answer(self, act: Act, *, start: datetime, continues: Deadline | None = None) -> Deadline:
        """The answer in time: by the sitting if it is known, else by the office's rule for its chamber and kind."""
        return deadlines.promise(
            self,
            Deadline.Kind.HOUSE_ANSWER,
            start=start,
            calendar=act.calendar,
            responsible=self.owner,
            due=end_of_sitting(self.sitting_on) if self.sitting_on else None,
            continues=continues,
            scope=self.rule_scope,
        )

    def owed_answer(self) -> Deadline | None:
        """The promise to the chamber while it is neither kept nor taken back."""
        unmet = Deadline.objects.unmet().filter(matter_id=self.pk, kind=Deadline.Kind.HOUSE_ANSWER)
        return unmet.select_related("responsible").first()

    def was_due_before(self, at: datetime) -> bool:
        """Whether the chamber, answered at a moment, is answered too late."""
        owed = self.owed_answer()
        return owed is not None and owed.due_at < at

    def _move_answer(self, act: Act, *, decided_on: date) -> None:
        """The promise goes along to the new sitting, unless it was late before that was decided: late stays late."""
        owed, day = self.owed_answer(), self.sitting_on
        if owed is None or day is None or end_of_sitting(decided_on) > _end_of_day(owed.due_at):
            return
        until = end_of_sitting(day)
        counted_from = min(act.now, owed.due_at, until)
        moved = deadlines.extend(self, owed, until=until, now=counted_from, calendar=act.calendar)
        act.put_off(owed, moved.due_at)

    def _owe_by_its_rule(self, act: Act) -> None:
        """What was registered as of another chamber or kind is owed as if it had been received as what it is: by that
        rule, from its receipt. A sitting that is known sets the day all the same, and late stays late."""
        if not self.is_spoken:
            self.sitting_on = self.item = None
        owed = self.owed_answer()
        if owed is None or self.sitting_on or owed.is_late(act.now):
            return
        rule = DeadlineRule.in_force(self.kind, owed.kind, self.received_at, scope=self.rule_scope)
        if rule.pk == owed.rule_id:
            return
        self._owe_anew(act, owed, start=self.received_at)

    def _wait_for_a_sitting(self, act: Act) -> None:
        """Without a sitting the answer is owed by the office's rule, from now; what was late before stays late."""
        owed = self.owed_answer()
        if owed and not owed.is_late(act.now):
            self._owe_anew(act, owed, start=act.now)

    def _owe_anew(self, act: Act, owed: Deadline, *, start: datetime) -> None:
        anew = self.promise_answer(act, start=start, continues=owed)
        deadlines.drop_one(owed, now=act.now)
        act.put_off(owed, anew.due_at)

    @step(
        field="state",
        source=NOT_GIVEN,
        target=None,
        allowed=staff(carries_it),
        verb=_("Set or postpone the sitting"),
        done=_("Sitting set"),
        conditions=[is_for_the_sitting],
        rank=60,
    )
    def set_sitting(
        self, act: Act, *, sitting_on: date, decided_on: date, item: AgendaItem | None = None
    ) -> None:
        """The chamber has put it on the agenda of a sitting, or put it off to another one: the promise moves along."""
        before = self.sitting_on
        if before and before != sitting_on and not act.reason.strip():
            raise ValidationError({"reason": gettext("Write why it was put off.")})
        if sitting_on < decided_on:
            raise ValidationError({"sitting_on": gettext("This day is before the chamber decided on it.")})
        self.sitting_on, self.item = sitting_on, item
        self._move_answer(act, decided_on=decided_on)
        act.tell([self.owner, *self._heads()], Notice.Kind.STEP_TAKEN, act.reason)

    @step(
        field="state",
        source=NOT_GIVEN,
        target=None,
        allowed=staff(prepares),
        verb=_("Move with the meeting"),
        done=_("Moved with its meeting"),
        rank=99,
    )
    def follow_meeting(self, act: Act, *, item: AgendaItem, day: date | None) -> None:
        """The meeting that it stands on the agenda of was moved to another day, or has none any more (None).

        No button leads here: the meeting's own step carries it along.
        """
        self.sitting_on, self.item = day, item
        act.changes["meeting"] = ["", item.meeting.label]
        if day:
            self._move_answer(act, decided_on=act.now.astimezone(OFFICE_TZ).date())
        else:
            self._wait_for_a_sitting(act)
        act.tell([self.owner, *self._heads()], Notice.Kind.STEP_TAKEN, act.reason)


def _end_of_day(at: datetime) -> datetime:
    return end_of_sitting(at.astimezone(OFFICE_TZ).date())
