"""The columns of a list of recipients as a file has them: read from and written to a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext

from office.figures import figures
from office.list_columns import Column, Headings
from office.spreadsheets import Cell
from office.thai import format_numeric
from publicrelations.models import Recipient

COLUMNS: Final = (
    Column("name", "ชื่อผู้รับ", ("ชื่อ", "หน่วยงาน", "ชื่อหน่วยงาน", "รายชื่อ", "ผู้รับ", "recipient"), is_required=True),
    Column("group", "กลุ่ม", ("กลุ่มผู้รับ", "ประเภท", "หมวด", "type")),
    Column("copies", "จำนวนฉบับ", ("จำนวน", "ฉบับ", "จำนวนเล่ม", "เล่ม", "number of copies")),
    Column("attention", "เรียน", ("ถึง", "ตำแหน่ง", "attention to", "to")),
    Column("address", "ที่อยู่", ("ที่อยู่ไปรษณีย์", "ที่อยู่จัดส่ง", "postal address")),
    Column("postcode", "รหัสไปรษณีย์", ("ไปรษณีย์", "รหัส", "zip", "zip code", "postal code")),
    Column("contact_name", "ผู้ประสานงาน", ("ผู้ติดต่อ", "contact", "contact person")),
    Column("telephone", "โทรศัพท์", ("เบอร์โทร", "เบอร์โทรศัพท์", "โทร", "phone")),
    Column("email", "อีเมล", ("อีเมล์", "อีเมลล์", "e-mail")),
    Column("since_on", "ส่งตั้งแต่", ("ตั้งแต่", "วันที่เริ่มส่ง", "since", "from")),
    Column("until_on", "ส่งถึง", ("ส่งจนถึง", "วันที่หยุดส่ง", "until", "to date")),
    Column("note", "หมายเหตุ", ("note", "remark")),
)
HEADINGS: Final = Headings(COLUMNS)
DATES: Final = ("since_on", "until_on")


def words_of(field: str, value: Any) -> str:
    """A value of a plan as a person reads it."""
    if value in (None, ""):
        return "–"
    if field in DATES:
        return format_numeric(date.fromisoformat(value))
    return figures(value) if isinstance(value, int) else str(value)


def export_rows(recipients: Iterable[Recipient]) -> Iterator[list[Cell]]:
    """Recipients as our own files have them: what is exported can be imported again."""
    yield [column.heading for column in COLUMNS]
    for recipient in recipients:
        yield [_cell(recipient, column.field) for column in COLUMNS]


def _cell(recipient: Recipient, field: str) -> Cell:
    value = getattr(recipient, field)
    if field in DATES:
        return format_numeric(value, digits="arabic") if value else ""
    if field == "copies":
        return int(value)
    return " ".join(str(value).split())


def template_rows(group: str) -> list[list[Cell]]:
    """The template: headings and two rows to be written over."""
    sample = gettext("Sample: write over this row")
    return [
        [column.heading for column in COLUMNS],
        [
            "สพป. ตัวอย่าง เขต ๑",
            group,
            5,
            "ผู้อำนวยการ",
            "๙๙ ถนนพหลโยธิน ตำบลในเมือง อำเภอเมือง จังหวัดตัวอย่าง",
            "57000",
            "",
            "0 5371 1234",
            "",
            "1/10/2552",
            "",
            sample,
        ],
        ["ห้องสมุดประชาชน ตัวอย่าง", group, 1, "บรรณารักษ์", "๑ ถนนหลัก", "10300", "", "", "", "", "", sample],
    ]
