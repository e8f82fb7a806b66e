"""A day of the minister's becomes news: engagement, article with picture, published at its minute, on the home page, in
the feed, in that month's journal."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.request import urlopen

import feedparser
import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from office.calendar import OFFICE_TZ
from office.models import User
from office.thai import format_numeric
from publicrelations import on_time, rendering
from publicrelations.models import Article, Engagement, Journal, Picture
from publicrelations.models.engagement_state import EngagementState
from tests.browser.conftest import Visit
from tests.browser.visitor import DESK, PHONE, Visitor, thai
from tests.publicrelations.cast import make_news_head, make_news_officer
from tests.publicrelations.news_cast import drawn, make_category

pytestmark = pytest.mark.django_db(transaction=True)

ENGAGEMENT = "เปิดศูนย์การเรียนรู้ชุมชนบ้านดอน จังหวัดสระบุรี"
HEADLINE = "รมว.ศธ. เปิดศูนย์การเรียนรู้ชุมชนบ้านดอน ให้ชาวบ้านเรียนได้ทุกวัย"
LEAD = "รัฐมนตรีว่าการกระทรวงศึกษาธิการเป็นประธานเปิดศูนย์การเรียนรู้ชุมชน มีผู้ร่วมงาน ๓๐๐ คน"
A_SECOND = 1100  # milliseconds: so long a browser may show what it has fetched
SHOWN = "รัฐมนตรีตัดริบบิ้นหน้าศูนย์การเรียนรู้"


def test_an_engagement_becomes_news_on_the_site_in_the_feed_and_in_the_journal(
    visit: Visit, live_server: Any
) -> None:
    officer, head = make_news_officer(), make_news_head()
    make_category()
    desk = visit(DESK)
    desk.signs_in(officer)
    engagement = the_officer_registers_an_engagement_and_that_it_took_place(desk)
    article = an_article_about_it_is_written_with_a_picture(desk, engagement)
    the_head_sets_the_minute_at_which_it_appears(visit, head, article)
    reader = visit(PHONE)
    nobody_outside_sees_it_before(reader, article)
    its_minute_comes(article)
    it_is_on_the_home_page_and_can_be_read(reader, article)
    a_feed_reader_finds_it(live_server.url, article)
    its_engagement_is_covered(desk, engagement)
    it_stands_in_the_months_journal(desk, article)


def the_officer_registers_an_engagement_and_that_it_took_place(desk: Visitor) -> Engagement:
    yesterday = format_numeric((timezone.localtime() - timedelta(days=1)).date())
    desk.opens("publicrelations:engagement_new")
    for name, value in {
        "title": ENGAGEMENT,
        "starts_on": yesterday,
        "starts_time": "๙.๐๐",
        "ends_time": "๑๑.๓๐",
        "place": "อำเภอเมือง จังหวัดสระบุรี",
        "received_on": yesterday,
        "received_time": "๘.๓๐",
    }.items():
        desk.page.locator(f"#id_{name}").fill(value)
    desk.page.locator("#id_engagement_kind").select_option(index=1)
    desk.presses("Register")
    desk.page.wait_for_url(re.compile(r"/engagements/\d+/$"))
    engagement = Engagement.objects.get()
    desk.opens("publicrelations:engagement_step", engagement.pk, "hold")
    desk.presses("Record that it took place")
    desk.page.wait_for_url(re.compile(r"/engagements/\d+/$"))
    engagement.refresh_from_db()
    assert engagement.state == EngagementState.HELD
    return engagement


def an_article_about_it_is_written_with_a_picture(desk: Visitor, engagement: Engagement) -> Article:
    desk.opens("publicrelations:article_new", query=f"?engagement={engagement.pk}")
    desk.fills("Headline", HEADLINE)
    desk.presses("Begin writing")
    editor = desk.page.get_by_role("textbox", name=thai("Text of the article"))
    text = editor.and_(desk.page.locator("[contenteditable]"))
    expect(text).to_be_visible()
    text.focus()
    desk.page.keyboard.type("เมื่อเช้านี้ รัฐมนตรีเปิดศูนย์การเรียนรู้ชุมชน")
    desk.fills("Lead", LEAD)
    desk.chooses("Category", "ข่าวรัฐมนตรี")
    desk.presses("Save draft")
    expect(desk.page.get_by_role("link", name="ฉบับที่ ๑")).to_be_visible()
    desk.follows("Add pictures")
    file = {"name": "ตัดริบบิ้น.jpg", "mimeType": "image/jpeg", "buffer": drawn()}
    desk.page.locator("input[type=file]").set_input_files([file])
    desk.presses("Save and go on here")
    expect(desk.page.locator("[data-picture-row]")).to_have_count(1)
    rendering.render(Picture.objects.get().pk, timezone.now)  # what the worker does
    desk.page.reload()
    desk.page.locator('[name^="alternative_text_"]').fill(SHOWN)
    desk.presses("Save and go on here")
    expect(desk.page.locator("[data-picture-row]")).to_have_count(1)
    article = Article.objects.get()
    assert article.about_engagement_id == engagement.pk
    desk.opens("publicrelations:article", article.pk)
    desk.presses("Put to the head")
    desk.reads("Waiting for the head's check")
    return article


def the_head_sets_the_minute_at_which_it_appears(visit: Visit, head: User, article: Article) -> None:
    minute = timezone.now().astimezone(OFFICE_TZ) + timedelta(minutes=30)
    at_the_head = visit(DESK)
    at_the_head.signs_in(head)
    at_the_head.opens("publicrelations:article_step", article.pk, "schedule")
    at_the_head.page.locator("#id_day").fill(format_numeric(minute.date()))
    at_the_head.page.locator("#id_clock").fill(minute.strftime("%H.%M"))
    at_the_head.presses("Publish at a time")
    at_the_head.page.wait_for_url(re.compile(r"/news/\d+/$"))
    article.refresh_from_db()
    assert article.publish_from == minute.replace(second=0, microsecond=0)
    at_the_head.sees("journey-scheduled", kept=["ศธ"])


def nobody_outside_sees_it_before(reader: Visitor, article: Article) -> None:
    assert on_time.publish_due(timezone.now) == 0
    reader.opens("site:home")
    expect(reader.page.get_by_text(HEADLINE)).to_have_count(0)


def its_minute_comes(article: Article) -> None:
    """Time does not wait for a test: the minute that was set is the one that is now."""
    now = timezone.now().replace(second=0, microsecond=0)
    Article.objects.filter(pk=article.pk).update(publish_from=now)
    assert on_time.publish_due(timezone.now) == 1
    assert on_time.publish_due(timezone.now) == 0
    article.refresh_from_db()


def it_is_on_the_home_page_and_can_be_read(reader: Visitor, article: Article) -> None:
    reader.page.wait_for_timeout(A_SECOND)
    reader.opens("site:home")
    reader.reads(HEADLINE, LEAD)
    expect(reader.page.get_by_role("img", name=SHOWN).first).to_be_visible()
    reader.sees("journey-home")
    reader.page.get_by_role("link", name=HEADLINE).first.click()
    reader.page.wait_for_url(re.compile(re.escape(article.public_path()[:12])))
    assert reader.heading() == HEADLINE
    reader.reads("เมื่อเช้านี้ รัฐมนตรีเปิดศูนย์การเรียนรู้ชุมชน")
    reader.sees("journey-article")


def a_feed_reader_finds_it(site: str, article: Article) -> None:
    for name in ("site:rss", "site:atom"):
        with urlopen(f"{site}{reverse(name, args=['th'])}") as answer:  # our own server
            feed = feedparser.parse(answer.read())
        assert not feed.bozo, name
        [entry] = feed.entries
        assert entry.title == HEADLINE
        assert entry.link.endswith(article.public_path())


def its_engagement_is_covered(desk: Visitor, engagement: Engagement) -> None:
    engagement.refresh_from_db()
    assert engagement.state == EngagementState.COVERED
    desk.opens("publicrelations:engagement", engagement.pk)
    desk.reads(str(EngagementState.COVERED.label))


def it_stands_in_the_months_journal(desk: Visitor, article: Article) -> None:
    desk.opens("publicrelations:journals")
    desk.page.locator(".page-acts form button[type=submit]").click()
    desk.page.wait_for_url(re.compile(r"/journals/\d+/$"))
    journal = Journal.objects.get()
    assert journal.month == timezone.localdate().replace(day=1)
    desk.opens("publicrelations:journal_step", journal.pk, "arrange")
    desk.page.locator(f'.board-row[data-title="{HEADLINE}"] [data-move="add"]').press("Enter")
    expect(desk.page.locator(f"#id_place-{article.pk}")).to_have_value("๑")
    desk.presses("Choose and order articles")
    desk.page.wait_for_url(re.compile(r"/journals/\d+/$"))
    desk.reads(HEADLINE)
    assert [entry.article_id for entry in journal.entries.all()] == [article.pk]
    desk.sees("journey-journal", kept=["ศธ"])
