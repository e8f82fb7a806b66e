"""Press conferences in the calendars: one's own address, the file of a month, the month, the week and the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import icalendar
import pytest
import recurring_ical_events
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from office.calendar import OFFICE_TZ
from office.models import Secrecy, User
from projectplan.feeds import personal_calendar, personal_entries
from publicrelations.feeds import press_entries
from publicrelations.models import Engagement, EngagementImport
from publicrelations.press_calendar import press_of_day
from publicrelations.press_letters import calendar_attachment
from tests.cast import MORNING, make_executive, make_officer
from tests.publicrelations.cast import make_news_colleague, make_news_officer
from tests.publicrelations.engagements_cast import make_engagement
from tests.publicrelations.press_cast import (
    BEGINS,
    choose,
    fresh,
    invite_by_telephone,
    make_outlet,
    make_press_conference,
    take,
)

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
DAY = "?day=2009-11-19"
HOUR = timedelta(hours=1)


@pytest.fixture
def banlang(db: None) -> User:
    return make_news_officer()


def calendar_of(user: User, now: datetime = MORNING) -> icalendar.Calendar:
    """What this person's calendar program reads."""
    return icalendar.Calendar.from_ical(personal_calendar(personal_entries(user, now)))


def conferences_of(user: User) -> list[Any]:
    return [one for one in calendar_of(user).walk("VEVENT") if str(one["UID"]).startswith("press-")]


def page(name: str, query: str = DAY) -> str:
    return reverse(f"publicrelations:{name}") + query


def text(response: Any) -> str:
    return str(response.content.decode())


# ── One's own address ───────────────────────────────────────────────────────────────────────


def test_it_stands_on_its_day_with_its_time_place_and_topic(banlang: User) -> None:
    conference = make_press_conference(owner=banlang, ends_at=BEGINS + timedelta(minutes=45))
    [found] = recurring_ical_events.of(calendar_of(banlang)).at(date(2009, 11, 19))
    assert found["UID"] == f"press-{conference.pk}@127.0.0.1"
    assert conference.title in found["SUMMARY"]
    assert found["SUMMARY"].startswith("แถลงข่าว")
    assert found["LOCATION"] == conference.place
    assert (found.start, found.end) == (BEGINS, BEGINS + timedelta(minutes=45))
    assert conference.spokespersons in found["DESCRIPTION"]
    assert found["STATUS"] == "CONFIRMED"


def test_without_an_end_it_lasts_an_hour(banlang: User) -> None:
    make_press_conference(owner=banlang)
    [found] = conferences_of(banlang)
    assert found.end - found.start == HOUR


def test_that_the_media_are_invited_by_then_does_not_stand_there_a_second_time(banlang: User) -> None:
    make_press_conference(owner=banlang)
    assert len(recurring_ical_events.of(calendar_of(banlang)).at(date(2009, 11, 19))) == 1


@pytest.mark.parametrize(("name", "words"), [("cancel", "แถลงข่าว"), ("postpone", "เลื่อน")])
def test_one_that_does_not_take_place_stands_as_cancelled(banlang: User, name: str, words: str) -> None:
    conference = make_press_conference(owner=banlang)
    take(conference, name, banlang, reason="ภารกิจเร่งด่วน")
    [found] = conferences_of(banlang)
    assert (found["STATUS"], found["TRANSP"], found["SEQUENCE"]) == ("CANCELLED", "TRANSPARENT", 1)
    assert words in found["SUMMARY"]


def test_with_another_day_the_same_entry_moves(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    [before] = conferences_of(banlang)
    later = BEGINS + timedelta(days=1)
    take(conference, "reschedule", banlang, reason="เลื่อน", starts_at=later)
    [found] = conferences_of(banlang)
    assert (found["UID"], found.start) == (before["UID"], later)
    assert found["SEQUENCE"] > before["SEQUENCE"]
    calendar = calendar_of(banlang)
    assert recurring_ical_events.of(calendar).at(date(2009, 11, 19)) == []


def test_only_who_may_read_it_has_it_and_of_a_secret_one_its_number_alone(banlang: User) -> None:
    secret = make_press_conference(owner=banlang, secrecy=Secrecy.SECRET, is_public=False)
    [found] = conferences_of(banlang)
    assert found["SUMMARY"] == secret.label
    assert "LOCATION" not in found
    assert "DESCRIPTION" not in found
    assert conferences_of(make_news_colleague()) == []
    open_to_all = make_press_conference(owner=banlang)
    assert [open_to_all.title in one["SUMMARY"] for one in conferences_of(make_news_officer("pat"))] == [True]
    # An executive decides on secret matters too.
    assert len(conferences_of(make_executive())) == 2
    assert conferences_of(make_officer()) == []


def test_the_press_has_it_under_the_same_name_as_the_office(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    file = calendar_attachment(fresh(conference)).content
    [sent] = icalendar.Calendar.from_ical(file).walk("VEVENT")
    assert sent["UID"] == conferences_of(banlang)[0]["UID"]


def test_a_period_is_one_question(banlang: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _number in range(3):
        make_press_conference(owner=banlang)
    assert banlang.roles
    with django_assert_num_queries(1):
        assert len(press_entries(banlang, MORNING, MORNING + timedelta(days=7))) == 3


# ── The file of a month ─────────────────────────────────────────────────────────────────────


def test_the_file_of_the_month_has_it_and_read_in_again_it_becomes_no_engagement(
    client_for: ClientFor, banlang: User
) -> None:
    conference, engagement = make_press_conference(owner=banlang), make_engagement(owner=banlang)
    at_desk = client_for(banlang)
    body = at_desk.get(page("engagement_export", f"{DAY}&view=month")).content
    said = body.decode().replace("\r\n ", "")
    assert conference.title in said
    assert engagement.title in said
    file = SimpleUploadedFile("month.ics", body, content_type="text/calendar")
    at_desk.post(reverse("publicrelations:engagement_import"), {"file": file})
    plan = EngagementImport.objects.get().plan
    assert (plan["unchanged"], plan["new"], plan["wrong"]) == (2, [], [])
    assert Engagement.objects.count() == 1


def test_the_name_of_another_places_press_conference_is_no_reason_to_leave_it_out(
    client_for: ClientFor, banlang: User
) -> None:
    lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:press-1@elsewhere.example", "SUMMARY:ประชุม"]
    lines += ["DTSTART:20351119T093000", "END:VEVENT", "END:VCALENDAR", ""]
    file = SimpleUploadedFile("month.ics", "\r\n".join(lines).encode(), content_type="text/calendar")
    client_for(banlang).post(reverse("publicrelations:engagement_import"), {"file": file})
    assert len(EngagementImport.objects.get().plan["new"]) == 1


# ── The month, the week, the day ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("view", ["month", "week"])
def test_month_and_week_show_it_among_the_engagements_by_its_hour(
    client_for: ClientFor, banlang: User, view: str
) -> None:
    before = make_engagement(
        owner=banlang, title="เปิดสัมมนาครู", starts_at=BEGINS - HOUR, ends_at=BEGINS - HOUR / 2
    )
    after = make_engagement(
        owner=banlang, title="ประชุมสภาการศึกษา", starts_at=BEGINS + HOUR, ends_at=BEGINS + 2 * HOUR
    )
    conference = make_press_conference(owner=banlang)
    shown = text(client_for(banlang).get(page("engagement_calendar", f"{DAY}&view={view}")))
    where = [shown.index(f">{one.title}<") for one in (before, conference, after)]
    assert where == sorted(where)
    assert f'href="{conference.get_absolute_url()}"' in shown


def test_a_month_of_press_conferences_alone_is_not_empty(client_for: ClientFor, banlang: User) -> None:
    make_press_conference(owner=banlang)
    assert "cal-empty" not in text(client_for(banlang).get(page("engagement_calendar")))


def test_a_full_day_says_how_many_of_both_there_are_more(client_for: ClientFor, banlang: User) -> None:
    for number in range(3):
        at = BEGINS + number * HOUR
        make_press_conference(owner=banlang, starts_at=at)
        make_engagement(owner=banlang, starts_at=at, ends_at=at + HOUR / 2)
    assert "อีก ๒" in text(client_for(banlang).get(page("engagement_calendar")))


def test_a_cancelled_one_is_struck_and_an_invited_one_ready(client_for: ClientFor, banlang: User) -> None:
    cancelled, invited = make_press_conference(owner=banlang), make_press_conference(owner=banlang)
    take(cancelled, "cancel", banlang, reason="งด")
    choose(invited, banlang, outlets=[make_outlet()])
    invite_by_telephone(invited, banlang)
    shown = text(client_for(banlang).get(page("engagement_calendar")))
    for one, tone in ((cancelled, "off"), (invited, "ready")):
        item = shown[: shown.index(one.get_absolute_url())].rpartition("<li")[2]
        assert f'class="{tone}"' in item


def test_the_day_shows_both_in_order(client_for: ClientFor, banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    engagement = make_engagement(owner=banlang, starts_at=BEGINS + HOUR, ends_at=BEGINS + 2 * HOUR)
    other_day = make_press_conference(owner=banlang, starts_at=BEGINS + timedelta(days=1))
    shown = text(client_for(banlang).get(page("engagement_day")))
    assert shown.index(conference.title) < shown.index(engagement.title)
    assert other_day.title not in shown


def test_one_begun_shortly_before_midnight_stands_on_the_day_it_begins_in_bangkok(
    client_for: ClientFor, banlang: User
) -> None:
    late = datetime(2009, 11, 19, 23, 30, tzinfo=OFFICE_TZ)
    conference = make_press_conference(owner=banlang, starts_at=late)
    at_desk = client_for(banlang)
    assert conference.title in text(at_desk.get(page("engagement_day")))
    assert conference.title not in text(at_desk.get(page("engagement_day", "?day=2009-11-20")))


def test_of_a_graded_one_of_somebody_else_no_calendar_says_anything(
    client_for: ClientFor, banlang: User
) -> None:
    secret = make_press_conference(owner=banlang, secrecy=Secrecy.SECRET, is_public=False)
    colleague = client_for(make_news_colleague())
    for name in ("engagement_calendar", "engagement_day", "engagement_export"):
        assert secret.title not in text(colleague.get(page(name)))
        assert secret.label not in text(colleague.get(page(name)))


def test_many_cost_no_more_questions(
    client_for: ClientFor, banlang: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(8):
        make_press_conference(owner=banlang, starts_at=BEGINS + number * HOUR)
        make_engagement(owner=banlang, starts_at=BEGINS, ends_at=BEGINS + HOUR)
    at_desk = client_for(banlang)
    for name in ("engagement_calendar", "engagement_day"):
        at_desk.get(page(name))
        with django_assert_max_num_queries(12):
            at_desk.get(page(name))


def test_the_day_says_that_it_is_on_and_when_it_is_over_what_is_to_be_done(
    client_for: ClientFor, banlang: User
) -> None:
    conference = make_press_conference(owner=banlang, ends_at=BEGINS + HOUR)
    for now, standing, step in (
        (BEGINS - HOUR, "later", ""),
        (BEGINS, "now", ""),
        (BEGINS + HOUR, "over", "hold"),
    ):
        [one] = press_of_day(date(2009, 11, 19), banlang, now)
        assert (one.conference.pk, one.standing, one.step) == (conference.pk, standing, step)
    [seen] = press_of_day(date(2009, 11, 19), make_executive(), BEGINS + HOUR)
    assert seen.step == ""
