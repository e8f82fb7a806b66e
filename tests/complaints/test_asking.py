"""The check on arrival, and asking the petitioner for what is missing: who answers, and what the clock does."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.exceptions import ValidationError

from complaints.follow import history
from complaints.letters import compose
from complaints.models import Petition, Question, State
from office.models import Deadline, Notice, Secrecy, User
from office.steps import Actor, StepRefused
from tests.cast import MORNING, fresh, make_petition, take_step
from tests.complaints.opinions import at
from tests.complaints.test_pausing import FRIDAY_11_30, THURSDAY_10, TUESDAY_15, counts, owed

PETITIONER = Actor(label="ผู้ร้อง")
ASKED = "ขอชื่อโรงเรียนและวันที่เก็บเงิน"
OPINION = Deadline.Kind.OPINION


def ask(petition: Petition, by: User, *, now: datetime = TUESDAY_15) -> Question:
    take_step(petition, "ask_petitioner", by, now=now, asked=ASKED)
    return Question.objects.open().get(petition=petition)


@pytest.mark.parametrize("result", Petition.Check.values)
def test_the_check_is_written_down(result: str, officer: User) -> None:
    petition = make_petition(owner=officer, channel=Petition.Channel.WEB)
    event = take_step(petition, "check_arrival", officer, check_result=result, reason="โทรสอบถามแล้ว")
    assert fresh(petition).check_result == result
    assert (event.changes["check_result"], event.reason) == (["", result], "โทรสอบถามแล้ว")
    assert owed(petition).kind == OPINION


def test_a_check_may_be_put_right(officer: User) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "check_arrival", officer, check_result="incomplete")
    event = take_step(petition, "check_arrival", officer, check_result="complete")
    assert event.changes["check_result"] == ["incomplete", "complete"]


def test_a_check_has_three_answers(officer: User) -> None:
    petition = make_petition(owner=officer)
    with pytest.raises(ValidationError):
        take_step(petition, "check_arrival", officer, check_result="maybe")


def test_what_is_missing_is_asked_and_the_clock_stands_still(officer: User) -> None:
    petition = make_petition(owner=officer)
    question = ask(petition, officer)
    promise = owed(petition)
    assert fresh(petition).state == State.ASKED
    assert (question.asked, question.asked_by, question.deadline) == (ASKED, officer, promise)
    assert (promise.kind, promise.responsible, promise.follower) == (
        Deadline.Kind.PETITIONER_ANSWER,
        None,
        officer,
    )
    assert promise.due_at == at(2009, 12, 2, 16, 30)  # fifteen days by the calendar
    assert petition.deadlines.get(kind=OPINION).dropped_at == TUESDAY_15


def test_who_asks_about_nobodys_petition_has_it(officer: User) -> None:
    petition = make_petition()
    ask(petition, officer)
    assert fresh(petition).owner == officer
    assert owed(petition).follower == officer


def test_the_petitioner_answers_and_the_opinion_has_the_time_it_had_left(officer: User) -> None:
    petition = make_petition(owner=officer)
    question = ask(petition, officer)
    event = take_step(
        petition,
        "petitioner_answers",
        PETITIONER,
        now=THURSDAY_10,
        question=question,
        answer="โรงเรียนบ้านหนองบัว",
    )
    question.refresh_from_db()
    assert (question.answer, question.answered_at) == ("โรงเรียนบ้านหนองบัว", THURSDAY_10)
    assert (event.who, event.to_state) == ("ผู้ร้อง", State.RECEIVED)
    assert "หนองบัว" not in str(event.changes)
    assert (owed(petition).kind, owed(petition).due_at) == (OPINION, FRIDAY_11_30)
    assert Notice.objects.filter(recipient=officer, way="app", kind=Notice.Kind.YOUR_TURN).count() == 1


def test_an_answer_at_night_counts_from_the_morning(officer: User) -> None:
    petition = make_petition(owner=officer)
    question = ask(petition, officer)
    night = at(2009, 11, 18, 22)
    take_step(petition, "petitioner_answers", PETITIONER, now=night, question=question, answer="ตอบ")
    assert owed(petition).due_at == at(2009, 11, 20, 10)


def test_an_answer_by_telephone_is_recorded_by_the_officer(officer: User) -> None:
    petition = make_petition(owner=officer)
    question = ask(petition, officer)
    take_step(petition, "petitioner_answers", officer, now=THURSDAY_10, question=question, answer="ทางโทรศัพท์")
    assert fresh(petition).state == State.RECEIVED


def test_an_answer_is_needed(officer: User) -> None:
    petition = make_petition(owner=officer)
    question = ask(petition, officer)
    with pytest.raises(ValidationError) as refused:
        take_step(petition, "petitioner_answers", PETITIONER, question=question, answer=" ")
    assert "answer" in refused.value.message_dict


def test_a_question_is_answered_once_and_of_its_own_petition(officer: User) -> None:
    petition, another = make_petition(owner=officer), make_petition(owner=officer)
    question, other = ask(petition, officer), ask(another, officer)
    with pytest.raises(ValidationError):
        take_step(petition, "petitioner_answers", PETITIONER, question=other, answer="ตอบ")
    take_step(petition, "petitioner_answers", PETITIONER, question=question, answer="ตอบ")
    with pytest.raises(StepRefused):
        take_step(petition, "petitioner_answers", PETITIONER, question=question, answer="ตอบอีก")
    ask(petition, officer, now=THURSDAY_10)
    with pytest.raises(ValidationError):
        take_step(petition, "petitioner_answers", PETITIONER, question=question, answer="ตอบอีก")


def test_the_officer_goes_on_without_an_answer(officer: User) -> None:
    petition = make_petition(owner=officer)
    question = ask(petition, officer)
    take_step(petition, "go_on", officer, now=THURSDAY_10, reason="ครบกำหนดแล้วไม่ตอบ")
    question.refresh_from_db()
    assert (question.taken_back_at, question.is_open) == (THURSDAY_10, False)
    assert question.deadline.dropped_at == THURSDAY_10
    assert (fresh(petition).state, owed(petition).due_at) == (State.RECEIVED, FRIDAY_11_30)


def test_asking_does_not_help_a_late_opinion(officer: User) -> None:
    petition = make_petition(owner=officer)
    question = ask(petition, officer, now=THURSDAY_10)
    assert counts(THURSDAY_10) == (0, 1, 0)
    take_step(petition, "petitioner_answers", PETITIONER, now=FRIDAY_11_30, question=question, answer="ตอบ")
    assert counts(FRIDAY_11_30) == (0, 1, 0)
    assert owed(petition).due_at == at(2009, 11, 18, 16, 30)


def test_the_petitioner_is_written_to_when_there_is_an_address(officer: User) -> None:
    question = ask(make_petition(owner=officer), officer)
    letter = compose(Notice.objects.get(kind=Notice.Kind.PETITIONER_QUESTION))
    assert letter is not None
    assert letter.to == "somsri@mail.example"
    assert ASKED in letter.body
    assert "๒ ธันวาคม ๒๕๕๒" in letter.body
    assert question.petition.label in letter.subject


def test_of_a_secret_matter_the_letter_does_not_say_what_is_asked(officer: User) -> None:
    ask(make_petition(owner=officer, secrecy=Secrecy.SECRET), officer)
    letter = compose(Notice.objects.get(kind=Notice.Kind.PETITIONER_QUESTION))
    assert letter is not None
    assert ASKED not in letter.body


def test_an_answered_question_is_written_about_no_more(officer: User) -> None:
    petition = make_petition(owner=officer)
    question = ask(petition, officer)
    take_step(petition, "petitioner_answers", PETITIONER, question=question, answer="ตอบ")
    assert compose(Notice.objects.get(kind=Notice.Kind.PETITIONER_QUESTION)) is None


def test_somebody_anonymous_can_be_asked_but_not_written_to(officer: User) -> None:
    petition = make_petition(owner=officer, petitioner=False)
    ask(petition, officer)
    assert fresh(petition).state == State.ASKED
    assert not Notice.objects.filter(kind=Notice.Kind.PETITIONER_QUESTION).exists()


def test_the_petitioner_reads_that_the_office_waits_for_them(officer: User) -> None:
    petition = make_petition(owner=officer)
    question = ask(petition, officer)
    told = history(fresh(petition))
    assert "รอคำตอบ" in told.now
    assert "๒ ธันวาคม ๒๕๕๒" in told.lines[-1].title
    take_step(petition, "petitioner_answers", PETITIONER, question=question, answer="ตอบ")
    assert history(fresh(petition)).lines[-1].who == "ท่าน"
    assert petition.received_at == MORNING
