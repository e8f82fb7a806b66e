"""A head keeps the plan: mends a line and a level, compares the editions, rolls over; at a desk and on a phone."""

from __future__ import annotations

import pytest

from office.models import User
from projectplan.loading import PLAN_2553, load_file
from projectplan.models import Plan
from tests.browser.conftest import Visit
from tests.browser.visitor import DESK, PHONE
from tests.cast import make_head


@pytest.fixture(autouse=True)
def plan(db: None) -> Plan:
    load_file(PLAN_2553)
    return Plan.objects.get()


@pytest.fixture
def head(plan: Plan) -> User:
    return make_head("head")


def test_a_head_mends_the_plan_and_rolls_it_over(visit: Visit, head: User) -> None:
    there = visit(DESK)
    there.opens("projectplan:plan")
    there.signs_in(head)
    there.sees("plan-desk")
    there.opens("projectplan:plan_edit", 2553, "swot")
    there.page.get_by_role("button", name="นำออก ข้อ ๒").nth(1).click()
    there.page.get_by_label("จุดอ่อน, ข้อ ๑").fill("อัตรากำลังยังไม่เพียงพอกับภารกิจ")
    there.fills("Why this is changed", "มีหัวหน้ากลุ่มงานแล้ว")
    there.sees("plan-swot-form")
    there.presses("Save as a new edition")
    there.reads("Saved as a new edition of the plan.")
    there.opens("projectplan:plan_edit", 2553, "kpi-1.1")
    there.fills("Level 4 from", "๙๐")
    there.fills("Level 3 from", "๙๕")
    there.fills("Why this is changed", "ปรับเกณฑ์")
    there.expects(422)
    there.presses("Save as a new edition")
    there.reads("Must be above the level before.")
    there.sees("plan-kpi-refused")
    there.fills("Level 3 from", "๘๕")
    there.presses("Save as a new edition")
    there.reads("Saved as a new edition of the plan.")
    there.opens("projectplan:plan_editions", 2553)
    there.sees("plan-editions")
    there.follows("Compare two editions")
    there.reads("๘๕")
    there.sees("plan-compare")
    there.opens("projectplan:plan_roll_over", 2553)
    there.sees("plan-roll-over")
    there.presses("สร้างแผนปี ๒๕๕๔")
    there.reads("The plan was rolled over. Read it through and mend what is new.")
    assert "๒๕๕๔" in there.heading()


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "light"), (PHONE, "dark"), (DESK, "dark")])
def test_the_plan_is_read_by_day_and_by_night(visit: Visit, head: User, width: int, scheme: str) -> None:
    there = visit(width, color_scheme=scheme)
    there.opens("projectplan:plan")
    there.signs_in(head)
    there.sees(f"plan-{width}-{scheme}")
    there.opens("projectplan:plan_edit", 2553, "work-complaints-1")
    there.sees(f"plan-work-form-{width}-{scheme}")


def test_a_box_of_the_map_leads_to_its_part(visit: Visit, head: User) -> None:
    there = visit(DESK)
    there.opens("projectplan:plan")
    there.signs_in(head)
    there.page.locator('svg.picture a[href="#kpi-2.2"]').click()
    assert there.page.url.endswith("#kpi-2.2")
