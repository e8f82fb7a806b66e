"""A press conference from its plan to its close: what it promises, and who may do what when."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from office.calendar import OFFICE_TZ
from office.models import Deadline, Notice, User
from office.steps import Actor, ChangedMeanwhile, StepRefused, perform
from publicrelations import coordination
from publicrelations.models import Attendance, Coverage, Invitation, PressConference
from publicrelations.models.press_covering import Report
from publicrelations.models.press_holding import WalkIn
from tests.cast import MORNING, make_executive, make_officer
from tests.publicrelations.cast import make_news_colleague, make_news_head, make_news_officer
from tests.publicrelations.press_cast import (
    BEGINS,
    choose,
    fresh,
    hold,
    invite_by_telephone,
    make_outlet,
    make_press_conference,
    make_reporter,
    take,
)

pytestmark = pytest.mark.django_db
State = PressConference.State
Kind = Deadline.Kind
NEXT_WEEK = BEGINS + timedelta(days=7)
AFTER = BEGINS + timedelta(hours=2)
HOUR = timedelta(hours=1)


@pytest.fixture
def banlang(db: None) -> User:
    return make_news_officer()


def promise(conference: PressConference) -> Deadline:
    found = coordination.promise_of(conference)
    assert found is not None
    return found


def owed(conference: PressConference) -> list[str]:
    return list(conference.deadlines.unmet().order_by("due_at").values_list("kind", flat=True))


def report(**facts: Any) -> Report:
    given = {"outlet": make_outlet(), "reported_on": date(2009, 11, 20), "tone": Coverage.Tone.POSITIVE}
    return Report(**(given | {"link": "https://news.example/1"} | facts))


def held(officer: User, **facts: Any) -> PressConference:
    """One that took place, all invited before."""
    conference = make_press_conference(owner=officer, **facts)
    choose(conference, officer, outlets=[make_outlet()])
    invite_by_telephone(conference, officer)
    hold(conference, officer, now=AFTER)
    return fresh(conference)


# ── Coordinated: all chosen were invited before it began ────────────────────────────────────


def test_it_promises_that_the_media_are_invited_before_it_begins(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    assert conference.label == "ถข ๑/๒๕๕๓"
    assert promise(conference).due_at == datetime(2009, 11, 19, 10, 0, tzinfo=OFFICE_TZ)
    assert promise(conference).responsible == banlang


def test_it_is_coordinated_at_the_moment_when_the_last_of_those_chosen_was_invited(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    desk, somsri = choose(conference, banlang, outlets=[make_outlet("วิทยุครู")], reporters=[make_reporter()])
    way = Invitation.Way.TELEPHONE
    take(conference, "note_invited", banlang, now=MORNING + HOUR, invitations=[desk], way=way)
    assert fresh(conference).state == State.PLANNED
    # Telephoned at eleven, written down in the afternoon.
    at = MORNING + 2 * HOUR
    take(
        conference,
        "note_invited",
        banlang,
        now=MORNING + 6 * HOUR,
        invitations=[somsri],
        way=way,
        invited_at=at,
    )
    assert fresh(conference).state == State.INVITED
    assert promise(conference).met_at == at
    assert owed(conference) == [Kind.COVERAGE]


def test_one_nobody_was_invited_to_is_not_coordinated(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    with pytest.raises(ValidationError) as refused:
        hold(conference, banlang, now=AFTER)
    assert "late_reason" in refused.value.message_dict
    hold(conference, banlang, now=AFTER, late_reason="แถลงด่วนหน้าห้องประชุม")
    assert promise(conference).is_late(AFTER)
    assert promise(conference).late_reason == "แถลงด่วนหน้าห้องประชุม"


def test_invited_at_the_very_minute_it_begins_is_in_time_and_a_minute_later_late(banlang: User) -> None:
    in_time, late = make_press_conference(owner=banlang), make_press_conference(owner=banlang)
    for conference, now in ((in_time, BEGINS), (late, BEGINS + timedelta(minutes=1))):
        choose(conference, banlang, outlets=[make_outlet()])
        invite_by_telephone(conference, banlang, now=now)
    assert not promise(in_time).is_late(AFTER)
    assert promise(late).is_late(AFTER)


def test_somebody_chosen_after_all_were_invited_is_owed_anew_before_it_begins_and_not_after(
    banlang: User,
) -> None:
    conference = make_press_conference(owner=banlang)
    choose(conference, banlang, outlets=[make_outlet()])
    invite_by_telephone(conference, banlang)
    choose(conference, banlang, outlets=[make_outlet("วิทยุครู")], now=MORNING + HOUR)
    assert fresh(conference).state == State.PLANNED
    assert owed(conference) == [Kind.INVITED]
    invite_by_telephone(conference, banlang, now=MORNING + 2 * HOUR)
    choose(conference, banlang, outlets=[make_outlet("สถานีประเทศไทย")], now=BEGINS + HOUR)
    assert promise(conference).met_at == MORNING + 2 * HOUR


def test_choosing_somebody_twice_keeps_one_row(banlang: User) -> None:
    conference, somsri = make_press_conference(owner=banlang), make_reporter()
    choose(conference, banlang, outlets=[somsri.outlet], reporters=[somsri])
    assert len(choose(conference, banlang, outlets=[somsri.outlet], reporters=[somsri])) == 2


def test_choosing_nobody_is_refused(banlang: User) -> None:
    with pytest.raises(ValidationError):
        choose(make_press_conference(owner=banlang), banlang)


def test_a_mark_taken_back_before_it_begins_is_owed_anew_and_after_it_late(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    [row] = choose(conference, banlang, outlets=[make_outlet()])
    invite_by_telephone(conference, banlang)
    take(conference, "unmark", banlang, reason="โทรไม่ติด", invitations=[row], now=MORNING + HOUR)
    assert fresh(conference).state == State.PLANNED
    invite_by_telephone(conference, banlang, now=MORNING + 2 * HOUR)
    take(conference, "unmark", banlang, reason="จดผิดราย", invitations=[row], now=BEGINS + HOUR)
    assert promise(conference).met_at is None
    assert promise(conference).is_late(BEGINS + HOUR)


def test_who_is_struck_need_not_be_invited_and_who_was_invited_stays(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    first, second = choose(conference, banlang, outlets=[make_outlet(), make_outlet("วิทยุครู")])
    way = Invitation.Way.LINE
    take(conference, "note_invited", banlang, invitations=[first], way=way)
    take(conference, "strike", banlang, reason="ปิดกิจการแล้ว", invitations=[second])
    assert fresh(conference).state == State.INVITED
    with pytest.raises(ValidationError):
        take(conference, "strike", banlang, reason="ไม่เชิญแล้ว", invitations=[first])


def test_noted_as_invited_at_a_moment_to_come_is_refused(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    rows = choose(conference, banlang, outlets=[make_outlet()])
    at = MORNING + timedelta(minutes=1)
    with pytest.raises(ValidationError):
        take(conference, "note_invited", banlang, invitations=rows, way="telephone", invited_at=at)


def test_the_history_names_outlets_and_no_person(banlang: User) -> None:
    conference, somsri = make_press_conference(owner=banlang), make_reporter()
    rows = choose(conference, banlang, reporters=[somsri])
    invite_by_telephone(conference, banlang)
    take(conference, "answer", banlang, invitation=rows[0], comes=True)
    said = str(list(conference.events.values_list("changes", "actor_label")))
    assert str(somsri.outlet) in said
    assert somsri.name not in said


# ── What they answer ────────────────────────────────────────────────────────────────────────


def test_an_answer_is_noted_and_may_be_changed(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    [row] = choose(conference, banlang, outlets=[make_outlet()])
    with pytest.raises(ValidationError):
        take(conference, "answer", banlang, invitation=row, comes=True)
    invite_by_telephone(conference, banlang)
    take(conference, "answer", banlang, invitation=row, comes=True, people=3)
    take(conference, "answer", banlang, invitation=row, comes=False, people=3, now=MORNING + HOUR)
    row.refresh_from_db()
    assert (row.answer, row.people, row.answered_at) == ("no", None, MORNING + HOUR)


def test_who_is_invited_answers_until_it_begins(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    [row] = choose(conference, banlang, outlets=[make_outlet()])
    invite_by_telephone(conference, banlang)
    given: dict[str, Any] = {"actor": Actor(label="หนังสือพิมพ์ข่าวเช้า"), "seen": None, "invitation": row}
    perform(fresh(conference), "answer", now=BEGINS - HOUR, comes=True, **given)
    with pytest.raises(ValidationError):
        perform(fresh(conference), "answer", now=BEGINS, comes=False, **given)
    row.refresh_from_db()
    assert row.answer == "yes"


# ── Another date, none ──────────────────────────────────────────────────────────────────────


def test_with_another_date_the_promise_moves_and_those_told_are_to_be_told_anew(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    [row] = choose(conference, banlang, outlets=[make_outlet()])
    invite_by_telephone(conference, banlang)
    take(conference, "answer", banlang, invitation=row, comes=True)
    take(conference, "reschedule", banlang, reason="รัฐมนตรีติดประชุม ครม.", starts_at=NEXT_WEEK)
    row.refresh_from_db()
    assert (row.invited_at, row.answer) == (None, "")
    assert fresh(conference).state == State.PLANNED
    assert promise(conference).due_at == NEXT_WEEK
    assert owed(conference) == [Kind.INVITED]


def test_what_is_late_is_not_made_in_time_by_an_earlier_date(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    choose(conference, banlang, outlets=[make_outlet()])
    with pytest.raises(ValidationError) as refused:
        take(conference, "reschedule", banlang, now=AFTER, reason="เลื่อน", starts_at=AFTER - HOUR)
    assert "starts_at" in refused.value.message_dict


def test_one_postponed_asks_for_its_new_date_and_nothing_else(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    choose(conference, banlang, outlets=[make_outlet()])
    take(conference, "postpone", banlang, reason="รัฐมนตรีไปราชการ")
    assert owed(conference) == [Kind.RESUME]
    take(conference, "reschedule", banlang, reason="ได้วันใหม่แล้ว", starts_at=NEXT_WEEK)
    assert owed(conference) == [Kind.INVITED]


def test_one_cancelled_owes_nothing_and_is_counted_nowhere(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    choose(conference, banlang, outlets=[make_outlet()])
    invite_by_telephone(conference, banlang)
    take(conference, "cancel", banlang, reason="ยกเลิกภารกิจ")
    assert owed(conference) == []
    assert coordination.promise_of(conference) is None
    assert fresh(conference).is_closed


def test_those_written_to_are_written_to_again_when_it_is_cancelled(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    rows = choose(conference, banlang, outlets=[make_outlet()])
    take(conference, "invite", banlang, invitations=rows)
    take(conference, "cancel", banlang, reason="ยกเลิกภารกิจ", now=MORNING + HOUR)
    assert Notice.objects.filter(kind=Notice.Kind.PRESS_INVITATION).count() == 2


# ── The day itself ──────────────────────────────────────────────────────────────────────────


def test_it_is_held_and_then_owes_its_coverage(banlang: User) -> None:
    conference = held(banlang)
    assert conference.state == State.HELD
    assert conference.began_at == BEGINS
    assert owed(conference) == [Kind.COVERAGE]
    # Three working days from Thursday morning: the end of Tuesday.
    due = conference.deadlines.get(kind=Kind.COVERAGE).due_at
    assert due == datetime(2009, 11, 24, 16, 30, tzinfo=OFFICE_TZ)


def test_it_is_not_held_before_it_began_nor_ended_before_that(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    choose(conference, banlang, outlets=[make_outlet()])
    invite_by_telephone(conference, banlang)
    with pytest.raises(ValidationError):
        hold(conference, banlang, now=BEGINS - timedelta(minutes=1))
    with pytest.raises(ValidationError):
        hold(conference, banlang, now=AFTER, ended_at=BEGINS)
    with pytest.raises(ValidationError):
        hold(conference, banlang, now=AFTER, ended_at=AFTER + HOUR)


def test_one_that_began_early_is_coordinated_only_if_all_were_invited_by_then(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    choose(conference, banlang, outlets=[make_outlet()])
    invite_by_telephone(conference, banlang, now=BEGINS - timedelta(minutes=10))
    with pytest.raises(ValidationError):
        take(conference, "hold", banlang, now=AFTER, began_at=BEGINS - timedelta(minutes=15))
    take(conference, "hold", banlang, now=AFTER, began_at=BEGINS - timedelta(minutes=5))


def test_who_came_is_noted_once_and_walk_ins_besides(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    [row] = choose(conference, banlang, reporters=[make_reporter()])
    invite_by_telephone(conference, banlang)
    take(conference, "note_came", banlang, now=BEGINS, invitations=[row])
    take(conference, "note_came", make_news_colleague(), now=BEGINS, invitations=[row])
    walk_in = WalkIn(outlet_name="เว็บข่าวการศึกษา", name="มานะ")
    take(conference, "note_came", banlang, now=BEGINS, walk_ins=[walk_in])
    came = list(Attendance.objects.filter(conference=conference))
    assert [(one.whom, one.is_walk_in) for one in came] == [
        ("หนังสือพิมพ์ข่าวเช้า · สมศรี ข่าวดี", False),
        ("เว็บข่าวการศึกษา · มานะ", True),
    ]


def test_nobody_comes_before_the_day(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    [row] = choose(conference, banlang, outlets=[make_outlet()])
    with pytest.raises(ValidationError):
        take(conference, "note_came", banlang, now=BEGINS - timedelta(days=1), invitations=[row])


def test_who_was_noted_at_the_door_by_mistake_is_taken_back(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    [row] = choose(conference, banlang, outlets=[make_outlet()])
    take(conference, "note_came", banlang, now=BEGINS, invitations=[row])
    one = Attendance.objects.get()
    take(conference, "unmark_came", banlang, now=BEGINS, attendance=one)
    assert not Attendance.objects.exists()
    with pytest.raises(ValidationError):
        take(conference, "unmark_came", banlang, now=BEGINS, attendance=one)


# ── What was reported ───────────────────────────────────────────────────────────────────────


def test_coverage_recorded_keeps_that_promise_and_it_can_be_closed(banlang: User) -> None:
    conference = held(banlang)
    now = AFTER + timedelta(days=1)
    take(conference, "record_coverage", banlang, now=now, reports=[report(tone="negative", note="หน้า ๑")])
    assert fresh(conference).state == State.COVERED
    assert fresh(conference).reported == "yes"
    assert conference.deadlines.get(kind=Kind.COVERAGE).met_at == now
    take(conference, "close", banlang, now=now)
    assert fresh(conference).is_closed
    assert owed(conference) == []


def test_nobody_reported_is_an_answer_and_a_report_found_later_replaces_it(banlang: User) -> None:
    conference = held(banlang)
    take(conference, "note_nobody_reported", banlang, now=AFTER)
    assert fresh(conference).reported == "nobody"
    assert owed(conference) == [Kind.CLOSE]
    take(conference, "record_coverage", banlang, now=AFTER + HOUR, reports=[report()])
    assert fresh(conference).reported == "yes"
    assert owed(conference) == [Kind.CLOSE]


def test_the_same_page_is_recorded_once(banlang: User) -> None:
    conference = held(banlang)
    take(conference, "record_coverage", banlang, now=AFTER, reports=[report()])
    with pytest.raises(ValidationError):
        take(conference, "record_coverage", banlang, now=AFTER, reports=[report()])


def test_with_the_last_report_struck_it_is_open_again_whether_anybody_reported(banlang: User) -> None:
    conference = held(banlang)
    take(conference, "record_coverage", banlang, now=AFTER, reports=[report()])
    one = Coverage.objects.get()
    take(conference, "strike_coverage", banlang, now=AFTER, reason="คนละเรื่อง", coverage=one)
    assert fresh(conference).state == State.HELD
    assert fresh(conference).reported == ""
    assert owed(conference) == [Kind.COVERAGE]


def test_a_report_says_somehow_where_it_is(banlang: User) -> None:
    conference = held(banlang)
    given = {"conference": conference, "outlet": make_outlet(), "tone": "neutral", "noted_at": AFTER}
    with pytest.raises(IntegrityError), transaction.atomic():
        Coverage.objects.create(**given, reported_on=date(2009, 11, 20))


# ── The series ──────────────────────────────────────────────────────────────────────────────


def test_the_next_one_has_this_ones_settings_and_list_and_is_planned_once(banlang: User) -> None:
    conference, gone = held(banlang), make_outlet("วารสารครู")
    assert conference.invitations.count() == 1
    take(conference, "plan_next", banlang, now=AFTER, title="แถลงข่าวประจำสัปดาห์หน้า", starts_at=NEXT_WEEK)
    new = PressConference.objects.get(follows=conference)
    assert (new.place, new.owner, new.state) == (conference.place, banlang, State.PLANNED)
    assert [str(one.outlet) for one in new.invitations.all()] == ["หนังสือพิมพ์ข่าวเช้า"]
    assert str(gone) not in str(list(new.invitations.all()))
    with pytest.raises(ValidationError):
        take(conference, "plan_next", banlang, now=AFTER, title="แถลงข่าวอีกครั้ง", starts_at=NEXT_WEEK)


def test_who_has_left_their_outlet_is_not_on_the_next_ones_list(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    staying = make_reporter("มานี มีข่าว")
    leaving = make_reporter("ชูใจ ไปแล้ว")
    choose(conference, banlang, reporters=[staying, leaving])
    leaving.until_on = date(2009, 11, 16)
    leaving.save()
    take(conference, "plan_next", banlang, title="แถลงข่าวประจำสัปดาห์หน้า", starts_at=NEXT_WEEK)
    new = PressConference.objects.get(follows=conference)
    assert [one.reporter for one in new.invitations.all()] == [staying]


# ── Who may ─────────────────────────────────────────────────────────────────────────────────

INVITING = {"choose", "invite", "note_invited", "remind", "answer", "unmark", "strike", "withdraw", "hold"}
PAPERS = {"hand_out"}
DAY = {"note_came", "unmark_came"}
OWN = {"correct", "reschedule", "postpone", "cancel"}
KEEPING = {"take", "assign", "hand_over", "release", "attach_files", "succeed"}


def steps_of(conference: PressConference, user: User) -> set[str]:
    open_now = conference.get_available_user_state_transitions(Actor(user=user))
    return {one.name for one in open_now} - KEEPING


def in_every_state(officer: User) -> dict[str, PressConference]:
    planned, invited = make_press_conference(owner=officer), make_press_conference(owner=officer)
    choose(invited, officer, outlets=[make_outlet()])
    invite_by_telephone(invited, officer)
    postponed, cancelled = make_press_conference(owner=officer), make_press_conference(owner=officer)
    take(postponed, "postpone", officer, reason="เลื่อน")
    take(cancelled, "cancel", officer, reason="ยกเลิก")
    covered, closed = held(officer), held(officer)
    for one in (covered, closed):
        take(one, "note_nobody_reported", officer, now=AFTER)
    take(closed, "close", officer, now=AFTER)
    found = [planned, invited, held(officer), covered, postponed, cancelled, closed]
    return {fresh(one).state: fresh(one) for one in found}


OPEN_TO_ITS_OFFICER = {
    State.PLANNED: INVITING | DAY | OWN | PAPERS | {"plan_next"},
    State.INVITED: INVITING | DAY | OWN | PAPERS | {"plan_next"},
    State.HELD: DAY | PAPERS | {"correct", "record_coverage", "note_nobody_reported", "plan_next"},
    State.COVERED: DAY | PAPERS | {"correct", "record_coverage", "strike_coverage", "close", "plan_next"},
    State.POSTPONED: PAPERS | {"correct", "reschedule", "cancel"},
    State.CANCELLED: {"reschedule", "plan_next"},
    State.CLOSED: {"reopen", "plan_next"},
}
NOT_A_COLLEAGUES = {*OWN, "close", "reopen"}


def test_in_each_state_only_the_listed_steps_are_open(banlang: User) -> None:
    colleague, head = make_news_colleague(), make_news_head()
    strangers = [make_executive(), make_officer()]
    world = in_every_state(banlang)
    assert set(world) == set(State.values)
    for state, conference in world.items():
        listed = OPEN_TO_ITS_OFFICER[State(state)]
        assert steps_of(conference, banlang) == listed, state
        assert steps_of(conference, head) == listed, state
        assert steps_of(conference, colleague) == listed - NOT_A_COLLEAGUES, state
        for stranger in strangers:
            assert steps_of(conference, stranger) == set(), state


def test_the_clock_only_confirms_letters_and_somebody_outside_only_answers(banlang: User) -> None:
    world = in_every_state(banlang)
    for state, conference in world.items():
        for actor, only in ((Actor(is_clock=True), "confirm_mail"), (Actor(label="ข่าวเช้า"), "answer")):
            is_open = {one.name for one in conference.get_available_user_state_transitions(actor)}
            assert is_open == ({only} if state in (State.PLANNED, State.INVITED) else set()), state


def test_a_second_click_is_harmless_and_a_stale_page_refused(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    given: dict[str, Any] = {"actor": Actor(user=banlang), "seen": 1, "now": MORNING}
    first = perform(conference, "choose", outlets=[make_outlet()], **given)
    second = perform(conference, "choose", outlets=[make_outlet()], **given)
    assert second == first
    colleague = given | {"actor": Actor(user=make_news_colleague())}
    with pytest.raises(ChangedMeanwhile):
        perform(conference, "choose", outlets=[make_outlet("วิทยุครู")], **colleague)


def test_somebody_of_another_subgroup_is_refused(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    with pytest.raises(StepRefused):
        choose(conference, make_officer(), outlets=[make_outlet()])


def test_reasons_are_asked_for(banlang: User) -> None:
    conference = make_press_conference(owner=banlang)
    with pytest.raises(ValidationError):
        take(conference, "cancel", banlang)
