"""The morning of a sitting day: to whom it goes and when, what each reader is told, once, and nothing between two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from config.celery import app
from office.calendar import OFFICE_TZ
from office.models import Deadline, Notice, Secrecy, User
from parliament.models import AgendaItem, Meeting
from parliament.morning import morning_of, write_summaries
from projectplan import rounds
from tests.cast import MORNING, make_executive, make_officer
from tests.parliament.cast import make_politics_head, make_politics_officer
from tests.parliament.houses_cast import (
    SITTING_AT,
    bare_consultation,
    bare_interpellation,
    bare_meeting,
    owe,
)

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]

HALF_PAST_SEVEN = datetime(2009, 11, 18, 7, 30, tzinfo=OFFICE_TZ)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def officer(db: None) -> User:
    return make_politics_officer()


@pytest.fixture
def head(db: None) -> User:
    return make_politics_head()


def told() -> list[User]:
    notices = Notice.objects.filter(kind=Notice.Kind.SITTING_DIGEST, way=Notice.Way.APP)
    return [notice.recipient for notice in notices.order_by("recipient_id")]


def letters_at(now: datetime) -> list[str]:
    """What the round sends at a moment: the texts of the summaries."""
    before = len(mail.outbox)
    rounds.deliver(lambda: now)
    return [letter.body for letter in mail.outbox[before:] if "สรุปเช้าวันประชุม" in letter.subject]


# ── When and to whom ────────────────────────────────────────────────────────────────────────


def test_at_half_past_seven_each_concerned_gets_one_letter(officer: User, head: User) -> None:
    executive = make_executive()
    make_officer()  # of the petitions subgroup
    bare_meeting()
    for _run in range(3):
        assert write_summaries(HALF_PAST_SEVEN) == 3
    assert told() == [officer, head, executive]
    assert len(letters_at(HALF_PAST_SEVEN)) == 3
    assert letters_at(HALF_PAST_SEVEN + MINUTE) == []


@pytest.mark.parametrize("minutes", [-1, 4 * 60 + 30])
def test_neither_before_its_hour_nor_in_the_afternoon(officer: User, minutes: int) -> None:
    bare_meeting()
    assert write_summaries(HALF_PAST_SEVEN + minutes * MINUTE) == 0


@pytest.mark.parametrize(
    "facts",
    [
        {"meeting_kind": Meeting.MeetingKind.COMMITTEE},
        {"meeting_kind": Meeting.MeetingKind.WHIPS},
        {"state": Meeting.State.CANCELLED},
        {"state": Meeting.State.POSTPONED},
        {"begins_at": SITTING_AT + timedelta(days=1)},
    ],
    ids=str,
)
def test_a_day_without_a_sitting_has_no_summary(officer: User, facts: dict[str, object]) -> None:
    bare_meeting(**facts)
    assert write_summaries(HALF_PAST_SEVEN) == 0
    assert told() == []


@pytest.mark.parametrize("kind", [Meeting.MeetingKind.SENATE, Meeting.MeetingKind.JOINT])
def test_the_senate_and_both_together_sit_too(officer: User, kind: str) -> None:
    bare_meeting(meeting_kind=kind)
    assert write_summaries(HALF_PAST_SEVEN) == 1


def test_a_sitting_told_of_at_nine_still_has_its_summary(officer: User) -> None:
    assert write_summaries(HALF_PAST_SEVEN) == 0
    bare_meeting(datetime(2009, 11, 18, 13, 30, tzinfo=OFFICE_TZ))
    nine = HALF_PAST_SEVEN + timedelta(minutes=90)
    write_summaries(nine)
    assert len(letters_at(nine)) == 1


def test_on_a_day_off_a_sitting_is_a_sitting(officer: User) -> None:
    saturday = timedelta(days=3)
    bare_meeting(SITTING_AT + saturday)
    write_summaries(HALF_PAST_SEVEN + saturday)
    assert len(letters_at(HALF_PAST_SEVEN + saturday)) == 1


def test_whoever_wants_one_letter_a_day_gets_this_one_beside_it(officer: User) -> None:
    User.objects.update(email_delivery=User.Delivery.DIGEST)
    bare_meeting()
    write_summaries(HALF_PAST_SEVEN)
    assert len(letters_at(HALF_PAST_SEVEN)) == 1


def test_whoever_does_without_gets_none(client_for: ClientFor, officer: User, head: User) -> None:
    client = client_for(officer)
    assert "wants_sitting_digest" in client.get(reverse("office:personal")).content.decode()
    client.post(reverse("office:personal"), {"email_delivery": "immediately", "language": "th"})
    bare_meeting()
    write_summaries(HALF_PAST_SEVEN)
    assert told() == [head]


def test_others_are_not_asked_whether_they_want_it(client_for: ClientFor) -> None:
    client = client_for(make_officer())
    assert "wants_sitting_digest" not in client.get(reverse("office:personal")).content.decode()


def test_nobody_is_told_of_a_day_that_is_over(officer: User) -> None:
    bare_meeting()
    write_summaries(HALF_PAST_SEVEN)
    assert letters_at(HALF_PAST_SEVEN + timedelta(days=1)) == []


def test_the_clock_starts_it_every_five_minutes_of_the_morning() -> None:
    app.loader.import_default_modules()
    [entry] = [one for one in app.conf.beat_schedule.values() if "digest" in one["task"]]
    assert entry["task"] in app.tasks
    assert {7, 8, 9, 10, 11} == entry["schedule"].hour
    assert 30 in entry["schedule"].minute


# ── What it says ────────────────────────────────────────────────────────────────────────────


def test_what_sits_what_is_due_and_what_came_in(officer: User) -> None:
    meeting = bare_meeting()
    question = bare_interpellation(owner=officer, title="กระทู้ถามเรื่องครูขาดแคลน")
    AgendaItem.objects.create(
        meeting=meeting,
        position=1,
        number="5.1",
        title="กระทู้ถามเรื่องครูขาดแคลน",
        concerns_us=True,
        about=question,
    )
    AgendaItem.objects.create(meeting=meeting, position=2, number="6", title="เรื่องอื่น ๆ")
    owe(
        question,
        Deadline.Kind.DRAFT,
        due=datetime(2009, 11, 18, 16, 30, tzinfo=OFFICE_TZ),
        responsible=officer,
    )
    owe(
        bare_interpellation(owner=officer),
        Deadline.Kind.CHECK,
        due=SITTING_AT + timedelta(days=2),
        responsible=officer,
    )
    write_summaries(HALF_PAST_SEVEN)
    [body] = letters_at(HALF_PAST_SEVEN)
    for words in (
        "พุธ ๑๘ พฤศจิกายน ๒๕๕๒",
        "๐๙.๓๐ น.",
        "อาคารรัฐสภา ๑",
        "๕.๑ กระทู้ถามเรื่องครูขาดแคลน",
        f"{question.label} ร่างคำตอบ",
        f"• {question.label} กระทู้ถามเรื่องครูขาดแคลน",
        "/parliament/morning/?on=2009-11-18",
    ):
        assert words in body, words
    assert "เรื่องอื่น ๆ" not in body
    assert "ตรวจร่าง" not in body, "what is due later is no matter of this morning"


def test_each_reader_sees_only_what_they_may_and_the_letter_nothing_secret(officer: User, head: User) -> None:
    meeting = bare_meeting()
    secret = bare_interpellation(title="เรื่องลับที่สุด", secrecy=Secrecy.TOP_SECRET)
    AgendaItem.objects.create(meeting=meeting, position=1, title="วาระลับที่สุด", concerns_us=True, about=secret)
    bare_meeting(title="ประชุมลับเฉพาะ", place="ห้องลับ", secrecy=Secrecy.SECRET)
    owe(secret, Deadline.Kind.CHECK, due=HALF_PAST_SEVEN + timedelta(hours=2), responsible=head)
    write_summaries(HALF_PAST_SEVEN)
    bodies = letters_at(HALF_PAST_SEVEN)
    assert len(bodies) == 2
    for body in bodies:
        for words in ("ลับที่สุด", "ลับเฉพาะ", "ห้องลับ", secret.label):
            assert words not in body
    day = HALF_PAST_SEVEN.date()
    of_head = morning_of(head, day, now=HALF_PAST_SEVEN)
    of_officer = morning_of(officer, day, now=HALF_PAST_SEVEN)
    assert (len(of_head.sittings), len(of_head.sittings[0].ours), len(of_head.due)) == (2, 1, 1)
    assert (len(of_officer.sittings), len(of_officer.sittings[0].ours), len(of_officer.due)) == (1, 0, 0)


def test_an_executive_sees_what_concerns_us_on_the_agenda() -> None:
    executive = make_executive()
    meeting = bare_meeting()
    AgendaItem.objects.create(
        meeting=meeting, position=1, title="ก", concerns_us=True, about=bare_interpellation()
    )
    AgendaItem.objects.create(meeting=meeting, position=2, title="ข", concerns_us=True)
    [sitting] = morning_of(executive, HALF_PAST_SEVEN.date(), now=HALF_PAST_SEVEN).sittings
    assert [item.title for item in sitting.ours] == ["ก", "ข"]


def test_nobody_is_told_of_a_sitting_they_may_not_see(officer: User, head: User) -> None:
    bare_meeting(secrecy=Secrecy.SECRET)
    write_summaries(HALF_PAST_SEVEN)
    assert told() == [head]


def test_the_head_sees_what_is_late_in_the_subgroup(officer: User, head: User) -> None:
    bare_meeting()
    late = owe(bare_interpellation(owner=officer), Deadline.Kind.DRAFT, due=MORNING, responsible=officer)
    nobodys = owe(bare_interpellation(), Deadline.Kind.REFERRAL, due=MORNING)
    day = HALF_PAST_SEVEN.date()
    assert morning_of(head, day, now=HALF_PAST_SEVEN).late_of_others == [late, nobodys]
    assert morning_of(officer, day, now=HALF_PAST_SEVEN).late_of_others == []


def test_nothing_falls_between_two_summaries(officer: User) -> None:
    bare_meeting()
    bare_meeting(SITTING_AT + timedelta(days=7))
    first = bare_consultation(title="เรื่องแรกก่อนสรุป")
    write_summaries(HALF_PAST_SEVEN)
    backdated = bare_consultation(title="รับก่อนแต่ลงทะเบียนทีหลัง", received_at=MORNING - timedelta(days=20))
    next_week = HALF_PAST_SEVEN + timedelta(days=7)
    write_summaries(next_week)
    after = bare_consultation(title="เรื่องหลังสรุปที่สอง")
    [body] = letters_at(next_week)
    assert backdated.title in body
    assert first.title not in body
    assert after.title not in body


def test_the_first_summary_looks_back_a_week(officer: User) -> None:
    bare_meeting()
    bare_consultation(title="เรื่องเก่าเดือนก่อน", received_at=MORNING - timedelta(days=30))
    bare_consultation(title="เรื่องเมื่อวานนี้")
    write_summaries(HALF_PAST_SEVEN)
    [body] = letters_at(HALF_PAST_SEVEN)
    assert "เมื่อวานนี้" in body
    assert "เดือนก่อน" not in body


# ── Its page ────────────────────────────────────────────────────────────────────────────────


def test_the_notice_leads_to_the_page_of_its_day(client_for: ClientFor, officer: User) -> None:
    bare_meeting()
    write_summaries(HALF_PAST_SEVEN)
    notice = Notice.objects.get(kind=Notice.Kind.SITTING_DIGEST, way=Notice.Way.APP)
    opened = client_for(officer).post(reverse("office:notice_open", args=[notice.pk]))
    assert opened.url == f"{reverse('parliament:morning')}?on=2009-11-18"  # type: ignore[attr-defined]


def test_the_page_costs_the_same_whatever_it_lists(
    client_for: ClientFor, head: User, officer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    now = timezone.now()
    for number in range(5):
        meeting = bare_meeting(now + timedelta(minutes=number))
        for position in range(5):
            question = bare_interpellation(owner=officer, received_at=now)
            AgendaItem.objects.create(
                meeting=meeting, position=position, title="วาระ", concerns_us=True, about=question
            )
            owe(question, Deadline.Kind.DRAFT, due=now - timedelta(minutes=1), responsible=officer)
    client = client_for(head)
    with django_assert_max_num_queries(14):
        page = client.get(reverse("parliament:morning"))
    assert page.status_code == 200
    assert len(page.context["morning"].late_of_others) == 20


def test_a_day_that_is_none_is_today(client_for: ClientFor, officer: User) -> None:
    assert client_for(officer).get(reverse("parliament:morning"), {"on": "x"}).status_code == 200
    assert client_for(make_officer()).get(reverse("parliament:morning")).status_code == 403
