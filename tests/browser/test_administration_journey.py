"""An administrator looks after the system, tries again what failed, and hands over the work of one who leaves."""

from __future__ import annotations

import pytest
from django.utils import timezone

from complaints.models import Petition
from office import faults
from office.models import ClockWork, Leaving, Report, User
from office.paper import PaperError
from projectplan import leaving
from tests.browser.conftest import Visit
from tests.browser.test_every_page import look_over, open_and_look
from tests.cast import make_petition

PROGRAMS = [
    "Prasan",
    "Python",
    "Django",
    "SQLite",
    "PostgreSQL",
    "Redis",
    "Valkey",
    "Celery",
    "Weasyprint",
    "Granian",
]
UNITS = ["KB", "MB", "GB", "TB"]
JOURNAL = "next month's journal"


@pytest.fixture
def failed(transactional_db: None) -> Report:
    now = timezone.now()
    report = Report.objects.create(
        kind="group-annual", first="2009-10-01", last="2010-09-30", edition=1, asked_at=now, state="failed"
    )
    faults.note("office.report", report.pk, PaperError("x"), now)
    return report


def test_an_administrator_looks_after_the_system(visit: Visit, administrator: User, failed: Report) -> None:
    desk = visit()
    desk.expects(422)
    desk.signs_in(administrator)
    desk.opens("administration:system")
    look_over(desk, "system", kept=[*PROGRAMS, *UNITS])
    desk.opens("administration:failed")
    desk.reads("จัดหน้าเอกสารไม่ได้")
    look_over(desk, "failed", kept=["PaperError"])
    desk.page.locator("li").get_by_role("button", name="ลองใหม่").click()
    desk.reads("สั่งลองใหม่แล้ว ๑ รายการ")
    look_over(desk, "failed-nothing")
    open_and_look(desk, "clock", "administration:clock")
    row = desk.page.get_by_role("listitem").filter(has_text="วารสารฉบับเดือนหน้า")
    row.get_by_role("link").click()
    look_over(desk, "clock-entry")
    desk.fills("Hour", "๒๕.๐๐")
    desk.presses("Save")
    look_over(desk, "clock-entry-wrong")
    desk.fills("Hour", "๑๐.๓๐")
    desk.presses("Save")
    desk.reads("ทุกวัน เวลา ๑๐:๓๐ น.")
    assert ClockWork.objects.get(name=JOURNAL).hour == 10


def test_who_leaves_hands_everything_over(
    visit: Visit, administrator: User, officer: User, colleague: User, transactional_db: None
) -> None:
    for _ in range(3):
        make_petition(owner=officer)
    desk = visit()
    desk.expects(422)
    desk.signs_in(administrator)
    open_and_look(desk, "leavings", "administration:leavings")
    row = desk.page.get_by_role("listitem").filter(has_text=str(officer))
    row.get_by_role("link").click()
    look_over(desk, "leave")
    desk.presses("Hand over")
    desk.reads("เลือกผู้รับช่วงงานอย่างน้อยหนึ่งคน")
    look_over(desk, "leave-nobody")
    desk.page.get_by_label(str(colleague)).check()
    desk.presses("Hand over")
    desk.reads("รอส่งมอบ")
    look_over(desk, "leaving-waits")
    leaving.hand_over(Leaving.objects.get().pk, timezone.now)
    desk.page.reload()
    desk.reads("ส่งมอบแล้ว", "๓ จาก ๓ เรื่อง")
    look_over(desk, "leaving-done")
    assert Petition.objects.filter(owner=colleague).count() == 3
    assert not User.objects.get(pk=officer.pk).is_active
    open_and_look(desk, "leavings-one", "administration:leavings")
