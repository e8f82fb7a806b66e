"""Rolling over: everything comes along, moved by a year; results are what was counted; all of it or nothing."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from complaints.models import Petition
from office.calendar import OFFICE_TZ
from office.models import User
from projectplan import rollover
from projectplan.loading import PLAN_2553, load_file
from projectplan.models import Kpi, Plan, PlanEdition, Programme
from projectplan.rollover import roll_over
from projectplan.snapshot import content
from tests.cast import make_petition
from tests.parliament.houses_cast import bare_consultation, bare_interpellation, bare_meeting, bare_motion

YEAR_END = datetime(2010, 10, 1, 9, 0, tzinfo=OFFICE_TZ)
WITHIN = datetime(2010, 3, 15, 9, 0, tzinfo=OFFICE_TZ)


@pytest.fixture
def plan(db: None) -> Plan:
    load_file(PLAN_2553)
    return Plan.objects.get()


def result_of(plan: Plan, subgroup: str, number: int) -> list[int]:
    return [one["count"] for one in plan.works.get(subgroup__code=subgroup, number=number).results]


def test_all_that_the_plan_says_is_said_again_a_year_later(plan: Plan) -> None:
    Kpi.objects.filter(code="1.1").update(weight=3, target=95, level_5=Decimal("99.5"))
    copy = roll_over(plan, 2554, now=YEAR_END)
    before, after = content(Plan.objects.get(pk=plan.pk)), content(copy)
    for name in ("unit", "parent_unit", "office", "swot", "strategy", "kpi"):
        assert after[name] == before[name]
    assert after["title"] == "แผนปฏิบัติการประจำปีงบประมาณ ๒๕๕๔"
    assert "prepared" not in after
    for old, new in zip(before["work"], after["work"], strict=True):
        assert {k: v for k, v in old.items() if "result" not in k} == {
            k: v for k, v in new.items() if "result" not in k
        }
    assert copy.kpis.get(code="1.1").parent == copy.kpis.get(code="1")
    assert Programme.objects.filter(strategy__plan=copy).count() == 4


def test_the_project_its_activities_and_their_months_move_by_a_year(plan: Plan) -> None:
    copy = roll_over(plan, 2554, now=YEAR_END)
    assert (copy.project.start_on, copy.project.end_on) == (date(2010, 10, 1), date(2011, 9, 30))
    assert copy.project.budget == 200_000
    activity = copy.project.activities.get(number=1)
    assert activity.budget == 150_000
    assert [month.first_on for month in activity.months.all()][:2] == [date(2010, 10, 1), date(2010, 11, 1)]
    assert sum(month.planned for month in activity.months.all()) == 150_000


def test_results_are_what_was_counted_of_the_year_in_the_figures_the_plan_tells_apart(plan: Plan) -> None:
    for channel, number in ((Petition.Channel.LETTER, 3), (Petition.Channel.POLITICIAN, 2)):
        for _one in range(number):
            make_petition(received_at=WITHIN, channel=channel)
    make_petition(received_at=WITHIN, channel=Petition.Channel.WEB)
    make_petition(received_at=WITHIN.replace(month=10))  # of the next year
    bare_meeting(WITHIN)
    bare_interpellation(received_at=WITHIN)
    bare_motion(received_at=WITHIN)
    bare_motion(received_at=WITHIN)
    bare_consultation(received_at=WITHIN)
    copy = roll_over(plan, 2554, now=YEAR_END)
    assert result_of(copy, "complaints", 1) == [3, 2]
    assert result_of(copy, "complaints", 3) == [1]
    assert result_of(copy, "politics", 1) == [1]
    assert result_of(copy, "politics", 2) == [1, 2]
    assert result_of(copy, "politics", 4) == [1, 0]
    labels = [one["label"] for one in copy.works.get(subgroup__code="politics", number=2).results]
    assert labels == ["กระทู้ถาม", "ญัตติ"]


def test_a_plan_that_is_there_is_left_as_it_is(plan: Plan) -> None:
    copy = roll_over(plan, 2554, now=YEAR_END)
    Plan.objects.filter(pk=copy.pk).update(title="แก้ไขแล้ว")
    assert roll_over(plan, 2554, now=YEAR_END).title == "แก้ไขแล้ว"
    assert Plan.objects.count() == 2
    assert copy.editions.count() == 1


def test_the_new_plan_has_an_edition_by_whoever_rolled_over(plan: Plan, head: User) -> None:
    edition = roll_over(plan, 2554, by=head, now=YEAR_END).editions.get()
    assert (edition.number, edition.origin, edition.made_by) == (1, PlanEdition.Origin.ROLLED_OVER, head)
    assert edition.made_at == YEAR_END


def test_what_fails_half_way_leaves_nothing(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(rollover, "record", fail)
    with pytest.raises(RuntimeError):
        roll_over(plan, 2554, now=YEAR_END)
    assert Plan.objects.get() == plan


def test_a_leap_day_becomes_the_last_of_february(plan: Plan) -> None:
    plan.project.start_on = date(2010, 2, 1)
    plan.project.end_on = date(2012, 2, 29)
    plan.project.save()
    assert roll_over(plan, 2554, now=YEAR_END).project.end_on == date(2013, 2, 28)
