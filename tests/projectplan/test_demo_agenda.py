"""The demo's agenda of the minister and its news: every public engagement covered, exact in a past year."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import F
from PIL import Image

from office.calendar import OFFICE_TZ
from office.models import Deadline, Event, Matter, NumberSeries
from office.models.calendar import current_calendar
from projectplan.demo.arrivals import Counts
from projectplan.demo.making import Wish, make
from publicrelations.models import Article, Engagement, Picture, SiteEdition, Tagging
from tests.projectplan.replay import Replay, assert_an_unbroken_run

pytestmark = [pytest.mark.once, pytest.mark.django_db]

NOW = datetime(2009, 11, 24, 11, 0, tzinfo=OFFICE_TZ)
FEW = Counts(8, 1, 2, engagements=480, articles=452)


def make_agenda(*, year: int = 2553, now: datetime = NOW, counts: Counts = FEW, living: bool = False) -> None:
    make(Wish(now, 7, {year: counts}, with_papers=False, is_living=living), lambda count: None)


def theirs() -> Any:
    return Deadline.objects.filter(matter__kind__in=[Matter.Kind.ENGAGEMENT, Matter.Kind.ARTICLE])


def test_agenda_and_news_are_whole_by_the_rules_of_their_steps() -> None:
    make_agenda()
    connection.check_constraints()
    kinds: tuple[Any, ...] = (Engagement, Article)
    for kind in kinds:
        assert kind.objects.exists()
        for matter in kind.objects.all():
            assert_an_unbroken_run(matter)
    assert not Event.objects.filter(at__gt=NOW).exists()
    calendar = current_calendar()
    for deadline in theirs().exclude(rule=None).select_related("rule"):
        assert deadline.due_at == deadline.due_in(calendar)
    owing = set(theirs().unmet().values_list("matter", flat=True))
    open_ones = Matter.objects.filter(kind__in=[Matter.Kind.ENGAGEMENT, Matter.Kind.ARTICLE], closed_at=None)
    assert owing == set(open_ones.values_list("pk", flat=True))
    assert not theirs().filter(remind_at__lte=NOW).exists()


def test_numbers_of_registers_have_no_gap() -> None:
    make_agenda()
    for prefix, kind in (("วง", Engagement), ("ขว", Article)):
        numbers = sorted(kind.objects.values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        assert NumberSeries.objects.get(prefix=prefix, year=2553).last == len(numbers)


def test_a_living_office_has_engagements_to_come_and_news_on_its_way() -> None:
    make_agenda()
    assert Engagement.objects.filter(state="planned", starts_at__gt=NOW).exists()
    assert Engagement.objects.filter(state="closed", calls_for_news=False).exists()
    assert not Engagement.objects.filter(state="planned", ends_at__lt=NOW).exists()
    assert Article.objects.published(NOW).exists()


def test_a_living_office_has_an_article_in_every_standing_that_a_writer_may_meet() -> None:
    make_agenda(living=True)
    connection.check_constraints()
    assert set(Article.objects.values_list("state", flat=True)) >= {
        "draft", "checking", "scheduled", "published", "withdrawn"
    }  # fmt: skip
    for article in Article.objects.all():
        assert_an_unbroken_run(article)
    assert not Event.objects.filter(at__gt=NOW).exists()
    scheduled = Article.objects.get(state="scheduled")
    assert scheduled.publish_from == datetime(2009, 11, 25, 9, 0, tzinfo=OFFICE_TZ)
    corrected = Article.objects.published(NOW).exclude(corrected_at=None)
    assert corrected.count() == 2
    assert all(one.correction_note.startswith("แก้ไขจำนวนจาก") for one in corrected)
    assert Article.objects.exclude(proposal=None).count() == 1
    assert Article.objects.get(state="withdrawn").withdrawal_reason
    english = Article.objects.published(NOW).filter(language="en")
    assert english.exists()
    assert not english.filter(translation_of=None).exists()
    assert Article.objects.get(versions__remarks__isnull=False).state == "draft"


def test_the_year_2552_has_its_452_articles_and_every_public_engagement_is_covered() -> None:
    make_agenda(year=2552, now=datetime(2009, 9, 30, 23, 59, 59, tzinfo=OFFICE_TZ))
    assert (Engagement.objects.count(), Article.objects.count()) == (480, 452)
    assert set(Matter.objects.values_list("year", flat=True)) == {2552}
    public = Engagement.objects.public()
    assert public.count() == 452
    assert public.filter(articles=None).count() == 0
    # What ended after hours on the very last day is written about on the next.
    assert public.exclude(state="covered").count() <= 3
    kept = theirs().filter(kind=Deadline.Kind.NEWS, met_at__isnull=False)
    assert kept.filter(met_at__gt=F("due_at")).count() <= 12
    tagged = Tagging.objects.filter(article__published_at__isnull=False)
    assert not tagged.exclude(published_at=F("article__published_at")).exists()


def test_news_of_an_engagement_is_as_its_steps_would_have_left_it() -> None:
    make_agenda()
    article = Article.objects.filter(state="published").select_related("about_engagement").order_by("pk")[0]
    told = article.about_engagement
    assert told is not None
    registered = ("title", "engagement_kind", "starts_at", "ends_at", "place", "received_at")
    new = Engagement(**{name: getattr(told, name) for name in registered}, owner=told.owner)
    new.receive(actor=Replay(told).actor(new, told.events.order_by("pk")[0]), now=told.received_at)
    hold = told.events.get(step="hold")
    Replay(told).take(new, hold)
    names = ("title", "category", "received_at")
    written = Article(
        **{name: getattr(article, name) for name in names}, owner=article.owner, about_engagement=new
    )
    tags = list(article.tags.values_list("name", flat=True))
    text = {"body": article.body, "lead": article.lead, "tags": tags}
    written = Replay(article).run(written, {"save_draft": text, "submit": text})
    # Publishing took the engagement's own step.
    Replay(article).assert_same(written, but=("about_engagement",))
    Replay(told).assert_same(Engagement.objects.get(pk=new.pk))


def test_news_has_drawn_pictures_of_few_files_where_papers_are_made() -> None:
    make(Wish(NOW, 7, {2553: Counts(0, 0, 0, engagements=60, articles=60)}), lambda count: None)
    connection.check_constraints()
    published = Article.objects.published(NOW)
    assert published.exists()
    for article in published.select_related("cover__original"):
        assert article.cover is not None
        assert article.cover.alternative_text
        assert article.search_text == article.searchable()
        assert article.newest_version().captions == article.caption_words()  # type: ignore[union-attr]
    picture = Picture.objects.order_by("pk")[0]
    for name in picture.names:
        with default_storage.open(picture.file_path(name)) as made, Image.open(made) as opened:
            assert opened.width > 0
    with default_storage.open(picture.original.path) as original, Image.open(original) as opened:
        assert opened.size == (picture.width, picture.height)
    assert Picture.objects.values("sha256").distinct().count() <= 8
    # What readers had before them is old.
    assert SiteEdition.now() > 0
