"""Inviting the media to a press conference: who is chosen, told and reminded, and what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE

from office.carrying import StateField
from office.models import Notice
from office.notices import write_outside
from office.permissions import in_its_subgroup, is_head, is_officer
from office.steps import Act, Actor, Allowed, staff, step
from publicrelations.models.counted import CountedMatter
from publicrelations.models.press_state import COMING, PressState

if TYPE_CHECKING:
    from publicrelations.models.invitation import Invitation, InvitationQuerySet
    from publicrelations.models.outlet import MediaOutlet, Reporter

AS_INVITED = RETURN_VALUE(*COMING)

# Whoever of the subgroup is at hand telephones the papers and stands at the door, not its officer alone.
invites = (is_officer | is_head) & in_its_subgroup


def invited_or(inside: Allowed) -> Allowed:
    """Allow somebody outside who is invited (their link was checked), or the people `inside` allows."""

    def allowed(matter: Any, actor: Actor) -> bool:
        return (actor.user is None and not actor.is_clock) or inside(matter, actor)

    return allowed


def clock_only(matter: Any, actor: Actor) -> bool:
    """Allow what the office does by itself and nobody else."""
    return actor.is_clock


class InvitingSteps(CountedMatter):
    """The part of a press conference's path before it begins."""

    state = StateField(_("state"), choices=PressState, default=PressState.PLANNED)

    invitations: InvitationQuerySet
    starts_at: Any

    class Meta:
        abstract = True

    @property
    def standing(self) -> PressState:
        """Where one to come stands: by whether everybody chosen has been invited."""
        from publicrelations import coordination

        return PressState.PLANNED if coordination.invited_since(self) is None else PressState.INVITED

    @step(
        field="state",
        source=COMING,
        target=AS_INVITED,
        allowed=staff(invites),
        verb=_("Choose whom to invite"),
        done=_("Chosen whom to invite"),
        rank=15,
    )
    def choose(
        self, act: Act, *, outlets: Sequence[MediaOutlet] = (), reporters: Sequence[Reporter] = ()
    ) -> PressState:
        """Outlets, and reporters by name, are to be invited; who is chosen already stays as they are."""
        from publicrelations.models.invitation import Invitation

        if not outlets and not reporters:
            raise ValidationError(gettext("Choose at least one to be invited."))
        rows = list(self.invitations.all())
        desks = {one.outlet_id for one in rows if one.reporter_id is None}
        known = {one.reporter_id for one in rows if one.reporter_id is not None}
        new = [Invitation(conference_id=self.pk, outlet=one) for one in outlets if one.pk not in desks]
        new += [
            Invitation(conference_id=self.pk, outlet=one.outlet, reporter=one)
            for one in reporters
            if one.pk not in known
        ]
        Invitation.objects.bulk_create(new)
        new += self._choose_anew(rows, {one.pk for one in outlets}, {one.pk for one in reporters})
        act.changes["chosen"] = ["", outlets_of(new)]
        return self.standing

    def _choose_anew(self, rows: Sequence[Invitation], desks: set[int], people: set[int]) -> list[Invitation]:
        """Those whose invitation was withdrawn and who are chosen after all: they are to be invited as if anew."""
        again = [
            one
            for one in rows
            if one.withdrawn_at and (one.reporter_id in people if one.reporter_id else one.outlet_id in desks)
        ]
        for one in again:
            one.forget()
        return again

    @step(
        field="state",
        source=COMING,
        target=AS_INVITED,
        allowed=staff(invites),
        verb=_("Invite by e-mail"),
        done=_("Invited by e-mail"),
        rank=11,
    )
    def invite(self, act: Act, *, invitations: Sequence[Invitation], message: str = "") -> PressState:
        """Write to those still to be invited; each letter has a link by which they say whether they come.

        They are invited when their letter has left (`confirm_mail`), not before.
        """
        chosen = self._own(invitations)
        refuse_without_address(chosen)
        for one in chosen:
            if one.invited_at is None:
                one.message = message
                self._write_to(act, one)
        act.changes["written"] = ["", outlets_of(chosen)]
        return self.standing

    def _write_to(self, act: Act, one: Invitation) -> None:
        """A letter to one who is invited: once for each version of the press conference."""
        one.mail_at, one.way, one.invited_by = act.now, one.Way.EMAIL, act.actor.user
        one.save(update_fields=["mail_at", "way", "invited_by", "message"])
        self._put_into_outbox(act, one)

    def _put_into_outbox(self, act: Act, one: Invitation) -> None:
        write_outside(
            Notice.Kind.PRESS_INVITATION,
            once=f"press:{one.pk}:{self.version}",
            now=act.now,
            matter=self,
            subject_id=one.pk,
        )

    @step(
        field="state",
        source=COMING,
        target=AS_INVITED,
        allowed=clock_only,
        verb=_("Confirm the letters"),
        done=_("Letters of invitation have left"),
        rank=99,
    )
    def confirm_mail(self, act: Act) -> PressState:
        """The clock: whose letter has left is invited, at the moment when it left."""
        from publicrelations.press_mail import letters_left

        found = letters_left(self)
        for one in found:
            one.invited_at = one.left_at  # type: ignore[attr-defined]  # annotated by the query
            one.save(update_fields=["invited_at"])
        act.changes["invited"] = ["", outlets_of(found)]
        return self.standing

    @step(
        field="state",
        source=COMING,
        target=AS_INVITED,
        allowed=staff(invites),
        verb=_("Note as invited"),
        done=_("Noted as invited"),
        rank=12,
    )
    def note_invited(
        self, act: Act, *, invitations: Sequence[Invitation], way: str, invited_at: datetime | None = None
    ) -> PressState:
        """They were invited by telephone, LINE, fax, letter or in person, at a moment that is not to come."""
        at = invited_at or act.now
        refuse_future(at, act, "invited_at")
        chosen = self._own(invitations)
        for one in chosen:
            if one.invited_at is None:
                one.invited_at, one.invited_by, one.way, one.mail_at = at, act.actor.user, way, None
                one.save(update_fields=["invited_at", "invited_by", "way", "mail_at"])
        act.changes["invited"] = ["", outlets_of(chosen)]
        return self.standing

    @step(
        field="state",
        source=COMING,
        target=None,
        allowed=staff(invites),
        verb=_("Remind those who have not answered"),
        done=_("Reminded by e-mail"),
        rank=30,
    )
    def remind(self, act: Act, *, invitations: Sequence[Invitation]) -> None:
        """Write once more to those invited by e-mail who have not said whether they come."""
        if act.now >= self.starts_at:
            raise ValidationError(gettext("It has begun; nobody is reminded any more."))
        chosen = [one for one in self._own(invitations) if one.is_silent]
        if not chosen:
            raise ValidationError({"invitations": gettext("All of these have answered meanwhile.")})
        refuse_without_address(chosen)
        for one in chosen:
            one.reminded_at = act.now
            one.save(update_fields=["reminded_at"])
            self._put_into_outbox(act, one)
        act.changes["reminded"] = ["", outlets_of(chosen)]

    @step(
        field="state",
        source=COMING,
        target=None,
        allowed=invited_or(staff(invites)),
        verb=_("Note an answer"),
        done=_("Answer to the invitation"),
        rank=94,
    )
    def answer(self, act: Act, *, invitation: Invitation, comes: bool, people: int | None = None) -> None:
        """Who is invited says by the link whether they come, or the officer notes what they said; the last word until
        it begins counts."""
        if act.actor.user is None and act.now >= self.starts_at:
            raise ValidationError(gettext("It has begun; the answer can no longer be changed."))
        (one,) = self._own([invitation])
        if one.invited_at is None and one.mail_at is None:
            raise ValidationError({"invitation": gettext("They have not been invited yet.")})
        one.answer = one.Answer.YES if comes else one.Answer.NO
        one.answered_at, one.people = act.now, people if comes else None
        one.save(update_fields=["answer", "answered_at", "people"])
        act.changes["answered"] = ["", f"{one.outlet}: {one.get_answer_display()}"]

    @step(
        field="state",
        source=COMING,
        target=AS_INVITED,
        allowed=staff(invites),
        verb=_("Take back a mark"),
        done=_("Mark taken back"),
        rank=96,
        needs_reason=True,
    )
    def unmark(self, act: Act, *, invitations: Sequence[Invitation]) -> PressState:
        """Noted by mistake as invited: it is still to be done. The reason stays in the history."""
        from publicrelations import coordination

        chosen = self._own(invitations)
        if any(one.way == one.Way.EMAIL for one in chosen):
            raise ValidationError(
                {"invitations": gettext("A letter that has been written cannot be taken back.")}
            )
        for one in chosen:
            one.forget()
        act.changes["unmarked"] = [outlets_of(chosen), ""]
        if act.now >= self.starts_at:
            coordination.owe_what_was_unmarked(self, act)
        return self.standing

    @step(
        field="state",
        source=COMING,
        target=AS_INVITED,
        allowed=staff(invites),
        verb=_("Strike who is not to be invited"),
        done=_("Struck, not to be invited"),
        rank=97,
        needs_reason=True,
    )
    def strike(self, act: Act, *, invitations: Sequence[Invitation]) -> PressState:
        """Somebody chosen need not be invited after all; who has been invited stays."""
        chosen = self._own(invitations)
        if any(one.invited_at or one.mail_at for one in chosen):
            raise ValidationError({"invitations": gettext("Who has been invited already stays in the list.")})
        act.changes["struck"] = [outlets_of(chosen), ""]
        for one in chosen:
            one.delete()
        return self.standing

    @step(
        field="state",
        source=COMING,
        target=AS_INVITED,
        allowed=staff(invites),
        verb=_("Withdraw an invitation"),
        done=_("Invitation withdrawn"),
        rank=98,
        needs_reason=True,
    )
    def withdraw(self, act: Act, *, invitations: Sequence[Invitation]) -> PressState:
        """Somebody invited is not to come after all: their link gives nothing any more and says so, and whoever was
        invited by e-mail is written to."""
        if act.now >= self.starts_at:
            raise ValidationError(gettext("It has begun; an invitation can no longer be withdrawn."))
        chosen = self._own(invitations)
        if any(one.invited_at is None and one.mail_at is None for one in chosen):
            raise ValidationError({"invitations": gettext("They have not been invited yet.")})
        for one in chosen:
            one.withdrawn_at, one.answer, one.answered_at, one.people = act.now, "", None, None
            one.save(update_fields=["withdrawn_at", "answer", "answered_at", "people"])
            if one.way == one.Way.EMAIL and one.address:
                self._put_into_outbox(act, one)
        act.changes["withdrawn"] = [outlets_of(chosen), ""]
        return self.standing

    def _own(self, invitations: Sequence[Invitation]) -> list[Invitation]:
        """As they stand under the lock; one that was withdrawn stands no more."""
        rows = self.invitations.standing().select_related("outlet", "reporter")
        found = rows.in_bulk([one.pk for one in invitations])
        if len(found) != len({one.pk for one in invitations}):
            raise ValidationError(
                {"invitations": gettext("Something chosen is no longer there. Open the page anew.")}
            )
        return list(found.values())


def outlets_of(invitations: Sequence[Any]) -> str:
    """The outlets of some invitations, each once, for the history: never a person's name."""
    return ", ".join(dict.fromkeys(str(one.outlet) for one in invitations))


def refuse_without_address(invitations: Sequence[Invitation]) -> None:
    """Raises ValidationError naming those whom no e-mail reaches."""
    nowhere = [one.whom for one in invitations if not one.address]
    if nowhere:
        raise ValidationError(
            {
                "invitations": gettext(
                    "No e-mail address of %(whom)s is known. Invite them otherwise and note it."
                )
                % {"whom": ", ".join(nowhere)}
            }
        )


def refuse_future(at: datetime, act: Act, field: str) -> None:
    """Raises ValidationError beside a field for a moment that is still to come."""
    if at > act.now:
        raise ValidationError({field: gettext("This time is still to come.")})
