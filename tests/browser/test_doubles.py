"""A double: warned of while its letter is typed in, registered all the same, joined; both numbers lead to the one."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from complaints.models import Petition, Petitioner
from office.models import User
from tests.browser.conftest import Visit
from tests.browser.test_every_page import look_over
from tests.browser.visitor import DESK, PHONE, Visitor
from tests.cast import CODE, make_petition

TITLE = "โรงเรียนเก็บค่าบำรุงการศึกษาโดยไม่แจ้งผู้ปกครอง"
STORY = (
    "เมื่อเปิดภาคเรียนที่ ๒ โรงเรียนเรียกเก็บเงินค่าบำรุงการศึกษาคนละ ๑,๕๐๐ บาท ไม่มีหนังสือแจ้งและไม่ออกใบเสร็จรับเงิน "
    "ขอให้ตรวจสอบและคืนเงินแก่ผู้ปกครอง"
)
REASON = "ผู้ปกครองสองรายร้องเรื่องเดียวกันของโรงเรียนเดียวกัน"


def test_a_double_is_found_registered_and_joined(visit: Visit, officer: User) -> None:
    first = make_petition(
        owner=officer,
        title=TITLE,
        story=STORY,
        place="โรงเรียนตัวอย่างวิทยา",
        received_at=timezone.now() - timedelta(days=1),
    )
    desk = visit(DESK)
    desk.expects(409, 422)
    desk.signs_in(officer)
    second = the_officer_is_warned_and_registers(desk, first)
    the_officer_joins_the_new_one_to_the_first(desk, first, second)
    both_numbers_lead_to_the_one(desk, first, second)
    the_first_petitioner_sees_nothing_of_the_second(visit(PHONE), first)


def the_officer_is_warned_and_registers(desk: Visitor, first: Petition) -> Petition:
    desk.opens("complaints:intake")
    desk.fills("Subject", "ร้องเรียนโรงเรียนเรื่องเก็บเงิน")
    desk.fills("Story", STORY)
    desk.reads("Likely doubles", first.label, "same words")
    desk.fills("Full name", "นายสมชาย รักไทย")
    desk.fills("Telephone", "089 765 4321")
    desk.page.wait_for_load_state("networkidle")
    desk.reads(first.label)
    look_over(desk, "doubles-typing")
    desk.presses("Register")
    desk.page.wait_for_url("**/receipt/")
    return Petition.objects.exclude(pk=first.pk).get()


def the_officer_joins_the_new_one_to_the_first(desk: Visitor, first: Petition, second: Petition) -> None:
    desk.goes(first.get_absolute_url())
    desk.reads("Likely doubles", second.label)
    look_over(desk, "doubles-card")
    desk.page.get_by_role("link", name=second.title).wait_for()
    desk.page.locator(f"a[href='{reverse('complaints:join', args=[first.pk, second.pk])}']").click()
    desk.reads(second.title)
    look_over(desk, "doubles-compare")
    join = desk.page.locator("main button[type=submit]").last
    join.click()
    desk.reads("Write why the two are one.")
    look_over(desk, "doubles-no-reason")
    desk.fills("Why the two are one", REASON)
    join.click()
    desk.page.wait_for_url(f"**{first.get_absolute_url()}")
    desk.reads("Joined to it", second.label, REASON)
    look_over(desk, "doubles-joined")
    second.refresh_from_db()
    assert second.joined_to == first


def both_numbers_lead_to_the_one(desk: Visitor, first: Petition, second: Petition) -> None:
    for petition in (first, second):
        desk.page.locator("#find").fill(petition.label)
        desk.page.locator("#find").press("Enter")
        desk.page.wait_for_url(f"**{petition.get_absolute_url()}")
    desk.reads(first.label)
    look_over(desk, "doubles-other-number")
    desk.page.locator(f"main a[href='{first.get_absolute_url()}']").first.click()
    assert TITLE in desk.heading()
    for name in ("join", "link", "split"):
        desk.opens("complaints:step", first.pk, name)
        look_over(desk, f"doubles-{name}")
    desk.opens("complaints:doubles", first.pk)
    look_over(desk, "doubles-page")


def the_first_petitioner_sees_nothing_of_the_second(citizen: Visitor, first: Petition) -> None:
    citizen.opens("petition:follow")
    citizen.fills("Number of the matter", first.label)
    citizen.fills("Code", CODE)
    citizen.presses("Show")
    citizen.reads(first.label)
    expect(citizen.page.get_by_text("สมชาย")).to_have_count(0)
    citizen.sees("doubles-citizen-390")
    assert Petitioner.objects.count() == 2


def test_without_scripts_the_officer_is_asked_before_it_is_registered(visit: Visit, officer: User) -> None:
    first = make_petition(owner=officer, title=TITLE, story=STORY, received_at=timezone.now())
    desk = visit(DESK)
    desk.expects(409)
    desk.signs_in(officer)
    desk.page.route("**/htmx*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    desk.opens("complaints:intake")
    desk.fills("Subject", TITLE)
    desk.fills("Story", STORY)
    desk.chooses("Petitioner", "I stay anonymous")
    desk.presses("Register")
    desk.reads("Not registered yet: these look alike", first.label)
    look_over(desk, "doubles-asked")
    desk.presses("Register")
    desk.page.wait_for_url("**/receipt/")
    assert Petition.objects.count() == 2
