"""Screening: whether a foreign document concerns us, goes to an agency of the ministry, or is only for information."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE

from office import deadlines
from office.carrying import StateField
from office.models import Agency, Deadline, Notice
from office.permissions import carries_it, is_head_of_it, may_take_it
from office.steps import Act, staff, step
from publicrelations.models.foreign_state import ForeignOutcome, ForeignScreening, ForeignState
from publicrelations.models.to_minister import ToMinisterSteps

State = ForeignState


def is_sent_away(document: ForeignScreeningSteps) -> bool:
    """Found not to be for the minister's desk: the head confirms it."""
    return document.screening in (ForeignScreening.PASSED_ON, ForeignScreening.INFORMATION)


class ForeignScreeningSteps(ToMinisterSteps):
    """The beginning of a foreign document's path, and what is kept of it."""

    state = StateField(_("state"), choices=State, default=State.RECEIVED)
    screening = models.CharField(_("screening"), max_length=20, choices=ForeignScreening, blank=True)
    screening_note = models.CharField(_("why so"), max_length=500, blank=True)
    needs_translation = models.BooleanField(_("to be translated"), default=False)
    passed_to = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("passed to")
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=ForeignOutcome, blank=True)

    class Meta:
        abstract = True

    @property
    def is_for_minister(self) -> bool:
        return not is_sent_away(self)

    @step(
        field="state",
        source=State.RECEIVED,
        target=RETURN_VALUE(State.TRANSLATING, State.SUMMARISING),
        allowed=staff(carries_it | may_take_it),
        verb=_("Concerns us"),
        done=_("Screened as concerning us"),
        rank=10,
    )
    def accept(self, act: Act, *, needs_translation: bool) -> State:
        """The officer finds that it concerns us: it is translated, or summarised at once if it is read as it is."""
        self._take_on(act)
        self.screening, self.needs_translation = ForeignScreening.OURS, needs_translation
        deadlines.keep(self, Deadline.Kind.SCREEN, now=act.now)
        if needs_translation:
            self.promise_now(act, Deadline.Kind.TRANSLATE, self.owner)
            return State.TRANSLATING
        self.promise_now(act, Deadline.Kind.SUMMARISE, self.owner)
        return State.SUMMARISING

    @step(
        field="state",
        source=State.RECEIVED,
        target=State.CHECKING,
        allowed=staff(carries_it | may_take_it),
        verb=_("Pass to an agency"),
        done=_("Screened to be passed to an agency"),
        rank=40,
    )
    def pass_on(self, act: Act, *, passed_to: Agency, screening_note: str) -> None:
        """An agency of the ministry is in charge of it and gets it; the head confirms."""
        self.passed_to = passed_to
        self._send_away(act, ForeignScreening.PASSED_ON, screening_note)

    @step(
        field="state",
        source=State.RECEIVED,
        target=State.CHECKING,
        allowed=staff(carries_it | may_take_it),
        verb=_("For information"),
        done=_("Screened as for information"),
        rank=41,
    )
    def keep_for_information(self, act: Act, *, screening_note: str) -> None:
        """Nothing in it asks for an order, such as a newsletter; the officer says so and the head confirms."""
        self._send_away(act, ForeignScreening.INFORMATION, screening_note)

    def _send_away(self, act: Act, screening: ForeignScreening, note: str) -> None:
        """What is promised to the minister is owed until the head has agreed."""
        if not note.strip():
            raise ValidationError({"screening_note": gettext("Write why.")})
        self._take_on(act)
        self.screening, self.screening_note = screening, note
        deadlines.keep(self, Deadline.Kind.SCREEN, now=act.now)
        self._put_to_head(act)

    @step(
        field="state",
        source=State.CHECKING,
        target=State.SETTLED,
        allowed=staff(is_head_of_it),
        verb=_("Confirm the screening"),
        done=_("Screening confirmed by the head"),
        conditions=[is_sent_away],
        rank=10,
    )
    def confirm_screening(self, act: Act) -> None:
        """The head agrees that it needs no order: nothing is promised to the minister; what was late stays late."""
        deadlines.keep(self, Deadline.Kind.CHECK, now=act.now)
        self._let_rest(act, Deadline.Kind.TO_MINISTER, Deadline.Kind.REPLY)
        self.outcome = self.screening
        self.promise_now(act, Deadline.Kind.CLOSE, self.owner)
        act.tell([self.owner], Notice.Kind.YOUR_TURN)

    def _let_rest(self, act: Act, *kinds: str) -> None:
        """Promises that the way taken makes needless are taken back; one that is late already stays late."""
        late = Deadline.objects.late(act.now).filter(matter_id=self.pk, kind__in=kinds)
        late.update(met_at=act.now, remind_at=None)
        for kind in kinds:
            deadlines.drop(self, kind, now=act.now)
