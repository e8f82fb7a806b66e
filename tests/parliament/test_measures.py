"""What the plan's measures count of the work in parliament: literal figures, counted by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from office.calendar import Period, fiscal_year, month
from office.models import Deadline, Event, User
from office.ratio import Ratio
from office.steps import Act, Actor
from parliament import measures
from parliament.models import Meeting, Telling
from parliament.tallies import KEEPER, Aside, Dimension, Kind, by_key
from tests.parliament import meetings_cast
from tests.parliament.cast import make_politics_officer
from tests.parliament.papers_cast import (
    at,
    make_bill,
    make_consideration,
    make_consultation,
    make_interpellation,
    make_item,
    make_meeting,
    make_motion,
    owe,
)

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER, DECEMBER = month(2009, 10), month(2009, 11), month(2009, 12)
READY, ANSWER, BOTH = Deadline.Kind.READY, Deadline.Kind.HOUSE_ANSWER, Deadline.Kind.BOTH_TOLD
LATER = at(2010, 1, 31)


def prepared(begins: object, met: object = None, **given: object) -> Meeting:
    """A meeting with the promise that all is ready before it begins."""
    meeting = make_meeting(begins, received_at=at(2009, 9, 1), **given)  # type: ignore[arg-type]
    owe(meeting, READY, due=begins, met=met)  # type: ignore[arg-type]
    return meeting


def act_on(matter: object, officer: User) -> None:
    """What follows every step on a matter."""
    matter.after_step(Act(Actor(user=officer), at(2009, 12, 1)), Event())  # type: ignore[attr-defined]


# ── Meetings ────────────────────────────────────────────────────────────────────────────────


def test_ready_at_the_very_moment_is_in_time_and_a_minute_later_is_late(db: None) -> None:
    prepared(at(2009, 11, 5, 9, 30), at(2009, 11, 5, 9, 30))
    prepared(at(2009, 11, 12, 9, 30), at(2009, 11, 12, 9, 31))
    assert measures.meetings_on_time(NOVEMBER, LATER) == Ratio(in_time=1, late=1)


def test_none_decided_yet_has_no_percentage(db: None) -> None:
    prepared(at(2009, 11, 5, 9, 30))
    ratio = measures.meetings_on_time(NOVEMBER, at(2009, 11, 5, 9, 30))
    assert (ratio, ratio.percent) == (Ratio(pending=1), None)
    assert measures.meetings_on_time(NOVEMBER, at(2009, 11, 5, 9, 31)) == Ratio(late=1)


def test_a_meeting_told_of_after_it_began_is_out_of_the_count(db: None) -> None:
    begins = at(2009, 11, 5, 9, 30)
    make_meeting(begins, received_at=begins)
    prepared(at(2009, 11, 6), at(2009, 11, 5))
    assert measures.meetings_on_time(NOVEMBER, LATER) == Ratio(in_time=1)
    figures = KEEPER.read([NOVEMBER], [Dimension.ASIDE], LATER, Kind.MEETING)
    assert by_key(figures, Dimension.ASIDE)[Aside.TOLD_LATE].received == 1


def test_a_cancelled_meeting_is_out_and_a_postponed_one_waits_for_its_day(db: None) -> None:
    cancelled = make_meeting(at(2009, 11, 5), state=Meeting.State.CANCELLED)
    owe(cancelled, READY, due=cancelled.begins_at, dropped=at(2009, 11, 4))
    postponed = make_meeting(at(2009, 11, 6), state=Meeting.State.POSTPONED)
    owe(postponed, READY, due=postponed.begins_at, dropped=at(2009, 11, 4))
    assert measures.meetings_on_time(NOVEMBER, LATER) == Ratio()
    figures = KEEPER.read([NOVEMBER], [Dimension.ASIDE], LATER, Kind.MEETING)
    assert set(by_key(figures, Dimension.ASIDE)) == {Aside.CANCELLED, Aside.POSTPONED}


def test_a_meeting_put_off_across_the_end_of_the_month_counts_where_it_takes_place(db: None) -> None:
    officer = make_politics_officer()
    begins = at(2009, 11, 30, 9, 30)
    meeting = meetings_cast.make_meeting(owner=officer, begins_at=begins, received_at=at(2009, 11, 17))
    meetings_cast.with_agenda(meeting, officer, now=at(2009, 11, 18))
    meetings_cast.make_all_ready(meeting, officer, now=at(2009, 11, 18, 15))
    assert measures.meetings_on_time(NOVEMBER, at(2009, 11, 19)) == Ratio(in_time=1)
    meetings_cast.take(
        meeting,
        "reschedule",
        officer,
        now=at(2009, 11, 25),
        begins_at=at(2009, 12, 2, 9, 30),
        reason="ประธานสภาเลื่อนการประชุม",
    )
    assert measures.meetings_on_time(NOVEMBER, at(2009, 11, 26)) == Ratio()
    assert measures.meetings_on_time(DECEMBER, at(2009, 11, 26)) == Ratio(pending=1)
    meetings_cast.take(
        meeting,
        "note_told",
        officer,
        now=at(2009, 12, 1),
        tellings=list(Telling.objects.filter(told_at=None)),
        way=Telling.Way.TELEPHONE,
    )
    assert measures.meetings_on_time(DECEMBER, at(2009, 12, 1, 11)) == Ratio(in_time=1)
    reading = measures.Reading([NOVEMBER, DECEMBER], LATER)
    assert [figure.counts.received for figure in reading.figures[Kind.MEETING]] == [0, 1]


def test_a_meeting_that_was_ready_and_is_cancelled_counts_no_more(db: None) -> None:
    officer = make_politics_officer()
    meeting = meetings_cast.make_meeting(owner=officer)
    meetings_cast.with_agenda(meeting, officer)
    meetings_cast.make_all_ready(meeting, officer, now=at(2009, 11, 18))
    assert measures.meetings_on_time(NOVEMBER, at(2009, 11, 18, 11)) == Ratio(in_time=1)
    meetings_cast.take(meeting, "cancel", officer, now=at(2009, 11, 18, 15), reason="สภาไม่ครบองค์ประชุม")
    assert measures.meetings_on_time(NOVEMBER, LATER) == Ratio()


def test_what_is_owed_anew_is_what_counts(db: None) -> None:
    meeting = prepared(at(2009, 11, 5, 9, 30), at(2009, 11, 3))
    owe(meeting, READY, due=meeting.begins_at, met=at(2009, 11, 5, 10))
    assert measures.meetings_on_time(NOVEMBER, LATER) == Ratio(late=1)


def test_the_last_evening_of_the_year_is_that_of_bangkok(db: None) -> None:
    prepared(at(2009, 9, 30, 23, 30), at(2009, 9, 30, 23))
    prepared(at(2009, 10, 1, 0, 30), at(2009, 9, 30))
    assert measures.meetings_on_time(fiscal_year(2552), LATER) == Ratio(in_time=1)
    assert measures.meetings_on_time(fiscal_year(2553), LATER) == Ratio(in_time=1)


def test_meetings_of_months_to_come_are_pending(db: None) -> None:
    prepared(at(2009, 12, 24))
    assert measures.meetings_on_time(DECEMBER, at(2009, 11, 20)) == Ratio(pending=1)


def test_a_meeting_on_a_holiday_counts_like_any_other(db: None) -> None:
    prepared(at(2009, 10, 23, 9, 30), at(2009, 10, 22, 16, 30))  # Chulalongkorn Day
    assert measures.meetings_on_time(OCTOBER, LATER) == Ratio(in_time=1)


# ── Interpellations and motions ─────────────────────────────────────────────────────────────


def test_interpellations_and_motions_count_by_the_month_of_their_receipt(db: None) -> None:
    for received, due, met in (
        (at(2009, 11, 2), at(2009, 12, 2, 16, 30), at(2009, 12, 2, 16, 30)),
        (at(2009, 11, 30, 23, 30), at(2009, 12, 30, 16, 30), at(2009, 12, 30, 16, 31)),
    ):
        owe(make_interpellation(received), ANSWER, due=due, met=met)
    owe(make_motion(at(2009, 11, 3)), ANSWER, due=at(2009, 11, 20))
    assert measures.interpellations_handled(NOVEMBER, at(2009, 11, 4)) == Ratio(in_time=1, late=1, pending=1)
    assert measures.interpellations_handled(NOVEMBER, LATER) == Ratio(in_time=1, late=2)
    assert measures.interpellations_handled(DECEMBER, LATER) == Ratio()


def test_what_was_withdrawn_before_it_was_due_is_out_and_after_it_stays_late(db: None) -> None:
    in_good_time, too_late = make_interpellation(at(2009, 11, 2)), make_interpellation(at(2009, 11, 2))
    owe(in_good_time, ANSWER, due=at(2009, 11, 20), dropped=at(2009, 11, 10))
    owe(too_late, ANSWER, due=at(2009, 11, 20), met=at(2009, 11, 25), why="ถอนหลังครบกำหนด")
    assert measures.interpellations_handled(NOVEMBER, LATER) == Ratio(late=1)


def test_a_sitting_date_that_comes_later_takes_the_place_of_the_rule(db: None) -> None:
    question = make_interpellation(at(2009, 11, 2))
    owe(question, ANSWER, due=at(2009, 12, 2), dropped=at(2009, 11, 9))
    owe(question, ANSWER, due=at(2009, 11, 19), met=at(2009, 11, 19))
    assert measures.interpellations_handled(NOVEMBER, LATER) == Ratio(in_time=1)


def test_other_promises_of_a_question_are_not_the_indicators(db: None) -> None:
    question = make_interpellation(at(2009, 11, 2))
    owe(question, Deadline.Kind.DRAFT, due=at(2009, 11, 5), met=at(2009, 11, 9))
    owe(question, Deadline.Kind.GAZETTE, due=at(2009, 11, 6))
    assert measures.interpellations_handled(NOVEMBER, LATER) == Ratio()


# ── Bills and consultations ─────────────────────────────────────────────────────────────────


def test_a_bill_counts_once_for_each_meeting_that_considers_it(db: None) -> None:
    bill = make_bill()
    for begins, met in (
        (at(2009, 11, 4), at(2009, 11, 3)),
        (at(2009, 11, 25), at(2009, 11, 25, 10, 1)),
        (at(2009, 12, 9), at(2009, 12, 8)),
    ):
        make_consideration(bill, make_item(make_meeting(begins, received_at=at(2009, 10, 20))), met=met)
    assert measures.bills_on_time(NOVEMBER, LATER) == Ratio(in_time=1, late=1)
    assert measures.bills_on_time(DECEMBER, LATER) == Ratio(in_time=1)
    assert measures.meetings_on_time(NOVEMBER, LATER) == Ratio()


def test_a_bill_at_a_meeting_told_of_too_late_is_out_of_the_count(db: None) -> None:
    begins = at(2009, 11, 4)
    make_consideration(make_bill(), make_item(make_meeting(begins, received_at=begins + timedelta(hours=1))))
    assert measures.bills_on_time(NOVEMBER, LATER) == Ratio()


def test_a_consultation_is_answered_when_both_are_told(db: None) -> None:
    due = at(2009, 12, 2, 16, 30)
    owe(make_consultation(at(2009, 11, 2)), BOTH, due=due, met=due)
    owe(make_consultation(at(2009, 11, 2)), BOTH, due=due, met=at(2009, 12, 3))
    owe(make_consultation(at(2009, 11, 2)), BOTH, due=due)
    assert measures.consultations_answered(NOVEMBER, at(2009, 12, 2)) == Ratio(in_time=1, pending=1, late=1)
    assert measures.consultations_answered(NOVEMBER, LATER) == Ratio(in_time=1, late=2)


# ── All of them ─────────────────────────────────────────────────────────────────────────────


def test_matters_on_time_is_the_sum_of_the_four_works(db: None) -> None:
    prepared(at(2009, 11, 5), at(2009, 11, 4))
    owe(make_interpellation(at(2009, 11, 2)), ANSWER, due=at(2009, 11, 20))
    make_consideration(
        make_bill(),
        make_item(make_meeting(at(2009, 11, 25), received_at=at(2009, 11, 1))),
        met=at(2009, 11, 24),
    )
    owe(make_consultation(at(2009, 11, 2)), BOTH, due=at(2010, 2, 1))
    assert measures.matters_on_time(NOVEMBER, LATER) == Ratio(in_time=2, late=1, pending=1)
    assert measures.matters_on_time(fiscal_year(2553), LATER) == Ratio(in_time=2, late=1, pending=1)


def test_part_of_a_month_is_no_period_of_a_measure(db: None) -> None:
    with pytest.raises(ValueError, match="whole months"):
        measures.meetings_on_time(Period(at(2009, 11, 2).date(), at(2009, 11, 30).date()), LATER)


# ── Tallies ─────────────────────────────────────────────────────────────────────────────────


def test_a_step_has_the_month_counted_anew(db: None) -> None:
    officer = make_politics_officer()
    question = make_interpellation(at(2009, 11, 2))
    promise = owe(question, ANSWER, due=at(2009, 12, 2))
    assert measures.interpellations_handled(NOVEMBER, at(2009, 11, 20)) == Ratio(pending=1)
    Deadline.objects.filter(pk=promise.pk).update(met_at=at(2009, 11, 21))
    act_on(question, officer)
    assert measures.interpellations_handled(NOVEMBER, at(2009, 11, 22)) == Ratio(in_time=1)


def test_the_clock_alone_makes_a_pending_one_late(db: None) -> None:
    owe(make_interpellation(at(2009, 11, 2)), ANSWER, due=at(2009, 12, 2))
    assert measures.interpellations_handled(NOVEMBER, at(2009, 12, 2)) == Ratio(pending=1)
    assert measures.interpellations_handled(NOVEMBER, at(2009, 12, 2, 10, 1)) == Ratio(late=1)


def test_a_year_is_read_in_one_question_while_the_tallies_hold(
    db: None, django_assert_num_queries: object
) -> None:
    prepared(at(2009, 11, 5), at(2009, 11, 4))
    measures.matters_on_time(fiscal_year(2553), LATER)
    with django_assert_num_queries(1):  # type: ignore[operator]
        measures.matters_on_time(fiscal_year(2553), LATER)
