"""Asking the agencies: the steps by which a petition is handed over, chased, answered and declined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE

from complaints.models.opinion import OpinionSteps
from complaints.models.state import State
from office import deadlines
from office.models import Agency, Deadline, Notice
from office.notices import write_outside
from office.permissions import carries_it
from office.steps import Act, agency_or, clock_or, staff, step

if TYPE_CHECKING:
    from complaints.models.referral import Referral


@dataclass(frozen=True)
class Ask:
    """One agency to be asked: what, and by when if not by the rule."""

    agency: Agency
    asked: str
    due: datetime | None = None


class AgencySteps(OpinionSteps):
    """The part of a petition's path that runs through the agencies asked."""

    class Meta:
        abstract = True

    def agencies_asked(self) -> set[int]:
        """The agencies whose answer is awaited: none of them is asked twice at the same time."""
        from complaints.models.referral import Referral

        awaited = Referral.objects.open().filter(petition_id=self.pk)
        return set(awaited.values_list("agency", flat=True))

    @step(
        field="state",
        source=[State.ORDERED, State.REFERRED, State.ANSWERED],
        target=State.REFERRED,
        allowed=staff(carries_it),
        verb=_("Refer to agencies"),
        done=_("Referred"),
        rank=10,
    )
    def refer(self, act: Act, *, asks: Sequence[Ask]) -> None:
        """Hand the petition to one or more agencies, each with its own date; each gets a link by e-mail."""
        from complaints.models.referral import Referral

        if not asks or act.actor.user is None:
            raise ValidationError({"agency": gettext("Choose at least one agency.")})
        asked_already = self.agencies_asked()
        if any(ask.agency.pk in asked_already for ask in asks):
            raise ValidationError({"agency": gettext("This agency is asked already.")})
        deadlines.keep(self, Deadline.Kind.REFERRAL, now=act.now)
        deadlines.drop(self, Deadline.Kind.INFORM, now=act.now)
        for ask in asks:
            deadline = deadlines.promise(
                self,
                Deadline.Kind.AGENCY_ANSWER,
                start=act.now,
                calendar=act.calendar,
                responsible=None,
                due=ask.due,
            )
            referral = Referral.objects.create(
                petition_id=self.pk,
                agency=ask.agency,
                asked=ask.asked,
                sent_at=act.now,
                sent_by=act.actor.user,
                deadline=deadline,
            )
            write_outside(
                Notice.Kind.AGENCY_REQUEST,
                once=f"referral:{referral.pk}:request",
                now=act.now,
                matter=self,
                subject_id=referral.pk,
            )
        act.changes["agencies"] = ["", ", ".join(ask.agency.name for ask in asks)]

    @step(
        field="state",
        source=State.REFERRED,
        target=None,
        allowed=agency_or(carries_it),
        verb=_("Record acknowledgement"),
        done=_("Acknowledged by the agency"),
        rank=94,
    )
    def acknowledge(self, act: Act, *, referral: Referral) -> None:
        """The agency says it has the matter in hand."""
        referral = self._asked(act, referral)
        referral.acknowledged_at = act.now
        referral.save(update_fields=["acknowledged_at"])
        act.changes["agency_of_step"] = ["", referral.agency.name]

    @step(
        field="state",
        source=State.REFERRED,
        target=RETURN_VALUE(State.REFERRED, State.ANSWERED),
        allowed=agency_or(carries_it),
        verb=_("Record the answer"),
        done=_("Answered by the agency"),
        rank=30,
    )
    def answer(self, act: Act, *, referral: Referral, answer: str) -> State:
        """The agency answers by its link, or the officer records an answer that came on paper."""
        referral = self._asked(act, referral)
        referral.answer, referral.answered_at = answer, act.now
        referral.save(update_fields=["answer", "answered_at"])
        deadlines.keep_one(referral.deadline, now=act.now)
        return self._after_agency(act, referral)

    @step(
        field="state",
        source=State.REFERRED,
        target=RETURN_VALUE(State.REFERRED, State.ANSWERED, State.ORDERED),
        allowed=agency_or(carries_it),
        verb=_("Record “not ours”"),
        done=_("Declined by the agency"),
        rank=93,
    )
    def decline(self, act: Act, *, referral: Referral) -> State:
        """The agency says with a reason that the matter is not theirs; with nobody left to ask it is referred anew."""
        referral = self._asked(act, referral)
        referral.declined_at, referral.decline_reason = act.now, act.reason
        referral.save(update_fields=["declined_at", "decline_reason"])
        deadlines.drop_one(referral.deadline, now=act.now)
        return self._after_agency(act, referral)

    def _asked(self, act: Act, referral: Referral) -> Referral:
        """The referral as it stands under the matter's lock; an agency has a say in its own only."""
        from complaints.models.referral import Referral

        current = Referral.objects.select_related("agency", "deadline").get(pk=referral.pk)
        outsider = act.actor.agency_id is not None and act.actor.agency_id != current.agency_id
        if outsider or current.petition_id != self.pk or not current.is_open:
            raise ValidationError(gettext("This referral has been answered already."))
        return current

    def _after_agency(self, act: Act, asked: Referral) -> State:
        from complaints.models.referral import AgencyLink, Referral

        AgencyLink.use_up(asked, act.now)
        act.changes["agency_of_step"] = ["", asked.agency.name]
        act.tell([self.owner], Notice.Kind.YOUR_TURN)
        referrals = list(Referral.objects.filter(petition_id=self.pk).select_related("deadline"))
        if any(one.is_open for one in referrals):
            return State.REFERRED
        if any(one.answered_at for one in referrals):
            self.promise_now(act, Deadline.Kind.INFORM, self.owner)
            return State.ANSWERED
        self.promise_now(act, Deadline.Kind.REFERRAL, self.owner)
        return State.ORDERED

    def repoint(self, act: Act, old: Deadline, new: Deadline) -> None:
        """An agency that was given more time answers by the new date, and is written to with a link that lasts."""
        super().repoint(act, old, new)
        from complaints.models.referral import Referral

        referral = Referral.objects.select_related("agency").filter(deadline=old).first()
        if referral is None:
            return
        referral.deadline = new
        referral.save(update_fields=["deadline"])
        write_outside(
            Notice.Kind.AGENCY_REMINDER,
            once=f"referral:{referral.pk}:until:{new.pk}",
            now=act.now,
            matter=self,
            subject_id=referral.pk,
        )
        act.changes["agency_of_step"] = ["", referral.agency.name]

    @step(
        field="state",
        source=State.REFERRED,
        target=None,
        allowed=clock_or(carries_it),
        verb=_("Chase"),
        done=_("Agency chased"),
        rank=20,
    )
    def chase(self, act: Act, *, referral: Referral) -> None:
        """The officer, or the clock when the answer is late, asks the agency again; every chaser is counted."""
        referral = self._asked(act, referral)
        referral.chased_count += 1
        referral.last_chased_at = act.now
        referral.save(update_fields=["chased_count", "last_chased_at"])
        write_outside(
            Notice.Kind.AGENCY_CHASER,
            once=f"referral:{referral.pk}:chaser:{referral.chased_count}",
            now=act.now,
            matter=self,
            subject_id=referral.pk,
        )
        act.changes["agency_of_step"] = ["", referral.agency.name]
