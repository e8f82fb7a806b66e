"""What interpellations and motions have in common: the sitting they wait for, and every way in which they end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE

from office import deadlines
from office.calendar import OFFICE_TZ
from office.models import Deadline, DeadlineRule, Matter, Notice, RegisterQuerySet, Subgroup
from office.permissions import carries_it
from office.steps import Act, staff, step
from parliament.models.agenda import AgendaItem
from parliament.models.agenda_steps import prepares
from parliament.models.answer_state import NOT_GIVEN, UNCLOSED, AnswerState
from parliament.models.draft import AnswerDraft
from parliament.models.drafting import DraftingSteps
from parliament.models.houses import Session
from parliament.models.request import AgencyRequest

State = AnswerState

LAST_MINUTE: Final = time(23, 59)
PATH: Final = (Deadline.Kind.REFERRAL, Deadline.Kind.DRAFT, Deadline.Kind.CHECK, Deadline.Kind.ORDER)
"""What the states on the way to the approved text owe."""


def end_of_sitting(day: date) -> datetime:
    """Until when what is to be answered in a sitting is in time: sittings run into the night."""
    return datetime.combine(day, LAST_MINUTE, OFFICE_TZ)


def is_for_the_sitting(matter: AnsweringSteps) -> bool:
    """Answered by word of mouth in the chamber, which puts it on the agenda of a sitting."""
    return matter.is_spoken


class AnsweringQuerySet(RegisterQuerySet):
    """Interpellations or motions in the words of the office."""

    subgroup = Subgroup.Code.POLITICS
    kinds = (Matter.Kind.INTERPELLATION, Matter.Kind.MOTION)


class AnsweringSteps(DraftingSteps):
    """A matter on which the minister answers a chamber. From its receipt it owes that answer in time; each state owes
    what is next beside that."""

    CORRECTABLE: ClassVar[tuple[str, ...]] = ("title", "session", "text", "secrecy")
    """The registered facts that may be corrected; a child adds its own."""

    is_unclosed = models.GeneratedField(
        expression=Case(When(state="closed", then=Value(False)), default=Value(True)),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    parliament_number = models.PositiveSmallIntegerField(_("parliament no."))
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name=_("session")
    )
    text = models.TextField(_("text as put to the chamber"), max_length=40000)
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
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)
    answered_by = models.CharField(_("answered by"), max_length=200, blank=True)
    transferred_to = models.CharField(_("transferred to"), max_length=200, blank=True)

    class Meta:
        abstract = True

    chamber: Any
    result: Any
    get_result_display: Callable[[], str]
    Result: ClassVar[Any]

    @property
    def is_spoken(self) -> bool:
        """Answered by word of mouth, in a sitting."""
        return True

    # ── The promise to the chamber ──────────────────────────────────────────────────────────

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
        act.changes["promise"] = ["", Deadline.Kind.HOUSE_ANSWER.value]
        act.changes["due"] = [owed.due_at.isoformat(), moved.due_at.isoformat()]

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
        anew = deadlines.promise(
            self,
            owed.kind,
            start=self.received_at,
            calendar=act.calendar,
            responsible=owed.responsible,
            continues=owed,
            scope=self.rule_scope,
        )
        deadlines.drop_one(owed, now=act.now)
        act.put_off(owed, anew.due_at)

    # ── Facts ───────────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=UNCLOSED,
        target=None,
        allowed=staff(carries_it),
        verb=_("Correct the facts"),
        done=_("Facts corrected"),
        rank=93,
        held_by_lock=True,
    )
    def correct(self, act: Act, **facts: Any) -> None:
        """Whoever carries it corrects what was registered; before and after stand in the history. Another chamber or
        kind has another rule for the answer."""
        scope = self.rule_scope
        for name in self.CORRECTABLE:
            if name in facts:
                setattr(self, name, facts[name])
        if self.rule_scope != scope:
            self._owe_by_its_rule(act)

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

    def _wait_for_a_sitting(self, act: Act) -> None:
        """Without a sitting the answer is owed by the office's rule, from now; what was late before stays late."""
        owed = self.owed_answer()
        if owed is None or owed.is_late(act.now):
            return
        longer = self.promise_answer(act, start=act.now, continues=owed)
        deadlines.drop_one(owed, now=act.now)
        act.put_off(owed, longer.due_at)

    # ── The end ─────────────────────────────────────────────────────────────────────────────

    def _given(self, act: Act, *, at: datetime, by: str, late_reason: str = "") -> None:
        """The chamber has its answer, at a moment that may lie before it is written down."""
        if at > act.now or at < self.received_at:
            raise ValidationError(
                {"answered_on": gettext("This moment is still to come, or before the receipt.")}
            )
        if self.was_due_before(at) and not late_reason.strip():
            raise ValidationError({"late_reason": gettext("It is late: write why, the report asks for it.")})
        self.answered_at, self.answered_by = at, by
        AgencyRequest.take_back_all(self.pk, now=act.now)
        deadlines.keep(self, Deadline.Kind.HOUSE_ANSWER, now=at, late_reason=late_reason)
        self.let_rest(act, *PATH)

    def _end(self, act: Act, result: str, late_reason: str) -> None:
        """Nothing is owed any more; what is late by then stays late, with its reason."""
        deadlines.settle(self, now=act.now, late_reason=late_reason or act.reason[:500])
        AgencyRequest.take_back_all(self.pk, now=act.now)
        self.result, self.closed_at = result, act.now
        act.tell([self.owner, *self._heads()], Notice.Kind.STEP_TAKEN, act.reason)

    @step(
        field="state",
        source=NOT_GIVEN,
        target=State.CLOSED,
        allowed=staff(carries_it),
        verb=_("Record the withdrawal"),
        done=_("Withdrawn"),
        rank=96,
        held_by_lock=True,
        needs_reason=True,
    )
    def withdraw(self, act: Act, *, late_reason: str = "") -> None:
        """Whoever brought it has taken it back."""
        self._end(act, self.Result.WITHDRAWN, late_reason)

    @step(
        field="state",
        source=NOT_GIVEN,
        target=State.CLOSED,
        allowed=staff(carries_it),
        verb=_("Transfer to another ministry"),
        done=_("Transferred to another ministry"),
        rank=97,
        held_by_lock=True,
        needs_reason=True,
    )
    def transfer(self, act: Act, *, to: str, late_reason: str = "") -> None:
        """Another minister answers."""
        if not to.strip():
            raise ValidationError({"to": gettext("Write the name of the ministry.")})
        self.transferred_to = to
        act.changes["transferred_to"] = ["", to]
        self._end(act, self.Result.TRANSFERRED, late_reason)

    @step(
        field="state",
        source=NOT_GIVEN,
        target=State.CLOSED,
        allowed=staff(carries_it),
        verb=_("Record that it lapsed"),
        done=_("Lapsed with the House"),
        rank=98,
        held_by_lock=True,
        needs_reason=True,
    )
    def lapse(self, act: Act, *, late_reason: str = "") -> None:
        """The House was dissolved or its term ended: what it had not dealt with is dealt with no more."""
        self._end(act, self.Result.LAPSED, late_reason)

    @step(
        field="state",
        source=State.CLOSED,
        target=RETURN_VALUE(State.RECEIVED, State.DRAFTING, State.APPROVED, State.GIVEN),
        allowed=staff(carries_it),
        verb=_("Reopen"),
        done=_("Reopened"),
        rank=40,
        held_by_lock=True,
        needs_reason=True,
    )
    def reopen(self, act: Act) -> str:
        """It was ended by mistake and goes on where it was: what was promised to the chamber counts as it did."""
        ended_early = self.result in (self.Result.WITHDRAWN, self.Result.TRANSFERRED, self.Result.LAPSED)
        self.result, self.closed_at, self.transferred_to = "", None, ""
        act.tell([self.owner, *self._heads()], Notice.Kind.YOUR_TURN, act.reason)
        if not ended_early:
            self.promise_now(act, Deadline.Kind.CLOSE, self.owner)
            return State.GIVEN
        return self._go_on_to_answer(act)

    @step(
        field="state",
        source=[State.GIVEN, State.PRINTING],
        target=RETURN_VALUE(State.RECEIVED, State.DRAFTING, State.APPROVED),
        allowed=staff(carries_it),
        verb=_("The answer was recorded by mistake"),
        done=_("Record of the answer taken back"),
        rank=94,
        held_by_lock=True,
        needs_reason=True,
    )
    def take_back_answer(self, act: Act) -> str:
        """The answer was another matter's, or given on another day: the chamber waits for it as before, and the text
        that was approved stays approved. What was recorded stands in the history."""
        if self.answered_at:
            act.changes["answered_at"] = [self.answered_at.astimezone(OFFICE_TZ).isoformat(), ""]
        self._forget_answer()
        follows = (Deadline.Kind.GAZETTE, Deadline.Kind.CLOSE)
        for promise in Deadline.objects.filter(matter_id=self.pk, kind__in=follows, dropped_at=None):
            deadlines.take_back(promise, now=act.now)
        act.tell([self.owner, *self._heads()], Notice.Kind.YOUR_TURN, act.reason)
        return self._go_on_to_answer(act)

    def _forget_answer(self) -> None:
        self.answered_at, self.answered_by = None, ""

    def _go_on_to_answer(self, act: Act) -> str:
        """Where it goes on while the chamber waits for its answer, and what is owed there."""
        self._owe_answer_again(act)
        if self.approved_draft:
            return State.APPROVED
        if self.newest_draft():
            self.owe_with_facts(act)
            return State.DRAFTING
        self.owe_asking(act)
        return State.RECEIVED

    def _owe_answer_again(self, act: Act) -> None:
        """As it was owed when it ended: due at its old moment, and late if that has passed."""
        last = (
            Deadline.objects.filter(matter_id=self.pk, kind=Deadline.Kind.HOUSE_ANSWER)
            .order_by("-pk")
            .first()
        )
        if last and not last.is_open:
            deadlines.owe_as_before(last, calendar=act.calendar, now=act.now)

    # ── What `perform` asks of every matter ─────────────────────────────────────────────────

    def tracked(self) -> dict[str, Any]:
        """The fields whose change a step writes into its event: before and after."""
        return super().tracked() | {
            "session": str(self.session) if self.session_id else "",
            "text": self.text,
            "sitting_on": self.sitting_on.isoformat() if self.sitting_on else "",
            "answered_by": self.answered_by,
            "transferred_to": self.transferred_to,
            "result": str(self.get_result_display()),
        }

    def approved_words(self) -> str:
        """The approved text, by which it is found too."""
        approved = AnswerDraft.objects.approved().filter(matter_id=self.pk)
        return approved.values_list("text", flat=True).first() or ""

    @property
    def is_answered_without_text(self) -> bool:
        """Given to the chamber before any text was approved, as happens with urgent questions."""
        return self.answered_at is not None and self.approved_draft is None


def _end_of_day(at: datetime) -> datetime:
    return end_of_sitting(at.astimezone(OFFICE_TZ).date())
