"""A political situation from its first lines to the minister's order: written, mended, checked, decided, on paper."""

from __future__ import annotations

import re
from datetime import timedelta

import pypdfium2
from django.utils import timezone
from playwright.sync_api import expect

from office.models import User
from office.thai import format_numeric
from publicrelations.models import BriefState, SituationBrief
from tests.browser.conftest import Visit
from tests.browser.visitor import DESK, HEIGHTS, PHONE, Visitor, thai
from tests.publicrelations.cast import make_news_head, make_news_officer

TITLE = "ข้อเรียกร้องให้บรรจุครูอัตราจ้างในจังหวัดชายแดนภาคใต้"
SITUATION = "เครือข่ายครูอัตราจ้างประกาศชุมนุมหน้าทำเนียบรัฐบาล ขอให้บรรจุเป็นข้าราชการครูภายในปีการศึกษานี้"
MEANING = "โรงเรียนในพื้นที่ ๑๒๐ แห่งอาจขาดครูในวันเปิดภาคเรียน"
OPINION = "ควรชี้แจงแผนอัตรากำลังก่อนวันชุมนุม และขยายสัญญาจ้างออกไปอีกหนึ่งปี"
OPTIONS = [
    ("เร่งบรรจุตามอัตราที่เกษียณ", "แก้ปัญหาได้ยั่งยืน", "ไม่ทันเปิดภาคเรียน"),
    ("ขยายสัญญาจ้างหนึ่งปี", "ทำได้ทันที", "ต้องของบประมาณเพิ่ม"),
]
ORDER = "ให้ขยายสัญญาจ้างก่อน และเสนอแผนบรรจุภายในสามสิบวัน"


def test_a_situation_is_written_checked_decided_and_on_paper(visit: Visit, executive: User) -> None:
    officer, head = make_news_officer(), make_news_head()
    desk = visit(DESK)
    desk.signs_in(officer)
    the_officer_begins(desk)
    brief = SituationBrief.objects.get()
    half_is_kept_as_a_draft_and_one_option_alone_refused(desk)
    the_whole_goes_to_the_head(desk)
    the_head_checks_it_and_puts_it_to_the_minister(visit, brief, head)
    the_executive_orders_on_a_phone(visit, brief, executive)
    the_paper_opens(desk, brief)
    it_is_closed(desk, brief)
    brief.refresh_from_db()
    assert (brief.state, brief.chosen and brief.chosen.text) == (BriefState.CLOSED, OPTIONS[1][0])
    assert brief.order_text == ORDER
    assert not brief.deadlines.unmet().exists()


def the_officer_begins(desk: Visitor) -> None:
    desk.opens("publicrelations:briefs")
    desk.sees("brief-none-yet")
    desk.follows("Begin a brief")
    desk.page.locator("#id_title").fill("สั้น")
    desk.expects(422)
    desk.presses("Begin")
    fault = desk.page.locator(".field", has=desk.page.locator("#id_title")).locator(".errorlist")
    expect(fault).to_contain_text("เขียนเพิ่ม")
    expect(desk.page.locator("#id_title")).to_have_value("สั้น")
    desk.page.locator("#id_title").fill(TITLE)
    desk.sees("brief-new")
    desk.presses("Begin")
    desk.page.wait_for_url(re.compile(r"/public-relations/briefs/\d+/$"))
    desk.reads(TITLE)


def half_is_kept_as_a_draft_and_one_option_alone_refused(desk: Visitor) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    desk.page.locator("#id_since_on").fill(format_numeric(yesterday))
    desk.page.locator("#id_situation").fill(SITUATION)
    _option(desk, 1)
    desk.presses("Save draft")
    expect(desk.page.locator("#id_situation")).to_have_value(SITUATION)
    desk.sees("brief-writing", kept=["https"])
    desk.page.set_viewport_size({"width": PHONE, "height": HEIGHTS[PHONE]})
    desk.sees("brief-writing-phone", kept=["https"])
    desk.page.set_viewport_size({"width": DESK, "height": HEIGHTS[DESK]})
    desk.page.locator("#id_meaning").fill(MEANING)
    desk.page.locator("#id_opinion").fill(OPINION)
    desk.presses("Put to the head")
    desk.reads("One way alone is no choice: write a second one, or none.")
    expect(desk.page.locator("#id_meaning")).to_have_value(MEANING)
    desk.sees("brief-one-option", kept=["https"])


def the_whole_goes_to_the_head(desk: Visitor) -> None:
    _option(desk, 2)
    desk.page.locator("#id_source_1").fill("หนังสือพิมพ์ข่าวเช้า ฉบับวันจันทร์")
    desk.page.locator("#id_link_1").fill("https://news.example/1")
    desk.page.locator("#id_source_2").fill("รายงานของสำนักงานเขตพื้นที่การศึกษา")
    desk.presses("Put to the head")
    desk.reads("Waiting for the head's check")
    desk.sees("brief-put-to-head")


def _option(desk: Visitor, number: int) -> None:
    text, reasons_for, reasons_against = OPTIONS[number - 1]
    desk.page.locator(f"#id_option_{number}").fill(text)
    desk.page.locator(f"#id_for_{number}").fill(reasons_for)
    desk.page.locator(f"#id_against_{number}").fill(reasons_against)


def the_head_checks_it_and_puts_it_to_the_minister(visit: Visit, brief: SituationBrief, head: User) -> None:
    at_the_head = visit(DESK)
    at_the_head.signs_in(head)
    at_the_head.opens("publicrelations:brief", brief.pk)
    at_the_head.reads(SITUATION, MEANING, OPINION, OPTIONS[0][0], OPTIONS[1][1])
    at_the_head.sees("brief-check")
    at_the_head.presses("Put to the minister")
    at_the_head.reads("On the minister's desk")


def the_executive_orders_on_a_phone(visit: Visit, brief: SituationBrief, executive: User) -> None:
    phone = visit(PHONE)
    phone.signs_in(executive)
    phone.opens("publicrelations:brief", brief.pk)
    phone.sees("brief-order-phone")
    phone.page.get_by_role("radio", name=re.compile(OPTIONS[1][0])).check()
    phone.fills("Order", ORDER)
    phone.presses("Give the order")
    phone.reads(ORDER, "Chosen")
    phone.sees("brief-ordered-phone")


def the_paper_opens(desk: Visitor, brief: SituationBrief) -> None:
    desk.opens("publicrelations:brief", brief.pk)
    link = desk.page.get_by_role("link", name=thai("Memo to the minister (PDF)"))
    answer = desk.page.request.get(f"{desk.site}{link.get_attribute('href')}")
    assert answer.headers["content-type"] == "application/pdf"
    pages = pypdfium2.PdfDocument(answer.body())
    words = "".join("".join(page.get_textpage().get_text_range() for page in pages).split())
    for text in (SITUATION, OPTIONS[1][0], ORDER):
        assert "".join(text.split()) in words


def it_is_closed(desk: Visitor, brief: SituationBrief) -> None:
    desk.presses("Close")
    desk.reads("Closed")
    desk.sees("brief-closed")
    desk.opens("publicrelations:briefs", query="?all=1")
    desk.reads(TITLE)
    desk.sees("brief-register")
