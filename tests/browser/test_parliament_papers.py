"""The reports on parliament, the rows behind their figures, the indicators and the minister's binder, at a desk and on
a phone, by day and by night."""

from __future__ import annotations

from datetime import datetime

import pytest

from office.models import Report, User
from parliament import binding
from parliament.reports import MONTHLY
from projectplan import issuing
from projectplan.loading import PLAN_2553, load_file
from tests.browser.conftest import Visit
from tests.browser.test_every_page import look_over, open_and_look
from tests.browser.visitor import PHONE
from tests.parliament.cast import make_politics_head
from tests.parliament.papers_cast import (
    approve,
    at,
    keep,
    make_interpellation,
    make_item,
    make_locked_pdf,
    make_meeting,
    make_pdf,
)
from tests.parliament.reporting import NOVEMBER, NOW, november

COUNTED = "?kind=interpellation&month=2552-11"


@pytest.fixture
def head(db: None) -> User:
    return make_politics_head()


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages read the first of December; signing in and limits go on by the real clock."""

    def show() -> datetime:
        return NOW

    for module in ("projectplan.views.reports", "projectplan.views.dashboard", "parliament.views.counted"):
        monkeypatch.setattr(f"{module}.timezone.now", show)


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_reports_and_the_rows_behind_them(visit: Visit, head: User, width: int) -> None:
    load_file(PLAN_2553)
    november(head)
    issuing.make(issuing.write_down(MONTHLY, NOVEMBER, by=head, now=NOW).pk, NOW)
    assert Report.objects.get().state == Report.State.ISSUED
    visitor = visit(width)
    visitor.signs_in(head)
    open_and_look(visitor, f"parliament-reports-{width}", "reports:list")
    open_and_look(visitor, f"parliament-report-{width}", "reports:period", MONTHLY, "2552-11")
    open_and_look(visitor, f"parliament-counted-{width}", "parliament:counted", query=COUNTED)
    open_and_look(visitor, f"parliament-kpis-{width}", "projectplan:dashboard")


def test_the_report_by_night(visit: Visit, head: User) -> None:
    november(head)
    visitor = visit(color_scheme="dark")
    visitor.signs_in(head)
    open_and_look(visitor, "parliament-report-night", "reports:period", MONTHLY, "2552-11")


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_the_binder_from_its_first_edition_to_the_next(visit: Visit, head: User, width: int) -> None:
    meeting = make_meeting()
    question = make_interpellation(owner=head)
    make_item(meeting, about=question, title=question.title, number="2.1")
    keep(question, "ข้อมูลโรงเรียน.pdf", make_pdf(pages=2))
    keep(question, "มีรหัสผ่าน.pdf", make_locked_pdf())
    visitor = visit(width)
    visitor.signs_in(head)
    open_and_look(visitor, f"binder-none-{width}", "parliament:binder", meeting.pk)
    visitor.presses("Make the binder")
    visitor.page.locator("progress").wait_for()
    look_over(visitor, f"binder-waiting-{width}")
    binding.make(meeting.binders.get().pk, lambda: at(2009, 11, 25, 10, 30))
    visitor.reads("ฉบับที่ ๑ · ๒๕ พ.ย. ๕๒ ๑๐.๓๐ น.")
    look_over(visitor, f"binder-{width}")
    approve(question, head)
    visitor.page.reload()
    visitor.reads("คำตอบหรือเอกสารเปลี่ยนไปหลังจากทำฉบับนี้")
    look_over(visitor, f"binder-outdated-{width}")
