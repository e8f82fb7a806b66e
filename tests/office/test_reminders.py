"""The ladder: whom a promise is reminded of, when, in which order, and that nothing is said twice."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints.models import State
from office import deadlines
from office.calendar import OFFICE_TZ
from office.models import Deadline, Notice, OfficeDay, Secrecy, User
from office.models.calendar import record_edition
from office.reminders import due_reminders, remind_due
from tests.cast import MORNING, bring_to, make_petition, take_step

pytestmark = pytest.mark.django_db

# Received Tuesday 17 November 2009 at 09:00: the opinion is due Wednesday 18 November at 16:30.
DUE_MORNING = datetime(2009, 11, 18, 8, 30, tzinfo=OFFICE_TZ)
DUE = datetime(2009, 11, 18, 16, 30, tzinfo=OFFICE_TZ)
THURSDAY = datetime(2009, 11, 19, 8, 30, tzinfo=OFFICE_TZ)
FRIDAY = datetime(2009, 11, 20, 8, 30, tzinfo=OFFICE_TZ)
SATURDAY = datetime(2009, 11, 21, 9, 0, tzinfo=OFFICE_TZ)
MONDAY = datetime(2009, 11, 23, 8, 30, tzinfo=OFFICE_TZ)


def told(*, way: str = Notice.Way.APP) -> list[tuple[str, str]]:
    """Who was told what, in the order it was written."""
    rows = Notice.objects.filter(way=way, deadline__isnull=False).order_by("pk")
    return list(rows.values_list("recipient__username", "kind"))


def letter() -> Notice:
    return Notice.objects.get(way=Notice.Way.EMAIL, deadline__isnull=False)


def test_the_officer_is_reminded_on_the_morning_of_the_last_day(officer: User, head: User) -> None:
    make_petition(owner=officer)
    assert remind_due(DUE_MORNING - timedelta(seconds=1)) == 0
    assert remind_due(DUE_MORNING) == 1
    assert told() == [("thatsanee", Notice.Kind.DUE_SOON)]


def test_the_officer_is_reminded_when_it_is_due(officer: User, head: User) -> None:
    make_petition(owner=officer)
    remind_due(DUE_MORNING)
    assert remind_due(DUE) == 1
    assert told() == [("thatsanee", Notice.Kind.DUE_SOON), ("thatsanee", Notice.Kind.DUE_NOW)]


def test_late_is_told_to_the_officer_then_to_the_head_on_every_working_day(officer: User, head: User) -> None:
    make_petition(owner=officer)
    late = [("thatsanee", Notice.Kind.LATE), ("sirirat", Notice.Kind.LATE)]
    for moment in (DUE_MORNING, DUE, THURSDAY, FRIDAY, SATURDAY, MONDAY):
        remind_due(moment)
    assert told()[2:] == late * 3, "Thursday, Friday, Monday"


def test_nothing_late_is_told_on_a_holiday(officer: User, head: User) -> None:
    OfficeDay.objects.create(date=FRIDAY.date(), name="วันหยุดพิเศษ")
    record_edition(note="วันหยุดพิเศษ", made_by=None, now=MORNING)
    make_petition(owner=officer)
    for moment in (DUE_MORNING, DUE, THURSDAY):
        remind_due(moment)
    assert remind_due(FRIDAY) == 0
    assert remind_due(MONDAY) == 1


def test_a_reminder_that_waited_says_what_is_true_when_it_comes(officer: User, head: User) -> None:
    make_petition(owner=officer)
    assert remind_due(FRIDAY) == 1
    assert told() == [("thatsanee", Notice.Kind.LATE), ("sirirat", Notice.Kind.LATE)]


def test_the_same_round_again_says_nothing(officer: User) -> None:
    make_petition(owner=officer)
    assert [remind_due(DUE_MORNING), remind_due(DUE_MORNING)] == [1, 0]


def test_the_same_reminder_given_twice_is_written_once(officer: User) -> None:
    make_petition(owner=officer)
    remind_due(DUE_MORNING)
    Deadline.objects.update(next_reminder=Deadline.Reminder.BEFORE, remind_at=DUE_MORNING)
    assert remind_due(DUE_MORNING) == 1
    assert told() == [("thatsanee", Notice.Kind.DUE_SOON)]


def test_a_promise_kept_or_taken_back_is_never_reminded_of(officer: User) -> None:
    kept, taken_back = make_petition(owner=officer), make_petition(owner=officer)
    deadlines.keep(kept, Deadline.Kind.OPINION, now=MORNING)
    deadlines.drop(taken_back, Deadline.Kind.OPINION, now=MORNING)
    assert remind_due(MONDAY) == 0
    assert told() == []


def test_a_matter_that_nobody_carries_is_told_to_the_head(officer: User, head: User) -> None:
    make_petition()
    remind_due(DUE_MORNING)
    assert told() == [("sirirat", Notice.Kind.DUE_SOON)]


def test_a_promise_of_an_agency_is_told_to_who_follows_it(officer: User, head: User, executive: User) -> None:
    bring_to(make_petition(owner=officer), State.REFERRED, officer=officer, head=head, executive=executive)
    promise = Deadline.objects.get(kind=Deadline.Kind.AGENCY_ANSWER)
    remind_due(promise.due_at)
    assert told() == [("thatsanee", Notice.Kind.DUE_NOW)]


def test_a_late_order_is_told_to_the_executive_and_the_head(
    officer: User, head: User, executive: User
) -> None:
    bring_to(make_petition(owner=officer), State.SUBMITTED, officer=officer, head=head, executive=executive)
    promise = Deadline.objects.get(kind=Deadline.Kind.ORDER)
    remind_due(promise.due_at + timedelta(days=3))
    assert told() == [("secretary", Notice.Kind.LATE), ("sirirat", Notice.Kind.LATE)]


def test_nobody_is_reminded_of_a_matter_they_may_not_see(officer: User, head: User, colleague: User) -> None:
    petition = make_petition(owner=officer, secrecy=Secrecy.SECRET)
    Deadline.objects.filter(matter=petition).update(responsible=colleague, follower=officer)
    remind_due(DUE_MORNING)
    assert told() == [("thatsanee", Notice.Kind.DUE_SOON)]


def test_a_person_who_has_left_is_not_reminded_and_the_head_is(officer: User, head: User) -> None:
    make_petition(owner=officer)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    remind_due(DUE_MORNING)
    assert told() == [("sirirat", Notice.Kind.DUE_SOON)]


def test_a_head_who_carries_a_matter_is_told_once(head: User) -> None:
    make_petition(owner=head)
    remind_due(THURSDAY)
    assert told() == [("sirirat", Notice.Kind.LATE)]


def test_a_letter_waits_until_the_office_opens(officer: User) -> None:
    make_petition(owner=officer)
    remind_due(DUE)
    assert letter().deliver_from == THURSDAY


def test_a_letter_that_waits_gives_way_to_what_is_true_by_then(officer: User) -> None:
    make_petition(owner=officer)
    remind_due(DUE)
    remind_due(THURSDAY)
    assert told(way=Notice.Way.EMAIL) == [("thatsanee", Notice.Kind.LATE)]


def test_only_the_latest_reminder_of_a_promise_stays_unread(officer: User) -> None:
    make_petition(owner=officer)
    for moment in (DUE_MORNING, DUE, THURSDAY):
        remind_due(moment)
    unread = Notice.objects.filter(recipient=officer, way=Notice.Way.APP, read_at=None)
    assert [notice.kind for notice in unread] == [Notice.Kind.LATE]


def test_who_takes_a_step_has_seen_what_they_were_told_of_the_matter(officer: User, head: User) -> None:
    petition, other = make_petition(owner=officer), make_petition(owner=officer)
    remind_due(DUE_MORNING)
    take_step(petition, "save_draft", officer, now=DUE_MORNING, summary="สรุป")
    unread = Notice.objects.filter(recipient=officer, way=Notice.Way.APP, read_at=None)
    assert [notice.matter_id for notice in unread] == [other.pk]


def test_many_are_reminded_of_in_batches_at_few_questions(officer: User, head: User) -> None:
    for _number in range(30):
        make_petition(owner=officer, petitioner=False)
    with CaptureQueriesContext(connection) as asked:
        assert remind_due(THURSDAY, batch=10) == 30
    assert Notice.objects.filter(way=Notice.Way.APP, kind=Notice.Kind.LATE).count() == 60
    assert len(asked) <= 2 + 4 * 16, "the calendar, then three batches and one that finds nothing"


def test_one_indexed_query_finds_what_is_due(officer: User) -> None:
    make_petition(owner=officer)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = due_reminders(DUE_MORNING).explain()
    assert "deadline_to_remind" in plan
