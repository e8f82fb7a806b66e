"""The columns of a list of members as a file has them: what they are headed by, read from and written to a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext

from office.figures import figures
from office.list_columns import Column, Headings
from office.spreadsheets import Cell
from office.thai import format_numeric
from parliament.models import Chamber, Member

SURNAME: Final = "surname"


COLUMNS: Final = (
    Column("chamber", "สภา", ("chamber", "house")),
    Column("parliament_number", "ชุดที่", ("ชุด", "สภาชุดที่", "parliament", "parliament no", "parliament number")),
    Column("title", "คำนำหน้า", ("คำนำหน้าชื่อ", "คำนำหน้านาม", "ยศ", "title", "prefix")),
    Column(
        "name",
        "ชื่อ-สกุล",
        (
            "ชื่อสกุล",
            "ชื่อ-นามสกุล",
            "ชื่อและนามสกุล",
            "ชื่อ",
            "รายชื่อ",
            "name",
            "full name",
            "name and surname",
            "first name",
        ),
        is_required=True,
    ),
    Column(SURNAME, "นามสกุล", ("สกุล", "surname", "last name")),
    Column(
        "seat", "ประเภท", ("ประเภทสมาชิก", "ที่มา", "ระบบ", "seat", "type", "kind of seat"), is_required=True
    ),
    Column("party", "พรรค", ("พรรคการเมือง", "ชื่อพรรค", "สังกัดพรรค", "party")),
    Column("province", "จังหวัด", ("province",)),
    Column("constituency", "เขต", ("เขตเลือกตั้ง", "เขตที่", "เขตเลือกตั้งที่", "constituency", "constituency no")),
    Column("list_group", "กลุ่มหรือองค์กร", ("กลุ่ม", "กลุ่มจังหวัด", "ภาค", "ด้าน", "list group", "group")),
    Column("telephone", "โทรศัพท์", ("เบอร์โทร", "เบอร์โทรศัพท์", "โทร", "telephone", "phone")),
    Column("email", "อีเมล", ("อีเมล์", "อีเมลล์", "email", "e-mail")),
    Column("since_on", "ดำรงตำแหน่งตั้งแต่", ("ตั้งแต่", "วันที่เริ่ม", "วันเริ่ม", "since", "from")),
    Column("until_on", "ดำรงตำแหน่งถึง", ("ถึง", "วันที่พ้น", "พ้นเมื่อ", "พ้นจากตำแหน่ง", "until", "to")),
)
HEADINGS: Final = Headings(COLUMNS)

SEAT_WORDS: Final = {
    Member.Seat.CONSTITUENCY: (
        "แบ่งเขต",
        "เขต",
        "แบบแบ่งเขต",
        "แบ่งเขตเลือกตั้ง",
        "แบบแบ่งเขตเลือกตั้ง",
        "constituency",
    ),
    Member.Seat.PARTY_LIST: ("สัดส่วน", "แบบสัดส่วน", "บัญชีรายชื่อ", "แบบบัญชีรายชื่อ", "party list", "party_list"),
    Member.Seat.ELECTED_SENATOR: (
        "เลือกตั้ง",
        "สว.เลือกตั้ง",
        "ส.ว.เลือกตั้ง",
        "elected",
        "elected senator",
        "elected_senator",
    ),
    Member.Seat.SELECTED_SENATOR: (
        "สรรหา",
        "สว.สรรหา",
        "ส.ว.สรรหา",
        "selected",
        "selected senator",
        "selected_senator",
    ),
}
CHAMBER_WORDS: Final = {
    Chamber.HOUSE: ("สภาผู้แทนราษฎร", "สส", "ส.ส.", "ผู้แทนราษฎร", "house"),
    Chamber.SENATE: ("วุฒิสภา", "สว", "ส.ว.", "วุฒิ", "senate"),
}


def heading_of(field: str) -> str:
    """What a field is called, on the page and in our files."""
    return {"continues": gettext("the same person before")}.get(field) or HEADINGS.heading_of(field)


def words_of(field: str, value: Any) -> str:
    """A value of a plan as a person reads it."""
    if value in (None, ""):
        return "–"
    match field:
        case "seat":
            return str(Member.Seat(value).label)
        case "chamber":
            return str(Chamber(value).label)
        case "since_on" | "until_on":
            return format_numeric(date.fromisoformat(value))
    return figures(value) if isinstance(value, int) else str(value)


def export_rows(members: QuerySet[Member]) -> Iterator[list[Cell]]:
    """Members as our own files have them: what is exported can be imported again."""
    columns = [column for column in COLUMNS if column.field != SURNAME]
    yield [column.heading for column in columns]
    for member in members.iterator(500):
        yield [_cell(member, column.field) for column in columns]


def _cell(member: Member, field: str) -> Cell:
    value = getattr(member, field)
    match field:
        case "seat":
            return SEAT_WORDS[Member.Seat(value)][0]
        case "chamber":
            return CHAMBER_WORDS[Chamber(value)][0]
        case "party" | "province":
            return str(value or "")
        case "since_on" | "until_on":
            return format_numeric(value, digits="arabic") if value else ""
        case "parliament_number" | "constituency":
            return value
    return str(value)


SAMPLE: Final[list[list[Cell]]] = [
    [
        "สภาผู้แทนราษฎร",
        23,
        "นาย",
        "สมชาย ตัวอย่าง",
        "แบ่งเขต",
        "ชื่อพรรค",
        "เชียงราย",
        2,
        "",
        "",
        "",
        "21/1/2551",
        "",
    ],
    [
        "สภาผู้แทนราษฎร",
        23,
        "นางสาว",
        "สมหญิง ตัวอย่าง",
        "สัดส่วน",
        "ชื่อพรรค",
        "",
        "",
        "กลุ่มที่ ๑",
        "",
        "",
        "21/1/2551",
        "",
    ],
]
"""Rows of the template that show how each kind is written; to be deleted by whoever fills it in."""


def template_rows() -> list[list[Cell]]:
    """The template: headings and two rows to be written over."""
    return [[column.heading for column in COLUMNS if column.field != SURNAME], *SAMPLE]
