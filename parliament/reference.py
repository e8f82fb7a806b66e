"""Rows that no matter of parliament can be carried without: rules of time, the constitution's organisations."""

from __future__ import annotations

from typing import Final

from office.calendar import Unit
from office.first_rules import TO_BE_CONFIRMED, FirstRule, load_first_rules
from office.models import Deadline, Matter
from parliament.models import ConstitutionalBody

STANDING_ORDERS: Final = "ข้อบังคับการประชุมสภา ค่าตั้งต้น รอสำนักงานยืนยัน"

DAYS: Final = Unit.WORKING_DAYS.value
CALENDAR_DAYS: Final = Unit.CALENDAR_DAYS.value
HOURS: Final = Unit.HOURS.value

RULES: Final[list[FirstRule]] = [
    # Counted back from when it begins.
    (Matter.Kind.MEETING, Deadline.Kind.READY, "", 1, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.MEETING, Deadline.Kind.RESUME, "", 30, CALENDAR_DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.MEETING, Deadline.Kind.MINUTES, "", 5, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.MEETING, Deadline.Kind.CLOSE, "", 5, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.FOLLOW_UP, Deadline.Kind.FOLLOW_UP, "", 15, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.INTERPELLATION, Deadline.Kind.REFERRAL, "", 1, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.INTERPELLATION, Deadline.Kind.AGENCY_ANSWER, "", 7, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.INTERPELLATION, Deadline.Kind.DRAFT, "", 3, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.INTERPELLATION, Deadline.Kind.CHECK, "", 1, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.INTERPELLATION, Deadline.Kind.ORDER, "", 3, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.INTERPELLATION, Deadline.Kind.HOUSE_ANSWER, "", 30, CALENDAR_DAYS, STANDING_ORDERS),
    (Matter.Kind.INTERPELLATION, Deadline.Kind.HOUSE_ANSWER, "house:urgent", 1, DAYS, STANDING_ORDERS),
    (Matter.Kind.INTERPELLATION, Deadline.Kind.HOUSE_ANSWER, "senate:urgent", 1, DAYS, STANDING_ORDERS),
    (
        Matter.Kind.INTERPELLATION,
        Deadline.Kind.HOUSE_ANSWER,
        "house:gazette",
        30,
        CALENDAR_DAYS,
        STANDING_ORDERS,
    ),
    (
        Matter.Kind.INTERPELLATION,
        Deadline.Kind.HOUSE_ANSWER,
        "senate:gazette",
        30,
        CALENDAR_DAYS,
        STANDING_ORDERS,
    ),
    (Matter.Kind.INTERPELLATION, Deadline.Kind.GAZETTE, "", 30, CALENDAR_DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.INTERPELLATION, Deadline.Kind.CLOSE, "", 5, DAYS, TO_BE_CONFIRMED),
    # What is asked today is answered tomorrow: its way through the office is counted in hours.
    *(
        (Matter.Kind.INTERPELLATION, kind, f"{chamber}:urgent", hours, HOURS, TO_BE_CONFIRMED)
        for chamber in ("house", "senate")
        for kind, hours in (
            (Deadline.Kind.REFERRAL, 1),
            (Deadline.Kind.AGENCY_ANSWER, 3),
            (Deadline.Kind.DRAFT, 2),
            (Deadline.Kind.CHECK, 1),
            (Deadline.Kind.ORDER, 2),
        )
    ),
    (Matter.Kind.MOTION, Deadline.Kind.REFERRAL, "", 1, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.MOTION, Deadline.Kind.AGENCY_ANSWER, "", 7, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.MOTION, Deadline.Kind.DRAFT, "", 3, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.MOTION, Deadline.Kind.CHECK, "", 1, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.MOTION, Deadline.Kind.ORDER, "", 3, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.MOTION, Deadline.Kind.HOUSE_ANSWER, "", 30, CALENDAR_DAYS, STANDING_ORDERS),
    (Matter.Kind.MOTION, Deadline.Kind.CLOSE, "", 5, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.BILL, Deadline.Kind.CLOSE, "", 5, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.CONSULTATION, Deadline.Kind.SCREEN, "", 1, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.CONSULTATION, Deadline.Kind.AGENCY_ANSWER, "", 7, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.CONSULTATION, Deadline.Kind.OPINION, "", 3, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.CONSULTATION, Deadline.Kind.CHECK, "", 1, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.CONSULTATION, Deadline.Kind.ORDER, "", 3, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.CONSULTATION, Deadline.Kind.BOTH_TOLD, "", 30, CALENDAR_DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.CONSULTATION, Deadline.Kind.CLOSE, "", 5, DAYS, TO_BE_CONFIRMED),
]

BODIES: Final[list[tuple[str, str]]] = [
    ("ผู้ตรวจการแผ่นดิน", "ผู้ตรวจการแผ่นดิน"),
    ("คณะกรรมการสิทธิมนุษยชนแห่งชาติ", "กสม."),
    ("คณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ", "ป.ป.ช."),
    ("สำนักงานการตรวจเงินแผ่นดิน", "สตง."),
    ("คณะกรรมการการเลือกตั้ง", "กกต."),
    ("ศาลรัฐธรรมนูญ", "ศาลรัฐธรรมนูญ"),
    ("ศาลปกครอง", "ศาลปกครอง"),
    ("องค์กรอัยการ", "อัยการ"),
    ("สภาที่ปรึกษาเศรษฐกิจและสังคมแห่งชาติ", "สศสช."),
]
"""Name and short name of the organisations of the constitution of 2550."""


def load(using: str) -> None:
    """Each promise's rules, and the organisations, only where there are none: the office owns them afterwards."""
    load_first_rules(using, RULES)
    bodies = ConstitutionalBody.objects.using(using)
    if not bodies.exists():
        bodies.bulk_create(ConstitutionalBody(name=name, short_name=short) for name, short in BODIES)
