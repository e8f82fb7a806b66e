"""A meeting from its notice to its close: what it promises, and who may do what when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from office.calendar import OFFICE_TZ
from office.models import Deadline, Notice, Secrecy
from office.steps import Actor, ChangedMeanwhile, StepRefused, perform
from parliament import readiness
from parliament.forms.meeting_steps import FollowUpForm
from parliament.models import AgendaItem, FollowUp, Meeting, Need, Telling, TellingLink
from parliament.models.agenda_steps import AgendaLine
from parliament.models.meeting_preparing import Needed, ToTell
from tests.cast import MORNING, make_agency, make_executive, make_officer
from tests.parliament.cast import (
    make_committee,
    make_politics_colleague,
    make_politics_head,
    make_politics_officer,
    make_session,
)
from tests.parliament.meetings_cast import (
    SITTING,
    fresh,
    make_all_ready,
    make_meeting,
    take,
    with_agenda,
)

pytestmark = pytest.mark.django_db
State = Meeting.State
NEXT_WEEK = SITTING + timedelta(days=7)
AFTER = SITTING + timedelta(hours=8)


def ready_promise(meeting: Meeting) -> Deadline:
    promise = readiness.promise_of(meeting)
    assert promise is not None
    return promise


# ── What it promises ────────────────────────────────────────────────────────────────────────


def test_a_meeting_promises_readiness_before_it_begins() -> None:
    meeting = make_meeting(owner=make_politics_officer())
    assert ready_promise(meeting).due_at == datetime(2009, 11, 19, 9, 30, tzinfo=OFFICE_TZ)
    assert meeting.label == "ปช ๑/๒๕๕๓"


def test_an_agenda_nobody_has_gone_through_is_not_ready() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    take(meeting, "write_agenda", officer, lines=[AgendaLine("รับรองรายงานการประชุม", "๒")])
    assert fresh(meeting).state == State.ANNOUNCED
    assert ready_promise(meeting).met_at is None


def test_with_nothing_that_concerns_us_all_is_ready_once_the_agenda_is_gone_through() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    take(meeting, "write_agenda", officer, lines=[AgendaLine("รับรองรายงานการประชุม", "๒")])
    take(meeting, "go_through", officer, now=MORNING + timedelta(hours=1), concerning=[])
    assert fresh(meeting).state == State.READY
    assert ready_promise(meeting).met_at == datetime(2009, 11, 17, 10, 0, tzinfo=OFFICE_TZ)


def test_readiness_is_kept_at_the_moment_of_the_last_that_was_told_or_ready() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    telling, need = Telling.objects.get(), Need.objects.get()
    take(meeting, "make_ready", officer, now=MORNING + timedelta(hours=2), needs=[need])
    assert fresh(meeting).state == State.PREPARING
    # Written down in the afternoon, told at eleven.
    take(
        meeting,
        "note_told",
        officer,
        now=MORNING + timedelta(hours=6),
        tellings=[telling],
        way=Telling.Way.TELEPHONE,
        told_at=MORNING + timedelta(hours=3),
    )
    assert fresh(meeting).state == State.READY
    assert ready_promise(meeting).met_at == datetime(2009, 11, 17, 12, 0, tzinfo=OFFICE_TZ)


def test_ready_at_the_very_minute_it_begins_is_in_time_and_a_minute_later_late() -> None:
    officer = make_politics_officer()
    on_the_minute, late = make_meeting(owner=officer), make_meeting(owner=officer)
    for meeting, moment in ((on_the_minute, SITTING), (late, SITTING + timedelta(minutes=1))):
        with_agenda(meeting, officer)
        make_all_ready(meeting, officer, now=moment)
    assert not ready_promise(on_the_minute).is_late(AFTER)
    assert ready_promise(late).is_late(AFTER)


def test_something_added_after_all_was_ready_is_owed_anew() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    item = with_agenda(meeting, officer)
    make_all_ready(meeting, officer, now=MORNING + timedelta(hours=1))
    needed = [Needed(Need.Kind.PERSON, "ผู้อำนวยการสำนักนโยบาย", SITTING)]
    take(meeting, "prepare", officer, now=MORNING + timedelta(hours=2), item=item, needs=needed)
    assert fresh(meeting).state == State.PREPARING
    promise = ready_promise(meeting)
    assert promise.met_at is None
    assert promise.remind_at is not None


def test_a_mark_taken_back_is_owed_anew_and_its_reason_stays() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    make_all_ready(meeting, officer, now=MORNING)
    event = take(meeting, "unmark", officer, reason="โทรผิดหน่วยงาน", tellings=[Telling.objects.get()])
    assert fresh(meeting).state == State.PREPARING
    assert ready_promise(meeting).met_at is None
    assert event.reason == "โทรผิดหน่วยงาน"


def test_what_is_struck_need_not_be_ready() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    take(meeting, "note_told", officer, tellings=[Telling.objects.get()], way=Telling.Way.LETTER)
    take(meeting, "strike", officer, reason="ใช้เอกสารเดิม", needs=[Need.objects.get()])
    assert fresh(meeting).state == State.READY
    assert not Need.objects.exists()


def test_told_of_after_it_began_nothing_is_promised_but_its_minutes() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer, received_at=SITTING)
    assert meeting.is_out_of_the_count
    assert readiness.promise_of(meeting) is None
    owed = set(Deadline.objects.unmet().filter(matter_id=meeting.pk).values_list("kind", flat=True))
    assert owed == {Deadline.Kind.MINUTES}


# ── Its date ────────────────────────────────────────────────────────────────────────────────


def test_another_date_moves_the_promise_and_who_was_told_is_told_of_it() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    item = with_agenda(meeting, officer)
    colleague = make_politics_colleague()
    take(meeting, "prepare", officer, item=item, tellings=[ToTell(SITTING, person=colleague)])
    by_mail, by_telephone = Telling.objects.get(person=None), Telling.objects.get(person=colleague)
    take(meeting, "tell", officer, tellings=[by_mail])
    take(meeting, "note_told", officer, tellings=[by_telephone], way=Telling.Way.TELEPHONE)
    was = ready_promise(meeting)
    event = take(meeting, "reschedule", officer, reason="ประธานสั่งเลื่อน", begins_at=NEXT_WEEK)
    now = ready_promise(meeting)
    assert now.due_at == datetime(2009, 11, 26, 9, 30, tzinfo=OFFICE_TZ)
    assert now.continues_id == was.pk
    assert event.changes["begins_at"] == ["2009-11-19T09:30:00+07:00", "2009-11-26T09:30:00+07:00"]
    # Written to again; who was told by telephone is to be told anew.
    assert Notice.objects.filter(kind=Notice.Kind.MEETING_TOLD, subject_id=by_mail.pk).count() == 2
    by_telephone.refresh_from_db()
    assert by_telephone.told_at is None


def test_a_meeting_postponed_over_the_months_end_promises_in_its_new_month_only() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    december = datetime(2009, 12, 3, 9, 30, tzinfo=OFFICE_TZ)
    take(meeting, "reschedule", officer, reason="สภาเลื่อนประชุม", begins_at=december)
    counted = Deadline.objects.filter(matter_id=meeting.pk, kind=Deadline.Kind.READY, dropped_at=None)
    assert [promise.due_at for promise in counted] == [december]


def test_postponed_without_a_date_asks_for_one_and_owes_nothing_else() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    take(meeting, "postpone", officer, reason="องค์ประชุมไม่ครบ")
    assert fresh(meeting).state == State.POSTPONED
    owed = Deadline.objects.unmet().filter(matter_id=meeting.pk)
    assert [promise.kind for promise in owed] == [Deadline.Kind.RESUME]
    take(meeting, "reschedule", officer, reason="ได้วันใหม่แล้ว", begins_at=NEXT_WEEK)
    assert fresh(meeting).state == State.PREPARING
    owed = Deadline.objects.unmet().filter(matter_id=meeting.pk)
    assert [promise.kind for promise in owed] == [Deadline.Kind.READY]


def test_cancelled_owes_nothing_is_closed_and_is_written_to_who_was_told() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    take(meeting, "tell", officer, tellings=[Telling.objects.get()])
    take(meeting, "cancel", officer, reason="งดประชุม")
    assert fresh(meeting).closed_at == MORNING
    assert not Deadline.objects.filter(matter_id=meeting.pk, dropped_at=None).exists()
    assert Notice.objects.filter(kind=Notice.Kind.MEETING_TOLD).count() == 2


def test_cancelled_by_mistake_takes_place_again() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    take(meeting, "cancel", officer, reason="งดประชุม")
    take(meeting, "reschedule", officer, reason="แจ้งผิด", begins_at=SITTING)
    assert fresh(meeting).closed_at is None
    assert ready_promise(meeting).due_at == SITTING


def test_a_meeting_that_ends_before_it_begins_is_refused() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    early = NEXT_WEEK - timedelta(minutes=1)
    with pytest.raises(ValidationError) as refused:
        take(meeting, "reschedule", officer, reason="เลื่อน", begins_at=NEXT_WEEK, ends_at=early)
    assert "ends_at" in refused.value.error_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        make_meeting(ends_at=SITTING)


def test_a_sitting_is_registered_once() -> None:
    make_meeting(sitting_number="9/2552")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_meeting(sitting_number="9/2552")
    committee = make_committee()
    of_committee: dict[str, Any] = {
        "meeting_kind": Meeting.MeetingKind.COMMITTEE,
        "committee": committee,
        "session": None,
        "sitting_number": "9/2552",
    }
    make_meeting(**of_committee)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_meeting(**of_committee)


# ── Held, minuted, followed up ──────────────────────────────────────────────────────────────


def test_held_with_something_untold_is_late_for_good_and_asks_why() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    with pytest.raises(ValidationError) as refused:
        take(meeting, "hold", officer, now=AFTER, began_at=SITTING)
    assert "late_reason" in refused.value.error_dict
    take(meeting, "hold", officer, now=AFTER, began_at=SITTING, late_reason="หน่วยงานไม่มีผู้รับสาย")
    promise = ready_promise(meeting)
    assert promise.is_late(AFTER)
    assert promise.late_reason == "หน่วยงานไม่มีผู้รับสาย"
    assert fresh(meeting).state == State.HELD


def test_held_in_time_asks_no_reason_and_owes_its_minutes() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    make_all_ready(meeting, officer, now=MORNING)
    take(meeting, "hold", officer, now=AFTER, began_at=SITTING, ended_at=SITTING + timedelta(hours=6))
    owed = Deadline.objects.unmet().get(matter_id=meeting.pk)
    assert owed.kind == Deadline.Kind.MINUTES
    # Five working days after Thursday 19 November.
    assert owed.due_at == datetime(2009, 11, 26, 16, 30, tzinfo=OFFICE_TZ)


def test_a_meeting_is_not_held_before_it_began_nor_ended_in_the_future() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    with pytest.raises(ValidationError) as refused:
        take(meeting, "hold", officer, now=MORNING, began_at=SITTING)
    assert "began_at" in refused.value.error_dict
    with pytest.raises(ValidationError) as refused:
        take(meeting, "hold", officer, now=AFTER, began_at=SITTING, ended_at=SITTING)
    assert "ended_at" in refused.value.error_dict


def test_minutes_and_resolutions_are_kept_then_the_meeting_is_closed_and_reopened() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    item = with_agenda(meeting, officer)
    make_all_ready(meeting, officer, now=MORNING)
    take(meeting, "hold", officer, now=AFTER, began_at=SITTING)
    take(
        meeting,
        "keep_minutes",
        officer,
        now=AFTER,
        minutes="ที่ประชุมซักถามรัฐมนตรี",
        resolutions={item.pk: "รับทราบคำชี้แจง"},
    )
    item.refresh_from_db()
    assert item.resolution == "รับทราบคำชี้แจง"
    assert fresh(meeting).state == State.MINUTED
    take(meeting, "close", officer, now=AFTER)
    assert not Deadline.objects.unmet().filter(matter_id=meeting.pk).exists()
    take(meeting, "reopen", officer, now=AFTER, reason="ต้องแก้มติ")
    assert fresh(meeting).state == State.MINUTED
    assert fresh(meeting).closed_at is None


def test_a_follow_up_is_a_matter_of_its_own() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    item = with_agenda(meeting, officer)
    event = take(
        meeting,
        "follow_up",
        officer,
        now=AFTER,
        title="ส่งข้อมูลอัตรากำลังครู",
        wanted="ส่งให้กรรมาธิการภายในสิบห้าวัน",
        item=item,
        agency=make_agency(),
    )
    follow_up = FollowUp.objects.get()
    assert follow_up.label == "ตม ๑/๒๕๕๓"
    assert follow_up.owner == officer
    assert event.changes["follow_up"] == ["", "ตม ๑/๒๕๕๓"]
    promise = follow_up.deadlines.get()
    # After hours on Thursday 19 November: from Friday's morning fifteen working days, 7 and 10 December being holidays.
    assert promise.due_at == datetime(2009, 12, 15, 16, 30, tzinfo=OFFICE_TZ)


def test_after_closing_a_follow_up_cannot_be_due_today() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    closing = datetime(2009, 11, 19, 16, 30, tzinfo=OFFICE_TZ)
    given = {"seen": 1, "title": "ส่งข้อมูลโรงเรียนขนาดเล็ก", "wanted": "ส่งข้อมูล", "due_on": "19/11/2552"}
    early = FollowUpForm(given, matter=meeting, user=officer, now=closing - timedelta(minutes=1))
    assert not early.errors
    assert list(FollowUpForm(given, matter=meeting, user=officer, now=closing).errors) == ["due_on"]


def test_a_late_follow_up_asks_why() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    due = datetime(2009, 11, 24, 16, 30, tzinfo=OFFICE_TZ)
    take(meeting, "follow_up", officer, now=AFTER, title="ส่งข้อมูล", wanted="ส่งข้อมูล", due=due)
    follow_up = FollowUp.objects.get()
    too_late = due + timedelta(minutes=1)
    with pytest.raises(ValidationError) as refused:
        take(follow_up, "finish", officer, now=too_late, outcome="ส่งแล้ว")
    assert "late_reason" in refused.value.error_dict
    take(follow_up, "finish", officer, now=too_late, outcome="ส่งแล้ว", late_reason="รอข้อมูลเขตพื้นที่")
    promise = follow_up.deadlines.get()
    assert promise.is_late(too_late)
    assert promise.late_reason == "รอข้อมูลเขตพื้นที่"


def test_only_the_head_gives_a_follow_up_more_time_and_not_when_it_is_late() -> None:
    officer, head = make_politics_officer(), make_politics_head()
    meeting = make_meeting(owner=officer)
    due = datetime(2009, 11, 24, 16, 30, tzinfo=OFFICE_TZ)
    take(meeting, "follow_up", officer, now=AFTER, title="ส่งข้อมูล", wanted="ส่งข้อมูล", due=due)
    follow_up, later = FollowUp.objects.get(), due + timedelta(days=3)
    with pytest.raises(StepRefused):
        take(follow_up, "extend", officer, now=AFTER, reason="ขอเวลา", until=later)
    take(follow_up, "extend", head, now=AFTER, reason="รอข้อมูล", until=later)
    assert follow_up.deadlines.unmet().get().due_at == later
    with pytest.raises(ValidationError):
        take(follow_up, "extend", head, now=later + timedelta(1), reason="อีกครั้ง", until=later + timedelta(9))


# ── The agenda ──────────────────────────────────────────────────────────────────────────────


def test_an_agenda_is_reordered_and_changed_in_place() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    take(meeting, "write_agenda", officer, lines=[AgendaLine("หนึ่งเรื่อง", "๑"), AgendaLine("สองเรื่อง", "๒")])
    first, second = meeting.items.all()
    lines = [AgendaLine("สองเรื่องแก้ไข", "๑", pk=second.pk), AgendaLine("หนึ่งเรื่อง", "๒", pk=first.pk)]
    take(meeting, "write_agenda", officer, lines=lines)
    assert list(meeting.items.values_list("pk", "position", "title")) == [
        (second.pk, 1, "สองเรื่องแก้ไข"),
        (first.pk, 2, "หนึ่งเรื่อง"),
    ]


def test_an_item_with_something_to_prepare_is_not_removed() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    with pytest.raises(ValidationError) as refused:
        take(meeting, "write_agenda", officer, lines=[AgendaLine("เรื่องอื่น", "๑")])
    assert "lines" in refused.value.error_dict
    assert meeting.items.count() == 2


def test_an_item_of_another_meeting_is_never_touched() -> None:
    officer = make_politics_officer()
    mine, other = make_meeting(owner=officer), make_meeting(owner=officer)
    item = with_agenda(other, officer)
    with pytest.raises(ValidationError):
        take(mine, "write_agenda", officer, lines=[AgendaLine("ยึดวาระ", pk=item.pk)])
    needed = [Needed(Need.Kind.PAPER, "เอกสาร", SITTING)]
    with pytest.raises(ValidationError):
        take(mine, "prepare", officer, item=item, needs=needed)
    with pytest.raises(ValidationError):
        take(mine, "make_ready", officer, needs=[Need.objects.get()])


def test_nobody_is_to_be_told_twice_of_one_item() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    item = with_agenda(meeting, officer)
    with pytest.raises(ValidationError) as refused:
        take(meeting, "prepare", officer, item=item, tellings=[ToTell(SITTING, agency=make_agency())])
    assert "tellings" in refused.value.error_dict


def test_who_has_no_address_is_not_told_by_e_mail() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    item = with_agenda(meeting, officer)
    take(meeting, "prepare", officer, item=item, tellings=[ToTell(SITTING, name="นายกสมาคมครู")])
    with pytest.raises(ValidationError) as refused:
        take(meeting, "tell", officer, tellings=list(Telling.objects.all()))
    assert "นายกสมาคมครู" in str(refused.value)
    assert not Telling.objects.exclude(told_at=None).exists()


def test_nothing_is_told_or_ready_in_the_future() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    later = MORNING + timedelta(minutes=1)
    with pytest.raises(ValidationError):
        take(meeting, "note_told", officer, tellings=[Telling.objects.get()], way="letter", told_at=later)
    with pytest.raises(ValidationError):
        take(meeting, "make_ready", officer, needs=[Need.objects.get()], ready_at=later)


# ── Those told ──────────────────────────────────────────────────────────────────────────────


def test_who_was_told_acknowledges_by_the_link_once() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    telling = Telling.objects.get()
    take(meeting, "tell", officer, tellings=[telling])
    link = TellingLink.issue(telling, MORNING)
    outside = Actor(label=telling.whom, agency_id=telling.agency_id)
    perform(fresh(meeting), "acknowledge", actor=outside, seen=None, now=MORNING, telling=telling)
    telling.refresh_from_db()
    assert telling.acknowledged_at == MORNING
    assert not TellingLink.objects.get(pk=link.pk).is_usable(MORNING)


def test_a_link_lasts_until_the_day_after_the_meeting() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    link = TellingLink.issue(Telling.objects.get(), MORNING)
    assert link.is_usable(datetime(2009, 11, 20, 9, 29, tzinfo=OFFICE_TZ))
    assert not link.is_usable(datetime(2009, 11, 20, 9, 30, tzinfo=OFFICE_TZ))


# ── Who may, and when ───────────────────────────────────────────────────────────────────────

PREPARATIONS: dict[str, dict[str, Any]] = {
    "write_agenda": {"lines": [AgendaLine("เรื่องที่ประธานแจ้ง", "๑")]},
    "go_through": {"concerning": []},
}


@pytest.mark.parametrize("name", PREPARATIONS)
def test_any_officer_of_the_subgroup_prepares_a_meeting(name: str) -> None:
    meeting = make_meeting(owner=make_politics_officer())
    take(meeting, name, make_politics_colleague(), **PREPARATIONS[name])
    assert fresh(meeting).version == 2


@pytest.mark.parametrize("name", PREPARATIONS)
def test_nobody_else_prepares_a_meeting(name: str) -> None:
    meeting = make_meeting(owner=make_politics_officer())
    for stranger in (make_officer(), make_executive()):
        with pytest.raises(StepRefused):
            take(meeting, name, stranger, **PREPARATIONS[name])


@pytest.mark.parametrize("name", ["postpone", "cancel", "reschedule"])
def test_only_who_carries_it_changes_whether_and_when_it_takes_place(name: str) -> None:
    meeting = make_meeting(owner=make_politics_officer())
    given = {"begins_at": NEXT_WEEK} if name == "reschedule" else {}
    with pytest.raises(StepRefused):
        take(meeting, name, make_politics_colleague(), reason="เลื่อน", **given)
    take(meeting, name, make_politics_head(), reason="เลื่อน", **given)
    assert fresh(meeting).version == 2


@pytest.mark.parametrize("name", ["postpone", "cancel", "reschedule"])
def test_nobody_changes_its_date_without_saying_why(name: str) -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    given = {"begins_at": NEXT_WEEK} if name == "reschedule" else {}
    with pytest.raises(ValidationError) as refused:
        take(meeting, name, officer, **given)
    assert "reason" in refused.value.error_dict


def test_nothing_is_prepared_for_a_meeting_that_was_held() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer)
    take(meeting, "go_through", officer, concerning=[])
    take(meeting, "hold", officer, now=AFTER, began_at=SITTING)
    for name, given in PREPARATIONS.items():
        with pytest.raises(StepRefused):
            take(meeting, name, officer, now=AFTER, **given)


def test_a_second_click_goes_through_the_agenda_once_and_a_stale_page_is_told() -> None:
    officer, colleague = make_politics_officer(), make_politics_colleague()
    meeting = make_meeting(owner=officer)
    given: dict[str, Any] = {"seen": 1, "now": MORNING, "concerning": []}
    first = perform(fresh(meeting), "go_through", actor=Actor(user=officer), **given)
    second = perform(fresh(meeting), "go_through", actor=Actor(user=officer), **given)
    assert first.pk == second.pk
    with pytest.raises(ChangedMeanwhile):
        perform(fresh(meeting), "go_through", actor=Actor(user=colleague), **given)


def test_a_secret_meeting_is_seen_by_its_officer_and_head_only() -> None:
    officer, colleague = make_politics_officer(), make_politics_colleague()
    meeting = make_meeting(owner=officer, secrecy=Secrecy.SECRET)
    visible = Meeting.objects.filter(pk=meeting.pk)
    assert visible.visible_to(officer).exists()
    assert visible.visible_to(make_politics_head()).exists()
    assert not visible.visible_to(colleague).exists()
    assert not visible.visible_to(make_officer()).exists()


def test_what_a_meeting_takes_up_finds_it() -> None:
    officer = make_politics_officer()
    meeting = make_meeting(owner=officer, session=make_session())
    with_agenda(meeting, officer)
    assert "ขาดแคลนครู" in fresh(meeting).search_text
    assert AgendaItem.objects.filter(meeting=meeting).count() == 2
