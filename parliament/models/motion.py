"""Motion (ญัตติ): a proposal that a chamber debate or resolve, on which the ministry makes a statement."""

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
from office.models import Deadline, Matter, Subgroup
from office.permissions import carries_it
from office.search import normalise
from office.steps import Act, Actor, open_matter, staff, step
from parliament.models.answer_state import NOT_APPROVED, AnswerState
from parliament.models.answering import AnsweringQuerySet, AnsweringSteps
from parliament.models.houses import Chamber, Member

State = AnswerState


class Motion(AnsweringSteps):
    """A motion from its receipt to the statement given and the vote."""

    class Vote(models.TextChoices):
        PASSED = "passed", _("Passed")
        REJECTED = "rejected", _("Rejected")
        NO_VOTE = "no_vote", _("Debated without a vote")

    class Result(models.TextChoices):
        GIVEN = "given", _("Statement given")
        WITHDRAWN = "withdrawn", _("Withdrawn by its proposer")
        TRANSFERRED = "transferred", _("Transferred to another ministry")
        LAPSED = "lapsed", _("Lapsed with the House")

    State = AnswerState

    CORRECTABLE = (
        *AnsweringSteps.CORRECTABLE,
        "chamber",
        "parliament_number",
        "motion_number",
        "proposer",
    )

    chamber = models.CharField(_("chamber"), max_length=10, choices=Chamber)
    motion_number = models.PositiveIntegerField(_("number of the motion"), null=True, blank=True)
    proposer = models.ForeignKey(
        Member, models.PROTECT, related_name="motions", verbose_name=_("proposed by")
    )
    vote = models.CharField(_("result of the vote"), max_length=20, choices=Vote, blank=True)
    votes_for = models.PositiveSmallIntegerField(_("for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField(_("abstained"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=20, choices=Result, blank=True)

    objects = AnsweringQuerySet.as_manager()  # type: ignore[misc]  # the stubs take Matter's for a class variable

    class Meta:
        verbose_name = _("motion")
        verbose_name_plural = _("motions")
        constraints = [
            models.UniqueConstraint(
                fields=["parliament_number", "chamber", "motion_number"], name="motion_number_once"
            ),
            models.CheckConstraint(condition=Q(state__in=AnswerState.values), name="motion_state_known"),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(result=""), name="motion_closed_with_result"
            ),
        ]
        indexes = [
            # A register's filters, in the order of registration.
            models.Index(fields=["is_unclosed", "matter"], name="motion_unclosed"),
            models.Index(fields=["state", "matter"], name="motion_state"),
            models.Index(fields=["chamber", "matter"], name="motion_chamber"),
            models.Index(fields=["proposer", "matter"], name="motion_proposer"),
            # What was put under an item of an agenda: few were, and SQLite asks no index in which most are empty.
            models.Index(fields=["item"], condition=Q(item__isnull=False), name="motion_put_under"),
        ]

    @property
    def rule_scope(self) -> str:
        """`senate`: each chamber may have rules of its own."""
        return self.chamber

    @transaction.atomic(savepoint=False)
    def receive(self, *, actor: Actor, now: datetime) -> Motion:
        """Register this new motion: its number, agencies to be asked, and the statement in time."""
        received = self.received_at.astimezone(OFFICE_TZ).date()
        self.kind = Matter.Kind.MOTION
        self.subgroup = Subgroup.objects.get(code=Subgroup.Code.POLITICS)
        act = open_matter(
            self,
            prefix=settings.SERIES_PREFIXES["motion"],
            year=fiscal_year_of(received),
            actor=actor,
            now=now,
        )
        self.promise_answer(act, start=self.received_at)
        deadlines.promise(
            self,
            Deadline.Kind.REFERRAL,
            start=self.received_at,
            calendar=act.calendar,
            responsible=self.owner,
            scope=self.rule_scope,
        )
        return self

    # ── The statement and the vote ──────────────────────────────────────────────────────────

    @step(
        field="state",
        source=State.APPROVED,
        target=State.GIVEN,
        allowed=staff(carries_it),
        verb=_("Record the statement given"),
        done=_("Statement given"),
        rank=10,
    )
    def give_statement(
        self, act: Act, *, answered_at: datetime, answered_by: str, late_reason: str = ""
    ) -> None:
        """The minister, or whoever stood in, has made the statement; the promise is kept at that moment."""
        self._given(act, at=answered_at, by=answered_by, late_reason=late_reason)
        self.promise_now(act, Deadline.Kind.CLOSE, self.owner)

    @step(
        field="state",
        source=NOT_APPROVED,
        target=State.GIVEN,
        allowed=staff(carries_it),
        verb=_("Record a statement without an approved text"),
        done=_("Statement given without an approved text"),
        rank=95,
        needs_reason=True,
    )
    def give_statement_without_text(
        self, act: Act, *, answered_at: datetime, answered_by: str, late_reason: str = ""
    ) -> None:
        """The debate came before a text could be approved; the reason says how it went."""
        self._given(act, at=answered_at, by=answered_by, late_reason=late_reason)
        self.promise_now(act, Deadline.Kind.CLOSE, self.owner)

    @step(
        field="state",
        source=State.GIVEN,
        target=State.CLOSED,
        allowed=staff(carries_it),
        verb=_("Record the vote and close"),
        done=_("Vote recorded, motion closed"),
        rank=10,
        held_by_lock=True,
    )
    def close(
        self,
        act: Act,
        *,
        vote: str,
        votes_for: int | None = None,
        votes_against: int | None = None,
        abstentions: int | None = None,
    ) -> None:
        """What the chamber resolved: passed or rejected with its votes, or debated without a vote."""
        votes = (votes_for, votes_against, abstentions)
        if vote == self.Vote.NO_VOTE and any(one is not None for one in votes):
            raise ValidationError({"vote": gettext("Without a vote there are no votes to count.")})
        if vote not in self.Vote.values:
            raise ValidationError({"vote": gettext("Choose how it ended.")})
        if votes_for is not None and votes_against is not None:
            more = votes_for > votes_against
            if more != (vote == self.Vote.PASSED):
                raise ValidationError({"vote": gettext("The result does not fit the votes for and against.")})
        self.vote, self.votes_for, self.votes_against, self.abstentions = vote, *votes
        self.result, self.closed_at = self.Result.GIVEN, act.now
        deadlines.keep(self, Deadline.Kind.CLOSE, now=act.now)

    # ── What agencies and `perform` ask of it ───────────────────────────────────────────────

    @property
    def words_for_agencies(self) -> str:
        """The motion as it was put to the chamber."""
        return self.text

    def tracked(self) -> dict[str, Any]:
        """The fields whose change a step writes into its event: before and after."""
        return super().tracked() | {
            "chamber": str(self.get_chamber_display()),
            "parliament_number": self.parliament_number,
            "motion_number": self.motion_number,
            "proposer": str(self.proposer),
            "vote": str(self.get_vote_display()),
        }

    def searchable(self) -> str:
        """The words it is found by: who proposed it, what, and what was stated."""
        party = self.proposer.party
        return normalise(
            self.label,
            self.title,
            self.text,
            self.proposer.full_name,
            party.name if party else "",
            self.approved_words() if self.pk else "",
        )
