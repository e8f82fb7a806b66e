"""A court summons from the paper on the desk to the closed file: registered, warned of, recorded, appealed, closed."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from complaints.models import Hearing, RelatedMatter, State
from office.models import Deadline, Notice, User
from office.models.calendar import current_calendar
from office.thai import format_numeric
from projectplan.rounds import sweep
from tests.browser.conftest import Visit
from tests.browser.visitor import DESK, PHONE, Visitor, thai

TITLE = "หมายเรียกคดีปกครอง กรณีคำสั่งย้ายผู้อำนวยการโรงเรียน"
OUTCOME = "ศาลสืบพยานผู้ฟ้องคดีเสร็จ นัดฟังคำพิพากษา"
JUDGMENT = "ศาลพิพากษาเพิกถอนคำสั่งย้าย"


def test_a_summons_is_registered_warned_of_recorded_appealed_and_closed(
    visit: Visit, officer: User, head: User, executive: User
) -> None:
    desk = visit(DESK)
    desk.signs_in(officer)
    the_officer_registers_the_summons_by_keyboard(desk)
    matter = RelatedMatter.objects.get()
    the_opinion_goes_up_and_the_order_comes_down(visit, desk, matter, head, executive)
    the_morning_of_the_hearing_warns_officer_and_head(visit(PHONE), matter, head)
    the_officer_records_what_happened(desk, matter)
    the_judgment_is_appealed(desk, matter)
    it_cannot_be_closed_while_a_hearing_is_open_and_then_can(desk, matter)
    matter.refresh_from_db()
    assert (matter.state, matter.result) == (State.CLOSED, RelatedMatter.Result.ATTENDED)
    assert not matter.deadlines.unmet().exists()


def day(days: int) -> str:
    return format_numeric((timezone.localtime() + timedelta(days=days)).date())


def the_officer_registers_the_summons_by_keyboard(desk: Visitor) -> None:
    desk.expects(422)
    desk.opens("complaints:related_list")
    desk.sees("related-01-empty")
    desk.page.locator("main").get_by_role("link", name=thai("Court summons")).click()
    desk.page.wait_for_url("**/related/new/summons/")
    desk.page.locator("#id_received_from").focus()
    desk.page.keyboard.press("Control+Enter")  # nothing written yet: said beside the fields
    desk.page.locator("[data-faults]").wait_for()
    desk.sees("related-02-missing")
    typed = {
        "received_from": "ศาลปกครองกลาง",
        "received_on": day(0),
        "title": TITLE,
        "court_name": "ศาลปกครองกลาง",
        "case_number": "บ.๒๑๔/๒๕๖๙",
        "hearing_on": day(10),
        "hearing_time": "๙.๓๐",
        "room": "ห้องพิจารณา ๕",
        "story": "ศาลนัดพิจารณาครั้งแรกและให้ทำคำให้การ",
    }
    for name, words in typed.items():
        desk.page.locator(f"#id_{name}").fill(words)
    desk.page.locator("#id_court").select_option("administrative")
    desk.page.locator("#id_role").select_option("defendant")
    desk.page.locator("#id_room").focus()
    desk.page.keyboard.press("Control+Enter")
    desk.page.wait_for_url(re.compile(r"/related/[0-9]+/$"))
    expect(desk.page.locator("h1")).to_have_text(TITLE)
    desk.sees("related-03-registered")


def the_opinion_goes_up_and_the_order_comes_down(
    visit: Visit, desk: Visitor, matter: RelatedMatter, head: User, executive: User
) -> None:
    desk.page.locator("#id_summary").fill("ผู้ฟ้องคดีขอให้เพิกถอนคำสั่งย้าย")
    desk.page.locator("#id_opinion").fill("เห็นควรมอบกลุ่มกฎหมายทำคำให้การ")
    desk.presses("Put to the head")
    for person, button in ((head, "Put to the executive"), (executive, "Give the order")):
        other = visit(PHONE)
        other.signs_in(person)
        other.opens("complaints:related", matter.pk)
        other.presses(button)
    assert RelatedMatter.objects.get().state == State.ORDERED
    desk.opens("complaints:related", matter.pk)
    desk.page.locator("#id_reason").fill("มอบกลุ่มกฎหมายแล้ว")
    desk.presses("Record what was carried out")
    assert [one.kind for one in matter.deadlines.unmet()] == [Deadline.Kind.HEARING]
    desk.sees("related-04-carried-out")


def the_morning_of_the_hearing_warns_officer_and_head(
    phone: Visitor, matter: RelatedMatter, head: User
) -> None:
    """The days until the hearing pass: it was this morning, and each of its warnings has been given."""
    hearing = matter.hearings.get()
    for days_before in (7, 3, 1, 0):
        morning = current_calendar().opening_of(hearing.at.date() - timedelta(days=days_before))
        sweep(lambda now=morning: now)
    assert Notice.objects.filter(recipient=head, deadline=hearing.deadline, way=Notice.Way.APP).exists()
    phone.signs_in(head)
    phone.opens("office:notices")
    phone.reads("ศาลปกครองกลาง")
    phone.sees("related-05-warned-390")
    earlier = hearing.at - timedelta(days=11)
    Deadline.objects.filter(pk=hearing.deadline_id).update(
        start_at=earlier - timedelta(days=1), due_at=earlier
    )
    Hearing.objects.filter(pk=hearing.pk).update(at=earlier)
    phone.opens("complaints:hearings")
    phone.sees("related-06-hearings-390")


def the_officer_records_what_happened(desk: Visitor, matter: RelatedMatter) -> None:
    desk.opens("complaints:hearings")
    desk.follows("Record the hearing")
    desk.page.locator("#id_outcome").fill(OUTCOME)
    desk.page.locator("#id_next_on").fill(day(30))
    desk.page.locator("#id_next_time").fill("13.30")
    desk.sees("related-07-recording")
    desk.presses("Record the hearing")
    expect(desk.page.locator("main")).to_contain_text(OUTCOME)
    assert matter.open_hearings().count() == 1
    desk.sees("related-08-recorded")


def the_judgment_is_appealed(desk: Visitor, matter: RelatedMatter) -> None:
    for kind, note, lapses in (("judgment", JUDGMENT, day(30)), ("appeal", "อุทธรณ์ต่อศาลปกครองสูงสุด", "")):
        desk.opens("complaints:related", matter.pk)
        desk.follows("Record a step before the court")
        desk.page.locator("#id_kind").select_option(kind)
        desk.page.locator("#id_on").fill(day(0))
        desk.page.locator("#id_note").fill(note)
        desk.page.locator("#id_lapses_on").fill(lapses)
        desk.presses("Record a step before the court")
        expect(desk.page.locator("main")).to_contain_text(note)
    assert matter.deadlines.get(kind=Deadline.Kind.LIMITATION).met_at is not None
    desk.sees("related-09-appealed")


def it_cannot_be_closed_while_a_hearing_is_open_and_then_can(desk: Visitor, matter: RelatedMatter) -> None:
    desk.follows("Close")
    desk.page.locator("#id_result").select_option("attended")
    desk.presses("Close")
    desk.reads("ยังยุติเรื่องไม่ได้")
    desk.sees("related-10-not-closed")
    desk.opens("complaints:related_step", matter.pk, "cancel_hearing")
    desk.page.locator("#id_reason").fill("ศาลงดนัด")
    desk.presses("Cancel a hearing")
    desk.opens("complaints:related", matter.pk)
    desk.page.locator("#id_result").select_option("attended")
    desk.presses("Close")
    desk.sees("related-11-closed")
