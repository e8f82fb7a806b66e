"""What counts as ready before a meeting, at the edges: nobody named, marks corrected late, a date set afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.logs import LINK, MASK
from office.models import Deadline, Notice, User
from parliament import readiness
from parliament.models import Meeting, Need, Telling
from parliament.models.agenda_steps import AgendaLine
from parliament.models.meeting_preparing import ToTell
from tests.cast import MORNING, make_agency
from tests.parliament.cast import make_politics_officer
from tests.parliament.meetings_cast import (
    SITTING,
    fresh,
    letters_leave,
    make_all_ready,
    make_meeting,
    take,
    with_agenda,
)

pytestmark = pytest.mark.django_db
State = Meeting.State
AFTER = SITTING + timedelta(hours=2)
MINUTE = timedelta(minutes=1)


def promise_of(meeting: Meeting) -> Deadline:
    promise = readiness.promise_of(meeting)
    assert promise is not None
    return promise


def test_an_item_that_concerns_us_is_not_ready_while_nobody_is_named_for_it() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    lines = [AgendaLine("กระทู้ถาม", "๒.๑"), AgendaLine("รับรองรายงานการประชุม", "๑")]
    take(meeting, "write_agenda", officer, lines=lines)
    question = meeting.items.get(number="๒.๑")
    take(meeting, "go_through", officer, concerning=[question])
    assert fresh(meeting).state == State.PREPARING
    assert promise_of(meeting).met_at is None
    to_tell = [ToTell(SITTING, agency=make_agency())]
    take(meeting, "prepare", officer, item=question, tellings=to_tell)
    take(meeting, "note_told", officer, tellings=[Telling.objects.get()], way=Telling.Way.LETTER)
    assert fresh(meeting).state == State.READY
    assert promise_of(meeting).met_at == MORNING


def test_striking_the_last_of_an_item_leaves_it_unready() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    make_all_ready(meeting, officer, now=MORNING)
    given = {"tellings": [Telling.objects.get()], "needs": [Need.objects.get()]}
    take(meeting, "strike", officer, reason="ไม่เกี่ยวข้อง", **given)
    assert fresh(meeting).state == State.PREPARING
    assert promise_of(meeting).met_at is None
    take(meeting, "go_through", officer, concerning=[])
    assert fresh(meeting).state == State.READY


def test_what_people_are_told_of_is_not_dropped_by_a_tick() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    item = with_agenda(meeting, officer)
    with pytest.raises(ValidationError) as refused:
        take(meeting, "go_through", officer, concerning=[])
    assert "concerning" in refused.value.error_dict
    lines = [AgendaLine(item.title, item.number, pk=item.pk)]
    with pytest.raises(ValidationError) as refused:
        take(meeting, "write_agenda", officer, lines=lines)
    assert "lines" in refused.value.error_dict
    assert promise_of(meeting).met_at is None


def test_a_mark_found_wrong_after_it_began_makes_it_late() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    make_all_ready(meeting, officer, now=MORNING)
    telling = Telling.objects.get()
    take(meeting, "unmark", officer, now=AFTER, reason="ไม่มีผู้รับสาย", tellings=[telling])
    assert promise_of(meeting).is_late(AFTER)
    with pytest.raises(ValidationError) as refused:
        take(meeting, "hold", officer, now=AFTER, began_at=SITTING)
    assert "late_reason" in refused.value.error_dict


def test_a_mark_corrected_after_it_began_counts_by_its_own_moment() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    make_all_ready(meeting, officer, now=MORNING)
    telling = Telling.objects.get()
    take(meeting, "unmark", officer, now=AFTER, reason="โทรศัพท์ ไม่ใช่หนังสือ", tellings=[telling])
    told_at = SITTING - timedelta(hours=1)
    given = {"tellings": [telling], "way": Telling.Way.TELEPHONE, "told_at": told_at}
    take(meeting, "note_told", officer, now=AFTER, **given)
    assert promise_of(meeting).met_at == told_at


def test_a_date_set_afterwards_makes_nothing_late_be_in_time() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    make_all_ready(meeting, officer, now=SITTING + timedelta(minutes=30))
    later = SITTING + timedelta(hours=1)
    with pytest.raises(ValidationError) as refused:
        take(meeting, "reschedule", officer, now=AFTER, reason="เริ่มช้า", begins_at=later)
    assert "begins_at" in refused.value.error_dict
    assert promise_of(meeting).is_late(AFTER)


def test_striking_after_it_began_makes_nothing_late_be_in_time() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    take(meeting, "make_ready", officer, now=MORNING, needs=[Need.objects.get()])
    telling = Telling.objects.get()
    with pytest.raises(ValidationError):
        take(meeting, "strike", officer, now=SITTING, tellings=[telling], reason="ไม่ต้องแจ้งแล้ว")
    assert promise_of(meeting).is_late(AFTER)
    take(meeting, "strike", officer, now=SITTING - MINUTE, tellings=[telling], reason="ไม่ต้องแจ้งแล้ว")
    assert not promise_of(meeting).is_late(AFTER)


@pytest.mark.parametrize("is_kept_as_a_line", [True, False])
def test_what_concerned_us_when_it_began_does_so_for_good(is_kept_as_a_line: bool) -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    item = with_agenda(meeting, officer)
    make_all_ready(meeting, officer, now=MORNING)
    pair = [
        AgendaLine(item.title, item.number, concerns_us=True, pk=item.pk),
        AgendaLine("วาระจร", concerns_us=True),
    ]
    take(meeting, "write_agenda", officer, now=MORNING, lines=pair)
    bare = meeting.items.get(title="วาระจร")
    dropped = [pair[0], AgendaLine(bare.title, pk=bare.pk)] if is_kept_as_a_line else [pair[0]]
    with pytest.raises(ValidationError) as refused:
        take(meeting, "write_agenda", officer, now=AFTER, lines=dropped)
    assert "lines" in refused.value.error_dict
    assert promise_of(meeting).is_late(AFTER)
    take(meeting, "write_agenda", officer, now=SITTING - MINUTE, lines=dropped)
    assert not promise_of(meeting).is_late(AFTER)


# ── Told by a letter ────────────────────────────────────────────────────────────────────────


def told_by_mail(officer: User) -> Meeting:
    """All ready, as it seems: the paper is there, the letter to the agency is in the outbox."""
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    take(meeting, "make_ready", officer, now=MORNING, needs=[Need.objects.get()])
    take(meeting, "tell", officer, now=SITTING - timedelta(minutes=10), tellings=[Telling.objects.get()])
    return fresh(meeting)


def letter_left(at: datetime) -> None:
    letters_leave(at)
    assert Notice.objects.get(kind=Notice.Kind.MEETING_TOLD).sent_at == at


def test_a_letter_that_left_before_it_began_has_told() -> None:
    officer = make_politics_officer()
    meeting = told_by_mail(officer)
    letter_left(SITTING - MINUTE)
    take(meeting, "hold", officer, now=AFTER, began_at=SITTING)
    assert not promise_of(meeting).is_late(AFTER)
    assert Telling.objects.get().way == Telling.Way.EMAIL


def test_a_letter_that_never_left_has_told_nobody() -> None:
    officer = make_politics_officer()
    meeting = told_by_mail(officer)
    with pytest.raises(ValidationError) as refused:
        take(meeting, "hold", officer, now=AFTER, began_at=SITTING)
    assert "late_reason" in refused.value.error_dict
    take(meeting, "hold", officer, now=AFTER, began_at=SITTING, late_reason="ระบบอีเมลขัดข้อง")
    promise, telling = promise_of(meeting), Telling.objects.get()
    assert (promise.is_late(AFTER), promise.late_reason) == (True, "ระบบอีเมลขัดข้อง")
    assert (telling.told_at, telling.way) == (None, "")


def test_a_letter_that_left_after_it_began_told_only_then() -> None:
    officer = make_politics_officer()
    meeting = told_by_mail(officer)
    letter_left(SITTING + timedelta(minutes=5))
    take(meeting, "hold", officer, now=AFTER, began_at=SITTING, late_reason="ระบบอีเมลขัดข้อง")
    assert promise_of(meeting).is_late(AFTER)
    assert Telling.objects.get().told_at == SITTING + timedelta(minutes=5)


def test_the_page_says_that_a_letter_has_not_left_and_the_form_asks_why(
    client_for: Callable[[User], Client],
) -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer, begins_at=timezone.now() - timedelta(minutes=1))
    with_agenda(meeting, officer)
    told_at = meeting.begins_at - timedelta(minutes=10)
    take(meeting, "make_ready", officer, now=told_at, needs=[Need.objects.get()])
    take(meeting, "tell", officer, now=told_at, tellings=[Telling.objects.get()])
    client = client_for(officer)
    assert "อีเมลยังไม่ได้ส่งออก" in client.get(reverse("parliament:meeting", args=[meeting.pk])).content.decode()
    assert (
        "late_reason"
        in client.get(reverse("parliament:meeting_step", args=[meeting.pk, "hold"])).content.decode()
    )


# ── Mended afterwards ───────────────────────────────────────────────────────────────────────


def test_recorded_as_held_by_mistake_it_is_to_come_again_as_it_stood() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    take(meeting, "hold", officer, now=AFTER, began_at=SITTING, ended_at=AFTER, late_reason="วาระด่วน")
    take(meeting, "unhold", officer, now=AFTER, reason="บันทึกผิดรายการ องค์ประชุมไม่ครบ")
    meeting = fresh(meeting)
    assert (meeting.state, meeting.began_at) == (Meeting.State.PREPARING, None)
    assert promise_of(meeting).is_open
    next_week = SITTING + timedelta(days=7)
    take(meeting, "reschedule", officer, now=AFTER, reason="นัดใหม่", begins_at=next_week)
    assert promise_of(meeting).due_at == next_week
    assert not meeting.deadlines.unmet().filter(kind=Deadline.Kind.MINUTES).exists()


def test_held_by_mistake_what_was_ready_in_time_stays_so() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    make_all_ready(meeting, officer, now=MORNING)
    take(meeting, "hold", officer, now=AFTER, began_at=SITTING)
    take(meeting, "unhold", officer, now=AFTER, reason="บันทึกผิดรายการ")
    assert promise_of(meeting).met_at == MORNING
    assert meeting.deadlines.unmet().get(kind=Deadline.Kind.MINUTES).start_at == SITTING


def test_told_earlier_than_was_registered_it_is_in_the_count_after_all() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer, received_at=AFTER)
    assert readiness.promise_of(meeting) is None
    take(meeting, "correct_receipt", officer, now=AFTER, received_at=MORNING, reason="หนังสือลงรับวันที่ ๑๗")
    assert fresh(meeting).received_at == MORNING
    assert promise_of(meeting).is_late(AFTER)


def test_nothing_is_taken_out_of_the_count_by_a_later_receipt() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    with pytest.raises(ValidationError) as refused:
        take(meeting, "correct_receipt", officer, now=AFTER, received_at=SITTING, reason="ลงรับผิด")
    assert "received_at" in refused.value.error_dict


def test_what_did_not_take_place_may_be_set_for_a_day_to_come() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    next_week = SITTING + timedelta(days=7)
    take(meeting, "reschedule", officer, now=AFTER, reason="องค์ประชุมไม่ครบ", begins_at=next_week)
    assert promise_of(meeting).due_at == next_week
    assert promise_of(meeting).is_open


def test_begun_before_its_time_it_is_not_held_with_something_unready() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    early = SITTING - timedelta(minutes=30)
    with pytest.raises(ValidationError) as refused:
        take(meeting, "hold", officer, now=early, began_at=early)
    assert "began_at" in refused.value.error_dict
    make_all_ready(meeting, officer, now=early)
    take(meeting, "hold", officer, now=early, began_at=early)
    assert not promise_of(meeting).is_late(AFTER)


def test_a_follow_up_is_not_due_before_it_is_registered() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    with pytest.raises(ValidationError) as refused:
        take(meeting, "follow_up", officer, title="ส่งข้อมูลครู", wanted="ส่งข้อมูลครู", due=MORNING)
    assert "due" in refused.value.error_dict


def test_who_reads_a_letter_knows_of_all_items_in_it_and_nobody_else_does() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    lines = [AgendaLine("กระทู้ถาม", "๒.๑"), AgendaLine("ร่างพระราชบัญญัติ", "๕.๑")]
    take(meeting, "write_agenda", officer, lines=lines)
    agency = make_agency()
    for item in meeting.items.all():
        whip = ToTell(SITTING, name="ผู้ประสานงานวิป", email="whip@parliament.example")
        to_tell = [ToTell(SITTING, agency=agency), whip]
        take(meeting, "prepare", officer, item=item, tellings=to_tell)
    take(meeting, "tell", officer, tellings=list(Telling.objects.all()))
    take(meeting, "acknowledge", officer, telling=Telling.objects.filter(agency=agency).earliest("pk"))
    known = Telling.objects.filter(acknowledged_at__isnull=False)
    assert [one.agency for one in known] == [agency, agency]


@pytest.mark.parametrize("address", ["/a/", "/c/", "/p/told/", "/p/ask/"])
def test_no_secret_of_a_link_stands_in_a_log(address: str) -> None:
    assert LINK.sub(MASK, f"GET {address}0123abcd/ 200") == f"GET {address}…/ 200"
