"""The recess switch: what waits for a sitting is quiet, what does not runs on, and nothing is ever lost."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from office.calendar import OFFICE_TZ
from office.models import Deadline, Notice, OfficeDay, User
from office.reminders import remind_due
from parliament.models import Recess
from parliament.recesses import declare, put_off, set_end, withdraw
from projectplan.rounds import sweep
from tests.cast import MORNING, make_executive
from tests.parliament.cast import make_politics_head, make_politics_officer
from tests.parliament.houses_cast import Kind, bare_interpellation, bare_motion, owe

pytestmark = pytest.mark.django_db


def at(day: int, hour: int = 16, minute: int = 30, month: int = 11) -> datetime:
    return datetime(2009, month, day, hour, minute, tzinfo=OFFICE_TZ)


MONDAY = date(2009, 11, 16)
DUE = at(20)  # the Friday within the recess


@pytest.fixture
def head(db: None) -> User:
    return make_politics_head()


@pytest.fixture
def officer(db: None) -> User:
    return make_politics_officer()


def begin(head: User, *, begins_on: date = date(2009, 11, 18), ends_on: date | None = None) -> Recess:
    return declare(begins_on=begins_on, ends_on=ends_on, reason="ปิดสมัยประชุม", by=head, now=MORNING)


def fresh(deadline: Deadline) -> Deadline:
    return Deadline.objects.get(pk=deadline.pk)


def test_an_answer_in_the_sitting_is_quiet_until_the_first_working_morning(head: User) -> None:
    owed = owe(bare_interpellation(), due=DUE)
    begin(head, ends_on=date(2009, 11, 27))  # a Friday
    assert fresh(owed).remind_at == at(30, 8, 30)
    assert fresh(owed).next_reminder == Deadline.Reminder.LATE
    assert fresh(owed).due_at == DUE, "late stays late"


def test_a_holiday_after_the_recess_is_passed_over(head: User) -> None:
    owed = owe(bare_motion(), due=DUE)
    assert OfficeDay.objects.filter(date=date(2009, 12, 7), kind=OfficeDay.Kind.OFF).exists()
    begin(head, ends_on=date(2009, 12, 4))
    assert fresh(owed).remind_at == at(8, 8, 30, month=12)


def test_without_an_end_nothing_is_said_until_it_is_ended(head: User, officer: User) -> None:
    owed = owe(bare_interpellation(owner=officer), due=DUE, responsible=officer)
    recess = begin(head)
    assert fresh(owed).remind_at is None
    assert remind_due(at(24, 9, 0), put_off=put_off) == 0
    set_end(recess, ends_on=date(2009, 11, 24), by=head, now=at(24, 10, 0))
    assert fresh(owed).remind_at == at(25, 8, 30)
    assert remind_due(at(25, 8, 31), put_off=put_off) == 1
    assert Notice.objects.filter(deadline=owed, kind=Notice.Kind.LATE, recipient=officer).exists()


def test_what_goes_to_the_gazette_runs_on(head: User, officer: User) -> None:
    answer = owe(bare_interpellation(Kind.GAZETTE, owner=officer), due=DUE, responsible=officer)
    printing = owe(bare_interpellation(Kind.GAZETTE), Deadline.Kind.GAZETTE, due=DUE)
    draft = owe(bare_interpellation(), Deadline.Kind.DRAFT, due=DUE)
    before = [fresh(one).remind_at for one in (answer, printing, draft)]
    begin(head)
    assert [fresh(one).remind_at for one in (answer, printing, draft)] == before
    assert remind_due(at(20, 8, 31), put_off=put_off) == 3


def test_a_promise_made_during_the_recess_is_quiet_too(head: User, officer: User) -> None:
    recess = begin(head, ends_on=date(2009, 11, 27))
    question = bare_interpellation(Kind.URGENT, owner=officer)
    owed = owe(question, due=at(20), start=at(19, 9, 0), responsible=officer)
    sweep(lambda: at(20, 8, 31))
    assert not Notice.objects.filter(deadline=owed).exists()
    assert fresh(owed).remind_at == at(30, 8, 30)
    set_end(recess, ends_on=date(2009, 11, 23), by=head, now=at(23, 9, 0))
    assert fresh(owed).remind_at == at(24, 8, 30)


def test_made_longer_the_reminders_wait_longer(head: User) -> None:
    owed = owe(bare_interpellation(), due=DUE)
    recess = begin(head, ends_on=date(2009, 11, 20))
    assert fresh(owed).remind_at == at(23, 8, 30)
    set_end(recess, ends_on=date(2009, 12, 1), by=head, now=at(19, 9, 0))
    assert fresh(owed).remind_at == at(2, 8, 30, month=12)


def test_what_is_due_after_the_recess_keeps_its_own_reminder(head: User) -> None:
    owed = owe(bare_interpellation(), due=at(4, month=12))
    begin(head, ends_on=date(2009, 11, 27))
    assert fresh(owed).remind_at == at(4, 8, 30, month=12)
    assert fresh(owed).next_reminder == Deadline.Reminder.BEFORE


def test_ended_at_once_the_reminder_is_as_before(head: User) -> None:
    owed = owe(bare_interpellation(), due=DUE)
    own = (fresh(owed).next_reminder, fresh(owed).remind_at)
    recess = begin(head)
    set_end(recess, ends_on=date(2009, 11, 18), by=head, now=at(18, 9, 0))
    assert (fresh(owed).next_reminder, fresh(owed).remind_at) == own


def test_one_that_has_not_begun_can_be_taken_back(head: User) -> None:
    owed = owe(bare_interpellation(), due=DUE)
    own = fresh(owed).remind_at
    recess = begin(head, ends_on=date(2009, 11, 27))
    withdraw(recess, by=head, now=MORNING)
    withdraw(recess, by=head, now=MORNING)
    assert fresh(owed).remind_at == own
    assert not Recess.objects.exists()


def test_one_that_has_begun_is_not_taken_back(head: User) -> None:
    recess = begin(head, begins_on=MONDAY)
    with pytest.raises(ValidationError):
        withdraw(recess, by=head, now=MORNING)


def test_a_second_click_declares_and_tells_once(head: User, officer: User) -> None:
    executive = make_executive()
    assert begin(head) == begin(head)
    told = Notice.objects.filter(kind=Notice.Kind.CALENDAR, way=Notice.Way.APP)
    assert {notice.recipient for notice in told} == {officer, executive}
    assert told.first().text == "ปิดสมัยประชุมตั้งแต่ ๑๘ พฤศจิกายน ๒๕๕๒: ปิดสมัยประชุม"


def test_ending_it_twice_is_once(head: User, officer: User) -> None:
    recess = begin(head)
    set_end(recess, ends_on=date(2009, 11, 24), by=head, now=at(24, 9, 0))
    count = Notice.objects.count()
    set_end(recess, ends_on=date(2009, 11, 24), by=head, now=at(24, 9, 1))
    assert Notice.objects.count() == count


def test_two_recesses_never_overlap(head: User) -> None:
    begin(head, ends_on=date(2009, 11, 27))
    with pytest.raises(ValidationError, match="๑๘ พฤศจิกายน ๒๕๕๒"):
        begin(head, begins_on=date(2009, 11, 27))


def test_one_that_is_over_is_not_changed(head: User) -> None:
    recess = begin(head, begins_on=MONDAY, ends_on=MONDAY)
    with pytest.raises(ValidationError):
        set_end(recess, ends_on=date(2009, 11, 30), by=head, now=at(18, 9, 0))


DAYS = st.integers(min_value=-10, max_value=40)
LENGTHS = st.one_of(st.none(), st.integers(min_value=0, max_value=30))


class NothingIsLost(TestCase):
    """Whatever is declared and however it is changed: while it lasts nothing is said of what waits for a sitting,
    and once it is over every promise still owed is reminded of again, on the first working morning or later."""

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        dues=st.lists(DAYS, min_size=1, max_size=5),
        begins=st.integers(min_value=-3, max_value=10),
        length=LENGTHS,
        shortened=st.integers(min_value=0, max_value=30),
        sweeps=st.lists(st.integers(min_value=0, max_value=45), max_size=6),
    )
    def test_nothing_is_lost(
        self, dues: list[int], begins: int, length: int | None, shortened: int, sweeps: list[int]
    ) -> None:
        head, officer = make_politics_head(), make_politics_officer()
        owed = [
            owe(bare_interpellation(owner=officer), due=DUE + timedelta(days=days), responsible=officer)
            for days in dues
        ]
        first = MONDAY + timedelta(days=1 + begins)
        last = None if length is None else first + timedelta(days=length)
        recess = declare(begins_on=first, ends_on=last, reason="ปิดสมัย", by=head, now=MORNING)
        end = first + timedelta(days=shortened)
        ended = False
        said_in_recess = 0
        for day in sorted({*sweeps, 46}):
            now = MORNING + timedelta(days=day)
            today = now.date()
            if not ended and today >= end and (last is None or today <= last):
                recess = set_end(recess, ends_on=end, by=head, now=now)
                last, ended = end, True
            before = Notice.objects.count()
            remind_due(now, put_off=put_off)
            if recess.contains(today):
                said_in_recess += Notice.objects.count() - before
        assert said_in_recess == 0
        if last is None:
            recess = set_end(recess, ends_on=end, by=head, now=MORNING + timedelta(days=46))
        for deadline in owed:
            current = fresh(deadline)
            assert current.remind_at is not None, "every promise still owed has its next reminder"
            assert current.due_at == deadline.due_at
        remind_due(MORNING + timedelta(days=90), put_off=put_off)
        reminded = set(Notice.objects.filter(recipient=officer).values_list("deadline_id", flat=True))
        assert reminded >= {deadline.pk for deadline in owed}
