"""The clock keeps its turns in the database: two are one, a change holds at once, nothing vital is stopped."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from kombu.exceptions import OperationalError

from config.celery import app
from office import beat, clock
from office.calendar import OFFICE_TZ
from office.models import ClockWork
from projectplan.clock_words import WORDS, rhythm_words, words_of
from tests import cast

pytestmark = pytest.mark.django_db
EIGHT = datetime(2009, 11, 17, 8, 0, tzinfo=OFFICE_TZ)
SWEEP = "reminders and letters"
JOURNAL = "next month's journal"


def look(now: datetime) -> list[str]:
    return beat.look(now, lambda entry: None)


def entry_of(name: str) -> clock.Entry:
    return next(one for one in clock.entries() if one.name == name)


def test_every_entry_has_words_in_thai() -> None:
    assert set(app.conf.beat_schedule) == set(WORDS)
    for entry in clock.entries():
        assert words_of(entry.name).title
        assert rhythm_words(entry)


def test_an_entry_counts_from_when_it_is_first_seen() -> None:
    assert look(EIGHT) == []
    assert ClockWork.objects.count() == len(app.conf.beat_schedule)


def test_the_sweep_runs_every_minute_and_a_daily_work_at_its_hour() -> None:
    look(EIGHT)
    assert SWEEP not in look(EIGHT + timedelta(seconds=30))
    assert SWEEP in look(EIGHT + timedelta(seconds=60))
    assert JOURNAL not in look(EIGHT + timedelta(minutes=14))
    assert JOURNAL in look(EIGHT + timedelta(minutes=15))
    assert JOURNAL not in look(EIGHT + timedelta(minutes=16))


def test_of_two_clocks_one_takes_the_turn() -> None:
    look(EIGHT)
    now = EIGHT + timedelta(seconds=60)
    seen_by_both = entry_of(SWEEP)
    assert seen_by_both.is_due(now)
    assert clock.claim(seen_by_both, now)
    assert not clock.claim(seen_by_both, now)


def test_a_turn_that_an_outage_let_pass_is_due_once() -> None:
    look(EIGHT)
    evening = EIGHT + timedelta(hours=12)
    assert JOURNAL in look(evening)
    assert JOURNAL not in look(evening + timedelta(minutes=1))


def test_a_queue_that_is_down_costs_no_turn() -> None:
    look(EIGHT)

    def down(entry: clock.Entry) -> None:
        raise OperationalError

    later = EIGHT + timedelta(minutes=15)
    assert beat.look(later, down) == []
    assert JOURNAL in look(later + timedelta(minutes=5))


def test_another_hour_holds_at_the_next_look() -> None:
    look(EIGHT)
    ClockWork.objects.filter(name=JOURNAL).update(hour=10, minute=30)
    assert JOURNAL not in look(EIGHT + timedelta(minutes=15))
    assert JOURNAL in look(EIGHT + timedelta(hours=2, minutes=30))
    assert entry_of(JOURNAL).time == (10, 30)


def test_an_hour_given_to_a_round_changes_nothing() -> None:
    look(EIGHT)
    ClockWork.objects.filter(name=SWEEP).update(hour=3, minute=0)
    assert SWEEP in look(EIGHT + timedelta(seconds=60))
    assert not entry_of(SWEEP).may_pause


def test_a_pause_ends_by_itself_and_what_it_let_pass_is_due() -> None:
    look(EIGHT)
    until = EIGHT + timedelta(hours=5)
    ClockWork.objects.filter(name=JOURNAL).update(paused_until=until)
    assert JOURNAL not in look(EIGHT + timedelta(minutes=20))
    assert entry_of(JOURNAL).next_at(EIGHT) == until
    assert JOURNAL in look(until)


def test_a_pause_of_a_round_is_passed_over() -> None:
    look(EIGHT)
    ClockWork.objects.filter(name=SWEEP).update(paused_until=EIGHT + timedelta(days=1))
    assert SWEEP in look(EIGHT + timedelta(seconds=60))


def test_the_next_run_is_said() -> None:
    look(EIGHT)
    assert entry_of(JOURNAL).next_at(EIGHT) == EIGHT + timedelta(minutes=15)
    assert not entry_of(JOURNAL).is_late(EIGHT + timedelta(minutes=16))
    assert entry_of(JOURNAL).is_late(EIGHT + timedelta(minutes=30))


def test_the_worker_writes_down_how_it_went() -> None:
    look(EIGHT)
    task = app.conf.beat_schedule[SWEEP]["task"]
    clock.began(task, EIGHT)
    clock.ended(task, EIGHT, ExceptionGroup("ผู้ร้อง somsri@mail.example", [ValueError("somsri@mail.example")]))
    work = ClockWork.objects.get(name=SWEEP)
    assert (work.started_at, work.ended_at, work.outcome) == (EIGHT, EIGHT, ClockWork.Outcome.FAILED)
    assert work.fault == "ValueError"
    clock.ended(task, EIGHT)
    work.refresh_from_db()
    assert (work.outcome, work.fault) == (ClockWork.Outcome.DONE, "")
    clock.ended("projectplan.tasks.make_report", EIGHT)  # not of the clock


def test_beat_uses_it() -> None:
    assert app.conf.beat_scheduler == "office.beat:OfficeScheduler"
    scheduler = beat.OfficeScheduler(app=app, lazy=True)
    assert scheduler.tick() == beat.SECONDS_BETWEEN_LOOKS
    assert ClockWork.objects.all()[0].sent_at > cast.MORNING
