"""Searching by keyboard: the box, hits by the arrows, narrowing, keeping the search, being told of a new match."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from office.models import SavedSearch, User
from office.saved_searches import tell_of_new_matches
from projectplan.searched import FACETS
from tests.browser.conftest import Visit
from tests.browser.visitor import DESK, HEIGHTS, PHONE, Visitor, thai
from tests.cast import make_petition
from tests.parliament.bills_cast import make_consultation

WORD = "อาหารกลางวัน"


def both_widths(visitor: Visitor, name: str) -> None:
    for width in (PHONE, DESK):
        visitor.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        visitor.sees(f"{name}-{width}")
        visitor.page.emulate_media(color_scheme="dark")
        visitor.sees(f"{name}-{width}-dark")
        visitor.page.emulate_media(color_scheme="light")


def test_a_search_is_gone_through_narrowed_kept_and_tells_of_a_new_match(
    visit: Visit, executive: User, officer: User, head: User
) -> None:
    now = timezone.now()
    for owner in (officer, head, officer):
        make_petition(title=f"ร้องเรียนโครงการ{WORD}ของโรงเรียนวัดใหม่", owner=owner, received_at=now)
    make_consultation(title=f"ขอหารือโครงการ{WORD}ของโรงเรียนวัดเก่า", received_at=now)
    desk = visit(DESK)
    desk.signs_in(executive)
    the_hits_are_gone_through_by_the_arrows(desk)
    it_is_narrowed_and_widened(desk)
    it_is_kept(desk)
    a_new_match_is_told_of(desk, officer)
    it_is_renamed_paused_and_deleted(desk)


def search(desk: Visitor) -> None:
    desk.opens("projectplan:today")
    desk.page.keyboard.press("/")
    desk.page.keyboard.type(WORD)
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url(re.compile("/search/results/"))


def the_hits_are_gone_through_by_the_arrows(desk: Visitor) -> None:
    search(desk)
    hits = desk.page.locator("[data-hits] a.t")
    expect(hits).to_have_count(4)
    desk.page.keyboard.press("ArrowDown")
    expect(hits.nth(0)).to_be_focused()
    desk.page.keyboard.press("ArrowDown")
    expect(hits.nth(1)).to_be_focused()
    desk.page.keyboard.press("ArrowUp")
    desk.page.keyboard.press("ArrowUp")
    expect(desk.page.locator("#find")).to_be_focused()
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("ArrowDown")
    title = hits.nth(1).inner_text()
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url(lambda address: "/search/" not in address)
    assert desk.heading() == title
    desk.reads("Similar matters")
    expect(desk.page.locator("#alike-head + div a.t").first).to_be_visible()
    both_widths(desk, "search-similar")


def it_is_narrowed_and_widened(desk: Visitor) -> None:
    search(desk)
    desk.page.locator("#narrow").wait_for()
    both_widths(desk, "search-facets")
    desk.page.locator("#narrow").get_by_role("link", name=thai("Consultation"), exact=True).click()
    expect(desk.page.locator("[data-hits] > li")).to_have_count(1)
    both_widths(desk, "search-narrowed")
    desk.follows("Search in all matters")
    expect(desk.page.locator("[data-hits] > li")).to_have_count(4)


def it_is_kept(desk: Visitor) -> None:
    desk.expects(422)
    desk.page.locator("#search-name").fill("   ")
    desk.presses("Save the search")
    desk.reads("Give the search a name.")
    both_widths(desk, "search-no-name")
    desk.page.locator("#search-name").fill("อาหารกลางวันปีนี้")
    desk.presses("Save the search")
    desk.page.wait_for_url(re.compile("/search/$"))
    desk.reads("อาหารกลางวันปีนี้", "Opened last")
    both_widths(desk, "search-saved")


def a_new_match_is_told_of(desk: Visitor, officer: User) -> None:
    now = timezone.now()
    new = make_petition(title=f"ขอเพิ่มค่า{WORD}รายหัว", owner=officer, received_at=now)
    assert tell_of_new_matches(now + timedelta(minutes=2), FACETS) == 1
    desk.opens("office:notices")
    desk.reads("Fits a saved search")
    desk.page.get_by_role("button", name=new.title).click()
    desk.page.wait_for_url(re.compile(rf"/petitions/{new.pk}/"))


def it_is_renamed_paused_and_deleted(desk: Visitor) -> None:
    desk.opens("office:search")
    saved = desk.page.locator("#saved")
    saved.locator("summary").click()
    saved.get_by_label(thai("Name of the search")).fill("ชื่อใหม่")
    both_widths(desk, "search-changing")
    saved.get_by_role("button", name=thai("Save"), exact=True).click()
    desk.reads("ชื่อใหม่")
    desk.presses("Stop telling me")
    desk.reads("Not telling")
    assert SavedSearch.objects.get().is_paused
    desk.presses("Delete")
    desk.reads("The saved search is deleted.")
    assert not SavedSearch.objects.exists()


def test_without_scripts_everything_is_reached_by_links(visit: Visit, officer: User) -> None:
    now = timezone.now()
    made = [
        make_petition(title=f"ร้องเรียนโครงการ{WORD}ของโรงเรียน", owner=officer, received_at=now, **facts)
        for facts in ({"channel": "letter"}, {"channel": "web"})
    ]
    make_petition(title=f"ร้องเรียนโครงการ{WORD}ของอำเภอ", received_at=now - timedelta(days=400))
    desk = visit(DESK, java_script_enabled=False)
    desk.signs_in(officer)
    desk.opens("office:search")
    desk.page.locator("#words").fill(WORD)
    desk.page.locator("#words").press("Enter")
    desk.page.locator("aside").get_by_role("link", name=thai("Narrow"), exact=True).click()
    desk.page.locator("#narrow li a").first.click()
    desk.page.locator("[data-hits] a.t").first.click()
    desk.opens("complaints:petition", made[0].pk)
    desk.follows("Look for similar matters")
    expect(desk.page.get_by_text(made[1].title).first).to_be_visible()
