"""Opinion, head's check and the minister's order on a consultation: its way up to the desk, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE

from office import deadlines
from office.models import Deadline, Notice, Role, User
from office.permissions import carries_it, is_executive, is_head_of_it, may_take_it
from office.steps import Act, staff, step
from parliament.models.consultation_state import TO_ANSWER, WITH_OFFICER, ConsultationState
from parliament.models.screening import ScreeningSteps, is_sent_away

if TYPE_CHECKING:
    from django.db.models import ForeignKey

State = ConsultationState


def is_ours(consultation: ScreeningSteps) -> bool:
    """Accepted: its opinion goes to the minister's desk."""
    return not is_sent_away(consultation)


class ConsultationOpinionSteps(ScreeningSteps):
    """The part of a consultation's path on which an opinion becomes an order."""

    class Decision(models.TextChoices):
        ORDER = "order", _("Ordered")
        NOTE = "note", _("Noted")

    summary = models.TextField(_("summary"), max_length=10000, blank=True)
    opinion = models.TextField(_("opinion"), max_length=10000, blank=True)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, blank=True)
    order_text = models.TextField(_("order"), max_length=4000, blank=True)
    decided_by: ForeignKey[User | None, User | None] = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True

    def back_with_officer(self) -> ConsultationState:
        """Where the opinion is written anew: with an agency's facts in hand, or without."""
        answered = self.agency_requests.filter(answered_at__isnull=False).exists()
        return State.ANSWERED if answered else State.SCREENED

    @step(
        field="state",
        source=WITH_OFFICER,
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
        source=TO_ANSWER,
        target=State.CHECKING,
        allowed=staff(carries_it | may_take_it),
        verb=_("Put to the head"),
        done=_("Summarised with an opinion"),
        rank=10,
    )
    def summarise(self, act: Act, *, summary: str, opinion: str) -> None:
        """The officer puts summary and opinion to the head; no agency need have been asked."""
        self._take_on(act)
        self.summary, self.opinion = summary, opinion
        deadlines.keep(self, Deadline.Kind.OPINION, now=act.now)
        self.promise_now(act, Deadline.Kind.CHECK, self.first_head())
        act.tell(self._heads(), Notice.Kind.YOUR_TURN)

    @step(
        field="state",
        source=State.CHECKING,
        target=RETURN_VALUE(State.RECEIVED, State.SCREENED, State.ANSWERED),
        allowed=staff(is_head_of_it),
        verb=_("Send back"),
        done=_("Sent back by the head"),
        rank=40,
        needs_reason=True,
    )
    def send_back(self, act: Act) -> ConsultationState:
        """The head sends the opinion back to be written anew, or the screening to be done anew, and says why."""
        deadlines.keep(self, Deadline.Kind.CHECK, now=act.now)
        act.tell([self.owner], Notice.Kind.YOUR_TURN, act.reason)
        if is_sent_away(self):
            self.screening = self.passed_to = ""
            self.promise_now(act, Deadline.Kind.SCREEN, self.owner)
            return State.RECEIVED
        self.promise_now(act, Deadline.Kind.OPINION, self.owner)
        return self.back_with_officer()

    @step(
        field="state",
        source=State.CHECKING,
        target=State.ON_DESK,
        allowed=staff(is_head_of_it),
        verb=_("Put to the executive"),
        done=_("Checked and put to the executive"),
        conditions=[is_ours],
        rank=10,
    )
    def submit(self, act: Act, *, to: User) -> None:
        """The head puts the opinion on the desk of one in authority."""
        if not to.has_role(Role.EXECUTIVE):
            raise ValidationError({"to": gettext("Choose one in authority.")})
        deadlines.keep(self, Deadline.Kind.CHECK, now=act.now)
        self.promise_now(act, Deadline.Kind.ORDER, to)
        act.tell([to], Notice.Kind.YOUR_TURN)

    @step(
        field="state",
        source=State.ON_DESK,
        target=State.ORDERED,
        allowed=staff(is_executive),
        verb=_("Give the order"),
        done=_("Ordered"),
        rank=10,
    )
    def order(self, act: Act, *, order_text: str) -> None:
        """One in authority decides what the raiser is answered; then both are told the result."""
        self._decide(act, self.Decision.ORDER, order_text)

    @step(
        field="state",
        source=State.ON_DESK,
        target=State.ORDERED,
        allowed=staff(is_executive),
        verb=_("Take note"),
        done=_("Noted"),
        rank=30,
    )
    def note(self, act: Act, *, order_text: str = "") -> None:
        """One in authority takes note of the opinion as it is."""
        self._decide(act, self.Decision.NOTE, order_text)

    def _decide(self, act: Act, decision: str, order_text: str) -> None:
        self.decision, self.order_text = decision, order_text
        self.decided_at, self.decided_by = act.now, act.actor.user
        deadlines.keep(self, Deadline.Kind.ORDER, now=act.now)
        act.tell([self.owner, *self._heads()], Notice.Kind.YOUR_TURN)

    @step(
        field="state",
        source=State.ON_DESK,
        target=RETURN_VALUE(State.SCREENED, State.ANSWERED),
        allowed=staff(is_executive),
        verb=_("Return with remarks"),
        done=_("Returned by the executive"),
        rank=40,
        needs_reason=True,
    )
    def return_with_remarks(self, act: Act) -> ConsultationState:
        """One in authority wants the opinion revised and says why; what was promised to both runs on."""
        deadlines.keep(self, Deadline.Kind.ORDER, now=act.now)
        self.promise_now(act, Deadline.Kind.OPINION, self.owner)
        act.tell([self.owner, *self._heads()], Notice.Kind.YOUR_TURN, act.reason)
        return self.back_with_officer()
