"""A clock that was set back keeps nobody waiting: not the rounds, not a letter in a dead hand, not a citizen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from office import beat, clock
from office.delivery import deliver
from office.form_ticket import FormTicket
from office.models import ClockWork, Notice, Report
from office.models.calendar import current_calendar
from tests.cast import MORNING, make_officer

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def test_rounds_go_on_after_the_clock_was_set_back() -> None:
    beat.look(MORNING + A_DAY, lambda entry: None)
    ClockWork.objects.update(sent_at=MORNING + A_DAY)
    sent = beat.look(MORNING, lambda entry: None)
    assert "reminders and letters" in sent
    assert beat.look(MORNING + timedelta(seconds=2), lambda entry: None) == []


def test_a_clock_half_a_minute_behind_another_takes_no_turn_twice() -> None:
    beat.look(MORNING, lambda entry: None)
    ClockWork.objects.update(sent_at=MORNING + timedelta(seconds=30))
    assert beat.look(MORNING, lambda entry: None) == []
    assert not any(entry.is_due(MORNING) for entry in clock.entries())


def test_a_report_claimed_on_a_day_that_was_none_is_free() -> None:
    period = {"first": MORNING.date().replace(day=1), "last": MORNING.date()}
    common = {
        "kind": Report.Kind.COMPLAINTS_MONTHLY,
        "asked_at": MORNING,
        "state": Report.State.MAKING,
        **period,
    }
    left = Report.objects.create(edition=1, held_until=MORNING + A_DAY, **common)
    Report.objects.create(edition=2, held_until=MORNING + timedelta(minutes=5), **common)
    assert list(Report.objects.free(MORNING)) == [left]


def test_a_form_opened_before_the_clock_was_set_back_is_not_too_fast() -> None:
    opened = FormTicket.open(MORNING)
    assert not opened.is_too_fast(MORNING - timedelta(hours=1))
    assert opened.is_too_fast(MORNING + timedelta(seconds=1))


def test_a_letter_claimed_on_a_day_that_was_none_is_free() -> None:
    officer = make_officer()
    common = {
        "way": Notice.Way.EMAIL,
        "kind": Notice.Kind.YOUR_TURN,
        "recipient": officer,
        "made_at": MORNING,
        "deliver_from": MORNING,
    }
    Notice.objects.create(once_key="a", held_until=MORNING + A_DAY, **common)
    Notice.objects.create(once_key="b", held_until=MORNING + timedelta(seconds=100), **common)
    assert current_calendar().is_open(MORNING)
    assert deliver(lambda notice: None, clock=lambda: MORNING).sent == 1
    assert Notice.objects.get(sent_at=None).once_key == "b"
