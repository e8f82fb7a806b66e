"""Letters of a matter: the steps by which one gets its number and by which it leaves the office."""

from __future__ import annotations

from datetime import datetime

import rules
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.carrying import CarryingSteps
from complaints.models.state import State
from office.calendar import OFFICE_TZ
from office.models import LetterDelivery, Notice, OutgoingLetter, Secrecy
from office.notices import write_outside
from office.permissions import carries_it, in_its_subgroup, is_head, is_officer
from office.steps import Act, staff, step

# Whoever takes the day's letters to the post need not carry each of the matters.
may_post_letters: rules.Predicate = in_its_subgroup & (is_officer | is_head)


class LetterChanged(Exception):
    """Somebody else saved the draft, or it was issued, after the page was drawn."""


class LetterSteps(CarryingSteps):
    """The part of every path on which the office writes: open in any state, since a closed matter is answered too."""

    class Meta:
        abstract = True

    @step(
        field="state",
        source=list(State),
        target=None,
        allowed=staff(carries_it),
        verb=_("Issue the letter"),
        done=_("Letter issued"),
        rank=95,
    )
    def issue_letter(self, act: Act, *, letter: OutgoingLetter, drafted: int) -> None:
        """Whoever carries the matter lets a draft become a letter: its words are fixed and it gets its number.

        `drafted` is the version of the draft the person saw; raises LetterChanged when it is another one now.
        """
        from complaints.letter_writing import complete

        draft = OutgoingLetter.objects.select_for_update().get(pk=letter.pk, matter_id=self.pk)
        if draft.is_issued or draft.version != drafted or act.actor.user is None:
            raise LetterChanged
        complete(draft, self)
        draft.number_it(by=act.actor.user, now=act.now)
        act.changes["letter"] = ["", f"{draft.label} {draft.get_kind_display()}"]

    @step(
        field="state",
        source=list(State),
        target=None,
        allowed=staff(may_post_letters),
        verb=_("Record that it left"),
        done=_("Letter sent"),
        rank=96,
    )
    def send_letter(
        self,
        act: Act,
        *,
        letter: OutgoingLetter,
        way: str,
        at: datetime | None = None,
        proof: str = "",
        first_time: bool = False,
    ) -> None:
        """Somebody of the subgroup sends an issued letter by e-mail, or records that it was posted or handed over.

        A letter may leave by several ways; with `first_time` only one that has not left yet.
        """
        issued = OutgoingLetter.objects.select_for_update().get(pk=letter.pk, matter_id=self.pk)
        if issued.issued_at is None or issued.document_id is None:
            raise ValidationError(gettext("Only a letter that has its number and its paper can leave."))
        if first_time and issued.sent_at is not None:
            raise ValidationError(gettext("It has left already."))
        at = at or act.now
        if at.astimezone(OFFICE_TZ).date() < issued.issued_at.astimezone(OFFICE_TZ).date():
            raise ValidationError({"on": gettext("It cannot have left before it was issued.")})
        delivery = LetterDelivery.objects.create(
            letter=issued, way=way, at=max(at, issued.issued_at), by=act.actor.user, proof=proof
        )
        if way == LetterDelivery.Way.EMAIL:
            self._mail(act, issued, delivery)
        if issued.sent_at is None:
            OutgoingLetter.objects.filter(pk=issued.pk).update(sent_at=delivery.at)
        # Not the proof: who received it may be the petitioner.
        act.changes["letter"] = ["", f"{issued.label} {delivery.get_way_display()}"]

    def _mail(self, act: Act, letter: OutgoingLetter, delivery: LetterDelivery) -> None:
        from complaints.letter_mail import address_of

        if self.secrecy != Secrecy.ORDINARY:
            raise ValidationError(
                gettext("A letter with a grade of secrecy does not go by e-mail. Post it or hand it over.")
            )
        if not address_of(letter):
            raise ValidationError(gettext("There is no e-mail address to send it to."))
        write_outside(
            Notice.Kind.OUTGOING_LETTER,
            once=f"letter:{letter.pk}:delivery:{delivery.pk}",
            now=act.now,
            matter=self,
            subject_id=delivery.pk,
        )
