"""Questions and motions on the agenda of a meeting: they go along when it is moved, and stand on its page and in its
binder by whichever of the two they were put there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from office.calendar import OFFICE_TZ
from office.models import Deadline, Event, Notice, Secrecy, User
from parliament import binder_contents
from parliament.models import AgendaItem, Interpellation, Meeting
from parliament.models.agenda_steps import AgendaLine
from parliament.models.answering import AnsweringSteps
from tests.cast import MORNING
from tests.parliament.cast import make_politics_colleague, make_politics_officer
from tests.parliament.meetings_cast import SITTING, fresh, make_meeting, take
from tests.parliament.questions_cast import make_interpellation, make_motion

pytestmark = pytest.mark.django_db

THE_DAY = SITTING.date()
NEXT_WEEK = SITTING + timedelta(days=7)
ON_THE_DAY = SITTING + timedelta(hours=8)


@pytest.fixture
def officer(db: None) -> User:
    """Wiriya carries the question."""
    return make_politics_officer()


@pytest.fixture
def colleague(db: None) -> User:
    """Surasak carries the meeting."""
    return make_politics_colleague()


@pytest.fixture
def meeting(colleague: User) -> Meeting:
    meeting = make_meeting(owner=colleague)
    take(meeting, "write_agenda", colleague, lines=[AgendaLine("กระทู้ถามเรื่องเงินบำรุงการศึกษา", "๒.๑")])
    return fresh(meeting)


@pytest.fixture
def question(officer: User, meeting: Meeting) -> Interpellation:
    """Put under the item by the step that sets its sitting."""
    question = make_interpellation(owner=officer)
    given = {"sitting_on": THE_DAY, "decided_on": MORNING.date(), "item": meeting.items.get()}
    take(question, "set_sitting", officer, **given)
    return Interpellation.objects.get(pk=question.pk)


def promise(matter: AnsweringSteps) -> Deadline:
    return Deadline.objects.unmet().get(matter_id=matter.pk, kind=Deadline.Kind.HOUSE_ANSWER)


def end_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 23, 59, tzinfo=OFFICE_TZ)


def test_another_date_takes_the_question_along_and_tells_who_carries_it(
    meeting: Meeting, question: Interpellation, colleague: User, officer: User
) -> None:
    take(meeting, "reschedule", colleague, reason="สภาเลื่อนการประชุม", begins_at=NEXT_WEEK)
    question.refresh_from_db()
    assert question.sitting_on == NEXT_WEEK.date()
    assert promise(question).due_at == end_of(NEXT_WEEK.date())
    event = Event.objects.filter(matter=question).latest("pk")
    assert (event.step, event.reason, event.actor) == ("follow_meeting", "สภาเลื่อนการประชุม", colleague)
    moved = [datetime.fromisoformat(moment) for moment in event.changes["due"]]
    assert moved == [end_of(THE_DAY), end_of(NEXT_WEEK.date())]
    assert Notice.objects.filter(matter=question, recipient=officer, kind=Notice.Kind.STEP_TAKEN).exists()


def test_another_hour_of_the_same_day_is_no_news_to_the_question(
    meeting: Meeting, question: Interpellation, colleague: User
) -> None:
    afternoon = SITTING + timedelta(hours=4)
    take(meeting, "reschedule", colleague, reason="เลื่อนเป็นช่วงบ่าย", begins_at=afternoon)
    assert Event.objects.filter(matter=question).latest("pk").step == "set_sitting"


@pytest.mark.parametrize("step", ["postpone", "cancel"])
def test_without_a_day_the_answer_is_owed_by_the_rule_until_there_is_one(
    step: str, meeting: Meeting, question: Interpellation, colleague: User
) -> None:
    take(meeting, step, colleague, reason="งดประชุม")
    question.refresh_from_db()
    assert question.sitting_on is None
    # Thirty calendar days, as for every question of a sitting that has no day.
    assert promise(question).due_at.date() == date(2009, 12, 17)
    take(meeting, "reschedule", colleague, reason="นัดใหม่", begins_at=NEXT_WEEK)
    question.refresh_from_db()
    assert question.sitting_on == NEXT_WEEK.date()
    assert promise(question).due_at == end_of(NEXT_WEEK.date())


def test_what_was_late_before_the_meeting_was_moved_stays_late(
    meeting: Meeting, question: Interpellation, colleague: User
) -> None:
    day_after = SITTING + timedelta(days=1)
    take(meeting, "reschedule", colleague, now=day_after, reason="องค์ประชุมไม่ครบ", begins_at=NEXT_WEEK)
    question.refresh_from_db()
    assert (question.sitting_on, promise(question).due_at) == (NEXT_WEEK.date(), end_of(THE_DAY))
    take(meeting, "postpone", colleague, now=day_after, reason="เลื่อนอีก")
    assert promise(question).due_at == end_of(THE_DAY)


def test_an_item_about_a_motion_takes_it_along_if_it_is_of_that_day(
    meeting: Meeting, officer: User, colleague: User
) -> None:
    of_that_day = make_motion(owner=officer, sitting_on=THE_DAY)
    of_another = make_motion(owner=officer, sitting_on=date(2009, 12, 24))
    lines = [AgendaLine(one.title, concerns_us=True, about=one) for one in (of_that_day, of_another)]
    take(meeting, "write_agenda", colleague, lines=lines)
    take(meeting, "postpone", colleague, reason="งดประชุม")
    take(meeting, "reschedule", colleague, reason="นัดใหม่", begins_at=NEXT_WEEK)
    for one in (of_that_day, of_another):
        one.refresh_from_db()
    assert of_that_day.sitting_on == NEXT_WEEK.date()
    assert of_another.sitting_on == date(2009, 12, 24)


def test_what_was_answered_already_stays_as_it_was(
    meeting: Meeting, question: Interpellation, officer: User, colleague: User
) -> None:
    answered: dict[str, Any] = {"answered_at": MORNING, "answered_by": "รมว.ศธ."}
    take(question, "answer_without_text", officer, reason="ตอบสดในสภา", **answered)
    take(meeting, "cancel", colleague, now=ON_THE_DAY, reason="งดประชุม")
    question.refresh_from_db()
    assert question.sitting_on == THE_DAY


def test_the_binder_holds_what_was_put_under_an_item(meeting: Meeting, question: Interpellation) -> None:
    second = make_interpellation(sitting_on=THE_DAY, item=meeting.items.get(), secrecy=Secrecy.SECRET)
    contents = binder_contents.gather(meeting)
    [item] = contents.ours
    assert [entry.key for entry in item.entries] == [question.pk, second.pk]
    assert {question.pk, second.pk} <= set(contents.matter_keys)
    assert contents.secrecy == Secrecy.SECRET


def test_a_matter_named_by_both_stands_once_in_the_binder(meeting: Meeting, question: Interpellation) -> None:
    AgendaItem.objects.filter(meeting=meeting).update(about=question.pk, concerns_us=True)
    [item] = binder_contents.gather(meeting).ours
    assert [entry.key for entry in item.entries] == [question.pk]


def test_the_meetings_page_names_what_was_put_under_an_item_to_who_may_see_it(
    meeting: Meeting, question: Interpellation, colleague: User, client_for: Callable[[User], Client]
) -> None:
    client = client_for(colleague)
    page = reverse("parliament:meeting", args=[meeting.pk])
    assert question.label in client.get(page).content.decode()
    Interpellation.objects.filter(pk=question.pk).update(secrecy=Secrecy.TOP_SECRET)
    assert question.label not in client.get(page).content.decode()
