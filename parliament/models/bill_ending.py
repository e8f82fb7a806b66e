"""How a bill ends: rejected, withdrawn, lapsed with the House, or printed; closed by the office; and gone on with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE

from office import deadlines
from office.calendar import OFFICE_TZ
from office.documents import Upload
from office.models import Deadline, Notice
from office.permissions import carries_it
from office.steps import Act, staff, step
from parliament.models.bill_meetings import BillMeetingSteps
from parliament.models.bill_stages import NO_VOTES, Votes
from parliament.models.bill_state import IN_PARLIAMENT, LINE, BillResult, BillState, Outcome

State = BillState
# Whoever may vote a bill down: a chamber at a reading.
VOTING = (State.READING_1, State.READING_2, State.READING_3, State.SENATE)


class BillEndingSteps(BillMeetingSteps):
    """The end of a bill's line: the office closes it once what parliament did is known."""

    gazette_volume = models.CharField(_("volume"), max_length=20, blank=True)
    gazette_part = models.CharField(_("part"), max_length=40, blank=True)
    gazette_page = models.CharField(_("page"), max_length=20, blank=True)
    gazette_on = models.DateField(_("printed on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True, editable=False)
    result = models.CharField(_("result"), max_length=20, choices=BillResult, blank=True)
    closing_note = models.TextField(_("what it means for the ministry"), max_length=4000, blank=True)

    class Meta:
        abstract = True

    @property
    def gazette(self) -> str:
        """Where it stands in the Royal Gazette, as it is cited."""
        if self.gazette_on is None:
            return ""
        parts = (
            ("เล่ม", self.gazette_volume),
            ("ตอนที่", self.gazette_part),
            ("หน้า", self.gazette_page),
        )
        return " ".join(f"{word} {value}" for word, value in parts if value)

    @step(
        field="state",
        source=VOTING,
        target=State.ENDED,
        allowed=staff(carries_it),
        verb=_("Record the rejection"),
        done=_("Rejected"),
        rank=40,
        held_by_lock=True,
        needs_reason=True,
    )
    def reject(self, act: Act, *, on: date, votes: Votes = NO_VOTES, late_reason: str = "") -> None:
        """A chamber votes it down for good; where it may still come back, it is sent back instead."""
        self.leave(act, Outcome.REJECTED, on, votes=votes, note=act.reason, late_reason=late_reason)
        self._end(act, BillResult.REJECTED, on)

    @step(
        field="state",
        source=IN_PARLIAMENT,
        target=State.ENDED,
        allowed=staff(carries_it),
        verb=_("Record the withdrawal"),
        done=_("Withdrawn by its proposer"),
        rank=96,
        held_by_lock=True,
        needs_reason=True,
    )
    def withdraw(self, act: Act, *, on: date, late_reason: str = "") -> None:
        """Its proposer takes it back."""
        self.leave(act, Outcome.WITHDRAWN, on, note=act.reason, late_reason=late_reason)
        self._end(act, BillResult.WITHDRAWN, on)

    @step(
        field="state",
        source=(*IN_PARLIAMENT, State.ASSENT),
        target=State.ENDED,
        allowed=staff(carries_it),
        verb=_("Record that it lapsed"),
        done=_("Lapsed with the House"),
        rank=97,
        held_by_lock=True,
        needs_reason=True,
    )
    def lapse(self, act: Act, *, on: date, late_reason: str = "") -> None:
        """The House was dissolved or its term ended, and the bill fell with it."""
        self.leave(act, Outcome.LAPSED, on, note=act.reason, late_reason=late_reason)
        self._end(act, BillResult.LAPSED, on)

    @step(
        field="state",
        source=State.GAZETTE,
        target=State.ENDED,
        allowed=staff(carries_it),
        verb=_("Record the printing"),
        done=_("Printed in the Royal Gazette"),
        rank=10,
    )
    def print_in_gazette(
        self,
        act: Act,
        *,
        volume: str,
        part: str,
        page: str,
        on: date,
        files: Sequence[Upload] = (),
    ) -> None:
        """It is law: volume, part, page and day of the Royal Gazette are kept, with the page itself if there is one."""
        self.leave(act, Outcome.PASSED, on)
        self.gazette_volume, self.gazette_part, self.gazette_page = volume, part, page
        self.gazette_on = on
        self._keep_papers(act, files)
        self._end(act, BillResult.ENACTED, on)

    def _end(self, act: Act, result: str, on: date) -> None:
        """Parliament is done with it; the office owes its closing."""
        if on > act.now.astimezone(OFFICE_TZ).date():
            raise ValidationError({"on": gettext("This day is still to come.")})
        self.result, self.ended_on = result, on
        self.promise_now(act, Deadline.Kind.CLOSE, self.owner)
        act.tell([self.owner, *self._heads()], Notice.Kind.STEP_TAKEN, str(BillResult(result).label))

    @step(
        field="state",
        source=State.ENDED,
        target=State.CLOSED,
        allowed=staff(carries_it),
        verb=_("Close"),
        done=_("Matter closed"),
        rank=10,
        held_by_lock=True,
    )
    def close(self, act: Act, *, closing_note: str = "") -> None:
        """The office closes it with the result that parliament gave, and says what that means for the ministry."""
        self.closing_note, self.closed_at = closing_note, act.now
        deadlines.keep(self, Deadline.Kind.CLOSE, now=act.now)

    @step(
        field="state",
        source=(State.ENDED, State.CLOSED),
        target=RETURN_VALUE(*LINE),
        allowed=staff(carries_it),
        verb=_("Reopen"),
        done=_("Reopened"),
        rank=40,
        held_by_lock=True,
        needs_reason=True,
    )
    def reopen(self, act: Act, *, stage: str, on: date) -> BillState:
        """It goes on after all, for a reason: reaffirmed by the House, taken up by a new one, or ended by mistake."""
        late = deadlines.late_of_ours(self, act.now)
        late.filter(kind=Deadline.Kind.CLOSE).update(met_at=act.now, remind_at=None)
        deadlines.drop(self, Deadline.Kind.CLOSE, now=act.now)
        self.result, self.ended_on, self.closed_at = "", None, None
        self.gazette_volume = self.gazette_part = self.gazette_page = ""
        self.gazette_on = None
        return self._enter(act, stage, on, note=act.reason)
