"""The reports on petitions: their figures, how they are issued, who may read them, what they never say."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from typing import Any

import openpyxl
import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from complaints import issuing, tasks
from complaints.filters import PetitionFilter
from complaints.models import Category, MonthTally, Petition
from complaints.report_exports import csv_lines, figures_csv, figures_xlsx, safe
from complaints.report_paper import paper
from complaints.report_tables import tables
from complaints.reports import LATE_SHOWN, Content, content
from complaints.tallies import Counts
from office.calendar import fiscal_year, month, parse_month
from office.models import Download, Notice, OfficeDay, Report, Secrecy, User
from office.models.calendar import record_edition
from office.paper import PaperError
from office.thai import to_arabic_digits
from tests.cast import make_agency, make_category, make_petition
from tests.complaints.opinions import Desk, at, make_subcategory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
OCTOBER, NOVEMBER = month(2009, 10), month(2009, 11)
NOW = at(2009, 12, 1, 9)
MONTHLY, ANNUAL = issuing.MONTHLY, issuing.ANNUAL
PERSON = ("สมศรี", "ใจดี", "081-234-5678", "somsri@mail.example")


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


def november(desk: Desk) -> None:
    """Two in time, one late with its reason, one not due yet on the last evening, one secret and late."""
    sub = make_subcategory("การเงินสถานศึกษา", "เงินบำรุงการศึกษา")
    desk.closed(at(2009, 11, 2), channel=Petition.Channel.WEB)
    desk.put(desk.receive(at(2009, 11, 3)), at(2009, 11, 4), category=sub)
    desk.put(desk.receive(at(2009, 11, 5)), at(2009, 11, 10), category=sub, why="เจ้าหน้าที่ลาป่วย")
    desk.receive(at(2009, 11, 30, 15))
    secret = desk.receive(at(2009, 11, 6), secrecy=Secrecy.SECRET)
    desk.put(secret, at(2009, 11, 12), category=make_category("ความมั่นคง"), why="รอหนังสือจากหน่วยข่าวกรอง")


def issue(period: Any = NOVEMBER, kind: str = MONTHLY, now: datetime = NOW, **asked: Any) -> Report:
    row = issuing.write_down(kind, period, by=asked.pop("by", None), now=now, **asked)
    made = issuing.make(row.pk, now)
    assert made is not None
    return made


# ── Content ─────────────────────────────────────────────────────────────────────────────────


def test_a_month_tells_its_figures_and_what_changed(desk: Desk) -> None:
    desk.put(desk.receive(at(2009, 10, 1)), at(2009, 10, 2), category=make_category("การเงินสถานศึกษา"))
    november(desk)
    report = content(NOVEMBER, NOW)
    assert report.total == Counts(received=5, in_time=2, late=2, pending=1, unclosed=4)
    assert report.before == Counts(received=1, in_time=1, unclosed=1)
    assert report.difference == 4
    assert (report.rise and (report.rise.label, report.rise.before, report.rise.after)) == (
        "การเงินสถานศึกษา",
        1,
        2,
    )
    assert [line.counts.received for line in report.trend] == [0] * 10 + [1, 5]
    assert not report.is_interim


def test_categories_come_in_two_levels_that_add_up(desk: Desk) -> None:
    november(desk)
    lines = {line.label: line for line in content(NOVEMBER, NOW).tables["category"]}
    finance = lines["การเงินสถานศึกษา"]
    assert finance.counts == Counts(received=2, in_time=1, late=1, unclosed=2)
    assert [(sub.label, sub.counts) for sub in finance.lines] == [("เงินบำรุงการศึกษา", finance.counts)]


def test_a_year_is_the_sum_of_its_months(desk: Desk) -> None:
    desk.closed(at(2008, 10, 1))
    desk.closed(at(2009, 9, 30))
    desk.closed(at(2009, 10, 1))
    year = content(fiscal_year(2552), NOW)
    assert year.total.received == 2
    assert [line.counts.received for line in year.trend] == [1] + [0] * 10 + [1]
    assert content(fiscal_year(2553), NOW).total.received == 1


def test_the_late_ones_stand_with_their_reasons_and_nothing_of_the_secret_one(desk: Desk) -> None:
    november(desk)
    late, secret = content(NOVEMBER, NOW).late
    assert (late.number, late.category, late.reason) == ("รท ๓/๒๕๕๓", "เงินบำรุงการศึกษา", "เจ้าหน้าที่ลาป่วย")
    assert (late.due_at, late.met_at) == (at(2009, 11, 6, 16, 30), at(2009, 11, 10))
    assert (secret.is_secret, secret.category, secret.reason) == (True, "", "")


def test_more_late_ones_than_fit_are_said_to_be_more(desk: Desk) -> None:
    for _one in range(LATE_SHOWN + 2):
        desk.receive(at(2009, 11, 2), petitioner=False)
    report = content(NOVEMBER, NOW)
    assert (len(report.late), report.late_not_shown) == (LATE_SHOWN, 2)


def test_an_empty_month_has_a_report(head: User) -> None:
    report = content(NOVEMBER, NOW)
    assert report.total == Counts()
    assert (report.before, report.rise, report.late) == (None, None, ())
    assert issue().state == Report.State.ISSUED


def test_an_unfinished_month_is_compared_with_nothing(desk: Desk) -> None:
    desk.closed(at(2009, 10, 1))
    desk.closed(at(2009, 11, 2))
    report = content(NOVEMBER, at(2009, 11, 20))
    assert report.is_interim
    assert report.before is None


# ── Periods ─────────────────────────────────────────────────────────────────────────────────


def test_periods_are_read_in_either_digits_and_written_back() -> None:
    assert issuing.period_of(MONTHLY, "๒๕๕๒-๑๑", NOW) == NOVEMBER
    assert issuing.period_of(ANNUAL, "2552", NOW) == fiscal_year(2552)
    assert issuing.code_of(NOVEMBER) == "2552-11"
    assert issuing.code_of(fiscal_year(2552)) == "2552"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (MONTHLY, "2552"),
        (MONTHLY, "2552-13"),
        (MONTHLY, "2553-01"),  # still to come
        (MONTHLY, "2551-09"),  # before the registers begin
        (ANNUAL, "2552-11"),
        (ANNUAL, "2009"),
        (ANNUAL, "2554"),
        (ANNUAL, ""),
    ],
)
def test_what_is_no_period_is_said_so(kind: str, code: str) -> None:
    with pytest.raises(issuing.PeriodError):
        issuing.period_of(kind, code, NOW)


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
    return [(report.kind, issuing.code_of(report.period)) for report in issuing.issue_due(now)]


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


# ── Pages ───────────────────────────────────────────────────────────────────────────────────


def pages(report: Report) -> list[str]:
    by_period = [
        reverse(f"reports:{name}", args=[MONTHLY, "2552-11"]) for name in ("period", "xlsx", "csv", "matters")
    ]
    by_edition = [reverse(f"reports:{name}", args=[report.pk]) for name in ("status", "pdf")]
    return [reverse("reports:list"), *by_period, *by_edition]


def test_reports_are_for_the_subgroup_and_the_executives(
    client_for: SignIn,
    officer: User,
    head: User,
    executive: User,
    stranger: User,
    administrator: User,
    clock: Callable[..., None],
) -> None:
    for page in pages(issue()):
        for person in (officer, head, executive):
            assert client_for(person).get(page).status_code == 200, (page, person)
        for person in (stranger, administrator):
            assert client_for(person).get(page).status_code == 403, (page, person)
        assert "login" in Client().get(page)["Location"], page


def test_officers_and_heads_issue_executives_read(
    client_for: SignIn, officer: User, executive: User, stranger: User, clock: Callable[..., None]
) -> None:
    page = reverse("reports:issue", args=[MONTHLY, "2552-11"])
    for person in (executive, stranger):
        assert client_for(person).post(page).status_code == 403
    assert not Report.objects.exists()
    answer = client_for(officer).post(page)
    assert answer["Location"] == reverse("reports:period", args=[MONTHLY, "2552-11"])
    assert Report.objects.get().asked_by == officer


def test_a_new_edition_is_asked_for_with_a_reason_on_the_page(
    client_for: SignIn, officer: User, clock: Callable[..., None]
) -> None:
    issue()
    page = reverse("reports:issue", args=[MONTHLY, "2552-11"])
    client = client_for(officer)
    assert "reason" in client.post(page, {"reason": ""}).context["form"].errors
    client.post(page, {"reason": "แก้ตัวเลข"})
    assert Report.objects.filter(state=Report.State.WAITING, edition=2, reason="แก้ตัวเลข").exists()


def test_a_get_issues_nothing(client_for: SignIn, officer: User, clock: Callable[..., None]) -> None:
    assert client_for(officer).get(reverse("reports:issue", args=[MONTHLY, "2552-11"])).status_code == 200
    assert not Report.objects.exists()


def test_the_page_asks_again_while_a_report_is_made_and_then_stops(
    client_for: SignIn, officer: User, head: User, clock: Callable[..., None]
) -> None:
    row = issuing.write_down(MONTHLY, NOVEMBER, by=officer, now=NOW)
    client, page = client_for(officer), reverse("reports:status", args=[row.pk])
    assert f'hx-get="{page}"' in client.get(page).content.decode()
    issuing.make(row.pk, NOW)
    text = client.get(page).content.decode()
    assert "hx-get" not in text
    assert reverse("reports:pdf", args=[row.pk]) in text


def test_a_failed_report_offers_to_try_again(
    client_for: SignIn, officer: User, clock: Callable[..., None]
) -> None:
    row = issuing.write_down(MONTHLY, NOVEMBER, by=officer, now=NOW)
    Report.objects.filter(pk=row.pk).update(state=Report.State.FAILED)
    text = client_for(officer).get(reverse("reports:list")).content.decode()
    assert reverse("reports:issue", args=[MONTHLY, "2552-11"]) in text


def test_who_took_the_pdf_is_written_down(
    client_for: SignIn, officer: User, head: User, clock: Callable[..., None]
) -> None:
    report = issue()
    answer = client_for(officer).get(reverse("reports:pdf", args=[report.pk]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert Download.objects.get(report=report).user == officer


def test_an_edition_that_is_not_issued_has_no_pdf(client_for: SignIn, officer: User) -> None:
    row = issuing.write_down(MONTHLY, NOVEMBER, by=officer, now=NOW)
    assert client_for(officer).get(reverse("reports:pdf", args=[row.pk])).status_code == 404


@pytest.mark.parametrize(
    "address", [("complaints-weekly", "2552-11"), (MONTHLY, "2552-13"), (ANNUAL, "2599")]
)
def test_a_period_that_is_none_is_not_found(
    address: tuple[str, str], client_for: SignIn, officer: User, clock: Callable[..., None]
) -> None:
    assert client_for(officer).get(reverse("reports:period", args=address)).status_code == 404


def test_pages_ask_few_questions(
    client_for: SignIn,
    desk: Desk,
    clock: Callable[..., None],
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    november(desk)
    issue()
    client = client_for(desk.officer)
    periods = [
        reverse("reports:period", args=[MONTHLY, "2552-11"]),
        reverse("reports:period", args=[ANNUAL, "2553"]),
    ]
    for page in [reverse("reports:list"), *periods]:
        client.get(page)
        with django_assert_max_num_queries(12):
            assert client.get(page).status_code == 200


LINK = re.compile(r'<a href="/petitions/\?([^"]+)">([๐-๙0-9,]+)</a>')


@pytest.mark.parametrize("address", [(MONTHLY, "2552-11"), (ANNUAL, "2553")])
def test_every_number_is_that_of_the_rows_behind_its_link(
    address: tuple[str, str], client_for: SignIn, desk: Desk, clock: Callable[..., None]
) -> None:
    november(desk)
    desk.closed(at(2009, 10, 5), agency=make_agency(), petition_kind=Petition.PetitionKind.HELP)
    clock(at(2009, 12, 1, 9))
    text = client_for(desk.head).get(reverse("reports:period", args=address)).content.decode()
    links = [(unescape(query), number) for query, number in LINK.findall(text)]
    assert len(links) > 40
    for query, number in links:
        rows = PetitionFilter(
            QueryDict(query), queryset=Petition.objects.visible_to(desk.head), user=desk.head
        )
        assert rows.is_valid(), query
        assert rows.qs.count() == int(to_arabic_digits(number).replace(",", "")), query


# ── Files ───────────────────────────────────────────────────────────────────────────────────


def streamed(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_no_file_and_no_page_says_anything_of_a_person(
    client_for: SignIn, desk: Desk, clock: Callable[..., None]
) -> None:
    november(desk)
    client = client_for(desk.head)
    texts = [
        streamed(client.get(reverse("reports:csv", args=[MONTHLY, "2552-11"]))),
        streamed(client.get(reverse("reports:matters", args=[MONTHLY, "2552-11"]))),
        client.get(reverse("reports:period", args=[MONTHLY, "2552-11"])).content.decode(),
        str(issue().content),
        paper(
            Report(kind=MONTHLY, first=NOVEMBER.first, last=NOVEMBER.last, edition=1), content(NOVEMBER, NOW)
        ),
    ]
    petition = Petition.objects.first()
    assert petition
    for text in texts:
        assert "๓/๒๕๕๓" in text or "letter" in text or "หนังสือ" in text or "Letter" in text
        assert not [word for word in (*PERSON, petition.title, petition.story) if word in text]


def test_the_list_of_matters_holds_every_one_that_may_be_seen(
    client_for: SignIn, desk: Desk, clock: Callable[..., None], colleague: User
) -> None:
    november(desk)
    page = reverse("reports:matters", args=[MONTHLY, "2552-11"])
    head_sees = list(csv.reader(io.StringIO(streamed(client_for(desk.head).get(page)))))
    colleague_sees = list(csv.reader(io.StringIO(streamed(client_for(colleague).get(page)))))
    assert [row[0] for row in head_sees[1:]] == [f"รท {number}/๒๕๕๓" for number in "๑๒๓๔๕"]
    assert [row[0] for row in colleague_sees[1:]] == [f"รท {number}/๒๕๕๓" for number in "๑๒๓๔"]
    third = head_sees[3]
    assert (third[3], third[6]) == ("เงินบำรุงการศึกษา", "10/11/2552 10.00 น.")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_no_text_is_left_that_a_spreadsheet_would_run(start: str) -> None:
    dangerous = f"{start}cmd|'/C calc'!A0"
    assert safe(dangerous) == f"'{dangerous}"
    written = "".join(csv_lines([[dangerous]])).removeprefix("\ufeff")
    assert next(csv.reader(io.StringIO(written, newline="")))[0] == f"'{dangerous}"


def test_numbers_below_nought_stay_numbers() -> None:
    assert safe(-5) == -5
    assert safe("๕") == "๕"
    assert safe(None) is None


def malicious_report(desk: Desk) -> Content:
    evil = Category.objects.create(name='=HYPERLINK("http://evil.example")')
    desk.put(
        desk.receive(at(2009, 11, 2), agency=make_agency("@SUM(1+1)*cmd")), at(2009, 11, 3), category=evil
    )
    return content(NOVEMBER, NOW)


def test_names_in_the_csv_cannot_run(desk: Desk) -> None:
    rows = list(csv.reader(io.StringIO("".join(figures_csv(malicious_report(desk))))))
    values = [cell for row in rows for cell in row]
    assert '\'=HYPERLINK("http://evil.example")' in values
    assert "'@SUM(1+1)*cmd" in values


def test_names_in_the_workbook_cannot_run(desk: Desk) -> None:
    book = openpyxl.load_workbook(io.BytesIO(figures_xlsx(malicious_report(desk))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert "'@SUM(1+1)*cmd" in [cell.value for cell in cells]


def test_the_workbook_has_the_figures_as_numbers(desk: Desk) -> None:
    november(desk)
    book = openpyxl.load_workbook(io.BytesIO(figures_xlsx(content(NOVEMBER, NOW))))
    assert [cell.value for cell in book.worksheets[0][5]][2:] == [5, 2, 2, 1, 4, 50]


# ── Paper ───────────────────────────────────────────────────────────────────────────────────


def test_the_paper_says_edition_reason_and_day_of_its_figures(desk: Desk) -> None:
    november(desk)
    report = Report(
        kind=MONTHLY, first=NOVEMBER.first, last=NOVEMBER.last, edition=2, reason="แก้หมวด", asked_by=desk.head
    )
    text = paper(report, content(NOVEMBER, NOW))
    for words in ("พฤศจิกายน ๒๕๕๒", "๑ ธันวาคม ๒๕๕๒", "๐๙.๐๐ น.", "แก้หมวด", str(desk.head), "๕๐%"):
        assert words in text, words
    assert text.count("<svg") == 2


def test_the_paper_of_an_empty_month_stands(head: User) -> None:
    text = paper(
        Report(kind=MONTHLY, first=NOVEMBER.first, last=NOVEMBER.last, edition=1), content(NOVEMBER, NOW)
    )
    assert "พฤศจิกายน ๒๕๕๒" in text


def test_a_table_of_every_dimension_ends_in_the_same_total(desk: Desk) -> None:
    november(desk)
    totals = {table.rows[-1].cells["received"].text for table in tables(content(NOVEMBER, NOW))}
    assert totals == {"๕"}


def test_counting_again_changes_no_issued_figure(desk: Desk) -> None:
    november(desk)
    report = issue()
    desk.receive(at(2009, 11, 20))
    assert MonthTally.objects.get(month=NOVEMBER.first).is_stale
    assert content(NOVEMBER, NOW).total.received == 6
    assert Report.objects.get(pk=report.pk).content["total"]["received"] == 5
    assert report.content["first"] == "2009-11-01"
    assert parse_month(issuing.code_of(report.period)) == NOVEMBER
