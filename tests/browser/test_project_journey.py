"""The project's money in a real browser: a payment with its file, a head's approval, overspending, a reversal; and the
calendar by keyboard, at a desk and on a phone."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from office.calendar import OFFICE_TZ, fiscal_year_of
from office.models import User
from projectplan.demo.budget import make_budgets
from projectplan.demo.people import make_people
from projectplan.loading import PLAN_2553, load_file
from projectplan.models import Activity, ActivityMonth, BudgetEntry, Milestone
from tests.browser.conftest import Visit
from tests.browser.visitor import DESK, PHONE, Visitor
from tests.cast import make_head, make_officer

RECEIPT = {"name": "ใบเสร็จรับเงิน.txt", "mimeType": "text/plain", "buffer": "รับเงินแล้ว".encode()}


@pytest.fixture
def people(transactional_db: None) -> tuple[User, User]:
    load_file(PLAN_2553)
    make_people()
    now = timezone.now()
    make_budgets([2553, fiscal_year_of(now.astimezone(OFFICE_TZ).date())], now, with_papers=False)
    return make_officer(), make_head()


def _press() -> Activity:
    return Activity.objects.get(project__plan__fiscal_year=2553, number=2)


def _pay(visitor: Visitor, amount: str) -> None:
    visitor.fills("Amount in baht", amount)
    visitor.fills("Payee", "ร้านอาหารเรือนไทย")
    visitor.fills("Document number", "ศธ ๐๑๐๐/๙๙๙")
    visitor.presses("Write down")


def test_a_payment_from_its_receipt_to_its_reversal(people: tuple[User, User], visit: Visit) -> None:
    officer, head = people
    press = _press()
    at_desk = visit(DESK)
    at_desk.signs_in(officer)
    at_desk.opens("projectplan:budget_enter", press.pk, "payment")
    at_desk.sees("project-enter")
    at_desk.expects(422)
    _pay(at_desk, "๙๙,๙๙๙.๐๐")
    at_desk.reads("กิจกรรมนี้เหลือเงินเพียง")
    at_desk.sees("project-enter-refused")
    at_desk.attaches("Files", RECEIPT)
    _pay(at_desk, "๑,๒๕๐.๕๐")
    at_desk.reads("Written down. A head has to approve it.")
    entry = BudgetEntry.objects.pending().get()
    assert (entry.amount, entry.files.count()) == (Decimal("1250.50"), 1)
    on_phone = visit(PHONE, color_scheme="dark")
    on_phone.signs_in(head)
    on_phone.goes(entry.get_absolute_url())
    on_phone.sees("project-entry-phone-dark")
    on_phone.presses("Approve")
    on_phone.reads("อนุมัติแล้ว")
    at_desk.goes(entry.get_absolute_url())
    at_desk.follows("Reverse this entry")
    at_desk.fills("Why it is reversed", "จ่ายผิดกิจกรรม")
    at_desk.fills("Document number", "ศธ ๐๑๐๐/๑๐๐๐")
    at_desk.presses("Write down")
    at_desk.reads("Written down. A head has to approve it.")
    assert entry.reversals.get().amount == entry.amount


def test_months_are_set_by_keyboard(people: tuple[User, User], visit: Visit) -> None:
    visitor = visit(DESK)
    visitor.signs_in(people[0])
    press = _press()
    ActivityMonth.objects.filter(activity=press).exclude(first_on__month__in=(10, 11)).delete()
    ActivityMonth.objects.filter(activity=press).update(planned=Decimal(15000))
    Milestone.objects.create(activity=press, name="เชิญสื่อครบ", due_on="2010-02-01")
    visitor.opens("projectplan:budget_calendar", 2553)
    visitor.sees("project-calendar")
    visitor.page.locator(f'[name="m-{press.pk}-200911"]').focus()
    visitor.page.keyboard.press("ArrowRight")
    visitor.page.keyboard.press("Space")
    visitor.page.locator(f'[name="p-{press.pk}-200911"]').fill("๕,๐๐๐")
    visitor.expects(422)
    visitor.presses("Save")
    visitor.reads("เงินรายเดือนรวมเป็น")
    visitor.sees("project-calendar-refused")
    visitor.page.locator(f'[name="p-{press.pk}-200912"]').fill("๑๐,๐๐๐")
    visitor.presses("Save")
    visitor.reads("The calendar is saved.")
    kept = ActivityMonth.objects.filter(activity=press).values_list("planned", flat=True)
    assert list(kept) == [15000, 5000, 10000]


@pytest.mark.parametrize(("width", "scheme"), [(DESK, "light"), (PHONE, "light"), (DESK, "dark")])
def test_every_page_of_the_project_is_good(
    people: tuple[User, User], visit: Visit, width: int, scheme: str
) -> None:
    visitor = visit(width, color_scheme=scheme)
    visitor.signs_in(people[1])
    seminar = Activity.objects.get(project__plan__fiscal_year=2553, number=1)
    Milestone.objects.create(
        activity=seminar, name="ส่งรายงาน", due_on=timezone.localdate() + timedelta(days=9)
    )
    entry = BudgetEntry.objects.filter(activity=seminar, kind=BudgetEntry.Kind.COMMITMENT)[0]
    for name, args in (
        ("project_of", [2553]),
        ("budget_activity", [seminar.pk]),
        ("budget_entry", [entry.pk]),
        ("budget_calendar", [2553]),
        ("budget_enter", [seminar.pk, "transfer"]),
        ("milestone_new", [seminar.pk]),
    ):
        visitor.opens(f"projectplan:{name}", *args)
        visitor.sees(f"project-{name}-{width}-{scheme}")
