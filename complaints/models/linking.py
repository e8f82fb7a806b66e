"""Linking petitions that belong together; and what any step needs that carries a second petition along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.ending import EndingSteps
from complaints.models.state import State
from office.models import User
from office.permissions import carries_it, may_take_it
from office.steps import Act, Actor, perform, staff, step

if TYPE_CHECKING:
    from complaints.models.petition import Petition


@dataclass(frozen=True)
class Along(Actor):
    """Somebody whose step on one petition carries another along: whether they may was asked of the first."""

    @classmethod
    def of(cls, actor: Actor) -> Along:
        return cls(actor.user, actor.label, actor.agency_id, actor.is_clock)


def along(matter: Any, actor: Actor) -> bool:
    """Allow what follows from a step on another petition; no button and no address leads here."""
    return isinstance(actor, Along)


def visible_petition(user: User | None, other: Petition) -> Petition:
    """The other petition as the database has it, if whoever acts may see it."""
    rows = type(other).objects.all()
    if user is not None:
        rows = rows.visible_to(user)
    found = rows.filter(pk=other.pk).first()
    if found is None:
        raise ValidationError({"other": gettext("There is no petition of this number.")})
    return found


class LinkingSteps(EndingSteps):
    """The part of a petition's path on which another is noted beside it."""

    class Meta:
        abstract = True

    @step(
        field="state",
        source=list(State),
        target=None,
        allowed=staff(carries_it | may_take_it),
        verb=_("Link with another"),
        done=_("Linked with another petition"),
        rank=93,
    )
    def link(self: Any, act: Act, *, other: Petition) -> None:
        """Whoever carries it notes that another petition is to be seen beside it; both keep going on their own."""
        from complaints.models.link import PetitionLink

        found = visible_petition(act.actor.user, other)
        if found.pk == self.pk:
            raise ValidationError({"other": gettext("A petition cannot be linked with itself.")})
        if act.actor.user is None or PetitionLink.between(self, found).exists():
            raise ValidationError(
                {"other": gettext("%(number)s is linked already.") % {"number": found.label}}
            )
        first, second = sorted([self.pk, found.pk])
        PetitionLink.objects.create(
            one_id=first, other_id=second, linked_at=act.now, linked_by=act.actor.user
        )
        self._tell_other_side(act, found, "be_linked")

    @step(
        field="state",
        source=list(State),
        target=None,
        allowed=staff(carries_it | may_take_it),
        verb=_("Remove the link"),
        done=_("Link with another petition removed"),
        rank=99,
    )
    def unlink(self: Any, act: Act, *, other: Petition) -> None:
        """A link that was a mistake is taken away; both histories keep that it was there."""
        from complaints.models.link import PetitionLink

        found = visible_petition(act.actor.user, other)
        if not PetitionLink.between(self, found).delete()[0]:
            raise ValidationError({"other": gettext("%(number)s is not linked.") % {"number": found.label}})
        self._tell_other_side(act, found, "be_unlinked")

    def _tell_other_side(self: Any, act: Act, found: Petition, name: str) -> None:
        act.changes["petitions"] = ["", found.label]
        perform(found, name, actor=Along.of(act.actor), seen=None, now=act.now, reason=act.reason, other=self)

    @step(
        field="state",
        source=list(State),
        target=None,
        allowed=along,
        verb=_("Link with another"),
        done=_("Linked with another petition"),
        rank=99,
    )
    def be_linked(self: Any, act: Act, *, other: Petition) -> None:
        """The other side of a link."""
        act.changes["petitions"] = ["", other.label]

    @step(
        field="state",
        source=list(State),
        target=None,
        allowed=along,
        verb=_("Remove the link"),
        done=_("Link with another petition removed"),
        rank=99,
    )
    def be_unlinked(self: Any, act: Act, *, other: Petition) -> None:
        """The other side of a link that is taken away."""
        act.changes["petitions"] = ["", other.label]
