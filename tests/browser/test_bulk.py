"""Many petitions at once, with and without scripts; two people on one petition; a proposal taken by one press."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from complaints.models import Petition, RoutingRule, State
from office.models import User
from tests.browser.conftest import Visit
from tests.browser.test_every_page import look_over
from tests.browser.visitor import DESK, PHONE, thai
from tests.browser.world import furnish
from tests.cast import bring_to, fresh, make_category, make_petition

ROWS = "input[name=row]"


def test_a_head_ticks_twelve_assigns_them_and_reads_of_each(visit: Visit, officer: User, head: User) -> None:
    petitions = [make_petition(received_at=timezone.now()) for _row in range(14)]
    visitor = visit()
    visitor.signs_in(head)
    visitor.opens("complaints:petitions")
    boxes = visitor.page.locator(ROWS)
    bar = visitor.page.locator("#bulk")
    expect(bar).to_be_hidden()
    boxes.nth(0).click()
    boxes.nth(11).click(modifiers=["Shift"])
    expect(bar).to_be_visible()
    expect(bar).to_contain_text("เลือกแล้ว ๑๒ เรื่อง")
    look_over(visitor, "bulk-list")
    bar.get_by_role("button", name=thai("Assign"), exact=True).click()
    visitor.page.wait_for_load_state()
    look_over(visitor, "bulk-preview")
    visitor.page.locator("[name=to]").select_option(str(officer.pk))
    visitor.fills("Reason", "แบ่งงานใหม่")
    visitor.page.locator("main .btn-primary").click()
    expect(visitor.page.locator("h1")).to_contain_text("๑๒ จาก ๑๒ เรื่อง")
    look_over(visitor, "bulk-result")
    assert [fresh(one).owner for one in petitions] == [None] * 2 + [officer] * 12


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_without_scripts_two_are_closed_of_which_one_cannot(
    width: int, visit: Visit, officer: User, head: User, executive: User
) -> None:
    some_days_ago = timezone.now() - timedelta(days=2)
    ready = bring_to(
        make_petition(owner=officer, received_at=some_days_ago), State.INFORMED,
        officer=officer, head=head, executive=executive, now=some_days_ago,
    )  # fmt: skip
    early = make_petition(owner=officer, received_at=some_days_ago)
    visitor = visit(width, java_script_enabled=False)
    visitor.signs_in(officer)
    visitor.opens("complaints:petitions")
    for petition in (ready, early):
        visitor.page.locator(f"{ROWS}[value='{petition.pk}']").check()
    visitor.page.locator("#bulk").get_by_role("button", name=thai("Close"), exact=True).click()
    visitor.reads(early.get_state_display())
    visitor.page.locator("[name=result]").select_option(Petition.Result.GRANTED.value)
    visitor.fills("Reason", "แจ้งผลครบแล้ว")
    visitor.page.locator("main .btn-primary").click()
    expect(visitor.page.locator("h1")).to_contain_text("๑ จาก ๒ เรื่อง")
    visitor.pictures(f"bulk-closed-{width}")
    assert (fresh(ready).state, fresh(early).state) == (State.CLOSED, State.RECEIVED)


def test_two_people_see_that_they_have_the_same_petition_open(
    visit: Visit, officer: User, head: User, executive: User
) -> None:
    petition = furnish(officer, head, executive, now=timezone.now())["received"]
    first, second = visit(), visit()
    for visitor, user in ((first, officer), (second, head)):
        visitor.signs_in(user)
        visitor.opens("complaints:petition", petition.pk)
    expect(second.page.locator("[data-presence]")).to_contain_text("ทัศนีย์ น. เปิดเรื่องนี้อยู่ด้วย")
    look_over(second, "presence")
    first.page.evaluate("document.querySelector('[data-presence]').dispatchEvent(new Event('presence'))")
    expect(first.page.locator("[data-presence]")).to_contain_text("ศิริรัตน์ ท. เปิดเรื่องนี้อยู่ด้วย")


def test_a_proposal_is_taken_by_one_press(visit: Visit, officer: User) -> None:
    category = make_category("ทุนการศึกษา")
    RoutingRule.objects.create(petition_kind="help", category=category, officer=officer)
    visitor = visit()
    visitor.signs_in(officer)
    visitor.opens("complaints:intake")
    visitor.page.locator("#id_take_it").uncheck()
    visitor.page.locator("#id_kind").select_option("help")
    for field in ("id_category", "id_take_it"):
        visitor.page.locator(f"[data-fill={field}]").click()
        expect(visitor.page.locator(f"[data-fill={field}]")).to_have_count(0)
    expect(visitor.page.locator("#id_category")).to_have_value(str(category.pk))
    expect(visitor.page.locator("#id_take_it")).to_be_checked()
    look_over(visitor, "intake-proposals-taken")
