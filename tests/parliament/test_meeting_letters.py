"""One letter about all that somebody is told of, and none that is no longer so; its one link stands for all of it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from office.calendar import OFFICE_TZ
from office.models import Event, Notice, User
from parliament.letters import compose
from parliament.models import Meeting, Need, Telling
from parliament.models.agenda_steps import AgendaLine
from parliament.models.meeting_preparing import Needed, ToTell
from parliament.models.preparation import TellingLink
from tests.cast import make_agency
from tests.parliament.cast import make_politics_officer
from tests.parliament.meetings_cast import fresh, letters_leave, make_meeting, take

pytestmark = pytest.mark.django_db

NOW = timezone.now().replace(microsecond=0)
BEGINS = NOW + timedelta(days=3)


@pytest.fixture
def wiriya() -> User:
    return make_politics_officer()


def told_meeting(officer: User, **facts: Any) -> Meeting:
    """A sitting in three days with two items for the agency, told of both by e-mail in one press."""
    meeting = make_meeting(owner=officer, received_at=NOW, begins_at=BEGINS, **facts)
    lines = [
        AgendaLine("กระทู้ถามเรื่องการขาดแคลนครู", "๒.๑", concerns_us=True),
        AgendaLine("ร่างพระราชบัญญัติการศึกษา", "๕.๓", concerns_us=True),
    ]
    take(meeting, "write_agenda", officer, now=NOW, lines=lines)
    items = list(meeting.items.all())
    take(meeting, "go_through", officer, now=NOW, concerning=items)
    for item in items:
        take(meeting, "prepare", officer, now=NOW, item=item, tellings=[ToTell(BEGINS, agency=make_agency())])
    tell_all(meeting, officer, now=NOW + timedelta(minutes=1), message="ขอให้ส่งผู้แทนเข้าร่วม")
    return fresh(meeting)


def tell_all(meeting: Meeting, officer: User, *, now: datetime, message: str = "") -> None:
    untold = list(Telling.objects.filter(item__meeting=meeting, told_at=None))
    take(meeting, "tell", officer, now=now, tellings=untold, message=message)


def letters(now: datetime = NOW) -> list[Any]:
    """What a round sends to those outside."""
    mail.outbox.clear()
    Notice.objects.exclude(kind=Notice.Kind.MEETING_TOLD).delete()
    letters_leave(now + timedelta(hours=1))
    return list(mail.outbox)


def address_in(letter: Any) -> str:
    [secret] = re.findall(r"http://127\.0\.0\.1:8000(/p/told/\w+/)", letter.body)
    return str(secret)


def body(response: Any) -> str:
    return str(response.content.decode())


def may_press(page: str) -> bool:
    return "<form" in page.split("<main")[1].split("</main>")[0]


def test_one_letter_tells_an_agency_of_all_its_items(wiriya: User) -> None:
    meeting = told_meeting(wiriya)
    [letter] = letters()
    assert letter.to == ["saraban@obec.example"]
    assert meeting.label in letter.subject
    for said in (meeting.title, "๒.๑ กระทู้ถามเรื่องการขาดแคลนครู", "๕.๓ ร่างพระราชบัญญัติการศึกษา", "อาคารรัฐสภา ๑"):
        assert said in letter.body
    assert letter.body.count("ขอให้ส่งผู้แทนเข้าร่วม") == 1


def test_a_letter_written_again_brings_the_same_link(wiriya: User) -> None:
    told_meeting(wiriya)
    notice = Notice.objects.filter(kind=Notice.Kind.MEETING_TOLD).earliest("pk")
    assert compose(notice, now=NOW) == compose(notice, now=NOW)
    assert TellingLink.objects.count() == 1


def test_the_page_shows_by_get_and_acknowledges_all_items_once_by_post(wiriya: User, client: Client) -> None:
    meeting = told_meeting(wiriya)
    address = address_in(letters()[0])
    page = body(client.get(address))
    assert "๕.๓ ร่างพระราชบัญญัติการศึกษา" in page
    assert may_press(page)
    assert not Telling.objects.filter(acknowledged_at__isnull=False).exists()
    for _click in range(2):
        assert client.post(address).status_code == 302
    assert Telling.objects.filter(acknowledged_at__isnull=False).count() == 2
    event = Event.objects.get(matter=meeting, step="acknowledge")
    assert (event.actor, event.actor_label) == (None, "สพฐ.")
    page = body(client.get(address))
    assert 'class="alert alert-success' in page
    assert not may_press(page)


def test_a_mark_taken_back_sends_no_letter_and_closes_the_link(wiriya: User, client: Client) -> None:
    meeting = told_meeting(wiriya)
    address = address_in(letters()[0])
    tellings = list(Telling.objects.all())
    take(meeting, "unmark", wiriya, now=NOW + timedelta(minutes=2), tellings=tellings, reason="ผิดหน่วยงาน")
    assert client.get(address).status_code == 410
    tell_all(meeting, wiriya, now=NOW + timedelta(minutes=3))
    take(meeting, "unmark", wiriya, now=NOW + timedelta(minutes=4), tellings=tellings, reason="ผิดหน่วยงาน")
    assert letters() == []


def test_who_was_told_hears_of_another_date_and_is_asked_anew(wiriya: User, client: Client) -> None:
    meeting = told_meeting(wiriya)
    client.post(address_in(letters()[0]))
    later = datetime(NOW.year + 1, 3, 5, 13, 30, tzinfo=OFFICE_TZ)
    moved = NOW + timedelta(minutes=5)
    take(meeting, "reschedule", wiriya, now=moved, begins_at=later, reason="สภาเลื่อนการประชุม")
    [letter] = letters()
    assert "๕ มีนาคม" in letter.subject
    assert "๑๓.๓๐ น." in letter.body
    assert "สภาเลื่อนการประชุม" not in letter.body
    client.post(address_in(letter))
    assert Telling.objects.filter(acknowledged_at__isnull=False).count() == 2


def test_of_a_cancelled_meeting_only_who_was_written_to_hears(wiriya: User, client: Client) -> None:
    meeting = told_meeting(wiriya)
    address = address_in(letters()[0])
    never_written_to = told_meeting(wiriya)
    for one in (meeting, never_written_to):
        take(one, "cancel", wiriya, now=NOW + timedelta(minutes=5), reason="ยกเลิก")
    [letter] = letters()
    assert meeting.label in letter.subject
    assert "/p/told/" not in letter.body
    response = client.get(address)
    assert response.context["is_cancelled"]
    assert not may_press(body(response))
    client.post(address)
    assert not Telling.objects.filter(acknowledged_at__isnull=False).exists()


def test_who_was_told_of_two_items_hears_although_the_first_was_struck(wiriya: User) -> None:
    meeting = told_meeting(wiriya)
    assert len(letters()) == 1
    first = Telling.objects.earliest("item__position")
    take(meeting, "strike", wiriya, now=NOW + timedelta(minutes=5), tellings=[first], reason="ถอนกระทู้แล้ว")
    take(meeting, "cancel", wiriya, now=NOW + timedelta(minutes=6), reason="ยกเลิก")
    [letter] = letters()
    assert "งดการประชุม" in letter.subject


def test_who_was_told_of_two_items_hears_of_a_postponement_in_whatever_order_they_stand(wiriya: User) -> None:
    meeting = told_meeting(wiriya)
    assert len(letters()) == 1
    lines = [
        AgendaLine(one.title, one.number, concerns_us=True, pk=one.pk)
        for one in meeting.items.order_by("-position")
    ]
    take(meeting, "write_agenda", wiriya, now=NOW + timedelta(minutes=5), lines=lines)
    take(meeting, "postpone", wiriya, now=NOW + timedelta(minutes=6), reason="เลื่อน")
    [letter] = letters()
    assert "เลื่อน" in letter.subject


def test_of_a_letter_that_waits_what_is_struck_is_left_out(wiriya: User) -> None:
    meeting = told_meeting(wiriya)
    first = Telling.objects.earliest("item__position")
    take(meeting, "strike", wiriya, now=NOW + timedelta(minutes=5), tellings=[first], reason="ถอนกระทู้แล้ว")
    [letter] = letters()
    assert "๕.๓ ร่างพระราชบัญญัติการศึกษา" in letter.body
    assert "๒.๑" not in letter.body


def test_nobody_is_written_to_about_a_meeting_that_was_held(wiriya: User) -> None:
    meeting = told_meeting(wiriya)
    held = BEGINS + timedelta(hours=4)
    take(meeting, "hold", wiriya, now=held, began_at=BEGINS, ended_at=held, late_reason="อีเมลไม่ออก")
    assert letters() == []


def test_two_recipients_acknowledge_each_for_themselves(wiriya: User, client: Client) -> None:
    meeting = make_meeting(owner=wiriya, received_at=NOW, begins_at=BEGINS)
    take(meeting, "write_agenda", wiriya, now=NOW, lines=[AgendaLine("กระทู้ถาม", concerns_us=True)])
    to_tell = [
        ToTell(BEGINS, agency=make_agency()),
        ToTell(BEGINS, name="ผู้ประสานงานวิปรัฐบาล", email="whip@parliament.example"),
    ]
    need = Needed(Need.Kind.PAPER, "สถิติครู", BEGINS)
    item = meeting.items.get()
    take(meeting, "prepare", wiriya, now=NOW, item=item, tellings=to_tell, needs=[need])
    tell_all(meeting, wiriya, now=NOW + timedelta(minutes=1))
    by_address = {letter.to[0]: letter for letter in letters()}
    client.post(address_in(by_address["whip@parliament.example"]))
    assert [one.whom for one in Telling.objects.filter(acknowledged_at__isnull=False)] == [
        "ผู้ประสานงานวิปรัฐบาล"
    ]
    assert "วิปรัฐบาล" not in Event.objects.get(step="acknowledge").actor_label


def test_the_page_costs_few_queries(wiriya: User, client: Client, django_assert_max_num_queries: Any) -> None:
    told_meeting(wiriya)
    address = address_in(letters()[0])
    with django_assert_max_num_queries(4):
        client.get(address)
