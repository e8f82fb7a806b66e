"""Publishing an article: by the head at once, or by the clock at the minute the head has set."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office import deadlines
from office.models import Deadline, Notice, Secrecy, User
from office.permissions import is_head_of_it
from office.steps import Act, Actor, staff, step
from publicrelations.models.article_state import ArticleState
from publicrelations.models.picturing import PicturingSteps
from publicrelations.slugs import slug_of

if TYPE_CHECKING:
    from django.db.models import ForeignKey

State = ArticleState

FARTHEST: Final = timedelta(days=366)
"""Nothing is set for a later moment; a date beyond is a slip of the pen."""
TO_THE_MINUTE: Final = timedelta(seconds=59)
"""What is set for 09.00 is in time while clocks show 09.00."""


def is_the_clock(article: PublishingSteps, actor: Actor) -> bool:
    """What the head approved appears by itself; nobody presses."""
    return actor.is_clock


class PublishingSteps(PicturingSteps):
    """The part of an article's path from the head's word to readers."""

    slug = models.CharField(_("words of the address"), max_length=100, blank=True, editable=False)
    publish_from = models.DateTimeField(_("to be published at"), null=True, blank=True)
    approved_at = models.DateTimeField(_("approved at"), null=True, editable=False)
    approved_by: ForeignKey[User | None, User | None] = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)

    class Meta:
        abstract = True

    def shown_since(self) -> datetime | None:
        """Since when readers have it before them; None for one they have not."""
        return self.published_at if self.state == State.PUBLISHED else None

    def lacks(self) -> dict[str, str]:
        """As words and pictures, and nothing secret about it or about what it tells of."""
        lacking = super().lacks()
        if self.secrecy != Secrecy.ORDINARY:
            lacking["secrecy"] = gettext("What has a grade of secrecy is never published.")
        about = self.about_engagement
        if about is not None and (not about.is_public or about.secrecy != Secrecy.ORDINARY):
            lacking["about_engagement"] = gettext(
                "This engagement is not public: no news about it may be published."
            )
        return lacking

    # ── The head's word ─────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=[State.CHECKING, State.SCHEDULED],
        target=State.PUBLISHED,
        allowed=staff(is_head_of_it),
        verb=_("Publish now"),
        done=_("Published"),
        rank=10,
    )
    def publish(self, act: Act) -> None:
        """The head lets readers have the newest version at once, also one that was set for later."""
        self._approve(act)
        self._appear(act)

    @step(
        field="state",
        source=State.CHECKING,
        target=State.SCHEDULED,
        allowed=staff(is_head_of_it),
        verb=_("Publish at a time"),
        done=_("Approved, to be published at a time"),
        rank=12,
    )
    def schedule(self, act: Act, *, publish_from: datetime) -> None:
        """The head approves it for a minute to come; the clock publishes it then."""
        self._approve(act)
        self._set_time(act, publish_from)
        act.tell([self.owner], Notice.Kind.STEP_TAKEN)

    @step(
        field="state",
        source=State.SCHEDULED,
        target=None,
        allowed=staff(is_head_of_it),
        verb=_("Set another time"),
        done=_("Another time set"),
        rank=12,
    )
    def reschedule(self, act: Act, *, publish_from: datetime) -> None:
        """The head sets another minute to come; the earlier one counts no more."""
        deadlines.drop(self, Deadline.Kind.PUBLISH, now=act.now)
        self._set_time(act, publish_from)
        act.tell([self.owner], Notice.Kind.STEP_TAKEN)

    @step(
        field="state",
        source=State.SCHEDULED,
        target=State.CHECKING,
        allowed=staff(is_head_of_it),
        verb=_("Stop the publication"),
        done=_("Publication stopped"),
        rank=40,
        needs_reason=True,
    )
    def stop(self, act: Act) -> None:
        """The head takes the word back before the time has come; it waits for the check again."""
        self.publish_from, self.approved_at, self.approved_by = None, None, None
        deadlines.drop(self, Deadline.Kind.PUBLISH, now=act.now)
        self.promise_now(act, Deadline.Kind.CHECK, act.actor.user)
        act.tell([self.owner], Notice.Kind.STEP_TAKEN, act.reason)

    # ── The clock's ─────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=State.SCHEDULED,
        target=State.PUBLISHED,
        allowed=is_the_clock,
        verb=_("Publish at its time"),
        done=_("Published at its time"),
        rank=99,
    )
    def publish_on_time(self, act: Act) -> None:
        """Its time has come: what the head approved appears; late rather than never."""
        if self.publish_from is None or act.now < self.publish_from:
            raise ValidationError(gettext("Its time has not come yet."))
        self._appear(act)

    # ── What they are made of ───────────────────────────────────────────────────────────────

    def _approve(self, act: Act) -> None:
        self.refuse_unless_whole()
        self.approved_at, self.approved_by = act.now, act.actor.user
        deadlines.keep(self, Deadline.Kind.CHECK, now=act.now)

    def _set_time(self, act: Act, publish_from: datetime) -> None:
        """The minute at which it appears; that is a promise too."""
        at = publish_from.replace(second=0, microsecond=0)
        if at <= act.now:
            raise ValidationError(
                {"publish_from": gettext("This time has passed. Publish it now, or set a later one.")}
            )
        if at > act.now + FARTHEST:
            raise ValidationError({"publish_from": gettext("At most a year ahead.")})
        self.publish_from = at
        deadlines.promise(
            self,
            Deadline.Kind.PUBLISH,
            start=act.now,
            calendar=act.calendar,
            responsible=self.owner,
            due=at + TO_THE_MINUTE,
        )

    def _appear(self, act: Act) -> None:
        """Readers have it from this moment; the words of its address stay whatever is corrected later."""
        self.refuse_unless_whole()
        self.published_at = act.now
        self.slug = self.slug or slug_of(self.title)
        self.closed_at = max(act.now, self.received_at)
        deadlines.keep(self, Deadline.Kind.PUBLISH, now=act.now)
        newest = self.newest_version()
        if newest is None:
            newest = self.write_version(act, title=self.title, lead=self.lead, body=self.body)
        newest.release(by=self.approved_by, now=act.now)
        self.taggings.update(published_at=act.now)
        act.tell([self.owner], Notice.Kind.STEP_TAKEN)
