"""What the project's results come to, against hand counts and at the edges: none, closing, the year's last midnight."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from office.calendar import OFFICE_TZ
from office.models import User
from projectplan.measures_results import seminar_satisfaction, survey_satisfaction, training_per_person
from projectplan.models import Score, Survey
from projectplan.survey_results import results_of, rounded
from projectplan.training_counts import training_year
from tests.cast import make_officer
from tests.projectplan.results_cast import (
    CLOSES,
    fill_in,
    make_invitee,
    make_member,
    make_seminar,
    make_survey,
    train,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2010, 3, 1, 12, 0, tzinfo=OFFICE_TZ)
BEFORE_MIDNIGHT = datetime(2010, 9, 30, 23, 59, tzinfo=OFFICE_TZ)
MIDNIGHT = datetime(2010, 10, 1, 0, 0, tzinfo=OFFICE_TZ)


def test_nothing_is_decided_without_a_survey_or_an_answer(officer: User) -> None:
    assert seminar_satisfaction(2553, NOON).value is None
    make_survey(officer, seminar=make_seminar(officer))
    assert seminar_satisfaction(2553, NOON).value is None
    assert survey_satisfaction(2553, NOON).value is None


def test_the_mean_is_of_all_levels_given_in_all_closed_surveys_of_the_year(officer: User) -> None:
    first = make_survey(officer, seminar=make_seminar(officer))
    second = make_survey(officer, seminar=make_seminar(officer, title="ครั้งที่สอง"))
    fill_in(first, (4, 5), (3, 0))  # 12 of 3 levels
    fill_in(second, (5, 5))  # 10 of 2
    measured = seminar_satisfaction(2553, NOON)
    assert measured.value == Decimal("4.40")
    assert "๔.๔๐" in measured.parts
    assert f"kind={Survey.Kind.SEMINAR.value}&year=2553" in measured.url
    assert seminar_satisfaction(2552, NOON).value is None


def test_a_survey_counts_from_the_moment_it_closes_and_not_before(officer: User) -> None:
    survey = make_survey(officer, seminar=make_seminar(officer))
    fill_in(survey, (4, 4))
    assert seminar_satisfaction(2553, CLOSES - timedelta(microseconds=1)).value is None
    assert seminar_satisfaction(2553, CLOSES).value == Decimal("4.00")


def test_a_survey_in_preparation_whose_last_day_is_over_never_counts(officer: User) -> None:
    survey = make_survey(officer, seminar=make_seminar(officer), opened=False)
    fill_in(survey, (4, 4))
    assert seminar_satisfaction(2553, NOON).value is None


def test_a_seminar_counts_for_the_year_in_which_it_ends(officer: User) -> None:
    over_the_end = make_seminar(officer, starts_on=date(2009, 9, 30), ends_on=date(2009, 10, 1))
    fill_in(make_survey(officer, seminar=over_the_end), (5, 5))
    assert seminar_satisfaction(2553, NOON).value == Decimal("5.00")
    assert seminar_satisfaction(2552, NOON).value is None


def test_the_executives_satisfaction_is_the_mean_as_a_share_of_five_in_percent(officer: User) -> None:
    survey = make_survey(officer)
    fill_in(survey, (4, 5), (4, 4), (3, 5))  # 25 of 6 levels
    assert survey_satisfaction(2553, NOON).value == Decimal("83.33")
    assert seminar_satisfaction(2553, NOON).value is None


def test_mean_deviation_and_distribution_of_a_question_by_hand(officer: User) -> None:
    survey = make_survey(officer, questions=1)
    fill_in(survey, (2,), (4,), (4,), (5,))
    make_invitee(survey)
    results = results_of(survey)
    spread = results.questions[0].spread
    assert spread.counts == (0, 1, 0, 2, 1)
    assert (rounded(spread.mean), rounded(spread.deviation)) == (Decimal("3.75"), Decimal("1.26"))
    assert (results.sheets, results.asked, results.reaches) == (4, 1, True)


def test_one_answer_has_a_mean_and_no_deviation_and_none_has_neither(officer: User) -> None:
    survey = make_survey(officer, questions=2)
    fill_in(survey, (3, 0))
    answered, left_open = results_of(survey).questions
    assert (answered.spread.mean, answered.spread.deviation) == (Decimal(3), None)
    assert (left_open.spread.mean, left_open.spread.deviation) == (None, None)


def test_just_three_reaches_the_threshold_and_a_little_less_does_not(officer: User) -> None:
    survey = make_survey(officer, questions=1)
    fill_in(survey, *[(3,)] * 50)
    assert results_of(survey).reaches is True
    fill_in(survey, (2,))
    assert results_of(survey).whole.number == 51
    assert results_of(survey).reaches is False


def test_a_group_of_fewer_than_five_is_never_shown_nor_found_by_subtraction(officer: User) -> None:
    survey = make_survey(officer, questions=1)
    fill_in(survey, *[(4,)] * 6, group="ก")
    fill_in(survey, *[(5,)] * 5, group="ข")
    fill_in(survey, *[(1,)] * 4, group="ค")
    shown = [(name, number) for name, number, _spread in results_of(survey).groups]
    assert shown == [("ก", 6), ("", 9)]


def test_one_group_alone_is_not_divided(officer: User) -> None:
    survey = make_survey(officer, questions=1)
    fill_in(survey, *[(4,)] * 9, group="ก")
    assert results_of(survey).groups == []


def test_the_database_takes_no_level_beyond_one_to_five(officer: User) -> None:
    survey = make_survey(officer, questions=1)
    fill_in(survey, (5,))
    for level in (0, 6):
        with pytest.raises(IntegrityError), transaction.atomic():
            Score.objects.update(level=level)


# ── Training ────────────────────────────────────────────────────────────────────────────────


def test_the_indicator_is_the_least_that_anybody_had_and_the_mean_stands_beside(officer: User) -> None:
    often, seldom = make_officer("often"), make_officer("seldom")
    for person in (often, seldom):
        make_member(person)
    train(often, *[date(2010, 1, day) for day in range(1, 8)])
    train(seldom, date(2010, 1, 1), date(2010, 2, 1))
    measured = training_per_person(2553, NOON)
    assert measured.value == Decimal(2)
    assert "๔.๕๐" in measured.parts
    assert "๙ ครั้ง" in measured.parts


def test_who_had_none_makes_it_nought_and_is_named(officer: User) -> None:
    make_member(officer)
    assert training_per_person(2553, NOON).value == Decimal(0)
    assert [one.person for one in training_year(2553, NOON).without] == [officer]


def test_nothing_is_decided_before_the_year_or_without_anybody(officer: User) -> None:
    assert training_per_person(2553, NOON).value is None
    make_member(officer)
    assert training_per_person(2554, BEFORE_MIDNIGHT).value is None
    assert training_per_person(2554, MIDNIGHT).value == Decimal(0)


def test_the_last_day_counts_for_the_year_that_ends_at_midnight_in_bangkok(officer: User) -> None:
    make_member(officer)
    train(officer, date(2010, 9, 30), date(2010, 10, 1))
    assert training_per_person(2553, BEFORE_MIDNIGHT).value == Decimal(1)
    assert training_per_person(2554, MIDNIGHT).value == Decimal(1)
    assert training_per_person(2553, MIDNIGHT).value == Decimal(1)


def test_what_has_not_ended_yet_does_not_count(officer: User) -> None:
    make_member(officer)
    train(officer, date(2010, 3, 1), date(2010, 3, 2))
    assert training_per_person(2553, NOON).value == Decimal(1)


def test_who_left_or_came_too_late_is_shown_and_not_counted(officer: User) -> None:
    left, late, early = make_officer("left"), make_officer("late"), make_officer("early")
    make_member(officer)
    make_member(left, until_on=date(2010, 9, 29))
    make_member(late, since_on=date(2010, 4, 2))  # 182 days of the year are left
    make_member(early, since_on=date(2010, 4, 1))  # 183: half of it
    train(officer, date(2010, 1, 1), date(2010, 1, 2))
    train(early, date(2010, 5, 1), date(2010, 5, 2), date(2010, 5, 3))
    train(left, date(2010, 1, 1))
    counted = training_year(2553, MIDNIGHT)
    assert {one.person for one in counted.counted} == {officer, early}
    assert (counted.least, counted.total, counted.mean) == (2, 6, Decimal("2.50"))
    assert {one.person for one in counted.people} == {officer, left, late, early}
