"""Telling the petitioner, closing, and every other way in which a petition ends or goes on after its end."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from complaints.models.agency_steps import AgencySteps
from complaints.models.state import State
from office import deadlines
from office.models import Deadline, Notice
from office.notices import write_outside
from office.permissions import carries_it
from office.steps import Act, staff, step


class EndingSteps(AgencySteps):
    """The part of a petition's path that leads to its end."""

    class Meta:
        abstract = True

    @step(
        field="state",
        source=[State.ORDERED, State.ANSWERED],
        target=State.INFORMED,
        allowed=staff(carries_it),
        verb=_("Tell the petitioner"),
        done=_("Petitioner told"),
        rank=11,
    )
    def inform(self, act: Act, *, told_text: str) -> None:
        """The petitioner is told: on the follow-up page, and by e-mail when there is an address."""
        self.told_text = told_text
        deadlines.keep(self, Deadline.Kind.INFORM, now=act.now)
        deadlines.drop(self, Deadline.Kind.REFERRAL, now=act.now)
        self.promise_now(act, Deadline.Kind.CLOSE, self.owner)
        person = getattr(self, "petitioner", None)
        if person and person.email:
            write_outside(
                Notice.Kind.PETITIONER_RESULT,
                once=f"petition:{self.pk}:told:{self.version}",
                now=act.now,
                matter=self,
                subject_id=self.pk,
            )

    @step(
        field="state",
        source=State.INFORMED,
        target=State.CLOSED,
        allowed=staff(carries_it),
        verb=_("Close"),
        done=_("Closed"),
        rank=10,
    )
    def close(self, act: Act, *, result: str) -> None:
        """The matter ends with a result; nothing is owed any more."""
        self.result, self.closed_at = result, act.now
        deadlines.keep(self, Deadline.Kind.CLOSE, now=act.now)

    @step(
        field="state",
        source=State.CLOSED,
        target=State.RETURNED,
        allowed=staff(carries_it),
        verb=_("Reopen"),
        done=_("Reopened"),
        rank=40,
    )
    def reopen(self, act: Act) -> None:
        """A closed matter goes on, for a reason; what was promised and kept before stays as it was."""
        self.closed_at = None
        self.promise_now(act, Deadline.Kind.REVISION, self.owner)
        act.tell([self.owner, *self._heads()], Notice.Kind.YOUR_TURN, act.reason)
