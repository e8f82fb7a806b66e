"""The plan file: loaded whole or not at all, safe to repeat, and clear about everything wrong in it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from office.models import Role, Subgroup, User
from projectplan.loading import PLAN_2553, load_file
from projectplan.models import Kpi, Plan, Strategy, Work
from projectplan.planfile import PlanFileError, read
from projectplan.rollover import roll_over

pytestmark = pytest.mark.django_db

Edited = Callable[..., Path]


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


def test_the_plan_that_comes_with_the_project_has_no_fault() -> None:
    assert read(PLAN_2553)["fiscal_year"] == 2553
