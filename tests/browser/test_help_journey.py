"""The first round of somebody new, by mouse and by keyboard, and the guide from the page one stands on."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from office.models import User
from tests.browser.conftest import Visit
from tests.browser.visitor import DESK, PHONE, Visitor, thai


@pytest.fixture
def newcomer(officer: User) -> User:
    User.objects.filter(pk=officer.pk).update(toured_at=None)
    return officer


def walk(visitor: Visitor, key: str = "") -> list[str]:
    """From the first stop to the last by the button, or by a key; the headings that were met."""
    dialog = visitor.page.get_by_role("dialog")
    met = []
    while True:
        expect(dialog).to_be_visible()
        met.append(dialog.get_by_role("heading").inner_text())
        if dialog.get_by_role("button", name=thai("End the round"), exact=True).count():
            return met
        if key:
            visitor.page.keyboard.press(key)
        else:
            dialog.get_by_role("button", name=thai("Next"), exact=True).click()


def test_a_newcomer_walks_the_round_and_is_not_asked_again(visit: Visit, newcomer: User) -> None:
    desk = visit(DESK)
    desk.signs_in(newcomer)
    desk.follows("Show me round")
    desk.sees("tour-first-stop")
    assert walk(desk) == [
        thai(words) for words in ("Today", "The menu", "Search", "Notices", "Your account", "Help")
    ]
    with desk.page.expect_response(lambda answer: answer.url.endswith(reverse("office:tour_seen"))):
        desk.presses("End the round")
    expect(desk.page.get_by_role("dialog")).to_have_count(0)
    expect(desk.page.locator("[data-tour]")).to_have_count(0)
    desk.opens("projectplan:today")
    expect(desk.page.locator("[data-tour]")).to_have_count(0)


def test_the_round_is_declined_and_begun_again_from_the_guide_by_keyboard(
    visit: Visit, newcomer: User
) -> None:
    phone = visit(PHONE)
    phone.signs_in(newcomer)
    phone.presses("No, thank you")
    expect(phone.page.locator("[data-tour]")).to_have_count(0)
    phone.opens("office:help_tour")
    phone.sees("help-tour")
    phone.follows("Walk it on the page")
    met = walk(phone, "ArrowRight")
    assert met[0] == thai("Today")
    assert met[-1] == thai("Help")
    phone.page.keyboard.press("ArrowLeft")
    expect(phone.page.get_by_role("dialog").get_by_role("heading")).not_to_have_text(met[-1])
    phone.page.keyboard.press("Escape")
    expect(phone.page.get_by_role("dialog")).to_have_count(0)


def test_without_scripts_the_round_is_a_page(visit: Visit, newcomer: User) -> None:
    plain = visit(DESK, java_script_enabled=False)
    plain.signs_in(newcomer)
    plain.follows("Show me round")
    assert plain.heading() == thai("The round of one minute")
    plain.reads("The menu", "Search")


def test_the_question_mark_opens_the_part_of_the_page_one_is_on(visit: Visit, officer: User) -> None:
    desk = visit(DESK)
    desk.signs_in(officer)
    desk.opens("complaints:intake")
    desk.page.locator(".help-link").click()
    desk.page.wait_for_url(re.compile(r"/help/petitions/#intake$"))
    expect(desk.page.locator("#intake h2")).to_be_in_viewport()
    picture = desk.page.locator("#intake img")
    picture.scroll_into_view_if_needed()
    desk.page.wait_for_function("() => document.querySelector('#intake img').naturalWidth > 0")
    desk.sees("help-chapter")


def test_a_citizen_reads_how_to_follow_a_petition(visit: Visit) -> None:
    phone = visit(PHONE)
    phone.opens("petition:follow")
    phone.page.locator("footer").get_by_role("link", name=thai("Help"), exact=True).click()
    phone.page.wait_for_url(re.compile(r"/help/citizen/#follow$"))
    phone.sees("help-citizen")
