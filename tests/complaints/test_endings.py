"""Ends before the path's own: withdrawn, transferred, given back; what was owed, asked and late when they came."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from complaints.follow import history
from complaints.letters import compose
from complaints.models import AgencyLink, Petition, Question, Referral, State
from complaints.models.ending import ENDED_OTHERWISE
from office.models import Deadline, Notice, User
from office.steps import StepRefused, open_steps
from tests.cast import MORNING, bring_to, fresh, make_petition, take_step
from tests.complaints.opinions import at
from tests.complaints.test_pausing import RESTS, THURSDAY_10, TUESDAY_15, counts, owed

TOLD = "เรื่องของท่านอยู่ในอำนาจของกระทรวงมหาดไทย"
TRANSFER = {"to": "กระทรวงมหาดไทย", "told_text": TOLD, "reason": "อยู่ในอำนาจกระทรวงมหาดไทย"}
WITHDRAWN = {"told_text": "ปิดเรื่องตามที่ท่านขอถอน", "reason": "ผู้ร้องโทรแจ้งว่าได้รับเงินคืนแล้ว"}


def test_a_withdrawn_petition_owes_nothing_and_is_in_no_figure(officer: User, head: User) -> None:
    petition = make_petition(owner=officer)
    event = take_step(petition, "withdraw", officer, now=TUESDAY_15, **WITHDRAWN)
    ended = fresh(petition)
    assert (ended.state, ended.result, ended.closed_at) == (
        State.CLOSED,
        Petition.Result.WITHDRAWN,
        TUESDAY_15,
    )
    assert event.reason == WITHDRAWN["reason"]
    assert not petition.deadlines.unmet().exists()
    assert counts(THURSDAY_10) == (0, 0, 0)
    assert Notice.objects.filter(recipient=head, way="app").exists()


def test_the_petitioner_hears_that_it_was_withdrawn(officer: User) -> None:
    """Whoever never said so learns of it."""
    petition = make_petition(owner=officer)
    take_step(petition, "withdraw", officer, **WITHDRAWN)
    letter = compose(Notice.objects.get(kind=Notice.Kind.PETITIONER_RESULT))
    assert letter is not None
    assert str(WITHDRAWN["told_text"]) in letter.body
    assert "โทรแจ้ง" not in letter.body


def test_what_is_late_at_the_end_needs_its_reason_and_stays_late(officer: User) -> None:
    petition = make_petition(owner=officer)
    with pytest.raises(ValidationError) as refused:
        take_step(petition, "withdraw", officer, now=THURSDAY_10, **WITHDRAWN)
    assert "late_reason" in refused.value.message_dict
    assert fresh(petition).state == State.RECEIVED
    take_step(petition, "withdraw", officer, now=THURSDAY_10, late_reason="เจ้าหน้าที่ลา", **WITHDRAWN)
    promise = petition.deadlines.get(kind=Deadline.Kind.OPINION)
    assert (promise.met_at, promise.late_reason) == (THURSDAY_10, "เจ้าหน้าที่ลา")
    assert counts(THURSDAY_10) == (0, 1, 0)


def test_before_a_decision_only_the_head_transfers(officer: User, head: User) -> None:
    petition = make_petition(owner=officer)
    with pytest.raises(StepRefused):
        take_step(petition, "transfer", officer, **TRANSFER)
    take_step(petition, "transfer", head, **TRANSFER)
    ended = fresh(petition)
    assert (ended.result, ended.transferred_to) == (Petition.Result.TRANSFERRED, "กระทรวงมหาดไทย")


def test_after_the_order_the_officer_transfers(officer: User, head: User, executive: User) -> None:
    people = {"officer": officer, "head": head, "executive": executive}
    petition = bring_to(make_petition(owner=officer), State.ORDERED, **people)
    take_step(petition, "transfer", officer, **TRANSFER)
    assert fresh(petition).state == State.CLOSED
    assert counts(MORNING) == (1, 0, 0)


def test_the_petitioner_reads_which_ministry_has_it_now(head: User) -> None:
    petition = make_petition()
    take_step(petition, "transfer", head, **TRANSFER)
    told = history(fresh(petition))
    assert (told.lines[-1].who, told.lines[-1].text) == ("กระทรวงมหาดไทย", TOLD)
    assert told.is_closed
    assert "อำนาจกระทรวงมหาดไทย" not in "".join(line.title for line in told.lines)


def test_what_a_politician_passed_on_is_given_back(head: User) -> None:
    petition = make_petition(channel=Petition.Channel.POLITICIAN, political_source="ส.ส. สมหมาย")
    take_step(petition, "give_back", head, reason="ไม่ใช่เรื่องของกระทรวง", told_text="ส่งคืนผู้ส่งเรื่องแล้ว")
    assert fresh(petition).result == Petition.Result.GIVEN_BACK


def test_a_letter_has_no_sender_to_give_it_back_to(head: User) -> None:
    with pytest.raises(StepRefused):
        take_step(make_petition(), "give_back", head, reason="ก")


def test_agencies_need_answer_no_more_and_their_link_says_so_kindly(
    officer: User, head: User, executive: User
) -> None:
    people = {"officer": officer, "head": head, "executive": executive}
    petition = bring_to(make_petition(owner=officer), State.REFERRED, **people)
    link = AgencyLink.issue(petition.referrals.get(), MORNING)
    take_step(petition, "withdraw", officer, **WITHDRAWN)
    referral = petition.referrals.select_related("deadline").get()
    assert referral.standing == Referral.Standing.TAKEN_BACK
    assert not referral.is_open
    assert not petition.deadlines.unmet().exists()
    response = Client().get(reverse("agency:answer", args=[link.secret]))
    page = response.content.decode()
    assert response.status_code == 410
    assert "ไม่ต้องตอบ" in page
    assert "ลิงก์นี้ใช้ตอบไปแล้ว" not in page
    assert compose(Notice.objects.get(kind=Notice.Kind.AGENCY_REQUEST)) is None


def test_a_question_that_is_open_is_taken_back(officer: User) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "ask_petitioner", officer, now=TUESDAY_15, asked="ชื่อโรงเรียน")
    take_step(petition, "withdraw", officer, now=TUESDAY_15, **WITHDRAWN)
    assert Question.objects.get(petition=petition).taken_back_at == TUESDAY_15
    assert not petition.deadlines.unmet().exists()


def test_a_paused_petition_may_end(officer: User, head: User) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "pause", head, now=TUESDAY_15, **RESTS)
    take_step(petition, "withdraw", officer, now=TUESDAY_15, **WITHDRAWN)
    assert (fresh(petition).state, fresh(petition).came_from) == (State.CLOSED, "")
    assert not petition.deadlines.unmet().exists()


def test_ending_and_reopening_gains_no_time(officer: User, head: User) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "withdraw", officer, now=TUESDAY_15, **WITHDRAWN)
    take_step(petition, "reopen", head, now=THURSDAY_10, reason="ผู้ร้องไม่ได้ขอถอน")
    assert (owed(petition).kind, owed(petition).due_at) == (Deadline.Kind.OPINION, at(2009, 11, 20, 11, 30))
    assert counts(THURSDAY_10) == (0, 0, 1)


@pytest.mark.parametrize("result", ENDED_OTHERWISE)
def test_nobody_closes_with_a_result_that_has_its_own_step(
    result: str, officer: User, head: User, executive: User
) -> None:
    from complaints.forms.steps import CloseForm

    people = {"officer": officer, "head": head, "executive": executive}
    petition = bring_to(make_petition(owner=officer), State.INFORMED, **people)
    with pytest.raises(ValidationError):
        take_step(petition, "close", officer, result=result)
    form = CloseForm({"seen": 1, "result": result}, matter=petition, user=officer, now=MORNING)
    assert "result" in form.errors


def test_told_already_it_is_only_to_be_closed(officer: User, head: User, executive: User) -> None:
    people = {"officer": officer, "head": head, "executive": executive}
    petition = bring_to(make_petition(owner=officer), State.INFORMED, **people)
    with pytest.raises(StepRefused):
        take_step(petition, "withdraw", officer, **WITHDRAWN)


# ── Kept as evidence ────────────────────────────────────────────────────────────────────────

HELD = {"close", "withdraw", "transfer", "give_back", "correct", "reopen", "join", "split"}


def test_kept_as_evidence_nothing_ends_or_rewrites_it_and_work_goes_on(officer: User, head: User) -> None:
    from office.steps import Actor

    petition = make_petition(owner=officer)
    before = {one.name for one in open_steps(petition, Actor(user=head))}
    take_step(petition, "lock", head, reason="ศาลมีคำสั่งเรียกสำนวน")
    locked = fresh(petition)
    after = {one.name for one in open_steps(locked, Actor(user=head))}
    assert locked.is_locked
    assert before - after == (HELD & before) | {"lock"}
    assert after - before == {"unlock"}
    with pytest.raises(StepRefused, match="พยานหลักฐาน"):
        take_step(petition, "withdraw", officer, **WITHDRAWN)
    take_step(petition, "save_draft", officer, summary="งานเดินต่อ")
    take_step(petition, "unlock", head, reason="คดีถึงที่สุด")
    take_step(petition, "withdraw", officer, **WITHDRAWN)


def test_a_closed_petition_is_kept_as_evidence_too(officer: User, head: User, executive: User) -> None:
    people = {"officer": officer, "head": head, "executive": executive}
    petition = bring_to(make_petition(owner=officer), State.CLOSED, **people)
    take_step(petition, "lock", head, reason="ป.ป.ช. ขอสำนวน")
    with pytest.raises(StepRefused, match="พยานหลักฐาน"):
        take_step(petition, "reopen", head, reason="ก")


def test_it_is_locked_once(head: User) -> None:
    petition = make_petition()
    take_step(petition, "lock", head, reason="ก")
    with pytest.raises(StepRefused):
        take_step(petition, "lock", head, reason="ก")


# ── Passing on ──────────────────────────────────────────────────────────────────────────────


def test_given_up_it_is_nobodys_and_the_head_is_told(officer: User, colleague: User, head: User) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "release", officer, reason="เป็นญาติกับผู้ร้อง")
    assert fresh(petition).owner is None
    assert (owed(petition).responsible, owed(petition).follower) == (None, None)
    assert Notice.objects.filter(recipient=head, way="app", text="เป็นญาติกับผู้ร้อง").exists()
    with pytest.raises(StepRefused):
        take_step(petition, "release", officer, reason="อีกครั้ง")
    take_step(petition, "take", colleague)
    assert owed(petition).responsible == colleague


def test_handed_over_the_colleague_owes_it_and_is_told_why(
    officer: User, colleague: User, head: User
) -> None:
    petition = make_petition(owner=officer)
    event = take_step(petition, "hand_over", officer, to=colleague, reason="ลาพักร้อน")
    assert fresh(petition).owner == colleague
    assert (owed(petition).responsible, owed(petition).due_at) == (colleague, at(2009, 11, 18, 16, 30))
    assert event.changes["owner"] == [str(officer), str(colleague)]
    told = Notice.objects.filter(way="app", text="ลาพักร้อน").values_list("recipient", flat=True)
    assert set(told) == {colleague.pk, head.pk}
    with pytest.raises(StepRefused):
        take_step(petition, "hand_over", officer, to=officer, reason="ขอคืน")


def test_it_is_handed_over_within_the_subgroup(officer: User, stranger: User) -> None:
    petition = make_petition(owner=officer)
    for to in (stranger, officer):
        with pytest.raises(ValidationError) as refused:
            take_step(petition, "hand_over", officer, to=to, reason="ก")
        assert "to" in refused.value.message_dict
