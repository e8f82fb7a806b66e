"""An article in a real browser: written by keyboard in the editor, its pictures described, and every page of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from office.models import User
from publicrelations import rendering
from publicrelations.models import Article, Picture, UnsavedText
from tests.browser.conftest import Visit
from tests.browser.test_every_page import look_over, open_and_look
from tests.browser.visitor import thai
from tests.publicrelations.cast import make_news_head, make_news_officer
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
    take,
    words,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officer() -> User:
    return make_news_officer()


@pytest.fixture
def head() -> User:
    return make_news_head()


def test_an_article_is_written_by_keyboard_and_its_pictures_described(visit: Visit, officer: User) -> None:
    make_category()
    writer = visit()
    writer.opens("publicrelations:article_new")
    writer.signs_in(officer)
    writer.fills("Headline", HEADLINE)
    writer.presses("Begin writing")
    article = Article.objects.get()

    editor = writer.page.get_by_role("textbox", name=thai("Text of the article")).and_(
        writer.page.locator("[contenteditable]")
    )
    expect(editor).to_be_visible()
    editor.focus()
    keyboard = writer.page.keyboard
    keyboard.type("รัฐมนตรีเปิดศูนย์ ")
    keyboard.press("Control+b")
    keyboard.type("เมื่อเช้านี้")
    keyboard.press("Control+b")
    keyboard.press("Enter")
    keyboard.type("ดูเพิ่มเติม web")
    keyboard.press("Shift+Control+ArrowLeft")
    keyboard.press("Control+k")
    expect(writer.page.get_by_label("ที่อยู่ของลิงก์")).to_be_focused()
    keyboard.type("www.moe.go.th")
    keyboard.press("Enter")
    writer.fills("Lead", LEAD)
    writer.chooses("Category", "ข่าวรัฐมนตรี")
    expect(writer.page.locator("[data-writing-state]")).to_contain_text("เก็บข้อความที่พิมพ์ไว้แล้ว")
    assert UnsavedText.objects.get().body.startswith("<p>รัฐมนตรีเปิดศูนย์")
    look_over(writer, "article-writing", kept=["web"])
    writer.presses("Save draft")
    expect(writer.page.get_by_role("link", name="ฉบับที่ ๑")).to_be_visible()
    article = Article.objects.get()
    assert article.body == (
        "<p>รัฐมนตรีเปิดศูนย์ <strong>เมื่อเช้านี้</strong></p>"
        '<p>ดูเพิ่มเติม <a href="https://www.moe.go.th" rel="noopener noreferrer">web</a></p>'
    )
    assert not UnsavedText.objects.exists()

    writer.follows("Add pictures")
    files = [
        {"name": "ตัดริบบิ้น.jpg", "mimeType": "image/jpeg", "buffer": drawn()},
        {"name": "ผู้ร่วมงาน.png", "mimeType": "image/png", "buffer": drawn(800, 900, "PNG")},
    ]
    writer.page.locator("input[type=file]").set_input_files(files)
    writer.presses("Save and go on here")
    expect(writer.page.locator("[data-picture-row]")).to_have_count(2)
    for picture in Picture.objects.all():
        rendering.render(picture.pk, timezone.now)
    writer.page.reload()
    for place, what in enumerate(["รัฐมนตรีตัดริบบิ้น", "ผู้ร่วมงานเต็มห้อง"]):
        writer.page.locator('[name^="alternative_text_"]').nth(place).fill(what)
    writer.page.get_by_role("button", name="เลื่อนลง").first.press("Enter")
    writer.page.locator("[data-focus-box]").first.click(position={"x": 20, "y": 20})
    look_over(writer, "article-pictures", kept=["web"])
    writer.presses("Save and go on here")
    expect(writer.page.locator("[data-picture-row]")).to_have_count(2)
    first = Picture.objects.order_by("position").first()
    assert first is not None
    assert (first.alternative_text, first.position) == ("ผู้ร่วมงานเต็มห้อง", 1)
    assert first.focus_x < 20


def test_the_pages_of_articles_at_a_desk_and_on_a_phone(visit: Visit, officer: User, head: User) -> None:
    now = timezone.now()
    published = make_published(
        officer, head, now=now - timedelta(hours=3), title="ศธ. แจกหนังสือเรียนฟรีทั่วประเทศ"
    )
    given = {"title": published.title, "lead": LEAD, "body": BODY.replace("๓๐๐", "๒๕๐")}
    take(published, "propose_correction", officer, now, note="แก้จำนวนผู้ร่วมงาน", **given)
    article = make_article(officer, now=now)
    take(article, "save_draft", officer, now, **words(article))
    add_picture(article, officer, now, caption="พิธีเปิดศูนย์การเรียนรู้ชุมชน", credit="สมชาย")
    article = take(article, "submit", officer, now, **words(article, lead="โปรยที่แก้แล้ว"))
    waiting = make_checked(officer, now=now, title="รมว.ศธ. ตรวจเยี่ยมโรงเรียนในพื้นที่น้ำท่วม")
    take(waiting, "schedule", head, now, publish_from=now + timedelta(hours=20))
    reader = visit()
    reader.opens("publicrelations:newsroom")
    reader.signs_in(head)
    look_over(reader, "newsroom")
    open_and_look(reader, "articles", "publicrelations:articles", query="?all=1")
    open_and_look(reader, "article-checking", "publicrelations:article", article.pk)
    open_and_look(reader, "article-compare", "publicrelations:article_compare", article.pk)
    open_and_look(reader, "article-schedule", "publicrelations:article_step", article.pk, "schedule")
    open_and_look(reader, "article-correction", "publicrelations:article", published.pk)
    reader.opens("publicrelations:article", article.pk)
    reader.presses("Make a preview link")
    reader.follows("Look at the page as readers will see it")
    look_over(reader, "article-preview")
