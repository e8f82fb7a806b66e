"""The plan file: loaded whole or not at all, safe to repeat, and clear about everything wrong in it."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from office.models import Role, Subgroup, User
from projectplan.loading import PLAN_2553, load_file
from projectplan.models import FrameItem, Kpi, Plan, Strategy, Swot, Work
from projectplan.planfile import PlanFileError, read
from projectplan.rollover import roll_over

pytestmark = pytest.mark.django_db

Edited = Callable[..., Path]
KPI_1_1 = 'code = "1.1"\nstrategy = 1\n'


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    """Makes a copy of the plan of 2553 in which each text is replaced by another."""

    def edit(*changes: tuple[str, str]) -> Path:
        text = PLAN_2553.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "plan.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return edit


def faults_of(path: Path) -> set[tuple[str, str]]:
    with pytest.raises(PlanFileError) as caught:
        load_file(path)
    assert not Plan.objects.exists()
    assert not User.objects.exists()
    return {(fault.table, fault.field) for fault in caught.value.faults}


def test_the_plan_of_2553_is_loaded_with_its_twelve_people() -> None:
    load_file(PLAN_2553)
    assert (Strategy.objects.count(), Kpi.objects.count(), Work.objects.count()) == (3, 9, 12)
    assert User.objects.count() == 12
    heads = User.objects.with_role(Role.HEAD)
    assert {head.username for head in heads} == {"duangrat.n", "nongsinee.m", "sirirat.t"}
    sirirat = heads.get(username="sirirat.t")
    assert sirirat.display_name == "นางสาวศิริรัตน์ ทิวะศิริ"
    assert sirirat.subgroup == Subgroup.objects.get(code="complaints")
    assert sirirat.roles == {"officer", "head"}


def test_nobody_of_the_plan_can_sign_in_before_a_password_is_given() -> None:
    load_file(PLAN_2553)
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_a_work_keeps_its_target_people_and_last_years_results() -> None:
    load_file(PLAN_2553)
    work = Work.objects.get(subgroup__code="complaints", number=3)
    assert (work.target, work.unit, work.measure) == (80, "percent", "complaints.web_opinions_on_time")
    assert work.results == [{"label": "เรื่องที่ยื่นผ่านเว็บไซต์", "count": 917, "unit": "เรื่อง"}]
    assert {person.username for person in work.responsible.all()} == {"sirirat.t", "thatsanee.n", "janya.j"}


def test_loading_again_changes_nothing_and_keeps_what_people_changed_for_themselves() -> None:
    load_file(PLAN_2553)
    User.objects.filter(username="janya.j").update(email="janya@office.example", password="kept")
    outcome = load_file(PLAN_2553)
    assert outcome.changed_nothing
    janya = User.objects.get(username="janya.j")
    assert (janya.email, janya.password) == ("janya@office.example", "kept")


def test_an_edited_plan_updates_what_differs_and_removes_what_is_gone(edited: Edited) -> None:
    load_file(PLAN_2553)
    path = edited(
        ('code = "2.3"\n', 'code = "2.4"\n'),
        ('subgroup = "complaints"\nhead = true', 'subgroup = "complaints"'),
        ('position = "นักประชาสัมพันธ์ชำนาญการพิเศษ"', 'position = "นักประชาสัมพันธ์เชี่ยวชาญ"'),
    )
    outcome = load_file(path)
    assert not outcome.changed_nothing
    assert not Kpi.objects.filter(code="2.3").exists()
    assert Kpi.objects.count() == 9
    assert User.objects.get(username="nongsinee.m").position.name == "นักประชาสัมพันธ์เชี่ยวชาญ"
    assert User.objects.get(username="sirirat.t").roles == {"officer"}


def test_every_fault_is_named_by_table_and_field_and_nothing_is_loaded(edited: Edited) -> None:
    path = edited(
        ("fiscal_year = 2553", "fiscal_year = 2553\nfiscal_month = 10"),
        ('name_en = "Public Relations"\n', ""),
        ('subgroup = "politics"\nhead = true', 'subgroup = "politic"\nhead = "yes"'),
        ('code = "1.2"\nstrategy = 1', 'code = "1.1"\nstrategy = 7'),
        ("target = 90\n", 'target = "ninety"\n'),
        ('unit = "level"          # 1–5', 'unit = "stars"'),
        ("budget = 30000", "budget = 30001"),
        ('"นายสุรศักดิ์ สุวรรณไฉไล"]', '"นายสมชาย ใจดี"]'),
    )
    assert faults_of(path) == {
        ("beginning of the file", "fiscal_month"),
        ("[[subgroup]] 2", "name_en"),
        ("[[staff]] 1", "subgroup"),
        ("[[staff]] 1", "head"),
        ("[[kpi]] 3", "code"),
        ("[[kpi]] 3", "strategy"),
        ("[[kpi]] 1", "unit"),
        ("[[work]] 2", "target"),
        ("[[work]] 4", "responsible"),
        ("[project]", "budget"),
    }


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            'measure = "complaints.opinions_on_time"',
            'measure = "complaint.opinions"',
            ("[[kpi]] 4", "measure"),
        ),
        ("target = 80 ", "target = 180 ", ("[[work]] 11", "target")),
        ('end = "2010-09-30"', 'end = "2010-10-01"', ("[project]", "end")),
        ('end = "2010-09-30"', 'end = "2010-02-31"', ("[project]", "end")),
        ('count = 347, unit = "ครั้ง"', "count = 347", ("[[work]] 1", "result_2552")),
        ('name = "นายสุภกร ชาญศิริวิริยกุล"', 'name = "นายสุภกร ชาญ"', ("[[staff]] 8", "username")),
        ("threshold = 3.0", "threshold = -1", ("[[project.activity]] 1", "threshold")),
        ("[[swot]]", "[[swott]]", ("beginning of the file", "swott")),
        ("[office]", "[office_]", ("[office]", "")),
        ('code = "1"\n', 'code = "4"\n', ("[[kpi]] 2", "code")),
        (KPI_1_1, f"{KPI_1_1}levels = [60, 70, 80, 90]\n", ("[[kpi]] 2", "levels")),
        (KPI_1_1, f"{KPI_1_1}levels = [60, 70, 70, 90, 100]\n", ("[[kpi]] 2", "levels")),
        (KPI_1_1, f"{KPI_1_1}levels = [60, 70, 80, 90, -1]\n", ("[[kpi]] 2", "levels")),
        (KPI_1_1, f"{KPI_1_1}levels = [5, 4, 3, 2, 1]\n", ("[[kpi]] 2", "levels")),
        (KPI_1_1, f'{KPI_1_1}direction = "lower"\nlevels = [1, 2, 3, 4, 5]\n', ("[[kpi]] 2", "levels")),
        (KPI_1_1, f'{KPI_1_1}direction = "sideways"\n', ("[[kpi]] 2", "direction")),
        (KPI_1_1, f"{KPI_1_1}weight = 0\n", ("[[kpi]] 2", "weight")),
        ('measure = "manual"', 'measure = "rollup"', ("[[kpi]] 6", "measure")),
        ('quadrant = "threat"', 'quadrant = "danger"', ("[[swot]] 6", "quadrant")),
        ('vision = "', 'vison = "', ("[office]", "vison")),
        ('missions = ["', 'missions = ["", "', ("[office]", "missions")),
        ("programmes = [", "programmes = 3 #", ("[[strategy]] 1", "programmes")),
        ("threshold = 3.0", 'threshold = 3.0\nmonths = ["2009-10"]', ("[[project.activity]] 1", "months")),
        (
            "threshold = 3.0",
            'threshold = 3.0\nmonths = [{ month = "2009-10", planned = 1 }, { month = "2009-10", planned = 1 }]',
            ("[[project.activity]] 1", "months"),
        ),
        (
            "threshold = 3.0",
            'threshold = 3.0\nmonths = [{ month = "2009-13", planned = 1 }]',
            ("[[project.activity]] 1", "months"),
        ),
    ],
)
def test_a_bad_value_is_refused(edited: Edited, old: str, new: str, fault: tuple[str, str]) -> None:
    assert fault in faults_of(edited((old, new)))


def test_a_file_that_is_no_toml_or_is_not_there_is_said_so(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("fiscal_year = ", encoding="utf-8")
    assert faults_of(broken) == {(str(broken), "")}
    assert faults_of(tmp_path / "none.toml") == {(str(tmp_path / "none.toml"), "")}


def test_the_command_names_the_field_and_says_that_nothing_changed(edited: Edited) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("load_plan", str(edited(("target = 90\n", 'target = "x"\n'))))
    assert "[[work]] 2, field `target`:" in str(caught.value)
    assert "nothing was changed" in str(caught.value)


def test_a_plan_rolled_over_is_whole_and_only_made_once() -> None:
    load_file(PLAN_2553)
    plan = Plan.objects.get()
    copy = roll_over(plan, 2570)
    assert roll_over(plan, 2570) == copy
    assert copy.title == "แผนปฏิบัติการประจำปีงบประมาณ ๒๕๗๐"
    assert copy.rolled_over_from == plan
    assert (copy.strategies.count(), copy.kpis.count(), copy.works.count()) == (3, 9, 12)
    assert copy.works.get(subgroup__code="complaints", number=3).responsible.count() == 3
    assert all(kpi.strategy.plan == copy for kpi in copy.kpis.select_related("strategy__plan"))


def test_the_frame_and_the_swot_analysis_are_kept_line_by_line_in_order() -> None:
    load_file(PLAN_2553)
    plan = Plan.objects.get()
    missions = plan.frame.filter(kind=FrameItem.Kind.MISSION)
    assert missions[0].text == "สนับสนุนภารกิจเกี่ยวกับราชการทางการเมือง"
    assert dict(Counter(plan.frame.values_list("kind", flat=True))) == {
        "mission": 2,
        "issue": 2,
        "objective": 4,
        "indicator": 5,
        "project": 6,
    }
    assert plan.vision.startswith("ยึดหลักธรรมาภิบาล")
    weaknesses = [line.text for line in plan.swot.filter(quadrant=Swot.Quadrant.WEAKNESS)]
    assert (len(weaknesses), weaknesses[1]) == (3, "ขาดหัวหน้ากลุ่มงานประสานการเมือง")
    assert plan.swot.count() == 10


def test_a_line_taken_out_of_the_file_is_taken_out_of_the_plan(edited: Edited) -> None:
    load_file(PLAN_2553)
    load_file(edited(('[[swot]]\nquadrant = "weakness"\ntext = "ขาดหัวหน้ากลุ่มงานประสานการเมือง"\n', "")))
    texts = list(Swot.objects.filter(quadrant="weakness").values_list("text", flat=True))
    assert len(texts) == 2
    assert not any("ขาดหัวหน้า" in text for text in texts)


def test_levels_are_the_offices_usual_unless_the_file_says_otherwise(edited: Edited) -> None:
    load_file(edited((KPI_1_1, f"{KPI_1_1}levels = [80, 85, 90, 95, 99.5]\nweight = 2\ntarget = 98\n")))
    own, usual, level = (Kpi.objects.get(code=code) for code in ("1.1", "1.2", "2.1"))
    assert [float(value) for value in own.levels] == [80, 85, 90, 95, 99.5]
    assert (float(own.weight), float(own.target)) == (2, 98)
    assert [int(value) for value in usual.levels] == [60, 70, 80, 90, 100]
    assert [int(value) for value in level.levels] == [1, 2, 3, 4, 5]
    assert own.parent == Kpi.objects.get(code="1")


def test_levels_fall_where_lower_is_better(edited: Edited) -> None:
    load_file(edited((KPI_1_1, f'{KPI_1_1}direction = "lower"\nlevels = [9, 7, 5, 3, 1]\n')))
    assert [int(value) for value in Kpi.objects.get(code="1.1").levels] == [9, 7, 5, 3, 1]


def test_the_project_is_kept_with_its_activities_which_span_the_year_evenly() -> None:
    load_file(PLAN_2553)
    project = Plan.objects.get().project
    assert (project.budget, project.start_on, project.end_on) == (
        200_000,
        date(2009, 10, 1),
        date(2010, 9, 30),
    )
    budgets = [activity.budget for activity in project.activities.all()]
    assert budgets == [150_000, 30_000, 10_000, 0, 10_000]
    third = project.activities.get(number=3)
    assert third.months.count() == 12
    assert sum(month.planned for month in third.months.all()) == 10_000
    assert len(project.activities.get(number=5).deliverables) == 3


def test_the_months_of_the_file_are_those_of_the_activity(edited: Edited) -> None:
    months = 'months = [{ month = "2010-01", planned = 100000.5 }, { month = "2010-02", planned = 49999.5 }]'
    load_file(PLAN_2553)
    load_file(edited(("threshold = 3.0", f"threshold = 3.0\n{months}")))
    kept = Plan.objects.get().project.activities.get(number=1).months.all()
    assert [(month.first_on, float(month.planned)) for month in kept] == [
        (date(2010, 1, 1), 100_000.5),
        (date(2010, 2, 1), 49_999.5),
    ]


def test_months_that_the_office_set_stay_when_the_file_is_silent() -> None:
    load_file(PLAN_2553)
    activity = Plan.objects.get().project.activities.get(number=1)
    activity.months.exclude(first_on=date(2010, 1, 1)).delete()
    load_file(PLAN_2553)
    assert activity.months.count() == 1


def test_the_plan_that_comes_with_the_project_has_no_fault() -> None:
    assert read(PLAN_2553)["fiscal_year"] == 2553
