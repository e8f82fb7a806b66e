"""What the clock writes to agencies: a reminder before their date, chasers after it, none too many."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from complaints.chasers import chase_late_agencies, remind_agencies
from complaints.models import Petition, Referral, State
from complaints.models.agency_steps import Ask
from office import deadlines
from office.calendar import OFFICE_TZ
from office.models import Agency, Event, Notice, User
from office.steps import Actor, StepRefused, perform
from tests.cast import MORNING, bring_to, fresh, make_agency, make_petition, take_step

pytestmark = pytest.mark.django_db

# Asked on Tuesday 17 November 2009; 15 working days later is Wednesday 9 December (7 December is a holiday).
ASKED = MORNING
DUE = datetime(2009, 12, 9, 16, 30, tzinfo=OFFICE_TZ)


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2009, month, day, hour, 0, tzinfo=OFFICE_TZ)


@pytest.fixture
def referred(officer: User, head: User, executive: User) -> Petition:
    petition = make_petition(owner=officer, petitioner=False)
    return bring_to(petition, State.REFERRED, officer=officer, head=head, executive=executive)


def chased_on(days: list[datetime]) -> list[datetime]:
    return [day for day in days if chase_late_agencies(day)]


def test_the_answer_is_due_when_the_other_tests_say(referred: Petition) -> None:
    assert referred.referrals.get().deadline.due_at == DUE


def test_an_agency_is_chased_on_the_working_day_after_then_every_fifth(referred: Petition) -> None:
    days = [at(12, 1) + timedelta(days=number) for number in range(27)]
    # 10 December is Constitution Day: the working day after is Friday 11 December.
    assert chased_on(days) == [at(12, 11), at(12, 18), at(12, 25)]
    referral = referred.referrals.get()
    assert (referral.chased_count, referral.last_chased_at) == (3, at(12, 25))


def test_a_chaser_of_the_clock_stands_in_the_history_and_in_the_outbox(referred: Petition) -> None:
    chase_late_agencies(at(12, 11))
    event = Event.objects.get(matter=referred, step="chase")
    assert (event.actor, event.version) == (None, referred.version + 1)
    assert event.actor_label
    notice = Notice.objects.get(kind=Notice.Kind.AGENCY_CHASER)
    assert (notice.way, notice.subject_id) == (Notice.Way.EMAIL, referred.referrals.get().pk)


def test_the_same_round_again_chases_nobody(referred: Petition) -> None:
    assert [chase_late_agencies(at(12, 11)), chase_late_agencies(at(12, 11, 10))] == [1, 0]


def test_nobody_is_chased_outside_office_hours(referred: Petition) -> None:
    assert chased_on([at(12, 10), at(12, 11, 7), at(12, 12)]) == []


def test_the_officers_own_chaser_counts(referred: Petition, officer: User) -> None:
    take_step(referred, "chase", officer, now=at(12, 11, 8), referral=referred.referrals.get())
    assert chased_on([at(12, 11), at(12, 14), at(12, 17), at(12, 18)]) == [at(12, 18)]


def test_an_agency_that_answered_is_left_alone(referred: Petition) -> None:
    referral = referred.referrals.get()
    clerk = Actor(label=referral.agency.name, agency_id=referral.agency_id)
    take_step(referred, "answer", clerk, now=DUE, referral=referral, answer="ตรวจสอบแล้ว")
    assert chase_late_agencies(at(12, 11)) == 0


def test_of_two_agencies_only_the_late_one_is_chased(referred: Petition, officer: User) -> None:
    other = make_agency("สำนักงานปลัดกระทรวงศึกษาธิการ", short_name="สป.", email="ops@moe.example")
    take_step(referred, "refer", officer, now=at(12, 4), asks=[Ask(other, "ขอความเห็น")])
    assert chase_late_agencies(at(12, 11)) == 1
    assert list(Referral.objects.filter(chased_count=1).values_list("agency__short_name", flat=True)) == [
        "สพฐ."
    ]


def test_an_agency_without_an_address_is_left_to_the_officer(referred: Petition) -> None:
    Agency.objects.update(email="")
    assert chase_late_agencies(at(12, 11)) == 0


def test_a_round_chases_no_more_than_it_is_told(referred: Petition, officer: User) -> None:
    other = make_agency("สำนักงานปลัดกระทรวงศึกษาธิการ", short_name="สป.", email="ops@moe.example")
    take_step(referred, "refer", officer, now=ASKED, asks=[Ask(other, "ขอความเห็น")])
    assert [chase_late_agencies(at(12, 11), most=1) for _round in range(3)] == [1, 1, 0]


def test_somebody_outside_may_not_chase(referred: Petition) -> None:
    outside = Actor(label="ผู้ร้อง")
    with pytest.raises(StepRefused):
        perform(
            fresh(referred), "chase", actor=outside, seen=None, now=DUE, referral=referred.referrals.get()
        )


def reminded_on(days: list[datetime], **kwargs: Any) -> list[datetime]:
    return [day for day in days if remind_agencies(day, **kwargs)]


def test_an_agency_is_reminded_once_three_working_days_before_its_date(referred: Petition) -> None:
    # Back from Wednesday 9 December: Tuesday 8, Friday 4 (Monday 7 is a holiday), Thursday 3.
    days = [at(11, 18) + timedelta(days=number) for number in range(25)]
    assert reminded_on(days) == [at(12, 3)]
    notice = Notice.objects.get(kind=Notice.Kind.AGENCY_REMINDER)
    assert notice.once_key == f"referral:{referred.referrals.get().pk}:before-due"
    assert referred.referrals.get().chased_count == 0


def test_an_agency_asked_only_just_now_is_not_reminded(referred: Petition, officer: User) -> None:
    other = make_agency("สำนักงานปลัดกระทรวงศึกษาธิการ", short_name="สป.", email="ops@moe.example")
    take_step(referred, "refer", officer, now=at(12, 2), asks=[Ask(other, "ขอความเห็น", due=DUE)])
    assert remind_agencies(at(12, 3)) == 1
    assert Notice.objects.get(kind=Notice.Kind.AGENCY_REMINDER).subject_id != other.referrals.get().pk


def test_an_answer_given_before_is_not_asked_for_again(referred: Petition) -> None:
    deadlines.keep_one(referred.referrals.get().deadline, now=ASKED)
    assert remind_agencies(at(12, 3)) == 0


def test_an_agency_that_was_given_more_time_is_reminded_and_chased_by_the_new_date(
    referred: Petition, officer: User
) -> None:
    assert remind_agencies(at(12, 3)) == 1
    old, new = referred.deadlines.unmet().get(), at(12, 18, 16)
    take_step(referred, "extend", officer, now=at(12, 4), deadline=old, until=new, reason="ขอเวลา")
    days = [at(12, 5) + timedelta(days=number) for number in range(13)]
    assert reminded_on(days) == [at(12, 15)]
    assert chased_on([*days, at(12, 18)]) == []
    assert chased_on([at(12, 21)]) == [at(12, 21)]
