"""Engagements of the tests, and articles about them."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from office.calendar import OFFICE_TZ
from office.models import Deadline, Event, User
from office.steps import Actor, perform
from publicrelations.models import Article, Category, Engagement
from tests.cast import MORNING

_serial = count(1)

# Thursday 19 November 2009, half past nine until eleven: two days after the tests' morning.
OPENING = datetime(2009, 11, 19, 9, 30, tzinfo=OFFICE_TZ)
ENDED = datetime(2009, 11, 19, 11, 0, tzinfo=OFFICE_TZ)
CLOSING = datetime(2009, 11, 19, 16, 30, tzinfo=OFFICE_TZ)
MINUTE = timedelta(minutes=1)


def make_engagement(
    *,
    owner: User | None = None,
    registered_by: User | None = None,
    received_at: datetime = MORNING,
    people: list[User] | None = None,
    **facts: Any,
) -> Engagement:
    """The opening of a school's library, told of two days before."""
    given: dict[str, Any] = {
        "title": f"เปิดห้องสมุดโรงเรียนแห่งที่ {next(_serial)}",
        "engagement_kind": Engagement.EngagementKind.CEREMONY,
        "starts_at": OPENING,
        "ends_at": ENDED,
        "place": "โรงเรียนวัดราชบพิธ",
    }
    engagement = Engagement(**(given | facts), owner=owner, received_at=received_at)
    return engagement.receive(actor=Actor(user=registered_by or owner), now=received_at, people=people)


def take(matter: Any, name: str, user: User, *, now: datetime = MORNING, **given: Any) -> Event:
    """A step by somebody of the office, on the matter as it stands."""
    current = type(matter).objects.get(pk=matter.pk)
    return perform(current, name, actor=Actor(user=user), seen=current.version, now=now, **given)


def fresh(engagement: Engagement) -> Engagement:
    """As the database has it."""
    return Engagement.objects.get(pk=engagement.pk)


def news_of(engagement: Engagement) -> Deadline:
    """The promise of its news that counts."""
    return Deadline.objects.get(matter_id=engagement.pk, kind=Deadline.Kind.NEWS, dropped_at=None)


def article_about(
    engagement: Engagement | None, officer: User, *, now: datetime = MORNING, **facts: Any
) -> Article:
    """A whole article, put to the head."""
    category = Category.objects.get(name="ภารกิจรัฐมนตรี")
    article = Article(
        title="รัฐมนตรีเปิดห้องสมุดโรงเรียน", owner=officer, received_at=now, about_engagement=engagement
    )
    article.receive(actor=Actor(user=officer), now=now)
    written = {"lead": "รัฐมนตรีเปิดห้องสมุด", "body": "<p>เปิดห้องสมุดวันนี้</p>", "category": category} | facts
    take(article, "submit", officer, now=now, **written)
    return article


def publish_about(engagement: Engagement | None, officer: User, head: User, *, now: datetime) -> Article:
    """The same, published by the head at a moment."""
    article = article_about(engagement, officer, now=min(now, MORNING))
    take(article, "publish", head, now=now)
    return article
