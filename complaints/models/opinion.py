"""Summary, opinion, check and order: the steps by which a matter reaches the one in authority and comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.pausing import PausingSteps
from complaints.models.state import UNCLOSED, WITH_OFFICER, State
from office import deadlines
from office.models import Deadline, Notice, Role, User
from office.permissions import carries_it, is_executive, is_head_of_it, may_take_it
from office.steps import Act, staff, step

if TYPE_CHECKING:
    from complaints.models.category import Category


class OpinionSteps(PausingSteps):
    """The part of a path that petitions and related matters share: opinion, head's check, order."""

    class Decision(models.TextChoices):
        ORDER = "order", _("Ordered")
        NOTE = "note", _("Noted")

    OWED_AFTER: dict[str, str]
    """What each decision makes the officer owe."""
    CORRECTABLE: tuple[str, ...]
    """The registered facts that may be corrected."""

    summary = models.TextField(_("summary"), max_length=10000, blank=True)
    opinion = models.TextField(_("opinion"), max_length=10000, blank=True)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, blank=True)
    order_text = models.TextField(_("order"), max_length=4000, blank=True)

    class Meta:
        abstract = True

    def opinion_deadline(self) -> Deadline | None:
        """The promise the reports count, the unmet revision of a sent-back one first."""
        return (
            self.deadlines.unmet()
            .filter(kind__in=[Deadline.Kind.OPINION, Deadline.Kind.REVISION])
            .order_by("due_at")
            .first()
        )

    @step(
        field="state",
        source=UNCLOSED,
        target=None,
        allowed=staff(carries_it),
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

    @step(
        field="state",
        source=WITH_OFFICER,
        target=None,
        allowed=staff(carries_it | may_take_it),
        verb=_("Save draft"),
        done=_("Draft saved"),
        rank=15,
    )
    def save_draft(
        self, act: Act, *, summary: str = "", opinion: str = "", category: Category | None = None
    ) -> None:
        """Keep what is written so far; the clock runs on."""
        self._write_opinion(act, summary, opinion, category)

    @step(
        field="state",
        source=WITH_OFFICER,
        target=State.SUMMARISED,
        allowed=staff(carries_it | may_take_it),
        verb=_("Put to the head"),
        done=_("Summarised with an opinion"),
        rank=10,
    )
    def summarise(self, act: Act, *, summary: str, opinion: str, category: Category | None = None) -> None:
        """The officer puts summary and opinion to the head. The promise is kept only when it reaches the executive."""
        self._write_opinion(act, summary, opinion, category)
        heads = self._heads()
        for kind in (Deadline.Kind.OPINION, Deadline.Kind.REVISION):
            deadlines.hand_over(self, kind, responsible=heads[0] if heads else self.owner)
        act.tell(heads, Notice.Kind.YOUR_TURN)

    def was_given(self, name: str, given: dict[str, Any]) -> bool:
        """The summary and opinion of a second window are never taken for those of the first."""
        if name not in ("save_draft", "summarise"):
            return super().was_given(name, given)
        return all(getattr(self, key) == given.get(key, "") for key in ("summary", "opinion"))

    def _write_opinion(self, act: Act, summary: str, opinion: str, category: Category | None) -> None:
        if self.owner_id is None:
            self._give_to(act, act.actor.user)
        self.summary, self.opinion, self.category = summary, opinion, category

    @step(
        field="state",
        source=State.SUMMARISED,
        target=State.SUBMITTED,
        allowed=staff(is_head_of_it),
        verb=_("Put to the executive"),
        done=_("Checked and put to the executive"),
        rank=10,
    )
    def submit(self, act: Act, *, to: User, late_reason: str = "") -> None:
        """The head passes the opinion to one in authority: here the promise of 1 working day is kept or broken."""
        promise = self.opinion_deadline()
        if promise and promise.is_late(act.now) and not late_reason:
            raise ValidationError(
                {"late_reason": gettext("It is late: write why, the monthly report asks for it.")}
            )
        if not to.has_role(Role.EXECUTIVE):
            raise ValidationError({"to": gettext("Choose one in authority.")})
        for kind in (Deadline.Kind.OPINION, Deadline.Kind.REVISION):
            deadlines.keep(self, kind, now=act.now, late_reason=late_reason)
        self.promise_now(act, Deadline.Kind.ORDER, to)
        act.tell([to], Notice.Kind.YOUR_TURN)

    @step(
        field="state",
        source=State.SUMMARISED,
        target=State.RETURNED,
        allowed=staff(is_head_of_it),
        verb=_("Send back"),
        done=_("Sent back by the head"),
        rank=40,
    )
    def send_back(self, act: Act) -> None:
        """The head sends the opinion back with a reason; the clock of the first promise runs on."""
        for kind in (Deadline.Kind.OPINION, Deadline.Kind.REVISION):
            deadlines.hand_over(self, kind, responsible=self.owner)
        act.tell([self.owner], Notice.Kind.YOUR_TURN, act.reason)

    @step(
        field="state",
        source=State.SUBMITTED,
        target=State.ORDERED,
        allowed=staff(is_executive),
        verb=_("Give the order"),
        done=_("Ordered"),
        rank=10,
    )
    def order(self, act: Act, *, order_text: str) -> None:
        """One in authority decides; the officer carries the order out: of a petition, hands it to the agencies."""
        self._decide(act, self.Decision.ORDER, order_text)

    @step(
        field="state",
        source=State.SUBMITTED,
        target=State.ORDERED,
        allowed=staff(is_executive),
        verb=_("Take note"),
        done=_("Noted"),
        rank=30,
    )
    def note(self, act: Act, *, order_text: str = "") -> None:
        """One in authority takes note: of a petition, the petitioner is told without asking an agency."""
        self._decide(act, self.Decision.NOTE, order_text)

    def _decide(self, act: Act, decision: str, order_text: str) -> None:
        self.decision, self.order_text = decision, order_text
        deadlines.keep(self, Deadline.Kind.ORDER, now=act.now)
        self.promise_now(act, self.OWED_AFTER[decision], self.owner)
        act.tell([self.owner, *self._heads()], Notice.Kind.YOUR_TURN)

    @step(
        field="state",
        source=State.SUBMITTED,
        target=State.RETURNED,
        allowed=staff(is_executive),
        verb=_("Return for revision"),
        done=_("Returned by the executive"),
        rank=40,
    )
    def return_for_revision(self, act: Act) -> None:
        """One in authority wants the opinion revised, and says why; a new promise begins, the kept one stays kept."""
        deadlines.keep(self, Deadline.Kind.ORDER, now=act.now)
        self.promise_now(act, Deadline.Kind.REVISION, self.owner)
        act.tell([self.owner, *self._heads()], Notice.Kind.YOUR_TURN, act.reason)
