"""Summary, opinion and order on a foreign document, and its end: answered, filed, closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE

from office import deadlines
from office.calendar import OFFICE_TZ
from office.documents import Upload, attach
from office.models import Deadline, Document, Notice
from office.permissions import carries_it, is_executive, is_head_of_it, may_take_it
from office.steps import Act, staff, step
from publicrelations.models.foreign_state import (
    BEFORE_ORDER,
    ForeignOutcome,
    ForeignScreening,
    ForeignState,
)
from publicrelations.models.foreign_translating import ForeignTranslatingSteps
from publicrelations.models.to_minister import Decision
from publicrelations.models.translation import LONGEST_TEXT

State = ForeignState


class ForeignOpinionSteps(ForeignTranslatingSteps):
    """The part of a foreign document's path from its summary to its closing."""

    summary = models.TextField(_("summary"), max_length=10000, blank=True)
    opinion = models.TextField(_("opinion"), max_length=10000, blank=True)
    answer_by = models.DateField(_("answer wanted by"), null=True, blank=True)
    is_to_be_answered = models.BooleanField(_("to be answered"), default=False)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer_reference = models.CharField(_("number of our answer"), max_length=100, blank=True)
    answer_text = models.TextField(_("our answer"), max_length=LONGEST_TEXT, blank=True)
    filed_where = models.CharField(_("filed where"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def back_to_writer(self, act: Act) -> str:
        """What was screened away is screened anew, else the summary is written anew."""
        if not self.is_for_minister:
            self.screening = self.screening_note = ""
            self.passed_to = None
            self.promise_now(act, Deadline.Kind.SCREEN, self.owner)
            return State.RECEIVED
        self.promise_now(act, Deadline.Kind.SUMMARISE, self.owner)
        return State.SUMMARISING

    def owe_after_decision(self, act: Act) -> None:
        """The answer or the filing; a day by which the sender wants it was promised at its receipt."""
        if not Deadline.objects.unmet().filter(matter_id=self.pk, kind=Deadline.Kind.REPLY).exists():
            self.promise_now(act, Deadline.Kind.REPLY, self.owner)

    @step(
        field="state",
        source=State.SUMMARISING,
        target=None,
        allowed=staff(carries_it | may_take_it),
        verb=_("Save draft"),
        done=_("Draft saved"),
        rank=15,
    )
    def save_draft(self, act: Act, *, summary: str = "", opinion: str = "") -> None:
        """Keep what is written so far; the clock runs on."""
        self._take_on(act)
        self.summary, self.opinion = summary, opinion

    @step(
        field="state",
        source=State.SUMMARISING,
        target=State.CHECKING,
        allowed=staff(carries_it | may_take_it),
        verb=_("Put to the head"),
        done=_("Summarised with an opinion"),
        rank=10,
    )
    def summarise(self, act: Act, *, summary: str, opinion: str) -> None:
        """The officer puts summary and opinion to the head."""
        self._take_on(act)
        self.summary, self.opinion = summary, opinion
        deadlines.keep(self, Deadline.Kind.SUMMARISE, now=act.now)
        self._put_to_head(act)

    @step(
        field="state",
        source=State.ON_DESK,
        target=State.ORDERED,
        allowed=staff(is_executive),
        verb=_("Give the order"),
        done=_("Ordered"),
        rank=10,
    )
    def order(self, act: Act, *, order_text: str, is_to_be_answered: bool = False) -> None:
        """One in authority approves what is proposed, or orders otherwise; and says whether the sender is answered."""
        self.is_to_be_answered = is_to_be_answered
        self._decide(act, Decision.ORDER, order_text)

    # ── Answered or filed ───────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=State.ORDERED,
        target=State.SETTLED,
        allowed=staff(carries_it),
        verb=_("Record the answer"),
        done=_("Sender answered"),
        rank=10,
    )
    def answer(
        self,
        act: Act,
        *,
        answered_on: date,
        answer_reference: str = "",
        answer_text: str = "",
        files: Sequence[Upload] = (),
    ) -> None:
        """The answer has left: its day, its number, and what it says as text or file."""
        self._refuse_wrong_day(act, answered_on)
        if not answer_text.strip() and not files:
            raise ValidationError({"answer_text": gettext("Write what was answered, or attach the letter.")})
        self.answered_on, self.answer_reference, self.answer_text = answered_on, answer_reference, answer_text
        added = attach(self, files, source=Document.Source.OFFICE, added_by=act.actor.user, now=act.now)
        if added:
            act.changes["files"] = ["", ", ".join(document.name for document in added)]
        today = act.now.astimezone(OFFICE_TZ).date()
        decided = self.decided_at or act.now
        at = act.now if answered_on == today else max(act.calendar.closing_of(answered_on), decided)
        deadlines.keep(self, Deadline.Kind.REPLY, now=at)
        self._settle(act, ForeignOutcome.ANSWERED)

    def _refuse_wrong_day(self, act: Act, answered_on: date) -> None:
        if answered_on > act.now.astimezone(OFFICE_TZ).date():
            raise ValidationError({"answered_on": gettext("This day is still to come.")})
        if self.decided_at and answered_on < self.decided_at.astimezone(OFFICE_TZ).date():
            raise ValidationError({"answered_on": gettext("Nobody is answered before it was decided.")})

    @step(
        field="state",
        source=State.ORDERED,
        target=State.SETTLED,
        allowed=staff(carries_it),
        verb=_("File it"),
        done=_("Filed"),
        rank=30,
    )
    def file(self, act: Act, *, filed_where: str) -> None:
        """No answer is to be given: it is put away, and found there. One that was to be answered says so with it."""
        if self.is_to_be_answered:
            raise ValidationError(gettext("The order is to answer the sender. Record the answer."))
        self.filed_where = filed_where
        self._let_rest(act, Deadline.Kind.REPLY)
        self._settle(act, ForeignOutcome.FILED)

    def _settle(self, act: Act, outcome: ForeignOutcome) -> None:
        self.outcome = outcome
        self.promise_now(act, Deadline.Kind.CLOSE, self.owner)

    # ── The end ─────────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=State.SETTLED,
        target=State.CLOSED,
        allowed=staff(carries_it),
        verb=_("Close"),
        done=_("Matter closed"),
        rank=10,
        held_by_lock=True,
    )
    def close(self, act: Act) -> None:
        """Everything about it is done and its file complete."""
        self.closed_at = act.now
        deadlines.keep(self, Deadline.Kind.CLOSE, now=act.now)

    @step(
        field="state",
        source=BEFORE_ORDER,
        target=State.CLOSED,
        allowed=staff(is_head_of_it),
        verb=_("Take out of the register"),
        done=_("Taken out of the register"),
        rank=97,
        held_by_lock=True,
        needs_reason=True,
    )
    def withdraw(self, act: Act) -> None:
        """The sender took it back, or it had been registered twice; its number stays used. What is late stays late."""
        deadlines.settle(self, now=act.now, late_reason=act.reason)
        self.outcome, self.closed_at = ForeignOutcome.WITHDRAWN, act.now
        act.tell([self.owner], Notice.Kind.STEP_TAKEN, act.reason)

    @step(
        field="state",
        source=[State.SETTLED, State.CLOSED],
        target=RETURN_VALUE(State.RECEIVED, State.ORDERED),
        allowed=staff(carries_it),
        verb=_("Reopen"),
        done=_("Reopened"),
        rank=96,
        held_by_lock=True,
        needs_reason=True,
    )
    def reopen(self, act: Act) -> State:
        """It goes on for a reason: what was decided is answered or filed anew, anything else is screened anew."""
        self._let_rest(act, Deadline.Kind.CLOSE)
        self.outcome, self.closed_at = "", None
        act.tell([self.owner, *self._heads()], Notice.Kind.YOUR_TURN, act.reason)
        if self.decided_at is not None:
            self.promise_now(act, Deadline.Kind.REPLY, self.owner)
            return State.ORDERED
        self.screening = self.screening_note = ""
        self.passed_to = None
        for kind in (Deadline.Kind.SCREEN, Deadline.Kind.TO_MINISTER):
            self.promise_now(act, kind, self.owner)
        return State.RECEIVED

    @property
    def is_of_concern(self) -> bool:
        """Screened as ours: it has a summary and an opinion, or will have."""
        return self.screening == ForeignScreening.OURS
