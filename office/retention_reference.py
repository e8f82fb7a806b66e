"""The rules of retention an office begins with: ordinary papers ten years, as the Regulation on Office Administration
has it; what is public for ever. Marked “to be confirmed”: the office decides."""

from __future__ import annotations

from typing import Final

from office.models import Matter, RetentionRule, Shelf
from office.models.retention import KEPT_FOR_EVER

ORDINARY: Final = "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖ ข้อ ๕๗ (เก็บไว้ไม่น้อยกว่า ๑๐ ปี)"
PUBLIC: Final = "ข้อมูลข่าวสารที่เปิดเผยต่อสาธารณะแล้ว เก็บไว้ตลอดไป (พ.ร.บ. ข้อมูลข่าวสารของราชการ พ.ศ. ๒๕๔๐)"
NO_LONGER_NEEDED: Final = "พ.ร.บ. คุ้มครองข้อมูลส่วนบุคคล พ.ศ. ๒๕๖๒ มาตรา ๓๗ (๓) เมื่อพ้นความจำเป็น สำนักงานเป็นผู้กำหนด"

YEARS: Final = {
    Matter.Kind.PETITION: 10,
    Matter.Kind.RELATED: 10,
    Matter.Kind.CONSULTATION: 10,
    Matter.Kind.ENGAGEMENT: 10,
    Matter.Kind.PRESS_CONFERENCE: 10,
    Matter.Kind.FOREIGN_DOCUMENT: 10,
    Matter.Kind.BRIEF: 10,
    Shelf.VISIT: 5,
    Shelf.CONTACT: 2,
    Shelf.RECIPIENT: 2,
    Shelf.REPORTER: 2,
    Shelf.SEMINAR: 5,
    Shelf.SURVEY: 2,
    Shelf.PERSON_REQUEST: 5,
}


def load(using: str) -> None:
    """A rule for each kind that has none; what the office has changed stays."""
    kept = [
        RetentionRule(subject=kind, treatment=RetentionRule.Treatment.KEEP, source=PUBLIC)
        for kind in KEPT_FOR_EVER
    ]
    removed = [
        RetentionRule(
            subject=subject,
            treatment=RetentionRule.Treatment.ANONYMISE,
            years=years,
            source=ORDINARY if isinstance(subject, Matter.Kind) else NO_LONGER_NEEDED,
        )
        for subject, years in YEARS.items()
    ]
    RetentionRule.objects.using(using).bulk_create([*kept, *removed], ignore_conflicts=True)
