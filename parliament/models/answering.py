"""What interpellations and motions have in common: their facts, and every way in which they end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE

from office import deadlines
from office.calendar import OFFICE_TZ
from office.models import Deadline, Matter, Notice, RegisterQuerySet, Subgroup
from office.permissions import carries_it
from office.steps import Act, staff, step
from parliament.models.answer_state import NOT_GIVEN, UNCLOSED, AnswerState
from parliament.models.draft import AnswerDraft
from parliament.models.houses import Session
from parliament.models.request import AgencyRequest
from parliament.models.sitting import SittingSteps

State = AnswerState

PATH: Final = (Deadline.Kind.REFERRAL, Deadline.Kind.DRAFT, Deadline.Kind.CHECK, Deadline.Kind.ORDER)
"""What the states on the way to the approved text owe."""


class AnsweringQuerySet(RegisterQuerySet):
    """Interpellations or motions in the words of the office."""

    subgroup = Subgroup.Code.POLITICS
    kinds = (Matter.Kind.INTERPELLATION, Matter.Kind.MOTION)


class AnsweringSteps(SittingSteps):
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
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)
    answered_by = models.CharField(_("answered by"), max_length=200, blank=True)
    transferred_to = models.CharField(_("transferred to"), max_length=200, blank=True)

    class Meta:
        abstract = True

    chamber: Any
    result: Any
    get_result_display: Callable[[], str]
    Result: ClassVar[Any]

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
