"""The merge fields of letters: which there are for each kind of matter, what each stands for, which are personal.

An administrator writes them into templates by their Thai names. Personal ones stay as they are written in a stored
draft and are filled in only on paper, in a preview or an e-mail, so no draft, notice or log holds a petitioner's data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from complaints.models import Hearing, Petition, Petitioner, Referral, RelatedMatter
from office.calendar import OFFICE_TZ
from office.merge_fields import token
from office.models import Matter, OutgoingLetter
from office.thai import baht_text, format_baht, format_long, to_thai_digits

Value = Callable[[Any, OutgoingLetter], str]
"""From a matter and the letter about it to the words; empty when there are none yet."""


@dataclass(frozen=True)
class MergeField:
    """One field: its name as written, what it stands for, its value, an example for a template's preview."""

    name: str
    means: Any
    value: Value
    example: str
    is_personal: bool = False

    @property
    def token(self) -> str:
        return token(self.name)


def _day(value: date | datetime | None) -> str:
    if isinstance(value, datetime):
        value = value.astimezone(OFFICE_TZ).date()
    return format_long(value) if value else ""


def _agency_concerned(matter: Any) -> str:
    return matter.agency.name if matter.agency else getattr(matter, "agency_text", "")


def _referral(petition: Petition, letter: OutgoingLetter) -> Referral | None:
    """What the agency the letter goes to was asked last."""
    if letter.agency_id is None:
        return None
    asked = petition.referrals.filter(agency=letter.agency_id).select_related("deadline")
    return asked.order_by("-pk").first()


def _asked(petition: Petition, letter: OutgoingLetter) -> str:
    referral = _referral(petition, letter)
    return referral.asked if referral else ""


def _answer_due(petition: Petition, letter: OutgoingLetter) -> str:
    referral = _referral(petition, letter)
    return _day(referral.deadline.due_at) if referral else ""


def _agencies_asked(petition: Petition, letter: OutgoingLetter) -> str:
    asked = petition.referrals.filter(declined_at=None).order_by("pk")
    return " และ".join(dict.fromkeys(asked.values_list("agency__name", flat=True)))


def _answers(petition: Petition, letter: OutgoingLetter) -> str:
    return "\n".join(petition.referrals.exclude(answer="").order_by("pk").values_list("answer", flat=True))


def _person(name: str) -> Value:
    def value(petition: Petition, letter: OutgoingLetter) -> str:
        person = Petitioner.objects.filter(pk=petition.pk).first()
        return " ".join(str(getattr(person, name)).split()) if person else ""

    return value


def _next_hearing(matter: RelatedMatter, letter: OutgoingLetter) -> str:
    coming = Hearing.objects.filter(related_matter=matter.pk, recorded_at=None, cancelled_at=None)
    hearing = coming.order_by("at").first()
    if hearing is None:
        return ""
    clock = hearing.at.astimezone(OFFICE_TZ)
    return f"{_day(hearing.at)} เวลา {to_thai_digits(clock.strftime('%H.%M'))} น."


def _damage(matter: RelatedMatter, letter: OutgoingLetter) -> str:
    if matter.amount is None:
        return ""
    return f"{format_baht(matter.amount)} บาท ({baht_text(matter.amount)})"


def _follow_page(matter: Any, letter: OutgoingLetter) -> str:
    return f"{settings.SITE_URL}{reverse('petition:follow')}"


EVERY: Final[list[MergeField]] = [
    MergeField("เลขเรื่อง", _("number of the matter"), lambda m, _l: m.label, "รท ๑๒๓/๒๕๕๓"),
    MergeField("เรื่อง", _("subject of the matter"), lambda m, _l: m.title, "ร้องเรียนการเก็บเงินบำรุงการศึกษา"),
    MergeField("วันที่รับเรื่อง", _("day it was received"), lambda m, _l: _day(m.received_at), "๑๗ พฤศจิกายน ๒๕๕๒"),
    MergeField(
        "สรุปเรื่อง",
        _("the officer's summary"),
        lambda m, _l: m.summary,
        "โรงเรียนเรียกเก็บเงินบำรุงการศึกษาคนละ ๑,๕๐๐ บาท โดยไม่มีหนังสือแจ้งผู้ปกครอง",
    ),
    MergeField(
        "ความเห็น",
        _("the officer's opinion"),
        lambda m, _l: m.opinion,
        "เห็นควรส่งให้สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐานตรวจสอบข้อเท็จจริง",
    ),
    MergeField("คำสั่งการ", _("the order"), lambda m, _l: m.order_text, "ดำเนินการตามเสนอ"),
    MergeField(
        "ผู้รับผิดชอบเรื่อง",
        _("officer in charge"),
        lambda m, _l: str(m.owner) if m.owner_id else "",
        "นางทัศนีย์ นิมิตสมานจิตต์",
    ),
    MergeField(
        "หน่วยงานที่เกี่ยวข้อง",
        _("agency concerned"),
        lambda m, _l: _agency_concerned(m),
        "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน",
    ),
    MergeField(
        "หน่วยงานผู้รับ",
        _("agency the letter goes to"),
        lambda _m, letter: letter.agency.name if letter.agency else "",
        "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน",
    ),
    MergeField(
        "ชื่อหน่วยงานเรา",
        _("name of this office"),
        lambda _m, _l: f"{settings.OFFICE_NAME} {settings.OFFICE_PARENT_NAME}",
        "กลุ่มงานประสานการเมือง สำนักงานรัฐมนตรี กระทรวงศึกษาธิการ",
    ),
]

OF_PETITIONS: Final[list[MergeField]] = [
    MergeField("ชื่อผู้ร้อง", _("the petitioner's name"), _person("name"), "นางสมศรี ใจดี", is_personal=True),
    MergeField(
        "ที่อยู่ผู้ร้อง",
        _("the petitioner's address"),
        _person("address"),
        "๑๒ หมู่ ๓ ตำบลในเมือง อำเภอเมือง จังหวัดขอนแก่น ๔๐๐๐๐",
        is_personal=True,
    ),
    MergeField(
        "โทรศัพท์ผู้ร้อง", _("the petitioner's telephone"), _person("telephone"), "๐๘๑ ๒๓๔ ๕๖๗๘", is_personal=True
    ),
    MergeField(
        "อีเมลผู้ร้อง", _("the petitioner's e-mail"), _person("email"), "somsri@mail.example", is_personal=True
    ),
    MergeField(
        "ประเภทเรื่อง", _("kind of petition"), lambda m, _l: str(m.get_petition_kind_display()), "ร้องเรียน"
    ),
    MergeField("ช่องทาง", _("channel it came by"), lambda m, _l: str(m.get_channel_display()), "หนังสือ"),
    MergeField(
        "หมวดเรื่อง", _("category"), lambda m, _l: m.category.name if m.category else "", "เงินบำรุงการศึกษา"
    ),
    MergeField("จังหวัด", _("province"), lambda m, _l: m.province.name if m.province else "", "ขอนแก่น"),
    MergeField("สถานที่", _("place"), lambda m, _l: m.place, "โรงเรียนบ้านดอน"),
    MergeField(
        "หน่วยงานที่ส่งเรื่อง",
        _("agencies asked"),
        _agencies_asked,
        "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน",
    ),
    MergeField("ข้อที่ขอให้ดำเนินการ", _("what the agency is asked"), _asked, "ขอให้ตรวจสอบข้อเท็จจริง"),
    MergeField("กำหนดตอบ", _("day the agency's answer is due"), _answer_due, "๘ ธันวาคม ๒๕๕๒"),
    MergeField(
        "คำตอบหน่วยงาน", _("the agencies' answers"), _answers, "ตรวจสอบแล้ว โรงเรียนคืนเงินแก่ผู้ปกครองครบถ้วน"
    ),
    MergeField(
        "ข้อความแจ้งผู้ร้อง",
        _("what the petitioner was told"),
        lambda m, _l: m.told_text,
        "โรงเรียนคืนเงินแก่ผู้ปกครองครบถ้วนแล้ว",
    ),
    MergeField("ผลการพิจารณา", _("result"), lambda m, _l: str(m.get_result_display()), "ดำเนินการให้ตามที่ร้อง"),
    MergeField(
        "หน้าติดตามเรื่อง",
        _("address of the page to follow the matter"),
        _follow_page,
        "https://prasan.moe.example/petition/follow/",
    ),
]

OF_RELATED: Final[list[MergeField]] = [
    MergeField(
        "ประเภทเรื่อง", _("kind of matter"), lambda m, _l: str(m.get_related_kind_display()), "ความรับผิดทางละเมิด"
    ),
    MergeField("รับเรื่องจาก", _("received from"), lambda m, _l: m.received_from, "สำนักงานอัยการสูงสุด"),
    MergeField("ค่าเสียหาย", _("damage in baht"), _damage, "๒๐๐,๐๐๐.๐๐ บาท (สองแสนบาทถ้วน)"),
    MergeField("วันครบอายุความ", _("limitation date"), lambda m, _l: _day(m.limitation_on), "๑ ตุลาคม ๒๕๕๔"),
    MergeField("ศาล", _("court"), lambda m, _l: m.court_name, "ศาลปกครองกลาง"),
    MergeField("เลขคดี", _("case number"), lambda m, _l: m.case_number, "คดีหมายเลขดำที่ ๑๒๓/๒๕๕๒"),
    MergeField("วันนัดศาล", _("next court hearing"), _next_hearing, "๘ ธันวาคม ๒๕๕๒ เวลา ๐๙.๐๐ น."),
    MergeField("ผลของเรื่อง", _("result"), lambda m, _l: str(m.get_result_display()), "รับทราบ"),
]

FIELDS: Final[dict[str, list[MergeField]]] = {
    Matter.Kind.PETITION: [*EVERY, *OF_PETITIONS],
    Matter.Kind.RELATED: [*EVERY, *OF_RELATED],
}
"""Kinds of matter about which letters are written, each with its whitelist."""

PERSONAL: Final = frozenset(field.name for field in OF_PETITIONS if field.is_personal)


def names_of(matter_kind: str) -> list[str]:
    """The fields that may stand in a letter about this kind of matter."""
    return [field.name for field in FIELDS.get(matter_kind, [])]


def values_of(
    matter: Any, letter: OutgoingLetter, names: list[str], *, with_personal: bool
) -> Mapping[str, str]:
    """What these fields stand for, in the office's language. Personal ones only when asked for: log it then."""
    with override(settings.LANGUAGE_CODE):
        return {
            field.name: field.value(matter, letter)
            for field in FIELDS[matter.kind]
            if field.name in names and (with_personal or not field.is_personal)
        }


def examples_of(matter_kind: str) -> Mapping[str, str]:
    """Invented values for the preview of a template."""
    return {field.name: field.example for field in FIELDS.get(matter_kind, [])}
