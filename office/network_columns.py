"""The columns of a list of contacts as a file has them: read from and written to rows of the network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext, override

from office.list_columns import Column, Headings, normal
from office.models import Agency, Contact
from office.spreadsheets import Cell
from office.thai import format_numeric

COLUMNS: Final = (
    Column("agency", "หน่วยงาน", ("ชื่อหน่วยงาน", "สังกัดหน่วยงาน", "agency name"), is_required=True),
    Column("kind", "ประเภทหน่วยงาน", ("ประเภท", "type")),
    Column("parent", "อยู่ในสังกัด", ("ต้นสังกัด", "สังกัด", "belongs to")),
    Column("name", "ผู้ประสานงาน", ("ชื่อ", "ชื่อ-สกุล", "ชื่อ-นามสกุล", "ผู้ติดต่อ", "contact")),
    Column("position", "ตำแหน่ง", ()),
    Column("role", "หน้าที่ประสานงาน", ("หน้าที่", "เรื่องที่ประสาน", "task")),
    Column("telephone", "โทรศัพท์", ("เบอร์โทร", "เบอร์โทรศัพท์", "โทร", "phone")),
    Column("mobile", "โทรศัพท์เคลื่อนที่", ("มือถือ", "โทรศัพท์มือถือ", "เบอร์มือถือ")),
    Column("email", "อีเมล", ("อีเมล์", "อีเมลล์", "e-mail")),
    Column("since_on", "ตั้งแต่", ("ดำรงตำแหน่งตั้งแต่", "since")),
    Column("until_on", "ถึง", ("ดำรงตำแหน่งถึง", "until")),
    Column("note", "หมายเหตุ", ("remark",)),
    Column("confirmed", "ยืนยันล่าสุด", ("last confirmed",)),
)
"""The last is written only: a file confirms nobody."""
HEADINGS: Final = Headings(COLUMNS)
DATES: Final = ("since_on", "until_on")
WRITTEN_ONLY: Final = "confirmed"


def kind_called(word: str) -> str | None:
    """The kind of agency that a cell names, in Thai or by its code."""
    return _choice(Agency.Kind.choices, word)


def role_called(word: str) -> str | None:
    """The task that a cell names, in Thai or by its code."""
    return _choice(Contact.Role.choices, word)


def _choice(choices: Iterable[tuple[str, Any]], word: str) -> str | None:
    with override(settings.LANGUAGE_CODE):
        known = {normal(str(label)): value for value, label in choices} | {
            normal(value): value for value, _label in choices
        }
    return known.get(normal(word))


def words_of(field: str, value: Any) -> str:
    """A value of a plan as a person reads it."""
    if value in (None, ""):
        return "–"
    match field:
        case "since_on" | "until_on":
            return format_numeric(date.fromisoformat(value))
        case "role":
            return str(Contact.Role(value).label)
        case "kind":
            return str(Agency.Kind(value).label)
    return str(value)


def export_rows(contacts: Iterable[Contact]) -> Iterator[list[Cell]]:
    """Contacts, with their agencies and what these belong to, as our own files have them: what is exported can be
    mended and imported again."""
    for one in contacts:
        yield [
            one.agency.name,
            str(one.agency.get_kind_display()),
            one.agency.parent.name if one.agency.parent else "",
            one.name,
            one.position,
            str(one.get_role_display()),
            one.telephone,
            one.mobile,
            one.email,
            _day(one.since_on),
            _day(one.until_on),
            one.note,
            _day(one.confirmed_at.date()) if one.confirmed_at else "",
        ]


def _day(day: date | None) -> str:
    return format_numeric(day, digits="arabic") if day else ""


def template_rows() -> list[list[Cell]]:
    """The template: headings and two rows to be written over."""
    sample = gettext("Sample: write over this row")
    known = ["สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน", "", "", "นางสาวตัวอย่าง แก้วดี", "นักวิชาการศึกษา", "ประสานงานรัฐสภา",
             "0 2288 5511", "", "", "1/10/2552", "", sample, ""]  # fmt: skip
    fresh = ["สำนักงานตัวอย่าง เขต ๑", "หน่วยงานอื่น", "", "นายตัวอย่าง ใจดี", "", "ประสานงานทั่วไป", "0 2628 6000", "", "",
             "", "", sample, ""]  # fmt: skip
    return [[column.heading for column in COLUMNS], list(known), list(fresh)]
