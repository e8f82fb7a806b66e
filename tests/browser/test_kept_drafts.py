"""Nothing typed is lost: a closed window, an ended sign-in, a page that moved on; and what was just done is undone."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from office.models import KeptDraft, User
from tests.browser.conftest import Visit
from tests.browser.test_every_page import look_over
from tests.browser.visitor import Visitor
from tests.cast import fresh, make_category, make_petition

STORY = "โรงเรียนเก็บเงินบำรุงการศึกษาเกินกว่าที่ประกาศไว้ และไม่ออกใบเสร็จ"
SUMMARY = "ผู้ร้องแจ้งว่าโรงเรียนเก็บเงินเกินประกาศ"


def waits_until_kept(visitor: Visitor) -> None:
    expect(visitor.page.locator(".kept-said")).to_contain_text("เก็บที่พิมพ์ไว้แล้ว")


def test_a_closed_window_gives_back_what_was_typed(visit: Visit, officer: User) -> None:
    desk = visit()
    desk.signs_in(officer)
    desk.opens("complaints:intake")
    desk.page.locator("[name=story]").fill(STORY)
    desk.page.locator("[name=title]").fill("เก็บเงินเกินประกาศ")
    waits_until_kept(desk)
    stored = desk.page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert STORY not in stored
    desk.page.close(run_before_unload=False)

    again = visit()
    again.signs_in(officer)
    again.opens("complaints:intake")
    notice = again.page.locator(".kept-notice")
    notice.wait_for()
    look_over(again, "kept-notice")
    again.page.get_by_role("button", name="นำกลับมา").click()
    expect(again.page.locator("[name=story]")).to_have_value(STORY)
    expect(again.page.locator("[name=title]")).to_have_value("เก็บเงินเกินประกาศ")
    look_over(again, "kept-restored")
    again.page.reload()
    again.page.get_by_role("button", name="ทิ้ง").click()
    expect(notice).to_have_count(0)
    again.page.reload()
    expect(again.page.locator(".kept-notice")).to_have_count(0)
    assert not KeptDraft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_ended_sign_in_loses_nothing_and_saving_drops_the_draft(visit: Visit, officer: User) -> None:
    petition, category = make_petition(owner=officer), make_category()
    desk = visit()
    desk.signs_in(officer)
    desk.opens("complaints:step", petition.pk, "summarise")
    desk.page.locator("[name=summary]").fill(SUMMARY)
    waits_until_kept(desk)
    desk.expects(302, 403)
    Session.objects.all().delete()
    desk.page.context.clear_cookies(name="sessionid")
    desk.page.locator("[name=opinion]").fill("เห็นควรส่งหน่วยงานตรวจสอบ")
    expect(desk.page.locator(".kept-said")).to_contain_text("เข้าสู่ระบบในหน้าต่างใหม่")
    desk.presses("Put to the head")
    expect(desk.page.locator("[name=summary]")).to_have_value(SUMMARY)
    with desk.page.context.expect_page() as opened:
        desk.page.locator(".kept-said a").click()
    window = Visitor(opened.value, desk.site)
    window.signs_in(officer)
    desk.page.bring_to_front()
    desk.page.locator("[name=category]").select_option(value=str(category.pk))
    desk.presses("Put to the head")
    desk.page.locator(".messages").wait_for()
    assert fresh(petition).summary == SUMMARY
    assert not KeptDraft.objects.exists()


def test_both_changed_it_and_one_chooses(visit: Visit, officer: User, head: User) -> None:
    petition = make_petition(owner=officer)
    desk, other = visit(), visit()
    desk.signs_in(officer)
    other.signs_in(head)
    desk.opens("complaints:step", petition.pk, "correct")
    desk.fills("Subject", "ชื่อเรื่องที่เจ้าหน้าที่แก้")
    other.opens("complaints:step", petition.pk, "correct")
    other.fills("Subject", "ชื่อเรื่องที่หัวหน้าแก้")
    other.fills("Place", "โรงเรียนบ้านหนองบัว")
    other.presses("Correct the facts")
    other.page.locator(".messages").wait_for()
    desk.expects(409)
    desk.presses("Correct the facts")
    desk.reads("both of you changed it", "taken from there: you had not changed it")
    look_over(desk, "two-versions")
    desk.page.get_by_label("คงข้อความที่อยู่ในระบบไว้").check()
    desk.presses("Correct the facts")
    desk.page.locator(".messages").wait_for()
    found = fresh(petition)
    assert (found.title, found.place) == ("ชื่อเรื่องที่หัวหน้าแก้", "โรงเรียนบ้านหนองบัว")


def test_what_was_just_taken_is_undone_from_its_message(visit: Visit, officer: User) -> None:
    petition = make_petition()
    desk = visit()
    desk.signs_in(officer)
    desk.opens("complaints:step", petition.pk, "take")
    desk.presses("Take")
    desk.page.locator(".with-undo").wait_for()
    look_over(desk, "undo-offered")
    desk.presses("Undo")
    desk.page.get_by_text("เลิกทำแล้วสำหรับ").wait_for()
    assert fresh(petition).owner is None
