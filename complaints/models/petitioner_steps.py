"""Between the office and the petitioner: the check on arrival, asking what is missing, telling the result."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE

from complaints.models.agency_steps import AgencySteps
from complaints.models.pausing import written
from complaints.models.state import WITH_OFFICER, State
from office import deadlines
from office.documents import Upload, attach
from office.models import Deadline, Document, Notice
from office.notices import write_outside
from office.permissions import carries_it, may_take_it
from office.steps import Act, petitioner_or, staff, step

if TYPE_CHECKING:
    from complaints.models.question import Question


class PetitionerSteps(AgencySteps):
    """The part of a petition's path that concerns the one it comes from."""

    class Meta:
        abstract = True

    @step(
        field="state",
        source=WITH_OFFICER,
        target=None,
        allowed=staff(carries_it | may_take_it),
        verb=_("Check completeness"),
        done=_("Completeness checked"),
        rank=25,
    )
    def check_arrival(self: Any, act: Act, *, check_result: str) -> None:
        """An officer says whether it can be worked on as it came; that of a web petition counts for the plan."""
        if check_result not in self.Check.values:
            raise ValidationError({"check_result": gettext("Choose one of the three.")})
        act.changes["check_result"] = [self.check_result, check_result]
        self.check_result = check_result

    @step(
        field="state",
        source=WITH_OFFICER,
        target=State.ASKED,
        allowed=staff(carries_it | may_take_it),
        verb=_("Ask the petitioner"),
        done=_("Petitioner asked"),
        rank=35,
    )
    def ask_petitioner(self, act: Act, *, asked: str) -> None:
        """The officer asks for what is missing, on the follow-up page and by e-mail; meanwhile the clock stands still.

        An opinion that is late already is not helped by asking: it stays late.
        """
        from complaints.models.question import Question

        if act.actor.user is None or not asked.strip():
            raise ValidationError({"asked": gettext("Write what is missing.")})
        if self.owner_id is None:
            self._give_to(act, act.actor.user)
        stopped = self.stop_clock(act)
        self.came_from = self.state
        wait = deadlines.promise(
            self,
            Deadline.Kind.PETITIONER_ANSWER,
            start=act.now,
            calendar=act.calendar,
            responsible=None,
            continues=stopped,
        )
        question = Question.objects.create(
            petition_id=self.pk, asked=asked, asked_at=act.now, asked_by=act.actor.user, deadline=wait
        )
        self._mail_question(act, question)
        act.changes["until"] = ["", written(wait.due_at)]

    @step(
        field="state",
        source=State.ASKED,
        target=RETURN_VALUE(*WITH_OFFICER),
        allowed=petitioner_or(carries_it),
        verb=_("Record the petitioner's answer"),
        done=_("Answered by the petitioner"),
        rank=10,
    )
    def petitioner_answers(
        self, act: Act, *, question: Question, answer: str, files: Sequence[Upload] = ()
    ) -> State:
        """The petitioner answers with number and code, or the officer records what came by telephone or letter."""
        asked = self._open_question(question)
        if not answer.strip() and not files:
            raise ValidationError({"answer": gettext("Write an answer or attach a file.")})
        asked.answer, asked.answered_at = answer, act.now
        asked.save(update_fields=["answer", "answered_at"])
        deadlines.keep_one(asked.deadline, now=act.now)
        added = attach(self, files, source=Document.Source.PETITIONER, added_by=act.actor.user, now=act.now)
        if added:
            act.changes["files"] = ["", ", ".join(document.name for document in added)]
        if self.owner_id is None:
            act.tell(self._heads(), Notice.Kind.YOUR_TURN)
        back = self.start_clock(act, asked.deadline)
        if "due" not in act.changes:
            act.tell([self.owner], Notice.Kind.YOUR_TURN)
        return back

    @step(
        field="state",
        source=State.ASKED,
        target=RETURN_VALUE(*WITH_OFFICER),
        allowed=staff(carries_it),
        verb=_("Go on without an answer"),
        done=_("Went on without the petitioner's answer"),
        rank=40,
        needs_reason=True,
    )
    def go_on(self, act: Act) -> State:
        """The officer waits no longer and says why; the question can be answered no more."""
        from complaints.models.question import Question

        asked = Question.objects.open().select_related("deadline").filter(petition_id=self.pk).first()
        self._take_back_questions(act)
        return self.start_clock(act, asked.deadline if asked else None)

    @step(
        field="state",
        source=[State.ORDERED, State.ANSWERED],
        target=State.INFORMED,
        allowed=staff(carries_it),
        verb=_("Tell the petitioner"),
        done=_("Petitioner told"),
        rank=11,
    )
    def inform(self, act: Act, *, told_text: str) -> None:
        """The petitioner is told: on the follow-up page, and by e-mail when there is an address."""
        deadlines.keep(self, Deadline.Kind.INFORM, now=act.now)
        deadlines.drop(self, Deadline.Kind.REFERRAL, now=act.now)
        self.promise_now(act, Deadline.Kind.CLOSE, self.owner)
        self._tell_petitioner(act, told_text)

    def _tell_petitioner(self, act: Act, told_text: str) -> None:
        self.told_text = told_text
        if told_text and self._has_address():
            write_outside(
                Notice.Kind.PETITIONER_RESULT,
                once=f"petition:{self.pk}:told:{self.version}",
                now=act.now,
                matter=self,
                subject_id=self.pk,
            )

    def _mail_question(self, act: Act, question: Question) -> None:
        if self._has_address():
            write_outside(
                Notice.Kind.PETITIONER_QUESTION,
                once=f"question:{question.pk}:{question.deadline_id}",
                now=act.now,
                matter=self,
                subject_id=question.pk,
            )

    def _has_address(self) -> bool:
        person = getattr(self, "petitioner", None)
        return bool(person and person.email)

    def _open_question(self, question: Question) -> Question:
        """The question as it stands under the matter's lock; only its own petition answers it."""
        from complaints.models.question import Question

        current = Question.objects.select_related("deadline").get(pk=question.pk)
        if current.petition_id != self.pk or not current.is_open:
            raise ValidationError(gettext("This question has been answered already."))
        return current

    def _take_back_questions(self, act: Act) -> None:
        """What was asked of the petitioner is asked no more."""
        from complaints.models.question import Question

        Question.objects.open().filter(petition_id=self.pk).update(taken_back_at=act.now)
        deadlines.drop(self, Deadline.Kind.PETITIONER_ANSWER, now=act.now)

    def repoint(self, act: Act, old: Deadline, new: Deadline) -> None:
        """An agency's or the petitioner's new date is theirs to know: both are written to."""
        super().repoint(act, old, new)
        from complaints.models.question import Question

        question = Question.objects.filter(deadline=old).first()
        if question is not None:
            question.deadline = new
            question.save(update_fields=["deadline"])
            self._mail_question(act, question)
