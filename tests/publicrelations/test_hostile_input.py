"""What goes wrong at a desk of public relations: each time a clear word in Thai beside the field, and nothing typed is
lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.models import Matter, User
from office.thai import format_numeric
from publicrelations.models import Coverage, MediaOutlet, PressConference
from tests.cast import make_executive
from tests.publicrelations.cast import make_news_head, make_news_officer
from tests.publicrelations.engagements_cast import make_engagement
from tests.publicrelations.foreign_cast import make_brief
from tests.publicrelations.press_cast import (
    choose,
    fresh,
    hold,
    invite_by_telephone,
    make_outlet,
    make_press_conference,
)

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]

LONG = "แถลงข่าวนโยบายเรียนฟรี " * 12
"""Longer than a subject may be."""
KEPT = "ข้อความที่พิมพ์ไว้แล้วต้องไม่หาย"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 500
ENGLISH = re.compile(r"[A-Za-z]{3,} [a-z]{2,}")


@pytest.fixture
def banlang(db: None) -> User:
    return make_news_officer()


@pytest.fixture
def at_desk(client_for: ClientFor, banlang: User) -> Client:
    return client_for(banlang)


def text(response: Any) -> str:
    return str(response.content.decode())


def page(name: str, *args: Any) -> str:
    return reverse(f"publicrelations:{name}", args=args)


def day(ahead: int) -> str:
    return format_numeric(timezone.localdate() + timedelta(days=ahead))


def file(name: str, content: bytes = "คำแถลง".encode()) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


COMMON = {"received_on": day(0), "received_time": "0.01", "secrecy": "0", "take_it": "on"}
NEW: dict[str, dict[str, Any]] = {
    "engagement_new": {
        "title": "เปิดห้องสมุดโรงเรียน",
        "engagement_kind": "ceremony",
        "starts_on": day(3),
        "starts_time": "9.30",
        "ends_time": "11.00",
        "note": KEPT,
    },
    "press_conference_new": {
        "title": "แถลงข่าวเรียนฟรี",
        "occasion": "weekly",
        "begins_on": day(3),
        "begins_time": "10.00",
        "ends_time": "11.00",
        "brief": KEPT,
    },
    "foreign_document_new": {
        "title": "ขอเชิญประชุม",
        "sender_organisation": "Conseil",
        "sender_country": "FR",
        "language": "fr",
        "document_kind": "invitation",
        "original_text": KEPT,
    },
    "brief_new": {"title": "ข้อเรียกร้องของครู"},
}


def typed(name: str, **changes: Any) -> dict[str, Any]:
    """What an officer types into one of the four forms of registration."""
    return COMMON | NEW[name] | changes


def refused(response: Any, *fields: str) -> str:
    """The words beside these fields and no others, in Thai; what was typed is there still."""
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert set(errors) == set(fields)
    words = " ".join(str(fault) for faults in errors.values() for fault in faults)
    assert not ENGLISH.search(words), words
    return words


# ── Registering ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NEW)
def test_an_over_long_subject_is_refused_beside_it_and_stays(at_desk: Client, name: str) -> None:
    answer = at_desk.post(page(name), typed(name, title=LONG))
    assert "ยาวได้ไม่เกิน" in refused(answer, "title")
    assert LONG.strip() in text(answer)
    assert name == "brief_new" or KEPT in text(answer)
    assert not Matter.objects.exists()


@pytest.mark.parametrize("name", NEW)
def test_a_program_that_calls_itself_a_paper_is_refused_by_name_and_the_good_file_kept(
    at_desk: Client, name: str
) -> None:
    good = SimpleUploadedFile("ต้นฉบับ.txt", "ต้นฉบับ".encode(), content_type="text/plain")
    both = typed(name, attachments=[file("คำสั่ง.pdf", PROGRAM), good])
    answer = at_desk.post(page(name), both)
    assert "คำสั่ง.pdf" in refused(answer, "attachments")
    assert "ต้นฉบับ.txt" in text(answer)
    assert NEW[name]["title"] in text(answer)
    kept = re.search(r'name="attachments-kept"\s+value="([^"]+)"', text(answer))
    assert kept
    assert at_desk.post(page(name), typed(name, **{"attachments-kept": kept[1]})).status_code == 302
    assert [one.name for one in Matter.objects.get().documents.all()] == ["ต้นฉบับ.txt"]


@pytest.mark.parametrize("name", NEW)
@pytest.mark.parametrize("bad", ["\x00เรื่อง ๑๒๓", "   ", "\u200b\u200b\u200b"])
def test_what_is_no_subject_is_refused_and_breaks_nothing(at_desk: Client, name: str, bad: str) -> None:
    refused(at_desk.post(page(name), typed(name, title=bad)), "title")
    assert not Matter.objects.exists()


@pytest.mark.parametrize(
    ("name", "changes", "field"),
    [
        ("engagement_new", {"ends_time": "9.00"}, "ends_time"),
        ("engagement_new", {"ends_on": day(1)}, "ends_time"),
        ("engagement_new", {"starts_on": "31/2/2570"}, "starts_on"),
        ("press_conference_new", {"ends_time": "10.00"}, "ends_time"),
        ("press_conference_new", {"ends_time": "99.99"}, "ends_time"),
        ("press_conference_new", {"begins_on": "๓๑ ก.พ. ๒๕๗๐"}, "begins_on"),
        ("press_conference_new", {"begins_time": "สิบโมง"}, "begins_time"),
        ("press_conference_new", {"occasion": "yearly"}, "occasion"),
    ],
)
def test_an_end_before_its_beginning_or_no_day_at_all_is_said_beside_it(
    at_desk: Client, name: str, changes: dict[str, str], field: str
) -> None:
    answer = at_desk.post(page(name), typed(name, **changes))
    refused(answer, field)
    assert KEPT in text(answer)
    assert not Matter.objects.exists()


# ── Steps ───────────────────────────────────────────────────────────────────────────────────


def coming(owner: User, **facts: Any) -> PressConference:
    now = timezone.now()
    given = {"starts_at": now + timedelta(days=3), "received_at": now - timedelta(hours=1)} | facts
    return make_press_conference(owner=owner, **given)


def held(owner: User) -> PressConference:
    now = timezone.now()
    conference = coming(owner, starts_at=now - timedelta(hours=3), received_at=now - timedelta(days=2))
    hold(conference, owner, now=now, late_reason="แถลงด่วน")
    return fresh(conference)


def send(client: Client, conference: Any, step: str, **given: Any) -> Any:
    address = page("press_conference_step", conference.pk, step)
    return client.post(address, {"seen": fresh(conference).version} | given)


def test_the_next_ones_over_long_topic_and_backward_hours_stand_beside_them(
    at_desk: Client, banlang: User
) -> None:
    conference = coming(banlang)
    given = {"title": LONG, "begins_on": day(9), "begins_time": "10.00", "ends_time": "9.00"}
    answer = send(at_desk, conference, "plan_next", **given)
    refused(answer, "title", "ends_time")
    assert LONG.strip() in text(answer)


def test_another_date_that_ends_before_it_begins_keeps_the_reason(at_desk: Client, banlang: User) -> None:
    given = {"begins_on": day(4), "begins_time": "14.00", "ends_time": "13.00", "reason": KEPT}
    answer = send(at_desk, coming(banlang), "reschedule", **given)
    refused(answer, "ends_time")
    assert KEPT in text(answer)


def test_held_until_before_it_began_is_refused_beside_its_end(at_desk: Client, banlang: User) -> None:
    now = timezone.now()
    conference = coming(banlang, starts_at=now - timedelta(days=1), received_at=now - timedelta(days=2))
    given = {"began_on": day(-1), "began_time": "10.00", "ended_time": "9.00", "late_reason": KEPT}
    answer = send(at_desk, conference, "hold", **given)
    assert "ended_time" in answer.context["form"].errors
    assert KEPT in text(answer)


@pytest.mark.parametrize("people", ["-1", "0", "51", "สามคน", "๙" * 40, "1.5", "<b>2</b>"])
def test_how_many_come_is_a_small_number_or_refused(at_desk: Client, banlang: User, people: str) -> None:
    conference = coming(banlang)
    [row] = choose(conference, banlang, outlets=[make_outlet()], now=timezone.now())
    invite_by_telephone(conference, banlang, now=timezone.now())
    answer = send(at_desk, conference, "answer", invitation=row.pk, comes="yes", people=people)
    refused(answer, "people")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"link_0": "javascript:alert(1)"}, "link_0"),
        ({"link_0": "https://news.example/" + "ก" * 500}, "link_0"),
        ({"link_0": "ไม่ใช่ลิงก์"}, "link_0"),
        ({"reported_on_0": day(-40)}, "reported_on_0"),
        ({"reported_on_0": day(2)}, "reported_on_0"),
        ({"outlet_0": "999999"}, "outlet_0"),
        ({"headline_0": "พาดหัว" * 80}, "headline_0"),
    ],
)
def test_a_report_that_cannot_be_is_refused_beside_its_field(
    at_desk: Client, banlang: User, changes: dict[str, str], field: str
) -> None:
    conference, outlet = held(banlang), make_outlet()
    row = {
        "outlet_0": str(outlet.pk),
        "tone_0": "neutral",
        "note_0": KEPT,
        "reported_on_0": day(0),
        "link_0": "https://news.example/1",
    }
    answer = send(at_desk, conference, "record_coverage", **(row | changes))
    refused(answer, field)
    assert KEPT in text(answer)
    assert not Coverage.objects.exists()


def test_a_clipping_of_a_wrong_kind_is_refused_and_the_report_stays_as_typed(
    at_desk: Client, banlang: User
) -> None:
    row = {"outlet_0": str(make_outlet().pk), "tone_0": "neutral", "note_0": KEPT, "reported_on_0": day(0)}
    answer = send(at_desk, held(banlang), "record_coverage", **row, clippings=file("ข่าวตัด.jpg", PROGRAM))
    assert "ข่าวตัด.jpg" in refused(answer, "clippings")
    assert KEPT in text(answer)


def test_an_engagements_over_long_facts_are_refused_beside_them(at_desk: Client, banlang: User) -> None:
    engagement = make_engagement(owner=banlang)
    given = {
        "seen": engagement.version,
        "title": LONG,
        "engagement_kind": "ceremony",
        "place": "ห้อง" * 60,
        "secrecy": "0",
        "note": KEPT,
    }
    answer = at_desk.post(page("engagement_step", engagement.pk, "correct"), given)
    refused(answer, "title", "place")
    assert KEPT in text(answer)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"title": LONG}, {"title"}),
        ({"option_1": "ทางเลือก" * 80}, {"option_1"}),
        ({"place_1": "๙๙"}, {"place_1"}),
        ({"place_1": "หนึ่ง"}, {"place_1"}),
        ({"source_1": "ข่าว" * 100}, {"source_1"}),
        ({"link_1": "ftp://news.example"}, {"link_1"}),
        ({"since_on": "๗/๑๑/๒๕๕๒", "until_on": "๑/๑๑/๒๕๕๒"}, {"until_on"}),
    ],
)
def test_what_is_wrong_in_a_brief_is_said_beside_it(
    at_desk: Client, banlang: User, changes: dict[str, str], fields: set[str]
) -> None:
    make_executive()
    make_news_head()
    brief = make_brief(owner=banlang, received_at=timezone.now())
    whole = {
        "seen": brief.version,
        "title": "ข้อเรียกร้องของครู",
        "situation": KEPT,
        "meaning": "อาจขาดครู",
        "opinion": "ควรชี้แจง",
        "option_1": "เร่งบรรจุ",
        "option_2": "ขยายสัญญา",
        "source_1": "ข่าว",
    }
    answer = at_desk.post(page("brief_step", brief.pk, "submit"), whole | changes)
    refused(answer, *fields)
    assert KEPT in text(answer)


# ── The media network ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["หนังสือพิมพ์ข่าวเช้า", "  หนังสือพิมพ์ข่าวเช้า ", "The Chao Phraya Herald"])
def test_an_outlet_that_is_there_already_is_refused_and_what_was_typed_stays(
    at_desk: Client, name: str
) -> None:
    make_outlet("หนังสือพิมพ์ข่าวเช้า")
    make_outlet("The Chao Phraya Herald")
    given = {"name": name, "kind": "newspaper", "note": KEPT, "is_active": "on"}
    answer = at_desk.post(page("outlet_new"), given)
    refused(answer, "name")
    assert KEPT in text(answer)
    assert MediaOutlet.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "ก" * 400}, "name"),
        ({"name": " "}, "name"),
        ({"email": "ไม่ใช่อีเมล"}, "email"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"kind": "carrier-pigeon"}, "kind"),
    ],
)
def test_an_outlets_faults_stand_beside_their_fields(
    at_desk: Client, changes: dict[str, str], field: str
) -> None:
    given = {"name": "วิทยุครู", "kind": "radio", "note": KEPT, "is_active": "on"}
    answer = at_desk.post(page("outlet_new"), given | changes)
    refused(answer, field)
    assert KEPT in text(answer)
    assert not MediaOutlet.objects.exists()


def test_who_came_of_no_outlet_is_asked_for_it_and_the_name_stays(at_desk: Client, banlang: User) -> None:
    conference = held(banlang)
    given = {"seen": conference.version, "outlet": " ", "name": KEPT}
    answer = at_desk.post(page("press_walk_in", conference.pk), given)
    assert answer.status_code == 422
    assert "ระบุว่ามาจากสื่อใด" in text(answer)
    assert KEPT in text(answer)
    assert not conference.attendances.exists()


def test_who_came_with_a_name_longer_than_the_sheet_has_room_is_asked_to_shorten_it(
    at_desk: Client, banlang: User
) -> None:
    conference = held(banlang)
    given = {"seen": conference.version, "outlet": "วิทยุครู", "name": "ชื่อ" * 100}
    answer = at_desk.post(page("press_walk_in", conference.pk), given)
    assert answer.status_code == 422
    assert "๑๖๐" in text(answer)
    assert "ชื่อ" * 100 in text(answer)
