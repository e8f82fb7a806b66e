"""The invitation by e-mail: who is invited when it has left, what each letter says, and the page behind its link."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from office.models import Event, Notice, Secrecy, User
from projectplan.rounds import deliver
from publicrelations import press_mail
from publicrelations.models import Invitation, PressConference
from tests.publicrelations.cast import make_news_officer
from tests.publicrelations.press_cast import (
    choose,
    fresh,
    hold,
    make_outlet,
    make_press_conference,
    make_reporter,
    take,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now().replace(microsecond=0)
BEGINS = NOW + timedelta(days=3)
State = PressConference.State


@pytest.fixture
def banlang(db: None) -> User:
    return make_news_officer()


def written(officer: User, *, message: str = "", **facts: Any) -> PressConference:
    """One in three days; a reporter has been written to, the letter waits in the outbox."""
    conference = make_press_conference(owner=officer, received_at=NOW, starts_at=BEGINS, **facts)
    rows = choose(conference, officer, reporters=[make_reporter()], now=NOW)
    take(conference, "invite", officer, now=NOW, invitations=rows, message=message)
    return fresh(conference)


def post(now: datetime = NOW) -> list[Any]:
    """One round of the clock: the letters that left in it."""
    mail.outbox.clear()
    deliver(lambda: now)
    return [letter for letter in mail.outbox if "/m/invited/" in letter.body or "แถลง" in letter.subject]


def path_in(letter: Any) -> str:
    [path] = re.findall(r"http://127\.0\.0\.1:8000(/m/invited/\w+/)", letter.body)
    return str(path)


def text(response: Any) -> str:
    return str(response.content.decode())


def row() -> Invitation:
    return Invitation.objects.get()


# ── When somebody is invited ────────────────────────────────────────────────────────────────


def test_who_is_written_to_is_invited_when_the_letter_has_left(banlang: User) -> None:
    conference = written(banlang)
    assert row().invited_at is None
    assert conference.state == State.PLANNED
    left = NOW + timedelta(minutes=5)
    [letter] = post(left)
    assert letter.to == [row().address]
    assert row().invited_at == left
    assert fresh(conference).state == State.INVITED
    assert fresh(conference).deadlines.get(kind="invited").met_at == left


def test_a_letter_that_leaves_only_after_it_began_is_too_late(banlang: User) -> None:
    conference = written(banlang)
    post(BEGINS + timedelta(minutes=1))
    assert fresh(conference).deadlines.get(kind="invited").is_late(BEGINS + timedelta(hours=1))


def test_confirming_twice_writes_one_event(banlang: User) -> None:
    conference = written(banlang)
    post()
    assert press_mail.confirm_sent(NOW) == 0
    assert Event.objects.filter(matter=conference, step="confirm_mail").count() == 1


# ── What the letter says ────────────────────────────────────────────────────────────────────


def test_the_letter_says_what_when_where_and_brings_the_date_for_a_calendar(banlang: User) -> None:
    conference = written(banlang, message="ขอเชิญพร้อมช่างภาพ")
    [letter] = post()
    for words in (conference.title, conference.place, "ขอเชิญพร้อมช่างภาพ", "สมศรี ข่าวดี"):
        assert words in letter.body
    [(name, content, kind)] = letter.attachments
    assert (name, kind) == ("press-conference.ics", "text/calendar; charset=utf-8")
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert event["dtstart"].dt == BEGINS
    assert event["summary"] == conference.title


def test_no_address_and_no_name_lies_in_the_outbox(banlang: User) -> None:
    written(banlang)
    said = str(list(Notice.objects.filter(kind=Notice.Kind.PRESS_INVITATION).values()))
    assert "@" not in said
    assert "สมศรี" not in said


def test_a_graded_one_says_only_number_time_and_place(banlang: User) -> None:
    conference = written(banlang, secrecy=Secrecy.CONFIDENTIAL, is_public=False)
    [letter] = post()
    page = text(Client().get(path_in(letter)))
    calendar = letter.attachments[0][1]
    for said in (letter.body, letter.subject, page, calendar):
        assert conference.title not in said
        assert conference.brief not in said
    assert conference.label in letter.body


def test_only_who_was_told_hears_that_it_is_cancelled(banlang: User) -> None:
    told = written(banlang)
    post()
    take(told, "cancel", banlang, now=NOW, reason="ยกเลิกภารกิจ")
    [letter] = post()
    assert letter.subject.startswith("ยกเลิก")
    assert "STATUS:CANCELLED" in letter.attachments[0][1]
    never_told = written(banlang)
    take(never_told, "cancel", banlang, now=NOW, reason="ยกเลิกภารกิจ")
    assert post() == []


def test_who_was_told_hears_of_another_day_and_is_asked_anew(banlang: User) -> None:
    conference = written(banlang)
    [first] = post()
    Client().post(path_in(first), {"comes": "yes"})
    later = BEGINS + timedelta(days=1)
    take(conference, "reschedule", banlang, now=NOW + timedelta(hours=1), reason="เลื่อน", starts_at=later)
    assert fresh(conference).state == State.PLANNED
    [letter] = post(NOW + timedelta(hours=2))
    assert letter.subject.startswith("เปลี่ยนกำหนด")
    assert (row().answer, row().invited_at) == ("", NOW + timedelta(hours=2))


def test_those_silent_are_reminded_and_who_has_answered_meanwhile_is_not(banlang: User) -> None:
    conference = written(banlang)
    [first] = post()
    for answers in (False, True):
        now = NOW + timedelta(hours=1 + answers)
        take(conference, "remind", banlang, now=now, invitations=[row()])
        if answers:
            Client().post(path_in(first), {"comes": "no"})
        letters = post(now)
        assert len(letters) == (0 if answers else 1)
    assert row().invited_at == NOW


def test_nothing_is_sent_of_one_that_has_taken_place(banlang: User) -> None:
    conference = written(banlang)
    after = BEGINS + timedelta(hours=1)
    hold(conference, banlang, now=after, late_reason="เมลขัดข้อง")
    assert post(after) == []


# ── The page behind the link ────────────────────────────────────────────────────────────────


def test_a_get_changes_nothing_and_yes_may_become_no(banlang: User) -> None:
    conference = written(banlang)
    [letter] = post()
    path, client = path_in(letter), Client(enforce_csrf_checks=False)
    page = client.get(path)
    assert conference.title in text(page)
    assert row().answer == ""
    assert client.post(path, {"comes": "yes", "people": "๓"}).status_code == 302
    assert (row().answer, row().people) == ("yes", 3)
    assert client.post(path, {"comes": "no"}).status_code == 302
    assert (row().answer, row().people) == ("no", None)
    assert "ไม่มาร่วม" in text(client.get(path))


def test_a_second_click_leaves_no_second_event(banlang: User) -> None:
    written(banlang)
    [letter] = post()
    for _click in range(2):
        Client().post(path_in(letter), {"comes": "yes"})
    assert Event.objects.filter(step="answer").count() == 1


def test_nonsense_is_refused_in_words_and_changes_nothing(banlang: User) -> None:
    written(banlang)
    [letter] = post()
    for typed in (
        {},
        {"comes": "perhaps"},
        {"comes": "yes", "people": "999"},
        {"comes": "yes", "people": "สาม"},
    ):
        assert Client().post(path_in(letter), typed).status_code == 422
    assert row().answer == ""


def test_nobody_stores_or_finds_the_page_and_a_wrong_link_says_little(banlang: User) -> None:
    written(banlang)
    [letter] = post()
    page = Client().get(path_in(letter))
    assert "no-store" in page["Cache-Control"]
    assert "noindex" in page["X-Robots-Tag"]
    assert Client().get(f"{path_in(letter)[:-9]}/").status_code == 404


def test_once_it_has_begun_the_link_is_closed(banlang: User) -> None:
    conference = written(banlang)
    [letter] = post()
    PressConference.objects.filter(pk=conference.pk).update(starts_at=timezone.now() - timedelta(minutes=1))
    answer = Client().post(path_in(letter), {"comes": "yes"})
    assert answer.status_code == 410
    assert row().answer == ""


def test_the_calendars_file_is_there_without_an_account(banlang: User) -> None:
    written(banlang)
    [letter] = post()
    answer = Client().get(f"{path_in(letter)}calendar.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    assert Client().get("/m/invited/nothing/calendar.ics").status_code == 404


def test_a_stranger_needs_no_account_and_an_outlet_is_named_in_the_history_not_a_person(
    banlang: User,
) -> None:
    conference = written(banlang)
    [letter] = post()
    assert make_outlet().name in letter.body
    Client().post(path_in(letter), {"comes": "yes"})
    event = conference.events.get(step="answer")
    assert (event.actor, event.actor_label) == (None, make_outlet().name)
