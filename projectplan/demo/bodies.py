"""The bodies of a demo: whom the journal is sent to, and what of them is an agency of the network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from complaints.reference import AGENCIES
from office.models import Agency, EducationArea
from office.network_doubles import core_of
from office.thai import to_thai_digits
from parliament.models import ConstitutionalBody

CORE: Final = ("สำนักงานปลัดกระทรวงศึกษาธิการ", "สำนักงานเลขาธิการสภาการศึกษา", "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน",
               "สำนักงานคณะกรรมการการอาชีวศึกษา", "สำนักงานคณะกรรมการการอุดมศึกษา")  # fmt: skip
SUPERVISED: Final = ("สถาบันส่งเสริมการสอนวิทยาศาสตร์และเทคโนโลยี", "สำนักงานเลขาธิการคุรุสภา",
                     "สำนักงานคณะกรรมการส่งเสริมสวัสดิการและสวัสดิภาพครูและบุคลากรทางการศึกษา",
                     "สถาบันทดสอบทางการศึกษาแห่งชาติ", "โรงเรียนมหิดลวิทยานุสรณ์",
                     "สำนักงานรับรองมาตรฐานและประเมินคุณภาพการศึกษา")  # fmt: skip
AREA_ORDER, REGION_ORDER = 3, 4
KINDS: Final = {
    1: Agency.Kind.CORE,
    2: Agency.Kind.SUPERVISED,
    AREA_ORDER: Agency.Kind.AREA,
    REGION_ORDER: Agency.Kind.REGIONAL,
}
"""What the groups of the journal's recipients are in the network; the fifth, libraries, is not of it."""
DOUBLE: Final = "สถาบันส่งเสริมการสอนวิทยาศาสตร์ และเทคโนโลยี (สสวท.)"
"""Written down a second time, to be found and merged."""


@dataclass(frozen=True)
class Body:
    """An agency as the demo knows it."""

    name: str
    kind: Agency.Kind
    short_name: str = ""
    address: str = ""
    postcode: str = ""
    area: EducationArea | None = None


def names_made() -> list[str]:
    """What the agencies are called that a demo adds to those every office begins with; the matters of a demo concern
    the others only, whether it was made before or not."""
    known = {name for name, _short in AGENCIES}
    return [body.name for body in bodies() if body.name not in known]


def bodies() -> Iterator[Body]:
    """The agencies that a demo has, in the order in which it makes them."""
    known = {core_of(name): name for name, _short in AGENCIES}
    for order, name, _attention, address, postcode, area in addressees():
        if order in KINDS:
            yield Body(known.get(core_of(name), name), KINDS[order], "", address, postcode, area)
    yield Body(DOUBLE, Agency.Kind.SUPERVISED)
    for one in ConstitutionalBody.objects.filter(is_active=True).order_by("pk"):
        yield Body(one.name, Agency.Kind.CONSTITUTIONAL, one.short_name, "ศูนย์ราชการเฉลิมพระเกียรติฯ ถนนแจ้งวัฒนะ "
                   "เขตหลักสี่ กรุงเทพมหานคร", "10210")  # fmt: skip


def addressees() -> Iterable[tuple[int, str, str, str, str, EducationArea | None]]:
    """The group's place, the name, to whom, the address with its postcode, and the education area that it is."""
    for name in CORE:
        yield 1, name, "เลขาธิการ", "กระทรวงศึกษาธิการ ถนนราชดำเนินนอก เขตดุสิต กรุงเทพมหานคร", "10300", None
    for name in SUPERVISED:
        yield 2, name, "ผู้อำนวยการ", "ถนนสุขุมวิท เขตคลองเตย กรุงเทพมหานคร", "10110", None
    areas = EducationArea.objects.select_related("province")
    for number, area in enumerate(areas, start=1):
        address = f"{to_thai_digits(number)} ถนนเทศบาล ตำบลในเมือง อำเภอเมือง จังหวัด{area.province.name}"
        yield 3, area.name, "ผู้อำนวยการ", address, f"{area.province_id}000", area
    for number in range(13):
        name = f"สบย. เขต {to_thai_digits(number)}" if number else "สบย. กรุงเทพมหานคร"
        yield (
            4,
            name,
            "ผู้อำนวยการ",
            f"{to_thai_digits(number + 1)} ถนนศูนย์ราชการ ตำบลในเมือง อำเภอเมือง",
            f"{30 + number}000",
            None,
        )
    for number in range(1, 21):
        address = f"{to_thai_digits(number)} ถนนประชาราษฎร์ ตำบลในเมือง อำเภอเมือง"
        yield (
            5,
            f"ห้องสมุดประชาชน ตัวอย่าง {to_thai_digits(str(number))}",
            "บรรณารักษ์",
            address,
            f"{40 + number}000",
            None,
        )
