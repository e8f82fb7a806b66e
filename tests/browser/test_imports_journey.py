"""Bringing an old register in use: the file, a column matched by hand, what is wrong, the loading, the rows to mend."""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone

from complaints.models import Petition
from office.models import RegisterImport, User
from office.spreadsheets import Sheet, workbook
from projectplan.brought_registers import load
from tests.browser.conftest import Visit
from tests.browser.visitor import DESK, HEIGHTS, PHONE, Visitor

HEAD = ["เลขทะเบียนกลาง", "วันที่รับ", "เรื่อง", "จังหวัด", "ผู้ร้อง", "สถานะ", "วันที่ยุติเรื่อง"]
ROWS = [
    ["๑/๒๕๕๒", "๑ ต.ค. ๕๑", "ขอความเป็นธรรมเรื่องค่าบำรุงการศึกษา", "เชียงราย", "นางสมศรี ใจดี", "ยุติ", "๓๐ ต.ค. ๕๑"],
    ["๒/๒๕๕๒", "๓๐ กุมภาพันธ์ ๒๕๕๒", "ขอทุนการศึกษาบุตร", "กทม.", "", "", ""],
    ["๓/๒๕๕๒", "๑๕ มิ.ย. ๕๒", "ร้องเรียนการรับนักเรียนชั้นมัธยมศึกษาปีที่ ๑", "เมืองลับแล", "", "ค้าง", ""],
    ["๔/๒๕๕๒", "๑๖ มิ.ย. ๕๒", "ขอย้ายสถานที่ปฏิบัติราชการกลับภูมิลำเนา", "ขอนแก่น", "", "ค้าง", ""],
]


def both_widths(visitor: Visitor, name: str) -> None:
    for width in (PHONE, DESK):
        visitor.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        visitor.sees(f"{name}-{width}")


def test_an_old_register_is_brought(visit: Visit, head: User, tmp_path: Path) -> None:
    path = tmp_path / "ทะเบียน ๒๕๕๒.xlsx"
    path.write_bytes(workbook([Sheet("x", HEAD, ROWS)]))
    desk = visit(DESK)
    desk.signs_in(head)
    desk.opens("imports:hub")
    both_widths(desk, "imports-hub")
    desk.opens("imports:upload", "petitions")
    both_widths(desk, "imports-upload")
    desk.page.locator("#id_file").set_input_files(path)
    desk.presses("Show what would change")
    desk.reads("Choose below which column is which; then you see what would change.")
    both_widths(desk, "imports-columns")
    desk.page.locator("#id_column0").select_option("number")
    desk.presses("Read it so")
    desk.reads("Some rows are wrong. What shall be loaded?")
    both_widths(desk, "imports-preview")
    desk.page.locator("main form button.btn-primary").click()
    desk.reads("Waiting to be loaded")
    both_widths(desk, "imports-waiting")
    load(RegisterImport.objects.get().pk, timezone.now)
    desk.page.get_by_text("นำเข้าแล้ว", exact=True).first.wait_for()
    both_widths(desk, "imports-loaded")
    assert Petition.objects.count() == 2
    with desk.page.expect_download() as download:
        desk.page.locator("main a[href*='/wrong/']").first.click()
    assert download.value.suggested_filename == "petitions-to-mend.xlsx"
