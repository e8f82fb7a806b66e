"""A list as a file: what its page shows, in its order, nothing more than its reader may see, written into the trail."""

from __future__ import annotations

import csv
import io
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from complaints.models import Petition, Visit
from complaints.views.registers import PETITION_REGISTER
from office import list_export
from office.list_export import cells_of, text_of
from office.models import OutgoingLetter, User
from office.spreadsheets import csv_lines, write_workbook
from projectplan.loading import PLAN_2553, load_file
from tests.cast import MORNING, make_petition
from tests.parliament.bills_cast import make_bill
from tests.parliament.cast import make_committee, make_politics_officer

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
REGISTERS = [
    "complaints:petitions",
    "complaints:related_list",
    "parliament:meetings",
    "parliament:follow_ups",
    "parliament:interpellations",
    "parliament:motions",
    "parliament:bills",
    "parliament:consultations",
    "publicrelations:engagements",
    "publicrelations:articles",
    "publicrelations:journals",
    "publicrelations:press_conferences",
    "publicrelations:foreign_documents",
    "publicrelations:briefs",
]


def rows_of(answer: Any) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_register_is_taken_along_in_either_form(
    client_for: ClientFor, executive: User, name: str, form: str
) -> None:
    answer = client_for(executive).get(reverse(name), {"file": form})
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{form}"')
    if form == "csv":
        assert rows_of(answer)[0][:2] == ["เลขเรื่อง", "เรื่อง"]
    else:
        book = load_workbook(io.BytesIO(answer.getvalue()))
        assert book.active is not None
        assert book.active.cell(1, 2).value == "เรื่อง"


def test_the_file_has_the_lists_filter_and_order(client_for: ClientFor, officer: User) -> None:
    made = [make_petition(title=f"เรื่องที่ {number}", owner=officer) for number in range(3)]
    make_petition(title="ทางเว็บไซต์", channel=Petition.Channel.WEB)
    asked = {"channel": "letter", "order": "oldest", "file": "csv"}
    head, *rows = rows_of(client_for(officer).get(reverse("complaints:petitions"), asked))
    assert [row[1] for row in rows] == [one.title for one in made]
    assert [row[0] for row in rows] == [one.label for one in made]
    assert len(head) == len(rows[0])


def test_a_file_holds_only_what_its_reader_may_see(client_for: ClientFor, officer: User) -> None:
    make_petition(title="เรื่องลับ", secrecy=1)
    assert "เรื่องลับ" not in str(
        rows_of(client_for(officer).get(reverse("complaints:petitions"), {"all": "1", "file": "csv"}))
    )
    politics = client_for(make_politics_officer())
    assert len(rows_of(politics.get(reverse("complaints:petitions"), {"all": "1", "file": "csv"}))) == 1


def test_a_title_that_a_spreadsheet_would_run_is_made_harmless(client_for: ClientFor, officer: User) -> None:
    make_petition(title="=HYPERLINK(1)")
    _head, row = rows_of(client_for(officer).get(reverse("complaints:petitions"), {"file": "csv"}))
    assert row[1] == "'=HYPERLINK(1)"


def test_a_petitioners_name_is_in_no_file(client_for: ClientFor, officer: User) -> None:
    petition = make_petition(title="ขอความอนุเคราะห์")
    assert petition.petitioner
    name = petition.petitioner.name
    assert name
    assert name not in str(rows_of(client_for(officer).get(reverse("complaints:petitions"), {"file": "csv"})))


def test_the_trail_says_who_took_how_many_rows_of_what(client_for: ClientFor, officer: User) -> None:
    make_petition()
    client_for(officer).get(reverse("complaints:petitions"), {"file": "xlsx"})
    entry = LogEntry.objects.get(action=LogEntry.Action.ACCESS)
    assert (entry.actor, entry.changes) == (officer, {"rows": ["", "1"]})
    assert entry.content_type.model == "petition"


def test_a_list_that_is_too_long_is_refused_in_words_and_not_cut(
    client_for: ClientFor, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_petition()
    make_petition()
    monkeypatch.setattr(list_export, "MOST_ROWS", 1)
    answer = client_for(officer).get(
        reverse("complaints:petitions"), {"channel": "letter", "file": "csv"}, follow=True
    )
    assert answer.redirect_chain == [(f"{reverse('complaints:petitions')}?channel=letter", 302)]
    assert "กรองให้แคบลง" in answer.content.decode()
    assert not LogEntry.objects.filter(action=LogEntry.Action.ACCESS).exists()


def test_many_files_in_an_hour_are_too_many(
    client_for: ClientFor, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_export, "EACH_PERSON", "1/hour")
    client = client_for(officer)
    assert client.get(reverse("complaints:petitions"), {"file": "csv"}).status_code == 200
    assert client.get(reverse("complaints:petitions"), {"file": "csv"}).status_code == 302


def test_queries_grow_by_hundreds_of_rows_not_by_each(officer: User) -> None:
    for _one in range(12):
        make_petition(owner=officer)
    listed = PETITION_REGISTER.file(QueryDict("all=1"), officer)
    with CaptureQueriesContext(connection) as asked:
        assert len(list(listed.rows(listed.keys))) == 12
    assert len(asked) <= 6


def test_files_of_a_hundred_thousand_rows_are_made_in_little_memory() -> None:
    lines = ([f"รท {number}/๒๕๕๓", "เรื่องยาวพอประมาณ" * 4, "ร้องทุกข์", ""] for number in range(20_000))
    tracemalloc.start()
    for _some in csv_lines(lines):
        pass
    csv_peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.reset_peak()
    with io.BytesIO() as target:
        write_workbook(target, "ก", ([f"รท {number}", "เรื่อง" * 8] for number in range(20_000)))
        size = target.tell()
    book_peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert csv_peak < 3_000_000
    assert book_peak < 6_000_000 + size


def test_the_counters_book_is_taken_along_without_names(client_for: ClientFor, officer: User) -> None:
    told = {"subject": "ขอใบรับรองผลการเรียน", "advice": "แนะนำแล้ว", "name": "นายสมชาย"}
    visit = Visit(came_at=MORNING, received_by=officer, **told).register()
    _head, row = rows_of(client_for(officer).get(reverse("complaints:visits"), {"file": "csv"}))
    assert row[:2] == [visit.label, "ขอใบรับรองผลการเรียน"]
    assert "สมชาย" not in str(row)


def test_the_register_of_letters_is_taken_along(client_for: ClientFor, officer: User) -> None:
    assert len(rows_of(client_for(officer).get(reverse("complaints:letters"), {"file": "csv"}))) == 1
    assert not OutgoingLetter.objects.exists()


def test_what_is_drawn_for_a_page_becomes_text_for_a_file() -> None:
    cell = '<span class="state">รอตอบ</span><div class="small"><span>✓</span> แจ้งแล้ว ๓/๕</div>'
    assert text_of(cell) == "รอตอบ · ✓ แจ้งแล้ว ๓/๕"
    assert text_of('<span class="head-on-phone muted">วันนัด </span>๑ ต.ค.') == "๑ ต.ค."
    assert cells_of(["ก &lt;b&gt;\x1fข", "ค"]) == ["ก <b>", "ข", "ค"]


def test_a_stranger_takes_nothing_along() -> None:
    assert Client().get(reverse("complaints:petitions"), {"file": "csv"}).status_code == 302


def test_the_indicators_of_a_period_are_taken_along(client_for: ClientFor, officer: User) -> None:
    load_file(PLAN_2553)
    address = reverse("projectplan:strategies")
    head, *rows = rows_of(
        client_for(officer).get(address, {"span": "quarter", "at": "2552-11", "file": "csv"})
    )
    assert head[1:3] == ["รหัส", "ตัวชี้วัด"]
    assert len(rows) == 9


def test_the_committees_are_taken_along(client_for: ClientFor) -> None:
    committee = make_committee()
    client = client_for(make_politics_officer())
    _head, row = rows_of(client.get(reverse("parliament:committees"), {"file": "csv"}))
    assert row[0] == str(committee)


def test_a_row_that_owes_nothing_yet_has_as_many_cells_as_the_head(client_for: ClientFor) -> None:
    make_bill(title="ร่างพระราชบัญญัติ\x1fการศึกษา")
    client = client_for(make_politics_officer())
    head, row = rows_of(client.get(reverse("parliament:bills"), {"file": "csv"}))
    assert len(head) == len(row)
    assert row[1] == "ร่างพระราชบัญญัติ การศึกษา"
