"""The days of the calendar brought as a file: every wrong file is refused in words, nothing is written before the
word, and nothing twice."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries

from office.models import CalendarEdition, OfficeDay, RegisterImport, User
from office.register_bringing import forget_old
from office.spreadsheets import Sheet, workbook
from projectplan.brought_registers import load, load_waiting
from tests.cast import make_administrator

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
HEAD = ["วันที่", "ชื่อวัน", "ประเภท"]
UPLOAD = "/imports/holidays/"


def book(*rows: list[Any], head: list[str] = HEAD, name: str = "วันหยุด.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, workbook([Sheet("x", head, [*rows])]))


def bring(client: Client, file: SimpleUploadedFile) -> RegisterImport:
    page = client.post(UPLOAD, {"file": file})
    assert page.status_code == 302, page.content.decode()
    return RegisterImport.objects.latest("pk")


def confirm(client: Client, bringing: RegisterImport, how: str = "right") -> RegisterImport:
    client.post(reverse("imports:load", args=["holidays", bringing.pk]), {"how": how})
    load(bringing.pk, timezone.now)
    return RegisterImport.objects.get(pk=bringing.pk)


def page_of(client: Client, bringing: RegisterImport) -> Any:
    return client.get(reverse("imports:preview", args=["holidays", bringing.pk]))


@pytest.fixture
def client(client_for: ClientFor) -> Client:
    return client_for(make_administrator())


def test_days_are_loaded_after_the_word_and_make_one_edition(client: Client) -> None:
    OfficeDay.objects.all().delete()
    editions = CalendarEdition.objects.count()
    bringing = bring(
        client,
        book(
            ["๑๒ สิงหาคม ๒๕๕๓", "วันเฉลิมพระชนมพรรษา", "วันหยุด"],
            ["15 พ.ค. 53", "หยุดพิเศษ", ""],
            ["8/5/2553", "ทำการชดเชย", "วันทำการ"],
        ),
    )
    assert not OfficeDay.objects.exists()
    assert confirm(client, bringing).counts == {"new": 3, "changed": 0, "same": 0, "wrong": 0}
    days = dict(OfficeDay.objects.values_list("date", "kind"))
    assert days == {date(2010, 8, 12): "off", date(2010, 5, 15): "off", date(2010, 5, 8): "working"}
    assert CalendarEdition.objects.count() == editions + 1
    assertContains(page_of(client, bringing), "นำเข้าแล้ว")


def test_the_same_file_changes_nothing_and_a_new_name_changes_the_day(client: Client) -> None:
    confirm(client, bring(client, book(["1/6/2553", "หยุดพิเศษ", ""])))
    again = bring(client, book(["1/6/2553", "หยุดพิเศษ", ""]))
    assert again.counts == {"new": 0, "changed": 0, "same": 1, "wrong": 0}
    other = confirm(client, bring(client, book(["1/6/2553", "หยุดตามมติ ครม.", ""])))
    assert other.counts["changed"] == 1
    assert OfficeDay.objects.get(date=date(2010, 6, 1)).name == "หยุดตามมติ ครม."


def test_a_row_that_stands_in_the_file_twice_is_recognised(client: Client) -> None:
    one = ["1/6/2553", "หยุดพิเศษ", ""]
    bringing = bring(client, book(one, one, ["1/6/2553", "อีกชื่อหนึ่ง", ""]))
    assert bringing.counts == {"new": 1, "changed": 0, "same": 1, "wrong": 1}
    assertContains(page_of(client, bringing), "แถวที่ ๒")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("30 กุมภาพันธ์ 2553", "กุมภาพันธ์ ๒๕๕๓ มี ๒๘ วัน"),
        ("เมื่อวาน", "วัน เดือน ปี"),
        ("", "ต้องมี"),
        ("#REF!", "สูตร"),
        ("1/13/2553", "๑๓"),
    ],
)
def test_what_is_wrong_is_said_of_its_cell(client: Client, cell: str, said: str) -> None:
    bringing = bring(client, book([cell, "หยุดพิเศษ", ""], ["2/6/2553", "หยุดพิเศษ", ""]))
    assert bringing.counts["wrong"] == 1
    page = page_of(client, bringing)
    assertContains(page, "วันที่: ")
    assertContains(page, said)


def test_the_wrong_rows_come_back_to_be_mended_and_are_loaded_then(client: Client) -> None:
    bringing = bring(client, book(["30/2/2553", "หยุดพิเศษ", ""], ["2/6/2553", "หยุด", ""]))
    confirm(client, bringing)
    answer = client.get(reverse("imports:wrong", args=["holidays", bringing.pk]))
    head, row = load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
    assert list(head) == [*HEAD, "บรรทัดเดิม", "เหตุที่ไม่ผ่าน"]
    assert row[:2] == ("30/2/2553", "หยุดพิเศษ")
    assert "กุมภาพันธ์" in str(row[4])
    assert LogEntry.objects.filter(action=LogEntry.Action.ACCESS, object_id=bringing.pk).exists()
    mended = bring(client, book(["29/6/2553", *row[1:]], head=list(head)))
    assert confirm(client, mended).counts["new"] == 1


def test_all_or_nothing_loads_nothing_while_a_row_is_wrong(client: Client) -> None:
    bringing = bring(client, book(["30/2/2553", "หยุดพิเศษ", ""], ["2/6/2553", "หยุด", ""]))
    before = OfficeDay.objects.count()
    assert confirm(client, bringing, "all").is_draft
    RegisterImport.objects.filter(pk=bringing.pk).update(state="waiting", all_or_nothing=True)
    load(bringing.pk, timezone.now)
    assert OfficeDay.objects.count() == before
    assert RegisterImport.objects.get(pk=bringing.pk).is_draft
    good = bring(client, book(["2/6/2553", "หยุด", ""]))
    assert confirm(client, good, "all").counts["new"] == 1


def test_a_second_click_and_a_second_worker_load_nothing_more(client: Client) -> None:
    bringing = bring(client, book(["2/6/2553", "หยุด", ""]))
    confirm(client, bringing)
    editions = CalendarEdition.objects.count()
    confirm(client, bringing)
    load_waiting(timezone.now)
    assert CalendarEdition.objects.count() == editions


# ── Columns ─────────────────────────────────────────────────────────────────────────────────


def test_columns_are_chosen_by_hand_and_remembered(client: Client) -> None:
    odd = {"head": ["คอลัมน์แรก", "ชื่อวัน"], "name": "x.xlsx"}
    bringing = bring(client, book(["2/6/2553", "หยุด"], **odd))  # type: ignore[arg-type]
    assertContains(page_of(client, bringing), "ยังไม่ได้เลือกคอลัมน์สำหรับ “วันที่”")
    confirm(client, bringing)
    assert not OfficeDay.objects.filter(date=date(2010, 6, 2)).exists()
    address = reverse("imports:match", args=["holidays", bringing.pk])
    twice = client.post(address, {"column0": "date", "column1": "date"})
    assertContains(twice, "สองคอลัมน์", status_code=422)
    client.post(address, {"column0": "date", "column1": "name"})
    bringing.refresh_from_db()
    assert (bringing.fields, bringing.plan["counts"]["new"]) == (["date", "name"], 1)
    assert bring(client, book(["3/6/2553", "หยุด"], **odd)).fields == ["date", "name"]  # type: ignore[arg-type]


# ── Files that are none ─────────────────────────────────────────────────────────────────────


def bomb() -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
        made.open("xl/worksheets/sheet1.xml", "w") as sheet,
    ):
        for _megabyte in range(151):
            sheet.write(b"\x00" * 1024 * 1024)
    return target.getvalue()


def with_a_lie_about_its_size() -> bytes:
    target = io.BytesIO()
    true = io.BytesIO(workbook([Sheet("x", HEAD, [["2/6/2553", "หยุด", ""]])]))
    with zipfile.ZipFile(true) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            made.writestr(name, source.read(name).replace(b'ref="A1:C2"', b'ref="A1:XFD1048576"'))
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.pdf", b"%PDF-1.7", "เฉพาะ"),
        ("x.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "อ่านไฟล์นี้ไม่ได้"),
        ("x.csv", b"%PDF-1.7\n\x01\x02", "อ่านไฟล์นี้ไม่ได้"),
        ("x.xlsx", b"PK\x03\x04 nothing", "เปิดไฟล์ตารางไม่ได้"),
        ("x.xlsx", b"", "ว่าง"),
        ("x.csv", b"\n\n", "ว่าง"),
        ("x.csv", "วันที่,ชื่อวัน\n".encode(), "ไม่มีแถว"),
        ("x.csv", "วันที่,ชื่อวัน,วันที่\n1/6/2553,ก,ข\n".encode(), "“วันที่”"),
        ("x.csv", b"a,b\n1,2\n", "หัวคอลัมน์"),
        ("x.csv", ("วันที่,ชื่อวัน\n" + "1/6/2553,ก\n" * 30_001).encode(), "๓๐,๐๐๐"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(
    client: Client, name: str, content: bytes, said: str
) -> None:
    files = default_storage.listdir("imports")[1] if default_storage.exists("imports") else []
    page = client.post(UPLOAD, {"file": SimpleUploadedFile(name, content)})
    assertContains(page, said, status_code=422)
    assert not RegisterImport.objects.exists()
    assert files == (default_storage.listdir("imports")[1] if default_storage.exists("imports") else [])


def test_a_bomb_is_refused_before_it_is_unpacked(client: Client) -> None:
    page = client.post(UPLOAD, {"file": SimpleUploadedFile("x.xlsx", bomb())})
    assertContains(page, "ใหญ่กว่า", status_code=422)
    assert not RegisterImport.objects.exists()


def test_a_sheet_that_lies_about_its_size_is_read_as_it_is(client: Client) -> None:
    assert bring(client, SimpleUploadedFile("x.xlsx", with_a_lie_about_its_size())).lines == 1


@pytest.mark.parametrize("encoding", ["cp874", "tis-620", "utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_is_read_in_the_encodings_of_thai_offices(client: Client, encoding: str) -> None:
    content = "วันที่,ชื่อวัน\r\n๑ มิถุนายน ๒๕๕๓,หยุดพิเศษ\r\n".encode(encoding)
    bringing = bring(client, SimpleUploadedFile("x.csv", content))
    assert confirm(client, bringing).counts["new"] == 1
    assert OfficeDay.objects.get(date=date(2010, 6, 1)).name == "หยุดพิเศษ"


# ── Who, and how long ───────────────────────────────────────────────────────────────────────


def test_heads_and_administrators_bring_days_and_nobody_else(
    client_for: ClientFor, officer: User, head: User, executive: User
) -> None:
    assert client_for(head).get(UPLOAD).status_code == 200
    for person in (officer, executive):
        for address in (UPLOAD, "/imports/", reverse("imports:sample", args=["holidays"])):
            assert client_for(person).get(address).status_code == 403
    assert client_for(head).get("/imports/nothing/").status_code == 404


def test_the_sample_can_be_loaded_as_it_is(client: Client) -> None:
    sample = client.get(reverse("imports:sample", args=["holidays"])).content
    assert bring(client, SimpleUploadedFile("x.xlsx", sample)).counts["wrong"] == 0


def test_an_empty_page_says_what_to_do(client: Client) -> None:
    assertContains(client.get(UPLOAD), "ดาวน์โหลดไฟล์ตัวอย่าง")
    assertContains(client.get("/imports/"), "วันหยุด")


def test_pages_ask_few_questions(client: Client) -> None:
    bringing = bring(client, book(*[[f"{day}/6/2553", "หยุด", ""] for day in range(1, 30)]))
    page_of(client, bringing)
    with assertNumQueries(6):
        page_of(client, bringing)


def test_what_nobody_confirmed_is_forgotten_after_a_month(client: Client) -> None:
    bringing = bring(client, book(["2/6/2553", "หยุด", ""]))
    assert default_storage.exists(bringing.rows_path)
    assert forget_old(timezone.now() + timedelta(days=31)) == 1
    assert not default_storage.exists(bringing.rows_path)
    assert not RegisterImport.objects.exists()


def test_while_it_is_loaded_the_page_asks_how_far_it_is(client: Client) -> None:
    bringing = bring(client, book(["2/6/2553", "หยุด", ""]))
    client.post(reverse("imports:load", args=["holidays", bringing.pk]), {"how": "right"})
    assertContains(page_of(client, bringing), 'hx-trigger="every 2s"')
    state = reverse("imports:state", args=["holidays", bringing.pk])
    assert "HX-Refresh" not in client.get(state)
    load(bringing.pk, timezone.now)
    assert client.get(state)["HX-Refresh"] == "true"
    assertNotContains(page_of(client, bringing), 'hx-trigger="every 2s"')
