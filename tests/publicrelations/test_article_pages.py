"""The pages of articles: who sees and does what, what is typed is never lost, versions, previews, the board."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.documents import accept
from office.models import Secrecy, User
from publicrelations.models import Article, ArticleState, Category, PreviewLink, UnsavedText
from publicrelations.models.picturing import NewPicture
from tests.cast import make_executive, make_stranger
from tests.publicrelations.cast import make_news_colleague, make_news_head, make_news_officer
from tests.publicrelations.engagements_cast import make_engagement
from tests.publicrelations.news_cast import (
    BODY,
    HEADLINE,
    LEAD,
    add_picture,
    drawn,
    make_article,
    make_category,
    make_checked,
    make_published,
    sent,
    take,
    words,
)

pytestmark = pytest.mark.django_db
MaxQueries = Callable[[int], Any]
PAGE_QUERIES = 12
"""Of a page behind the sign-in: session, person, menu, bell, then what it is about."""


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(article: Article, name: str = "article", *more: Any) -> str:
    return reverse(f"publicrelations:{name}", args=[article.pk, *more])


def typed(article: Article, **changed: Any) -> dict[str, Any]:
    """What the form for writing sends from the editor."""
    given = {
        "seen": article.version,
        "title": article.title,
        "lead": LEAD,
        "text": BODY,
        "text-form": "html",
        "category": make_category().pk,
        "tags": "การศึกษานอกระบบ, บ้านดอน",
        "secrecy": 0,
    }
    return {name: value for name, value in (given | changed).items() if value is not None}


# ── Beginning ───────────────────────────────────────────────────────────────────────────────


def test_an_article_is_begun_with_a_headline_alone() -> None:
    officer = make_news_officer()
    client = signed_in(officer)
    address = reverse("publicrelations:article_new")
    assert client.get(address).status_code == 200
    response = client.post(address, {"title": HEADLINE, "language": "th", "secrecy": 0, "take_it": "on"})
    article = Article.objects.get()
    assert response.headers["Location"] == article.get_absolute_url()
    assert (article.title, article.owner, article.state) == (HEADLINE, officer, ArticleState.DRAFT)


def test_without_a_headline_it_is_asked_for_beside_the_field() -> None:
    client = signed_in(make_news_officer())
    response = client.post(
        reverse("publicrelations:article_new"), {"title": "", "language": "th", "secrecy": 0}
    )
    assert response.status_code == 422
    assert not Article.objects.exists()


def test_sent_twice_from_one_opening_it_is_begun_once() -> None:
    client = signed_in(make_news_officer())
    address = reverse("publicrelations:article_new")
    ticket = client.get(address).context["form"].ticket_to_send()
    given = {"title": HEADLINE, "language": "th", "secrecy": 0, "take_it": "on", "ticket": ticket}
    client.post(address, given)
    client.post(address, given)
    assert Article.objects.count() == 1


def test_the_english_version_begins_beside_the_thai_one() -> None:
    officer = make_news_officer()
    thai = take(make_article(officer), "save_draft", officer, **words(make_article(officer)))
    client = signed_in(officer)
    address = f"{reverse('publicrelations:article_new')}?of={thai.pk}"
    assert client.get(address).context["form"].initial["language"] == "en"
    given = {"title": "Minister opens centre", "language": "th", "translation_of": thai.pk, "secrecy": 0}
    client.post(address, given)
    english = Article.objects.get(translation_of=thai)
    assert english.language == "en"


@pytest.mark.parametrize("who", [make_stranger, make_executive])
def test_only_its_subgroup_begins_one(who: Callable[[], User]) -> None:
    client = signed_in(who())
    assert client.get(reverse("publicrelations:article_new")).status_code == 403
    assert client.post(reverse("publicrelations:article_new"), {"title": HEADLINE}).status_code == 403


# ── Seeing ──────────────────────────────────────────────────────────────────────────────────


def staff_pages(article: Article) -> list[str]:
    return [
        page_of(article),
        page_of(article, "article_version", 1),
        page_of(article, "article_compare"),
        page_of(article, "article_pictures"),
        page_of(article, "article_step", "submit"),
    ]


def two_versions(officer: User) -> Article:
    article = make_article(officer)
    article = take(article, "save_draft", officer, **words(article))
    return take(article, "save_draft", officer, **words(article, lead="โปรยที่แก้แล้ว"))


def test_whoever_is_not_signed_in_is_asked_to(client: Client) -> None:
    article = two_versions(make_news_officer())
    for address in [*staff_pages(article), reverse("publicrelations:articles")]:
        response = client.get(address)
        assert response.status_code == 302, address
        assert "/accounts/login/" in response.headers["Location"]


def test_for_a_stranger_it_does_not_exist() -> None:
    article = two_versions(make_news_officer())
    client = signed_in(make_stranger())
    for address in staff_pages(article):
        assert client.get(address).status_code == 404, address


def test_what_is_secret_its_writer_and_the_head_see() -> None:
    officer = make_news_officer()
    article = two_versions(officer)
    Article.objects.filter(pk=article.pk).update(secrecy=Secrecy.SECRET)
    assert signed_in(officer).get(page_of(article)).status_code == 200
    assert signed_in(make_news_head()).get(page_of(article)).status_code == 200
    assert signed_in(make_news_colleague()).get(page_of(article)).status_code == 404


def test_a_colleague_reads_it_and_may_not_write_in_it() -> None:
    article = two_versions(make_news_officer())
    client = signed_in(make_news_colleague())
    assert client.get(page_of(article)).status_code == 200
    assert client.get(page_of(article, "article_step", "submit")).status_code == 403
    assert client.post(page_of(article, "article_step", "submit"), typed(article)).status_code == 403


def test_the_page_asks_little_of_the_database(django_assert_max_num_queries: MaxQueries) -> None:
    officer = make_news_officer()
    article = two_versions(officer)
    for _number in range(4):
        add_picture(article, officer, made=False)
    client = signed_in(officer)
    client.get(page_of(article))
    with django_assert_max_num_queries(PAGE_QUERIES):
        client.get(page_of(article))


def test_a_draft_that_came_back_asks_no_more(django_assert_max_num_queries: MaxQueries) -> None:
    """With tags, pictures, the head's remarks, an English version, what it tells of: all that its form lays ready."""
    officer, head = make_news_officer(), make_news_head()
    article = two_versions(officer)
    for _number in range(2):
        add_picture(article, officer)
    told_of = make_engagement(owner=officer)
    article = take(article, "submit", officer, **words(article, tags=["ห้องสมุด"], about_engagement=told_of))
    article = take(article, "send_back", head, reason="ขอให้ปรับโปรย")
    make_article(officer, title="Minister opens centre", language="en", translation_of=article)
    client = signed_in(officer)
    client.get(page_of(article))
    with django_assert_max_num_queries(PAGE_QUERIES):
        page = client.get(page_of(article)).content.decode()
    assert "ขอให้ปรับโปรย" in page
    assert 'value="ห้องสมุด"' in page


def test_checked_and_published_pages_ask_little_of_the_database(
    django_assert_max_num_queries: MaxQueries,
) -> None:
    officer, head = make_news_officer(), make_news_head()
    checked, published = make_checked(officer), make_published(officer, head)
    add_picture(checked, head, made=False)
    picture = NewPicture(upload=accept(sent(drawn())), width=1200, height=800, alternative_text="ตัดริบบิ้น")
    take(published, "arrange_pictures", head, added=[picture], correction_note="เพิ่มภาพ")
    client = signed_in(head)
    for article in (checked, published):
        client.get(page_of(article))
        with django_assert_max_num_queries(PAGE_QUERIES):
            client.get(page_of(article))


def test_what_is_there_on_an_article_is_all_shown() -> None:
    """The page asks only for what its row says is there: nothing of it may be missing then."""
    officer, head = make_news_officer(), make_news_head()
    article = two_versions(officer)
    PreviewLink.issue(article, timezone.now())
    english = make_article(officer, title="Minister opens centre", language="en", translation_of=article)
    take(article, "submit", officer, **words(article, tags=["ห้องสมุด"]))
    take(article, "send_back", head, reason="ขอให้ปรับโปรย")
    UnsavedText.objects.create(article=article, user=officer, title="พิมพ์ค้างไว้", kept_at=timezone.now())
    page = signed_in(officer).get(page_of(article))
    shown = page.content.decode()
    for expected in ("ห้องสมุด", "ขอให้ปรับโปรย", "พิมพ์ค้างไว้", english.get_absolute_url()):
        assert expected in shown
    assert len(page.context["previews"]) == 1


def test_offered_are_engagements_up_to_a_week_ahead_and_the_one_chosen() -> None:
    officer = make_news_officer()
    now = timezone.now()
    begun, near, far, other = [
        make_engagement(owner=officer, starts_at=at, ends_at=at + timedelta(hours=1))
        for at in (now + timedelta(days=days) for days in (-3, 6, 30, 60))
    ]
    article = take(make_article(officer), "save_draft", officer, body="", about_engagement=far)
    field = signed_in(officer).get(page_of(article)).context["form"].fields["about_engagement"]
    assert [key for key, _words in field.choices] == ["", far.pk, near.pk, begun.pk]
    assert other.pk not in dict(field.choices)


def test_the_register_asks_the_same_of_one_row_and_of_many(django_assert_max_num_queries: MaxQueries) -> None:
    officer = make_news_officer()
    for _number in range(12):
        make_article(officer)
    client = signed_in(officer)
    client.get(reverse("publicrelations:articles"))
    with django_assert_max_num_queries(12):
        response = client.get(reverse("publicrelations:articles"))
    assert response.content.decode().count(HEADLINE) == 12


@pytest.mark.parametrize(
    ("query", "number"),
    [("state=draft", 1), ("state=published", 1), ("language=en", 0), ("correction=waits", 0), ("all=1", 2)],
)
def test_the_register_answers_the_newsrooms_questions(query: str, number: int) -> None:
    officer = make_news_officer()
    make_article(officer)
    make_published(officer, make_news_head())
    response = signed_in(officer).get(f"{reverse('publicrelations:articles')}?{query}")
    assert response.content.decode().count(HEADLINE) == number


def test_the_board_shows_where_everything_stands() -> None:
    officer, head = make_news_officer(), make_news_head()
    now = timezone.now()
    make_article(officer, title="ข่าวที่กำลังเขียน")
    make_checked(officer, title="ข่าวที่รอตรวจ")
    waiting = make_checked(officer, title="ข่าวที่ตั้งเวลา", now=now)
    take(waiting, "schedule", head, now, publish_from=now + timedelta(days=1))
    make_published(officer, head, title="ข่าวที่เผยแพร่วันนี้", now=now - timedelta(hours=1))
    page = signed_in(head).get(reverse("publicrelations:newsroom"))
    found = [[row.matter.title for row in column["rows"]] for column in page.context["columns"]]
    assert found == [["ข่าวที่กำลังเขียน"], ["ข่าวที่รอตรวจ"], ["ข่าวที่ตั้งเวลา"], ["ข่าวที่เผยแพร่วันนี้"]]


def test_the_board_is_no_business_of_strangers() -> None:
    assert signed_in(make_stranger()).get(reverse("publicrelations:newsroom")).status_code == 403


# ── Writing: nothing typed is lost ──────────────────────────────────────────────────────────


def test_what_the_editor_sends_is_saved_clean() -> None:
    officer = make_news_officer()
    article = make_article(officer)
    given = typed(article, text="<p>ก</p><script>alert(1)</script>")
    response = signed_in(officer).post(page_of(article, "article_step", "save_draft"), given)
    assert response.status_code == 302
    article = Article.objects.get(pk=article.pk)
    assert article.body == "<p>ก</p>"
    assert sorted(article.tags.values_list("name", flat=True)) == ["การศึกษานอกระบบ", "บ้านดอน"]


def test_without_a_script_signs_are_typed_and_html_is_words() -> None:
    officer = make_news_officer()
    article = make_article(officer)
    given = typed(article, text="## หัวข้อ\n\nย่อหน้า **หนา** <b>\n\n- หนึ่ง\n- สอง", **{"text-form": "markup"})
    signed_in(officer).post(page_of(article, "article_step", "save_draft"), given)
    assert Article.objects.get(pk=article.pk).body == (
        "<h2>หัวข้อ</h2><p>ย่อหน้า <strong>หนา</strong> &lt;b&gt;</p><ul><li><p>หนึ่ง</p></li><li><p>สอง</p></li></ul>"
    )


def test_a_save_that_fails_brings_everything_back() -> None:
    officer = make_news_officer()
    article = make_article(officer)
    given = typed(article, title="", text="<p>เนื้อข่าวที่พิมพ์</p>", video_url="http://example.com/", tags="ก, ข")
    response = signed_in(officer).post(page_of(article, "article_step", "submit"), given)
    page = response.content.decode()
    assert response.status_code == 422
    assert "<p>เนื้อข่าวที่พิมพ์</p>" in page
    assert LEAD in page
    assert "http://example.com/" in page
    assert "ก, ข" in page
    assert set(response.context["form"].errors) == {"title", "video_url"}


def test_what_is_lacking_stands_beside_its_field() -> None:
    officer = make_news_officer()
    article = make_article(officer)
    response = signed_in(officer).post(
        page_of(article, "article_step", "submit"), typed(article, text="", lead="", category="")
    )
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"lead", "text", "category"}


def test_from_a_second_window_both_texts_are_shown() -> None:
    officer = make_news_officer()
    article = make_article(officer)
    take(article, "save_draft", officer, **words(article, body="<p>จากหน้าต่างแรก</p>"))
    given = typed(article, text="<p>จากหน้าต่างที่สอง</p>")
    response = signed_in(officer).post(page_of(article, "article_step", "save_draft"), given)
    page = response.content.decode()
    assert response.status_code == 409
    assert "จากหน้าต่างแรก" in page
    assert "<p>จากหน้าต่างที่สอง</p>" in page
    assert Article.objects.get(pk=article.pk).body == "<p>จากหน้าต่างแรก</p>"


def test_what_is_typed_is_kept_and_brought_back() -> None:
    officer = make_news_officer()
    article = make_article(officer)
    client = signed_in(officer)
    given = {"title": "หัวข่าวที่พิมพ์ค้าง", "lead": "", "text": "<p>ค้าง</p><script>x</script>", "text-form": "html"}
    assert client.post(page_of(article, "article_unsaved"), given).status_code == 204
    kept = UnsavedText.objects.get()
    assert (kept.title, kept.body) == ("หัวข่าวที่พิมพ์ค้าง", "<p>ค้าง</p>")
    assert "หัวข่าวที่พิมพ์ค้าง" in client.get(page_of(article)).content.decode()
    back = client.get(f"{page_of(article, 'article_step', 'submit')}?restore=1")
    assert back.context["form"]["title"].value() == "หัวข่าวที่พิมพ์ค้าง"
    client.post(page_of(article, "article_step", "save_draft"), typed(article))
    assert not UnsavedText.objects.exists()


def test_what_one_person_types_another_is_never_shown() -> None:
    officer, head = make_news_officer(), make_news_head()
    article = make_article(officer)
    signed_in(officer).post(page_of(article, "article_unsaved"), {"title": "ค้างของบัลลังก์"})
    assert "ค้างของบัลลังก์" not in signed_in(head).get(page_of(article)).content.decode()


def test_what_was_typed_is_thrown_away_on_request() -> None:
    officer = make_news_officer()
    article = make_article(officer)
    client = signed_in(officer)
    client.post(page_of(article, "article_unsaved"), {"title": "ค้าง"})
    client.post(page_of(article, "article_unsaved_drop"))
    assert not UnsavedText.objects.exists()


def test_nobody_keeps_text_in_what_they_may_not_write() -> None:
    article = make_checked(make_news_officer())
    assert signed_in(make_news_colleague()).post(page_of(article, "article_unsaved"), {}).status_code == 409
    assert signed_in(make_stranger()).post(page_of(article, "article_unsaved"), {}).status_code == 404
    assert signed_in(make_news_head()).get(page_of(article, "article_unsaved")).status_code == 405


# ── The head ────────────────────────────────────────────────────────────────────────────────


def test_the_head_sets_a_minute_in_thai_figures() -> None:
    head = make_news_head()
    article = make_checked(make_news_officer(), now=timezone.now())
    tomorrow = timezone.localtime() + timedelta(days=1)
    given = {"seen": article.version, "day": f"{tomorrow:%d/%m}/{tomorrow.year + 543}", "clock": "๙.๐๕"}
    response = signed_in(head).post(page_of(article, "article_step", "schedule"), given)
    assert response.status_code == 302
    article = Article.objects.get(pk=article.pk)
    assert timezone.localtime(article.publish_from).strftime("%H:%M") == "09:05"


def test_a_time_that_has_passed_is_said_beside_the_time() -> None:
    head = make_news_head()
    article = make_checked(make_news_officer(), now=timezone.now())
    today = timezone.localtime()
    given = {"seen": article.version, "day": f"{today:%d/%m}/{today.year + 543}", "clock": "00.00"}
    response = signed_in(head).post(page_of(article, "article_step", "schedule"), given)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"clock"}


def test_each_page_of_the_head_opens() -> None:
    officer, head = make_news_officer(), make_news_head()
    client = signed_in(head)
    checked, published = make_checked(officer), make_published(officer, head)
    for name in ("publish", "schedule", "mend", "send_back", "give_up", "arrange_pictures", "offer_files"):
        assert client.get(page_of(checked, "article_step", name)).status_code == 200, name
    for name in ("propose_correction", "release_correction", "link", "withdraw", "arrange_pictures"):
        assert client.get(page_of(published, "article_step", name)).status_code == 200, name


# ── Versions ────────────────────────────────────────────────────────────────────────────────


def test_two_versions_are_compared_word_by_word() -> None:
    officer = make_news_officer()
    page = signed_in(officer).get(page_of(two_versions(officer), "article_compare")).content.decode()
    assert "<ins>" in page
    assert "<del>" in page


def test_with_one_version_there_is_nothing_to_compare() -> None:
    officer = make_news_officer()
    article = take(make_article(officer), "save_draft", officer, **words(make_article(officer)))
    assert signed_in(officer).get(page_of(article, "article_compare")).status_code == 404


# ── Previews ────────────────────────────────────────────────────────────────────────────────


def preview_of(article: Article, by: User) -> str:
    signed_in(by).post(page_of(article, "article_preview"))
    return reverse("preview:article", args=[PreviewLink.objects.latest("pk").secret])


def test_a_preview_shows_the_public_page_to_whoever_has_the_link(client: Client) -> None:
    officer = make_news_officer()
    article = take(make_article(officer), "save_draft", officer, **words(make_article(officer)))
    picture = add_picture(article, officer)
    address = preview_of(article, officer)
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == 200
    assert HEADLINE in page
    assert BODY in page
    assert 'name="robots" content="noindex' in page
    assert response.headers["X-Robots-Tag"].startswith("noindex")
    assert "no-store" in response.headers["Cache-Control"]
    shown = f"{address}pictures/{picture.pk}/{picture.names[0]}"
    assert shown in page
    assert client.get(shown).headers["Content-Type"] == "image/webp"


@pytest.mark.parametrize("ending", ["taken_back", "expired", "guessed"])
def test_a_preview_that_has_ended_shows_nothing(client: Client, ending: str) -> None:
    officer = make_news_officer()
    article = take(make_article(officer), "save_draft", officer, **words(make_article(officer)))
    address = preview_of(article, officer)
    match ending:
        case "taken_back":
            signed_in(officer).post(page_of(article, "article_preview_end"))
        case "expired":
            PreviewLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        case _:
            address = reverse("preview:article", args=["0" * 64])
    response = client.get(address)
    assert response.status_code == 404
    assert HEADLINE not in response.content.decode()


def test_a_preview_shows_no_picture_of_another_article(client: Client) -> None:
    officer = make_news_officer()
    article, other = make_article(officer), make_article(officer, title="ข่าวอื่นที่ยังไม่เผยแพร่")
    picture = add_picture(other, officer)
    address = preview_of(article, officer)
    assert client.get(f"{address}pictures/{picture.pk}/{picture.names[0]}").status_code == 404


def test_a_stranger_makes_no_preview() -> None:
    article = make_article(make_news_officer())
    assert signed_in(make_stranger()).post(page_of(article, "article_preview")).status_code in (403, 404)
    assert not PreviewLink.objects.exists()


def test_a_category_out_of_use_stays_with_its_old_article() -> None:
    officer = make_news_officer()
    article = take(make_article(officer), "save_draft", officer, **words(make_article(officer)))
    Category.objects.update(is_used=False)
    form = signed_in(officer).get(page_of(article, "article_step", "submit")).context["form"]
    assert list(form.fields["category"].queryset) == [article.category]
