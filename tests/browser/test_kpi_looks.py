"""The page of an indicator, at a desk and on a phone: counted, rolled up, entered by hand, counted anew."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from office.calendar import OFFICE_TZ, fiscal_year, fiscal_year_of, month_code, months_of
from office.models import User
from projectplan.freezing import freeze_month
from projectplan.loading import PLAN_2553, load_file
from projectplan.models import KpiEntry, Plan
from projectplan.rollover import roll_over
from tests.browser.conftest import Visit
from tests.browser.test_every_page import look_over, open_and_look
from tests.complaints.opinions import Desk


@pytest.fixture
def plan(officer: User, head: User, executive: User) -> Plan:
    """A year whose first month is frozen and then comes to something else; a value is entered for it."""
    load_file(PLAN_2553)
    now = timezone.now()
    year = fiscal_year_of(now.astimezone(OFFICE_TZ).date())
    plan = roll_over(Plan.objects.get(fiscal_year=2553), year)
    first = months_of(fiscal_year(year))[0]
    begun = datetime.combine(first.first, time(10), OFFICE_TZ)
    desk = Desk(officer, head, executive)
    desk.put(desk.receive(begun), begun + timedelta(hours=2))
    late = desk.receive(begun + timedelta(days=1))
    freeze_month(plan, first, begun + timedelta(days=2))
    desk.put(late, begun + timedelta(days=9), why="รอเอกสารจากหน่วยงาน")
    KpiEntry.objects.create(
        kpi=plan.kpis.get(code="2.1"),
        month=first.first,
        value=Decimal("3.5"),
        text="ประชุมร่วมกับหน่วยงานที่เกี่ยวข้องครบ ๓ ครั้ง",
        entered_by=head,
        entered_at=now,
    )
    return plan


def test_indicators(visit: Visit, head: User, plan: Plan) -> None:
    visitor = visit()
    visitor.expects(422)
    visitor.signs_in(head)
    for code in ("1", "1.1", "1.3", "2.1"):
        open_and_look(visitor, f"kpi-{code}", "projectplan:kpi", code)
    open_and_look(visitor, "kpi-enter", "projectplan:kpi_enter", "2.1")
    visitor.presses("Save")
    look_over(visitor, "kpi-enter-faults")
    first = months_of(fiscal_year(plan.fiscal_year))[0]
    open_and_look(visitor, "kpi-anew", "projectplan:kpi_anew", "1.3", month_code(first))
    visitor.presses("Make a new edition")
    look_over(visitor, "kpi-anew-faults")


def test_standing_works(visit: Visit, head: User, plan: Plan) -> None:
    visitor = visit()
    visitor.expects(422)
    visitor.signs_in(head)
    petitions = plan.works.get(measure="complaints.opinions_on_time")
    open_and_look(visitor, "work", "projectplan:work", petitions.pk)
    visitor.follows("Make a new edition")
    visitor.presses("Make a new edition")
    look_over(visitor, "work-anew-faults")
    visitor.fills("Why a new edition is needed", "ลงผลช้ากว่าสิ้นเดือน")
    visitor.presses("Make a new edition")
    visitor.reads("The new edition stands beside the old one.")
    look_over(visitor, "work-anew-done")
