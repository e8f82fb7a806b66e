"""The letter to somebody who is told of a meeting, and the page behind its link: shown by GET, acknowledged by POST."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from office.models import Event, Notice, Secrecy, User
from parliament.letters import compose
from parliament.models import Meeting, Need, Telling, TellingLink
from parliament.models.meeting_preparing import Needed, ToTell
from tests.cast import make_agency
from tests.parliament.cast import make_politics_officer
from tests.parliament.meetings_cast import fresh, make_meeting, take, with_agenda

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db: None) -> User:
    return make_politics_officer()


def told_meeting(officer: User, **facts: Any) -> Telling:
    """A sitting in three days, of which an agency was told by e-mail."""
    now = timezone.now()
    given = {"begins_at": now + timedelta(days=3), "received_at": now - timedelta(hours=1)} | facts
    meeting = make_meeting(owner=officer, **given)
    item = with_agenda(meeting, officer, now=now)
    needed = [Needed(Need.Kind.PAPER, "อัตรากำลังครู", now + timedelta(days=2), agency=make_agency())]
    take(meeting, "prepare", officer, now=now, item=item, needs=needed)
    take(
        meeting,
        "tell",
        officer,
        now=now,
        tellings=[Telling.objects.get(item=item)],
        message="ขอให้ส่งผู้แทนเข้าฟัง",
    )
    return Telling.objects.get(item=item)


def meeting_of(telling: Telling) -> Meeting:
    return Meeting.objects.get(items=telling.item_id)


def link_of(telling: Telling) -> TellingLink:
    return TellingLink.issue(telling, timezone.now())


def address(link: TellingLink) -> str:
    return f"/p/told/{link.secret}/"


def body(response: Any) -> str:
    return str(response.content.decode())


def letters() -> list[Any]:
    """The letters that wait, in the order in which they were written; what has been read here has left."""
    notices = Notice.objects.filter(kind=Notice.Kind.MEETING_TOLD, sent_at=None).order_by("pk")
    written = [compose(notice, now=timezone.now()) for notice in notices]
    notices.update(sent_at=timezone.now())
    return written


# ── The letter ──────────────────────────────────────────────────────────────────────────────


def test_the_letter_says_what_when_where_and_what_is_to_be_ready(officer: User) -> None:
    telling = told_meeting(officer)
    (letter,) = letters()
    assert letter.to == "saraban@obec.example"
    for said in (
        fresh(meeting_of(telling)).label,
        "กระทู้ถามเรื่องการขาดแคลนครู",
        "อาคารรัฐสภา ๑",
        "ขอให้ส่งผู้แทนเข้าฟัง",
        "อัตรากำลังครู",
        "/p/told/",
    ):
        assert said in letter.body
    # What is asked of somebody else is not this agency's business.
    assert "สถิติครูปี ๒๕๕๒" not in letter.body


def test_the_link_of_the_letter_opens_its_page(officer: User, client: Client) -> None:
    told_meeting(officer)
    (letter,) = letters()
    path = "/p/told/" + letter.body.split("/p/told/")[1].split()[0]
    assert client.get(path).status_code == 200


def test_of_a_secret_meeting_the_letter_says_number_and_time_only(officer: User) -> None:
    telling = told_meeting(officer, secrecy=Secrecy.SECRET)
    (letter,) = letters()
    assert meeting_of(telling).label in letter.body
    for kept in ("กระทู้ถาม", "อาคารรัฐสภา", "ขอให้ส่งผู้แทน", "อัตรากำลัง", meeting_of(telling).title):
        assert kept not in letter.subject + letter.body


def test_the_next_letter_says_that_the_meeting_moved(officer: User) -> None:
    meeting = meeting_of(told_meeting(officer))
    letters()
    later = timezone.now() + timedelta(days=10)
    take(meeting, "reschedule", officer, now=timezone.now(), reason="สภาเลื่อน", begins_at=later)
    (second,) = letters()
    assert "เลื่อนการประชุม" in second.subject
    assert "เปลี่ยนเป็น" in second.body


@pytest.mark.parametrize(("step", "words"), [("postpone", "ยังไม่ทราบวันใหม่"), ("cancel", "งดแล้ว")])
def test_the_letter_says_what_the_meeting_is_now(officer: User, step: str, words: str) -> None:
    meeting = meeting_of(told_meeting(officer))
    letters()
    take(meeting, step, officer, now=timezone.now(), reason="องค์ประชุมไม่ครบ")
    (letter,) = letters()
    assert words in letter.body


def test_whose_mark_was_taken_back_gets_no_letter(officer: User) -> None:
    telling = told_meeting(officer)
    take(meeting_of(telling), "unmark", officer, now=timezone.now(), reason="ผิดคน", tellings=[telling])
    assert letters() == [None]


# ── The page ────────────────────────────────────────────────────────────────────────────────


def test_opening_the_page_acknowledges_nothing(officer: User, client: Client) -> None:
    telling = told_meeting(officer)
    response = client.get(address(link_of(telling)))
    page = body(response)
    for shown in ("กระทู้ถามเรื่องการขาดแคลนครู", "ขอให้ส่งผู้แทนเข้าฟัง", "อัตรากำลังครู", "รับทราบ"):
        assert shown in page
    assert "no-store" in response["Cache-Control"]
    telling.refresh_from_db()
    assert telling.acknowledged_at is None


def test_pressing_acknowledges_once_and_the_page_says_so(officer: User, client: Client) -> None:
    telling = told_meeting(officer)
    link = link_of(telling)
    for _press in range(2):
        assert client.post(address(link)).status_code in (200, 302)
    telling.refresh_from_db()
    assert telling.acknowledged_at is not None
    event = Event.objects.get(step="acknowledge")
    assert (event.actor, event.actor_label) == (None, telling.whom)
    assert "ท่านแจ้งรับทราบแล้ว" in body(client.get(address(link)))


def test_of_a_secret_meeting_the_page_shows_number_and_time_only(officer: User, client: Client) -> None:
    telling = told_meeting(officer, secrecy=Secrecy.SECRET)
    page = body(client.get(address(link_of(telling))))
    assert meeting_of(telling).label in page
    for kept in ("กระทู้ถาม", "อาคารรัฐสภา", "ขอให้ส่งผู้แทน", meeting_of(telling).title):
        assert kept not in page


def test_of_a_cancelled_meeting_there_is_nothing_to_acknowledge(officer: User, client: Client) -> None:
    telling = told_meeting(officer)
    link = link_of(telling)
    take(meeting_of(telling), "cancel", officer, now=timezone.now(), reason="งด")
    page = body(client.get(address(link)))
    assert "งดการประชุม" in page
    client.post(address(link))
    telling.refresh_from_db()
    assert telling.acknowledged_at is None


def test_a_broken_link_and_an_old_one_say_what_to_do(officer: User, client: Client) -> None:
    telling = told_meeting(officer)
    link = link_of(telling)
    response = client.get(f"/p/told/{link.secret[:-2]}/")
    assert response.status_code == 404
    assert "ลิงก์" in body(response)
    TellingLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    for response in (client.get(address(link)), client.post(address(link))):
        assert response.status_code == 410
    telling.refresh_from_db()
    assert telling.acknowledged_at is None


def test_the_secret_of_a_link_stands_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    from office.logs import LINK, MASK

    assert LINK.sub(MASK, "GET /p/told/0123abcd/ 404") == "GET /p/told/…/ 404"


def test_a_person_by_name_is_told_at_their_own_address(officer: User) -> None:
    telling = told_meeting(officer)
    meeting = meeting_of(telling)
    named = [ToTell(timezone.now(), name="นายกสมาคมครู", email="nayok@example.org")]
    take(meeting, "prepare", officer, now=timezone.now(), item=telling.item, tellings=named)
    take(meeting, "tell", officer, now=timezone.now(), tellings=[Telling.objects.get(name="นายกสมาคมครู")])
    assert letters()[-1].to == "nayok@example.org"
