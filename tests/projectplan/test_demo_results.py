"""The results of a demo are the plan's own: sixty answers at four and five, 52 trainings of twelve people, 4.3 each."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from office.calendar import OFFICE_TZ
from projectplan.demo.people import make_people
from projectplan.demo.results import make_results
from projectplan.loading import PLAN_2553, load_file
from projectplan.measures_results import seminar_satisfaction, survey_satisfaction, training_per_person
from projectplan.models import Score, Seminar, Survey, Training
from projectplan.survey_results import results_of
from projectplan.training_counts import training_year

pytestmark = [pytest.mark.once, pytest.mark.django_db]
AT_THE_END = datetime(2009, 9, 30, 23, 59, 59, tzinfo=OFFICE_TZ)
EIGHT_WEEKS_IN = datetime(2009, 11, 24, 11, 0, tzinfo=OFFICE_TZ)


def furnish(now: datetime, *years: int, seed: int = 7) -> None:
    load_file(PLAN_2553)
    make_people()
    make_results(years, now, seed=seed)


def test_the_year_2552_has_the_plans_own_figures() -> None:
    furnish(AT_THE_END, 2552)
    (seminar,) = Seminar.objects.all()
    results = results_of(seminar.surveys.get())
    assert (results.sheets, results.asked) == (60, 60)
    for one in results.questions:
        assert sum(one.spread.counts[3:]) == one.spread.number == 60
    satisfaction = seminar_satisfaction(2552, AT_THE_END).value
    assert satisfaction
    assert 4 <= satisfaction <= 5
    counted = training_year(2552, AT_THE_END)
    assert (counted.total, len(counted.counted), counted.least) == (52, 12, 2)
    assert counted.mean == Decimal("4.33")
    assert training_per_person(2552, AT_THE_END).value == Decimal(2)
    assert survey_satisfaction(2552, AT_THE_END).value


def test_a_year_that_is_not_over_has_a_survey_just_open() -> None:
    furnish(EIGHT_WEEKS_IN, 2552, 2553)
    assert {one.kind for one in Survey.objects.open(EIGHT_WEEKS_IN)} == set(Survey.Kind)
    assert seminar_satisfaction(2553, EIGHT_WEEKS_IN).value is None
    assert training_per_person(2553, EIGHT_WEEKS_IN).value == Decimal(0)
    assert Seminar.objects.get(starts_on__year=2009, starts_on__month=11).activity


def test_the_same_seed_makes_the_same_answers() -> None:
    furnish(AT_THE_END, 2552)
    first = set(Score.objects.values_list("pk", "level"))
    Score.objects.all().delete()
    Survey.objects.all().delete()
    Training.objects.all().delete()
    make_results([2552], AT_THE_END, seed=7)
    assert set(Score.objects.values_list("pk", "level")) == first


def test_the_first_day_of_a_year_can_be_made() -> None:
    furnish(datetime(2009, 10, 1, 9, 0, tzinfo=OFFICE_TZ), 2553)
    assert Survey.objects.count() == 1
