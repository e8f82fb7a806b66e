"""The feeds as a reader program takes them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import feedparser  # type: ignore[import-untyped]
import pytest
from django.conf import settings
from django.test import Client

from publicrelations.models import Article
from tests.cast import MORNING
from tests.publicrelations.site_cast import make_article, make_news_category, make_picture

pytestmark = pytest.mark.django_db


def feed(path: str) -> Any:
    answer = Client().get(path)
    assert answer.status_code == 200
    read = feedparser.parse(
        answer.content, response_headers={"content-type": answer["Content-Type"], "content-location": path}
    )
    assert not read.bozo, read.get("bozo_exception")
    return read


@pytest.mark.parametrize(
    ("path", "version"), [("/feeds/th/news.rss", "rss20"), ("/feeds/th/news.atom", "atom10")]
)
def test_a_reader_program_takes_the_feed(path: str, version: str) -> None:
    article = make_article(title="ข่าว <b>&</b> “อัญประกาศ”", lead="ความนำ & <i>")
    picture = make_picture(article)
    read = feed(path)
    assert read.version == version
    assert read.feed.title.startswith("ข่าว")
    assert read.feed.language == "th"
    (entry,) = read.entries
    assert (
        entry.title_detail.value.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        == article.title
    )
    assert entry.link == f"{settings.SITE_URL}{article.public_path()}"
    assert entry.id == entry.link
    assert entry.published_parsed[:5] == (2009, 11, 17, 2, 0)
    assert [tag.term for tag in entry.tags] == ["นโยบาย"]
    (enclosure,) = entry.enclosures
    assert enclosure.href == f"{settings.SITE_URL}{picture.share.path}"
    assert enclosure.type == "image/jpeg"
    assert int(enclosure.length) > 0


def test_dates_are_whole_with_their_zone() -> None:
    make_article()
    assert (
        "<pubDate>Tue, 17 Nov 2009 09:00:00 +0700</pubDate>"
        in Client().get("/feeds/th/news.rss").content.decode()
    )
    assert (
        "<updated>2009-11-17T09:00:00+07:00</updated>" in Client().get("/feeds/th/news.atom").content.decode()
    )


def test_a_corrected_article_is_updated_and_keeps_its_place() -> None:
    article = make_article()
    Article.objects.filter(pk=article.pk).update(
        corrected_at=MORNING + timedelta(hours=5), correction_note="แก้ตัวเลข"
    )
    make_article(published_at=MORNING + timedelta(hours=1))
    read = feed("/feeds/th/news.atom")
    assert read.entries[1].updated_parsed[:4] == (2009, 11, 17, 7)
    assert read.entries[1].published_parsed[:4] == (2009, 11, 17, 2)


def test_a_feed_holds_the_newest_thirty_of_its_language_and_category() -> None:
    schools = make_news_category("schools", "โรงเรียน", "Schools")
    for number in range(32):
        make_article(published_at=MORNING + timedelta(minutes=number))
    english = make_article(language="en", category=schools, published_at=MORNING + timedelta(days=1))
    thai = make_article(category=schools, published_at=MORNING - timedelta(days=1))
    whole = feed("/feeds/th/news.rss")
    assert len(whole.entries) == 30
    assert whole.entries[0].published_parsed > whole.entries[1].published_parsed
    assert [one.title for one in feed("/feeds/th/schools.rss").entries] == [thai.title]
    (one,) = feed("/feeds/en/schools.atom").entries
    assert one.title == english.title
    assert one.tags[0].term == "Schools"


def test_an_empty_feed_is_a_feed() -> None:
    assert feed("/feeds/en/news.rss").entries == []
    assert feed("/feeds/en/news.atom").entries == []


def test_a_picture_whose_file_is_lost_is_left_out_of_the_feed() -> None:
    article = make_article()
    picture = make_picture(article)
    type(picture).objects.filter(pk=picture.pk).update(sha256="b" * 64)
    (entry,) = feed("/feeds/th/news.rss").entries
    assert entry.enclosures == []
