"""Lists of members from a file: what is read, what is refused in words, what is shown; just that is written."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from office import list_files
from office.letters import path_of
from office.models import Notice, Province, User
from parliament.member_columns import HEADINGS
from parliament.models import Member, MemberImport, Party
from tests.parliament.cast import (
    make_member,
    make_party,
    make_politics_head,
    make_politics_officer,
    make_session,
)

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]

HEADER = ["คำนำหน้า", "ชื่อ-สกุล", "ประเภท", "พรรค", "จังหวัด", "เขต"]
SOMCHAI = ["นาย", "สมชาย ใจดี", "แบ่งเขต", "พรรคพัฒนาการศึกษา", "เชียงราย", "๒"]
SOMYING = ["นางสาว", "สมหญิง งามตา", "สัดส่วน", "พรรคใหม่", "", ""]


def csv_file(
    *rows: Sequence[str], header: Sequence[str] = HEADER, encoding: str = "utf-8", between: str = ","
) -> bytes:
    target = io.StringIO()
    csv.writer(target, delimiter=between).writerows([header, *rows])
    return target.getvalue().encode(encoding)


def xlsx_file(*rows: Sequence[Any], header: Sequence[str] = HEADER) -> bytes:
    book = openpyxl.Workbook()
    for row in [header, *rows]:
        book.active.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture
def head(db: None) -> User:
    return make_politics_head()


@pytest.fixture
def client(client_for: ClientFor, head: User) -> Client:
    make_session()
    return client_for(head)


def bring(client: Client, content: bytes, name: str = "members.csv", **changes: str) -> Any:
    given = {"chamber": "house", "parliament_number": "23", "since_on": "21/1/2551"} | changes
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("parliament:members_import"), given | {"file": file})


def brought(client: Client, content: bytes, **changes: str) -> MemberImport:
    answer = bring(client, content, **changes)
    assert answer.status_code == 302, answer.context["form"].errors
    return MemberImport.objects.latest("pk")


def confirm(client: Client, bringing: MemberImport) -> Any:
    return client.post(reverse("parliament:member_import_confirm", args=[bringing.pk]), follow=True)


def errors(answer: Any) -> str:
    assert answer.status_code == 422
    return " ".join(answer.context["form"].errors["file"])


# ── What is read ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_csv_as_thai_excel_writes_it(encoding: str, between: str) -> None:
    table = list_files.read(csv_file(SOMCHAI, encoding=encoding, between=between), HEADINGS.known)
    assert table.header == HEADER
    assert table.lines == [(2, SOMCHAI)]


def test_xlsx_with_a_title_above_numbers_and_dates() -> None:
    book = openpyxl.Workbook()
    rows = [
        ["รายชื่อ ส.ส. ชุดที่ ๒๓"],
        [],
        ["ชื่อ-สกุล", "ประเภท", "เขต", "วันที่เริ่ม"],
        ["สมชาย ใจดี", "แบ่งเขต", 2.0, date(2008, 1, 21)],
        [None, None, None, None],
        ["สมหญิง งามตา", "สัดส่วน", None, date(2551, 1, 21)],
    ]
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    table = list_files.read(target.getvalue(), HEADINGS.known)
    assert table.lines == [
        (4, ["สมชาย ใจดี", "แบ่งเขต", "2", "๒๑/๐๑/๒๕๕๑"]),
        (6, ["สมหญิง งามตา", "สัดส่วน", "", "๒๑/๐๑/๒๕๕๑"]),
    ]


def test_columns_by_thai_and_english_names_in_any_order() -> None:
    assert HEADINGS.fields_of(["Party", "ลำดับ", "surname", "ชื่อ", "TYPE", "เขตเลือกตั้งที่"]) == [
        "party",
        "",
        "surname",
        "name",
        "seat",
        "constituency",
    ]


# ── A file that is wrong as a whole ─────────────────────────────────────────────────────────


def bomb() -> bytes:
    """A spreadsheet whose words unfold to gigabytes."""
    entities = '<!ENTITY a "ฮาฮาฮาฮาฮา">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_file(SOMCHAI))) as good, zipfile.ZipFile(target, "w") as made:
        for entry in good.infolist():
            content = good.read(entry).decode()
            if entry.filename == "xl/worksheets/sheet1.xml":
                body = content.partition("?>")[2] or content
                content = f"<!DOCTYPE worksheet [{entities}]>{body}".replace("สมชาย ใจดี", "&j;")
            made.writestr(entry.filename, content)
    return target.getvalue()


def swollen() -> bytes:
    """A spreadsheet of a few kilobytes that unpacks to more than anybody's list."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(
            "xl/worksheets/sheet1.xml",
            b"\x00" * (list_files.LIST.megabytes_unpacked * list_files.MEGABYTE + 1),
        )
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "ว่าง"),
        (b"\n\n,,\n", "ว่างเปล่า"),
        (csv_file(), "ไม่มีแถว"),
        (csv_file(["x"], header=[*HEADER, "ส่วนสูง"]), "คอลัมน์ที่ 7 “ส่วนสูง”"),
        (csv_file(["x"], header=["ชื่อ-สกุล", "ประเภท", "จังหวด"]), "หมายถึง “จังหวัด” หรือไม่"),
        (csv_file(["x"], header=["คำนำหน้า", "ประเภท"]), "ขาดคอลัมน์ “ชื่อ-สกุล”"),
        (csv_file(["x"], header=["name", "ชื่อ-สกุล", "ประเภท"]), "มีคอลัมน์ “ชื่อ-สกุล” ซ้ำกัน"),
        (b'a,b\n"x,y\n', "บรรทัดที่"),
        (b"\x00\x01\x02\x03", "อ่านไฟล์นี้ไม่ได้"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "รหัสผ่าน"),
        (b"PK\x03\x04 broken", "เปิดไฟล์ตารางไม่ได้"),
        (bomb(), "เปิดไฟล์ตารางไม่ได้"),
        (swollen(), "ใหญ่กว่า"),
        (b"x" * (list_files.LIST.megabytes * list_files.MEGABYTE + 1), "ใหญ่กว่า"),
        (csv_file(*[SOMCHAI] * 2001), "๒,๐๐๐ แถว"),
        (csv_file(["x"], header=["ชื่อ-สกุล", "ประเภท", *["ก"] * 40]), "๔๐ คอลัมน์"),
    ],
    ids=range(16),
)
def test_what_is_wrong_with_the_file_is_said_beside_it(client: Client, content: bytes, words: str) -> None:
    assert words in errors(bring(client, content))
    assert not MemberImport.objects.exists()


def test_the_template_and_the_export_can_be_imported(client: Client) -> None:
    make_member("สมหมาย เดิม")
    for kind in ("csv", "xlsx"):
        template = client.get(reverse("parliament:members_template", args=[kind]))
        plan = brought(client, template.getvalue()).plan  # type: ignore[attr-defined]
        assert (len(plan["new"]), plan["wrong"]) == (2, [])
    export = client.get(reverse("parliament:members_export"))
    plan = brought(client, export.getvalue()).plan  # type: ignore[attr-defined]
    assert (plan["unchanged"], plan["new"], plan["changed"], plan["wrong"]) == (1, [], [], [])


# ── What is shown ───────────────────────────────────────────────────────────────────────────


def test_new_changed_unchanged_and_wrong(client: Client) -> None:
    make_member("สมชาย ใจดี", province=Province.objects.get(code="57"), constituency=1)
    make_member("คงเดิม ไม่เปลี่ยน", province=Province.objects.get(code="57"), constituency=3)
    wrong = ["นาย", "ผิด จังหวัด", "แบ่งเขต", "พรรคใหม่", "เชียงลาย", "สอง"]
    same = ["นาย", "คงเดิม ไม่เปลี่ยน", "แบ่งเขต", "พัฒนาการศึกษา", "จ.เชียงราย", "3"]
    bringing = brought(client, csv_file(SOMCHAI, SOMYING, same, wrong, SOMCHAI))
    plan = bringing.plan
    assert [(row["line"], row["changes"]) for row in plan["changed"]] == [(2, [["constituency", 1, 2]])]
    assert [(row["line"], row["values"]["party"]) for row in plan["new"]] == [(3, "พรรคใหม่")]
    assert plan["unchanged"] == 1
    assert [(row["line"], len(row["faults"])) for row in plan["wrong"]] == [(5, 2), (6, 1)]
    assert plan["parties"] == ["พรรคใหม่"]
    page = client.get(reverse("parliament:member_import", args=[bringing.pk])).content.decode()
    for words in (
        "ไม่มีจังหวัด “เชียงลาย”",
        "“สอง” ไม่ใช่ตัวเลข",
        "คนเดียวกับบรรทัดที่ 2",
        "<del>๑</del>",
        "<ins>๒</ins>",
    ):
        assert words in page
    assert Member.objects.count() == 2, "nothing is written before it is confirmed"
    assert not Party.objects.filter(name="พรรคใหม่").exists()


def test_a_title_within_the_name_is_found(client: Client) -> None:
    content = csv_file(
        ["พล.ต.อ.สมชาย ใจดี", "สัดส่วน"], ["นางสาวสมหญิง งามตา", "สัดส่วน"], header=["ชื่อ-สกุล", "ประเภท"]
    )
    rows = brought(client, content).plan["new"]
    assert [(row["values"]["title"], row["values"]["name"]) for row in rows] == [
        ("พล.ต.อ.", "สมชาย ใจดี"),
        ("นางสาว", "สมหญิง งามตา"),
    ]


def test_a_column_that_is_not_there_changes_nothing(client: Client) -> None:
    make_member("สมชาย ใจดี", telephone="02 123 4567", since_on=date(2009, 1, 1))
    content = csv_file(["สมชาย ใจดี", "แบ่งเขต", "somchai@mail.example"], header=["ชื่อ-สกุล", "ประเภท", "อีเมล"])
    [row] = brought(client, content).plan["changed"]
    assert row["changes"] == [["email", "", "somchai@mail.example"]]


def test_somebody_elected_again_continues_the_earlier_row(client: Client) -> None:
    before = make_member("สมชาย ใจดี", parliament_number=22, since_on=date(2005, 2, 6))
    bringing = brought(client, csv_file(SOMCHAI))
    assert bringing.plan["new"][0]["continues"] == before.pk
    confirm(client, bringing)
    assert Member.objects.get(parliament_number=23).continues == before


def test_of_two_namesakes_none_is_taken_for_the_same_person(client: Client) -> None:
    make_member("สมชาย ใจดี", parliament_number=22)
    make_member("สมชาย ใจดี", parliament_number=22, chamber="senate", seat="selected_senator")
    assert brought(client, csv_file(SOMCHAI)).plan["new"][0]["continues"] is None


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (["", "", "แบ่งเขต", "", "เชียงราย", ""], "ชื่อ-สกุล"),
        (["", "ก ข", "", "", "", ""], "ประเภท"),
        (["", "ก ข", "สรรหา", "", "", ""], "ประเภท"),
        (["", "ก ข", "แบ่งเขต", "", "", "1"], "จังหวัด"),
        (["", "ก ข", "สัดส่วน", "", "", "1"], "เขต"),
        (["", "ก" * 200, "สัดส่วน", "", "", ""], "ชื่อ-สกุล"),
    ],
)
def test_a_wrong_row_names_its_column(client: Client, cells: list[str], column: str) -> None:
    [row] = brought(client, csv_file(cells)).plan["wrong"]
    assert row["line"] == 2
    assert [fault.split(":")[0] for fault in row["faults"]] == [column]


# ── What is written ─────────────────────────────────────────────────────────────────────────


def test_the_head_confirms_and_just_this_is_written_once(client: Client, head: User) -> None:
    member = make_member("สมชาย ใจดี", province=Province.objects.get(code="57"), constituency=1)
    bringing = brought(client, csv_file(SOMCHAI, SOMYING, ["", "", "", "", "", "x"]))
    for _click in range(2):
        confirm(client, bringing)
    member.refresh_from_db()
    new = Member.objects.get(name="สมหญิง งามตา")
    assert (member.constituency, member.party, Member.objects.count()) == (2, make_party(), 2)
    assert (new.party.name, new.since_on, new.seat) == ("พรรคใหม่", date(2008, 1, 21), "party_list")
    assert new.sort_name
    bringing.refresh_from_db()
    assert bringing.applied_by == head
    plan = brought(client, csv_file(SOMCHAI, SOMYING)).plan
    assert (plan["new"], plan["changed"], plan["unchanged"]) == ([], [], 2)


def test_an_officer_brings_the_list_and_the_head_confirms(client_for: ClientFor, head: User) -> None:
    officer = client_for(make_politics_officer())
    bringing = brought(officer, csv_file(SOMCHAI))
    page = officer.get(reverse("parliament:member_import", args=[bringing.pk])).content.decode()
    assert "ยังไม่บันทึก" in page
    assert officer.post(reverse("parliament:member_import_confirm", args=[bringing.pk])).status_code == 403
    assert not Member.objects.exists()
    confirm(client_for(head), bringing)
    assert Member.objects.count() == 1


def test_the_heads_are_told_of_a_list_that_waits_for_them(client_for: ClientFor, head: User) -> None:
    make_session()
    at_officers_desk = client_for(make_politics_officer())
    bring(at_officers_desk, csv_file(SOMCHAI))
    told = Notice.objects.get(kind=Notice.Kind.MEMBERS_WAITING, way=Notice.Way.APP)
    assert (told.recipient, told.text) == (head, "รายชื่อสมาชิก: ใหม่ ๑ คน เปลี่ยน ๐ คน")
    assert path_of(told) == reverse("parliament:members_import")


def test_nobody_is_told_of_ones_own_list_or_of_one_that_changes_nothing(
    client: Client, client_for: ClientFor, head: User
) -> None:
    first = brought(client, csv_file(SOMCHAI))
    client.post(reverse("parliament:member_import_confirm", args=[first.pk]))
    bring(client_for(make_politics_officer()), csv_file(SOMCHAI))
    assert not Notice.objects.exists()


def test_what_changed_meanwhile_is_shown_anew_and_nothing_is_written(client: Client) -> None:
    member = make_member("สมชาย ใจดี", province=Province.objects.get(code="57"), constituency=1)
    bringing = brought(client, csv_file(SOMCHAI, SOMYING))
    Member.objects.filter(pk=member.pk).update(constituency=5)
    page = confirm(client, bringing).content.decode()
    assert "เปลี่ยนไปหลังจากแสดงหน้านี้" in page
    assert "<del>๕</del>" in page
    assert not Member.objects.filter(name="สมหญิง งามตา").exists()
    confirm(client, bringing)
    member.refresh_from_db()
    assert member.constituency == 2


def test_the_plan_is_the_same_in_either_language(client: Client) -> None:
    with override("en"):
        bringing = brought(client, csv_file(SOMCHAI, ["", "", "", "", "", ""], ["", "ก", "x", "", "", ""]))
    confirm(client, bringing)
    bringing.refresh_from_db()
    assert bringing.applied_at


def test_two_thousand_rows_cost_no_more_queries_than_two(
    client: Client, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    rows = [["นาย", f"สมาชิก ที่{n}", "สัดส่วน", "พรรคใหม่", "", ""] for n in range(2000)]
    with django_assert_max_num_queries(22):
        bringing = brought(client, csv_file(*rows))
    confirm(client, bringing)
    assert Member.objects.count() == 2000


# ── Wrong rows to mend ──────────────────────────────────────────────────────────────────────


def test_wrong_rows_come_back_with_their_reason_and_run_nothing(client: Client) -> None:
    bringing = brought(client, csv_file(SOMCHAI, ["", "=1+1", "ไม่มีประเภทนี้", "", "", ""]))
    address = reverse("parliament:member_import_wrong", args=[bringing.pk])
    content = client.get(address).getvalue()  # type: ignore[attr-defined]
    [head, row] = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert head == [*HEADER, "บรรทัดเดิม", "เหตุที่ไม่ผ่าน"]
    assert row[1] == "'=1+1"
    assert row[6] == "3"
    assert "ประเภท" in row[7]
    mended = csv_file([*row[:2], "สัดส่วน", *row[3:]], header=head)
    [new] = brought(client, mended).plan["new"]
    assert new["values"]["name"] == "=1+1", "what we put before it to make it harmless is taken away again"


def test_a_list_of_others_stays_out_of_sight(client_for: ClientFor, client: Client, executive: User) -> None:
    bringing = brought(client, csv_file(SOMCHAI))
    assert (
        client_for(executive).get(reverse("parliament:member_import", args=[bringing.pk])).status_code == 403
    )
    assert client.get(reverse("parliament:member_import", args=[999])).status_code == 404


def test_reading_never_raises_anything_but_words() -> None:
    good = xlsx_file(SOMCHAI)
    for cut in range(0, len(good), max(1, len(good) // 60)):
        try:
            list_files.read(good[:cut] + bytes([good[cut] ^ 0xFF]) + good[cut + 1 :], HEADINGS.known)
        except ValidationError:
            continue
