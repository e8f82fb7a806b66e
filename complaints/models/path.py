"""The path of a petition: every step between its states, who may take it and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin

from complaints.models.agency_steps import AgencySteps
from complaints.models.state import UNCLOSED, WITH_OFFICER, State
from office import deadlines
from office.documents import Upload, attach
from office.models import Deadline, Document, Notice, Role, User
from office.notices import write_outside
from office.permissions import carries_it, is_executive, is_head_of_it, may_take_it
from office.steps import Act, staff, step

if TYPE_CHECKING:
    from complaints.models.category import Category


class PetitionPath(FSMModelMixin, AgencySteps):
    """The steps of a petition. They stand apart from its facts only because each is a page of the office's rules."""

    class Decision(models.TextChoices):
        ORDER = "order", _("Ordered")
        NOTE = "note", _("Noted")

    state = FSMField(_("state"), max_length=20, choices=State, default=State.RECEIVED, protected=True)

    class Meta:
        abstract = True

    def _heads(self) -> Sequence[User]:
        return list(User.objects.heads_of(self.subgroup_id))

    def opinion_deadline(self) -> Deadline | None:
        """The promise the reports count, the unmet revision of a sent-back one first."""
        return (
            self.deadlines.unmet()
            .filter(kind__in=[Deadline.Kind.OPINION, Deadline.Kind.REVISION])
            .order_by("due_at")
            .first()
        )

    # ── Who carries it ──────────────────────────────────────────────────────────────────────

    @step(
        field=state,
        source=UNCLOSED,
        target=None,
        allowed=staff(may_take_it),
        verb=_("Take"),
        done=_("Taken on"),
        rank=20,
    )
    def take(self, act: Act) -> None:
        """An officer of the subgroup takes a matter that nobody carries."""
        self._give_to(act.actor.user)

    @step(
        field=state,
        source=UNCLOSED,
        target=None,
        allowed=staff(is_head_of_it),
        verb=_("Assign"),
        done=_("Assigned"),
        rank=91,
    )
    def assign(self, act: Act, *, to: User) -> None:
        """The head gives the matter to an officer of the subgroup."""
        if to.subgroup_id != self.subgroup_id or not (to.has_role(Role.OFFICER) or to.has_role(Role.HEAD)):
            raise ValidationError({"to": gettext("Choose an officer of the subgroup.")})
        self._give_to(to)
        act.tell([to], Notice.Kind.YOUR_TURN)

    def _give_to(self, officer: User | None) -> None:
        unmet = Deadline.objects.unmet().filter(matter_id=self.pk)
        unmet.filter(Q(responsible=None) | Q(responsible_id=self.owner_id)).exclude(
            kind=Deadline.Kind.AGENCY_ANSWER
        ).update(responsible=officer)
        unmet.update(follower=officer)
        self.owner = officer

    @step(
        field=state,
        source=UNCLOSED,
        target=None,
        allowed=staff(carries_it),
        verb=_("Correct the facts"),
        done=_("Facts corrected"),
        rank=92,
    )
    def correct(self, act: Act, **facts: Any) -> None:
        """Whoever carries it corrects what was registered; before and after stand in the history."""
        for name in (
            "title",
            "petition_kind",
            "category",
            "province",
            "education_area",
            "place",
            "agency",
            "secrecy",
        ):
            if name in facts:
                setattr(self, name, facts[name])

    @step(
        field=state,
        source=list(State),
        target=None,
        allowed=staff(carries_it),
        verb=_("Attach files"),
        done=_("Files attached"),
        rank=90,
    )
    def attach_files(self, act: Act, *, files: Sequence[Upload]) -> None:
        """Whoever carries it adds files that came or were made; even a closed matter's file may be completed."""
        added = attach(self, files, source=Document.Source.OFFICE, added_by=act.actor.user, now=act.now)
        act.changes["files"] = ["", ", ".join(document.name for document in added)]

    # ── Opinion and order ───────────────────────────────────────────────────────────────────

    @step(
        field=state,
        source=WITH_OFFICER,
        target=None,
        allowed=staff(carries_it | may_take_it),
        verb=_("Save draft"),
        done=_("Draft saved"),
        rank=15,
    )
    def save_draft(
        self, act: Act, *, summary: str = "", opinion: str = "", category: Category | None = None
    ) -> None:
        """Keep what is written so far; the clock runs on."""
        self._write_opinion(act, summary, opinion, category)

    @step(
        field=state,
        source=WITH_OFFICER,
        target=State.SUMMARISED,
        allowed=staff(carries_it | may_take_it),
        verb=_("Put to the head"),
        done=_("Summarised with an opinion"),
        rank=10,
    )
    def summarise(self, act: Act, *, summary: str, opinion: str, category: Category) -> None:
        """The officer puts summary and opinion to the head. The promise is kept only when it reaches the executive."""
        self._write_opinion(act, summary, opinion, category)
        heads = self._heads()
        for kind in (Deadline.Kind.OPINION, Deadline.Kind.REVISION):
            deadlines.hand_over(self, kind, responsible=heads[0] if heads else self.owner)
        act.tell(heads, Notice.Kind.YOUR_TURN)

    def _write_opinion(self, act: Act, summary: str, opinion: str, category: Category | None) -> None:
        if self.owner_id is None:
            self._give_to(act.actor.user)
        self.summary, self.opinion, self.category = summary, opinion, category

    @step(
        field=state,
        source=State.SUMMARISED,
        target=State.SUBMITTED,
        allowed=staff(is_head_of_it),
        verb=_("Put to the executive"),
        done=_("Checked and put to the executive"),
        rank=10,
    )
    def submit(self, act: Act, *, to: User, late_reason: str = "") -> None:
        """The head passes the opinion to one in authority: here the promise of 1 working day is kept or broken."""
        promise = self.opinion_deadline()
        if promise and promise.is_late(act.now) and not late_reason:
            raise ValidationError(
                {"late_reason": gettext("It is late: write why, the monthly report asks for it.")}
            )
        if not to.has_role(Role.EXECUTIVE):
            raise ValidationError({"to": gettext("Choose one in authority.")})
        for kind in (Deadline.Kind.OPINION, Deadline.Kind.REVISION):
            deadlines.keep(self, kind, now=act.now, late_reason=late_reason)
        self.promise_now(act, Deadline.Kind.ORDER, to)
        act.tell([to], Notice.Kind.YOUR_TURN)

    @step(
        field=state,
        source=State.SUMMARISED,
        target=State.RETURNED,
        allowed=staff(is_head_of_it),
        verb=_("Send back"),
        done=_("Sent back by the head"),
        rank=40,
    )
    def send_back(self, act: Act) -> None:
        """The head sends the opinion back with a reason; the clock of the first promise runs on."""
        for kind in (Deadline.Kind.OPINION, Deadline.Kind.REVISION):
            deadlines.hand_over(self, kind, responsible=self.owner)
        act.tell([self.owner], Notice.Kind.YOUR_TURN, act.reason)

    @step(
        field=state,
        source=State.SUBMITTED,
        target=State.ORDERED,
        allowed=staff(is_executive),
        verb=_("Give the order"),
        done=_("Ordered"),
        rank=10,
    )
    def order(self, act: Act, *, order_text: str) -> None:
        """One in authority decides; the officer hands the matter to the agencies."""
        self._decide(act, self.Decision.ORDER, order_text, Deadline.Kind.REFERRAL)

    @step(
        field=state,
        source=State.SUBMITTED,
        target=State.ORDERED,
        allowed=staff(is_executive),
        verb=_("Take note"),
        done=_("Noted"),
        rank=30,
    )
    def note(self, act: Act, *, order_text: str = "") -> None:
        """One in authority takes note; the petitioner is told without asking an agency."""
        self._decide(act, self.Decision.NOTE, order_text, Deadline.Kind.INFORM)

    def _decide(self, act: Act, decision: str, order_text: str, owed: str) -> None:
        self.decision, self.order_text = decision, order_text
        deadlines.keep(self, Deadline.Kind.ORDER, now=act.now)
        self.promise_now(act, owed, self.owner)
        act.tell([self.owner, *self._heads()], Notice.Kind.YOUR_TURN)

    @step(
        field=state,
        source=State.SUBMITTED,
        target=State.RETURNED,
        allowed=staff(is_executive),
        verb=_("Return for revision"),
        done=_("Returned by the executive"),
        rank=40,
    )
    def return_for_revision(self, act: Act) -> None:
        """One in authority wants the opinion revised, and says why; a new promise begins, the kept one stays kept."""
        deadlines.keep(self, Deadline.Kind.ORDER, now=act.now)
        self.promise_now(act, Deadline.Kind.REVISION, self.owner)
        act.tell([self.owner, *self._heads()], Notice.Kind.YOUR_TURN, act.reason)

    # ── The end ─────────────────────────────────────────────────────────────────────────────

    @step(
        field=state,
        source=[State.ORDERED, State.ANSWERED],
        target=State.INFORMED,
        allowed=staff(carries_it),
        verb=_("Tell the petitioner"),
        done=_("Petitioner told"),
        rank=11,
    )
    def inform(self, act: Act, *, told_text: str) -> None:
        """The petitioner is told: on the follow-up page, and by e-mail when there is an address."""
        self.told_text = told_text
        deadlines.keep(self, Deadline.Kind.INFORM, now=act.now)
        deadlines.drop(self, Deadline.Kind.REFERRAL, now=act.now)
        self.promise_now(act, Deadline.Kind.CLOSE, self.owner)
        person = getattr(self, "petitioner", None)
        if person and person.email:
            write_outside(
                Notice.Kind.PETITIONER_RESULT,
                once=f"petition:{self.pk}:told:{self.version}",
                now=act.now,
                matter=self,
                subject_id=self.pk,
            )

    @step(
        field=state,
        source=State.INFORMED,
        target=State.CLOSED,
        allowed=staff(carries_it),
        verb=_("Close"),
        done=_("Closed"),
        rank=10,
    )
    def close(self, act: Act, *, result: str) -> None:
        """The matter ends with a result; nothing is owed any more."""
        self.result, self.closed_at = result, act.now
        deadlines.keep(self, Deadline.Kind.CLOSE, now=act.now)

    @step(
        field=state,
        source=State.CLOSED,
        target=State.RETURNED,
        allowed=staff(carries_it),
        verb=_("Reopen"),
        done=_("Reopened"),
        rank=40,
    )
    def reopen(self, act: Act) -> None:
        """A closed matter goes on, for a reason; what was promised and kept before stays as it was."""
        self.closed_at = None
        self.promise_now(act, Deadline.Kind.REVISION, self.owner)
        act.tell([self.owner, *self._heads()], Notice.Kind.YOUR_TURN, act.reason)
