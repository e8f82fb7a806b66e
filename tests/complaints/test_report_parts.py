"""What the reports tell besides the petitions: related matters, visits, satisfaction; and nothing of a person."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from complaints.models import Petition, RelatedMatter, Satisfaction, State, Visit
from complaints.related_filters import RelatedFilter
from complaints.report_exports import figures_csv, figures_xlsx
from complaints.report_paper import paper
from complaints.report_parts import ANSWERS_LEAST, Satisfied
from complaints.report_tables import related_table
from complaints.reports import content
from complaints.tallies import Counts
from office.calendar import fiscal_year
from office.models import Province, Report, User
from office.thai import to_arabic_digits
from tests.cast import make_category, make_petition
from tests.complaints.opinions import Desk, at
from tests.complaints.related_cast import Kind, carry_to, make_related, take
from tests.complaints.reporting import MONTHLY, NOVEMBER, NOW, OCTOBER, issue, november

pytestmark = pytest.mark.django_db
REMARK = "ครูสมหญิงโทรมาขอโทษที่บ้านเลขที่ ๙"


@pytest.fixture
def desk(officer: User, head: User, executive: User) -> Desk:
    return Desk(officer, head, executive)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def related_in_november(desk: Desk) -> None:
    """A report put in time and closed, a tort that is late, a summons not due yet, one of October."""
    people = {"officer": desk.officer, "head": desk.head, "executive": desk.executive}
    done = make_related(Kind.REPORT, received_at=at(2009, 11, 3), owner=desk.officer)
    carry_to(done, State.CLOSED, now=at(2009, 11, 3, 14), **people)
    make_related(Kind.TORT, received_at=at(2009, 11, 5), owner=desk.officer)
    make_related(Kind.SUMMONS, received_at=at(2009, 11, 30, 15), hearing_at=at(2009, 12, 8))
    make_related(Kind.SUMMONS, received_at=at(2009, 10, 5), hearing_at=at(2009, 11, 20))


def came(way: str, desk: Desk, **facts: Any) -> Visit:
    told = {"subject": "ถามเรื่องทุนการศึกษา", "advice": "แนะนำให้ยื่นคำขอ", "name": "นางมาลี มาถาม"}
    return Visit(
        received_by=desk.officer, way=way, **{"came_at": at(2009, 11, 4), **told, **facts}
    ).register()


def answered(scores: tuple[int, int, int], at_moment: Any = None) -> None:
    speed, clarity, helped = scores
    Satisfaction.objects.create(
        petition=make_petition(received_at=at(2009, 10, 2)),
        speed=speed,
        clarity=clarity,
        help=helped,
        remark=REMARK,
        given_at=at_moment or at(2009, 11, 6),
    )


# ── Related matters ─────────────────────────────────────────────────────────────────────────


def test_related_matters_are_counted_by_kind_and_month_of_receipt(desk: Desk) -> None:
    related_in_november(desk)
    related = content(NOVEMBER, NOW).related
    assert {line.key: line.counts for line in related.lines} == {
        Kind.REPORT: Counts(received=1, in_time=1),
        Kind.TORT: Counts(received=1, late=1, unclosed=1),
        Kind.CRIMINAL: Counts(),
        Kind.SUMMONS: Counts(received=1, pending=1, unclosed=1),
    }
    assert related.total == Counts(received=3, in_time=1, late=1, pending=1, unclosed=2)
    assert content(OCTOBER, NOW).related.total.received == 1
    assert content(fiscal_year(2553), NOW).related.total.received == 4


def test_hearings_are_those_of_the_period_that_were_not_cancelled(desk: Desk) -> None:
    related_in_november(desk)
    assert content(NOVEMBER, NOW).related.hearings == 1
    summons = RelatedMatter.objects.get(received_at=at(2009, 10, 5))
    hearing = summons.hearings.get()
    take(summons, "cancel_hearing", desk.head, now=at(2009, 11, 10), hearing=hearing, reason="ศาลยกเลิกนัด")
    assert content(NOVEMBER, NOW).related.hearings == 0


def test_each_number_of_related_matters_is_that_of_the_rows_behind_it(desk: Desk, clock: None) -> None:
    related_in_november(desk)
    numbers = 0
    for row in related_table(content(NOVEMBER, NOW)).rows:
        for name, cell in row.cells.items():
            if cell.query:
                rows = RelatedFilter(
                    QueryDict(cell.query),
                    queryset=RelatedMatter.objects.visible_to(desk.head),
                    user=desk.head,
                )
                assert rows.is_valid(), cell.query
                assert rows.found().count() == int(to_arabic_digits(cell.text)), (row.label, name)
                numbers += 1
    assert numbers >= 11


# ── Visits ──────────────────────────────────────────────────────────────────────────────────


def test_visits_are_counted_by_way_and_category(desk: Desk) -> None:
    fees = make_category("ค่าบำรุง")
    came(Visit.Way.COUNTER, desk, category=fees)
    came(Visit.Way.COUNTER, desk, subject="ถามเรื่องอื่น")
    made = came(Visit.Way.TELEPHONE, desk, category=fees, subject="ถามเรื่องการย้ายโรงเรียน")
    Visit.objects.filter(pk=made.pk).update(petition=make_petition(received_at=at(2009, 11, 4)))
    came(Visit.Way.COUNTER, desk, came_at=at(2009, 12, 1, 0), category=fees)
    visits = content(NOVEMBER, NOW).visits
    assert (visits.total, visits.made_petitions) == (3, 1)
    assert [(one.key, one.number) for one in visits.by_way] == [("counter", 2), ("telephone", 1)]
    assert [(one.label, one.number) for one in visits.by_category] == [("ค่าบำรุง", 2)]


# ── Satisfaction ────────────────────────────────────────────────────────────────────────────


def test_five_answers_are_averaged(db: None) -> None:
    for scores in ((5, 5, 5), (4, 4, 4), (5, 4, 3), (5, 4, 2), (1, 1, 1)):
        answered(scores)
    answered((1, 1, 1), at(2009, 12, 1, 0))
    given = content(NOVEMBER, NOW).satisfaction
    assert given == Satisfied(5, speed=4.0, clarity=3.6, help=3.0, average=3.5, percent_good=60)


def test_fewer_than_five_answers_are_only_counted(head: User) -> None:
    for _answer in range(ANSWERS_LEAST - 1):
        answered((5, 5, 5))
    given = content(NOVEMBER, NOW).satisfaction
    assert given == Satisfied(4, None, None, None, None, None)
    assert given.is_too_few
    text = paper(
        Report(kind=MONTHLY, first=NOVEMBER.first, last=NOVEMBER.last, edition=1), content(NOVEMBER, NOW)
    )
    assert "มีผู้ตอบเพียง ๔ คน น้อยเกินไป" in text


def test_nobody_answered_is_said_so(head: User) -> None:
    text = paper(
        Report(kind=MONTHLY, first=NOVEMBER.first, last=NOVEMBER.last, edition=1), content(NOVEMBER, NOW)
    )
    assert "ช่วงนี้ไม่มีผู้ตอบแบบวัดความพึงพอใจ" in text
    assert "ช่วงนี้ไม่มีผู้มาติดต่อ" in text


# ── Where they stand ────────────────────────────────────────────────────────────────────────


def everything(desk: Desk) -> None:
    november(desk)
    related_in_november(desk)
    came(Visit.Way.COUNTER, desk, category=make_category("ค่าบำรุง"), telephone="089-999-9999")
    for _answer in range(5):
        answered((5, 4, 4))
    make_petition(received_at=at(2009, 11, 30, 15), province=Province.objects.get(pk="50"), petitioner=False)


def test_page_paper_and_files_tell_them_and_no_remark_or_visitor(
    desk: Desk, clock: None, client_for: Callable[[User], Client]
) -> None:
    everything(desk)
    client = client_for(desk.head)
    report = content(NOVEMBER, NOW)
    texts = [
        client.get(reverse("reports:period", args=[MONTHLY, "2552-11"])).content.decode(),
        paper(Report(kind=MONTHLY, first=NOVEMBER.first, last=NOVEMBER.last, edition=1), report),
        "".join(figures_csv(report)),
    ]
    for text in texts:
        for words in ("เรื่องที่เกี่ยวข้อง", "ความพึงพอใจ", "ผู้มาติดต่อ"):
            assert words in text, words
        for secret in (REMARK, "สมหญิง", "มาลี", "089-999-9999", "ถามเรื่องทุน"):
            assert secret not in text, secret
    kept = str(issue().content)
    assert "'hearings': 1" in kept
    assert REMARK not in kept


def test_the_paper_shows_the_map_of_the_provinces(desk: Desk) -> None:
    everything(desk)
    text = paper(
        Report(kind=MONTHLY, first=NOVEMBER.first, last=NOVEMBER.last, edition=1), content(NOVEMBER, NOW)
    )
    assert "เชียงใหม่: ๑" in text
    assert "CC BY 4.0" in text
    assert text.count("<svg") == 3


def test_the_workbook_has_a_sheet_of_each(desk: Desk) -> None:
    everything(desk)
    book = openpyxl.load_workbook(io.BytesIO(figures_xlsx(content(NOVEMBER, NOW))))
    assert book.sheetnames[-3:] == ["เรื่องที่เกี่ยวข้อง", "ผู้มาติดต่อ", "ความพึงพอใจ"]
    related = [[cell.value for cell in row] for row in book["เรื่องที่เกี่ยวข้อง"].iter_rows()]
    assert related[-1][2:] == [3, 1, 1, 1, 2, 50]
    assert [cell.value for cell in book["ความพึงพอใจ"][2]] == ["จำนวนผู้ตอบ", "", 5]


def test_the_table_has_single_numbers_in_a_column_of_their_own(desk: Desk) -> None:
    everything(desk)
    rows = list(csv.reader(io.StringIO("".join(figures_csv(content(NOVEMBER, NOW))))))
    assert len({len(row) for row in rows[1:]}) <= 2
    hearings = next(row for row in rows if row[1] == "วันนัดศาล")
    assert (hearings[0], hearings[-1], set(hearings[3:-1])) == ("ผู้มาติดต่อ", "1", {""})
    assert len(hearings) == len(rows[0])


def test_an_issued_edition_keeps_what_it_told(desk: Desk) -> None:
    everything(desk)
    report = issue()
    answered((1, 1, 1))
    make_related(Kind.REPORT, received_at=at(2009, 11, 20))
    assert content(NOVEMBER, NOW).satisfaction.answers == 6
    kept = Report.objects.get(pk=report.pk).content
    assert (kept["satisfaction"]["answers"], kept["related"]["total"]["received"]) == (5, 3)
    assert Petition.objects.exists()
