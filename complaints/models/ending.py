"""Closing a petition, every other way in which one ends, and going on after its end."""

from __future__ import annotations

from typing import Any

import rules
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.petitioner_steps import PetitionerSteps
from complaints.models.state import BEFORE_TOLD, State
from office import deadlines
from office.models import Deadline, Matter, Notice, User
from office.permissions import carries_it, is_head_of_it
from office.steps import Act, staff, step

# Results that have a step of their own, and its consequences, or stand in an old register only; nobody closes with
# them by hand.
ENDED_OTHERWISE = ("transferred", "given_back", "withdrawn", "joined", "not_recorded")


@rules.predicate
def is_decided(user: User, matter: Matter) -> bool:
    """One in authority has given an order or taken note."""
    return bool(matter.decision)  # type: ignore[attr-defined]


def _came_from_a_body(petition: Any) -> bool:
    return petition.channel in (petition.Channel.POLITICIAN, petition.Channel.AGENCY)


# Before one in authority has decided, sending a petition away is the head's to answer for.
may_send_away = is_head_of_it | (carries_it & is_decided)


class EndingSteps(PetitionerSteps):
    """The part of a petition's path that leads to its end."""

    class Meta:
        abstract = True

    @step(
        field="state",
        source=State.INFORMED,
        target=State.CLOSED,
        allowed=staff(carries_it),
        verb=_("Close"),
        done=_("Matter closed"),
        rank=10,
        held_by_lock=True,
    )
    def close(self, act: Act, *, result: str) -> None:
        """The matter ends with a result; nothing is owed any more."""
        if result in ENDED_OTHERWISE:
            raise ValidationError({"result": gettext("This result has a step of its own.")})
        self.result, self.closed_at = result, act.now
        deadlines.keep(self, Deadline.Kind.CLOSE, now=act.now)

    @step(
        field="state",
        source=BEFORE_TOLD,
        target=State.CLOSED,
        allowed=staff(carries_it),
        verb=_("Record the withdrawal"),
        done=_("Withdrawn by the petitioner"),
        rank=97,
        held_by_lock=True,
        needs_reason=True,
    )
    def withdraw(self: Any, act: Act, *, told_text: str = "", late_reason: str = "") -> None:
        """The petitioner takes the petition back; the reason is what they said. The head is told, and so are they."""
        self.end(act, self.Result.WITHDRAWN, late_reason=late_reason)
        self._tell_petitioner(act, told_text)

    @step(
        field="state",
        source=BEFORE_TOLD,
        target=State.CLOSED,
        allowed=staff(may_send_away),
        verb=_("Transfer to another ministry"),
        done=_("Transferred to another ministry"),
        rank=98,
        held_by_lock=True,
        needs_reason=True,
    )
    def transfer(self: Any, act: Act, *, to: str, told_text: str, late_reason: str = "") -> None:
        """Another ministry is in charge and gets the matter; the petitioner is told which."""
        if not to.strip():
            raise ValidationError({"to": gettext("Write the name of the ministry.")})
        self.end(act, self.Result.TRANSFERRED, late_reason=late_reason)
        self.transferred_to = to
        act.changes["transferred_to"] = ["", to]
        self._tell_petitioner(act, told_text)

    @step(
        field="state",
        source=BEFORE_TOLD,
        target=State.CLOSED,
        allowed=staff(may_send_away),
        verb=_("Give back to the sender"),
        done=_("Given back to its sender"),
        conditions=[_came_from_a_body],
        rank=99,
        held_by_lock=True,
        needs_reason=True,
    )
    def give_back(self: Any, act: Act, *, told_text: str = "", late_reason: str = "") -> None:
        """What a politician or an agency passed on goes back to them, for a reason."""
        self.end(act, self.Result.GIVEN_BACK, late_reason=late_reason)
        self._tell_petitioner(act, told_text)

    def end(self, act: Act, result: str, *, late_reason: str = "") -> None:
        """A petition ends before its path does: agencies and petitioner need answer no more, nothing is owed.

        What the office is late with at that moment is not taken back: it is kept now, too late, and needs the reason
        that the monthly report asks for.
        """
        from complaints.models.referral import Referral

        if not late_reason.strip() and deadlines.late_of_ours(self, act.now).exists():
            raise ValidationError(
                {"late_reason": gettext("It is late: write why, the monthly report asks for it.")}
            )
        Referral.take_back_all(self.pk, now=act.now)
        self._take_back_questions(act)
        deadlines.settle(self, now=act.now, late_reason=late_reason)
        self.result, self.closed_at, self.came_from = result, act.now, ""
        act.tell([self.owner, *self._heads()], Notice.Kind.STEP_TAKEN, act.reason)

    @step(
        field="state",
        source=State.CLOSED,
        target=State.RETURNED,
        allowed=staff(carries_it),
        verb=_("Reopen"),
        done=_("Reopened"),
        rank=40,
        held_by_lock=True,
    )
    def reopen(self, act: Act) -> None:
        """A closed matter goes on, for a reason; what was promised and kept before stays as it was."""
        self.closed_at = None
        self._owe_again(act)
        act.tell([self.owner, *self._heads()], Notice.Kind.YOUR_TURN, act.reason)

    def _owe_again(self, act: Act) -> None:
        """What a reopened petition owes first: a revision, or the opinion that was never put because it ended before.

        That one goes on with the time it had left: nobody gains time by ending a petition and opening it again.
        """
        opinions = self.deadlines.filter(kind=Deadline.Kind.OPINION).order_by("pk")
        unput = None if opinions.filter(dropped_at=None).exists() else opinions.last()
        if unput is None:
            self.promise_now(act, Deadline.Kind.REVISION, self.owner)
        else:
            deadlines.go_on(self, unput, now=act.now, calendar=act.calendar, responsible=self.owner)
