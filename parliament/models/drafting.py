"""Drafting: an answer or a statement in its versions, on its way over the head's check to the minister's desk."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE

from office import deadlines
from office.carrying import StateField
from office.models import Deadline, Notice, Role, User
from office.permissions import carries_it, is_executive, is_head_of_it, may_take_it
from office.steps import Act, staff, step
from parliament.models.answer_state import WITH_OFFICER, AnswerState
from parliament.models.asking import AskingSteps
from parliament.models.draft import AnswerDraft, DraftRemark
from parliament.models.request import AgencyRequest

State = AnswerState


def _kept(text: str) -> str:
    """A text as a version keeps it."""
    return text.replace("\r\n", "\n").strip()


class DraftingSteps(AskingSteps):
    """The part of a matter's path on which facts become one approved text."""

    ASKS_FROM = (State.RECEIVED, State.ASKED, State.DRAFTING)
    NOBODY_LEFT = State.RECEIVED
    WITH_FACTS = State.DRAFTING

    state = StateField(_("state"), choices=State, default=State.RECEIVED)

    class Meta:
        abstract = True

    # ── What asking agencies wants to know ──────────────────────────────────────────────────

    def leave_for_asking(self, act: Act) -> None:
        """Asking agencies is what was owed; a draft is owed again when their facts are in."""
        deadlines.keep(self, Deadline.Kind.REFERRAL, now=act.now)
        self.let_rest(act, Deadline.Kind.DRAFT)

    def owe_asking(self, act: Act) -> None:
        self.promise_of_path(act, Deadline.Kind.REFERRAL, self.owner)

    def owe_with_facts(self, act: Act) -> None:
        self.promise_of_path(act, Deadline.Kind.DRAFT, self.owner)

    def promise_of_path(self, act: Act, kind: str, responsible: User | None) -> Deadline:
        """What the state that begins owes, by the rule of this chamber and kind if the office has one."""
        return deadlines.promise(
            self,
            kind,
            start=act.now,
            calendar=act.calendar,
            responsible=responsible,
            scope=self.rule_scope,
        )

    def let_rest(self, act: Act, *kinds: str) -> None:
        """Promises that the way taken makes needless are taken back; one that is late already stays late."""
        late = Deadline.objects.late(act.now).filter(matter_id=self.pk, kind__in=kinds)
        late.update(met_at=act.now, remind_at=None)
        for kind in kinds:
            deadlines.drop(self, kind, now=act.now)

    # ── The text in its versions ────────────────────────────────────────────────────────────

    def newest_draft(self) -> AnswerDraft | None:
        """The version that is being worked on, or was approved."""
        return AnswerDraft.objects.filter(matter_id=self.pk).order_by("-version").first()

    @cached_property
    def drafts_when_read(self) -> list[AnswerDraft]:
        """The versions there were when this matter was read, the oldest first: for a page, which asks once."""
        rows = AnswerDraft.objects.filter(matter_id=self.pk).order_by("version")
        remarks = DraftRemark.objects.filter(draft=OuterRef("pk"))
        return list(rows.select_related("written_by", "approved_by").annotate(has_remarks=Exists(remarks)))

    @property
    def answer_text(self) -> str:
        """The newest version's words; empty before there is one."""
        return self.drafts_when_read[-1].text if self.drafts_when_read else ""

    @property
    def approved_draft(self) -> AnswerDraft | None:
        """The one text that was approved."""
        return AnswerDraft.objects.approved().filter(matter_id=self.pk).first()

    def _write_version(
        self, act: Act, text: str, note: str = "", reused_from: AnswerDraft | None = None
    ) -> AnswerDraft:
        """The text as the next version; the newest one as it is, when nothing of it was changed."""
        words = _kept(text)
        if not words:
            raise ValidationError({"answer_text": gettext("Write the text.")})
        newest = self.newest_draft()
        if newest and newest.text == words:
            return newest
        if act.actor.user is None:
            raise ValueError("A draft is written by somebody of the office.")
        draft = AnswerDraft.objects.create(
            matter_id=self.pk,
            version=(newest.version if newest else 0) + 1,
            text=words,
            note=note.strip(),
            written_by=act.actor.user,
            written_at=act.now,
            reused_from=reused_from,
        )
        act.changes["draft"] = [str(newest.version) if newest else "", str(draft.version)]
        if draft.note:
            act.changes["draft_note"] = ["", draft.note]
        return draft

    def was_given(self, name: str, given: dict[str, Any]) -> bool:
        """The words of a second window are never taken for those of the first; one that reused an answer kept what
        was typed as the version before it."""
        rows = (
            AnswerDraft.objects.filter(matter_id=self.pk).order_by("-version").values_list("text", flat=True)
        )
        source = given.get("source")
        texts = {_kept(given.get("answer_text", "")), source.text if source else ""} - {""}
        return texts <= set(rows[: max(1, len(texts))])

    def _remark(self, act: Act) -> None:
        """Why a text came back stands beside the version it is about."""
        newest = self.newest_draft()
        if newest and act.actor.user:
            DraftRemark.objects.create(draft=newest, by=act.actor.user, at=act.now, text=act.reason)

    def _take_on(self, act: Act) -> None:
        """Who writes for what nobody carries, carries it."""
        if self.owner_id is None:
            self._give_to(act, act.actor.user)

    # ── The officer's steps ─────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=WITH_OFFICER,
        target=RETURN_VALUE(State.ASKED, State.DRAFTING),
        allowed=staff(carries_it | may_take_it),
        verb=_("Save draft"),
        done=_("Draft saved"),
        rank=12,
    )
    def save_draft(self, act: Act, *, answer_text: str, note: str = "") -> str:
        """Keep what is written so far as the next version; agencies may still be waited for."""
        self._take_on(act)
        self._write_version(act, answer_text, note)
        return self._now_drafted(act)

    @step(
        field="state",
        source=WITH_OFFICER,
        target=RETURN_VALUE(State.ASKED, State.DRAFTING),
        allowed=staff(carries_it | may_take_it),
        verb=_("Reuse an earlier answer"),
        done=_("Earlier answer reused"),
        rank=13,
    )
    def reuse_answer(self, act: Act, *, source: AnswerDraft, answer_text: str = "") -> str:
        """An answer approved on another matter becomes the next version, which says where it came from; what was typed
        so far is kept as a version before it."""
        if not source.is_approved or source.matter_id == self.pk:
            raise ValidationError({"source": gettext("Only an answer approved on another matter is reused.")})
        self._take_on(act)
        if answer_text.strip():
            self._write_version(act, answer_text)
        label = source.matter.label
        note = gettext("From the answer to %(number)s") % {"number": label}
        self._write_version(act, source.text, note, reused_from=source)
        act.changes["reused_from"] = ["", label]
        return self._now_drafted(act)

    def _now_drafted(self, act: Act) -> str:
        """A first text needs no agency any more to be asked; while some are waited for, they still are."""
        if self.state != State.RECEIVED:
            return str(self.state)
        deadlines.keep(self, Deadline.Kind.REFERRAL, now=act.now)
        self.promise_of_path(act, Deadline.Kind.DRAFT, self.owner)
        return State.DRAFTING

    @step(
        field="state",
        source=WITH_OFFICER,
        target=State.CHECKING,
        allowed=staff(carries_it | may_take_it),
        verb=_("Put to the head"),
        done=_("Draft put to the head"),
        rank=11,
    )
    def submit_draft(self, act: Act, *, answer_text: str, note: str = "") -> None:
        """The officer puts the draft to the head; what agencies have not answered by then is not waited for."""
        self._take_on(act)
        self._write_version(act, answer_text, note)
        AgencyRequest.take_back_all(self.pk, now=act.now)
        for kind in (Deadline.Kind.REFERRAL, Deadline.Kind.DRAFT):
            deadlines.keep(self, kind, now=act.now)
        heads = self._heads()
        self.promise_of_path(act, Deadline.Kind.CHECK, heads[0] if heads else self.owner)
        act.tell(heads, Notice.Kind.YOUR_TURN)

    # ── The head's ──────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=State.CHECKING,
        target=None,
        allowed=staff(is_head_of_it),
        verb=_("Mend the draft"),
        done=_("Draft mended by the head"),
        rank=30,
    )
    def mend_draft(self, act: Act, *, answer_text: str, note: str = "") -> None:
        """The head mends a word or two instead of sending it back: a version of its own."""
        self._write_version(act, answer_text, note)

    @step(
        field="state",
        source=State.CHECKING,
        target=State.ON_DESK,
        allowed=staff(is_head_of_it),
        verb=_("Put to the minister"),
        done=_("Checked and put to the minister"),
        rank=10,
    )
    def put_to_minister(self, act: Act, *, to: User) -> None:
        """The head puts the newest version on the desk of one in authority."""
        if not to.has_role(Role.EXECUTIVE):
            raise ValidationError({"to": gettext("Choose one in authority.")})
        deadlines.keep(self, Deadline.Kind.CHECK, now=act.now)
        self.promise_of_path(act, Deadline.Kind.ORDER, to)
        act.tell([to], Notice.Kind.YOUR_TURN)

    @step(
        field="state",
        source=State.CHECKING,
        target=State.DRAFTING,
        allowed=staff(is_head_of_it),
        verb=_("Send back"),
        done=_("Draft sent back by the head"),
        rank=40,
        needs_reason=True,
    )
    def send_back(self, act: Act) -> None:
        """The head wants the draft mended and says what; that stands as a remark on its version."""
        self._back_to_officer(act, Deadline.Kind.CHECK)

    # ── The minister's desk ─────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=State.ON_DESK,
        target=State.APPROVED,
        allowed=staff(is_executive),
        verb=_("Approve"),
        done=_("Answer approved"),
        rank=10,
    )
    def approve(self, act: Act) -> None:
        """One in authority approves the newest version: it is the answer, and never changes again."""
        newest = self.newest_draft()
        if newest is None or act.actor.user is None:
            raise ValidationError(gettext("There is no text to approve."))
        newest.approve(by=act.actor.user, now=act.now)
        act.changes["approved_version"] = ["", str(newest.version)]
        deadlines.keep(self, Deadline.Kind.ORDER, now=act.now)
        act.tell([self.owner, *self._heads()], Notice.Kind.YOUR_TURN)

    @step(
        field="state",
        source=State.ON_DESK,
        target=State.DRAFTING,
        allowed=staff(is_executive),
        verb=_("Return with remarks"),
        done=_("Returned by the minister"),
        rank=20,
        needs_reason=True,
    )
    def return_with_remarks(self, act: Act) -> None:
        """One in authority wants it written otherwise and says how; that stands as a remark on its version."""
        self._back_to_officer(act, Deadline.Kind.ORDER)
        act.tell(self._heads(), Notice.Kind.STEP_TAKEN, act.reason)

    def _back_to_officer(self, act: Act, kept: str) -> None:
        self._remark(act)
        deadlines.keep(self, kept, now=act.now)
        self.promise_of_path(act, Deadline.Kind.DRAFT, self.owner)
        act.tell([self.owner], Notice.Kind.YOUR_TURN, act.reason)
