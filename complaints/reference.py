"""Rows that no petition can be carried without: deadline rules, categories, agencies; put in place once."""

from __future__ import annotations

from datetime import date
from typing import Final

from complaints import letter_reference
from complaints.models import Category
from office.calendar import Unit
from office.models import Agency, Deadline, DeadlineRule, Matter
from office.network_reference import first_kind_of, first_rank_of
from office.thai import name_key

RULES_FROM: Final = date(2008, 10, 1)
"""The first day of fiscal year 2552, the oldest that is registered here."""
PLAN: Final = "แผนปฏิบัติการประจำปีงบประมาณ ๒๕๕๓ กลุ่มรับเรื่องราวร้องทุกข์"
TO_BE_CONFIRMED: Final = "ค่าตั้งต้น รอสำนักงานยืนยัน"

RULES: Final[list[tuple[str, int, bool, str]]] = [
    (Deadline.Kind.OPINION, 1, True, PLAN),
    (Deadline.Kind.REVISION, 1, False, TO_BE_CONFIRMED),
    (Deadline.Kind.ORDER, 3, False, TO_BE_CONFIRMED),
    (Deadline.Kind.REFERRAL, 1, False, TO_BE_CONFIRMED),
    (Deadline.Kind.AGENCY_ANSWER, 15, False, TO_BE_CONFIRMED),
    (Deadline.Kind.INFORM, 5, False, TO_BE_CONFIRMED),
    (Deadline.Kind.CLOSE, 5, False, TO_BE_CONFIRMED),
    (Deadline.Kind.PETITIONER_ANSWER, 15, False, TO_BE_CONFIRMED),
]
"""Promise, working days, whether confirmed by the office, source."""
CALENDAR_DAYS: Final = frozenset({Deadline.Kind.PETITIONER_ANSWER})
"""What is counted in calendar days instead: a petitioner knows no working days."""

RELATED_PLAN: Final = "แผนปฏิบัติการประจำปีงบประมาณ ๒๕๕๓ กลุ่มรับเรื่องราวร้องทุกข์ (เรื่องที่เกี่ยวข้อง)"
RELATED_RULES: Final[list[tuple[str, int, bool, str]]] = [
    (Deadline.Kind.OPINION, 1, True, RELATED_PLAN),
    (Deadline.Kind.REVISION, 1, False, TO_BE_CONFIRMED),
    (Deadline.Kind.ORDER, 3, False, TO_BE_CONFIRMED),
    (Deadline.Kind.CARRY_OUT, 15, False, TO_BE_CONFIRMED),
    (Deadline.Kind.CLOSE, 5, False, TO_BE_CONFIRMED),
]
"""The same of related matters; the dates of courts and of limitation are given, not counted."""

CATEGORIES: Final[list[tuple[str, str, list[tuple[str, str]]]]] = [
    (
        "การเงินสถานศึกษา",
        "School finance",
        [
            ("เงินบำรุงการศึกษาและค่าธรรมเนียม", "School fees and contributions"),
            ("นโยบายเรียนฟรี", "Free education policy"),
            ("การจัดซื้อจัดจ้าง", "Procurement"),
            ("ความโปร่งใสในการใช้เงิน", "Transparency of spending"),
        ],
    ),
    (
        "บุคลากร",
        "Personnel",
        [
            ("การบรรจุและแต่งตั้ง", "Recruitment and appointment"),
            ("การย้ายและช่วยราชการ", "Transfer and secondment"),
            ("วิทยฐานะและเลื่อนเงินเดือน", "Academic standing and pay"),
            ("วินัยและการดำเนินการทางวินัย", "Discipline"),
            ("สวัสดิการและหนี้สินครู", "Welfare and teachers' debts"),
        ],
    ),
    (
        "การรับนักเรียน",
        "Admission of pupils",
        [
            ("การรับนักเรียนเข้าเรียน", "Admission"),
            ("การย้ายสถานศึกษา", "Change of school"),
            ("การเรียกรับเงินเพื่อเข้าเรียน", "Payments asked for a place"),
        ],
    ),
    (
        "ทุนและเงินกู้ยืม",
        "Scholarships and loans",
        [
            ("ทุนการศึกษา", "Scholarships"),
            ("กองทุนเงินให้กู้ยืมเพื่อการศึกษา", "Student Loan Fund"),
            ("ความช่วยเหลือนักเรียนยากจน", "Help for poor pupils"),
        ],
    ),
    (
        "พฤติกรรมครูและผู้บริหาร",
        "Conduct of teachers and principals",
        [
            ("พฤติกรรมผู้บริหารสถานศึกษา", "Conduct of principals"),
            ("พฤติกรรมครู", "Conduct of teachers"),
            ("การลงโทษนักเรียนเกินกว่าเหตุ", "Excessive punishment of pupils"),
        ],
    ),
    (
        "อาคารสถานที่และสิ่งแวดล้อม",
        "Buildings and surroundings",
        [
            ("อาคารเรียนและสิ่งก่อสร้าง", "Classrooms and construction"),
            ("ที่ดินของสถานศึกษา", "School land"),
            ("ความปลอดภัยและสุขอนามัย", "Safety and hygiene"),
        ],
    ),
    (
        "นโยบายและคุณภาพการศึกษา",
        "Policy and quality of education",
        [
            ("หลักสูตรและการสอน", "Curriculum and teaching"),
            ("การสอบและการประเมินผล", "Examinations and assessment"),
            ("การยุบรวมสถานศึกษาขนาดเล็ก", "Merging of small schools"),
            ("ข้อเสนอแนะเชิงนโยบาย", "Suggestions on policy"),
        ],
    ),
    (
        "การศึกษานอกระบบ อาชีวศึกษา และอุดมศึกษา",
        "Non-formal, vocational and higher education",
        [
            ("การศึกษานอกระบบ", "Non-formal education"),
            ("อาชีวศึกษา", "Vocational education"),
            ("อุดมศึกษา", "Higher education"),
            ("สถานศึกษาเอกชน", "Private schools"),
        ],
    ),
    (
        "อื่น ๆ",
        "Other",
        [
            ("ข้อมูลข่าวสารและเอกสารทางการศึกษา", "Information and education records"),
            ("เรื่องนอกอำนาจหน้าที่ของกระทรวง", "Outside the ministry's duties"),
        ],
    ),
]
"""Main categories of the reports in their order, in Thai and English, each with its subcategories."""

AGENCIES: Final[list[tuple[str, str]]] = [
    ("สำนักงานปลัดกระทรวงศึกษาธิการ", "สป."),
    ("สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน", "สพฐ."),
    ("สำนักงานคณะกรรมการการอุดมศึกษา", "สกอ."),
    ("สำนักงานคณะกรรมการการอาชีวศึกษา", "สอศ."),
    ("สำนักงานเลขาธิการสภาการศึกษา", "สกศ."),
    ("สำนักงานคณะกรรมการข้าราชการครูและบุคลากรทางการศึกษา", "สำนักงาน ก.ค.ศ."),
    ("สำนักงานคณะกรรมการส่งเสริมการศึกษาเอกชน", "สช."),
    ("สำนักงานส่งเสริมการศึกษานอกระบบและการศึกษาตามอัธยาศัย", "สำนักงาน กศน."),
    ("สำนักงานคณะกรรมการส่งเสริมสวัสดิการและสวัสดิภาพครูและบุคลากรทางการศึกษา", "สำนักงาน สกสค."),
    ("สำนักงานเลขาธิการคุรุสภา", "คุรุสภา"),
    ("สถาบันส่งเสริมการสอนวิทยาศาสตร์และเทคโนโลยี", "สสวท."),
    ("สถาบันทดสอบทางการศึกษาแห่งชาติ (องค์การมหาชน)", "สทศ."),
    ("สำนักงานรับรองมาตรฐานและประเมินคุณภาพการศึกษา (องค์การมหาชน)", "สมศ."),
    ("กองทุนเงินให้กู้ยืมเพื่อการศึกษา", "กยศ."),
    ("สำนักงานลูกเสือแห่งชาติ", "สลช."),
    ("สถาบันพัฒนาครู คณาจารย์ และบุคลากรทางการศึกษา", "สคบศ."),
    ("องค์การค้าของ สกสค.", "องค์การค้า"),
    ("กรมส่งเสริมการปกครองท้องถิ่น", "สถ."),
    ("สำนักการศึกษา กรุงเทพมหานคร", "สนศ.กทม."),
    ("สำนักงานปลัดสำนักนายกรัฐมนตรี (ศูนย์บริการประชาชน)", "สปน."),
]
"""Name and short name; their addresses are the office's to fill in."""


def load(using: str) -> None:
    """Each kind of row only where there is none of it: the office owns them afterwards."""
    _load_rules(using, Matter.Kind.PETITION, RULES)
    _load_rules(using, Matter.Kind.RELATED, RELATED_RULES)
    letter_reference.load(using)
    if not Category.objects.using(using).exists():
        _load_categories(using)
    if not Agency.objects.using(using).exists():
        Agency.objects.using(using).bulk_create(
            [
                Agency(
                    name=name,
                    short_name=short_name,
                    sort_name=name_key(name),
                    kind=first_kind_of(short_name),
                    rank=first_rank_of(short_name),
                )
                for name, short_name in AGENCIES
            ]
        )


def _load_rules(using: str, matter_kind: str, rules: list[tuple[str, int, bool, str]]) -> None:
    """Those promises that have no rule yet: a later edition of this list may know of more."""
    known = set(
        DeadlineRule.objects.using(using).filter(matter_kind=matter_kind).values_list("kind", flat=True)
    )
    DeadlineRule.objects.using(using).bulk_create(
        [
            DeadlineRule(
                matter_kind=matter_kind,
                kind=kind,
                amount=amount,
                unit=(Unit.CALENDAR_DAYS if kind in CALENDAR_DAYS else Unit.WORKING_DAYS).value,
                in_force_from=RULES_FROM,
                is_confirmed=is_confirmed,
                source=source,
            )
            for kind, amount, is_confirmed, source in rules
            if kind not in known
        ]
    )


def _load_categories(using: str) -> None:
    categories = Category.objects.using(using)
    mains = categories.bulk_create(
        [
            Category(name=name, name_en=name_en, rank=rank)
            for rank, (name, name_en, _parts) in enumerate(CATEGORIES, 1)
        ]
    )
    categories.bulk_create(
        [
            Category(parent=main, name=name, name_en=name_en, rank=rank)
            for main, (_name, _name_en, parts) in zip(mains, CATEGORIES, strict=True)
            for rank, (name, name_en) in enumerate(parts, 1)
        ]
    )
