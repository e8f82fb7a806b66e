"""An engagement and its article: covered when the first one appears, uncovered when the only one is withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from office.models import Deadline, User
from office.steps import Actor
from publicrelations import on_time
from publicrelations.models import Engagement
from tests.cast import MORNING
from tests.publicrelations.cast import make_news_head, make_news_officer
from tests.publicrelations.news_cast import make_checked, make_published, take, words

pytestmark = pytest.mark.django_db
EVENING = MORNING + timedelta(hours=5)


def make_engagement(officer: User, **kwargs: object) -> Engagement:
    """The opening of a centre this morning, which calls for news."""
    engagement = Engagement(
        title="เปิดศูนย์การเรียนรู้ชุมชนบ้านดอน",
        engagement_kind=Engagement.EngagementKind.values[0],
        starts_at=MORNING - timedelta(hours=1),
        ends_at=MORNING - timedelta(minutes=10),
        received_at=MORNING - timedelta(days=2),
        owner=officer,
        **kwargs,
    )
    return engagement.receive(actor=Actor(user=officer), now=MORNING - timedelta(days=2))


def news_of(engagement: Engagement) -> Deadline:
    return engagement.deadlines.get(kind=Deadline.Kind.NEWS)


def test_the_first_article_that_appears_keeps_the_promise_of_news() -> None:
    officer, head = make_news_officer(), make_news_head()
    engagement = make_engagement(officer)
    article = make_checked(officer)
    article = take(article, "mend", head, **words(article, about_engagement=engagement))
    article = take(article, "publish", head, EVENING)
    assert news_of(engagement).met_at == EVENING
    assert Engagement.objects.get(pk=engagement.pk).covered_at == EVENING


def test_the_clocks_publication_counts_as_well() -> None:
    officer, head = make_news_officer(), make_news_head()
    engagement = make_engagement(officer)
    article = make_checked(officer)
    article = take(article, "mend", head, **words(article, about_engagement=engagement))
    take(article, "schedule", head, MORNING, publish_from=EVENING)
    on_time.publish_due(lambda: EVENING)
    assert Engagement.objects.get(pk=engagement.pk).covered_at == EVENING


def test_an_article_that_is_linked_later_covers_it_from_its_publication() -> None:
    officer, head = make_news_officer(), make_news_head()
    engagement = make_engagement(officer)
    article = make_published(officer, head)
    take(article, "link", officer, EVENING, about_engagement=engagement)
    assert Engagement.objects.get(pk=engagement.pk).covered_at == article.published_at


def test_withdrawing_the_only_article_makes_it_call_for_news_again() -> None:
    officer, head = make_news_officer(), make_news_head()
    engagement = make_engagement(officer)
    article = take(make_published(officer, head), "link", officer, EVENING, about_engagement=engagement)
    take(article, "withdraw", head, EVENING, withdrawal_reason="ข้อมูลคลาดเคลื่อน")
    assert Engagement.objects.get(pk=engagement.pk).covered_at is None
    assert news_of(engagement).met_at is None


def test_linked_to_another_the_first_is_covered_no_more() -> None:
    officer, head = make_news_officer(), make_news_head()
    first, second = make_engagement(officer), make_engagement(officer)
    article = take(make_published(officer, head), "link", officer, EVENING, about_engagement=first)
    take(article, "link", officer, EVENING, about_engagement=second)
    assert Engagement.objects.get(pk=first.pk).covered_at is None
    assert Engagement.objects.get(pk=second.pk).covered_at == article.published_at


def test_no_news_of_an_engagement_that_is_not_public_appears() -> None:
    officer, head = make_news_officer(), make_news_head()
    engagement = make_engagement(officer, is_public=False)
    article = make_checked(officer)
    with pytest.raises(ValidationError):
        take(article, "mend", head, **words(article, about_engagement=engagement))
    with pytest.raises(ValidationError):
        take(make_published(officer, head), "link", officer, EVENING, about_engagement=engagement)
