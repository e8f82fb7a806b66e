"""What heads and executives look at: the figures, who carries how much, the executive's one screen on a telephone."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from complaints.models import Petition
from office.models import User
from projectplan.loading import PLAN_2553, load_file
from tests.browser.conftest import Visit
from tests.browser.test_every_page import look_over, open_and_look
from tests.browser.visitor import PHONE, thai
from tests.browser.world import furnish
from tests.cast import make_officer


@pytest.fixture
def petitions(officer: User, head: User, executive: User) -> dict[str, Petition]:
    load_file(PLAN_2553)
    return furnish(officer, head, executive, now=timezone.now())


def test_a_head_goes_from_a_late_figure_to_the_matter(
    visit: Visit, head: User, petitions: dict[str, Petition]
) -> None:
    desk = visit()
    desk.signs_in(head)
    for span in ("month", "quarter", "year"):
        open_and_look(desk, f"kpis-{span}", "projectplan:dashboard", query=f"?span={span}")
    desk.reads("Who needs help today")
    row = desk.page.get_by_role("row").filter(has_text="ทัศนีย์ น.")
    row.get_by_role("link").first.click()
    look_over(desk, "promises-late")
    desk.page.get_by_role("link", name=petitions["late"].title).first.click()
    desk.page.wait_for_url(f"**{petitions['late'].get_absolute_url()}")


def test_the_load_of_a_subgroup_in_which_nobody_is_late(visit: Visit, head: User) -> None:
    make_officer()
    desk = visit()
    desk.signs_in(head)
    open_and_look(desk, "workload-calm", "projectplan:workload")
    desk.reads("Nobody is late and nobody has more today than can be done.")
    open_and_look(desk, "promises-none", "projectplan:promises", query="?show=late")


def test_an_executive_orders_from_one_screen_on_a_telephone(
    visit: Visit, executive: User, petitions: dict[str, Petition]
) -> None:
    phone = visit(PHONE)
    phone.signs_in(executive)
    phone.opens("projectplan:glance")
    phone.reads("Waits for your order", "Late now", "All indicators")
    look_over(phone, "glance")
    waiting = petitions["submitted"]
    card = phone.page.locator("ul.rows li").filter(has_text=waiting.label)
    card.get_by_role("link", name=thai("Give the order")).click()
    phone.page.wait_for_url(f"**{reverse('projectplan:decide', args=[waiting.pk])}*")
    phone.goes(reverse("projectplan:glance"))
    expect(phone.page.locator(".lights li")).not_to_have_count(0)
    phone.page.locator(".lights a.late").first.click()
    look_over(phone, "promises-of-a-subgroup")
