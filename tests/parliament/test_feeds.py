"""The personal calendar and the export of sittings, read back by a client library: right, private, revocable."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
import recurring_ical_events
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from office.calendar import OFFICE_TZ
from office.feeds import Entry, calendar_file
from office.models import CalendarFeed, Deadline, Event, Secrecy, User
from parliament.models import Meeting
from projectplan.feeds import personal_calendar, personal_entries
from tests.cast import MORNING, make_executive, make_head, make_officer
from tests.complaints.related_cast import Kind, make_related
from tests.parliament.cast import make_politics_head, make_politics_officer
from tests.parliament.houses_cast import SITTING_AT, bare_interpellation, bare_meeting, owe

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


@pytest.fixture
def officer(db: None) -> User:
    return make_politics_officer()


@pytest.fixture
def head(db: None) -> User:
    return make_politics_head()


def read(body: bytes) -> icalendar.Calendar:
    calendar = icalendar.Calendar.from_ical(body)
    assert isinstance(calendar, icalendar.Calendar)
    return calendar


def file_of(user: User, now: datetime = MORNING) -> bytes:
    return personal_calendar(personal_entries(user, now))


def events_of(user: User, now: datetime = MORNING) -> list[Any]:
    return read(file_of(user, now)).walk("VEVENT")


def address_of(user: User) -> str:
    return reverse("feeds:personal", args=[CalendarFeed.make(user, timezone.now()).secret])


# ── What stands in it ───────────────────────────────────────────────────────────────────────


def test_a_meeting_as_a_client_reads_it(officer: User) -> None:
    meeting = bare_meeting(ends_at=SITTING_AT + timedelta(hours=8))
    Event.objects.create(matter=meeting, at=MORNING, step="receive", to_state=meeting.state, version=1)
    [event] = events_of(officer)
    assert event["UID"] == f"meeting-{meeting.pk}@127.0.0.1"
    assert event["SUMMARY"] == "การประชุมสภาผู้แทนราษฎร ครั้งที่ ๑๒"
    assert event["LOCATION"] == "อาคารรัฐสภา ๑"
    assert event["DTSTART"].params["TZID"] == "Asia/Bangkok"
    assert event.start == SITTING_AT
    assert event.end == SITTING_AT + timedelta(hours=8)
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == MORNING.astimezone(UTC)
    assert (event["SEQUENCE"], event["STATUS"], event["TRANSP"]) == (0, "CONFIRMED", "OPAQUE")
    assert event["URL"].endswith(reverse("office:matter", args=[meeting.pk]))


def test_another_library_finds_it_on_its_day_in_bangkok(officer: User) -> None:
    bare_meeting(datetime(2009, 11, 18, 0, 30, tzinfo=OFFICE_TZ))
    calendar = read(file_of(officer, MORNING))
    [found] = recurring_ical_events.of(calendar).at((2009, 11, 18))
    assert found.start == datetime(2009, 11, 18, 0, 30, tzinfo=OFFICE_TZ)
    assert recurring_ical_events.of(calendar).at((2009, 11, 17)) == []


def test_the_file_is_as_the_standard_has_it(officer: User) -> None:
    bare_meeting(title="ประชุม, วาระ; สำคัญ\\ " + "ยาว" * 40)
    body = file_of(officer, MORNING)
    lines = body.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no fold cuts a letter in two
    assert len(read(body).walk("VTIMEZONE")) == 1
    assert read(body).walk("VEVENT")[0]["SUMMARY"] == "ประชุม, วาระ; สำคัญ\\ " + "ยาว" * 40


def test_the_same_rows_make_the_same_bytes(officer: User) -> None:
    bare_meeting()
    owe(bare_interpellation(), due=SITTING_AT, responsible=officer)
    assert file_of(officer, MORNING) == file_of(officer, MORNING + timedelta(hours=3))


def test_moved_it_keeps_its_uid_and_its_sequence_rises(officer: User) -> None:
    meeting = bare_meeting()
    [before] = events_of(officer)
    later = SITTING_AT + timedelta(days=7)
    Meeting.objects.filter(pk=meeting.pk).update(begins_at=later, version=4)
    Event.objects.create(matter=meeting, at=MORNING + timedelta(hours=1), step="move", version=4)
    [after] = events_of(officer)
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 3)
    assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt
    assert after.start == later


@pytest.mark.parametrize("state", [Meeting.State.CANCELLED, Meeting.State.POSTPONED])
def test_called_off_or_put_off_is_cancelled(officer: User, state: str) -> None:
    bare_meeting(state=state)
    [event] = events_of(officer)
    assert (event["STATUS"], event["TRANSP"]) == ("CANCELLED", "TRANSPARENT")


def test_own_dates_with_number_and_promise(officer: User) -> None:
    question = bare_interpellation(owner=officer, title="กระทู้ถามเรื่องครู")
    owed = owe(question, Deadline.Kind.DRAFT, due=SITTING_AT, responsible=officer)
    kept = owe(question, Deadline.Kind.CHECK, due=SITTING_AT, responsible=officer)
    Deadline.objects.filter(pk=kept.pk).update(met_at=MORNING)
    owe(bare_interpellation(), Deadline.Kind.DRAFT, due=SITTING_AT, responsible=make_politics_head())
    [event] = events_of(officer)
    assert event["UID"] == f"date-{owed.pk}@127.0.0.1"
    assert event["SUMMARY"] == f"ร่างคำตอบ: {question.label} กระทู้ถามเรื่องครู"
    assert event["TRANSP"] == "TRANSPARENT"
    assert event.start == SITTING_AT


def test_a_meetings_readiness_stands_there_once(officer: User) -> None:
    meeting = bare_meeting(owner=officer)
    owe(meeting, Deadline.Kind.READY, due=SITTING_AT, responsible=officer)
    assert len(events_of(officer)) == 1


def test_of_secret_matters_only_the_number(officer: User, head: User) -> None:
    meeting = bare_meeting(title="ประชุมลับ", place="ห้องลับ", secrecy=Secrecy.SECRET, owner=officer)
    question = bare_interpellation(title="กระทู้ลับ", secrecy=Secrecy.SECRET, owner=officer)
    owe(question, Deadline.Kind.DRAFT, due=SITTING_AT, responsible=officer)
    for reader in (officer, head):
        summaries = {str(event["SUMMARY"]) for event in events_of(reader)}
        assert summaries <= {meeting.label, question.label}
        assert meeting.label in summaries
    body = file_of(officer, MORNING).decode()
    assert "ลับ" not in re.sub(r"\r\n ", "", body)
    assert "LOCATION" not in body


def test_another_officer_does_not_see_the_secret_meeting(officer: User) -> None:
    bare_meeting(secrecy=Secrecy.SECRET, owner=make_politics_officer("surasak", display_name="นายสุรศักดิ์"))
    assert events_of(officer) == []


def test_hearings_with_court_and_no_name(db: None) -> None:
    keeper = make_officer()
    matter = make_related(
        Kind.SUMMONS, owner=keeper, title="หมายศาลคดีนายสมศักดิ์ ชื่อเต็ม", hearing_at=MORNING + timedelta(days=9)
    )
    for reader in (keeper, make_head(), make_executive()):
        hearings = [
            event for event in events_of(reader) if "นัดศาล" in event["SUMMARY"] or "ศาล" in event["SUMMARY"]
        ]
        assert len(hearings) == 1, reader
        [event] = hearings
        assert matter.label in event["SUMMARY"]
        assert event.start == MORNING + timedelta(days=9)
        assert event["TRANSP"] == "OPAQUE"
    assert "สมศักดิ์" not in re.sub(r"\r\n ", "", file_of(keeper, MORNING).decode())
    assert events_of(make_politics_officer()) == []


def test_a_thousand_meetings_cost_no_more_queries_than_one(
    officer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        meeting = bare_meeting(SITTING_AT + timedelta(days=number))
        owe(meeting, Deadline.Kind.MINUTES, due=SITTING_AT, responsible=officer)
    with django_assert_max_num_queries(8):
        assert len(events_of(User.objects.get(pk=officer.pk))) == 60


# ── Its address ─────────────────────────────────────────────────────────────────────────────


def test_the_address_opens_without_an_account_and_says_how_it_is_kept(client: Client, officer: User) -> None:
    bare_meeting(timezone.now())
    answer = client.get(address_of(officer))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert len(read(answer.content).walk("VEVENT")) == 1
    assert answer["Cache-Control"] == "private, no-cache"
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "no-referrer"


def test_what_has_not_changed_is_not_sent_again(client: Client, officer: User) -> None:
    address = address_of(officer)
    etag = client.get(address)["ETag"]
    again = client.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    bare_meeting(timezone.now())
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200
    assert client.head(address).status_code == 200


def test_a_get_changes_nothing_and_a_post_is_refused(client: Client, officer: User) -> None:
    address = address_of(officer)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(address)
    assert [one["sql"] for one in asked if not one["sql"].startswith("SELECT")] == []
    assert client.post(address).status_code == 405


def test_made_shown_once_replaced_and_revoked(client_for: ClientFor, client: Client, officer: User) -> None:
    desk = client_for(officer)
    make, personal = reverse("office:feed_make"), reverse("office:personal")

    def shown() -> list[str]:
        return re.findall(r"/c/\w+/calendar\.ics", desk.get(personal).content.decode())

    assert shown() == []
    desk.post(make)
    [first] = shown()
    assert shown() == [], "shown once only"
    assert client.get(first).status_code == 200
    desk.post(make)
    [second] = shown()
    assert first != second
    assert client.get(first).status_code == 404
    for _click in range(2):
        assert desk.post(reverse("office:feed_revoke")).status_code == 302
    assert client.get(second).status_code == 404
    assert desk.get(make).status_code == 405


def test_whoever_has_left_has_no_calendar(client: Client, officer: User) -> None:
    address = address_of(officer)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert client.get(address).status_code == 404


def test_the_secret_lies_neither_in_the_database_nor_in_a_log(
    client: Client, officer: User, caplog: pytest.LogCaptureFixture
) -> None:
    feed = CalendarFeed.make(officer, timezone.now())
    assert feed.secret not in repr(CalendarFeed.objects.values().get())
    with caplog.at_level(logging.DEBUG):
        client.get(reverse("feeds:personal", args=["wrong" + feed.secret]))
    assert "c/<str:secret>/" in caplog.text
    assert feed.secret not in caplog.text


def test_guessing_addresses_is_slowed(client: Client, settings: Any) -> None:
    answers = {client.get(reverse("feeds:personal", args=[f"guess{n}"])).status_code for n in range(70)}
    assert answers == {404, 429}


def test_a_person_of_another_subgroup_has_own_dates_only() -> None:
    keeper = make_officer()
    bare_meeting()
    assert events_of(keeper) == []


# ── Sittings of a period ────────────────────────────────────────────────────────────────────


def test_the_sittings_of_a_period_are_exported(client_for: ClientFor, officer: User) -> None:
    sitting = bare_meeting()
    bare_meeting(SITTING_AT + timedelta(days=30))
    bare_meeting(meeting_kind=Meeting.MeetingKind.COMMITTEE)
    bare_meeting(secrecy=Secrecy.SECRET)
    desk, address = client_for(officer), reverse("parliament:sittings_export")
    answer = desk.get(address, {"first": "1/11/2552", "last": "๓๐/๑๑/๒๕๕๒"})
    assert 'filename="sittings-2009-11-01-2009-11-30.ics"' in answer["Content-Disposition"]
    [event] = read(answer.content).walk("VEVENT")
    assert event["UID"].startswith(f"meeting-{sitting.pk}@")
    every = desk.get(address, {"first": "1/11/2552", "last": "30/11/2552", "all_meetings": "on"})
    assert len(read(every.content).walk("VEVENT")) == 2


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [("", "30/11/2552", "first"), ("2/11/2552", "1/11/2552", "last"), ("1/1/2550", "1/1/2553", "last")],
)
def test_a_period_that_is_none_is_said_beside_its_field(
    client_for: ClientFor, officer: User, first: str, last: str, field: str
) -> None:
    answer = client_for(officer).get(reverse("parliament:sittings_export"), {"first": first, "last": last})
    assert answer.status_code == 422
    assert list(answer.context["export_form"].errors) == [field]


def test_the_export_is_for_readers_of_parliament(client_for: ClientFor) -> None:
    assert client_for(make_officer()).get(reverse("parliament:sittings_export")).status_code == 403


def test_an_entry_without_an_end_is_a_moment() -> None:
    body = calendar_file("ก", [Entry("x-1", "ข", SITTING_AT, MORNING, 0)])
    [event] = read(body).walk("VEVENT")
    assert "DTEND" not in event
    assert event.start == SITTING_AT
