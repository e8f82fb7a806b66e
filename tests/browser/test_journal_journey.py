"""An issue of the journal from planning to labels: chosen by keyboard, proofed, printed, shared out, mailed."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from office.models import User
from publicrelations import journal_making, label_making
from publicrelations.models import Article, Journal, LabelPrint
from publicrelations.models.journal_state import JournalState as State
from tests.browser.conftest import Clock, Visit
from tests.browser.visitor import DESK, PHONE, Visitor
from tests.publicrelations.cast import make_news_head, make_news_officer
from tests.publicrelations.journal_cast import make_news, make_pictured

AREAS = "สำนักงานเขตพื้นที่การศึกษา (สพท.)"


def test_an_issue_from_planning_to_labels(visit: Visit, clock: Clock) -> None:
    clock.move_to(timezone.now().replace(day=15, hour=5))  # the month's news are of this month and past
    officer, head = make_news_officer(), make_news_head()
    articles = news_of_the_month(officer, head)
    desk = visit(DESK)
    desk.signs_in(officer)
    the_issue_is_opened(desk)
    journal = Journal.objects.get()
    articles_are_chosen_and_ordered_by_keyboard(desk, journal, articles)
    an_editorial_is_written_and_the_content_closed(desk, journal)
    the_head_approves_the_proof_on_a_phone(visit, desk, journal, head)
    the_printing_is_recorded(desk, journal)
    a_list_of_recipients_is_brought_and_each_copy_gets_its_place(desk, journal)
    labels_are_printed_for_the_whole_list(desk, journal)
    it_is_mailed_and_one_parcel_comes_back(visit, desk, journal)
    journal.refresh_from_db()
    assert (journal.state, journal.published_on) == (State.ARCHIVED, timezone.localdate())
    assert not journal.deadlines.unmet().exists()


def news_of_the_month(officer: User, head: User) -> list[Article]:
    now = timezone.now() - timedelta(hours=4)
    first = make_pictured(
        officer, head, "เรียนฟรี ๑๕ ปีอย่างมีคุณภาพ เริ่มทุกโรงเรียน", now=now, caption="รัฐมนตรีเยี่ยมโรงเรียน"
    )
    others = ("ประชุมผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา", "มอบทุนการศึกษาแก่นักเรียนชายแดนใต้")
    return [first, *(make_news(officer, head, title, now=now) for title in others)]


def the_issue_is_opened(desk: Visitor) -> None:
    desk.opens("publicrelations:journals")
    desk.sees("journals-none")
    desk.page.locator(".page-acts button").click()
    desk.page.wait_for_url(re.compile(r"/journals/\d+/$"))
    desk.sees("journal-opened")


def articles_are_chosen_and_ordered_by_keyboard(
    desk: Visitor, journal: Journal, articles: list[Article]
) -> None:
    desk.page.locator("#articles").get_by_role("link", name="เลือกและเรียงข่าว").click()
    rows = desk.page.locator("[data-board-in] .board-row")
    for article in reversed(articles):
        desk.page.get_by_role("button", name=f"เพิ่ม: “{article.title}”").focus()
        desk.page.keyboard.press("Enter")
    expect(rows).to_have_count(3)
    # The last one added is to be the first: twice up, with the same key, without looking for the button again.
    desk.page.get_by_role("button", name=f"เลื่อน “{articles[0].title}” ขึ้น").focus()
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.press("Enter")
    expect(rows.first).to_contain_text(articles[0].title)
    rows.first.locator("summary").click()
    rows.first.locator("input[name^=section]").fill("ข่าวเด่น")
    desk.sees("journal-board")
    desk.presses("Choose and order articles")
    desk.page.wait_for_url(re.compile(r"/journals/\d+/$"))
    assert [entry.article for entry in journal.entries.all()] == [articles[0], articles[2], articles[1]]
    assert journal.entries.first().section == "ข่าวเด่น"


def an_editorial_is_written_and_the_content_closed(desk: Visitor, journal: Journal) -> None:
    desk.opens("publicrelations:journal_step", journal.pk, "write_editorial")
    desk.fills("Heading", "ก้าวใหม่ของการศึกษาไทย")
    desk.fills("Editorial", "เรียนท่านผู้อ่าน\n\nฉบับนี้รวบรวมผลงานของกระทรวงในรอบเดือน")
    desk.presses("Write the editorial")
    desk.presses("Close the content")
    desk.reads("Content closed, proof to be made")
    expect(desk.page.locator("progress.making")).to_be_visible()
    edition = journal_making.make(journal.editions.get().pk)
    assert edition is not None
    # The page asks again by itself and is drawn anew.
    expect(desk.page.locator(".cover-large img")).to_be_visible()
    desk.sees("journal-proof")
    desk.presses("Put the proof to the head")
    desk.reads("Proof with the head")


def the_head_approves_the_proof_on_a_phone(visit: Visit, desk: Visitor, journal: Journal, head: User) -> None:
    phone = visit(PHONE)
    phone.signs_in(head)
    phone.opens("publicrelations:journal", journal.pk)
    phone.sees("journal-approve-phone")
    phone.presses("Approve for printing")
    phone.reads("Approved, to be printed")


def the_printing_is_recorded(desk: Visitor, journal: Journal) -> None:
    desk.opens("publicrelations:journal", journal.pk)
    desk.fills("Copies delivered", "๒,๐๐๐")
    desk.fills("Printer", "โรงพิมพ์ตัวอย่าง")
    desk.fills("Cost in baht", "๓๖,๐๐๐")
    desk.presses("Record the printing")
    desk.reads("Printed, to be mailed")


def the_list() -> bytes:
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(["ชื่อผู้รับ", "กลุ่ม", "จำนวนฉบับ", "เรียน", "ที่อยู่", "รหัสไปรษณีย์"])
    for number in range(1, 38):
        address = f"{number} ถนนเทศบาล ตำบลในเมือง อำเภอเมือง จังหวัดตัวอย่าง"
        writer.writerow([f"สพท. ตัวอย่าง เขต {number}", AREAS, "50", "ผู้อำนวยการ", address, "57000"])
    writer.writerow(["สำนักงานปลัดกระทรวง", "องค์กรหลัก", "หนึ่งร้อย", "ปลัดกระทรวง", "ถนนราชดำเนินนอก", "10300"])
    return target.getvalue().encode("utf-8-sig")


def a_list_of_recipients_is_brought_and_each_copy_gets_its_place(desk: Visitor, journal: Journal) -> None:
    desk.opens("publicrelations:recipients")
    desk.page.locator(".page-acts").get_by_role("link", name="นำเข้ารายชื่อ").click()
    file = {"name": "ผู้รับ.csv", "mimeType": "text/csv", "buffer": the_list()}
    desk.page.locator("input[type=file]").set_input_files([file])
    desk.sees("recipients-import")
    desk.presses("Show what would change")
    desk.reads("Wrong rows")
    desk.reads("“หนึ่งร้อย” ไม่ใช่จำนวนฉบับ")
    desk.sees("recipients-preview", kept={"ผู้รับ"})
    desk.presses("Confirm and write")
    desk.opens("publicrelations:recipients")
    desk.sees("recipients")
    desk.opens("publicrelations:journal", journal.pk)
    desk.reads("Copies left over")
    # Nothing is closed while a copy has no place.
    desk.expects(422)
    desk.presses("Close the mailing list")
    desk.reads("เหลือ ๑๕๐ ฉบับที่ยังไม่มีผู้รับ")
    desk.opens("publicrelations:journal_step", journal.pk, "keep_stock")
    desk.presses("Set the stock")
    desk.reads("Even")
    desk.presses("Close the mailing list")
    desk.follows("Mailing list")
    desk.sees("mailing-list")


def labels_are_printed_for_the_whole_list(desk: Visitor, journal: Journal) -> None:
    desk.page.locator(".page-acts").get_by_role("link", name="ป้ายจ่าหน้า").click()
    desk.fills("First free label", "๔")
    desk.presses("Make the labels")
    desk.reads("Being made")
    made = label_making.make(LabelPrint.objects.get().pk)
    assert made is not None
    assert made.labels == 37
    desk.reads("๓๗ ดวง")
    desk.sees("labels")
    answer = desk.page.request.get(f"{desk.site}/public-relations/journals/labels/{made.pk}/pdf/")
    assert answer.body().startswith(b"%PDF")


def it_is_mailed_and_one_parcel_comes_back(visit: Visit, desk: Visitor, journal: Journal) -> None:
    desk.opens("publicrelations:journal", journal.pk)
    desk.presses("Record the mailing")
    desk.reads("Mailed")
    desk.opens("publicrelations:mailing", journal.pk)
    desk.page.locator(".mailing-list a").first.click()
    desk.page.get_by_label("ย้าย ไม่ทราบที่อยู่ใหม่").check()
    desk.presses("Note returned mail")
    desk.opens("publicrelations:mailing", journal.pk)
    desk.reads("ย้าย ไม่ทราบที่อยู่ใหม่")
    phone = visit(PHONE)
    phone.signs_in(User.objects.get(username="banlang"))
    phone.opens("publicrelations:mailing", journal.pk)
    phone.sees("mailing-list-phone")
    phone.opens("publicrelations:recipients")
    phone.sees("recipients-phone")
    phone.opens("publicrelations:journals", query="?all=1")
    phone.sees("journals-phone")
    desk.opens("publicrelations:journal", journal.pk)
    desk.presses("Archive")
    desk.opens("publicrelations:journal", journal.pk)
    desk.sees("journal-archived")
