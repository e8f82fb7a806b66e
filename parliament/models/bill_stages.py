"""A bill on its line: a stage begins, its outcome leads to the next, or sends the bill back; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE

from office.calendar import OFFICE_TZ
from office.carrying import StateField
from office.documents import Upload, attach
from office.models import Deadline, Document, Notice
from office.permissions import carries_it
from office.steps import Act, staff, step
from parliament.models.bill_state import (
    BEFORE_CHAMBERS,
    LINE,
    UNCLOSED,
    BillState,
    Outcome,
    stages_after,
    stages_upto,
)
from parliament.models.counted import CountedMatter

if TYPE_CHECKING:
    from parliament.models.bill_stage import BillStage

State = BillState


@dataclass(frozen=True)
class Votes:
    """How a chamber voted, as far as it was told."""

    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None

    def __str__(self) -> str:
        told = (self.votes_for, self.votes_against, self.abstentions)
        return ":".join("–" if one is None else str(one) for one in told) if any(told) else ""


NO_VOTES = Votes()


class BillStageSteps(CountedMatter):
    """The part of a bill's path that parliament decides: stage by stage along the line, or back."""

    CORRECTABLE: tuple[str, ...]
    """The registered facts that may be corrected."""

    state = StateField(_("state"), choices=State, default=State.REGISTERED)

    stages: Any

    class Meta:
        abstract = True

    def open_passage(self) -> BillStage | None:
        """The passage the bill is in; None before its line begins and after it has ended."""
        return self.stages.filter(outcome="").first()

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
        source=State.REGISTERED,
        target=RETURN_VALUE(*LINE),
        allowed=staff(carries_it),
        verb=_("Begin a stage"),
        done=_("Stage begun"),
        rank=10,
    )
    def begin(self, act: Act, *, stage: str, on: date, note: str = "") -> BillState:
        """The bill is on its line; the office may hear of it at any stage, not only at the first."""
        return self._enter(act, stage, on, note=note)

    @step(
        field="state",
        source=BEFORE_CHAMBERS,
        target=RETURN_VALUE(*LINE),
        allowed=staff(carries_it),
        verb=_("Record the outcome"),
        done=_("Outcome recorded"),
        rank=10,
    )
    def record_outcome(
        self,
        act: Act,
        *,
        outcome: str,
        on: date,
        next_stage: str,
        votes: Votes = NO_VOTES,
        note: str = "",
        files: Sequence[Upload] = (),
        late_reason: str = "",
    ) -> BillState:
        """The stage is passed, with amendments or without, and the next one begins the same day."""
        if outcome not in (Outcome.PASSED, Outcome.PASSED_AMENDED):
            raise ValidationError({"outcome": gettext("This outcome has a step of its own.")})
        if next_stage not in stages_after(self.state):
            raise ValidationError({"next_stage": gettext("This stage does not come after the present one.")})
        self.leave(act, outcome, on, votes=votes, note=note, late_reason=late_reason)
        self._keep_papers(act, files)
        return self._enter(act, next_stage, on)

    @step(
        field="state",
        source=LINE[1:7],
        target=RETURN_VALUE(*LINE),
        allowed=staff(carries_it),
        verb=_("Send back to a stage"),
        done=_("Sent back to a stage"),
        rank=30,
        needs_reason=True,
    )
    def send_back(
        self,
        act: Act,
        *,
        to_stage: str,
        on: date,
        votes: Votes = NO_VOTES,
        files: Sequence[Upload] = (),
        late_reason: str = "",
    ) -> BillState:
        """Parliament wants an earlier stage gone through again, or this one: the Senate amended, a new committee.

        The passage that ends so keeps its dates and stands in the line; the new one stands after it.
        """
        if to_stage not in stages_upto(self.state):
            raise ValidationError(
                {"to_stage": gettext("A bill goes back to an earlier stage, or through the same again.")}
            )
        self.leave(act, Outcome.SENT_BACK, on, votes=votes, note=act.reason, late_reason=late_reason)
        self._keep_papers(act, files)
        return self._enter(act, to_stage, on)

    @step(
        field="state",
        source=State.ASSENT,
        target=State.GAZETTE,
        allowed=staff(carries_it),
        verb=_("Record the royal assent"),
        done=_("Royal assent given"),
        rank=10,
    )
    def give_assent(self, act: Act, *, on: date, note: str = "") -> None:
        """The King has signed it: what is left is its printing in the Royal Gazette."""
        self.leave(act, Outcome.PASSED, on, note=note)
        self._enter(act, State.GAZETTE, on)

    @step(
        field="state",
        source=UNCLOSED[1:],
        target=None,
        allowed=staff(carries_it),
        verb=_("Correct a stage"),
        done=_("Stage corrected"),
        rank=93,
        held_by_lock=True,
    )
    def correct_passage(
        self,
        act: Act,
        *,
        passage: BillStage,
        began_on: date,
        ended_on: date | None = None,
        votes: Votes = NO_VOTES,
        note: str = "",
    ) -> None:
        """A wrong date, note or vote of one passage is put right; before and after stand in the history."""
        current = self.stages.filter(pk=passage.pk).first()
        if current is None:
            raise ValidationError({"passage": gettext("Choose a stage of this bill.")})
        if current.is_open == bool(ended_on):
            raise ValidationError(
                {"ended_on": gettext("Only a stage with an outcome has an end, and it needs one.")}
            )
        self._refuse_disorder(current, began_on, ended_on, act)
        was = f"{current.began_on} – {current.ended_on or ''}"
        current.began_on, current.ended_on, current.note = began_on, ended_on, note
        for name in ("votes_for", "votes_against", "abstentions"):
            setattr(current, name, getattr(votes, name))
        current.save()
        act.changes["stage"] = ["", current.stage]
        act.changes["stage_dates"] = [was, f"{began_on} – {ended_on or ''}"]

    # ── Within the steps ────────────────────────────────────────────────────────────────────

    def _refuse_disorder(self, current: BillStage, began_on: date, ended_on: date | None, act: Act) -> None:
        """Passages follow one another: none begins before the one before it ended."""
        if (ended_on or began_on) > act.now.astimezone(OFFICE_TZ).date():
            raise ValidationError(
                {"ended_on" if ended_on else "began_on": gettext("This day is still to come.")}
            )
        if ended_on and ended_on < began_on:
            raise ValidationError({"ended_on": gettext("It cannot end before it begins.")})
        before = self.stages.filter(position__lt=current.position).order_by("-position").first()
        if before and before.ended_on and began_on < before.ended_on:
            raise ValidationError({"began_on": gettext("The stage before it ended later than that.")})
        after = self.stages.filter(position__gt=current.position).order_by("position").first()
        if after and ended_on and ended_on > after.began_on:
            raise ValidationError({"ended_on": gettext("The stage after it began earlier than that.")})

    def _enter(self, act: Act, stage: str, on: date, *, note: str = "") -> BillState:
        """A new passage begins, behind all that the bill has gone through."""
        from parliament.models.bill_stage import BillStage

        if stage not in LINE:
            raise ValidationError({"stage": gettext("Choose a stage.")})
        if on > act.now.astimezone(OFFICE_TZ).date():
            raise ValidationError({"on": gettext("This day is still to come.")})
        last = self.stages.order_by("-position").first()
        if last and last.ended_on and on < last.ended_on:
            raise ValidationError({"on": gettext("The stage before it ended later than that.")})
        BillStage.objects.create(
            bill_id=self.pk, position=last.position + 1 if last else 1, stage=stage, began_on=on, note=note
        )
        act.changes["stage"] = [act.changes.get("stage", ["", ""])[0], stage]
        act.tell([self.owner, *self._heads()], Notice.Kind.STEP_TAKEN, str(State(stage).label))
        return State(stage)

    def leave(
        self,
        act: Act,
        outcome: str,
        on: date,
        *,
        votes: Votes = NO_VOTES,
        note: str = "",
        late_reason: str = "",
    ) -> None:
        """The present passage ends with an outcome; what it still owed for its meetings is settled."""
        passage = self.open_passage()
        if passage is None:
            return
        if on > act.now.astimezone(OFFICE_TZ).date():
            raise ValidationError({"on": gettext("This day is still to come.")})
        if on < passage.began_on:
            raise ValidationError({"on": gettext("It cannot end before it begins.")})
        self._settle_meetings(act, late_reason)
        passage.outcome, passage.ended_on = outcome, on
        passage.note = "\n".join(part for part in (passage.note, note) if part)
        for name in ("votes_for", "votes_against", "abstentions"):
            setattr(passage, name, getattr(votes, name))
        passage.save()
        act.changes["stage"] = [passage.stage, act.changes.get("stage", ["", ""])[1]]
        act.changes["outcome"] = ["", outcome]
        if str(votes):
            act.changes["votes"] = ["", str(votes)]

    def late_for_a_meeting(self, act_now: Any) -> bool:
        """Whether a meeting has begun for which not all was ready: its lateness needs a reason."""
        late = Deadline.objects.late(act_now).filter(matter_id=self.pk, kind=Deadline.Kind.READY)
        return late.exists()

    def _settle_meetings(self, act: Act, late_reason: str) -> None:
        """What was late for a meeting stays late, with its reason; for one still to come nothing need be ready."""
        owed = Deadline.objects.unmet().filter(matter_id=self.pk, kind=Deadline.Kind.READY)
        if self.late_for_a_meeting(act.now):
            if not late_reason.strip():
                raise ValidationError(
                    {
                        "late_reason": gettext(
                            "Not all was ready when the meeting began: write why, the report asks for it."
                        )
                    }
                )
            owed.filter(due_at__lt=act.now).update(met_at=act.now, remind_at=None, late_reason=late_reason)
        owed.update(dropped_at=act.now, remind_at=None)

    def _keep_papers(self, act: Act, files: Sequence[Upload]) -> None:
        attach(self, files, source=Document.Source.OFFICE, added_by=act.actor.user, now=act.now)
