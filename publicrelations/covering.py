"""An engagement is covered while at least one article about it is published: the one place that says so.

Whoever publishes or withdraws an article, or links it to another engagement, calls `settle` within the same
transaction; the engagement takes its own step if what is published calls for one.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Min, OuterRef, Subquery
from django.utils.translation import gettext

from office.models import MatterQuerySet, Secrecy
from office.steps import Actor, perform
from publicrelations.models.article import Article
from publicrelations.models.article_state import ArticleState
from publicrelations.models.engagement import Engagement


def first_news_at(engagement_id: int) -> datetime | None:
    """When the first of those articles about an engagement that stand published was published; None while none does."""
    return _published_about(engagement_id).aggregate(first=Min("published_at"))["first"]


def with_first_news(rows: MatterQuerySet) -> MatterQuerySet:
    """These engagements, each with what `first_news_at` says of it as `told_at`."""
    first = _published_about(OuterRef("pk")).order_by("published_at").values("published_at")
    return rows.annotate(told_at=Subquery(first[:1]))


def _published_about(engagement: Any) -> MatterQuerySet:
    return Article.objects.filter(about_engagement=engagement, state=ArticleState.PUBLISHED)


def settle(engagement_id: int | None, *, actor: Actor, now: datetime) -> None:
    """Let an engagement's promise of news stand as what is published says: kept by the first article, owed again
    when the only one is withdrawn. Safe to call twice; nothing where no engagement is linked."""
    engagement = (
        Engagement.objects.select_for_update().filter(pk=engagement_id).first() if engagement_id else None
    )
    if engagement is None:
        return
    is_told = first_news_at(engagement.pk) is not None
    if is_told == (engagement.covered_at is not None):
        return
    step = "cover" if is_told else "uncover"
    if engagement.takes_place:
        perform(engagement, step, actor=actor, seen=None, now=now)


def refuse_unless_public(engagement: Engagement | None) -> None:
    """Raise ValidationError where nothing of an engagement may be published: before an article about it is."""
    if engagement is not None and (not engagement.is_public or engagement.secrecy != Secrecy.ORDINARY):
        raise ValidationError(
            {"about_engagement": gettext("This engagement is not public: no news about it may be published.")}
        )
