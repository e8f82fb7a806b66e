"""A letter comes in, goes on as a petition, is linked with another one and told as one topic; the register is kept."""

from __future__ import annotations

import re

from django.utils import timezone

from office.models import IncomingDocument, MatterLink, Topic, User
from tests.browser.conftest import Visit
from tests.browser.visitor import DESK, HEIGHTS, PHONE, Visitor
from tests.cast import make_petition

SUBJECT = "ขอให้ตรวจสอบการเก็บเงินค่าบำรุงห้องเรียนพิเศษ"


def both_widths(visitor: Visitor, name: str) -> None:
    for width in (PHONE, DESK):
        visitor.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        visitor.sees(f"{name}-{width}")
        visitor.page.emulate_media(color_scheme="dark")
        visitor.sees(f"{name}-{width}-dark")
        visitor.page.emulate_media(color_scheme="light")


def test_what_belongs_together_is_tied_together(visit: Visit, officer: User) -> None:
    desk = visit(DESK)
    desk.signs_in(officer)
    now = timezone.now()
    first = make_petition(title="ร้องเรียนค่าห้องเรียนพิเศษปีก่อน", received_at=now, owner=officer)
    second = make_petition(title="ร้องเรียนค่าห้องเรียนพิเศษปีนี้", received_at=now, owner=officer)
    a_letter_is_received(desk)
    it_goes_on_as_a_matter(desk, second.label)
    it_is_linked_while_one_types(desk, second.pk, first.title)
    the_link_is_taken_back_on_a_phone(visit(PHONE), officer, first.pk)
    both_are_one_topic(desk, first.pk, second.label)


def a_letter_is_received(desk: Visitor) -> None:
    desk.expects(422)
    desk.opens("office:documents_in")
    both_widths(desk, "documents-in-none")
    desk.page.get_by_role("link", name="ลงรับหนังสือ").first.click()
    desk.page.locator("#id_their_number").fill("ศธ ๐๔๐๐๑/๑๒๓")
    desk.presses("Receive")
    desk.reads("Write who sent it.")
    both_widths(desk, "documents-in-new-wrong")
    desk.page.locator("#id_sender").fill("สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน")
    desk.page.locator("#id_addressee").fill("เลขานุการรัฐมนตรี")
    desk.page.locator("#id_subject").fill(SUBJECT)
    desk.page.locator("#id_speed").select_option("urgent")
    desk.presses("Receive")
    desk.page.wait_for_url(re.compile(r"/documents/in/\d+/$"))
    assert IncomingDocument.objects.get().their_number == "ศธ ๐๔๐๐๑/๑๒๓"
    both_widths(desk, "documents-in-one")


def it_goes_on_as_a_matter(desk: Visitor, label: str) -> None:
    desk.page.get_by_text("เรื่องที่มีอยู่แล้ว").click()
    desk.page.locator("#id_words").fill(label)
    desk.page.locator("#found input[type=radio]").first.check()
    desk.presses("Goes on as this")
    desk.page.get_by_text(f"ดำเนินการเป็น {label}").first.wait_for()
    desk.opens("office:documents_in")
    both_widths(desk, "documents-in-list")


def it_is_linked_while_one_types(desk: Visitor, pk: int, other: str) -> None:
    desk.opens("office:link_new", pk)
    desk.page.locator("#id_how").select_option("follows:from")
    desk.page.locator("#id_words").press_sequentially("ห้องเรียนพิเศษปีก่อน")
    found = desk.page.locator("#found").get_by_label(re.compile(other))
    found.wait_for()
    both_widths(desk, "link-found")
    found.check()
    desk.presses("Make the link")
    desk.page.locator("#links").get_by_role("link", name=other).wait_for()
    both_widths(desk, "link-made")


def the_link_is_taken_back_on_a_phone(phone: Visitor, officer: User, pk: int) -> None:
    phone.signs_in(officer)
    phone.opens("office:matter", pk)
    phone.page.locator("#links a", has_text="ยกเลิก").click()
    phone.sees("link-removing")
    phone.page.locator("#id_reason").fill("คนละปีการศึกษา")
    phone.presses("Remove the link")
    phone.page.get_by_text("คนละปีการศึกษา").wait_for()
    assert not MatterLink.objects.exists()


def both_are_one_topic(desk: Visitor, pk: int, label: str) -> None:
    desk.opens("projectplan:topics")
    both_widths(desk, "topics-none")
    desk.opens("projectplan:topic_choose", pk)
    desk.page.locator("#id_name").fill("ค่าห้องเรียนพิเศษ")
    both_widths(desk, "topic-choose")
    desk.presses("Save")
    desk.page.wait_for_url(re.compile(r"/topics/\d+/$"))
    desk.page.locator("#id_words").fill(label)
    desk.page.locator("#found input[type=radio]").first.check()
    desk.presses("Add")
    desk.page.get_by_text(f"{label} อยู่ในประเด็นแล้ว").wait_for()
    both_widths(desk, "topic")
    assert Topic.objects.get().entries.count() == 2
    desk.opens("projectplan:topics")
    both_widths(desk, "topics")
