"""The pages of the agenda: who sees what, the forms and their faults, the calendar, the day, what overlaps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from office.by_day import period_of
from office.calendar import OFFICE_TZ
from office.models import Secrecy, User
from publicrelations.conflicts import clashing, conflicts_of
from publicrelations.engagement_calendar import day_of, engagements_shown
from publicrelations.models import Engagement
from tests.cast import MORNING, make_executive, make_officer
from tests.publicrelations.cast import make_news_colleague, make_news_head, make_news_officer
from tests.publicrelations.engagements_cast import (
    CLOSING,
    ENDED,
    MINUTE,
    OPENING,
    fresh,
    make_engagement,
    publish_about,
    take,
)

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]

MOST_QUERIES = 12
NEW = "publicrelations:engagement_new"
DAY = "?day=2009-11-19"


@pytest.fixture
def officer(db: None) -> User:
    return make_news_officer()


@pytest.fixture
def at_desk(client_for: ClientFor, officer: User) -> Client:
    return client_for(officer)


def text(response: Any) -> str:
    return str(response.content.decode())


def page(name: str, *args: Any) -> str:
    return reverse(f"publicrelations:{name}", args=args)


def step_page(engagement: Engagement, name: str) -> str:
    return page("engagement_step", engagement.pk, name)


def typed(**given: str) -> dict[str, str]:
    return {
        "title": "เปิดห้องสมุดโรงเรียนวัดราชบพิธ",
        "engagement_kind": "ceremony",
        "starts_on": "19/11/2552",
        "starts_time": "๙.๓๐",
        "ends_time": "๑๑.๐๐",
        "place": "โรงเรียนวัดราชบพิธ",
        "received_on": "17/11/2552",
        "received_time": "9.00",
        "secrecy": "0",
        "is_public": "on",
        "take_it": "on",
    } | given


# ── Registering ─────────────────────────────────────────────────────────────────────────────


def test_an_engagement_is_registered_with_who_goes_along(at_desk: Client, officer: User) -> None:
    colleague = make_news_colleague()
    response = at_desk.post(page("engagement_new"), typed(people=str(colleague.pk)))
    engagement = Engagement.objects.get()
    assert response.headers["Location"] == engagement.get_absolute_url()
    assert (engagement.starts_at, engagement.ends_at) == (OPENING, ENDED)
    assert list(engagement.people.all()) == [colleague]
    assert engagement.calls_for_news
    assert "วง ๑/๒๕๕๓" in text(at_desk.get(engagement.get_absolute_url()))


def test_without_an_end_it_lasts_an_hour_and_may_pass_midnight(at_desk: Client) -> None:
    at_desk.post(page("engagement_new"), typed(ends_time=""))
    assert Engagement.objects.get().ends_at == OPENING + timedelta(hours=1)
    at_desk.post(
        page("engagement_new"),
        typed(title="งานเลี้ยงรับรอง", starts_time="22.00", ends_time="0.30", ends_on="20/11/2552"),
    )
    assert Engagement.objects.latest("pk").ends_at == datetime(2009, 11, 20, 0, 30, tzinfo=OFFICE_TZ)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": ""}, "เขียนเรื่องโดยย่อ"),
        ({"starts_on": ""}, "ระบุวันที่เริ่ม"),
        ({"starts_time": ""}, "เขียนเวลาเริ่ม"),
        ({"starts_time": "25.00"}, "เขียนชั่วโมงและนาที"),
        ({"ends_time": "9.00"}, "เวลาสิ้นสุดอยู่ก่อนเวลาเริ่ม"),
        ({"ends_time": "", "ends_on": "20/11/2552"}, "ระบุเวลาสิ้นสุดในวันนั้น"),
        ({"ends_on": "25/12/2552"}, "นานไม่เกิน ๓๑ วัน"),
        ({"engagement_kind": "dance"}, "dance"),
    ],
)
def test_faults_stand_beside_their_field_and_what_was_typed_is_kept(
    at_desk: Client, given: dict[str, str], said: str
) -> None:
    response = at_desk.post(page("engagement_new"), typed(**given))
    assert response.status_code == 422
    assert said in text(response)
    assert "โรงเรียนวัดราชบพิธ" in text(response)
    assert not Engagement.objects.exists()


def test_a_second_click_registers_nothing_more(at_desk: Client) -> None:
    ticket = at_desk.get(page("engagement_new")).context["form"].ticket_to_send()
    for _click in range(2):
        at_desk.post(page("engagement_new"), typed(ticket=ticket))
    assert Engagement.objects.count() == 1


def test_a_secret_one_is_closed_to_the_public_whatever_is_ticked(at_desk: Client) -> None:
    at_desk.post(page("engagement_new"), typed(secrecy="1"))
    assert not Engagement.objects.get().is_public


def test_only_the_head_is_asked_whether_news_is_called_for(client_for: ClientFor, at_desk: Client) -> None:
    assert "no_news_reason" not in text(at_desk.get(page("engagement_new")))
    at_desk.post(page("engagement_new"), typed(no_news_reason="ส่วนตัว"))
    assert Engagement.objects.get().calls_for_news
    head = client_for(make_news_head())
    head.post(page("engagement_new"), typed(title="นัดหมายส่วนตัว", no_news_reason="ส่วนตัว"))
    assert not Engagement.objects.latest("pk").calls_for_news


def test_the_day_of_the_calendar_stands_in_the_form(at_desk: Client) -> None:
    form = at_desk.get(page("engagement_new") + DAY).context["form"]
    assert form["starts_on"].value() == OPENING.date()


# ── Who sees what ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["engagements", "engagement_calendar", "engagement_day"])
def test_lists_are_open_to_the_subgroup_and_executives(
    client_for: ClientFor, officer: User, name: str
) -> None:
    engagement = make_engagement(owner=officer)
    asked = page(name) + DAY
    for user in (officer, make_news_head(), make_executive()):
        assert engagement.title in text(client_for(user).get(asked))
    stranger = client_for(make_officer()).get(asked)
    assert engagement.title not in text(stranger)


@pytest.mark.parametrize("name", ["engagement_new", "engagement_import", "engagement_conflicts"])
def test_strangers_and_executives_do_not_register(client_for: ClientFor, name: str) -> None:
    for user in (make_officer(), make_executive()):
        assert client_for(user).get(page(name)).status_code == 403


def test_a_secret_engagement_is_there_for_its_officer_and_those_above_alone(
    client_for: ClientFor, officer: User
) -> None:
    secret = make_engagement(owner=officer, secrecy=Secrecy.SECRET, is_public=False)
    for user, status in (
        (officer, 200),
        (make_news_head(), 200),
        (make_executive(), 200),
        (make_news_colleague(), 404),
        (make_officer(), 404),
    ):
        client = client_for(user)
        assert client.get(secret.get_absolute_url()).status_code == status
        is_seen = status == 200
        assert (secret.title in text(client.get(page("engagement_day") + DAY))) is is_seen


def test_without_an_account_nothing_is_shown(client: Client, officer: User) -> None:
    engagement = make_engagement(owner=officer)
    for address in (page("engagements"), engagement.get_absolute_url(), page("engagement_day")):
        assert client.get(address).status_code == 302


# ── The page and its steps ──────────────────────────────────────────────────────────────────


def test_the_page_says_when_where_and_what_is_owed(at_desk: Client, officer: User) -> None:
    engagement = make_engagement(owner=officer, people=[make_news_colleague()], note="แต่งกายชุดปกติขาว")
    shown = text(at_desk.get(engagement.get_absolute_url()))
    for words in ("พฤหัสบดี ๑๙ พฤศจิกายน ๒๕๕๒", "โรงเรียนวัดราชบพิธ", "นวรรตน์", "แต่งกายชุดปกติขาว", "บันทึกว่าจัดแล้ว"):
        assert words in shown


def test_a_step_is_taken_on_its_page(at_desk: Client, officer: User) -> None:
    engagement = make_engagement(owner=officer)
    at_desk.post(
        step_page(engagement, "hold"),
        {"seen": fresh(engagement).version, "ended_on": "19/11/2552", "ended_time": "11.00"},
    )
    assert fresh(engagement).state == Engagement.State.HELD


def test_the_faults_of_a_step_stand_beside_its_fields(at_desk: Client, officer: User) -> None:
    engagement = make_engagement(owner=officer)
    seen = fresh(engagement).version
    response = at_desk.post(
        step_page(engagement, "reschedule"),
        {
            "seen": seen,
            "starts_on": "26/11/2552",
            "starts_time": "9.30",
            "ends_time": "9.00",
            "reason": "เลื่อน",
        },
    )
    assert response.status_code == 422
    assert "เวลาสิ้นสุดอยู่ก่อนเวลาเริ่ม" in text(response)
    response = at_desk.post(step_page(engagement, "cancel"), {"seen": seen, "reason": ""})
    assert response.status_code == 422


def test_another_date_may_be_another_place_and_pass_midnight(at_desk: Client, officer: User) -> None:
    far = timedelta(days=365 * 25)
    engagement = make_engagement(owner=officer, starts_at=OPENING + far, ends_at=ENDED + far)
    at_desk.post(
        step_page(engagement, "reschedule"),
        {
            "seen": fresh(engagement).version,
            "starts_on": "26/11/2577",
            "starts_time": "22.00",
            "ends_time": "1.00",
            "ends_on": "27/11/2577",
            "place": "หอประชุมคุรุสภา",
            "reason": "เลื่อน",
        },
    )
    moved = fresh(engagement)
    assert moved.starts_at == datetime(2034, 11, 26, 22, 0, tzinfo=OFFICE_TZ)
    assert moved.ends_at == datetime(2034, 11, 27, 1, 0, tzinfo=OFFICE_TZ)
    assert moved.place == "หอประชุมคุรุสภา"


def test_the_facts_are_corrected_with_who_goes(at_desk: Client, officer: User) -> None:
    engagement, colleague = make_engagement(owner=officer), make_news_colleague()
    facts = {
        "seen": str(fresh(engagement).version),
        "title": "เปิดหอสมุดแห่งชาติ",
        "engagement_kind": "visit",
        "place": "หอสมุดแห่งชาติ",
        "secrecy": "0",
        "is_public": "on",
        "people": str(colleague.pk),
    }
    at_desk.post(step_page(engagement, "correct"), facts)
    corrected = fresh(engagement)
    assert (corrected.title, corrected.engagement_kind, list(corrected.people.all())) == (
        "เปิดหอสมุดแห่งชาติ",
        "visit",
        [colleague],
    )


@pytest.mark.parametrize("name", ["correct", "hold", "reschedule", "postpone", "cancel"])
def test_every_step_has_a_page_for_its_officer_and_none_for_strangers(
    client_for: ClientFor, officer: User, name: str
) -> None:
    engagement = make_engagement(owner=officer)
    assert client_for(officer).get(step_page(engagement, name)).status_code == 200
    assert client_for(make_executive()).get(step_page(engagement, name)).status_code == 403
    assert client_for(make_officer()).get(step_page(engagement, name)).status_code == 404


# ── What overlaps ───────────────────────────────────────────────────────────────────────────


def both(officer: User, **facts: Any) -> list[str]:
    return [one.who for one in conflicts_of(OPENING, ENDED, officer, **facts)]


@pytest.mark.parametrize(
    ("starts", "ends", "clashes"),
    [
        (OPENING - timedelta(hours=1), OPENING, False),
        (OPENING - timedelta(hours=1), OPENING + MINUTE, True),
        (ENDED - MINUTE, ENDED + timedelta(hours=1), True),
        (ENDED, ENDED + timedelta(hours=1), False),
        (OPENING - timedelta(days=3), ENDED + timedelta(days=3), True),
        (OPENING + MINUTE, ENDED - MINUTE, True),
    ],
)
def test_what_ends_as_another_begins_does_not_overlap_it(
    officer: User, starts: datetime, ends: datetime, clashes: bool
) -> None:
    make_engagement(owner=officer, starts_at=starts, ends_at=ends)
    assert both(officer) == (["รัฐมนตรี"] if clashes else [])


def test_the_minister_is_not_at_two_places_nor_is_an_officer(officer: User) -> None:
    colleague = make_news_colleague()
    make_engagement(owner=officer, represented_by="รองปลัดกระทรวง", people=[colleague])
    assert both(officer) == []
    assert both(officer, people=[colleague.pk]) == [colleague.short_name]
    off = make_engagement(owner=officer)
    take(off, "cancel", officer, reason="งด")
    assert both(officer) == []
    assert both(officer, is_represented=True, people=[officer.pk]) == []


def test_the_form_says_what_else_is_on_while_it_is_typed(at_desk: Client, officer: User) -> None:
    there = make_engagement(owner=officer)
    unfinished = {"starts_on": "19/11/2552", "starts_time": "10.00"}
    shown = text(at_desk.get(page("engagement_conflicts"), unfinished))
    assert there.title in shown
    assert "<html" not in shown
    assert there.title not in text(
        at_desk.get(page("engagement_conflicts"), unfinished | {"represented_by": "ปลัด"})
    )
    assert there.title not in text(at_desk.get(page("engagement_conflicts"), {"starts_on": "ไม่ทราบ"}))
    without_script = at_desk.post(page("engagement_new"), unfinished | {"look": "1"})
    assert there.title in text(without_script)


def test_another_date_says_what_else_is_on_and_not_itself(at_desk: Client, officer: User) -> None:
    engagement = make_engagement(owner=officer)
    other = make_engagement(
        owner=officer, starts_at=OPENING + timedelta(days=1), ends_at=ENDED + timedelta(days=1)
    )
    asked = {"starts_on": "19/11/2552", "starts_time": "9.30", "ends_time": "12.00"}
    address = page("engagement_time_conflicts", engagement.pk)
    assert engagement.title not in text(at_desk.get(address, asked))
    assert other.title in text(at_desk.get(address, asked | {"starts_on": "20/11/2552"}))


def test_the_page_the_calendar_and_the_day_mark_what_overlaps(at_desk: Client, officer: User) -> None:
    one = make_engagement(owner=officer)
    other = make_engagement(owner=officer, starts_at=OPENING + MINUTE)
    make_engagement(owner=officer, starts_at=ENDED, ends_at=CLOSING)
    assert clashing(period_of("month", OPENING.date()), officer) == {one.pk, other.pk}
    assert other.title in text(at_desk.get(one.get_absolute_url()))
    for name in ("engagement_calendar", "engagement_day"):
        assert text(at_desk.get(page(name) + DAY)).count("เวลาซ้อนกัน") == 2


def test_a_long_one_clashes_with_each_that_is_on_meanwhile(officer: User) -> None:
    long = make_engagement(owner=officer, ends_at=OPENING + timedelta(days=2))
    first = make_engagement(owner=officer, starts_at=OPENING + timedelta(hours=1), ends_at=ENDED)
    second = make_engagement(
        owner=officer, starts_at=OPENING + timedelta(days=1), ends_at=ENDED + timedelta(days=1)
    )
    after = make_engagement(
        owner=officer, starts_at=OPENING + timedelta(days=2), ends_at=ENDED + timedelta(days=2)
    )
    found = clashing(period_of("month", OPENING.date()), officer)
    assert found == {long.pk, first.pk, second.pk}
    assert after.pk not in found


# ── By day ──────────────────────────────────────────────────────────────────────────────────


def test_a_month_shows_its_engagements_and_no_others(at_desk: Client, officer: User) -> None:
    last = datetime(2009, 11, 30, 23, 59, tzinfo=OFFICE_TZ)
    here = make_engagement(owner=officer, starts_at=last, ends_at=last + timedelta(hours=2))
    next_month = make_engagement(owner=officer, starts_at=last + MINUTE, ends_at=last + timedelta(hours=1))
    shown = text(at_desk.get(page("engagement_calendar") + DAY))
    assert here.title in shown
    assert "ถึง ๑\u00a0ธ.ค.\u00a0๕๒" in shown
    assert next_month.title not in shown


def test_a_month_takes_two_questions(
    officer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_engagement(owner=officer)
    assert officer.roles
    with django_assert_num_queries(2):
        assert len(engagements_shown(period_of("month", OPENING.date()), officer, 4)) == 1


def test_a_day_says_what_is_on_now_and_what_is_next(officer: User) -> None:
    head = make_news_head()
    covered = make_engagement(owner=officer, starts_at=OPENING - timedelta(hours=1), ends_at=OPENING)
    publish_about(covered, officer, head, now=OPENING)
    now_on = make_engagement(owner=officer)
    following = make_engagement(owner=officer, starts_at=ENDED, ends_at=ENDED + timedelta(hours=1))
    later = make_engagement(owner=officer, starts_at=CLOSING, ends_at=CLOSING + timedelta(hours=9))
    off = make_engagement(owner=officer, starts_at=CLOSING + MINUTE, ends_at=CLOSING + timedelta(hours=1))
    take(off, "postpone", officer, reason="ฝนตก")
    shown = day_of(OPENING.date(), officer, OPENING + timedelta(hours=1))
    assert [(one.engagement.pk, one.standing) for one in shown] == [
        (covered.pk, "covered"),
        (now_on.pk, "now"),
        (following.pk, "next"),
        (later.pk, "later"),
        (off.pk, "off"),
    ]
    (next_day,) = day_of(OPENING.date() + timedelta(days=1), officer, OPENING)
    assert (next_day.engagement.pk, next_day.begins_earlier) == (later.pk, True)


def test_an_empty_day_says_so(at_desk: Client) -> None:
    assert "ไม่มีวาระงานในวันนี้" in text(at_desk.get(page("engagement_day") + DAY))


@pytest.mark.parametrize("query", ["?day=never", "?day=9999-12-31", "?view=year", "?day=2009-13-45"])
def test_an_address_that_makes_no_sense_shows_today(at_desk: Client, query: str) -> None:
    for name in ("engagement_calendar", "engagement_day"):
        assert at_desk.get(page(name) + query).status_code == 200


# ── The register ────────────────────────────────────────────────────────────────────────────


def listed(client: Client, query: str) -> str:
    return text(client.get(page("engagements") + query))


def test_the_register_is_asked_by_month_kind_public_and_agency(at_desk: Client, officer: User) -> None:
    november = make_engagement(owner=officer, is_public=False)
    december = make_engagement(
        owner=officer,
        engagement_kind="visit",
        starts_at=OPENING + timedelta(days=20),
        ends_at=ENDED + timedelta(days=20),
    )
    for query, here, elsewhere in (
        ("?month=2552-11", november, december),
        ("?month=2552-12", december, november),
        ("?engagement_kind=visit", december, november),
        ("?public=0", november, december),
        ("?public=1", december, november),
    ):
        shown = listed(at_desk, query)
        assert here.title in shown
        assert elsewhere.title not in shown
    assert november.title in listed(at_desk, "?fiscal_year=2553")


def test_the_register_is_asked_by_how_its_news_stands(at_desk: Client, officer: User) -> None:
    head = make_news_head()
    in_time, late, excused = (make_engagement(owner=officer) for _number in range(3))
    pending = make_engagement(
        owner=officer,
        starts_at=timezone.now() + timedelta(days=5),
        ends_at=timezone.now() + timedelta(days=6),
    )
    publish_about(in_time, officer, head, now=ENDED)
    take(excused, "excuse_news", head, reason="ส่วนตัว")
    every = (in_time, late, pending, excused)
    found = {
        name: {one.pk for one in every if f"/engagements/{one.pk}/" in listed(at_desk, f"?promise={name}")}
        for name in ("in_time", "late", "pending", "excused")
    }
    assert found == {
        "in_time": {in_time.pk},
        "late": {late.pk},
        "pending": {pending.pk},
        "excused": {excused.pk},
    }


def test_the_filters_form_opens(at_desk: Client) -> None:
    assert at_desk.get(page("engagement_filter")).status_code == 200


@pytest.mark.parametrize("name", ["engagements", "engagement_calendar", "engagement_day"])
def test_lists_take_few_queries(
    at_desk: Client, officer: User, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    colleague = make_news_colleague()
    for number in range(12):
        make_engagement(owner=officer, people=[colleague], starts_at=OPENING + number * MINUTE)
    at_desk.get(page(name) + DAY)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert at_desk.get(page(name) + DAY).status_code == 200


def test_the_page_takes_few_queries(
    at_desk: Client, officer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    engagement = make_engagement(owner=officer, people=[make_news_colleague()])
    for _number in range(5):
        make_engagement(owner=officer, people=[officer])
    at_desk.get(engagement.get_absolute_url())
    with django_assert_max_num_queries(MOST_QUERIES + 4):
        assert at_desk.get(engagement.get_absolute_url()).status_code == 200
    assert MORNING < OPENING
