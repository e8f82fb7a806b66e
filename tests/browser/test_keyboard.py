"""By keyboard alone: registering, searching, taking a step; and wherever the focus is, it is seen."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from complaints.models import Petition, State
from office.calendar import OFFICE_TZ
from office.models import User
from tests.browser.conftest import Visit
from tests.browser.visitor import DESK, PHONE, Visitor, thai
from tests.cast import fresh, make_petition

LONGEST_WAY = 80  # presses of Tab that nobody should need


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the field of this name has the focus."""
    for _press in range(LONGEST_WAY):
        if page.evaluate("() => document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} is not reached by Tab")


def write(page: Page, **answers: str) -> None:
    """Go from field to field by Tab and write; a list takes the option that begins with the letters."""
    for name, text in answers.items():
        tab_to(page, name)
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(text)


def test_a_letter_is_registered_by_keyboard_alone(visit: Visit, officer: User) -> None:
    desk = visit(DESK)
    desk.signs_in(officer)
    desk.opens("complaints:intake")
    page = desk.page
    expect(page.locator("[name=channel]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    write(page, received_on="๑ ต.ค. ๒๕๕๒", received_time="๑๔.๓๐")
    tab_to(page, "kind")
    page.keyboard.press("ArrowDown")
    write(page, title="ร้องเรียนการเก็บเงินบำรุงการศึกษา", story="โรงเรียนเรียกเก็บเงินโดยไม่แจ้ง")
    write(page, name="นายสมบูรณ์ ใจเย็น", telephone="๐๘๑๒๓๔๕๖๗๘")
    tab_to(page, "consent")
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    desk.reads("Registered")
    desk.sees("keyboard-receipt-1280")
    petition = Petition.objects.get()
    assert petition.owner == officer
    assert petition.petition_kind == Petition.PetitionKind.COMPLAINT
    assert petition.received_at == datetime(2009, 10, 1, 14, 30, tzinfo=OFFICE_TZ)


def test_a_number_typed_after_the_slash_opens_its_matter(visit: Visit, officer: User) -> None:
    petition = make_petition(owner=officer, received_at=timezone.now())
    desk = visit(DESK)
    desk.signs_in(officer)
    desk.page.keyboard.press("/")
    desk.page.keyboard.insert_text(petition.label)
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url(re.compile(rf"/petitions/{petition.pk}/$"))


def test_a_step_is_taken_and_the_rare_ones_are_reached(visit: Visit, officer: User, head: User) -> None:
    petition = make_petition(owner=officer, received_at=timezone.now())
    desk = visit(DESK)
    desk.signs_in(officer)
    desk.opens("complaints:petition", petition.pk)
    page = desk.page
    write(page, summary="สรุป", opinion="เห็นควรส่งหน่วยงาน")
    tab_to(page, "category")
    page.keyboard.press("ArrowDown")
    more = page.locator("details.more > summary")
    for _press in range(LONGEST_WAY):
        page.keyboard.press("Tab")
        if more.evaluate("(summary) => summary === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=thai("Attach files"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name=thai("Attach files"))).to_be_hidden()
    expect(more).to_be_focused()
    tab_to(page, "category")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".messages").wait_for()
    assert fresh(petition).state == State.SUMMARISED


# ── The focus is seen ───────────────────────────────────────────────────────────────────────

_FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const said = `${(one.textContent || one.name || one.id).trim().slice(0, 40)} ${one.outerHTML.slice(0, 80)}`;
  const marked = (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
  const onScreen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const touches = (holder) => holder.contains(top) || top.contains(holder);
  const covered = !top || ![one, ...(one.labels || [])].some(touches);
  const faults = [!marked && "not marked", !onScreen && "off the screen", covered && "covered"];
  return { said, faults: faults.filter(Boolean) };
}"""


def focus_faults(page: Page) -> list[str]:
    """Walk through the page by Tab; where the focus is not marked, off the screen or covered."""
    faults = []
    page.evaluate("() => document.activeElement.blur()")
    for _press in range(LONGEST_WAY):
        page.keyboard.press("Tab")
        seen = page.evaluate(_FOCUS)
        if seen is None:
            break
        faults += [f"focus {fault}: {seen['said']}" for fault in seen["faults"]]
    return faults


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_wherever_the_focus_is_it_is_seen(visit: Visit, officer: User, head: User, width: int) -> None:
    petition = make_petition(owner=officer, received_at=timezone.now())
    visitor = visit(width)
    for name in ("site:home", "petition:new", "petition:follow", "account_login"):
        look_at_the_focus(visitor, name)
    visitor.signs_in(officer)
    look_at_the_focus(visitor, "projectplan:today")
    look_at_the_focus(visitor, "complaints:petitions")
    look_at_the_focus(visitor, "complaints:petition", petition.pk)


def look_at_the_focus(visitor: Visitor, name: str, *args: int) -> None:
    visitor.opens(name, *args)
    visitor.faults += [f"{name}: {fault}" for fault in focus_faults(visitor.page)]
