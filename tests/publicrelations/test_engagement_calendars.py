"""Engagements as calendar files: out to whoever may read them, in with what they would change shown before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import icalendar
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from office.calendar import OFFICE_TZ
from office.models import Secrecy, User
from office.models.calendar import current_calendar
from office.steps import StepRefused
from projectplan.feeds import personal_calendar, personal_entries
from publicrelations.calendar_files import MOST_BYTES, Incoming, read
from publicrelations.engagement_plans import PlanMovedOn, apply, make_plan, may_apply
from publicrelations.feeds import engagement_entries
from publicrelations.models import Engagement, EngagementImport
from tests.cast import MORNING, make_executive, make_officer
from tests.publicrelations.cast import make_news_colleague, make_news_head, make_news_officer
from tests.publicrelations.engagements_cast import ENDED, OPENING, fresh, make_engagement, take

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
State = Engagement.State


@pytest.fixture
def officer(db: None) -> User:
    return make_news_officer()


def event(*lines: str, uid: str = "a@moe.go.th", summary: str = "ประชุมผู้บริหาร", sequence: int = 0) -> str:
    """One entry; without lines of its own from half past nine until eleven on 19 November 2009 in Bangkok."""
    hours = lines or ("DTSTART;TZID=Asia/Bangkok:20091119T093000", "DTEND;TZID=Asia/Bangkok:20091119T110000")
    head = [f"UID:{uid}", f"SUMMARY:{summary}", f"SEQUENCE:{sequence}"]
    return "\r\n".join(["BEGIN:VEVENT", *head, *hours, "END:VEVENT"])


def calendar(*events: str, head: str = "") -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//minister//TH", *([head] if head else []), *events]
    return ("\r\n".join([*lines, "END:VCALENDAR"]) + "\r\n").encode()


def entries(*events: str, head: str = "") -> list[Incoming]:
    return read(calendar(*events, head=head), current_calendar())


def bring(content: bytes, user: User, *, now: datetime = MORNING) -> EngagementImport:
    bringing = EngagementImport(
        file_name="minister.ics",
        header=[],
        fields=[],
        rows=[one.as_row() for one in read(content, current_calendar())],
        uploaded_at=now,
        uploaded_by=user,
    )
    bringing.plan = make_plan(bringing)
    bringing.save()
    return bringing


def counts(bringing: EngagementImport) -> dict[str, int]:
    plan = bringing.plan
    lists = {name: len(plan[name]) for name in ("new", "changed", "cancelled", "wrong")}
    return {
        name: number
        for name, number in (lists | {k: plan[k] for k in ("unchanged", "past")}).items()
        if number
    }


# ── Out ─────────────────────────────────────────────────────────────────────────────────────


def events_of(user: User, now: datetime = MORNING) -> list[Any]:
    return icalendar.Calendar.from_ical(personal_calendar(personal_entries(user, now))).walk("VEVENT")


def test_the_personal_calendar_carries_the_engagements_one_may_read(officer: User) -> None:
    engagement = make_engagement(owner=make_news_colleague())
    [found] = events_of(officer)
    assert found["UID"] == f"engagement-{engagement.pk}@127.0.0.1"
    assert (found["SUMMARY"], found["LOCATION"]) == (engagement.title, "โรงเรียนวัดราชบพิธ")
    assert (found.start, found.end) == (OPENING, ENDED)
    assert len(events_of(make_executive())) == 1
    assert events_of(make_officer()) == []


def test_of_a_secret_one_its_number_alone_leaves_the_office(officer: User) -> None:
    secret = make_engagement(owner=officer, secrecy=Secrecy.SECRET, is_public=False)
    found = next(one for one in events_of(officer) if str(one["UID"]).startswith("engagement"))
    assert found["SUMMARY"] == secret.label
    assert "LOCATION" not in found
    assert events_of(make_news_colleague()) == []


def test_called_off_it_stands_there_as_cancelled(officer: User) -> None:
    engagement = make_engagement(owner=officer)
    take(engagement, "cancel", officer, reason="งด")
    [found] = events_of(officer)
    assert (found["STATUS"], found["SEQUENCE"]) == ("CANCELLED", 1)


def test_a_period_is_one_question(officer: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _number in range(3):
        make_engagement(owner=officer)
    assert officer.roles
    with django_assert_num_queries(1):
        assert len(engagement_entries(officer, MORNING, MORNING + timedelta(days=7))) == 3


def test_the_month_that_is_shown_is_taken_along_as_a_file(client_for: ClientFor, officer: User) -> None:
    engagement = make_engagement(owner=officer)
    address = reverse("publicrelations:engagement_export") + "?view=month&day=2009-11-19"
    response = client_for(officer).get(address)
    assert response.headers["Content-Type"].startswith("text/calendar")
    assert engagement.title in response.content.decode().replace("\r\n ", "")
    assert client_for(make_officer()).get(address).status_code == 403


# ── What stands in a file ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("lines", "starts_at", "ends_at"),
    [
        (["DTSTART:20091119T023000Z", "DTEND:20091119T040000Z"], "2009-11-19T09:30", "2009-11-19T11:00"),
        (["DTSTART:20091119T093000", "DTEND:20091119T110000"], "2009-11-19T09:30", "2009-11-19T11:00"),
        (
            ["DTSTART;TZID=Asia/Tokyo:20091119T113000", "DURATION:PT90M"],
            "2009-11-19T09:30",
            "2009-11-19T11:00",
        ),
        (["DTSTART:20091119T220000", "DTEND:20091120T003000"], "2009-11-19T22:00", "2009-11-20T00:30"),
        (["DTSTART:20091119T093000"], "2009-11-19T09:30", "2009-11-19T10:30"),
        # Whole days are the office's hours, the last one not counted.
        (
            ["DTSTART;VALUE=DATE:20091119", "DTEND;VALUE=DATE:20091121"],
            "2009-11-19T08:30",
            "2009-11-20T16:30",
        ),
        (["DTSTART;VALUE=DATE:20091119"], "2009-11-19T08:30", "2009-11-19T16:30"),
    ],
)
def test_hours_are_read_as_bangkok_counts_them(lines: list[str], starts_at: str, ends_at: str) -> None:
    [one] = entries(event(*lines))
    assert (one.starts_at, one.ends_at) == (f"{starts_at}:00+07:00", f"{ends_at}:00+07:00")
    assert one.faults == []


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (event("DTSTART:20091119T093000", "RRULE:FREQ=SECONDLY;COUNT=99999999"), "รายการซ้ำ"),
        (event("SUMMARY:ไม่มีเวลา"), "ไม่ระบุเวลาเริ่ม"),
        (event("DTSTART:yesterday"), "อ่านรายการนี้ไม่ได้"),
        (event("DTSTART:20091119T110000", "DTEND:20091119T093000"), "สิ้นสุดก่อนเริ่ม"),
        (event("DTSTART:20091119T093000", "DTEND:20101119T093000"), "นานเกิน ๓๑ วัน"),
        (event("DTSTART:00010101T000000"), "ปีไม่ถูกต้อง"),
        (event("DTSTART:99991231T235900"), "อ่านรายการนี้ไม่ได้"),
        (event(uid=""), "UID"),
        (event(uid="x" * 300), "UID"),
        (event(summary=""), "ไม่ระบุเรื่อง"),
    ],
)
def test_what_is_wrong_with_an_entry_stands_beside_it(entry: str, said: str) -> None:
    [one] = entries(entry)
    assert said in " ".join(one.faults)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "ไฟล์ว่างเปล่า"),
        (b"%PDF-1.4", "ไม่ใช่ไฟล์ปฏิทิน"),
        (b"\xff\xfe\x00B", "ไม่ใช่ไฟล์ปฏิทิน"),
        (b"<html>BEGIN:VCALENDAR</html>", "ไม่ใช่ไฟล์ปฏิทิน"),
        (b"BEGIN:VCALENDAR\r\n\x00END:VCALENDAR", "ไม่ใช่ไฟล์ปฏิทิน"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "ไม่มีรายการ"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR", "ไฟล์ปฏิทินเสียหาย"),
        (calendar(*(event(uid=f"{number}@x") for number in range(301))), "เกิน ๓๐๐ รายการ"),
        (b"BEGIN:VCALENDAR\r\n" + b"X" * MOST_BYTES, "ใหญ่เกิน"),
        (b"BEGIN:VCALENDAR\r\n" * 5000, "เสียหาย"),
    ],
)
def test_a_file_that_is_none_gets_a_clear_word(
    client_for: ClientFor, officer: User, content: bytes, said: str
) -> None:
    file = SimpleUploadedFile("minister.ics", content, content_type="text/calendar")
    response = client_for(officer).post(reverse("publicrelations:engagement_import"), {"file": file})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not EngagementImport.objects.exists()


def test_of_two_entries_of_one_uid_the_newest_counts() -> None:
    [one] = entries(event(summary="ใหม่", sequence=2), event(summary="เก่า", sequence=1))
    assert one.title == "ใหม่"


# ── What it would change ────────────────────────────────────────────────────────────────────


def test_new_entries_are_shown_and_registered_once_confirmed(officer: User) -> None:
    bringing = bring(
        calendar(event("DTSTART:20091119T093000", "CLASS:PRIVATE"), event(uid="b@moe.go.th")), officer
    )
    assert counts(bringing) == {"new": 2}
    assert not Engagement.objects.exists()
    for _click in range(2):
        apply(bringing, by=officer, now=MORNING)
    private, public = Engagement.objects.order_by("starts_at", "ends_at")
    assert (private.is_public, public.is_public) == (False, True)
    assert (public.uid, public.starts_at, public.owner) == ("b@moe.go.th", OPENING, officer)
    again = bring(calendar(event("DTSTART:20091119T093000"), event(uid="b@moe.go.th")), officer)
    assert counts(again) == {"unchanged": 2}


def test_what_is_over_is_not_registered_afterwards(officer: User) -> None:
    yesterday = event("DTSTART:20091116T093000", uid="old@x")
    this_morning = event("DTSTART:20091117T080000", uid="today@x")
    assert counts(bring(calendar(yesterday, this_morning), officer)) == {"new": 1, "past": 1}


def test_another_time_and_another_name_are_shown_old_and_new(officer: User) -> None:
    apply(bring(calendar(event()), officer), by=officer, now=MORNING)
    moved = event(
        "DTSTART:20091126T140000",
        "DTEND:20091126T150000",
        "LOCATION:กระทรวง",
        summary="ประชุม ก.ค.ศ.",
        sequence=1,
    )
    bringing = bring(calendar(moved), officer)
    [row] = bringing.plan["changed"]
    assert {name: (old, new) for name, old, new in row["changes"]} == {
        "title": ("ประชุมผู้บริหาร", "ประชุม ก.ค.ศ."),
        "starts_at": ("2009-11-19T09:30:00+07:00", "2009-11-26T14:00:00+07:00"),
        "ends_at": ("2009-11-19T11:00:00+07:00", "2009-11-26T15:00:00+07:00"),
        "place": ("", "กระทรวง"),
    }
    apply(bringing, by=officer, now=MORNING)
    engagement = Engagement.objects.get()
    assert (engagement.title, engagement.place) == ("ประชุม ก.ค.ศ.", "กระทรวง")
    assert engagement.starts_at == datetime(2009, 11, 26, 14, 0, tzinfo=OFFICE_TZ)
    assert [one.step for one in engagement.events.order_by("pk")] == ["receive", "reschedule", "correct"]
    assert counts(bring(calendar(event()), officer)) == {"unchanged": 1}


@pytest.mark.parametrize("how", ["status", "method"])
def test_cancelled_in_the_file_it_is_cancelled_and_comes_back(officer: User, how: str) -> None:
    apply(bring(calendar(event()), officer), by=officer, now=MORNING)
    hours = ("DTSTART:20091119T093000", "DTEND:20091119T110000")
    off = event(*hours, "STATUS:CANCELLED", sequence=1) if how == "status" else event(sequence=1)
    bringing = bring(calendar(off, head="METHOD:CANCEL" if how == "method" else ""), officer)
    assert counts(bringing) == {"cancelled": 1}
    apply(bringing, by=officer, now=MORNING)
    assert Engagement.objects.get().state == State.CANCELLED
    back = bring(calendar(event(sequence=2)), officer)
    assert [row["is_back"] for row in back.plan["changed"]] == [True]
    apply(back, by=officer, now=MORNING)
    assert Engagement.objects.get().state == State.PLANNED


def test_what_was_held_is_neither_moved_nor_cancelled(officer: User) -> None:
    apply(bring(calendar(event()), officer), by=officer, now=MORNING)
    take(Engagement.objects.get(), "hold", officer, now=ENDED)
    moved = event("DTSTART:20091126T140000", sequence=1)
    off = event("DTSTART:20091119T093000", "STATUS:CANCELLED", sequence=1)
    for entry in (moved, off):
        assert counts(bring(calendar(entry), officer)) == {"wrong": 1}


def test_the_agenda_that_moved_on_meanwhile_is_shown_once_more(officer: User) -> None:
    apply(bring(calendar(event()), officer), by=officer, now=MORNING)
    bringing = bring(calendar(event("DTSTART:20091126T140000", sequence=1)), officer)
    take(Engagement.objects.get(), "cancel", officer, reason="งด")
    with pytest.raises(PlanMovedOn):
        apply(bringing, by=officer, now=MORNING)
    bringing.refresh_from_db()
    assert bringing.applied_at is None
    assert bringing.plan["changed"][0]["is_back"]


def test_a_calendar_of_our_own_comes_back_without_a_change(client_for: ClientFor, officer: User) -> None:
    make_engagement(owner=officer)
    take(make_engagement(owner=officer), "postpone", officer, reason="ฝนตก")
    make_engagement(owner=officer, secrecy=Secrecy.SECRET, is_public=False)
    body = client_for(officer).get(reverse("publicrelations:engagement_export") + "?day=2009-11-19").content
    assert counts(bring(body, officer)) == {"unchanged": 3}


def test_an_older_file_of_our_own_changes_nothing_back(client_for: ClientFor, officer: User) -> None:
    engagement = make_engagement(owner=officer)
    body = client_for(officer).get(reverse("publicrelations:engagement_export") + "?day=2009-11-19").content
    take(engagement, "correct", officer, place="หอประชุมคุรุสภา")
    assert counts(bring(body, officer)) == {"unchanged": 1}


# ── Who ─────────────────────────────────────────────────────────────────────────────────────


def test_changing_what_another_carries_is_for_the_head_to_confirm(officer: User) -> None:
    apply(bring(calendar(event()), officer), by=officer, now=MORNING)
    colleague, head = make_news_colleague(), make_news_head()
    bringing = bring(calendar(event("DTSTART:20091126T140000", sequence=1)), colleague)
    assert not may_apply(bringing.plan, colleague)
    with pytest.raises(StepRefused):
        apply(bringing, by=colleague, now=MORNING)
    assert Engagement.objects.get().starts_at == OPENING
    assert may_apply(bringing.plan, head)
    apply(bringing, by=head, now=MORNING)
    assert fresh(Engagement.objects.get()).starts_at == datetime(2009, 11, 26, 14, 0, tzinfo=OFFICE_TZ)


def test_a_guessed_uid_tells_nothing_of_a_secret_engagement(officer: User) -> None:
    secret = make_engagement(owner=officer, secrecy=Secrecy.SECRET, is_public=False, uid="secret@moe.go.th")
    colleague = make_news_colleague()
    guesses = [f"engagement-{secret.pk}@127.0.0.1", "engagement-999999@127.0.0.1", "secret@moe.go.th"]
    bringing = bring(calendar(*(event(uid=uid) for uid in guesses)), colleague)
    assert counts(bringing) == {"wrong": 3}
    assert secret.title not in str(bringing.plan)
    assert secret.label not in str(bringing.plan)


def test_a_plan_is_for_whoever_brought_it_and_the_head(client_for: ClientFor, officer: User) -> None:
    bringing = bring(calendar(event()), officer)
    address = reverse("publicrelations:engagement_import_preview", args=[bringing.pk])
    confirm = reverse("publicrelations:engagement_import_confirm", args=[bringing.pk])
    for user, status in (
        (officer, 200),
        (make_news_head(), 200),
        (make_news_colleague(), 404),
        (make_executive(), 403),
    ):
        assert client_for(user).get(address).status_code == status
        if status != 200:
            assert client_for(user).post(confirm).status_code == status
    assert client_for(officer).get(confirm).status_code == 405


def test_the_way_from_the_file_to_the_agenda(
    client_for: ClientFor, officer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    at_desk = client_for(officer)
    there = make_engagement(
        owner=officer,
        starts_at=datetime(2035, 11, 19, 9, 0, tzinfo=OFFICE_TZ),
        ends_at=datetime(2035, 11, 19, 10, 0, tzinfo=OFFICE_TZ),
    )
    content = calendar(event("DTSTART:20351119T093000", uid="far@x"))
    file = SimpleUploadedFile("minister.ics", content, content_type="text/calendar")
    response = at_desk.post(reverse("publicrelations:engagement_import"), {"file": file})
    assert response.status_code == 302
    with django_assert_max_num_queries(12):
        shown = at_desk.get(response.headers["Location"]).content.decode()
    assert "ประชุมผู้บริหาร" in shown
    assert there.title in shown  # what is on at the same time already
    pk = EngagementImport.objects.get().pk
    confirmed = at_desk.post(reverse("publicrelations:engagement_import_confirm", args=[pk]), follow=True)
    assert "บันทึกแล้ว เพิ่ม ๑" in confirmed.content.decode()
    assert Engagement.objects.filter(uid="far@x").exists()


def test_reading_a_broken_file_says_so_in_words() -> None:
    with pytest.raises(ValidationError):
        read(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", current_calendar())
