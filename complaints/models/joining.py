"""Joining petitions that are one: two petitions change, by one step each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.linking import Along, LinkingSteps, along, visible_petition
from complaints.models.state import UNCLOSED, State
from office import deadlines
from office.models import Deadline, Event, Notice, User
from office.notices import write_outside
from office.permissions import carries_it, may_take_it
from office.steps import Act, Actor, perform, staff, step

if TYPE_CHECKING:
    from complaints.models.petition import Petition, PetitionQuerySet

AT_WORK: Final = [state for state in UNCLOSED if state not in (State.ASKED, State.PAUSED)]
"""The states in which a clock of the office runs; a petition at rest is neither joined nor split."""


def join(
    kept: Petition,
    other: Petition,
    *,
    actor: Actor,
    seen: int,
    other_seen: int,
    now: datetime,
    reason: str,
    facts: Mapping[str, Any],
    leading: Petition | None = None,
) -> Event:
    """Join `other` to `kept`, which goes on for both; both versions are checked. Returns the event of the kept one.

    Raises ChangedMeanwhile of whichever moved on, StepRefused, ValidationError. Both rows are locked in the order of
    their keys, so that two people who join the same two crosswise wait for each other instead of failing.
    """
    with transaction.atomic():
        both = type(kept).objects.filter(pk__in=[kept.pk, other.pk]).order_by("pk")
        list(both.select_for_update())
        return perform(
            kept,
            "join",
            actor=actor,
            seen=seen,
            now=now,
            reason=reason,
            other=other,
            other_seen=other_seen,
            facts=facts,
            leading=leading,
        )


class JoiningSteps(LinkingSteps):
    """The part of a petition's path on which it meets others."""

    JOINED_FACTS = (
        "title",
        "petition_kind",
        "category",
        "province",
        "education_area",
        "place",
        "agency",
        "agency_text",
        "political_source",
    )
    """What may be taken over from the one that is joined."""
    joined_to: Any

    class Meta:
        abstract = True

    # ── Who belongs together ────────────────────────────────────────────────────────────────

    def family_keys(self) -> list[int]:
        """The keys of this petition and of everything joined to it, directly or by way of another; its own first."""
        from complaints.models.petition import Petition

        keys = level = [self.pk]
        while level:
            level = list(Petition.objects.filter(joined_to__in=level).values_list("pk", flat=True))
            keys = [*keys, *level]
        return keys

    def family(self) -> PetitionQuerySet:
        """This petition and everything that was joined to it."""
        from complaints.models.petition import Petition

        return Petition.objects.filter(pk__in=self.family_keys())

    def joined_ones(self) -> PetitionQuerySet:
        """Everything that was joined to it, without itself."""
        return self.family().exclude(pk=self.pk)

    def carried_by(self: Any) -> Petition:
        """The petition under which this one is handled now: the last of the way, itself if it was never joined."""
        found = self
        while found.joined_to_id is not None:
            found = found.joined_to
        return found

    # ── Joining ─────────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=AT_WORK,
        target=None,
        allowed=staff(carries_it | may_take_it),
        verb=_("Join with another"),
        done=_("Another petition was joined to it"),
        rank=93,
        held_by_lock=True,
        needs_reason=True,
    )
    def join(
        self: Any,
        act: Act,
        *,
        other: Petition,
        other_seen: int | None,
        facts: Mapping[str, Any],
        leading: Petition | None = None,
    ) -> None:
        """Whoever carries this petition takes another in: it goes on for both petitioners, at the earlier promise,
        under the higher secrecy. What the other is late with stays late under its own number."""
        found = self.can_take_in(act.actor.user, other)
        if self.owner_id is None:
            self._give_to(act, found.owner or act.actor.user)
        promise = _opinion_owed(found)
        perform(
            found,
            "join_into",
            actor=Along.of(act.actor),
            seen=other_seen,
            now=act.now,
            reason=act.reason,
            kept=self,
        )
        self._take_facts(act, facts)
        self.secrecy = max(self.secrecy, found.secrecy)
        self._take_over(act, promise)
        if self.state == State.INFORMED:
            self._tell_others(act, found.family())
        act.changes["petitions"] = ["", found.label]
        if leading is not None and leading.pk == found.pk:
            act.changes["leading_story"] = [self.label, found.label]
        act.tell([self.owner], Notice.Kind.STEP_TAKEN)

    def can_take_in(self: Any, user: User | None, other: Petition) -> Petition:
        """The other petition as it stands, or a ValidationError that says why it cannot be joined to this one, and
        what to do instead."""
        found = visible_petition(user, other)
        if found.pk == self.pk:
            raise ValidationError({"other": gettext("A petition cannot be joined to itself.")})
        number = {"number": found.label}
        if found.joined_to_id is not None:
            words = {**number, "kept": found.carried_by().label}
            raise ValidationError(
                {"other": gettext("%(number)s was joined to %(kept)s already. Choose that one.") % words}
            )
        if self.is_locked or found.is_locked:
            raise ValidationError(
                {
                    "other": gettext(
                        "One of the two is kept as evidence and must stay as it is. Link them instead."
                    )
                }
            )
        refused = _WHY_NOT_JOINED.get(State(found.state))
        if refused:
            raise ValidationError({"other": str(refused) % number})
        return found

    def _take_facts(self, act: Act, facts: Mapping[str, Any]) -> None:
        for name in self.JOINED_FACTS:
            if name in facts and getattr(self, name) != facts[name]:
                act.changes[name] = [str(getattr(self, name) or ""), str(facts[name] or "")]
                setattr(self, name, facts[name])

    def _take_over(self: Any, act: Act, promise: Deadline | None) -> None:
        """Both opinions are owed as one, at the earlier moment. One that is late already was written down as late."""
        own = _opinion_owed(self)
        if promise is None or own is None or promise.is_late(act.now) or own.due_at <= promise.due_at:
            return
        deadlines.drop_one(own, now=act.now)
        deadlines.carry_over(promise, self, calendar=act.calendar, responsible=own.responsible)

    @step(
        field="state",
        source=[state for state in AT_WORK if state is not State.REFERRED],
        target=State.CLOSED,
        allowed=along,
        verb=_("Join with another"),
        done=_("Joined to another petition"),
        rank=99,
        held_by_lock=True,
    )
    def join_into(self: Any, act: Act, *, kept: Petition) -> None:
        """It ends under its own number and goes on under the kept one's: follows `join`. Its papers stay its own."""
        before = self.owner
        self.joined_to, self.result, self.closed_at = kept, self.Result.JOINED, act.now
        late_reason = gettext("Joined to %(number)s.") % {"number": kept.label}
        deadlines.settle(self, now=act.now, late_reason=late_reason)
        self.owner = kept.owner
        act.changes["petitions"] = ["", kept.label]
        act.tell([before], Notice.Kind.STEP_TAKEN)

    def _separate(self: Any, act: Act) -> bool:
        """A joined petition that is reopened stands for itself again; whether its first promise is owed anew.

        What was taken back when it was joined is owed at its old moment: by being joined nothing gets more time.
        """
        if self.joined_to_id is None:
            return False
        kept = self.joined_to
        self.joined_to, self.result = None, ""
        act.changes["petitions"] = [kept.label, ""]
        perform(
            kept,
            "be_separated",
            actor=Along.of(act.actor),
            seen=None,
            now=act.now,
            reason=act.reason,
            freed=self,
        )
        opinions = self.deadlines.filter(kind=Deadline.Kind.OPINION)
        if opinions.filter(dropped_at=None).exists():
            return False
        taken_back = opinions.order_by("-pk").first()
        if taken_back:
            deadlines.carry_over(taken_back, self, calendar=act.calendar, responsible=self.owner)
        return taken_back is not None

    @step(
        field="state",
        source=list(State),
        target=None,
        allowed=along,
        verb=_("Separate"),
        done=_("A joined petition was separated again"),
        rank=99,
    )
    def be_separated(self: Any, act: Act, *, freed: Petition) -> None:
        """One that was joined to it goes its own way again: follows the reopening of that one."""
        act.changes["petitions"] = [freed.label, ""]
        act.tell([self.owner], Notice.Kind.STEP_TAKEN)

    def _tell_petitioner(self: Any, act: Act, told_text: str) -> None:
        """Whatever its petitioner is told, those of the petitions joined to it are told too, by their own numbers."""
        super()._tell_petitioner(act, told_text)
        if told_text:
            self._tell_others(act, self.joined_ones())

    def _tell_others(self: Any, act: Act, others: PetitionQuerySet) -> None:
        for member in others.filter(petitioner__email__gt=""):
            write_outside(
                Notice.Kind.PETITIONER_RESULT,
                once=f"petition:{member.pk}:told-with:{self.pk}:{self.version}",
                now=act.now,
                matter=member,
                subject_id=member.pk,
            )

    def end(self: Any, act: Act, result: str, *, late_reason: str = "") -> None:
        """One petitioner cannot take back what others asked as well."""
        if result == self.Result.WITHDRAWN and self.joined_ones().exists():
            raise ValidationError(
                gettext("Petitions of others were joined to it. Separate those first by reopening them.")
            )
        super().end(act, result, late_reason=late_reason)

    def _owe_again(self, act: Act) -> None:
        """Reopened, a joined petition stands for itself again and owes what it owed."""
        if not self._separate(act):
            super()._owe_again(act)


_WHY_NOT_JOINED: Final[dict[State, Any]] = {
    State.REFERRED: _(
        "%(number)s waits for an agency's answer. Keep that one and join this one to it, or wait for the answer."
    ),
    State.ASKED: _("%(number)s waits for its petitioner's answer. Go on with it first."),
    State.PAUSED: _("%(number)s is paused. Go on with it first."),
    State.CLOSED: _("%(number)s is closed. Reopen it first, or only link the two."),
}


def _opinion_owed(petition: Petition) -> Deadline | None:
    """The first promise, while it is owed."""
    return petition.deadlines.unmet().filter(kind=Deadline.Kind.OPINION).first()
