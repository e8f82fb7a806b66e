"""The indicators of the demo years: what was entered for those that are not counted, and the months as frozen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from office.calendar import Period, WorkCalendar, fiscal_year, months_of
from office.models import User
from office.models.calendar import current_calendar
from projectplan.freezing import freeze_month, freezes_at
from projectplan.models import Kpi, KpiEntry, KpiEvidence, Plan
from projectplan.rollover import roll_over

AFTER_OPENING: Final = timedelta(minutes=5)
STEPS: Final = (
    (3, "2.00", "จัดทำแผนพัฒนางานรับเรื่องราวร้องทุกข์ ร้องเรียน และผู้บริหารให้ความเห็นชอบแล้ว"),
    (6, "3.00", "ปรับปรุงขั้นตอนการรับเรื่องและแบบฟอร์มสรุปความเห็น เริ่มใช้ทั้งกลุ่มงาน"),
    (9, "4.00", "ประชุมติดตามผลกับหน่วยงานที่เกี่ยวข้อง ๒ ครั้ง ลดเวลาส่งเรื่องเฉลี่ยได้ตามแผน"),
    (12, "4.50", "สรุปผลการพัฒนางานทั้งปีเสนอผู้บริหาร พร้อมข้อเสนอสำหรับปีถัดไป"),
)
"""What was reached at the end of the third, sixth, ninth and last month of a year, in levels."""
CORRECTED: Final = ("3.20", "นับรวมหน่วยงานในกำกับที่รายงานผลภายหลัง")


def make_kpi_values(years: Iterable[int], now: datetime) -> None:
    """The closed months of these fiscal years (B.E.) as the clock would have frozen them, entered values before them.

    A year without a plan of its own has that of the year before; one before the first plan has nothing to freeze.
    """
    calendar = current_calendar()
    keeper = User.objects.filter(username="head").first() or User.objects.order_by("pk")[0]
    for year in sorted(years):
        plan = _plan(year)
        if plan is None:
            continue
        with transaction.atomic():
            for kpi in plan.kpis.filter(measure=Kpi.MANUAL):
                _enter(kpi, keeper, calendar, now)
            for month in months_of(fiscal_year(year)):
                day_at = freezes_at(month, calendar) + AFTER_OPENING
                if day_at <= now:
                    freeze_month(plan, month, day_at)


def _plan(year: int) -> Plan | None:
    """The year's own plan; for want of it the newest one before, rolled over."""
    newest = Plan.objects.filter(fiscal_year__lte=year).order_by("-fiscal_year").first()
    return newest if newest is None or newest.fiscal_year == year else roll_over(newest, year)


def _enter(kpi: Kpi, by: User, calendar: WorkCalendar, now: datetime) -> None:
    months = months_of(fiscal_year(kpi.plan.fiscal_year))
    for number, value, text in STEPS:
        month = months[number - 1]
        at = freezes_at(month, calendar) - timedelta(days=3)
        if at > now:
            break
        _entry(kpi, month, value, text, by, at)
    # Of half a year it was said again a month later.
    if freezes_at(months[6], calendar) <= now:
        value, reason = CORRECTED
        _entry(kpi, months[5], value, STEPS[1][2], by, freezes_at(months[6], calendar), reason=reason)


def _entry(
    kpi: Kpi, month: Period, value: str, text: str, by: User, at: datetime, *, reason: str = ""
) -> None:
    entry = KpiEntry.objects.create(
        kpi=kpi,
        month=month.first,
        edition=2 if reason else 1,
        value=Decimal(value),
        text=text,
        reason=reason,
        entered_by=by,
        entered_at=at,
    )
    content = f"บันทึกผลตัวชี้วัด {kpi.code}\n{text}\n".encode()
    paper = KpiEvidence(
        entry=entry,
        name=f"บันทึกผลตัวชี้วัด {kpi.code}.txt",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content_type="text/plain",
        added_at=at,
        added_by=by,
    )
    if not default_storage.exists(paper.path):
        default_storage.save(paper.path, ContentFile(content))
    paper.save()
