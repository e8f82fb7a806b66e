"""Putting a date off, resting and going on: old and new moments, what stays late, what the figures say."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.exceptions import ValidationError

from complaints import tallies
from complaints.models import Petition, Question, State
from office.calendar import OFFICE_TZ, month_of
from office.models import Deadline, Notice, OfficeDay, User
from office.models.calendar import record_edition
from office.steps import Actor, StepRefused
from tests.cast import MORNING, bring_to, fresh, make_category, make_petition, take_step
from tests.complaints.opinions import at

# Received Tuesday 17 November 09:00; the opinion is due Wednesday 18 November 16:30.
TUESDAY_15 = at(2009, 11, 17, 15)
WEDNESDAY_CLOSE = at(2009, 11, 18, 16, 30)
THURSDAY_10 = at(2009, 11, 19, 10)
FRIDAY_11_30 = at(2009, 11, 20, 11, 30)
NEXT_FRIDAY = at(2009, 11, 27, 16, 30)
RESTS = {"until": NEXT_FRIDAY, "reason": "รอคำพิพากษา"}
OPINION = Deadline.Kind.OPINION


def owed(petition: Petition) -> Deadline:
    return petition.deadlines.unmet().get()


def counts(now: datetime) -> tuple[int, int, int]:
    """In time, late, pending of the month's opinions, as every report reads them."""
    found = tallies.total(tallies.read([month_of(MORNING.date())], [], now))
    return found.in_time, found.late, found.pending


# ── Resting and going on ────────────────────────────────────────────────────────────────────


def test_while_it_rests_the_owner_owes_nothing_but_to_go_on(officer: User, head: User) -> None:
    petition = make_petition(owner=officer)
    event = take_step(petition, "pause", head, now=TUESDAY_15, **RESTS)
    promise = owed(petition)
    assert (fresh(petition).state, fresh(petition).came_from) == (State.PAUSED, State.RECEIVED)
    assert (promise.kind, promise.due_at, promise.responsible) == (
        Deadline.Kind.RESUME,
        NEXT_FRIDAY,
        officer,
    )
    assert promise.remind_at is not None
    assert event.reason == "รอคำพิพากษา"
    assert event.changes["due"] == [WEDNESDAY_CLOSE.isoformat(), ""]
    assert event.changes["until"] == ["", NEXT_FRIDAY.isoformat()]
    assert Notice.objects.filter(recipient=officer, way="app", kind=Notice.Kind.STEP_TAKEN).exists()


def test_it_goes_on_with_the_office_time_that_was_left(officer: User, head: User) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "pause", head, now=TUESDAY_15, **RESTS)
    event = take_step(petition, "resume", officer, now=THURSDAY_10, reason="ศาลตัดสินแล้ว")
    promise = owed(petition)
    first = petition.deadlines.get(kind=OPINION, continues=None)
    assert (promise.kind, promise.continues, promise.due_at) == (OPINION, first, FRIDAY_11_30)
    assert (promise.responsible, promise.follower) == (officer, officer)
    assert (fresh(petition).state, fresh(petition).came_from) == (State.RECEIVED, "")
    assert event.changes["due"] == [WEDNESDAY_CLOSE.isoformat(), FRIDAY_11_30.isoformat()]
    assert petition.deadlines.get(kind=Deadline.Kind.RESUME).met_at == THURSDAY_10


def test_going_on_at_once_changes_no_date(officer: User, head: User) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "pause", head, now=TUESDAY_15, **RESTS)
    take_step(petition, "resume", officer, now=TUESDAY_15, reason="กดผิด")
    assert owed(petition).due_at == WEDNESDAY_CLOSE


def test_it_rests_and_goes_on_twice(officer: User, head: User) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "pause", head, now=TUESDAY_15, **RESTS)
    take_step(petition, "resume", officer, now=THURSDAY_10, reason="ศาลตัดสินแล้ว")
    take_step(petition, "pause", head, now=at(2009, 11, 20, 10, 30), **RESTS)
    take_step(petition, "resume", officer, now=at(2009, 11, 23, 9), reason="ต่อ")
    assert owed(petition).due_at == at(2009, 11, 23, 10)
    assert petition.deadlines.filter(kind=OPINION, dropped_at=None).count() == 1


def test_with_the_head_it_goes_on_with_the_head(officer: User, head: User) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "summarise", officer, summary="ก", opinion="ข", category=make_category())
    take_step(petition, "pause", head, now=TUESDAY_15, **RESTS)
    take_step(petition, "resume", officer, now=THURSDAY_10, reason="ต่อ")
    assert fresh(petition).state == State.SUMMARISED
    assert owed(petition).responsible == head


def test_who_took_it_over_while_it_rested_owes_the_rest(officer: User, colleague: User, head: User) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "pause", head, now=TUESDAY_15, **RESTS)
    take_step(petition, "assign", head, now=TUESDAY_15, to=colleague)
    assert owed(petition).responsible == colleague
    take_step(petition, "resume", colleague, now=THURSDAY_10, reason="ต่อ")
    assert (owed(petition).responsible, owed(petition).follower) == (colleague, colleague)


def test_a_day_off_added_while_it_rests_is_made_good(officer: User, head: User) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "pause", head, now=TUESDAY_15, **RESTS)
    OfficeDay.objects.create(date=WEDNESDAY_CLOSE.date(), name="วันหยุดพิเศษ")
    record_edition(note="วันหยุดพิเศษ", made_by=head, now=TUESDAY_15)
    take_step(petition, "resume", officer, now=THURSDAY_10, reason="ต่อ")
    assert owed(petition).due_at == FRIDAY_11_30


def test_the_continued_promise_still_moves_with_the_calendar(officer: User, head: User) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "pause", head, now=TUESDAY_15, **RESTS)
    take_step(petition, "resume", officer, now=THURSDAY_10, reason="ต่อ")
    OfficeDay.objects.create(date=FRIDAY_11_30.date(), name="วันหยุดพิเศษ")
    edition = record_edition(note="วันหยุดพิเศษ", made_by=head, now=THURSDAY_10)
    from office.calendar_changes import confirm_moves

    confirm_moves(head, THURSDAY_10, edition.pk)
    assert owed(petition).due_at == at(2009, 11, 23, 11, 30)


def test_what_is_late_stays_late_while_it_rests(officer: User, head: User, executive: User) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "pause", head, now=THURSDAY_10, **RESTS)
    late = petition.deadlines.get(kind=OPINION)
    assert late.is_open
    assert late.is_late(THURSDAY_10)
    take_step(petition, "resume", officer, now=FRIDAY_11_30, reason="ต่อ")
    assert owed(petition) == late
    take_step(petition, "summarise", officer, summary="ก", opinion="ข", category=make_category())
    with pytest.raises(ValidationError):
        take_step(petition, "submit", head, to=executive, now=FRIDAY_11_30)


@pytest.mark.parametrize("until", [TUESDAY_15, MORNING])
def test_a_rest_ends_on_a_day_to_come(officer: User, head: User, until: datetime) -> None:
    petition = make_petition(owner=officer)
    with pytest.raises(ValidationError) as refused:
        take_step(petition, "pause", head, now=TUESDAY_15, until=until, reason="รอ")
    assert "until" in refused.value.message_dict
    assert fresh(petition).state == State.RECEIVED


@pytest.mark.parametrize("step", ["pause", "resume", "extend", "release", "hand_over", "lock", "withdraw"])
def test_none_of_these_goes_without_a_reason(step: str, officer: User, head: User) -> None:
    petition = make_petition(owner=officer)
    if step in ("resume", "extend"):
        take_step(petition, "pause", head, now=TUESDAY_15, **RESTS)
    by = officer if step == "hand_over" else head
    with pytest.raises(ValidationError) as refused:
        take_step(petition, step, by, now=TUESDAY_15, reason="  ")
    assert "reason" in refused.value.message_dict


def test_the_agencys_answer_has_its_own_date_and_does_not_rest(
    officer: User, head: User, executive: User
) -> None:
    people = {"officer": officer, "head": head, "executive": executive}
    petition = bring_to(make_petition(owner=officer), State.REFERRED, **people)
    with pytest.raises(StepRefused):
        take_step(petition, "pause", head, **RESTS)


# ── Figures ─────────────────────────────────────────────────────────────────────────────────


def test_a_rested_opinion_is_counted_once(officer: User, head: User, executive: User) -> None:
    petition = make_petition(owner=officer)
    assert counts(TUESDAY_15) == (0, 0, 1)
    take_step(petition, "pause", head, now=TUESDAY_15, **RESTS)
    assert counts(THURSDAY_10) == (0, 0, 0)  # owed by nobody meanwhile
    take_step(petition, "resume", officer, now=THURSDAY_10, reason="ต่อ")
    assert counts(THURSDAY_10) == (0, 0, 1)
    opinion = {"summary": "ก", "opinion": "ข", "category": make_category()}
    take_step(petition, "summarise", officer, now=THURSDAY_10, **opinion)
    take_step(petition, "submit", head, now=FRIDAY_11_30, to=executive)
    assert counts(FRIDAY_11_30) == (1, 0, 0)
    standing = Petition.objects.with_standing(FRIDAY_11_30).get(pk=petition.pk).standing
    assert standing == "in_time"


def test_a_rested_opinion_can_be_late(officer: User, head: User) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "pause", head, now=TUESDAY_15, **RESTS)
    take_step(petition, "resume", officer, now=THURSDAY_10, reason="ต่อ")
    assert counts(FRIDAY_11_30) == (0, 0, 1)
    assert counts(at(2009, 11, 20, 11, 31)) == (0, 1, 0)


def test_a_late_opinion_cannot_hide_by_resting(officer: User, head: User) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "pause", head, now=THURSDAY_10, **RESTS)
    assert counts(THURSDAY_10) == (0, 1, 0)
    take_step(petition, "resume", officer, now=FRIDAY_11_30, reason="ต่อ")
    assert counts(FRIDAY_11_30) == (0, 1, 0)


# ── Putting a date off ──────────────────────────────────────────────────────────────────────


def _referred(officer: User, head: User, executive: User) -> Petition:
    people = {"officer": officer, "head": head, "executive": executive}
    return bring_to(make_petition(owner=officer), State.REFERRED, **people)


def test_an_agency_is_given_more_time_and_told(officer: User, head: User, executive: User) -> None:
    petition = _referred(officer, head, executive)
    old = owed(petition)
    until = at(2009, 12, 18, 16, 30)
    event = take_step(petition, "extend", officer, deadline=old, until=until, reason="หน่วยงานขอเวลา")
    new = owed(petition)
    referral = petition.referrals.get()
    old.refresh_from_db()
    assert (new.due_at, new.continues, new.kind, new.responsible) == (until, old, old.kind, None)
    assert (old.dropped_at, referral.deadline, referral.is_open) == (MORNING, new, True)
    assert event.changes["due"] == [old.due_at.astimezone(OFFICE_TZ).isoformat(), until.isoformat()]
    assert event.changes["promise"] == ["", Deadline.Kind.AGENCY_ANSWER]
    assert Notice.objects.filter(kind=Notice.Kind.AGENCY_REMINDER, subject_id=referral.pk).count() == 1
    answered = take_step(petition, "answer", officer, referral=referral, answer="ตอบ", now=until)
    assert answered.to_state == State.ANSWERED
    new.refresh_from_db()
    assert new.met_at == until


def test_even_a_late_agency_may_be_given_time(officer: User, head: User, executive: User) -> None:
    petition = _referred(officer, head, executive)
    late = at(2010, 1, 11)
    take_step(
        petition,
        "extend",
        officer,
        now=late,
        deadline=owed(petition),
        until=at(2010, 1, 29, 16, 30),
        reason="ขอเวลา",
    )
    assert owed(petition).due_at == at(2010, 1, 29, 16, 30)


def test_what_the_office_owes_is_put_off_by_the_head_only(officer: User, head: User, executive: User) -> None:
    people = {"officer": officer, "head": head, "executive": executive}
    petition = bring_to(make_petition(owner=officer), State.ORDERED, **people)
    given = {"deadline": owed(petition), "until": NEXT_FRIDAY, "reason": "รอเอกสาร"}
    with pytest.raises(StepRefused):
        take_step(petition, "extend", officer, **given)
    take_step(petition, "extend", head, **given)
    assert (owed(petition).due_at, owed(petition).responsible) == (NEXT_FRIDAY, officer)


def test_the_opinion_is_never_put_off(officer: User, head: User) -> None:
    petition = make_petition(owner=officer)
    given = {"deadline": owed(petition), "until": NEXT_FRIDAY, "reason": "งานมาก"}
    with pytest.raises(StepRefused):
        take_step(petition, "extend", head, **given)
    take_step(petition, "pause", head, now=TUESDAY_15, **RESTS)
    opinion = petition.deadlines.get(kind=OPINION)
    with pytest.raises(ValidationError):
        take_step(petition, "extend", head, **given | {"deadline": opinion})


def test_a_revision_may_be_put_off(officer: User, head: User, executive: User) -> None:
    people = {"officer": officer, "head": head, "executive": executive}
    petition = bring_to(make_petition(owner=officer), State.SUBMITTED, **people)
    take_step(petition, "return_for_revision", executive, reason="ขอข้อกฎหมาย")
    take_step(petition, "extend", head, deadline=owed(petition), until=NEXT_FRIDAY, reason="รอกฤษฎีกา")
    assert (owed(petition).kind, owed(petition).due_at) == (Deadline.Kind.REVISION, NEXT_FRIDAY)


def test_a_late_promise_of_the_office_is_not_put_off(officer: User, head: User, executive: User) -> None:
    people = {"officer": officer, "head": head, "executive": executive}
    petition = bring_to(make_petition(owner=officer), State.ORDERED, **people)
    given = {"deadline": owed(petition), "until": NEXT_FRIDAY, "reason": "ช้า"}
    with pytest.raises(ValidationError) as refused:
        take_step(petition, "extend", head, now=THURSDAY_10, **given)
    assert "deadline" in refused.value.message_dict


def test_the_new_date_is_after_the_old_one(officer: User, head: User, executive: User) -> None:
    petition = _referred(officer, head, executive)
    old = owed(petition)
    with pytest.raises(ValidationError) as refused:
        take_step(petition, "extend", officer, deadline=old, until=old.due_at, reason="ก")
    assert "until" in refused.value.message_dict
    assert owed(petition) == old


def test_a_longer_rest_still_knows_what_was_left(officer: User, head: User) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "pause", head, now=TUESDAY_15, **RESTS)
    later = at(2009, 12, 18, 16, 30)
    take_step(
        petition, "extend", head, now=TUESDAY_15, deadline=owed(petition), until=later, reason="ศาลเลื่อน"
    )
    assert (owed(petition).kind, owed(petition).due_at) == (Deadline.Kind.RESUME, later)
    take_step(petition, "resume", officer, now=THURSDAY_10, reason="ต่อ")
    assert (owed(petition).kind, owed(petition).due_at) == (OPINION, FRIDAY_11_30)


def test_the_petitioner_may_be_given_more_time(officer: User) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "ask_petitioner", officer, now=TUESDAY_15, asked="ชื่อโรงเรียน")
    later = at(2009, 12, 18, 16, 30)
    take_step(
        petition, "extend", officer, now=TUESDAY_15, deadline=owed(petition), until=later, reason="ขอเวลา"
    )
    question = Question.objects.get(petition=petition)
    assert (question.deadline, question.deadline.due_at) == (owed(petition), later)
    clerk = Actor(label="ผู้ร้อง")
    take_step(petition, "petitioner_answers", clerk, now=THURSDAY_10, question=question, answer="บ้านหนองบัว")
    assert (owed(petition).kind, owed(petition).due_at) == (OPINION, FRIDAY_11_30)
