"""An engagement and its news: whether it calls for any, until when, and that some is published."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE

from office import deadlines
from office.carrying import StateField
from office.models import Deadline, Notice
from office.permissions import carries_it, in_its_subgroup, is_head, is_head_of_it, is_officer
from office.steps import Act, Actor, clock_or, staff, step
from publicrelations.models.counted import CountedMatter
from publicrelations.models.engagement_state import EngagementState

State = EngagementState

# On the day whoever of the subgroup went along records what happened, not its officer alone.
goes_along = (is_officer | is_head) & in_its_subgroup
PROMISED: Final = (Deadline.Kind.NEWS, Deadline.Kind.CLOSE)
"""What an engagement owes from its end on: its news or, where none is called for, that it is recorded as held."""


def owes_news(engagement: NewsSteps) -> bool:
    """The condition of being excused from news."""
    return engagement.calls_for_news


def owes_no_news(engagement: NewsSteps) -> bool:
    """The condition of being asked for news after all."""
    return not engagement.calls_for_news


def is_told_of(engagement: NewsSteps) -> bool:
    """Some article about it is published, and nobody has noted that yet."""
    return engagement.covered_at is None and engagement.first_news_at() is not None


def is_told_of_no_more(engagement: NewsSteps) -> bool:
    """What was published about it is withdrawn."""
    return engagement.covered_at is not None and engagement.first_news_at() is None


class NewsSteps(CountedMatter):
    """The part of an engagement's path that its news makes."""

    state = StateField(_("state"), choices=EngagementState, default=EngagementState.PLANNED)
    calls_for_news = models.BooleanField(_("calls for news"), default=True)
    no_news_reason = models.CharField(_("why no news is called for"), max_length=500, blank=True)
    covered_at = models.DateTimeField(
        _("covered since"),
        null=True,
        editable=False,
        help_text=_("When the first article about it was published; empty while none is."),
    )

    starts_at: Any
    ends_at: Any
    is_public: Any

    class Meta:
        abstract = True

    def first_news_at(self) -> datetime | None:
        """When the first of those articles about it that stand published was; None while none does. A page has it with
        the engagement's row (`told_at`)."""
        from publicrelations import covering

        if "told_at" in self.__dict__:
            return self.__dict__["told_at"]
        return covering.first_news_at(self.pk)

    def may_excuse(self, actor: Actor) -> bool:
        """Whether somebody may say that no news of it is called for."""
        return staff(is_head_of_it)(self, actor)

    # ── What it owes ────────────────────────────────────────────────────────────────────────

    def owe(self, act: Act) -> None:
        """Promise what follows from its end, or from when the office was told of it if that was later."""
        deadlines.promise(
            self,
            Deadline.Kind.NEWS if self.calls_for_news else Deadline.Kind.CLOSE,
            start=max(self.ends_at, self.received_at),
            calendar=act.calendar,
            responsible=self.owner,
        )

    def owe_anew(self, act: Act) -> None:
        """Its end is another, or whether it calls for news: what was promised counts no more, kept or not."""
        self.owe_nothing(act)
        self.owe(act)
        self.covered_at = self.first_news_at()
        if self.covered_at is not None:
            deadlines.keep(self, Deadline.Kind.NEWS, now=self.covered_at)

    def owe_nothing(self, act: Act) -> None:
        """It does not take place then: nothing promised of it counts, kept or not."""
        for one in self.deadlines.filter(kind__in=PROMISED, dropped_at=None):
            deadlines.take_back(one, now=act.now)

    def is_late_with_news(self, now: datetime) -> bool:
        """Its news was due and is not there."""
        return self.deadlines.late(now).filter(kind=Deadline.Kind.NEWS).exists()

    @property
    def standing_once_held(self) -> EngagementState:
        """Where an engagement stands that has taken place."""
        if self.covered_at is not None:
            return State.COVERED
        return State.HELD if self.calls_for_news else State.CLOSED

    def end(self, act: Act) -> None:
        """Note that nothing more is to be done, or that something is again."""
        has_ended = self.standing_once_held != State.HELD
        self.closed_at = max(act.now, self.received_at) if has_ended else None

    # ── Whether it calls for news ───────────────────────────────────────────────────────────

    @step(
        field="state",
        source=[State.PLANNED, State.HELD],
        target=RETURN_VALUE(State.PLANNED, State.CLOSED),
        allowed=staff(is_head_of_it),
        verb=_("No news called for"),
        done=_("Excused from news"),
        conditions=[owes_news],
        rank=92,
        held_by_lock=True,
        needs_reason=True,
    )
    def excuse_news(self, act: Act) -> EngagementState:
        """The head says why no news is called for; news that is late already stays late."""
        self.calls_for_news, self.no_news_reason = False, act.reason
        deadlines.settle(self, now=act.now, late_reason=act.reason)
        act.tell([self.owner], Notice.Kind.STEP_TAKEN, act.reason)
        if self.state == State.HELD:
            self.end(act)
            return State.CLOSED
        self.owe(act)
        return State.PLANNED

    @step(
        field="state",
        source=[State.PLANNED, State.CLOSED],
        target=RETURN_VALUE(State.PLANNED, State.HELD),
        allowed=staff(carries_it),
        verb=_("Call for news after all"),
        done=_("News called for"),
        conditions=[owes_no_news],
        rank=93,
    )
    def call_for_news(self, act: Act) -> EngagementState:
        """It is worth news after all: due as it was if it had been asked for before, else counted from now."""
        before = self.deadlines.filter(kind=Deadline.Kind.NEWS, met_at=None, start_at__gte=self.ends_at)
        owed = before.order_by("pk").last()
        deadlines.drop(self, Deadline.Kind.CLOSE, now=act.now)
        self.calls_for_news, self.no_news_reason = True, ""
        if owed is not None:
            deadlines.owe_as_before(owed, calendar=act.calendar, now=act.now)
        else:
            start = max(self.ends_at, act.now)
            deadlines.promise(
                self, Deadline.Kind.NEWS, start=start, calendar=act.calendar, responsible=self.owner
            )
        act.tell([self.owner], Notice.Kind.YOUR_TURN)
        if self.state == State.CLOSED:
            self.end(act)
            return State.HELD
        return State.PLANNED

    # ── Its news ────────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=[State.PLANNED, State.HELD, State.CLOSED],
        target=RETURN_VALUE(State.PLANNED, State.COVERED),
        allowed=clock_or(goes_along),
        verb=_("Note its news"),
        done=_("News published"),
        conditions=[is_told_of],
        rank=10,
    )
    def cover(self, act: Act) -> EngagementState:
        """The first article about it is published: the promise is kept at the moment of its publication.

        Taken with the publication (`publicrelations.covering`). News that appears before the engagement has begun
        keeps the promise too; that it was held is still recorded.
        """
        self.covered_at = self.first_news_at()
        assert self.covered_at is not None
        deadlines.keep(self, Deadline.Kind.NEWS, now=self.covered_at)
        if self.state == State.PLANNED and act.now < self.starts_at:
            return State.PLANNED
        deadlines.drop(self, Deadline.Kind.CLOSE, now=act.now)
        self.end(act)
        return State.COVERED

    @step(
        field="state",
        source=[State.PLANNED, State.COVERED],
        target=RETURN_VALUE(State.PLANNED, State.HELD, State.CLOSED),
        allowed=clock_or(goes_along),
        verb=_("Note that its news is withdrawn"),
        done=_("News withdrawn"),
        conditions=[is_told_of_no_more],
        rank=10,
    )
    def uncover(self, act: Act) -> EngagementState:
        """The only article about it is withdrawn: its news is owed as it was, and what was late stays late."""
        self.covered_at = None
        news = self.deadlines.filter(kind=Deadline.Kind.NEWS, dropped_at=None, met_at__isnull=False)
        owed = news.order_by("pk").last()
        if self.calls_for_news and owed is not None:
            deadlines.owe_as_before(owed, calendar=act.calendar, now=act.now)
        act.tell([self.owner], Notice.Kind.YOUR_TURN)
        if self.state == State.PLANNED:
            return State.PLANNED
        self.end(act)
        return self.standing_once_held
