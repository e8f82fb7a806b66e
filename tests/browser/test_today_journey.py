"""A day that begins on the page of today: an officer acts on a row, a head hands over by keyboard and by a drag, an
executive on a telephone approves one matter and returns the next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from complaints.models import Petition, State
from office.models import User
from tests.browser.conftest import Visit
from tests.browser.visitor import DESK, PHONE, Visitor, thai
from tests.cast import bring_to, fresh, make_petition, take_step

REMARK = "ขอให้แนบความเห็นของนิติกร"


@pytest.fixture
def at_desk(officer: User, head: User, executive: User) -> list[Petition]:
    """Two opinions before the executive."""
    now = timezone.now()
    return [
        bring_to(
            make_petition(owner=officer, received_at=now),
            State.SUBMITTED,
            officer=officer,
            head=head,
            executive=executive,
            now=now,
        )
        for _number in range(2)
    ]


def test_an_officer_takes_and_closes_from_the_rows(
    visit: Visit, officer: User, head: User, executive: User
) -> None:
    now = timezone.now()
    told = make_petition(owner=officer, received_at=now)
    bring_to(told, State.INFORMED, officer=officer, head=head, executive=executive, now=now)
    new = make_petition(received_at=now)
    desk = visit(DESK)
    desk.signs_in(officer)
    desk.sees("today-officer-before")
    desk.page.get_by_role("button", name=f"{thai('Take')} {new.label}").click()
    desk.reads(f"ท่านรับ {new.label} ไว้แล้ว: {new.title}")
    desk.sees("today-officer-taken")
    row = desk.page.locator("li", has_text=told.label)
    row.get_by_role("link", name=thai("Close")).click()
    expect(row.get_by_label(thai("Result"))).to_be_focused()
    desk.sees("today-officer-form-in-row")
    row.get_by_role("button", name=thai("Not now")).click()
    expect(row.get_by_label(thai("Result"))).to_have_count(0)
    row.get_by_role("link", name=thai("Close")).click()
    row.get_by_label(thai("Result")).select_option(Petition.Result.GRANTED)
    row.get_by_role("button", name=thai("Close"), exact=True).click()
    expect(desk.page.locator(".messages")).to_contain_text(told.label)
    expect(desk.page.locator(".rows", has_text=told.label)).to_have_count(0)
    desk.sees("today-officer-closed")
    assert fresh(told).state == State.CLOSED


def test_a_row_is_marked_until_it_is_looked_at(visit: Visit, officer: User, head: User) -> None:
    now = timezone.now()
    petition = make_petition(owner=officer, received_at=now)
    desk = visit(DESK)
    desk.signs_in(officer)
    mark = desk.page.locator("li", has_text=petition.label).locator(".unread")
    expect(mark).to_have_count(1)
    desk.goes(petition.get_absolute_url())
    desk.opens("projectplan:today")
    expect(mark).to_have_count(0)
    take_step(petition, "assign", head, to=officer, now=now)
    desk.opens("projectplan:today")
    expect(mark).to_have_count(1)


def test_a_head_hands_over_by_keyboard_and_by_a_drag_and_takes_it_back(
    visit: Visit, officer: User, colleague: User, head: User
) -> None:
    long_ago = timezone.now() - timedelta(days=20)
    late = [make_petition(owner=officer, received_at=long_ago) for _number in range(2)]
    desk = visit(DESK)
    desk.signs_in(head)
    desk.sees("today-head-board")
    _hands_over_by_keyboard(desk.page, late, colleague)
    desk.sees("today-head-looked-over")
    desk.page.keyboard.press("Tab")
    desk.presses("Hand over")
    desk.reads(f"มอบหมาย ๒ เรื่องให้{colleague.short_name}แล้ว")
    desk.sees("today-head-handed-over")
    assert {fresh(one).owner for one in late} == {colleague}
    desk.presses("Hand back")
    desk.reads("คืน ๒ เรื่องไว้ดังเดิมแล้ว")
    assert {fresh(one).owner for one in late} == {officer}
    _drags(desk.page, late[0], colleague)
    desk.page.wait_for_url("**/today/hand-over/")
    desk.reads(late[0].title)
    desk.presses("Hand over")
    desk.reads(f"มอบหมาย ๑ เรื่องให้{colleague.short_name}แล้ว")
    assert [fresh(one).owner for one in late] == [colleague, officer]
    desk.follows(officer.short_name)
    desk.reads(f"เรื่องที่รอ{officer.short_name}")
    desk.sees("today-head-of-one")
    phone = visit(PHONE)
    phone.signs_in(head)
    phone.sees("today-head-phone")


def _hands_over_by_keyboard(page: Page, matters: list[Petition], to: User) -> None:
    for matter in matters:
        page.get_by_label(f"{thai('Choose')} {matter.label}").focus()
        page.keyboard.press("Space")
    expect(page.locator("[data-picked]")).to_have_text("เลือกไว้ ๒ เรื่อง")
    page.locator("[name=to]").focus()
    place = (
        page.locator("[name=to] option")
        .evaluate_all("(all) => all.map((one) => one.value)")
        .index(str(to.pk))
    )
    for _press in range(place):
        page.keyboard.press("ArrowDown")
    expect(page.locator("[name=to]")).to_have_value(str(to.pk))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/today/hand-over/")


def _drags(page: Page, matter: Petition, to: User) -> None:
    handle = page.locator("[data-matter]", has_text=matter.label).locator("[data-drag]")
    onto = page.locator(f"[data-officer='{to.pk}']")
    handle.scroll_into_view_if_needed()
    start, end = handle.bounding_box(), onto.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(end["x"] + 20, end["y"] + 10, steps=6)
    expect(onto).to_have_class("is-over")
    page.mouse.up()


def test_an_executive_on_a_phone_approves_one_and_returns_one(
    visit: Visit, executive: User, at_desk: list[Petition]
) -> None:
    first, second = at_desk
    phone = visit(PHONE)
    phone.signs_in(executive)
    phone.sees("today-executive-phone")
    phone.page.get_by_role("link", name=f"{thai('Give the order')} {first.label}").click()
    expect(phone.page.locator("h1")).to_have_text(first.title)
    phone.sees("decide-first")
    _bar(phone).get_by_role("button", name=thai("Give the order")).click()
    expect(phone.page.locator("h1")).to_have_text(second.title)  # the next one at once
    phone.sees("decide-second")
    _bar(phone).get_by_role("link", name=thai("Return for revision")).click()
    expect(phone.page.get_by_label(thai("Reason"))).to_be_focused()
    phone.sees("decide-returning")
    way = phone.page.locator("#way-return_for_revision")
    way.get_by_role("button").click()  # nothing written: the browser itself says so beside the field
    expect(phone.page.locator("h1")).to_have_text(second.title)
    phone.page.get_by_label(thai("Reason")).fill(REMARK)
    way.get_by_role("button").click()
    phone.reads("Nothing waits for your order any more.")
    phone.sees("decide-done")
    assert (fresh(first).state, fresh(second).state) == (State.ORDERED, State.RETURNED)
    assert fresh(second).events.order_by("pk").last().reason == REMARK  # type: ignore[union-attr]


def _bar(visitor: Visitor) -> Locator:
    return visitor.page.locator(".decide-bar")


def test_what_changed_meanwhile_is_shown_before_the_order(
    visit: Visit, officer: User, executive: User, at_desk: list[Petition]
) -> None:
    first, second = at_desk
    phone = visit(PHONE)
    phone.signs_in(executive)
    phone.opens("projectplan:decide", first.pk)
    take_step(first, "attach_files", officer, files=[], now=timezone.now())
    phone.expects(409)
    phone.page.locator(".decide-bar button").click()
    phone.reads("This matter has been changed since you opened the page")
    phone.sees("decide-changed")
    phone.presses("Give the order")
    expect(phone.page.locator("h1")).to_have_text(second.title)
    assert fresh(first).state == State.ORDERED


def test_all_of_it_works_without_scripts(
    visit: Visit, officer: User, colleague: User, head: User, executive: User, at_desk: list[Petition]
) -> None:
    late = make_petition(owner=officer, received_at=timezone.now() - timedelta(days=20))
    desk = visit(DESK, java_script_enabled=False)
    desk.signs_in(head)
    desk.page.get_by_label(f"{thai('Choose')} {late.label}").check()
    desk.page.locator("[name=to]").select_option(str(colleague.pk))
    desk.presses("Hand over")
    desk.presses("Hand over")
    desk.reads(f"มอบหมาย ๑ เรื่องให้{colleague.short_name}แล้ว")
    phone = visit(PHONE, java_script_enabled=False)
    phone.signs_in(executive)
    phone.follows("สั่งการต่อเนื่อง (๒ เรื่อง)")
    phone.page.locator(".decide-bar button").click()
    expect(phone.page.locator("h1")).to_have_text(at_desk[1].title)
