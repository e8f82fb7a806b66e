"""A workbook as it is opened and printed: columns as wide as their texts, the head in sight and on every page."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from office.spreadsheets import Sheet, workbook, write_workbook


def first_sheet(file: BytesIO) -> Any:
    return load_workbook(file).worksheets[0]


def test_a_column_is_as_wide_as_its_longest_text_and_what_is_longer_goes_on_below() -> None:
    long = "ความสำเร็จของการดำเนินงานตามแผนปฏิบัติการของกลุ่มงานประสานการเมือง " * 2
    sheet = first_sheet(BytesIO(workbook([Sheet("แผน", ["ที่", "ตัวชี้วัด", "ร้อยละ"], [[1, long, "๙๘.๕"]])])))
    widths = [sheet.column_dimensions[one].width for one in "ABC"]
    assert widths[0] < 10 < widths[1] <= 50
    assert sheet["B2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height >= 2 * 15
    assert [cell.value for cell in sheet[2]] == [1, long, "๙๘.๕"]


def test_the_head_stays_in_sight_and_on_paper_a_sheet_is_as_wide_as_the_page() -> None:
    lines = BytesIO()
    write_workbook(lines, "รายการ", [["ที่", "เรื่อง"], [1, "ก"]])
    figures = BytesIO(workbook([Sheet("ตัวเลข", ["ที่", "เรื่อง"], [[1, "ก"]])], above=["รายงาน", "ฉบับที่ ๑"]))
    for file, head in ((lines, 1), (figures, 4)):
        sheet = first_sheet(file)
        assert sheet.freeze_panes == f"A{head + 1}"
        assert sheet.print_title_rows == f"${head}:${head}"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
