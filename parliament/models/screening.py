"""Screening: whether a consultation is ours to answer, somebody else's, or to be passed on."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office import deadlines
from office.carrying import StateField
from office.models import Deadline, Notice, User
from office.permissions import carries_it, is_head_of_it, may_take_it
from office.steps import Act, staff, step
from parliament.models.asking import AskingSteps
from parliament.models.consultation_state import UNCLOSED, ConsultationState, Screening

State = ConsultationState


def is_sent_away(consultation: ScreeningSteps) -> bool:
    """Found not to be ours: the head confirms it, and no opinion goes to the minister's desk."""
    return consultation.screening in (Screening.NOT_OURS, Screening.PASSED_ON)


class ScreeningSteps(AskingSteps):
    """The beginning of a consultation's path, and what is kept of it."""

    ASKS_FROM = (State.SCREENED, State.ASKED, State.ANSWERED)
    NOBODY_LEFT = State.SCREENED
    WITH_FACTS = State.ANSWERED
    CORRECTABLE: tuple[str, ...]
    """The registered facts that may be corrected."""

    state = StateField(_("state"), choices=State, default=State.RECEIVED)
    screening = models.CharField(_("screening"), max_length=20, choices=Screening, blank=True)
    passed_to = models.CharField(_("passed on to"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    told_text = models.TextField(_("what both are told"), max_length=10000, blank=True)

    text: Any

    class Meta:
        abstract = True

    def first_head(self) -> User | None:
        """Whose turn a check is; with no head in the subgroup, the officer's own."""
        heads = self._heads()
        return heads[0] if heads else self.owner

    # ── Around asking agencies ──────────────────────────────────────────────────────────────

    def leave_for_asking(self, act: Act) -> None:
        """While agencies are awaited the opinion is owed by nobody."""
        self.let_rest(act, Deadline.Kind.OPINION)

    def owe_asking(self, act: Act) -> None:
        """Nobody who was asked will answer: the opinion is owed without them, or others are asked."""
        self.promise_now(act, Deadline.Kind.OPINION, self.owner)

    def owe_with_facts(self, act: Act) -> None:
        """The facts are in: the opinion is owed."""
        self.promise_now(act, Deadline.Kind.OPINION, self.owner)

    @property
    def words_for_agencies(self) -> str:
        """What was raised with the minister."""
        return str(self.text)

    # ── Screening ───────────────────────────────────────────────────────────────────────────

    def let_rest(self, act: Act, kind: str) -> None:
        """A promise that the way taken makes needless is taken back; one that is late already stays late."""
        late = Deadline.objects.late(act.now).filter(matter_id=self.pk, kind=kind)
        late.update(met_at=act.now, remind_at=None)
        deadlines.drop(self, kind, now=act.now)

    @step(
        field="state",
        source=UNCLOSED,
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
        source=State.RECEIVED,
        target=State.SCREENED,
        allowed=staff(carries_it | may_take_it),
        verb=_("Accept"),
        done=_("Screened and accepted"),
        rank=10,
    )
    def accept(self, act: Act) -> None:
        """It is ours to answer: an opinion is owed, with or without asking agencies first.

        What both were to be told while it was not ours is no result of it.
        """
        self._take_on(act)
        self.screening, self.told_text = Screening.ACCEPTED, ""
        deadlines.keep(self, Deadline.Kind.SCREEN, now=act.now)
        self.promise_now(act, Deadline.Kind.OPINION, self.owner)

    @step(
        field="state",
        source=[State.RECEIVED, State.SCREENED],
        target=State.CHECKING,
        allowed=staff(carries_it | may_take_it),
        verb=_("Not ours"),
        done=_("Screened as not ours"),
        rank=40,
        needs_reason=True,
    )
    def find_not_ours(self, act: Act, *, told_text: str) -> None:
        """Nothing of it is for the ministry to answer; the reason says why, the head confirms, and both are told."""
        self._send_away(act, Screening.NOT_OURS, told_text)

    @step(
        field="state",
        source=[State.RECEIVED, State.SCREENED],
        target=State.CHECKING,
        allowed=staff(carries_it | may_take_it),
        verb=_("Pass on"),
        done=_("Screened to be passed on"),
        rank=41,
    )
    def pass_on(self, act: Act, *, passed_to: str, told_text: str) -> None:
        """Another ministry or body is in charge and gets it; the head confirms, and both are told which."""
        if not passed_to.strip():
            raise ValidationError({"passed_to": gettext("Write who is in charge of it.")})
        self.passed_to = passed_to
        self._send_away(act, Screening.PASSED_ON, told_text)

    def _take_on(self, act: Act) -> None:
        """Who screens what nobody carries, carries it."""
        if self.owner_id is None:
            self._give_to(act, act.actor.user)

    def _send_away(self, act: Act, screening: str, told_text: str) -> None:
        if not told_text.strip():
            raise ValidationError({"told_text": gettext("Write what both are to be told.")})
        self._take_on(act)
        self.screening, self.told_text = screening, told_text
        deadlines.keep(self, Deadline.Kind.SCREEN, now=act.now)
        self.let_rest(act, Deadline.Kind.OPINION)
        self.promise_now(act, Deadline.Kind.CHECK, self.first_head())
        act.tell(self._heads(), Notice.Kind.YOUR_TURN, act.reason)

    @step(
        field="state",
        source=State.CHECKING,
        target=State.ORDERED,
        allowed=staff(is_head_of_it),
        verb=_("Confirm the screening"),
        done=_("Screening confirmed by the head"),
        conditions=[is_sent_away],
        rank=10,
    )
    def confirm_screening(self, act: Act) -> None:
        """The head agrees that it is not ours: both are told so without an order, which there is nothing for."""
        deadlines.keep(self, Deadline.Kind.CHECK, now=act.now)
        self.decided_at = act.now
        act.tell([self.owner], Notice.Kind.YOUR_TURN)
