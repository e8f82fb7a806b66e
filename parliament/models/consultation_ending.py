"""The end of a consultation: closed when both know, withdrawn before that, and gone on with after it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE

from office import deadlines
from office.models import Deadline, Notice
from office.permissions import carries_it
from office.steps import Act, staff, step
from parliament.models.both_told import BothToldSteps
from parliament.models.consultation_state import (
    BEFORE_TOLD,
    ConsultationResult,
    ConsultationState,
    Screening,
)
from parliament.models.request import AgencyRequest

State = ConsultationState


class ConsultationEndingSteps(BothToldSteps):
    """The last part of a consultation's path."""

    class Meta:
        abstract = True

    def told_late_without_reason(self) -> Deadline | None:
        """The promise that both are told, if it was kept too late and why stands nowhere."""
        told = Deadline.objects.filter(matter_id=self.pk, kind=Deadline.Kind.BOTH_TOLD, dropped_at=None)
        last = told.order_by("-pk").first()
        if last is None or last.met_at is None or last.late_reason:
            return None
        return last if last.is_late(last.met_at) else None

    @step(
        field="state",
        source=State.TOLD,
        target=State.CLOSED,
        allowed=staff(carries_it),
        verb=_("Close"),
        done=_("Matter closed"),
        rank=10,
        held_by_lock=True,
    )
    def close(self, act: Act, *, result: str, late_reason: str = "") -> None:
        """Both have been told: the consultation ends with a result. Where an executive's press or an e-mail kept the
        promise too late, nobody has been asked why before."""
        if result == ConsultationResult.WITHDRAWN:
            raise ValidationError({"result": gettext("This result has a step of its own.")})
        if unexplained := self.told_late_without_reason():
            if not late_reason.strip():
                raise ValidationError(
                    {"late_reason": gettext("It is late: write why, the report asks for it.")}
                )
            Deadline.objects.filter(pk=unexplained.pk).update(late_reason=late_reason)
        self.result, self.closed_at = result, act.now
        deadlines.keep(self, Deadline.Kind.CLOSE, now=act.now)

    @step(
        field="state",
        source=BEFORE_TOLD,
        target=State.CLOSED,
        allowed=staff(carries_it),
        verb=_("Record the withdrawal"),
        done=_("Withdrawn by the raiser"),
        rank=97,
        held_by_lock=True,
        needs_reason=True,
    )
    def withdraw(self, act: Act, *, late_reason: str = "") -> None:
        """The raiser takes it back; nobody need answer any more. What is late by then stays late, with its reason."""
        self._explain_lateness(late_reason, at=act.now)
        promise = Deadline.objects.unmet().filter(matter_id=self.pk, kind=Deadline.Kind.BOTH_TOLD).first()
        AgencyRequest.take_back_all(self.pk, now=act.now)
        deadlines.settle(
            self, now=act.now, late_reason=late_reason or (promise.late_reason if promise else "")
        )
        if self.raiser_mail_at:
            Notice.objects.filter(once_key=self.mail_key, sent_at=None).delete()
        self.result, self.closed_at = ConsultationResult.WITHDRAWN, act.now
        act.tell([self.owner, *self._heads()], Notice.Kind.STEP_TAKEN, act.reason)

    @step(
        field="state",
        source=State.CLOSED,
        target=RETURN_VALUE(State.RECEIVED, State.SCREENED, State.ANSWERED),
        allowed=staff(carries_it),
        verb=_("Reopen"),
        done=_("Reopened"),
        rank=40,
        held_by_lock=True,
        needs_reason=True,
    )
    def reopen(self, act: Act) -> ConsultationState:
        """It goes on for a reason, and both are owed its new result; what they were told, and how, stands in the
        history."""
        self.result, self.closed_at, self.decided_at, self.decided_by = "", None, None, None
        self.decision = self.order_text = ""
        self.told_text = self.raiser_line = self.minister_line = ""
        for whom in ("raiser", "minister"):
            setattr(self, f"{whom}_told_at", None)
            setattr(self, f"{whom}_told_evidence", None)
            setattr(self, f"{whom}_told_way", "")
            setattr(self, f"{whom}_told_note", "")
        self.raiser_mail_at = None
        self.promise_now(act, Deadline.Kind.BOTH_TOLD, self.owner)
        act.tell([self.owner, *self._heads()], Notice.Kind.YOUR_TURN, act.reason)
        if self.screening != Screening.ACCEPTED:
            self.screening = self.passed_to = ""
            self.promise_now(act, Deadline.Kind.SCREEN, self.owner)
            return State.RECEIVED
        self.promise_now(act, Deadline.Kind.OPINION, self.owner)
        return self.back_with_officer()
