"""What the page of an engagement differs in; everything else about it is the office's."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from office.desk import Desk, StageOf
from office.models import MatterQuerySet, User
from publicrelations.conflicts import conflicts_with
from publicrelations.covering import with_first_news
from publicrelations.engagement_words import engagement_lines
from publicrelations.engagement_worklist import next_step
from publicrelations.forms.engagement_steps import ENGAGEMENT_STEP_FORMS
from publicrelations.models import Article, Engagement
from publicrelations.permissions import may_register

State = Engagement.State
MOST_ARTICLES: Final = 20


def _engagements() -> MatterQuerySet:
    rows = Engagement.objects.select_related("owner", "agency").prefetch_related("people")
    return with_first_news(rows.defer("search_text"))


def _kind_line(engagement: Engagement) -> str:
    return str(engagement.get_engagement_kind_display())


def _stages_of(engagement: Any) -> list[StageOf]:
    """One that calls for no news ends when it has been held."""
    return WITH_NEWS if engagement.calls_for_news or engagement.covered_at else WITHOUT_NEWS


def time_card(engagement: Engagement, user: User, now: datetime) -> dict[str, Any]:
    """What else is on at the same time, and whether it is going on now."""
    return {
        "engagement": engagement,
        "conflicts": conflicts_with(engagement, user),
        "goes_on": engagement.takes_place and engagement.starts_at <= now < engagement.ends_at,
    }


def news_card(engagement: Engagement, user: User, now: datetime) -> dict[str, Any]:
    """The articles about it that this person may see, and whether another is to be begun here."""
    rows: Any = Article.objects.filter(about_engagement=engagement.pk).visible_to(user)
    may_be_told = engagement.is_public and engagement.takes_place
    return {
        "articles": list(
            rows.select_related("owner").defer("body", "search_text").order_by("-pk")[:MOST_ARTICLES]
        ),
        "may_write": may_be_told and may_register.test(user),
        "is_owed": engagement.calls_for_news and engagement.covered_at is None and may_be_told,
    }


def _idle(engagement: Engagement, now: datetime) -> set[str]:
    """Nobody records that it took place before it has begun."""
    return {"hold"} if now < engagement.starts_at else set()


WITHOUT_NEWS: list[StageOf] = [
    (_("Registration"), set(), {"receive"}),
    (_("The engagement"), {State.PLANNED}, {"hold"}),
]
WITH_NEWS: list[StageOf] = [*WITHOUT_NEWS, (_("News published"), {State.HELD}, {"cover"})]

ENGAGEMENTS = Desk(
    model=Engagement,
    rows=_engagements,
    forms=ENGAGEMENT_STEP_FORMS,
    stages=WITH_NEWS,
    stages_of=_stages_of,
    next_step=next_step,
    idle=_idle,
    name=_("Minister's agenda"),
    section="engagements",
    list_page="publicrelations:engagements",
    page="publicrelations:engagement",
    step_page="publicrelations:engagement_step",
    kind_line=_kind_line,
    template="publicrelations/engagement.html",
    cards=[time_card, news_card],
    step_aside="publicrelations/cards/engagement_aside.html",
    halted={State.POSTPONED, State.CANCELLED},
    event_lines=engagement_lines,
)
