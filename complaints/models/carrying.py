"""What every matter of the subgroup has in common: who carries it, its files, and the promises it owes."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin

from complaints.models.state import UNCLOSED, State
from office import deadlines
from office.documents import Upload, attach
from office.models import Deadline, Document, Matter, Notice, Role, User
from office.permissions import (
    carries_it,
    has_nobody_in_charge,
    is_head_of_it,
    may_hand_over,
    may_take_it,
)
from office.steps import Act, staff, step


class CarryingSteps(FSMModelMixin, Matter):
    """A matter of the subgroup: the one state it is in, and the steps that are open whatever it is about."""

    matter = models.OneToOneField(Matter, models.CASCADE, parent_link=True, primary_key=True)
    state = FSMField(_("state"), max_length=20, choices=State, default=State.RECEIVED, protected=True)
    came_from = models.CharField(
        max_length=20, blank=True, editable=False, help_text=_("The state to return to after a pause.")
    )
    locked_at = models.DateTimeField(_("kept as evidence since"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_locked(self) -> bool:
        """Kept as evidence (legal hold): nothing may end it or rewrite what was registered."""
        return self.locked_at is not None

    def promise_now(self, act: Act, kind: str, responsible: User | None) -> Deadline:
        """What the state that begins owes, counted from this step."""
        return deadlines.promise(self, kind, start=act.now, calendar=act.calendar, responsible=responsible)

    def _heads(self) -> Sequence[User]:
        return list(User.objects.heads_of(self.subgroup_id))

    @step(
        field="state",
        source=UNCLOSED,
        target=None,
        allowed=staff(may_take_it),
        verb=_("Take"),
        done=_("Taken on"),
        rank=20,
        together=True,
    )
    def take(self, act: Act) -> None:
        """An officer of the subgroup takes a matter that nobody carries."""
        self._give_to(act, act.actor.user)

    @step(
        field="state",
        source=UNCLOSED,
        target=None,
        allowed=staff(is_head_of_it),
        verb=_("Assign"),
        done=_("Assigned"),
        rank=91,
        together=True,
    )
    def assign(self, act: Act, *, to: User) -> None:
        """The head gives the matter to an officer of the subgroup."""
        self._refuse_strangers(to)
        self._give_to(act, to)
        act.tell([to], Notice.Kind.YOUR_TURN)

    @step(
        field="state",
        source=UNCLOSED,
        target=None,
        allowed=staff(may_hand_over),
        verb=_("Hand over to a colleague"),
        done=_("Handed over to a colleague"),
        rank=93,
        needs_reason=True,
    )
    def hand_over(self, act: Act, *, to: User) -> None:
        """The officer in charge gives the matter to a colleague of the subgroup and says why."""
        self._refuse_strangers(to)
        if to.pk == self.owner_id:
            raise ValidationError({"to": gettext("This officer has the matter already.")})
        self._give_to(act, to)
        act.tell([to], Notice.Kind.YOUR_TURN, act.reason)
        act.tell([head for head in self._heads() if head != to], Notice.Kind.STEP_TAKEN, act.reason)

    @step(
        field="state",
        source=UNCLOSED,
        target=None,
        allowed=staff(carries_it & ~has_nobody_in_charge),
        verb=_("Give up"),
        done=_("Given up, nobody in charge"),
        rank=94,
        needs_reason=True,
    )
    def release(self, act: Act) -> None:
        """Whoever carries it gives it back to nobody and says why; the heads find somebody else."""
        self._give_to(act, None)
        act.tell(self._heads(), Notice.Kind.YOUR_TURN, act.reason)

    def _refuse_strangers(self, to: User) -> None:
        is_of_it = to.subgroup_id == self.subgroup_id and (
            to.has_role(Role.OFFICER) or to.has_role(Role.HEAD)
        )
        if not (is_of_it and to.is_active):
            raise ValidationError({"to": gettext("Choose an officer of the subgroup.")})

    def _give_to(self, act: Act, officer: User | None) -> None:
        act.pass_on(self, officer)
        self.owner = officer

    @step(
        field="state",
        source=list(State),
        target=None,
        allowed=staff(carries_it),
        verb=_("Attach files"),
        done=_("Files attached"),
        rank=90,
    )
    def attach_files(self, act: Act, *, files: Sequence[Upload]) -> None:
        """Whoever carries it adds files that came or were made; even a closed matter's file may be completed."""
        added = attach(self, files, source=Document.Source.OFFICE, added_by=act.actor.user, now=act.now)
        act.changes["files"] = ["", ", ".join(document.name for document in added)]

    @step(
        field="state",
        source=list(State),
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
        source=list(State),
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
