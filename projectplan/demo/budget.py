"""A year of the project's money as a demo has it: given, bound, paid, one refund, one reversal, one transfer; in
an office at work also what waits for approval."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import format_html

from office.calendar import OFFICE_TZ, fiscal_year, fiscal_year_of
from office.documents import Upload, accept
from office.models import User
from office.paper import render_pdf
from office.thai import baht_text, format_baht, format_long, to_thai_digits
from projectplan import ledger
from projectplan.ledger import Paper
from projectplan.models import Activity, ActivityMonth, BudgetEntry, Milestone, Plan, Project
from projectplan.rollover import roll_over

Kind = BudgetEntry.Kind


@dataclass(frozen=True)
class Line:
    """An entry: days after 1 October, the activity, its kind and sum; `uses` is the payee's earlier entry."""

    day: int
    activity: int
    kind: str
    amount: str
    payee: str = ""
    note: str = ""
    uses: str = ""
    to: int = 0


HOTEL: Final = "โรงแรมริเวอร์ไซด์ กรุงเทพ"
BUS: Final = "บริษัท ทัวร์ไทยสัญจร จำกัด"
COFFEE: Final = "ร้านครัวคุณแม่"
LINES: Final = (
    Line(12, 1, Kind.ALLOCATION, "150000", note="จัดสรรตามแผนปฏิบัติการ"),
    Line(12, 2, Kind.ALLOCATION, "30000", note="จัดสรรตามแผนปฏิบัติการ"),
    Line(12, 3, Kind.ALLOCATION, "10000", note="จัดสรรตามแผนปฏิบัติการ"),
    Line(12, 5, Kind.ALLOCATION, "10000", note="จัดสรรตามแผนปฏิบัติการ"),
    Line(47, 2, Kind.PAYMENT, "5640", COFFEE, "อาหารว่างและเครื่องดื่มในการแถลงข่าว"),
    Line(75, 3, Kind.PAYMENT, "3200", "สถาบันพัฒนาข้าราชการ", "ค่าลงทะเบียนฝึกอบรมการเขียนหนังสือราชการ"),
    Line(110, 1, Kind.COMMITMENT, "96000", HOTEL, "สถานที่ ที่พัก และอาหาร การสัมมนาทางวิชาการ ๒ วัน"),
    Line(117, 2, Kind.PAYMENT, "6180.50", COFFEE, "อาหารว่างและเครื่องดื่มในการแถลงข่าว"),
    Line(138, 1, Kind.PAYMENT, "24000", BUS, "รถปรับอากาศไปศึกษาดูงาน ๒ คัน"),
    Line(145, 1, Kind.PAYMENT, "18000", "วิทยากร ๓ ท่าน", "ค่าสมนาคุณวิทยากร"),
    Line(146, 1, Kind.PAYMENT, "90000", HOTEL, "งวดเดียวหลังตรวจรับ", HOTEL),
    Line(150, 1, Kind.RELEASE, "6000", note="ผู้เข้าร่วมน้อยกว่าที่จองไว้", uses=HOTEL),
    Line(152, 1, Kind.REFUND, "1200", BUS, "คืนค่าทางด่วนที่ไม่ได้ใช้", BUS),
    Line(158, 1, Kind.PAYMENT, "7250.50", "ห้างหุ้นส่วนจำกัด ไทยการพิมพ์", "เอกสารประกอบการสัมมนา"),
    Line(178, 2, Kind.PAYMENT, "5000", "บริษัท สื่อสารสัมพันธ์ จำกัด", "ของที่ระลึกสื่อมวลชน"),
    Line(179, 2, Kind.REVERSAL, "5000", note="บันทึกซ้ำกับใบสำคัญฉบับก่อน", uses="บริษัท สื่อสารสัมพันธ์ จำกัด"),
    Line(201, 3, Kind.PAYMENT, "4500", "มหาวิทยาลัยธรรมศาสตร์", "ค่าลงทะเบียนหลักสูตรการวิเคราะห์นโยบาย"),
    Line(222, 2, Kind.PAYMENT, "7425", COFFEE, "อาหารว่างและเครื่องดื่มในการแถลงข่าว"),
    Line(255, 1, Kind.TRANSFER, "4000", note="สมทบค่าพิมพ์รายงานประจำปี ตามที่ได้รับอนุมัติ", to=5),
    Line(290, 5, Kind.PAYMENT, "8400", "โรงพิมพ์คุรุสภา", "ทำเนียบเครือข่ายประสานงานการเมือง"),
    Line(310, 2, Kind.PAYMENT, "8115", COFFEE, "อาหารว่างและเครื่องดื่มในการแถลงข่าว"),
    Line(340, 5, Kind.PAYMENT, "4950", "โรงพิมพ์คุรุสภา", "สรุปรายงานโครงการและรายงานประจำปี"),
)
"""Paid by the year's end: 138,050.50 + 27,360.50 + 7,700 + 0 + 13,350 baht."""

WAITING: Final = (
    Line(2, 2, Kind.PAYMENT, "1250", COFFEE, "อาหารว่างและเครื่องดื่มในการแถลงข่าว"),
    Line(1, 1, Kind.PAYMENT, "2480.50", "ห้างหุ้นส่วนจำกัด ไทยการพิมพ์", "วัสดุสำนักงานเพื่อเตรียมการสัมมนา"),
)
"""What waits for the head's approval in an office at work: here the day counts back from today."""
GIVEN_BY: Final = 14
"""Days after 1 October by which the year's money is given; sooner it is the giving itself that waits."""

MILESTONES: Final = (
    (1, "จองสถานที่สัมมนา", 105, 110),
    (1, "จัดสัมมนาแล้วเสร็จ", 150, 146),
    (2, "ทบทวนบัญชีรายชื่อสื่อมวลชน", 90, 84),
    (3, "ฝึกอบรมครบคนละ ๒ รายการ", 300, 290),
    (4, "ปรับปรุงเว็บไซต์สำนักงานรัฐมนตรี", 180, 171),
    (5, "ทำเนียบเครือข่ายพิมพ์แล้ว", 295, 292),
    (5, "รายงานประจำปีพิมพ์แล้ว", 350, 345),
)


def make_budgets(years: Iterable[int], now: datetime, *, with_papers: bool) -> None:
    """The money of each fiscal year (B.E.) up to now. A project with entries is left as it is: a ledger is for good."""
    for year in sorted(years):
        project = _project_of(year)
        if project and not BudgetEntry.objects.filter(activity__project=project).exists():
            _Year(project, now, with_papers=with_papers).make()


def leave_waiting(now: datetime, *, with_papers: bool) -> None:
    """Entries of the last days, by different officers, that nobody has decided on yet; none where some wait already."""
    year = fiscal_year_of(now.astimezone(OFFICE_TZ).date())
    project = _project_of(year)
    if project and not BudgetEntry.objects.pending().filter(activity__project=project).exists():
        _Year(project, now, with_papers=with_papers).leave_waiting()


def _project_of(year: int) -> Project | None:
    """The project of a year's plan, copied from that of the nearest plan where it has none yet."""
    pattern = Project.objects.order_by("-plan__fiscal_year").first()
    if pattern is None:
        return None
    plan = Plan.objects.filter(fiscal_year=year).first() or roll_over(pattern.plan, year)
    found = Project.objects.filter(plan=plan).first()
    return found or _copy(pattern, plan)


def _copy(pattern: Project, plan: Plan) -> Project:
    period = fiscal_year(plan.fiscal_year)
    copy = Project.objects.create(
        plan=plan, name=pattern.name, budget=pattern.budget, start_on=period.first, end_on=period.last
    )
    years = plan.fiscal_year - pattern.plan.fiscal_year
    for one in pattern.activities.prefetch_related("months"):
        months = list(one.months.all())
        one.pk, one.project, one.result_before = None, copy, ""
        one._state.adding = True
        one.save()
        ActivityMonth.objects.bulk_create(
            ActivityMonth(
                activity=one,
                first_on=month.first_on.replace(year=month.first_on.year + years),
                planned=month.planned,
            )
            for month in months
        )
    return copy


class _Year:
    """One year of one project, written line by line as if on its day."""

    def __init__(self, project: Project, now: datetime, *, with_papers: bool) -> None:
        self.now, self.with_papers = now, with_papers
        self.first = fiscal_year(project.plan.fiscal_year).first
        self.year = project.plan.fiscal_year
        self.activities: dict[int, Activity] = {
            one.number: one for one in project.activities.select_related("project")
        }
        people = {one.username: one for one in User.objects.all()}
        self.enterers = {
            1: people["politics"],
            2: people["news"],
            3: people["officer"],
            5: people["politics"],
        }
        self.head = people["head"]
        self.written: dict[str, BudgetEntry] = {}

    def make(self) -> None:
        for number, line in enumerate(LINES, 1):
            at = self._moment(line.day)
            if at + timedelta(days=1) <= self.now:
                self._write(number, line, at)
        for number, name, due, done in MILESTONES:
            self._reach(number, name, due, done)

    def leave_waiting(self) -> None:
        today = self.now.astimezone(OFFICE_TZ).date()
        lines: tuple[Line, ...] = WAITING
        if (today - self.first).days < GIVEN_BY:
            lines = tuple(replace(one, day=back.day) for one, back in zip(LINES, WAITING, strict=False))
        for number, line in enumerate(lines, len(LINES) + 1):
            day = max(today - timedelta(days=line.day), self.first)
            at = min(datetime.combine(day, time(10, 15), OFFICE_TZ), self.now)
            self._enter(number, line, at)

    def _moment(self, days: int) -> datetime:
        day = self.first + timedelta(days=days)
        day += timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))
        return datetime.combine(day, time(10, 15), OFFICE_TZ)

    def _write(self, number: int, line: Line, at: datetime) -> None:
        entry = self._enter(number, line, at)
        ledger.approve(entry, by=self.head, now=at + timedelta(hours=20))
        if line.payee:
            self.written.setdefault(line.payee, entry)

    def _enter(self, number: int, line: Line, at: datetime) -> BudgetEntry:
        by, activity = self.enterers[line.activity], self.activities[line.activity]
        label = f"ศธ ๐๑๐๐/{to_thai_digits(100 + number * 7)}"
        files = self._files(label, line, at.date())
        paper = Paper(label, at.date(), line.payee, line.note, files)
        uses = self.written.get(line.uses)
        if line.kind == Kind.REVERSAL:
            assert uses is not None
            entry = ledger.reverse(uses, paper, by=by, now=at)
        else:
            entry = ledger.enter(
                activity,
                line.kind,
                Decimal(line.amount),
                paper,
                by=by,
                now=at,
                against=uses,
                to_activity=self.activities.get(line.to),
            )
        for upload in files:
            default_storage.delete(upload.path)
        return entry

    def _files(self, label: str, line: Line, day: date) -> list[Upload]:
        if not self.with_papers or line.kind != Kind.PAYMENT:
            return []
        amount = Decimal(line.amount)
        html = format_html(
            "<h1>ใบสำคัญรับเงิน</h1><p>ที่ {} วันที่ {}</p><p>{}</p><p>{}</p><p>จำนวน {} บาท ({})</p>",
            label,
            format_long(day),
            line.payee,
            line.note,
            format_baht(amount),
            baht_text(amount),
        )
        receipt = render_pdf(html, title="ใบสำคัญรับเงิน")
        return [accept(SimpleUploadedFile("ใบสำคัญรับเงิน.pdf", receipt, "application/pdf"))]

    def _reach(self, number: int, name: str, due: int, done: int) -> None:
        done_on = self._moment(done).date()
        is_done = self._moment(done) <= self.now
        Milestone.objects.create(
            activity=self.activities[number],
            name=name,
            due_on=self.first + timedelta(days=due),
            done_on=done_on if is_done else None,
            done_by=self.head if is_done else None,
        )
