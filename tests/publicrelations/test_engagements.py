"""An engagement from its notice to its news: what it promises, and who may do what when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from office.calendar import OFFICE_TZ
from office.models import Deadline, Event, Notice, Secrecy, User
from office.steps import Actor, ChangedMeanwhile, StepRefused, perform
from publicrelations.models import Article, Engagement
from tests.cast import make_executive, make_officer
from tests.publicrelations.cast import make_news_colleague, make_news_head, make_news_officer
from tests.publicrelations.engagements_cast import (
    CLOSING,
    ENDED,
    MINUTE,
    OPENING,
    article_about,
    fresh,
    make_engagement,
    news_of,
    publish_about,
    take,
)

pytestmark = pytest.mark.django_db
State = Engagement.State
NEXT_WEEK = timedelta(days=7)
AFTER = ENDED + timedelta(hours=1)


@pytest.fixture
def officer(db: None) -> User:
    return make_news_officer()


@pytest.fixture
def head(db: None) -> User:
    return make_news_head()


# ── What it promises ────────────────────────────────────────────────────────────────────────


def test_its_news_is_due_when_the_office_closes_on_the_day_it_ends(officer: User) -> None:
    engagement = make_engagement(owner=officer)
    assert news_of(engagement).due_at == CLOSING
    assert engagement.label == "วง ๑/๒๕๕๓"


@pytest.mark.parametrize(
    ("ends_at", "due_at"),
    [
        # At 16.29 the office is still open; at 16.30 it has closed.
        ("2009-11-19T16:29+07:00", "2009-11-19T16:30+07:00"),
        ("2009-11-19T16:30+07:00", "2009-11-20T16:30+07:00"),
        # On a Saturday, and past a midnight into the weekend: the Monday.
        ("2009-11-21T12:00+07:00", "2009-11-23T16:30+07:00"),
        ("2009-11-21T00:30+07:00", "2009-11-23T16:30+07:00"),
    ],
)
def test_what_ends_after_hours_or_on_a_day_off_has_the_next_working_day(
    officer: User, ends_at: str, due_at: str
) -> None:
    ends = datetime.fromisoformat(ends_at)
    engagement = make_engagement(owner=officer, starts_at=ends - timedelta(hours=2), ends_at=ends)
    assert news_of(engagement).due_at == datetime.fromisoformat(due_at)


def test_what_the_office_is_told_of_afterwards_counts_from_then(officer: User) -> None:
    told_of_it = datetime(2009, 11, 23, 10, 0, tzinfo=OFFICE_TZ)
    engagement = make_engagement(owner=officer, received_at=told_of_it)
    assert news_of(engagement).due_at == datetime(2009, 11, 23, 16, 30, tzinfo=OFFICE_TZ)


def test_only_the_head_registers_one_that_calls_for_no_news(officer: User, head: User) -> None:
    facts: dict[str, Any] = {"calls_for_news": False, "no_news_reason": "นัดหมายส่วนตัว"}
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        make_engagement(owner=officer, **facts)
    assert "calls_for_news" in refused.value.error_dict
    engagement = make_engagement(owner=officer, registered_by=head, **facts)
    assert [one.kind for one in engagement.deadlines.unmet()] == [Deadline.Kind.CLOSE]


def test_a_secret_one_is_never_public(officer: User) -> None:
    with pytest.raises(ValidationError), transaction.atomic():
        make_engagement(owner=officer, secrecy=Secrecy.CONFIDENTIAL)
    secret = make_engagement(owner=officer, secrecy=Secrecy.CONFIDENTIAL, is_public=False)
    Engagement.objects.filter(pk=secret.pk).update(is_public=True)
    assert not Engagement.objects.public().filter(pk=secret.pk).exists()


def test_the_database_keeps_what_cannot_be() -> None:
    engagement = make_engagement(owner=make_news_officer())
    rows = Engagement.objects.filter(pk=engagement.pk)
    for wrong in (
        {"ends_at": OPENING},
        {"calls_for_news": False},
        {"state": "covered"},
        {"state": "asleep"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


# ── Its news ────────────────────────────────────────────────────────────────────────────────


def test_the_first_published_article_keeps_the_promise_at_its_moment(officer: User, head: User) -> None:
    engagement = make_engagement(owner=officer)
    publish_about(engagement, officer, head, now=AFTER)
    publish_about(engagement, officer, head, now=AFTER + timedelta(hours=2))
    covered = fresh(engagement)
    assert (covered.state, covered.covered_at, covered.closed_at) == (State.COVERED, AFTER, AFTER)
    assert news_of(engagement).met_at == AFTER


@pytest.mark.parametrize(("moment", "is_late"), [(CLOSING, False), (CLOSING + MINUTE, True)])
def test_a_minute_after_the_office_has_closed_is_late(
    officer: User, head: User, moment: datetime, is_late: bool
) -> None:
    engagement = make_engagement(owner=officer)
    publish_about(engagement, officer, head, now=moment)
    assert news_of(engagement).is_late(moment) is is_late


def test_news_that_appears_before_keeps_the_promise_and_that_it_was_held_is_still_recorded(
    officer: User, head: User
) -> None:
    engagement = make_engagement(owner=officer)
    before = OPENING - timedelta(hours=1)
    publish_about(engagement, officer, head, now=before)
    assert (fresh(engagement).state, news_of(engagement).met_at) == (State.PLANNED, before)
    take(engagement, "hold", officer, now=AFTER)
    assert fresh(engagement).state == State.COVERED
    assert news_of(engagement).met_at == before


def test_a_withdrawn_only_article_leaves_it_uncovered(officer: User, head: User) -> None:
    engagement = make_engagement(owner=officer)
    article = publish_about(engagement, officer, head, now=AFTER)
    withdrawn_at = CLOSING + timedelta(hours=1)
    take(article, "withdraw", head, now=withdrawn_at, withdrawal_reason="ผิดบุคคล")
    uncovered = fresh(engagement)
    assert (uncovered.state, uncovered.covered_at, uncovered.closed_at) == (State.HELD, None, None)
    assert news_of(engagement).is_late(withdrawn_at)
    again = CLOSING + timedelta(days=1)
    publish_about(engagement, officer, head, now=again)
    assert fresh(engagement).state == State.COVERED
    assert news_of(engagement).is_late(again)


def test_one_of_two_articles_withdrawn_leaves_it_covered(officer: User, head: User) -> None:
    engagement = make_engagement(owner=officer)
    first = publish_about(engagement, officer, head, now=AFTER)
    publish_about(engagement, officer, head, now=AFTER + MINUTE)
    take(first, "withdraw", head, now=AFTER + 2 * MINUTE, withdrawal_reason="ซ้ำ")
    assert fresh(engagement).state == State.COVERED
    assert news_of(engagement).met_at == AFTER


def test_a_draft_covers_nothing(officer: User) -> None:
    engagement = make_engagement(owner=officer)
    article_about(engagement, officer)
    assert news_of(engagement).met_at is None
    for name in ("cover", "uncover"):
        with pytest.raises(StepRefused):
            take(engagement, name, officer, now=AFTER)


def test_nothing_about_an_engagement_that_is_not_public_is_published(officer: User, head: User) -> None:
    engagement = make_engagement(owner=officer, is_public=False)
    with pytest.raises(ValidationError):
        publish_about(engagement, officer, head, now=AFTER)
    assert not Article.objects.published(AFTER).exists()


def test_what_is_published_of_is_not_closed_to_the_public(officer: User, head: User) -> None:
    engagement = make_engagement(owner=officer)
    publish_about(engagement, officer, head, now=AFTER)
    with pytest.raises(ValidationError) as refused:
        take(engagement, "correct", officer, now=AFTER, is_public=False)
    assert "is_public" in refused.value.error_dict


# ── No news called for ──────────────────────────────────────────────────────────────────────


def test_the_head_excuses_it_from_news_with_a_reason(officer: User, head: User) -> None:
    engagement = make_engagement(owner=officer)
    with pytest.raises(StepRefused):
        take(engagement, "excuse_news", officer, reason="ส่วนตัว")
    with pytest.raises(ValidationError):
        take(engagement, "excuse_news", head, reason=" ")
    take(engagement, "excuse_news", head, reason="นัดหมายส่วนตัว")
    excused = fresh(engagement)
    assert (excused.state, excused.no_news_reason) == (State.PLANNED, "นัดหมายส่วนตัว")
    assert [one.kind for one in engagement.deadlines.unmet()] == [Deadline.Kind.CLOSE]
    take(engagement, "hold", officer, now=AFTER)
    assert fresh(engagement).state == State.CLOSED
    assert not engagement.deadlines.unmet().exists()


def test_being_excused_does_not_make_what_is_late_be_in_time(officer: User, head: User) -> None:
    engagement = make_engagement(owner=officer)
    take(engagement, "hold", officer, now=AFTER)
    later = CLOSING + MINUTE
    take(engagement, "excuse_news", head, now=later, reason="ไม่มีสาระข่าว")
    assert fresh(engagement).state == State.CLOSED
    assert news_of(engagement).is_late(later)
    assert news_of(engagement).late_reason == "ไม่มีสาระข่าว"


def test_called_for_after_all_it_is_due_when_it_was(officer: User, head: User) -> None:
    engagement = make_engagement(owner=officer)
    take(engagement, "excuse_news", head, reason="ส่วนตัว")
    take(engagement, "hold", officer, now=AFTER)
    take(engagement, "call_for_news", officer, now=AFTER + timedelta(days=3))
    assert (fresh(engagement).state, news_of(engagement).due_at) == (State.HELD, CLOSING)
    assert fresh(engagement).closed_at is None


def test_called_for_late_for_the_first_time_it_counts_from_then(officer: User, head: User) -> None:
    facts: dict[str, Any] = {"calls_for_news": False, "no_news_reason": "นัดหมายส่วนตัว"}
    engagement = make_engagement(owner=officer, registered_by=head, **facts)
    take(engagement, "hold", officer, now=AFTER)
    take(engagement, "call_for_news", officer, now=datetime(2009, 11, 20, 9, 0, tzinfo=OFFICE_TZ))
    assert news_of(engagement).due_at == datetime(2009, 11, 20, 16, 30, tzinfo=OFFICE_TZ)


# ── Held, and its date ──────────────────────────────────────────────────────────────────────


def test_it_is_held_once_it_has_begun(officer: User) -> None:
    engagement = make_engagement(owner=officer)
    with pytest.raises(ValidationError):
        take(engagement, "hold", officer, now=OPENING - MINUTE)
    take(engagement, "hold", make_news_colleague(), now=OPENING)
    assert fresh(engagement).state == State.HELD


def test_one_that_lasted_longer_owes_its_news_from_its_true_end(officer: User) -> None:
    engagement = make_engagement(owner=officer)
    in_the_evening = datetime(2009, 11, 19, 18, 0, tzinfo=OFFICE_TZ)
    take(
        engagement,
        "hold",
        officer,
        now=in_the_evening,
        ended_at=datetime(2009, 11, 19, 16, 29, tzinfo=OFFICE_TZ),
    )
    # Its news was late by then already: another end saves nothing.
    assert news_of(engagement).due_at == CLOSING
    other = make_engagement(owner=officer)
    ended = datetime(2009, 11, 19, 16, 30, tzinfo=OFFICE_TZ)
    take(other, "hold", officer, now=ended, ended_at=ended)
    assert news_of(other).due_at == datetime(2009, 11, 20, 16, 30, tzinfo=OFFICE_TZ)


def test_it_did_not_end_before_it_began_nor_ends_later_than_now(officer: User) -> None:
    engagement = make_engagement(owner=officer)
    for ended_at in (OPENING - MINUTE, AFTER + MINUTE):
        with pytest.raises(ValidationError):
            take(engagement, "hold", officer, now=AFTER, ended_at=ended_at)


def test_the_promise_moves_with_the_date(officer: User) -> None:
    colleague = make_news_colleague()
    engagement = make_engagement(owner=officer, people=[colleague])
    moved: dict[str, Any] = {"starts_at": OPENING + NEXT_WEEK, "ends_at": ENDED + NEXT_WEEK}
    with pytest.raises(ValidationError):
        take(engagement, "reschedule", officer, **moved)
    take(engagement, "reschedule", officer, reason="ติดประชุมคณะรัฐมนตรี", **moved)
    assert news_of(engagement).due_at == CLOSING + NEXT_WEEK
    assert Notice.objects.filter(recipient=colleague, matter_id=engagement.pk).exists()


def test_postponed_it_owes_no_news_but_a_new_date(officer: User) -> None:
    engagement = make_engagement(owner=officer)
    take(engagement, "postpone", officer, reason="น้ำท่วม")
    assert fresh(engagement).state == State.POSTPONED
    assert [one.kind for one in engagement.deadlines.unmet()] == [Deadline.Kind.RESUME]
    take(
        engagement,
        "reschedule",
        officer,
        reason="น้ำลด",
        starts_at=OPENING + NEXT_WEEK,
        ends_at=ENDED + NEXT_WEEK,
    )
    assert [one.kind for one in engagement.deadlines.unmet()] == [Deadline.Kind.NEWS]


def test_cancelled_it_owes_nothing_and_may_be_set_again(officer: User) -> None:
    engagement = make_engagement(owner=officer)
    take(engagement, "cancel", officer, reason="เจ้าภาพยกเลิก")
    cancelled = fresh(engagement)
    assert (cancelled.state, cancelled.is_unclosed) == (State.CANCELLED, False)
    assert not engagement.deadlines.filter(dropped_at=None).exists()
    take(engagement, "reschedule", officer, reason="จัดใหม่", starts_at=OPENING, ends_at=ENDED)
    assert (fresh(engagement).state, fresh(engagement).closed_at) == (State.PLANNED, None)


def test_a_past_date_does_not_save_news_that_is_late(officer: User) -> None:
    engagement = make_engagement(owner=officer)
    later = CLOSING + timedelta(days=1)
    with pytest.raises(ValidationError):
        take(
            engagement,
            "reschedule",
            officer,
            now=later,
            reason="เลื่อน",
            starts_at=later - timedelta(hours=2),
            ends_at=later - timedelta(hours=1),
        )
    take(
        engagement,
        "reschedule",
        officer,
        now=later,
        reason="ไม่ได้จัด เลื่อนออกไป",
        starts_at=OPENING + NEXT_WEEK,
        ends_at=ENDED + NEXT_WEEK,
    )
    assert news_of(engagement).due_at == CLOSING + NEXT_WEEK


def test_an_article_about_one_that_moved_still_covers_it(officer: User, head: User) -> None:
    engagement = make_engagement(owner=officer)
    article = publish_about(engagement, officer, head, now=OPENING - timedelta(hours=1))
    moved: dict[str, Any] = {"starts_at": OPENING + NEXT_WEEK, "ends_at": ENDED + NEXT_WEEK}
    take(engagement, "postpone", officer, now=OPENING - MINUTE, reason="น้ำท่วม")
    take(engagement, "reschedule", officer, now=OPENING, reason="น้ำลด", **moved)
    assert news_of(engagement).met_at == article_published_at(article)
    take(engagement, "postpone", officer, now=AFTER, reason="น้ำท่วมอีก")
    take(article, "withdraw", head, now=AFTER + MINUTE, withdrawal_reason="เลื่อน")
    take(engagement, "reschedule", officer, now=AFTER + 2 * MINUTE, reason="น้ำลด", **moved)
    assert (fresh(engagement).covered_at, news_of(engagement).met_at) == (None, None)


def article_published_at(article: Article) -> datetime | None:
    return Article.objects.get(pk=article.pk).published_at


# ── Who, when, twice ────────────────────────────────────────────────────────────────────────

STEPS: dict[str, dict[str, Any]] = {
    "correct": {"place": "หอประชุมคุรุสภา"},
    "hold": {},
    "reschedule": {"reason": "เลื่อน", "starts_at": OPENING + NEXT_WEEK, "ends_at": ENDED + NEXT_WEEK},
    "postpone": {"reason": "เลื่อน"},
    "cancel": {"reason": "ยกเลิก"},
}


@pytest.mark.parametrize("name", STEPS)
def test_nobody_from_elsewhere_takes_its_steps(officer: User, name: str) -> None:
    engagement = make_engagement(owner=officer)
    for stranger in (make_officer(), make_executive()):
        with pytest.raises(StepRefused):
            take(engagement, name, stranger, now=AFTER, **STEPS[name])


@pytest.mark.parametrize("name", ["correct", "reschedule", "postpone", "cancel", "excuse_news"])
def test_a_colleague_does_not_change_what_another_carries(officer: User, name: str) -> None:
    engagement = make_engagement(owner=officer)
    with pytest.raises(StepRefused):
        take(engagement, name, make_news_colleague(), **STEPS.get(name, {"reason": "ส่วนตัว"}))


@pytest.mark.parametrize("name", ["hold", "postpone", "cancel", "reschedule"])
def test_a_second_click_is_harmless(officer: User, name: str) -> None:
    engagement = make_engagement(owner=officer)
    seen = fresh(engagement).version
    for _click in range(2):
        perform(fresh(engagement), name, actor=Actor(user=officer), seen=seen, now=AFTER, **STEPS[name])
    assert Event.objects.filter(matter_id=engagement.pk, step=name).count() == 1


def test_an_old_page_is_told_what_happened_meanwhile(officer: User, head: User) -> None:
    engagement = make_engagement(owner=officer)
    seen = fresh(engagement).version
    take(engagement, "correct", head, place="หอประชุมคุรุสภา")
    with pytest.raises(ChangedMeanwhile):
        perform(fresh(engagement), "hold", actor=Actor(user=officer), seen=seen, now=AFTER)


CLOSED_TO: dict[str, list[str]] = {
    State.HELD: ["hold", "reschedule", "postpone", "cancel"],
    State.CANCELLED: ["hold", "postpone", "cancel", "excuse_news"],
    State.POSTPONED: ["hold", "postpone", "excuse_news"],
}


@pytest.mark.parametrize("state", CLOSED_TO)
def test_steps_are_open_only_where_they_make_sense(officer: User, head: User, state: str) -> None:
    engagement = make_engagement(owner=officer)
    way = {State.HELD: "hold", State.CANCELLED: "cancel", State.POSTPONED: "postpone"}[State(state)]
    take(engagement, way, officer, now=AFTER, **STEPS[way])
    for name in CLOSED_TO[state]:
        with pytest.raises(StepRefused):
            take(engagement, name, head, now=AFTER, **STEPS.get(name, {"reason": "ส่วนตัว"}))


def test_correcting_writes_before_and_after(officer: User) -> None:
    colleague = make_news_colleague()
    engagement = make_engagement(owner=officer)
    event = take(engagement, "correct", officer, place="หอประชุมคุรุสภา", people=[colleague])
    assert event.changes["place"] == ["โรงเรียนวัดราชบพิธ", "หอประชุมคุรุสภา"]
    assert event.changes["people"][1] == str(colleague)
