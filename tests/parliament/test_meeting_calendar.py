"""Meetings by day: the calendar by month and week, the board of a day and its marks, the registers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from office.by_day import first_of_each_day, period_of
from office.calendar import OFFICE_TZ, month_of
from office.models import Secrecy, User
from parliament.board import board_of
from parliament.meeting_calendar import meetings_shown
from parliament.models import FollowUp, Meeting, Need, Telling
from tests.cast import MORNING, make_executive, make_officer
from tests.parliament.cast import make_committee, make_politics_colleague, make_politics_officer
from tests.parliament.meetings_cast import SITTING, fresh, make_all_ready, make_meeting, take, with_agenda

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]

MOST_QUERIES = 12
MONTH = "?day=2009-11-19"


@pytest.fixture
def officer(db: None) -> User:
    return make_politics_officer()


@pytest.fixture
def at_desk(client_for: ClientFor, officer: User) -> Client:
    return client_for(officer)


def text(response: Any) -> str:
    return str(response.content.decode())


def calendar(query: str = MONTH) -> str:
    return reverse("parliament:meeting_calendar") + query


def board(query: str = MONTH) -> str:
    return reverse("parliament:meeting_board") + query


# ── The calendar ────────────────────────────────────────────────────────────────────────────


def test_a_month_shows_its_meetings_on_their_days_and_no_others(at_desk: Client, officer: User) -> None:
    here = make_meeting(owner=officer)
    last_minute = datetime(2009, 11, 30, 23, 59, tzinfo=OFFICE_TZ)
    at_the_end = make_meeting(owner=officer, begins_at=last_minute)
    next_month = make_meeting(owner=officer, begins_at=last_minute + timedelta(minutes=1))
    shown = text(at_desk.get(calendar()))
    assert here.title in shown
    assert at_the_end.title in shown
    assert next_month.title not in shown
    assert "พฤศจิกายน ๒๕๕๒" in shown


@pytest.mark.parametrize("within", [0, 1, 999_999])
@pytest.mark.parametrize(("hour", "minute"), [(0, 0), (6, 59), (7, 0), (23, 59)])
def test_a_day_is_the_offices_from_its_first_minute_to_its_last(
    officer: User, hour: int, minute: int, within: int
) -> None:
    begins_at = datetime(2009, 11, 19, hour, minute, 0, within, tzinfo=OFFICE_TZ)
    make_meeting(owner=officer, begins_at=begins_at)
    month = month_of(begins_at.date())
    (found,) = first_of_each_day(Meeting.objects.all(), "begins_at", month, 4)
    assert (found.day, found.of_day) == (begins_at.date(), 1)


def test_a_crowded_day_shows_the_first_and_leads_to_the_others(at_desk: Client, officer: User) -> None:
    meetings = [
        make_meeting(owner=officer, begins_at=SITTING + timedelta(minutes=number)) for number in range(9)
    ]
    shown = text(at_desk.get(calendar()))
    assert meetings[3].get_absolute_url() in shown
    assert meetings[4].get_absolute_url() not in shown
    assert "อีก ๕" in shown
    assert meetings[8].get_absolute_url() in text(at_desk.get(board()))


def test_a_holiday_says_its_name_and_today_is_marked(at_desk: Client) -> None:
    assert "วันปิยมหาราช" in text(at_desk.get(calendar("?day=2009-10-01")))
    assert 'aria-current="date"' in text(at_desk.get(calendar("")))


def test_a_week_runs_from_monday_to_sunday(at_desk: Client, officer: User) -> None:
    sunday = make_meeting(owner=officer, begins_at=datetime(2009, 11, 22, 9, 0, tzinfo=OFFICE_TZ))
    monday = make_meeting(owner=officer, begins_at=datetime(2009, 11, 23, 9, 0, tzinfo=OFFICE_TZ))
    shown = text(at_desk.get(calendar(MONTH + "&view=week")))
    assert sunday.title in shown
    assert monday.title not in shown


def test_the_calendar_shows_what_one_may_see(client_for: ClientFor, officer: User) -> None:
    secret = make_meeting(owner=officer, secrecy=Secrecy.SECRET)
    assert secret.title in text(client_for(officer).get(calendar()))
    assert secret.title not in text(client_for(make_politics_colleague()).get(calendar()))
    assert secret.title in text(client_for(make_executive()).get(calendar()))
    assert client_for(make_officer()).get(calendar()).status_code == 403


@pytest.mark.parametrize("query", ["?day=never", "?day=2009-13-45", "?view=year", "?day=9999-12-31"])
def test_an_address_that_makes_no_sense_shows_the_month_of_today(at_desk: Client, query: str) -> None:
    assert at_desk.get(calendar(query)).status_code == 200
    assert at_desk.get(board(query)).status_code == 200


def test_a_month_is_one_question_by_the_index(
    officer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_meeting(owner=officer)
    assert officer.roles
    with django_assert_num_queries(1):
        assert len(meetings_shown(period_of("month", SITTING.date()), officer, 4)) == 1


@pytest.mark.parametrize("address", [calendar, board])
@pytest.mark.parametrize("query", [MONTH, MONTH + "&view=week"])
def test_a_crowded_page_takes_few_queries(
    at_desk: Client,
    officer: User,
    address: Callable[[str], str],
    query: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(12):
        with_agenda(make_meeting(owner=officer, begins_at=SITTING + timedelta(minutes=number)), officer)
    at_desk.get(address(query))
    with django_assert_max_num_queries(MOST_QUERIES):
        assert at_desk.get(address(query)).status_code == 200


# ── The board ───────────────────────────────────────────────────────────────────────────────


def test_the_board_says_what_sits_now_and_what_is_next(officer: User) -> None:
    early = make_meeting(owner=officer, ends_at=SITTING + timedelta(hours=1))
    now = make_meeting(owner=officer, begins_at=SITTING + timedelta(hours=1))
    following = make_meeting(owner=officer, begins_at=SITTING + timedelta(hours=4))
    later = make_meeting(owner=officer, begins_at=SITTING + timedelta(hours=5))
    off = make_meeting(owner=officer, begins_at=SITTING + timedelta(hours=3))
    take(off, "cancel", officer, reason="งด")
    shown = board_of(SITTING.date(), officer, SITTING + timedelta(hours=2))
    assert [(one.meeting.pk, one.standing) for one in shown.meetings] == [
        (now.pk, "now"),
        (following.pk, "next"),
        (later.pk, "later"),
        (early.pk, "over"),
        (off.pk, "off"),
    ]


def test_what_is_missing_stands_before_what_is_done(officer: User) -> None:
    meeting = make_meeting(owner=officer)
    done = with_agenda(meeting, officer)
    make_all_ready(meeting, officer, now=MORNING)
    other = meeting.items.get(concerns_us=False)
    take(meeting, "go_through", officer, concerning=[done, other])
    (one,) = board_of(SITTING.date(), officer, SITTING).meetings
    assert [row.item.pk for row in one.agenda.missing_first] == [other.pk, done.pk]


def mark(client: Client, meeting: Meeting, what: str, *, seen: int | None = None, **typed: Any) -> Any:
    address = reverse("parliament:meeting_mark", args=[meeting.pk])
    return client.post(address, {"mark": what, "seen": seen or fresh(meeting).version} | typed)


def test_one_press_marks_and_leads_back_to_the_board(at_desk: Client, officer: User) -> None:
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    telling, need = Telling.objects.get(), Need.objects.get()
    response = mark(at_desk, meeting, f"note_told:{telling.pk}", board="2009-11-19")
    assert response.headers["Location"] == f"{board()}#meeting-{meeting.pk}"
    mark(at_desk, meeting, f"make_ready:{need.pk}")
    telling.refresh_from_db()
    need.refresh_from_db()
    assert (telling.way, telling.told_by) == ("telephone", officer)
    assert need.ready_by == officer
    assert fresh(meeting).state == Meeting.State.READY


def test_two_who_mark_at_once_both_do(client_for: ClientFor, officer: User) -> None:
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    seen = fresh(meeting).version
    mark(client_for(officer), meeting, f"note_told:{Telling.objects.get().pk}", seen=seen)
    colleague = client_for(make_politics_colleague())
    mark(colleague, meeting, f"make_ready:{Need.objects.get().pk}", seen=seen)
    assert fresh(meeting).state == Meeting.State.READY


def test_a_mark_from_before_the_date_changed_is_refused(at_desk: Client, officer: User) -> None:
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    seen = fresh(meeting).version
    take(meeting, "reschedule", officer, reason="เลื่อน", begins_at=SITTING + timedelta(days=7))
    response = at_desk.post(
        reverse("parliament:meeting_mark", args=[meeting.pk]),
        {"mark": f"note_told:{Telling.objects.get().pk}", "seen": seen},
        follow=True,
    )
    assert "มีผู้แก้ไขหลังจากเปิดหน้านี้" in text(response)
    assert Telling.objects.get().told_at is None


def test_nobody_else_marks_and_no_row_of_another_meeting(client_for: ClientFor, officer: User) -> None:
    mine, other = make_meeting(owner=officer), make_meeting(owner=officer)
    with_agenda(other, officer)
    what = f"note_told:{Telling.objects.get().pk}"
    assert mark(client_for(officer), mine, what).status_code == 404
    assert mark(client_for(make_executive()), other, what).status_code == 403
    assert mark(client_for(make_officer()), other, what).status_code == 404
    assert mark(client_for(officer), other, "cancel:1").status_code == 404
    assert Telling.objects.get().told_at is None


def test_the_board_is_drawn_anew_only_when_something_changed(at_desk: Client, officer: User) -> None:
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    shown = at_desk.get(board()).context["board"].shown
    again = at_desk.get(f"{board()}&shown={shown}", headers={"HX-Request": "true"})
    assert again.status_code == 204
    make_all_ready(meeting, officer, now=MORNING)
    changed = at_desk.get(f"{board()}&shown={shown}", headers={"HX-Request": "true"})
    assert changed.status_code == 200
    assert "<html" not in text(changed)


def test_an_empty_day_says_so(at_desk: Client) -> None:
    assert "ไม่มีการประชุมในวันนี้" in text(at_desk.get(board("?day=2009-11-18")))


# ── The registers ───────────────────────────────────────────────────────────────────────────


def listed(client: Client, query: str) -> str:
    return text(client.get(reverse("parliament:meetings") + query))


def test_the_register_is_asked_by_the_month_a_meeting_begins_in(at_desk: Client, officer: User) -> None:
    november = make_meeting(owner=officer)
    december = make_meeting(owner=officer, begins_at=SITTING + timedelta(days=20))
    shown = listed(at_desk, "?month=2552-11")
    assert november.title in shown
    assert december.title not in shown
    assert december.title in listed(at_desk, "?fiscal_year=2553")


def test_the_register_is_asked_by_how_its_promise_stands(at_desk: Client, officer: User) -> None:
    in_time, late, pending, out = (
        make_meeting(owner=officer, title="แจ้งทันเวลา"),
        make_meeting(owner=officer, title="แจ้งไม่ทันเวลา"),
        make_meeting(owner=officer, title="ยังไม่ถึงเวลา", begins_at=timezone.now() + timedelta(days=5)),
        make_meeting(owner=officer, title="ทราบภายหลัง", received_at=SITTING),
    )
    take(in_time, "go_through", officer, concerning=[])
    found = {
        name: {
            one.pk
            for one in (in_time, late, pending, out)
            if f"/meetings/{one.pk}/" in listed(at_desk, f"?promise={name}")
        }
        for name in ("in_time", "late", "pending", "out")
    }
    assert found == {
        "in_time": {in_time.pk},
        "late": {late.pk},
        "pending": {pending.pk},
        "out": {out.pk},
    }


def test_the_register_is_asked_by_kind_and_committee(at_desk: Client, officer: User) -> None:
    committee = make_committee()
    of_committee = make_meeting(
        owner=officer, title="ประชุมกรรมาธิการ", meeting_kind="committee", committee=committee, session=None
    )
    of_house = make_meeting(owner=officer)
    shown = listed(at_desk, f"?committee={committee.pk}")
    assert of_committee.title in shown
    assert of_house.title not in shown
    assert of_house.title in listed(at_desk, "?meeting_kind=house")


def test_the_register_takes_few_queries(
    at_desk: Client, officer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(6):
        with_agenda(make_meeting(owner=officer), officer)
    listed(at_desk, "")
    with django_assert_max_num_queries(MOST_QUERIES):
        assert "แจ้งแล้ว" in listed(at_desk, "")


def test_follow_ups_stand_in_a_register_of_their_own(client_for: ClientFor, officer: User) -> None:
    meeting = make_meeting(owner=officer)
    take(meeting, "follow_up", officer, title="ส่งอัตรากำลังครู", wanted="ส่งข้อมูล")
    follow_up = FollowUp.objects.get()
    at_desk = client_for(officer)
    assert "ส่งอัตรากำลังครู" in text(at_desk.get(reverse("parliament:follow_ups")))
    shown = text(at_desk.get(follow_up.get_absolute_url()))
    assert meeting.title in shown
    assert client_for(make_officer()).get(follow_up.get_absolute_url()).status_code == 404


def test_the_filters_forms_open(at_desk: Client) -> None:
    for name in ("meeting_filter", "follow_up_filter"):
        assert at_desk.get(reverse(f"parliament:{name}")).status_code == 200
