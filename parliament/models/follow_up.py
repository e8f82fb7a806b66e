"""FollowUp (เรื่องติดตามจากที่ประชุม): what a meeting wants done after it, as a matter of its own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office import deadlines
from office.calendar import OFFICE_TZ, fiscal_year_of
from office.carrying import StateField
from office.models import Agency, Deadline, Matter, Notice, RegisterQuerySet, Subgroup
from office.permissions import carries_it, is_head_of_it
from office.search import normalise
from office.steps import Act, Actor, open_matter, staff, step
from parliament.models.agenda import AgendaItem
from parliament.models.counted import CountedMatter


class FollowUpState(models.TextChoices):
    """Where a follow-up stands."""

    OPEN = "open", _("To be done")
    CLOSED = "closed", _("Closed")


class FollowUpQuerySet(RegisterQuerySet):
    """Follow-ups in the words of the office."""

    subgroup = Subgroup.Code.POLITICS
    kinds = (Matter.Kind.FOLLOW_UP,)

    def unclosed(self) -> FollowUpQuerySet:
        return self.filter(state=FollowUpState.OPEN)

    def closed(self) -> FollowUpQuerySet:
        return self.filter(state=FollowUpState.CLOSED)


class FollowUp(CountedMatter):
    """Something a meeting resolved or asked for, with the officer who sees to it and a day to have it done by."""

    State = FollowUpState
    CORRECTABLE = ("title", "wanted", "agency", "secrecy")

    state = StateField(_("state"), choices=State, default=State.OPEN)
    from_meeting = models.ForeignKey(
        "parliament.Meeting", models.PROTECT, related_name="follow_ups", verbose_name=_("meeting")
    )
    from_item = models.ForeignKey(
        AgendaItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("agenda item"),
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency concerned")
    )
    wanted = models.TextField(_("what is to be done"), max_length=10000)
    outcome = models.TextField(_("what came of it"), max_length=10000, blank=True)

    objects = FollowUpQuerySet.as_manager()  # type: ignore[misc]  # the stubs take Matter's for a class variable

    class Meta:
        verbose_name = _("follow-up of a meeting")
        verbose_name_plural = _("follow-ups of meetings")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FollowUpState.values), name="follow_up_state_known"),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(outcome=""), name="follow_up_closed_with_outcome"
            ),
        ]
        indexes = [models.Index(fields=["state", "matter"], name="follow_up_state")]

    @transaction.atomic(savepoint=False)
    def receive(self, *, actor: Actor, now: datetime, due: datetime | None = None) -> FollowUp:
        """Register this new follow-up with its number, to be done by a day agreed on or by the office's rule."""
        received = self.received_at.astimezone(OFFICE_TZ).date()
        self.kind = Matter.Kind.FOLLOW_UP
        self.subgroup = Subgroup.objects.get(code=Subgroup.Code.POLITICS)
        act = open_matter(
            self,
            prefix=settings.SERIES_PREFIXES["follow_up"],
            year=fiscal_year_of(received),
            actor=actor,
            now=now,
        )
        deadlines.promise(
            self,
            Deadline.Kind.FOLLOW_UP,
            start=self.received_at,
            calendar=act.calendar,
            responsible=self.owner,
            due=due,
        )
        return self

    @step(
        field="state",
        source=FollowUpState.OPEN,
        target=FollowUpState.CLOSED,
        allowed=staff(carries_it),
        verb=_("Record what came of it"),
        done=_("Done"),
        rank=10,
        held_by_lock=True,
    )
    def finish(self, act: Act, *, outcome: str, late_reason: str = "") -> None:
        """What the meeting wanted is done; the outcome says how. If that was late, why."""
        if not outcome.strip():
            raise ValidationError({"outcome": gettext("Write what came of it.")})
        promise = self.deadlines.unmet().filter(kind=Deadline.Kind.FOLLOW_UP).first()
        if promise and promise.is_late(act.now) and not late_reason.strip():
            raise ValidationError({"late_reason": gettext("It is late: write why.")})
        self.outcome, self.closed_at = outcome, act.now
        deadlines.keep(self, Deadline.Kind.FOLLOW_UP, now=act.now, late_reason=late_reason)

    @step(
        field="state",
        source=FollowUpState.OPEN,
        target=None,
        allowed=staff(is_head_of_it),
        verb=_("Give more time"),
        done=_("Given more time"),
        rank=40,
        needs_reason=True,
    )
    def extend(self, act: Act, *, until: datetime) -> None:
        """The head lets it be done later, for a reason; what is late already stays late."""
        promise = self.deadlines.unmet().filter(kind=Deadline.Kind.FOLLOW_UP).first()
        if promise is None or promise.is_late(act.now):
            raise ValidationError({"until": gettext("It is late already: finish it and write why.")})
        if until <= promise.due_at:
            raise ValidationError({"until": gettext("Choose a later day than the one it has.")})
        act.put_off(promise, until)
        deadlines.extend(self, promise, until=until, now=act.now, calendar=act.calendar)
        act.tell([self.owner], Notice.Kind.STEP_TAKEN, act.reason)

    @step(
        field="state",
        source=FollowUpState.OPEN,
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
        source=FollowUpState.CLOSED,
        target=FollowUpState.OPEN,
        allowed=staff(carries_it),
        verb=_("Reopen"),
        done=_("Reopened"),
        rank=40,
        held_by_lock=True,
        needs_reason=True,
    )
    def reopen(self, act: Act) -> None:
        """It is not done after all, for a reason; a new promise begins, the kept one stays kept."""
        self.closed_at = None
        self.promise_now(act, Deadline.Kind.FOLLOW_UP, self.owner)
        act.tell([self.owner, *self._heads()], Notice.Kind.YOUR_TURN, act.reason)

    def tracked(self) -> dict[str, Any]:
        """The fields whose change a step writes into its event: before and after."""
        return {
            "title": self.title,
            "owner": str(self.owner) if self.owner_id else "",
            "secrecy": str(self.get_secrecy_display()),
            "agency": str(self.agency) if self.agency_id else "",
            "wanted": self.wanted,
            "outcome": self.outcome,
        }

    def searchable(self) -> str:
        """The words it is found by: the meeting it comes from among them."""
        meeting = self.from_meeting
        return normalise(
            self.label,
            self.title,
            self.wanted,
            self.outcome,
            str(self.agency or ""),
            meeting.title,
            meeting.label,
        )
