"""A published article: corrected with a note that readers see, linked to what it tells of, or withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office import deadlines
from office.models import Deadline, Notice
from office.permissions import carries_it, is_head_of_it
from office.steps import Act, staff, step
from publicrelations.clean_html import clean_html
from publicrelations.models.article_state import ArticleState
from publicrelations.models.engagement import Engagement
from publicrelations.models.press_conference import PressConference
from publicrelations.models.publishing import PublishingSteps
from publicrelations.models.version import ArticleVersion

if TYPE_CHECKING:
    from django.db.models import ForeignKey

State = ArticleState


def is_proposed(article: ReleasedSteps) -> bool:
    """A correction waits for the head."""
    return article.proposal_id is not None


def nothing_is_proposed(article: ReleasedSteps) -> bool:
    return article.proposal_id is None


class ReleasedSteps(PublishingSteps):
    """What may still become of an article that readers have before them."""

    corrected_at = models.DateTimeField(_("corrected at"), null=True, editable=False)
    correction_note = models.CharField(
        _("what was corrected"), max_length=500, blank=True, help_text=_("Readers see it below the text.")
    )
    proposal: ForeignKey[ArticleVersion | None, ArticleVersion | None] = models.ForeignKey(
        ArticleVersion, models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    withdrawal_reason = models.CharField(
        _("why it was withdrawn"), max_length=500, blank=True, help_text=_("Readers see it at its address.")
    )

    left_engagement_id: int | None = None
    """The engagement it told of before this step, whose news it is no more."""

    if TYPE_CHECKING:
        proposal_id: int | None

    class Meta:
        abstract = True

    # ── Corrected ───────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=State.PUBLISHED,
        target=None,
        allowed=staff(carries_it),
        verb=_("Propose a correction"),
        done=_("Correction proposed"),
        conditions=[nothing_is_proposed],
        rank=20,
    )
    def propose_correction(self, act: Act, *, title: str, lead: str, body: str, note: str) -> None:
        """The officer writes the corrected words; readers see the old ones until the head releases them."""
        version = self.write_version(act, title=title, lead=lead, body=clean_html(body), note=note)
        if version.released_at is not None:
            raise ValidationError(gettext("Nothing was changed."))
        self.proposal = version
        self.let_go_unsaved(act)
        heads = self._heads()
        self.promise_now(act, Deadline.Kind.CHECK, heads[0] if heads else self.owner)
        act.tell(heads, Notice.Kind.YOUR_TURN, note)

    @step(
        field="state",
        source=State.PUBLISHED,
        target=None,
        allowed=staff(is_head_of_it),
        verb=_("Release a correction"),
        done=_("Corrected"),
        rank=10,
    )
    def release_correction(self, act: Act, *, title: str, lead: str, body: str, correction_note: str) -> None:
        """The head lets readers have the corrected words, with a note of what was corrected; the address stays."""
        version = self.write_version(
            act, title=title, lead=lead, body=clean_html(body), note=correction_note[:300]
        )
        if version.released_at is not None:
            raise ValidationError(gettext("Nothing was changed."))
        self.title, self.lead, self.body = title, lead, version.body
        self.refuse_unless_whole()
        version.release(by=act.actor.user, now=act.now)
        self.note_correction(act, correction_note)
        self.let_go_unsaved(act)
        self._end_proposal(act)
        act.tell([self.owner], Notice.Kind.STEP_TAKEN, correction_note)

    @step(
        field="state",
        source=State.PUBLISHED,
        target=None,
        allowed=staff(is_head_of_it),
        verb=_("Refuse the correction"),
        done=_("Correction refused"),
        conditions=[is_proposed],
        rank=40,
        needs_reason=True,
    )
    def refuse_correction(self, act: Act) -> None:
        """The head leaves what readers see as it is; why stands as a remark on the proposed version."""
        self.remark(act)
        self._end_proposal(act)
        act.tell([self.owner], Notice.Kind.STEP_TAKEN, act.reason)

    def note_correction(self, act: Act, note: str) -> None:
        """Readers are told what was corrected and when."""
        if not note.strip():
            raise ValidationError({"correction_note": gettext("Write for readers what was corrected.")})
        self.corrected_at, self.correction_note = act.now, note.strip()

    def _end_proposal(self, act: Act) -> None:
        if self.proposal_id is not None:
            deadlines.keep(self, Deadline.Kind.CHECK, now=act.now)
            self.proposal = None

    # ── What it tells of ────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=State.PUBLISHED,
        target=None,
        allowed=staff(carries_it),
        verb=_("Link to an engagement"),
        done=_("Link to an engagement set"),
        rank=93,
    )
    def link(
        self,
        act: Act,
        *,
        about_engagement: Engagement | None = None,
        press_conference: PressConference | None = None,
    ) -> None:
        """What it tells of is noted, or noted otherwise, after it was published: the engagement is covered by it."""
        if self.about_engagement_id != (about_engagement.pk if about_engagement else None):
            self.left_engagement_id = self.about_engagement_id
        self.about_engagement, self.press_conference = about_engagement, press_conference
        self.refuse_unless_whole()

    # ── Withdrawn ───────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=State.PUBLISHED,
        target=State.WITHDRAWN,
        allowed=staff(is_head_of_it),
        verb=_("Withdraw"),
        done=_("Withdrawn"),
        rank=94,
        reaches_far=True,
        held_by_lock=True,
    )
    def withdraw(self, act: Act, *, withdrawal_reason: str) -> None:
        """Readers find the reason at its address instead of it; pictures and files are given to nobody any more."""
        self.withdrawn_at, self.withdrawal_reason = act.now, withdrawal_reason.strip()
        if not self.withdrawal_reason:
            raise ValidationError({"withdrawal_reason": gettext("Write for readers why it was withdrawn.")})
        self._end_proposal(act)
        self.taggings.update(published_at=None)
        act.tell([self.owner], Notice.Kind.STEP_TAKEN, self.withdrawal_reason)
