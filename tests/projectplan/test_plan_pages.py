"""The plan's pages: who may open and change them, what a form refuses, editions, the changed-meanwhile guard."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.models import User
from projectplan.loading import PLAN_2553, load_file
from projectplan.models import Kpi, Plan, PlanEdition, Strategy, Swot, Work
from projectplan.plan_forms import FrameForm, HeadingForm, StrategyForm, SwotForm
from projectplan.plan_kpi_form import KpiForm
from projectplan.plan_part_form import PartForm
from projectplan.plan_work_forms import ProjectForm, WorkForm
from projectplan.planfile import read
from projectplan.plantoml import dump
from projectplan.rollover import roll_over
from projectplan.snapshot import content

SignIn = Callable[[User], Client]
CEILING = 12
PREVIEW_CEILING = 24  # it counts all twelve works of the year as well


@pytest.fixture(autouse=True)
def plan(db: None) -> Plan:
    load_file(PLAN_2553)
    return Plan.objects.get()


def edit_page(part: str) -> str:
    return reverse("projectplan:plan_edit", args=[2553, part])


def typed(form: PartForm, **changes: Any) -> dict[str, Any]:
    """What a browser sends of a form as it stands, with these fields as typed."""
    data: dict[str, Any] = {"seen": 1, "reason": "ปรับปรุงตามมติที่ประชุม"}
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        if hasattr(field, "columns"):
            for column in field.columns:
                lines = field.prepare_value(value)
                data[f"{name}-{column.name}"] = [str(line[column.name]) for line in lines]
        elif name not in data and value is not None:
            data[name] = f"{value:%d/%m/}{value.year + 543}" if hasattr(value, "year") else value
    return data | changes


def form_of(kind: type[PartForm], plan: Plan, key: str = "") -> PartForm:
    return kind(said=content(Plan.objects.get(pk=plan.pk)), key=key)


def test_the_page_says_all_that_the_file_says(client_for: SignIn, officer: User, executive: User) -> None:
    page = client_for(officer).get(reverse("projectplan:plan")).content.decode()
    plan = tomllib.loads(PLAN_2553.read_text(encoding="utf-8"))
    said = [plan["title"], plan["office"]["vision"], plan["project"]["name"], "๒๐๐,๐๐๐", "๑,๒๖๑"]
    said += [row["text"] for row in plan["swot"]] + [row["name"] for row in plan["kpi"]]
    said += [row["indicator"] for row in plan["work"]] + [row["name"] for row in plan["project"]["activity"]]
    said += [line for row in plan["work"] for line in row.get("quality", []) + row["responsible"]]
    assert [text for text in said if text not in page] == []
    assert "/edit/" not in page
    assert "/edit/" in client_for(executive).get(reverse("projectplan:plan")).content.decode()


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("plan", []),
        ("plan", [2553]),
        ("plan_edit", [2553, "swot"]),
        ("plan_edit", [2553, "work-politics-1"]),
        ("plan_editions", [2553]),
        ("plan_compare", [2553]),
        ("plan_edition", [2553, 1]),
        ("plan_roll_over", [2553]),
    ],
)
def test_every_page_asks_for_few_rows_and_for_a_sign_in(
    client_for: SignIn, head: User, name: str, args: list[Any], django_assert_max_num_queries: Any
) -> None:
    address = reverse(f"projectplan:{name}", args=args)
    assert Client().get(address).status_code == 302
    client = client_for(head)
    client.get(address)  # what is read once a process
    with django_assert_max_num_queries(PREVIEW_CEILING if name == "plan_roll_over" else CEILING):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", ["plan_edit", "plan_roll_over", "plan_remove"])
def test_an_officer_reads_and_changes_nothing(client_for: SignIn, officer: User, name: str) -> None:
    args = [2553] if name == "plan_roll_over" else [2553, "kpi-1.1"]
    client = client_for(officer)
    assert client.get(reverse(f"projectplan:{name}", args=args)).status_code == 403
    assert client.post(reverse(f"projectplan:{name}", args=args)).status_code == 403
    assert client.get(reverse("projectplan:plan_editions", args=[2553])).status_code == 200


def test_who_has_no_role_does_not_read_the_plan(client_for: SignIn, officer: User) -> None:
    officer.groups.clear()
    assert client_for(officer).get(reverse("projectplan:plan")).status_code == 403


def test_without_a_plan_the_page_says_what_to_do(client_for: SignIn, officer: User) -> None:
    assert client_for(officer).get(reverse("projectplan:plan", args=[2560])).status_code == 404


@pytest.mark.parametrize(
    "part", ["swot-1", "kpi-9", "work-politics-9", "activity-1", "people", "work-new", "x"]
)
def test_what_the_plan_does_not_have_is_not_found(client_for: SignIn, head: User, part: str) -> None:
    assert client_for(head).get(edit_page(part)).status_code == 404


def test_a_head_changes_a_line_and_the_edition_keeps_who_when_and_why(
    client_for: SignIn, head: User, plan: Plan
) -> None:
    data = typed(form_of(SwotForm, plan))
    data["weakness-text"][1] = "มีหัวหน้ากลุ่มงานแล้ว แต่ยังขาดผู้ช่วย"
    answer = client_for(head).post(edit_page("swot"), data)
    assert answer.status_code == 302
    assert Swot.objects.filter(text="มีหัวหน้ากลุ่มงานแล้ว แต่ยังขาดผู้ช่วย").exists()
    edition = plan.editions.first()
    assert edition
    assert (edition.number, edition.made_by, edition.reason) == (2, head, "ปรับปรุงตามมติที่ประชุม")
    assert edition.content["swot"] != plan.editions.get(number=1).content["swot"]
    page = client_for(head).get(reverse("projectplan:plan_compare", args=[2553])).content.decode()
    assert "ผู้ช่วย" in page


@pytest.mark.parametrize(
    ("kind", "part", "key"),
    [
        (HeadingForm, "heading", ""),
        (FrameForm, "frame", ""),
        (SwotForm, "swot", ""),
        (StrategyForm, "strategy-1", "1"),
        (KpiForm, "kpi-1.1", "1.1"),
        (WorkForm, "work-publicrelations-2", "publicrelations-2"),
        (ProjectForm, "project", ""),
    ],
)
def test_a_form_sent_as_it_came_changes_nothing(
    client_for: SignIn, head: User, plan: Plan, kind: type[PartForm], part: str, key: str
) -> None:
    before = content(Plan.objects.get())
    answer = client_for(head).post(edit_page(part), typed(form_of(kind, plan, key)))
    assert answer.status_code == 302
    assert content(Plan.objects.get()) == before
    assert plan.editions.count() == 1


def test_a_level_of_an_indicator_is_set(client_for: SignIn, head: User, plan: Plan) -> None:
    data = typed(form_of(KpiForm, plan, "1.1"), level_4="๙๒.๕", weight="2", target="98")
    assert client_for(head).post(edit_page("kpi-1.1"), data).status_code == 302
    kpi = Kpi.objects.get(code="1.1")
    assert [float(kpi.level_4), float(kpi.weight), float(kpi.target)] == [92.5, 2, 98]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"level_3": "95"}, "level_4"),
        ({"level_5": "101"}, "level_5"),
        ({"direction": "lower"}, "level_2"),
        ({"measure": "rollup"}, "measure"),
        ({"measure": "os.system"}, "measure"),
        ({"weight": "0"}, "weight"),
        ({"target": "มาก"}, "target"),
        ({"reason": ""}, "reason"),
        ({"name": ""}, "name"),
        ({"strategy": "9"}, "strategy"),
    ],
)
def test_a_bad_indicator_is_refused_beside_its_field(
    client_for: SignIn, head: User, plan: Plan, changes: dict[str, str], field: str
) -> None:
    answer = client_for(head).post(edit_page("kpi-1.1"), typed(form_of(KpiForm, plan, "1.1"), **changes))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert plan.editions.count() == 1


def test_lines_are_added_moved_and_taken_out_without_being_saved(
    client_for: SignIn, head: User, plan: Plan
) -> None:
    client, data = client_for(head), typed(form_of(SwotForm, plan))
    first, second, third = data["strength-text"]
    for act, lines in (
        ("strength:down:0", [second, first, third]),
        ("strength:up:2", [first, third, second]),
        ("strength:remove:1", [first, third]),
        ("strength:add:3", [first, second, third, ""]),
        ("strength:up:0", [first, second, third]),
        ("strength:remove:77", [first, second, third]),
        ("seen:remove:0", [first, second, third]),
    ):
        answer = client.post(edit_page("swot"), data | {"lines": act})
        assert answer.status_code == 200
        shown = answer.context["form"]["strength"].value()
        assert [line["text"] for line in shown] == lines, act
        assert answer.context["form"]["reason"].value() == data["reason"]
    assert plan.editions.count() == 1


def test_a_part_that_others_changed_meanwhile_is_not_overwritten(
    client_for: SignIn, head: User, executive: User, plan: Plan
) -> None:
    mine, theirs = typed(form_of(StrategyForm, plan, "1")), typed(form_of(StrategyForm, plan, "1"))
    client_for(executive).post(edit_page("strategy-1"), theirs | {"name": "ชื่อของเลขานุการ"})
    answer = client_for(head).post(edit_page("strategy-1"), mine | {"name": "ชื่อของหัวหน้า"})
    assert answer.status_code == 409
    assert Strategy.objects.get(plan=plan, number=1).name == "ชื่อของเลขานุการ"
    page = answer.content.decode()
    assert "ชื่อของหัวหน้า" in page
    assert "ชื่อของเลขานุการ" in page
    again = client_for(head).post(edit_page("strategy-1"), mine | {"name": "ชื่อของหัวหน้า", "seen": 2})
    assert again.status_code == 302
    assert Strategy.objects.get(plan=plan, number=1).name == "ชื่อของหัวหน้า"


def test_what_others_changed_elsewhere_is_no_hindrance(
    client_for: SignIn, head: User, executive: User, plan: Plan
) -> None:
    client_for(executive).post(edit_page("heading"), typed(form_of(HeadingForm, plan), title="แผนใหม่"))
    data = typed(form_of(StrategyForm, plan, "1"), name="ชื่อใหม่")
    assert client_for(head).post(edit_page("strategy-1"), data).status_code == 302
    assert Plan.objects.get().title == "แผนใหม่"


def test_a_work_gets_other_people_and_results(client_for: SignIn, head: User, plan: Plan) -> None:
    data = typed(form_of(WorkForm, plan, "complaints-1"), responsible=["นายนเรนทร แก้วโท"])
    data["results-count"][0] = "๑,๓๐๐"
    assert client_for(head).post(edit_page("work-complaints-1"), data).status_code == 302
    work = Work.objects.get(subgroup__code="complaints", number=1)
    assert [person.username for person in work.responsible.all()] == ["narenthorn.k"]
    assert [one["count"] for one in work.results] == [1300, 58]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"target": "101"}, "target"),
        ({"responsible": []}, "responsible"),
        ({"results-count": ["มาก", "58"]}, "results"),
        ({"measure": "rollup"}, "measure"),
    ],
)
def test_a_bad_work_is_refused(
    client_for: SignIn, head: User, plan: Plan, changes: dict[str, Any], field: str
) -> None:
    data = typed(form_of(WorkForm, plan, "complaints-1")) | changes
    answer = client_for(head).post(edit_page("work-complaints-1"), data)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_a_project_stays_within_its_year(client_for: SignIn, head: User, plan: Plan) -> None:
    data = typed(form_of(ProjectForm, plan), start="30/09/2552", end="01/10/2553")
    answer = client_for(head).post(edit_page("project"), data)
    assert set(answer.context["form"].errors) == {"start", "end"}


def test_an_indicator_is_added_and_taken_out(client_for: SignIn, head: User, plan: Plan) -> None:
    client = client_for(head)
    data = typed(form_of(KpiForm, plan, "new"), code="๓.๑", name="ใหม่", strategy="3", unit="percent")
    data |= {"measure": "manual", "direction": "higher"}
    assert client.post(edit_page("kpi-new"), data).status_code == 302
    assert Kpi.objects.get(code="3.1").parent == Kpi.objects.get(code="3")
    address = reverse("projectplan:plan_remove", args=[2553, "kpi-3.1"])
    assert client.post(address, {"seen": 2, "reason": ""}).status_code == 422
    assert client.post(address, {"seen": 2, "reason": "ไม่ใช้แล้ว"}).status_code == 302
    assert not Kpi.objects.filter(code="3.1").exists()
    assert [one.number for one in plan.editions.all()] == [3, 2, 1]


@pytest.mark.parametrize("code", ["1.1", "7.1", "x", "0"])
def test_a_number_that_cannot_be_is_refused(client_for: SignIn, head: User, plan: Plan, code: str) -> None:
    data = typed(form_of(KpiForm, plan, "new"), code=code, name="ใหม่", strategy="3", unit="percent")
    answer = client_for(head).post(edit_page("kpi-new"), data | {"measure": "manual", "direction": "higher"})
    assert "code" in answer.context["form"].errors


def test_a_strategy_is_added_and_taken_out_with_its_indicators(
    client_for: SignIn, head: User, plan: Plan
) -> None:
    client = client_for(head)
    data = typed(form_of(StrategyForm, plan, "new"), name="กลยุทธ์ที่สี่")
    data["programmes-text"] = ["โครงการใหม่", " "]
    assert client.post(edit_page("strategy-new"), data).status_code == 302
    assert [one.name for one in Strategy.objects.get(number=4).programmes.all()] == ["โครงการใหม่"]
    address = reverse("projectplan:plan_remove", args=[2553, "strategy-2"])
    assert client.post(address, {"seen": 2, "reason": "รวมกับข้อ ๑"}).status_code == 302
    assert {kpi.code for kpi in Kpi.objects.all()} == {"1", "1.1", "1.2", "1.3", "3"}


def test_loading_again_makes_no_edition_and_a_changed_file_makes_one(plan: Plan, tmp_path: Path) -> None:
    load_file(PLAN_2553)
    assert plan.editions.count() == 1
    path = tmp_path / "plan.toml"
    path.write_text(
        PLAN_2553.read_text(encoding="utf-8").replace("target = 90", "target = 95"), encoding="utf-8"
    )
    load_file(path)
    assert [one.origin for one in plan.editions.all()] == ["loaded", "loaded"]


def test_an_edition_exported_is_a_plan_file_that_changes_nothing(
    client_for: SignIn, head: User, plan: Plan, tmp_path: Path
) -> None:
    answer = client_for(head).get(reverse("projectplan:plan_export", args=[2553, 1]))
    path = tmp_path / "exported.toml"
    path.write_bytes(answer.content)
    assert read(path) == plan.editions.get(number=1).content
    assert load_file(path).changed_nothing


def test_what_needs_care_in_toml_is_written_with_care() -> None:
    row = {"title": 'เขาว่า "ดี"\\\n\x7f', "swot": [{"text": "ก"}], "kpi": [{"levels": [1, 2.5]}]}
    assert tomllib.loads(dump(row)) == row


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_keeps_an_edition(plan: Plan, head: User, act: str) -> None:
    Swot.objects.filter(quadrant="threat").update(text="อื่น")
    later = PlanEdition.objects.create(
        plan=plan, number=2, origin="edited", made_at=timezone.now(), made_by=head, reason="ลอง", content={}
    )
    kept = PlanEdition.objects.filter(pk=later.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        kept.update(reason="อื่น") if act == "update" else kept.delete()
    with pytest.raises(TypeError):
        later.save() if act == "update" else later.delete()


def test_rolling_over_shows_a_preview_first_and_a_second_press_leads_there(
    client_for: SignIn, head: User, plan: Plan
) -> None:
    client, address = client_for(head), reverse("projectplan:plan_roll_over", args=[2553])
    assert "๒๕๕๔" in client.get(address).content.decode()
    assert Plan.objects.count() == 1
    there = reverse("projectplan:plan", args=[2554])
    assert client.post(address).headers["Location"] == there
    assert client.post(address).headers["Location"] == there
    assert Plan.objects.count() == 2
    assert client.get(there).status_code == 200


def test_the_newest_plan_is_shown_where_this_year_has_none(
    client_for: SignIn, officer: User, plan: Plan
) -> None:
    roll_over(plan, 2554, now=timezone.now())
    assert client_for(officer).get(reverse("projectplan:plan")).context["plan"].fiscal_year == 2554


def test_the_years_stand_newest_first_and_the_old_ones_behind_one_button(
    client_for: SignIn, officer: User, plan: Plan
) -> None:
    for year in range(2554, 2560):
        roll_over(Plan.objects.get(fiscal_year=year - 1), year, now=timezone.now())
    text = client_for(officer).get(reverse("projectplan:plan", args=[2553])).content.decode()
    shown = [int(one) for one in re.findall(r'href="/plan/(\d{4})/"', text)]
    assert shown == [2559, 2558, 2557, 2556, 2555, 2554, 2553]
    assert (
        text.index("/plan/2556/")
        < text.index('<details class="years-earlier" open>')
        < text.index("/plan/2555/")
    )
