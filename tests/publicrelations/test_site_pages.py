"""The public site's pages: what they say to whom, and that nothing of a reader is asked, kept or passed on."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from office.models import Document, Secrecy, User
from publicrelations.models import Article, ArticleFile, ArticleState, Picture, Tag, Tagging
from tests.cast import MORNING
from tests.publicrelations.press_cast import make_press_conference
from tests.publicrelations.site_cast import make_article, make_news_category, make_picture, without_together

pytestmark = pytest.mark.django_db

STANDING = ["home", "news", "archive", "search", "journals", "press", "about", "petitions", "follow"]
FOR_PROGRAMS = ["sitemap", "sitemap_standing", "robots"]


@pytest.fixture
def article() -> Article:
    article = make_article(title="ศธ. แจกหนังสือเรียนฟรีทั่วประเทศ", slug="หนังสือเรียนฟรี")
    make_picture(article, caption="นักเรียนรับหนังสือเรียน", credit="สมชาย ใจดี")
    return article


def get(path: str, language: str = "th", **headers: str) -> HttpResponse:
    client = Client(headers=headers)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client.get(path)  # type: ignore[return-value]  # the test client's answer


def text_of(path: str, language: str = "th") -> str:
    answer = get(path, language)
    assert answer.status_code == 200
    return without_together(answer.content.decode())


def every_page(article: Article) -> list[str]:
    """The address of each kind of page that readers have."""
    conference = make_press_conference(starts_at=MORNING + timedelta(days=9000))
    tag = Tag.objects.create(name="เรียนฟรี", slug="เรียนฟรี")
    Tagging.objects.create(article=article, tag=tag, language="th", published_at=article.published_at)
    return [
        *(reverse(f"site:{name}") for name in [*STANDING, *FOR_PROGRAMS]),
        article.public_path(),
        reverse("site:category", args=["policy"]),
        reverse("site:tag", args=[tag.slug]),
        reverse("site:month", args=["2552-11"]),
        reverse("site:conference", args=[conference.year, conference.number]),
        reverse("site:search") + "?q=หนังสือเรียน",
        *(reverse(f"site:{form}", args=["th"]) for form in ("rss", "atom")),
        *(reverse(f"site:category_{form}", args=["th", "policy"]) for form in ("rss", "atom")),
        reverse("site:sitemap_month", args=["2552-11"]),
    ]


# ── Of a reader nothing is asked ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["th", "en"])
def test_no_page_sets_a_cookie_or_names_another_site(article: Article, language: str) -> None:
    for path in every_page(article):
        answer = get(path, language)
        assert answer.status_code == 200, path
        assert not answer.cookies, path
        text = answer.content.decode()
        assert "csrf" not in text, path
        addresses = re.findall(r"""(?:src|href|action|poster|content)=["']?(https?:[^"'\s>]+)""", text)
        for srcset in re.findall(r'srcset="([^"]+)"', text):
            addresses += [part.split()[0] for part in srcset.split(",") if part.strip().startswith("http")]
        own = urlsplit(settings.SITE_URL).hostname
        assert {urlsplit(address).hostname for address in addresses} <= {own}, path


def test_no_page_runs_a_script_the_facts_for_search_engines_are_data(article: Article) -> None:
    for path in every_page(article):
        scripts = re.findall(r"<script[^>]*>", text_of(path))
        assert set(scripts) <= {'<script type="application/ld+json">'}, path


def test_whoever_is_signed_in_goes_from_the_front_door_to_todays_work(officer: User, client_for: Any) -> None:
    assert client_for(officer).get("/").url == reverse("projectplan:today")
    assert client_for(officer).get(reverse("site:news")).status_code == 200


def test_the_front_door_leads_to_the_petition_and_its_path() -> None:
    text = text_of("/")
    for name in ("petition:new", "petition:follow", "site:petitions"):
        assert f'href="{reverse(name)}"' in text


# ── One article ───────────────────────────────────────────────────────────────────────────────


def test_an_article_is_shown_with_its_pictures_and_their_words(article: Article) -> None:
    text = text_of(article.public_path())
    cover = article.pictures.get()
    assert f"<h1>{article.title}</h1>" in text
    assert article.body in text
    assert cover.srcset in text
    assert f'alt="{cover.alternative_text}"' in text
    assert re.search(r'width="1800"\s+height="1200"', text)
    assert "นักเรียนรับหนังสือเรียน" in text
    assert "ภาพ: สมชาย ใจดี" in text


def test_a_shared_link_shows_a_card(article: Article) -> None:
    text = text_of(article.public_path())
    picture = article.pictures.get()
    for name, content in {
        "og:title": article.title,
        "og:type": "article",
        "og:url": f"{settings.SITE_URL}{article.public_path()}",
        "og:image": f"{settings.SITE_URL}{picture.share.path}",
        "og:image:width": "1200",
        "og:locale": "th_TH",
    }.items():
        assert f'<meta property="{name}" content="{content}">' in text
    assert '<meta name="twitter:card"' in text
    assert "summary_large_image" in text
    assert f'<link rel="canonical" href="{settings.SITE_URL}{article.public_path()}">' in text


def test_the_facts_for_search_engines_cannot_end_their_block() -> None:
    article = make_article(title="</script><script>alert(1)</script> & ข่าว")
    text = text_of(article.public_path())
    assert "<script>alert" not in text
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert block is not None
    facts = json.loads(block[1])
    assert facts["@type"] == "NewsArticle"
    assert facts["headline"] == article.title
    assert facts["datePublished"] == "2009-11-17T09:00:00+07:00"


def test_a_correction_is_said_with_its_note(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(
        corrected_at=MORNING + timedelta(hours=3), correction_note="แก้จำนวนนักเรียน"
    )
    text = text_of(article.public_path())
    assert "แก้ไขแล้ว" in text
    assert "แก้จำนวนนักเรียน" in text
    assert "article:modified_time" in text


def test_an_article_that_is_corrected_for_the_first_time_says_so_nowhere_before(article: Article) -> None:
    assert "แก้ไขแล้ว" not in text_of(article.public_path())


def test_the_two_languages_of_an_article_lead_to_each_other(article: Article) -> None:
    english = make_article(
        title="Free textbooks for all", language="en", translation_of=article, slug="free-textbooks"
    )
    assert f'href="{english.public_path()}"' in text_of(article.public_path())
    text = text_of(english.public_path())
    assert f'href="{article.public_path()}"' in text
    assert '<article class="container-lg piece" lang="en">' in text


def test_no_article_leads_to_a_version_that_is_still_a_draft(article: Article) -> None:
    english = make_article(language="en", translation_of=article, state=ArticleState.DRAFT, slug="draft")
    assert english.public_path() not in text_of(article.public_path())


def test_an_article_leads_to_those_before_and_after_it_in_its_language() -> None:
    older, middle, newer = (make_article(published_at=MORNING + timedelta(hours=hour)) for hour in (0, 1, 2))
    make_article(published_at=MORNING + timedelta(minutes=90), language="en")
    text = text_of(middle.public_path())
    assert re.search(rf'rel="prev"\s+href="{re.escape(older.public_path())}"', text)
    assert re.search(rf'rel="next"\s+href="{re.escape(newer.public_path())}"', text)
    assert 'rel="next"' not in text_of(newer.public_path())


def test_articles_published_in_the_same_instant_still_have_an_order() -> None:
    first, second = make_article(), make_article()
    assert f'href="{second.public_path()}"' in text_of(first.public_path())
    assert re.search(rf'rel="prev"\s+href="{re.escape(first.public_path())}"', text_of(second.public_path()))


def test_other_words_in_the_address_lead_to_the_right_ones(article: Article) -> None:
    answer = get(reverse("site:article", args=[article.year, article.number, "anything"]))
    assert answer.status_code == 301
    assert answer["Location"] == article.public_path()


def test_a_film_is_a_link_and_nothing_is_loaded_from_there(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(video_url="https://video.example/watch?v=1")
    text = text_of(article.public_path())
    assert re.search(r'<a href="https://video.example/watch\?v=1"\s+rel="noopener noreferrer external"', text)
    assert "<iframe" not in text
    assert "<video" not in text


# ── What nobody may read ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": ArticleState.DRAFT},
        {"state": ArticleState.CHECKING},
        {"state": ArticleState.SCHEDULED, "publish_from": MORNING},
        {"state": ArticleState.DROPPED},
        {"secrecy": Secrecy.CONFIDENTIAL},
        {
            "state": ArticleState.WITHDRAWN,
            "withdrawn_at": MORNING,
            "withdrawal_reason": "ถอน",
            "secrecy": Secrecy.SECRET,
        },
    ],
)
def test_what_nobody_may_read_is_not_there_at_all(article: Article, hidden: dict[str, Any]) -> None:
    picture = article.pictures.get()
    secret = make_article(title="เรื่องที่ยังไม่มีใครรู้", **hidden)
    other = make_article()
    guessed = get(secret.public_path())
    nowhere = get(reverse("site:article", args=[2553, 999_999, "x"]))
    assert (guessed.status_code, guessed.content) == (404, nowhere.content)
    for path in (
        "/",
        "/news/",
        "/news/category/policy/",
        "/feeds/th/news.rss",
        "/sitemap-2552-11.xml",
        other.public_path(),
        "/news/search/?q=ที่ยังไม่มีใครรู้",
    ):
        answer = get(path)
        assert secret.title not in answer.content.decode(), path
        assert secret.public_path() not in answer.content.decode(), path
    assert get(picture.public_path("card.webp")).status_code == 200


def test_an_article_whose_moment_is_to_come_is_not_there() -> None:
    article = make_article(published_at=timezone.now() + timedelta(minutes=5))
    assert get(article.public_path()).status_code == 404
    assert article.title not in text_of("/news/")


def test_a_withdrawn_article_says_why_and_nothing_of_what_it_said(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(
        state=ArticleState.WITHDRAWN, withdrawn_at=MORNING, withdrawal_reason="ตัวเลขคลาดเคลื่อน"
    )
    answer = get(article.public_path())
    text = answer.content.decode()
    assert answer.status_code == 410
    assert "ตัวเลขคลาดเคลื่อน" in text
    assert article.title not in text
    assert article.lead not in text
    assert "noindex" in text


def test_pictures_and_files_go_with_their_article(article: Article) -> None:
    picture = article.pictures.get()
    document = Document.objects.create(
        matter=article, name="สรุป.pdf", sha256=picture.original.sha256, size=10,
        content_type="application/pdf", source=Document.Source.OFFICE, added_at=MORNING,
    )  # fmt: skip
    default_storage.save(document.path, ContentFile(b"%PDF-1.4 test"))
    file = ArticleFile.objects.create(article=article, document=document, title="สรุปโครงการ")
    names = ["960.webp", "960.jpg", "card.webp", "share.jpg"]
    assert [get(picture.public_path(name)).status_code for name in names] == [200] * 4
    assert get(file.public_path()).status_code == 200
    assert "sandbox" in get(file.public_path())["Content-Security-Policy"]
    assert f'href="{file.public_path()}"' in text_of(article.public_path())
    Article.objects.filter(pk=article.pk).update(
        state=ArticleState.WITHDRAWN, withdrawn_at=MORNING, withdrawal_reason="ถอน"
    )
    assert [get(picture.public_path(name)).status_code for name in names] == [404] * 4
    assert get(file.public_path()).status_code == 404


def test_an_offered_file_is_fetched_under_its_own_article_only(article: Article) -> None:
    other = make_article()
    document = Document.objects.create(
        matter=article, name="a.pdf", sha256="1" * 64, size=1,
        content_type="application/pdf", source=Document.Source.OFFICE, added_at=MORNING,
    )  # fmt: skip
    file = ArticleFile.objects.create(article=article, document=document, title="a")
    assert get(reverse("site:file", args=[other.year, other.number, file.pk])).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "../../secret.jpg",
        "..%2f..%2fsecret.jpg",
        "original.jpg",
        "17.webp",
        "960.svg",
        "960.webp%00",
        "card.png",
        "9999999.webp",
    ],
)
def test_only_the_sizes_that_were_made_are_given_out(article: Article, name: str) -> None:
    picture: Picture = article.pictures.get()
    assert get(f"/news/pictures/{picture.sha256}/{name}").status_code == 404


def test_a_picture_whose_file_is_lost_is_not_there(article: Article) -> None:
    picture = article.pictures.get()
    Picture.objects.filter(pk=picture.pk).update(sha256="a" * 64)
    assert get(reverse("site:picture", args=["a" * 64, "card.webp"])).status_code == 404


# ── Lists ─────────────────────────────────────────────────────────────────────────────────────


def test_lists_turn_their_pages_by_key_and_show_each_article_once() -> None:
    made = [make_article(published_at=MORNING + timedelta(minutes=number // 3)) for number in range(45)]
    seen: list[str] = []
    path = "/news/"
    for _page in range(3):
        text = text_of(path)
        seen += re.findall(r'<h4>\s*<a href="([^"]+)"', text)
        following = re.search(r'rel="next"\s+href="([^"]+)"', text)
        path = following[1].replace("&amp;", "&") if following else ""
    assert path == ""
    assert seen == [one.public_path() for one in reversed(made)]
    back = re.search(r'rel="prev"\s+href="([^"]+)"', text)
    assert back is not None
    assert re.findall(r'<h4>\s*<a href="([^"]+)"', text_of(back[1])) == seen[20:40]


@pytest.mark.parametrize(
    "cursor", ["x", "2009-11-17", "_", "2009_9", "9" * 40, "2009-11-17T09:00:00+07:00_x"]
)
def test_a_cursor_that_nobody_was_given_leads_nowhere(cursor: str) -> None:
    assert get(f"/news/?after={cursor}").status_code == 404


def test_a_list_holds_its_own_news_only() -> None:
    here, elsewhere = (
        make_article(),
        make_article(category=make_news_category("schools", "โรงเรียน", "Schools")),
    )
    text = text_of("/news/category/schools/")
    assert elsewhere.title in text
    assert here.title not in text
    december = make_article(published_at=MORNING + timedelta(days=30))
    assert december.title in text_of("/news/month/2552-12/")
    assert here.title not in text_of("/news/month/2552-12/")


def test_an_english_reader_sees_english_news() -> None:
    make_article(title="ข่าวภาษาไทยเรื่องหนึ่ง")
    make_article(title="News in English", language="en", slug="news-in-english")
    assert "News in English" in text_of("/", "en")
    assert "ข่าวภาษาไทยเรื่องหนึ่ง" not in text_of("/news/", "en")


def test_the_archive_names_every_month_from_the_first_to_the_last() -> None:
    make_article()
    make_article(published_at=MORNING + timedelta(days=75))
    codes = re.findall(r'href="/news/month/([^/]+)/"', text_of("/news/archive/"))
    assert codes == ["2553-01", "2552-12", "2552-11"]


@pytest.mark.parametrize(
    "path",
    [
        "/news/month/9999-99/", "/news/month/%00/", "/news/category/none/", "/news/tag/none/",
        "/news/2553/99999999999999999999999/x/", "/journals/999999999999999999999/", "/feeds/xx/news.rss",
        "/feeds/th/none.rss", "/press-conferences/2553/99999999999999999999/", "/sitemap-x.xml",
    ],
)  # fmt: skip
def test_addresses_that_mean_nothing_are_not_there(path: str) -> None:
    assert get(path).status_code == 404


# ── Searching ─────────────────────────────────────────────────────────────────────────────────


def test_the_news_is_found_by_its_words_marked() -> None:
    found = make_article(title="โครงการอาหารกลางวันทุกโรงเรียน")
    make_article()
    text = text_of("/news/search/?q=อาหารกลางวัน")
    assert '<mark class="p-0">อาหารกลางวัน</mark>' in text
    assert text.count("line-story") == 1
    assert found.public_path() in text
    make_news_category("schools", "โรงเรียน", "Schools")
    assert found.public_path() in text_of("/news/search/?q=อาหารกลางวัน&category=policy")
    assert found.public_path() not in text_of("/news/search/?q=อาหารกลางวัน&category=schools")


def test_a_search_turns_its_pages() -> None:
    made = [make_article(title=f"อาหารกลางวันครั้งที่ {number}") for number in range(22)]
    first = text_of("/news/search/?q=อาหารกลางวัน")
    assert first.count('class="line-story"') == 20
    following = re.search(r'rel="next"\s+href="([^"]+)"', first)
    assert following is not None
    rest = text_of(following[1].replace("&amp;", "&"))
    assert rest.count('class="line-story"') == 2
    assert made[0].public_path() in rest


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("q=กข", 422), ("q=%00%00", 200), ("q=" + "ก" * 5000, 200), ("q='; DROP TABLE office_matter; --", 200),
        ("q=%25%25%25", 200), ('q="***"', 200), ("q=abc&before=-1", 200), ("q=abc&before=" + "9" * 30, 200),
        ("q=<script>alert(1)</script>", 200), ("q=abc&category='", 200), ("", 200),
    ],
)  # fmt: skip
def test_odd_searches_are_answered_calmly(query: str, status: int) -> None:
    make_article()
    answer = get(f"/news/search/?{query}")
    assert answer.status_code == status
    assert "<script>alert" not in answer.content.decode()


def test_who_searches_all_the_time_is_asked_to_wait(settings: Any) -> None:
    settings.NEWS_SEARCH_LIMIT = "2/minute"
    client = Client(REMOTE_ADDR="2001:db8::77")
    answers = [client.get("/news/search/?q=หนังสือเรียน").status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert client.get("/news/").status_code == 200


# ── For programs ──────────────────────────────────────────────────────────────────────────────


def test_the_sitemap_names_every_article_by_month(article: Article) -> None:
    english = make_article(language="en", published_at=MORNING + timedelta(days=31))
    index = text_of("/sitemap.xml")
    assert re.findall(r"sitemap-(\d{4}-\d\d)\.xml", index) == ["2552-12", "2552-11"]
    assert f"<loc>{settings.SITE_URL}{article.public_path()}</loc>" in text_of("/sitemap-2552-11.xml")
    assert english.public_path() in text_of("/sitemap-2552-12.xml")
    assert "Sitemap: " in text_of("/robots.txt")


def test_an_article_in_both_languages_names_both_in_the_sitemap_and_on_its_page(article: Article) -> None:
    beside = MORNING + timedelta(days=31)
    english = make_article(language="en", slug="free-textbooks", translation_of=article, published_at=beside)
    alone = make_article(published_at=MORNING - timedelta(hours=1))
    unread = make_article(published_at=MORNING - timedelta(hours=2))
    make_article(language="en", slug="hidden", translation_of=unread, secrecy=Secrecy.SECRET)
    both = {
        "th": f"{settings.SITE_URL}{article.public_path()}",
        "en": f"{settings.SITE_URL}{english.public_path()}",
        "x-default": f"{settings.SITE_URL}{article.public_path()}",
    }
    parts = [ElementTree.fromstring(text_of(f"/sitemap-{month}.xml")) for month in ("2552-11", "2552-12")]
    named = {
        url.findtext("{*}loc"): {
            link.attrib["hreflang"]: link.attrib["href"]
            for link in url.findall("{http://www.w3.org/1999/xhtml}link")
        }
        for part in parts
        for url in part
    }
    assert named[both["th"]] == named[both["en"]] == both
    for one in (alone, unread):
        assert named[f"{settings.SITE_URL}{one.public_path()}"] == {}
    for one in (article, english):
        page = text_of(one.public_path())
        found = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page))
        assert found == both
    assert "hreflang" not in text_of(alone.public_path())


def test_addresses_told_to_others_never_come_from_the_request(article: Article, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    for path in every_page(article):
        answer = Client(headers={"host": "evil.example", "x-forwarded-host": "evil.example"}).get(path)
        assert "evil.example" not in answer.content.decode(), path


# ── How much is asked of the database ─────────────────────────────────────────────────────────


def test_no_page_asks_more_than_a_handful_and_a_kept_one_asks_once(
    article: Article, django_assert_max_num_queries: Any
) -> None:
    for number in range(25):
        make_picture(make_article(published_at=MORNING - timedelta(hours=number)))
    paths = every_page(article)
    with override("th"):
        for path in paths:
            with django_assert_max_num_queries(11):
                get(path)
            if "?" not in path:
                with django_assert_max_num_queries(1):
                    assert get(path).status_code == 200
