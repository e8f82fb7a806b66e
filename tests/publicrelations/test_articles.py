"""The path of an article: written, checked, published at once or to the minute, corrected, withdrawn."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from office.calendar import OFFICE_TZ
from office.models import Deadline, Event, Secrecy
from office.steps import Actor, StepRefused, perform
from publicrelations import on_time
from publicrelations.models import Article, ArticleState, ArticleVersion, Tag, Tagging
from tests.cast import MORNING, make_executive, make_stranger
from tests.publicrelations.cast import make_news_colleague, make_news_head, make_news_officer
from tests.publicrelations.news_cast import (
    BODY,
    HEADLINE,
    LEAD,
    add_picture,
    make_article,
    make_checked,
    make_published,
    take,
    words,
)

pytestmark = pytest.mark.django_db
State = ArticleState
NINE = datetime(2009, 11, 18, 9, 0, tzinfo=OFFICE_TZ)


def due_of(article: Article, kind: str) -> list[Deadline]:
    return list(article.deadlines.filter(kind=kind).order_by("pk"))


# ── Written ─────────────────────────────────────────────────────────────────────────────────


def test_an_article_is_begun_with_a_number_and_owes_its_draft_by_the_next_working_day() -> None:
    article = make_article(make_news_officer())
    assert (article.label, article.state) == ("ขว ๑/๒๕๕๓", State.DRAFT)
    owed = due_of(article, Deadline.Kind.WRITING)
    assert [one.due_at for one in owed] == [datetime(2009, 11, 18, 16, 30, tzinfo=OFFICE_TZ)]


def test_a_saved_draft_may_lack_anything_and_is_a_version_of_its_own() -> None:
    officer = make_news_officer()
    article = make_article(officer)
    article = take(article, "save_draft", officer, title="หัวข่าวใหม่", lead="", body="", category=None)
    article = take(article, "save_draft", officer, title="หัวข่าวใหม่", lead="", body="<p>ก</p>", note="เริ่มเขียน")
    assert article.state == State.DRAFT
    assert list(article.versions.values_list("version", "title", "body", "note")) == [
        (1, "หัวข่าวใหม่", "", ""),
        (2, "หัวข่าวใหม่", "<p>ก</p>", "เริ่มเขียน"),
    ]


def test_saving_what_was_not_changed_makes_no_version() -> None:
    officer = make_news_officer()
    article = make_article(officer)
    article = take(article, "save_draft", officer, **words(article))
    article = take(article, "save_draft", officer, **words(article))
    assert article.versions.count() == 1


def test_what_is_saved_is_cleaned_whoever_sent_it() -> None:
    officer = make_news_officer()
    article = make_article(officer)
    hostile = '<h1>ก</h1><script>alert(1)</script><p onclick="x()">ข</p>'
    article = take(article, "save_draft", officer, **words(article, body=hostile))
    assert article.body == "<h2>ก</h2><p>ข</p>"
    assert article.newest_version().body == article.body


def test_only_a_whole_article_is_put_to_the_head() -> None:
    officer = make_news_officer()
    article = make_article(officer)
    with pytest.raises(ValidationError) as refused:
        take(article, "submit", officer, title=HEADLINE, lead="", body="", category=None)
    assert set(refused.value.message_dict) == {"lead", "body", "category"}
    assert Article.objects.get(pk=article.pk).state == State.DRAFT


def test_a_picture_that_is_not_described_keeps_an_article_from_the_head() -> None:
    officer = make_news_officer()
    article = make_article(officer)
    add_picture(article, officer, alternative_text="")
    with pytest.raises(ValidationError) as refused:
        take(article, "submit", officer, **words(article))
    assert set(refused.value.message_dict) == {"pictures"}


def test_put_to_the_head_it_owes_the_check_by_the_next_working_day() -> None:
    officer, head = make_news_officer(), make_news_head()
    article = make_checked(officer)
    check = due_of(article, Deadline.Kind.CHECK)[0]
    assert (check.responsible, check.due_at) == (head, datetime(2009, 11, 18, 16, 30, tzinfo=OFFICE_TZ))
    assert due_of(article, Deadline.Kind.WRITING)[0].met_at == MORNING


def test_what_the_head_sends_back_has_the_remark_beside_its_version() -> None:
    officer, head = make_news_officer(), make_news_head()
    article = take(make_checked(officer), "send_back", head, reason="เพิ่มชื่อสถานที่")
    assert article.state == State.DRAFT
    version = article.newest_version()
    assert [one.text for one in version.remarks.all()] == ["เพิ่มชื่อสถานที่"]
    assert due_of(article, Deadline.Kind.WRITING)[-1].is_open


def test_sending_back_without_a_word_is_refused() -> None:
    officer, head = make_news_officer(), make_news_head()
    with pytest.raises(ValidationError):
        take(make_checked(officer), "send_back", head)


def test_the_head_mends_a_word_as_a_version_of_its_own() -> None:
    officer, head = make_news_officer(), make_news_head()
    article = make_checked(officer)
    article = take(article, "mend", head, **words(article, lead="โปรยใหม่"))
    assert (article.state, article.lead, article.versions.count()) == (State.CHECKING, "โปรยใหม่", 2)


def test_given_up_it_is_closed_and_owes_nothing() -> None:
    officer = make_news_officer()
    article = take(make_article(officer), "give_up", officer, reason="ซ้ำกับข่าวอื่น")
    assert (article.state, article.is_closed) == (State.DROPPED, True)
    assert not article.deadlines.unmet().exists()


# ── Who and when: every step × who × state ──────────────────────────────────────────────────

OPEN = {
    State.DRAFT: {
        "officer": {"save_draft", "submit", "give_up", "arrange_pictures", "offer_files"},
        "head": {"save_draft", "submit", "give_up", "arrange_pictures", "offer_files"},
    },
    State.CHECKING: {
        "officer": {"give_up"},
        "head": {"mend", "publish", "schedule", "send_back", "give_up", "arrange_pictures", "offer_files"},
    },
    State.SCHEDULED: {
        "officer": {"give_up"},
        "head": {"mend", "publish", "reschedule", "stop", "give_up", "arrange_pictures", "offer_files"},
        "clock": {"publish_on_time"},
    },
    State.PUBLISHED: {
        "officer": {"propose_correction", "link"},
        "head": {
            "propose_correction",
            "release_correction",
            "link",
            "withdraw",
            "arrange_pictures",
            "offer_files",
        },
    },
    State.WITHDRAWN: {},
    State.DROPPED: {},
}
OWN_STEPS = set().union(*(names for by in OPEN.values() for names in by.values())) | {"refuse_correction"}


def standing_at(state: str, officer, head) -> Article:
    """An article as far as this state."""
    match state:
        case State.DRAFT:
            return make_article(officer)
        case State.CHECKING:
            return make_checked(officer)
        case State.SCHEDULED:
            return take(make_checked(officer), "schedule", head, publish_from=NINE)
        case State.PUBLISHED:
            return make_published(officer, head)
        case State.WITHDRAWN:
            return take(
                make_published(officer, head),
                "withdraw",
                head,
                MORNING + timedelta(hours=2),
                withdrawal_reason="ข้อมูลคลาดเคลื่อน",
            )
        case _:
            return take(make_article(officer), "give_up", officer, reason="ซ้ำ")


@pytest.mark.parametrize("state", State.values)
def test_each_step_is_open_only_where_the_table_says(state: str) -> None:
    from office.steps import open_steps

    officer, head = make_news_officer(), make_news_head()
    article = standing_at(state, officer, head)
    actors = {
        "officer": Actor(user=officer),
        "colleague": Actor(user=make_news_colleague()),
        "head": Actor(user=head),
        "executive": Actor(user=make_executive()),
        "stranger": Actor(user=make_stranger()),
        "clock": Actor(is_clock=True),
    }
    for who, actor in actors.items():
        found = {one.name for one in open_steps(article, actor)} & OWN_STEPS
        assert found == OPEN[state].get(who, set()), who


def test_a_second_click_on_publish_publishes_once() -> None:
    officer, head = make_news_officer(), make_news_head()
    article = make_checked(officer)
    first = perform(article, "publish", actor=Actor(user=head), seen=article.version, now=MORNING)
    second = perform(article, "publish", actor=Actor(user=head), seen=article.version, now=NINE)
    assert first.pk == second.pk
    assert Article.objects.get(pk=article.pk).published_at == MORNING


# ── Published ───────────────────────────────────────────────────────────────────────────────


def test_published_it_is_what_readers_have_and_owes_nothing() -> None:
    article = make_published(make_news_officer(), make_news_head())
    at = MORNING + timedelta(hours=1)
    assert (article.state, article.published_at, article.is_closed) == (State.PUBLISHED, at, True)
    assert article.slug == "รมว-ศธ-เปิดศูนย์การเรียนรู้ชุมชนบ้านดอน"
    assert not article.deadlines.unmet().exists()
    assert list(Article.objects.published(at)) == [article]
    assert not Article.objects.published(at - timedelta(seconds=1)).exists()
    assert article.versions.get().released_at == at


def test_its_tags_carry_when_it_was_published() -> None:
    article = make_published(make_news_officer(), make_news_head())
    tagging = Tagging.objects.get(article=article)
    assert (tagging.tag.name, tagging.published_at) == ("การศึกษานอกระบบ", article.published_at)
    assert Tag.objects.count() == 1


@pytest.mark.parametrize("secrecy", [Secrecy.CONFIDENTIAL, Secrecy.TOP_SECRET])
def test_nothing_secret_is_published(secrecy: int) -> None:
    officer, head = make_news_officer(), make_news_head()
    article = make_checked(officer)
    Article.objects.filter(pk=article.pk).update(secrecy=secrecy)
    with pytest.raises(ValidationError):
        take(article, "publish", head)


def test_a_picture_without_sizes_keeps_it_from_readers() -> None:
    officer, head = make_news_officer(), make_news_head()
    article = make_checked(officer)
    add_picture(article, head, made=False)
    with pytest.raises(ValidationError) as refused:
        take(article, "publish", head)
    assert set(refused.value.message_dict) == {"pictures"}


def test_what_the_database_lets_nobody_write() -> None:
    article = make_article(make_news_officer())
    for wrong in (
        {"state": "published"},
        {"state": "scheduled"},
        {"state": "gone"},
        {"state": "withdrawn"},
        {"correction_note": "แก้"},
        {"video_url": "http://example.com/"},
        {"language": "xx"},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Article.objects.filter(pk=article.pk).update(**wrong)


# ── To the minute ───────────────────────────────────────────────────────────────────────────


def scheduled(at: datetime = NINE) -> Article:
    return take(make_checked(make_news_officer()), "schedule", make_news_head(), publish_from=at)


def test_a_scheduled_article_appears_at_its_minute_and_not_before() -> None:
    article = scheduled()
    assert on_time.publish_due(lambda: NINE - timedelta(seconds=1)) == 0
    assert on_time.publish_due(lambda: NINE) == 1
    article = Article.objects.get(pk=article.pk)
    assert (article.state, article.published_at) == (State.PUBLISHED, NINE)


def test_within_its_minute_it_is_in_time_and_after_it_late() -> None:
    article = scheduled()
    on_time.publish_due(lambda: NINE + timedelta(seconds=59))
    promise = due_of(article, Deadline.Kind.PUBLISH)[0]
    assert not promise.is_late(NINE)
    other = take(make_checked(article.owner), "schedule", article.approved_by, publish_from=NINE)
    on_time.publish_due(lambda: NINE + timedelta(seconds=61))
    assert due_of(other, Deadline.Kind.PUBLISH)[0].is_late(NINE)


def test_after_an_outage_it_appears_late_rather_than_never() -> None:
    article = scheduled()
    back = NINE + timedelta(hours=5)
    assert on_time.publish_due(lambda: back) == 1
    assert Article.objects.get(pk=article.pk).published_at == back


def test_two_rounds_publish_it_once() -> None:
    article = scheduled()
    assert on_time.publish_due(lambda: NINE) == 1
    assert on_time.publish_due(lambda: NINE) == 0
    assert Event.objects.filter(matter=article, step="publish_on_time").count() == 1


def test_one_that_cannot_appear_keeps_no_other_waiting() -> None:
    stuck = scheduled()
    Article.objects.filter(pk=stuck.pk).update(secrecy=Secrecy.SECRET)
    other = take(make_checked(stuck.owner), "schedule", stuck.approved_by, publish_from=NINE)
    assert on_time.publish_due(lambda: NINE) == 1
    assert Article.objects.get(pk=other.pk).state == State.PUBLISHED
    assert Article.objects.get(pk=stuck.pk).state == State.SCHEDULED


def test_the_seconds_of_a_set_time_do_not_count() -> None:
    assert scheduled(NINE.replace(second=42)).publish_from == NINE


@pytest.mark.parametrize("at", [MORNING, MORNING - timedelta(days=1), MORNING + timedelta(days=400)])
def test_a_time_that_has_passed_or_is_far_ahead_is_refused(at: datetime) -> None:
    with pytest.raises(ValidationError):
        scheduled(at)


def test_another_time_takes_the_place_of_the_first() -> None:
    article = scheduled()
    later = NINE + timedelta(days=1)
    take(article, "reschedule", article.approved_by, publish_from=later)
    assert on_time.publish_due(lambda: NINE) == 0
    assert [one.is_open for one in due_of(article, Deadline.Kind.PUBLISH)] == [False, True]


def test_a_publication_that_the_head_stops_does_not_appear() -> None:
    article = scheduled()
    article = take(article, "stop", article.approved_by, reason="รอยืนยันตัวเลข")
    assert on_time.publish_due(lambda: NINE) == 0
    assert (article.state, article.approved_at) == (State.CHECKING, None)


def test_nobody_but_the_clock_publishes_at_its_time() -> None:
    article = scheduled()
    with pytest.raises(StepRefused):
        take(article, "publish_on_time", article.approved_by, NINE)


# ── Corrected ───────────────────────────────────────────────────────────────────────────────


def test_readers_see_the_old_words_until_the_head_releases_the_correction() -> None:
    officer, head = make_news_officer(), make_news_head()
    article = make_published(officer, head)
    given = {"title": HEADLINE, "lead": LEAD, "body": BODY.replace("๓๐๐", "๒๕๐")}
    article = take(article, "propose_correction", officer, note="จำนวนผู้ร่วมงาน", **given)
    assert article.body == BODY
    assert article.proposal == article.newest_version()
    note = "แก้จำนวนผู้ร่วมงานเป็น ๒๕๐ คน"
    article = take(article, "release_correction", head, NINE, correction_note=note, **given)
    assert "๒๕๐" in article.body
    assert (article.corrected_at, article.correction_note, article.proposal) == (NINE, note, None)
    assert article.published_at == MORNING + timedelta(hours=1)
    assert list(article.versions.values_list("version", "released_at")) == [
        (1, article.published_at),
        (2, NINE),
    ]


def test_a_correction_keeps_the_address() -> None:
    officer, head = make_news_officer(), make_news_head()
    article = make_published(officer, head)
    before = article.slug
    given = {"title": "หัวข่าวที่แก้แล้ว", "lead": LEAD, "body": BODY, "correction_note": "แก้หัวข่าว"}
    article = take(article, "release_correction", head, NINE, **given)
    assert (article.title, article.slug) == ("หัวข่าวที่แก้แล้ว", before)


def test_a_correction_without_a_note_for_readers_is_refused() -> None:
    head = make_news_head()
    article = make_published(make_news_officer(), head)
    given = {"title": "หัวข่าวที่แก้แล้ว", "lead": LEAD, "body": BODY, "correction_note": " "}
    with pytest.raises(ValidationError) as refused:
        take(article, "release_correction", head, **given)
    assert set(refused.value.message_dict) == {"correction_note"}


def test_a_correction_that_changes_nothing_is_refused() -> None:
    head = make_news_head()
    article = make_published(make_news_officer(), head)
    given = {"title": HEADLINE, "lead": LEAD, "body": BODY, "correction_note": "แก้"}
    with pytest.raises(ValidationError):
        take(article, "release_correction", head, **given)


def test_a_refused_correction_leaves_what_readers_see() -> None:
    officer, head = make_news_officer(), make_news_head()
    article = make_published(officer, head)
    given = {"title": "หัวข่าวอื่น", "lead": LEAD, "body": BODY, "note": "หัวข่าว"}
    article = take(article, "propose_correction", officer, **given)
    article = take(article, "refuse_correction", head, reason="ของเดิมถูกแล้ว")
    assert (article.title, article.proposal, article.corrected_at) == (HEADLINE, None, None)
    assert not article.deadlines.unmet().exists()


# ── Withdrawn ───────────────────────────────────────────────────────────────────────────────


def test_withdrawn_nobody_has_it_any_more_and_the_reason_stays() -> None:
    article = standing_at(State.WITHDRAWN, make_news_officer(), make_news_head())
    assert article.withdrawal_reason == "ข้อมูลคลาดเคลื่อน"
    assert not Article.objects.published(NINE).exists()
    assert list(Article.objects.withdrawn()) == [article]
    assert Tagging.objects.get(article=article).published_at is None


def test_withdrawing_without_a_reason_is_refused() -> None:
    head = make_news_head()
    with pytest.raises(ValidationError):
        take(make_published(make_news_officer(), head), "withdraw", head, withdrawal_reason=" ")


# ── Two languages ───────────────────────────────────────────────────────────────────────────


def test_an_english_version_stands_beside_one_article_in_thai() -> None:
    officer = make_news_officer()
    thai = make_article(officer)
    english = make_article(officer, title="Minister opens centre", language="en", translation_of=thai)
    assert thai.english == english
    with pytest.raises(ValidationError):
        make_article(officer, title="Another version", language="en", translation_of=thai)


def test_a_version_in_thai_of_an_article_is_refused() -> None:
    officer = make_news_officer()
    with pytest.raises(ValidationError):
        make_article(officer, translation_of=make_article(officer))


# ── Versions are kept ───────────────────────────────────────────────────────────────────────


def test_a_version_is_never_changed_nor_taken_away() -> None:
    officer = make_news_officer()
    article = make_article(officer)
    take(article, "save_draft", officer, **words(article))
    version = ArticleVersion.objects.get()
    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(TypeError):
        version.delete()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE publicrelations_articleversion SET body = 'x'")


def test_a_version_that_was_released_stays_released() -> None:
    make_published(make_news_officer(), make_news_head())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE publicrelations_articleversion SET released_at = NULL")
