"""Rows that no office can start without, put in place once; from then on they are the office's own."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import Group
from django.utils import timezone

from office import network_reference, retention_reference
from office.holidays_th import thai_holidays
from office.models import CalendarEdition, EducationArea, OfficeDay, Province, Role, Subgroup
from office.places import PROVINCES, education_areas

FIRST_HOLIDAY_YEAR = 2008
YEARS_AHEAD = 2

SUBGROUPS = [
    (Subgroup.Code.POLITICS, "กลุ่มการเมือง", "Political Affairs"),
    (Subgroup.Code.PUBLIC_RELATIONS, "กลุ่มประชาสัมพันธ์", "Public Relations"),
    (Subgroup.Code.COMPLAINTS, "กลุ่มรับเรื่องราวร้องทุกข์", "Petitions and Complaints"),
]


def load(using: str) -> None:
    """Roles and subgroups always; calendar and places only where there are none: the office owns them afterwards."""
    Group.objects.using(using).bulk_create([Group(name=role.value) for role in Role], ignore_conflicts=True)
    Subgroup.objects.using(using).bulk_create(
        [Subgroup(code=code, name=name, name_en=name_en) for code, name, name_en in SUBGROUPS],
        ignore_conflicts=True,
    )
    _load_calendar(using)
    _load_places(using)
    network_reference.load(using)
    retention_reference.load(using)


def _load_calendar(using: str) -> None:
    if CalendarEdition.objects.using(using).exists():
        return
    now = timezone.now()
    days: dict[date, str] = {}
    for year in range(FIRST_HOLIDAY_YEAR, now.year + YEARS_AHEAD + 1):
        days |= thai_holidays(year)
    OfficeDay.objects.using(using).bulk_create(
        [OfficeDay(date=day, name=name[:200]) for day, name in sorted(days.items())]
    )
    # In bulk, so that no audit entry is written: content types may not be there yet.
    CalendarEdition.objects.using(using).bulk_create(
        [CalendarEdition(made_at=now, note="วันหยุดราชการตามประกาศ (ตั้งต้น)")]
    )


def _load_places(using: str) -> None:
    if not Province.objects.using(using).exists():
        Province.objects.using(using).bulk_create(
            [Province(code=code, name=name, name_en=name_en) for code, (name, name_en) in PROVINCES.items()]
        )
    if not EducationArea.objects.using(using).exists():
        EducationArea.objects.using(using).bulk_create(
            [
                EducationArea(province_id=code, number=number, name=name)
                for code, number, name in education_areas()
            ]
        )
