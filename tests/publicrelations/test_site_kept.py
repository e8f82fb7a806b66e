"""Pages are drawn once and kept; whatever changes for readers is seen at once; a thousand readers cost as one."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from redis.exceptions import ConnectionError as RedisIsDown

from office.models import User
from publicrelations.models import Article, Category, PressConference, SiteEdition, Tag
from publicrelations.models.picturing import PictureWords
from publicrelations.public import kept
from publicrelations.public.kept import read_by_all
from tests.cast import MORNING
from tests.publicrelations import press_cast
from tests.publicrelations.cast import make_news_head, make_news_officer
from tests.publicrelations.news_cast import add_picture, make_checked, make_published, take, words
from tests.publicrelations.site_cast import make_article, without_together

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=2)


@pytest.fixture
def officer(db: None) -> User:
    return make_news_officer()


@pytest.fixture
def head(db: None) -> User:
    return make_news_head()


def text_of(path: str) -> str:
    return without_together(Client().get(path).content.decode())


# ── How a page is handed out ──────────────────────────────────────────────────────────────────


def test_a_page_that_is_there_already_is_not_sent_again() -> None:
    article = make_article()
    first = Client().get(article.public_path())
    assert first["ETag"].startswith('"')  # a strong one
    assert first["Cache-Control"] == "public, max-age=1, must-revalidate"
    assert {"Accept-Encoding", "Cookie"} <= {name.strip() for name in first["Vary"].split(",")}
    again = Client(headers={"if-none-match": first["ETag"]}).get(article.public_path())
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == first["Cache-Control"]


def test_a_page_is_sent_compressed_to_whoever_takes_it() -> None:
    article = make_article()
    plain = Client().get(article.public_path())
    zipped = Client(headers={"accept-encoding": "br, gzip"}).get(article.public_path())
    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    assert zipped["ETag"] != plain["ETag"]
    assert int(zipped["Content-Length"]) < int(plain["Content-Length"]) / 2


def test_each_language_has_its_own_page() -> None:
    make_article()
    thai = text_of("/news/")
    client = Client()
    client.cookies["django_language"] = "en"
    assert client.get("/news/").content.decode() != thai
    assert text_of("/news/") == thai


def test_what_stands_needlessly_in_an_address_makes_no_page_of_its_own() -> None:
    make_article()
    text_of("/news/")
    drawn = Client().get("/news/?utm_source=x&fbclid=y")
    assert drawn.content.decode() == text_of("/news/")
    assert "fbclid" not in drawn.content.decode()


def test_a_head_request_is_answered_without_a_body_and_nothing_else_is_taken() -> None:
    make_article()
    assert Client().head("/news/").content == b""
    assert Client().post("/news/").status_code == 405
    assert Client().delete("/").status_code == 405


# ── A change is seen at once ──────────────────────────────────────────────────────────────────


def test_what_is_published_stands_on_the_front_page_at_once(officer: User, head: User) -> None:
    article = make_checked(officer)
    assert article.title not in text_of("/")
    take(article, "publish", head, LATER)
    assert article.title in text_of("/")
    assert article.title in text_of("/news/")
    assert article.title in text_of("/feeds/th/news.rss")


def test_what_the_clock_publishes_stands_on_the_front_page_at_once(officer: User, head: User) -> None:
    article = make_checked(officer)
    article = take(article, "schedule", head, LATER, publish_from=LATER + timedelta(hours=1))
    assert article.title not in text_of("/")
    take(article, "publish_on_time", None, LATER + timedelta(hours=1))
    assert article.title in text_of("/")


def test_a_correction_is_seen_at_once_and_one_that_waits_is_not(officer: User, head: User) -> None:
    article = make_published(officer, head)
    path = article.public_path()
    text_of(path)
    corrected = {key: words(article)[key] for key in ("lead", "body")} | {"title": "พาดหัวที่แก้แล้ว"}
    take(article, "propose_correction", officer, LATER, note="แก้พาดหัว", **corrected)
    assert "พาดหัวที่แก้แล้ว" not in text_of(path)
    take(article, "release_correction", head, LATER, correction_note="แก้พาดหัว", **corrected)
    assert "พาดหัวที่แก้แล้ว" in text_of(path)
    assert "พาดหัวที่แก้แล้ว" in text_of("/")


def test_what_is_withdrawn_is_gone_at_once(officer: User, head: User) -> None:
    article = make_published(officer, head)
    path = article.public_path()
    assert Client().get(path).status_code == 200
    assert article.title in text_of("/")
    take(article, "withdraw", head, LATER, withdrawal_reason="ตัวเลขคลาดเคลื่อน")
    assert Client().get(path).status_code == 410
    for place in ("/", "/news/", "/feeds/th/news.atom"):
        assert article.title not in text_of(place)


def test_new_words_of_a_picture_are_seen_at_once(officer: User, head: User) -> None:
    article = make_checked(officer)
    picture = add_picture(article, head)
    article = take(article, "publish", head, LATER)
    assert "ผู้ปกครองร่วมงาน" not in text_of(article.public_path())
    said = PictureWords(key=picture.pk, place=1, alternative_text="ภาพ", caption="ผู้ปกครองร่วมงาน")
    take(article, "arrange_pictures", head, LATER, pictures=[said], correction_note="เพิ่มคำบรรยาย")
    assert "ผู้ปกครองร่วมงาน" in text_of(article.public_path())


def test_another_name_of_a_category_or_tag_is_seen_at_once() -> None:
    make_article()
    text_of("/news/")
    category = Category.objects.get(slug="policy")
    category.name = "นโยบายและแผน"
    category.save()
    assert "นโยบายและแผน" in text_of("/news/")
    edition = SiteEdition.now()
    Tag.named("เรียนฟรี")
    assert SiteEdition.now() > edition


def test_a_press_conference_is_announced_at_once_and_one_that_is_not_public_never(officer: User) -> None:
    text_of("/press-conferences/")
    soon = timezone.now() + timedelta(days=2)
    public = press_cast.make_press_conference(owner=officer, starts_at=soon)
    hidden = press_cast.make_press_conference(owner=officer, starts_at=soon, is_public=False)
    text = text_of("/press-conferences/")
    assert public.title in text
    assert hidden.title not in text
    assert Client().get(f"/press-conferences/{hidden.year}/{hidden.number}/").status_code == 404
    PressConference.objects.filter(pk=public.pk).update(secrecy=1)
    assert Client().get(f"/press-conferences/{public.year}/{public.number}/").status_code == 404


def test_what_a_step_undid_leaves_the_edition_as_it_was(officer: User, head: User) -> None:
    article = make_published(officer, head)
    edition = SiteEdition.now()
    with pytest.raises(ValidationError):
        take(article, "withdraw", head, LATER, withdrawal_reason=" ")
    assert SiteEdition.now() == edition


def test_a_draft_that_is_written_leaves_kept_pages_alone(officer: User) -> None:
    make_checked(officer)  # its category and its tag are new
    edition = SiteEdition.now()
    make_checked(officer)
    assert SiteEdition.now() == edition


# ── A thousand readers ────────────────────────────────────────────────────────────────────────


class Drawer:
    """A page that counts how often it is drawn, and takes its time."""

    def __init__(self, seconds: float = 0.0, status: int = 200) -> None:
        self.count = 0
        self.seconds = seconds
        self.status = status
        self.lock = threading.Lock()

    def view(self) -> Callable[..., HttpResponse]:
        @read_by_all("after")
        def drawn(request: HttpRequest) -> HttpResponse:
            with self.lock:
                self.count += 1
            time.sleep(self.seconds)
            return HttpResponse(f"page {self.count}", status=self.status)

        return drawn


def ask(view: Callable[..., HttpResponse], path: str = "/page/") -> HttpResponse:
    return view(RequestFactory().get(path))


def test_a_thousand_readers_of_one_page_have_it_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "FRESH_SECONDS", 3600)
    drawer = Drawer()
    view = drawer.view()
    answers = {ask(view).content for _ in range(1000)}
    assert answers == {b"page 1"}
    assert drawer.count == 1


def test_a_feed_reader_that_asks_all_the_time_gets_the_feed_once(
    django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "FRESH_SECONDS", 3600)
    make_article()
    first = Client().get("/feeds/th/news.rss")
    reader = Client(headers={"if-none-match": first["ETag"]})
    with django_assert_max_num_queries(200):
        answers = [reader.get("/feeds/th/news.rss") for _ in range(200)]
    assert {answer.status_code for answer in answers} == {304}
    assert sum(len(answer.content) for answer in answers) == 0


@pytest.mark.django_db(transaction=True)
def test_readers_who_come_in_the_same_moment_have_it_drawn_once() -> None:
    drawer = Drawer(seconds=0.15)
    view = drawer.view()
    answers: list[bytes] = []

    def read() -> None:
        try:
            answers.append(ask(view).content)
        finally:
            connection.close()

    readers = [threading.Thread(target=read) for _ in range(12)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert drawer.count == 1
    assert answers == [b"page 1"] * 12


def test_while_one_draws_a_new_edition_the_others_read_the_old_one() -> None:
    drawer = Drawer()
    view = drawer.view()
    ask(view)
    SiteEdition.renew()
    key = kept._being_drawn(kept._key("/page/"))
    cache.add(key, 1, 5)  # somebody else is at it
    assert ask(view).content == b"page 1"
    cache.delete(key)
    assert ask(view).content == b"page 2"


def test_one_who_died_while_drawing_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "WAITING_SECONDS", 0.05)
    drawer = Drawer()
    cache.add(kept._being_drawn(kept._key("/page/")), 1, 5)
    assert ask(drawer.view()).content == b"page 1"


def test_a_page_that_is_no_more_is_forgotten() -> None:
    drawer = Drawer()
    view = drawer.view()
    ask(view)
    SiteEdition.renew()
    drawer.status = 302
    assert ask(view).status_code == 302
    assert cache.get(kept._key("/page/")) is None


def test_a_page_asked_for_more_exactly_is_not_kept() -> None:
    drawer = Drawer()
    view = drawer.view()
    ask(view, "/page/?after=x")
    ask(view, "/page/?after=x")
    assert drawer.count == 2


def test_what_is_to_come_is_looked_at_again_each_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    drawer = Drawer()
    view = drawer.view()
    ask(view)
    monkeypatch.setattr(kept, "FRESH_SECONDS", 0)
    assert ask(view).content == b"page 2"


def test_while_redis_is_down_pages_are_still_right(
    monkeypatch: pytest.MonkeyPatch, officer: User, head: User
) -> None:
    from office.cache import RedisCache

    def down(*args: Any, **kwargs: Any) -> None:
        raise RedisIsDown("down")

    for method in ("get", "set", "add", "delete", "has_key"):
        monkeypatch.setattr(RedisCache, method, down)
    article = make_checked(officer)
    assert article.title not in text_of("/")
    take(article, "publish", head, LATER)
    assert article.title in text_of("/")
    take(article, "withdraw", head, LATER, withdrawal_reason="ถอน")
    assert article.title not in text_of("/")
    assert Client().get(Article.objects.get(pk=article.pk).public_path()).status_code == 410


def test_there_is_one_edition_only() -> None:
    SiteEdition.objects.all().delete()
    assert SiteEdition.now() == 0
    SiteEdition.renew()
    SiteEdition.renew()
    assert SiteEdition.now() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteEdition.objects.create(pk=2)
