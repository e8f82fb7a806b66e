"""What every matter of the petitions subgroup has besides what all matters have: its states, and legal hold."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.models.state import State
from office.carrying import ANY_STATE, CarriedMatter, StateField
from office.models import Notice
from office.permissions import is_head_of_it
from office.steps import Act, staff, step


class CarryingSteps(CarriedMatter):
    """A matter of the petitions subgroup: the one state it is in, and whether it is kept as evidence."""

    state = StateField(_("state"), choices=State, default=State.RECEIVED)
    came_from = models.CharField(
        max_length=20, blank=True, editable=False, help_text=_("The state to return to after a pause.")
    )
    locked_at = models.DateTimeField(_("kept as evidence since"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_closed(self) -> bool:
        return self.state == State.CLOSED

    @property
    def is_locked(self) -> bool:
        """Kept as evidence (legal hold): nothing may end it or rewrite what was registered."""
        return self.locked_at is not None

    @step(
        field="state",
        source=ANY_STATE,
        target=None,
        allowed=staff(is_head_of_it),
        verb=_("Keep as evidence"),
        done=_("Kept as evidence"),
        conditions=[lambda matter: not matter.is_locked],
        rank=120,
        needs_reason=True,
    )
    def lock(self, act: Act) -> None:
        """The head has the matter kept as it is, for a court or an inquiry; a closed one too. Its work goes on."""
        self.locked_at = act.now
        act.tell([self.owner], Notice.Kind.STEP_TAKEN, act.reason)

    @step(
        field="state",
        source=ANY_STATE,
        target=None,
        allowed=staff(is_head_of_it),
        verb=_("No longer keep as evidence"),
        done=_("No longer kept as evidence"),
        conditions=[lambda matter: matter.is_locked],
        rank=120,
        needs_reason=True,
    )
    def unlock(self, act: Act) -> None:
        """The head lifts it when court or inquiry need the matter no longer."""
        self.locked_at = None
        act.tell([self.owner], Notice.Kind.STEP_TAKEN, act.reason)
