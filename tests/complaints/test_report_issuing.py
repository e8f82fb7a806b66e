"""How the reports are issued: asked for, made once, by themselves on their day, by the command."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from complaints.models import Petition
from office.calendar import fiscal_year
from office.models import Notice, OfficeDay, Report, User
from office.models.calendar import record_edition
from office.paper import PaperError
from office.reporting import code_of
from projectplan import issuing, tasks
from tests.cast import make_petition
from tests.complaints.opinions import Desk, at
from tests.complaints.reporting import ANNUAL, MONTHLY, NOVEMBER, NOW, OCTOBER, PERSON, issue, november

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(officer: User, head: User, executive: User) -> Desk:
    return Desk(officer, head, executive)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Lets the pages read another moment from the clock."""

    def show(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    show(NOW)
    return show


# ── Issuing ─────────────────────────────────────────────────────────────────────────────────


def test_a_report_is_issued_whole_with_its_checksum(desk: Desk) -> None:
    november(desk)
    report = issue(by=desk.officer)
    with default_storage.open(report.path) as file:
        pdf = file.read()
    assert report.state == Report.State.ISSUED
    assert (report.progress, report.edition, report.as_of, report.issued_at) == (100, 1, NOW, NOW)
    assert report.sha256 == hashlib.sha256(pdf).hexdigest()
    assert report.content["total"]["received"] == 5
    assert (
        Notice.objects.filter(kind=Notice.Kind.REPORT_READY, recipient=desk.officer, way="app").count() == 1
    )


def test_the_bytes_hold_the_thai_whole(desk: Desk) -> None:
    november(desk)
    with default_storage.open(issue().path) as file:
        document = pypdfium2.PdfDocument(file.read())
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "เงินบำรุงการศึกษา" in text
    assert "เจ้าหน้าที่ลาป่วย" in text
    assert "รท ๓/๒๕๕๓" in text
    assert not [word for word in PERSON if word in text]


def test_an_issued_report_never_changes(head: User) -> None:
    report = issue()
    report.reason = "แก้"
    with pytest.raises(TypeError):
        report.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(progress=1)
    assert issuing.make(report.pk, NOW) is None


def test_a_new_edition_needs_a_reason_and_stands_beside_the_old_one(desk: Desk) -> None:
    first = issue()
    with pytest.raises(issuing.ReasonNeeded):
        issuing.write_down(MONTHLY, NOVEMBER, by=desk.head, now=NOW, reason="  ")
    second = issue(by=desk.head, reason="แก้หมวดของสองเรื่อง")
    assert (second.edition, second.reason) == (2, "แก้หมวดของสองเรื่อง")
    assert Report.objects.get(pk=first.pk).state == Report.State.ISSUED


def test_editions_are_counted_per_kind_and_period(head: User) -> None:
    editions = [issue(), issue(OCTOBER), issue(fiscal_year(2552), ANNUAL), issue(reason="แก้")]
    assert [report.edition for report in editions] == [1, 1, 1, 2]


def test_a_second_click_asks_for_nothing_new(officer: User) -> None:
    first = issuing.write_down(MONTHLY, NOVEMBER, by=officer, now=NOW)
    assert issuing.write_down(MONTHLY, NOVEMBER, by=officer, now=NOW) == first
    assert Report.objects.count() == 1


def test_two_makers_make_it_once(head: User) -> None:
    row = issuing.write_down(MONTHLY, NOVEMBER, by=None, now=NOW)
    Report.objects.filter(pk=row.pk).update(state=Report.State.MAKING, held_until=NOW + issuing.LEASE)
    assert issuing.make(row.pk, NOW) is None


def test_a_report_left_by_a_killed_maker_is_picked_up(head: User, monkeypatch: pytest.MonkeyPatch) -> None:
    row = issuing.write_down(MONTHLY, NOVEMBER, by=None, now=NOW)

    def die(*args: Any, **kwargs: Any) -> bytes:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(issuing, "render_pdf", die)
        with pytest.raises(SystemExit):
            issuing.make(row.pk, NOW)
    left = Report.objects.get(pk=row.pk)
    assert (left.state, left.progress) == (Report.State.MAKING, 60)
    later = NOW + issuing.LEASE
    assert list(issuing.waiting(later)) == []
    monkeypatch.setattr("django.utils.timezone.now", lambda: later.replace(second=1))
    tasks.make_waiting_reports()
    assert Report.objects.get(pk=row.pk).state == Report.State.ISSUED


def test_a_maker_whose_lease_was_taken_over_changes_nothing(
    head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = issuing.write_down(MONTHLY, NOVEMBER, by=None, now=NOW)
    later = NOW + 2 * issuing.LEASE
    real = issuing.render_pdf

    def slow(*args: Any, **kwargs: Any) -> bytes:
        monkeypatch.setattr(issuing, "render_pdf", real)
        assert issuing.make(row.pk, later)
        return real(*args, **kwargs)

    monkeypatch.setattr(issuing, "render_pdf", slow)
    issuing.make(row.pk, NOW)
    assert Report.objects.get(pk=row.pk).issued_at == later
    assert Notice.objects.filter(kind=Notice.Kind.REPORT_READY, recipient=head, way="app").count() == 1


def test_what_went_wrong_is_failed_and_can_be_asked_for_again(
    officer: User, head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> bytes:
        raise PaperError("no font")

    with monkeypatch.context() as patch:
        patch.setattr(issuing, "render_pdf", refuse)
        failed = issue(by=officer)
    assert (failed.state, failed.held_until) == (Report.State.FAILED, None)
    assert list(issuing.waiting(NOW)) == []
    again = issuing.write_down(MONTHLY, NOVEMBER, by=officer, now=NOW)
    assert (again.pk, again.edition, again.state) == (failed.pk, 1, Report.State.WAITING)
    made = issuing.make(again.pk, NOW)
    assert made
    assert made.state == Report.State.ISSUED


# ── By itself ───────────────────────────────────────────────────────────────────────────────


def asked(now: datetime) -> list[tuple[str, str]]:
    return [(report.kind, code_of(report.period)) for report in issuing.issue_due(now)]


def test_the_monthly_report_comes_on_the_first_working_day(petition: Petition) -> None:
    assert asked(at(2009, 11, 30, 16)) == []
    assert asked(at(2009, 12, 1, 8, 5)) == [(MONTHLY, "2552-11")]
    assert asked(at(2009, 12, 1, 9, 5)) == []


def test_a_holiday_puts_the_day_off(petition: Petition) -> None:
    OfficeDay.objects.create(date=at(2009, 12, 1).date(), kind=OfficeDay.Kind.OFF, name="หยุดพิเศษ")
    record_edition(note="หยุดพิเศษ", made_by=None, now=at(2009, 11, 30))
    assert asked(at(2009, 12, 1, 9)) == []
    assert asked(at(2009, 12, 2, 9)) == [(MONTHLY, "2552-11")]


def test_days_on_which_nothing_ran_are_caught_up_with(db: None) -> None:
    make_petition(received_at=at(2009, 10, 5))
    assert asked(at(2010, 1, 20)) == [(MONTHLY, "2552-10"), (MONTHLY, "2552-11"), (MONTHLY, "2552-12")]


def test_the_annual_report_comes_after_the_fiscal_year(db: None) -> None:
    make_petition(received_at=at(2009, 9, 10))
    assert asked(at(2009, 10, 1, 9)) == [(MONTHLY, "2552-09"), (ANNUAL, "2552")]


def test_an_office_without_petitions_owes_no_report(db: None) -> None:
    assert asked(NOW) == []


def test_an_edition_of_an_unfinished_month_is_followed_by_the_whole_one(
    petition: Petition, head: User
) -> None:
    early = issue(now=at(2009, 11, 20))
    assert asked(NOW) == [(MONTHLY, "2552-11")]
    whole = issuing.make(Report.objects.get(state=Report.State.WAITING).pk, NOW)
    assert whole
    assert (early.edition, whole.edition, bool(whole.reason)) == (1, 2, True)
    assert asked(at(2009, 12, 2)) == []


def test_of_a_report_that_came_by_itself_head_and_executives_hear(
    petition: Petition, officer: User, head: User, executive: User
) -> None:
    issuing.make(issuing.issue_due(NOW)[0].pk, NOW)
    told = Notice.objects.filter(kind=Notice.Kind.REPORT_READY, way="app").values_list("recipient", flat=True)
    assert set(told) == {head.pk, executive.pk}


# ── The command ─────────────────────────────────────────────────────────────────────────────


def test_the_command_issues_and_writes_the_file(
    desk: Desk, tmp_path: Any, clock: Callable[..., None]
) -> None:
    november(desk)
    target = tmp_path / "report.pdf"
    call_command("issue_report", MONTHLY, "2552-11", output=target, stdout=io.StringIO())
    assert target.read_bytes().startswith(b"%PDF")
    again = tmp_path / "again.pdf"
    call_command("issue_report", MONTHLY, "2552-11", output=again, stdout=io.StringIO())
    assert again.read_bytes() == target.read_bytes()
    assert Report.objects.count() == 1
    call_command("issue_report", MONTHLY, "2552-11", reason="แก้ตัวเลข", stdout=io.StringIO())
    assert Report.objects.latest("edition").edition == 2


@pytest.mark.parametrize("code", ["2552-13", "abc", "2599-01"])
def test_the_command_refuses_a_bad_period_in_words(code: str, clock: Callable[..., None]) -> None:
    with pytest.raises(CommandError, match=re.escape(code.split("-")[0]) + "|๒๕๙๙"):
        call_command("issue_report", MONTHLY, code)


def test_the_command_says_when_it_cannot_write(head: User, clock: Callable[..., None], tmp_path: Any) -> None:
    with pytest.raises(CommandError, match=r"nowhere"):
        call_command(
            "issue_report", MONTHLY, "2552-11", output=tmp_path / "nowhere" / "a.pdf", stdout=io.StringIO()
        )
