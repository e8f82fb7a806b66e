"""Every page of interpellations and motions, at a desk and on a phone, by day and by night."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from office.models import User
from parliament.models import AnswerState, Interpellation
from tests.browser.conftest import Visit
from tests.browser.test_every_page import look_over, open_and_look
from tests.cast import make_executive
from tests.parliament.cast import make_politics_head, make_politics_officer, make_session
from tests.parliament.questions_cast import (
    ANSWER,
    ask,
    bring_to,
    clerk_of,
    make_agencies,
    make_interpellation,
    make_motion,
    take_step,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officer() -> User:
    return make_politics_officer()


@pytest.fixture
def head() -> User:
    return make_politics_head()


@pytest.fixture
def executive() -> User:
    return make_executive()


@pytest.fixture
def question(officer: User, head: User, executive: User) -> Interpellation:
    """In its second version, with an agency's answer, a remark, and an earlier one that was answered."""
    now = timezone.now() - timedelta(hours=3)
    make_session(year=9, begins_on=now.date() - timedelta(days=30), ends_on=None)
    earlier = make_interpellation(owner=officer, received_at=now)
    bring_to(earlier, AnswerState.APPROVED, officer=officer, head=head, executive=executive, now=now)
    question = make_interpellation(owner=officer, received_at=now)
    one, other = ask(question, officer, make_agencies(), now=now)
    take_step(question, "answer_request", clerk_of(one), now=now, request=one, answer=ANSWER)
    take_step(question, "decline_request", clerk_of(other), now=now, request=other, reason="เป็นของ สอศ.")
    take_step(question, "submit_draft", officer, now=now, answer_text=ANSWER, note="ร่างแรก")
    take_step(question, "send_back", head, now=now, reason="ขอให้ระบุปีการศึกษา")
    changed = ANSWER.replace("เงินอุดหนุน", "งบประมาณปีการศึกษา ๒๕๕๒")
    take_step(question, "save_draft", officer, now=now, answer_text=changed)
    return question


def test_pages_of_the_officer(visit: Visit, officer: User, question: Interpellation) -> None:
    motion = make_motion(owner=officer, received_at=timezone.now())
    desk = visit()
    desk.expects(422)
    desk.signs_in(officer)
    for name in ("interpellations", "interpellation_new", "motions", "motion_new"):
        open_and_look(desk, f"questions-{name}", f"parliament:{name}")
    desk.opens("parliament:interpellation_filter")
    look_over(desk, "questions-filter")
    for name in ("interpellation", "interpellation_compare", "interpellation_similar"):
        open_and_look(desk, f"questions-{name}", f"parliament:{name}", question.pk)
    open_and_look(desk, "questions-version", "parliament:interpellation_draft", question.pk, 1)
    for step in (
        "ask_agencies",
        "set_sitting",
        "transfer",
        "correct",
        "correct_sub_questions",
        "answer_without_text",
    ):
        open_and_look(desk, f"questions-step-{step}", "parliament:interpellation_step", question.pk, step)
    open_and_look(desk, "questions-motion", "parliament:motion", motion.pk)


def test_pages_of_the_head_and_the_minister(
    visit: Visit, officer: User, head: User, executive: User, question: Interpellation
) -> None:
    motion = make_motion(owner=officer, received_at=timezone.now())
    bring_to(motion, AnswerState.ON_DESK, officer=officer, head=head, executive=executive, now=timezone.now())
    minister = visit()
    minister.signs_in(executive)
    open_and_look(minister, "questions-on-desk", "parliament:motion", motion.pk)
    desk = visit()
    desk.signs_in(head)
    open_and_look(desk, "questions-lapse", "parliament:lapse")
    open_and_look(desk, "questions-lapse-rows", "parliament:lapse", query="?parliament_number=23")
    desk.fills("Reason", "ยุบสภา")
    desk.presses("Record that they lapsed")
    look_over(desk, "questions-lapsed")
