"""The staff's pages of news and of the journal besides those of their journeys: judged at a desk and on a phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from office.models import User
from publicrelations.models import Journal, Recipient
from tests.browser.conftest import Visit
from tests.browser.test_every_page import look_over, open_and_look
from tests.publicrelations.cast import make_news_head, make_news_officer
from tests.publicrelations.journal_cast import (
    carry_to,
    choose,
    group,
    make_journal,
    make_news,
    make_recipient,
)
from tests.publicrelations.news_cast import add_picture, make_article, make_published, take, words

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officer() -> User:
    return make_news_officer()


@pytest.fixture
def head() -> User:
    return make_news_head()


def test_pages_on_which_an_article_is_written(visit: Visit, officer: User, head: User) -> None:
    now = timezone.now()
    article = make_article(officer, now=now - timedelta(hours=2))
    article = take(article, "save_draft", officer, now, **words(article))
    add_picture(article, officer, now)
    article = take(article, "submit", officer, now, **words(article))
    article = take(article, "send_back", head, now, reason="ขอให้ปรับโปรยและเพิ่มชื่อผู้ร่วมงาน")
    writer = visit()
    writer.expects(422)
    writer.signs_in(officer)
    open_and_look(writer, "article-new", "publicrelations:article_new")
    writer.presses("Begin writing")
    look_over(writer, "article-new-empty")
    open_and_look(writer, "article-filter", "publicrelations:article_filter")
    open_and_look(writer, "article-returned", "publicrelations:article", article.pk)
    writer.page.locator("#id_lead").fill("")
    writer.page.locator("form[data-keep]").first.evaluate("(form) => { form.noValidate = true; }")
    writer.presses("Put to the head")
    writer.page.locator(".is-invalid").first.wait_for()
    look_over(writer, "article-lacking")
    open_and_look(writer, "article-version", "publicrelations:article_version", article.pk, 1)
    for name in ("attach_files", "hand_over", "give_up"):
        open_and_look(writer, f"article-{name}", "publicrelations:article_step", article.pk, name)


def test_pages_on_which_a_published_article_is_corrected_or_withdrawn(
    visit: Visit, officer: User, head: User
) -> None:
    now = timezone.now()
    article = make_published(officer, head, now=now - timedelta(hours=3))
    reader = visit()
    reader.signs_in(head)
    open_and_look(reader, "article-published", "publicrelations:article", article.pk)
    for name in ("release_correction", "link", "withdraw", "offer_files"):
        open_and_look(reader, f"article-{name}", "publicrelations:article_step", article.pk, name)
    reason = "ข้อมูลคลาดเคลื่อน จะเผยแพร่ใหม่เมื่อตรวจสอบแล้ว"
    take(article, "withdraw", head, now, withdrawal_reason=reason)
    open_and_look(reader, "article-withdrawn", "publicrelations:article", article.pk)


def test_pages_of_an_issue_that_is_planned(visit: Visit, officer: User, head: User) -> None:
    articles = [make_news(officer, head) for _serial in range(3)]
    journal = choose(make_journal(officer), officer, *articles[:2])
    desk = visit()
    desk.signs_in(officer)
    open_and_look(desk, "journals", "publicrelations:journals")
    open_and_look(desk, "journal-filter", "publicrelations:journal_filter")
    open_and_look(desk, "journal-planned", "publicrelations:journal", journal.pk)
    for name in ("arrange", "write_editorial", "make_cover", "keep_stock"):
        open_and_look(desk, f"journal-{name}", "publicrelations:journal_step", journal.pk, name)


def test_pages_on_which_copies_are_shared_out(visit: Visit, officer: User, head: User) -> None:
    for order, copies in ((1, 700), (2, 650), (3, 650)):
        make_recipient(copies, group=group(order))
    journal: Journal = carry_to("mailed", officer, head)
    recipient = Recipient.objects.order_by("pk")[0]
    desk = visit()
    desk.signs_in(officer)
    open_and_look(desk, "mailing", "publicrelations:mailing", journal.pk)
    open_and_look(desk, "labels", "publicrelations:labels", journal.pk)
    open_and_look(desk, "note-return", "publicrelations:journal_step", journal.pk, "note_return")
    open_and_look(desk, "recipients", "publicrelations:recipients")
    open_and_look(desk, "recipient-new", "publicrelations:recipient_new")
    open_and_look(desk, "recipient", "publicrelations:recipient", recipient.pk)
    open_and_look(desk, "recipient-edit", "publicrelations:recipient_edit", recipient.pk)
    open_and_look(desk, "recipients-import", "publicrelations:recipients_import")
