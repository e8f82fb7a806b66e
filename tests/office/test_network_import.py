"""A list of contacts brought as a file: every wrong row is named, nothing is written before the word."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django.asserts import assertContains

from office.models import Agency, Contact, NetworkImport, User
from office.spreadsheets import Sheet, workbook
from tests.office.test_network import make_body, make_contact

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
HEAD = ["หน่วยงาน", "ประเภทหน่วยงาน", "อยู่ในสังกัด", "ผู้ประสานงาน", "หน้าที่ประสานงาน", "โทรศัพท์", "อีเมล", "ตั้งแต่"]


@pytest.fixture
def body() -> Agency:
    return make_body("กรมทดลองการศึกษา", short_name="กทล.")


def file(*rows: list[str], head: list[str] = HEAD) -> SimpleUploadedFile:
    return SimpleUploadedFile("network.xlsx", workbook([Sheet("x", head, [*rows])]))


def row(agency: str, name: str = "", **cells: str) -> list[str]:
    given = {"หน่วยงาน": agency, "ผู้ประสานงาน": name} | cells
    return [given.get(heading, "") for heading in HEAD]


def bring(client: Client, *rows: list[str]) -> NetworkImport:
    assert client.post(reverse("office:network_imports"), {"file": file(*rows)}).status_code == 302
    return NetworkImport.objects.latest("pk")


def confirm(client: Client, bringing: NetworkImport) -> Any:
    return client.post(reverse("office:network_import_confirm", args=[bringing.pk]), follow=True)


@pytest.fixture
def client(client_for: ClientFor, officer: User) -> Client:
    return client_for(officer)


def test_a_column_that_is_not_known_is_named(client: Client, body: Agency) -> None:
    wrong = file(["กทล.", "x"], head=["หน่วยงาน", "สีที่ชอบ"])
    page = client.post(reverse("office:network_imports"), {"file": wrong})
    assertContains(page, "สีที่ชอบ", status_code=422)
    assert not NetworkImport.objects.exists()


def test_nothing_is_written_before_it_is_confirmed(client: Client, body: Agency) -> None:
    bringing = bring(client, row("กทล.", "นายปรีชา ทองดี", หน้าที่ประสานงาน="ประสานงานรัฐสภา"))
    assert not Contact.objects.exists()
    confirm(client, bringing)
    saved = Contact.objects.get()
    assert (saved.agency, saved.role, saved.confirmed_at) == (body, Contact.Role.PARLIAMENT, None)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (row("กรมทดลองการศึกษาา", "นายปรีชา ทองดี"), "กรมทดลองการศึกษา"),
        (row("ไม่มีที่ไหน", "นายปรีชา ทองดี"), "ไม่พบหน่วยงาน"),
        (row("", "นายปรีชา ทองดี"), "หน่วยงาน"),
        (row("กทล."), "ผู้ประสานงาน"),
        (row("กทล.", "นายปรีชา ทองดี", หน้าที่ประสานงาน="ชงกาแฟ"), "ชงกาแฟ"),
        (row("กทล.", "นายปรีชา ทองดี", อีเมล="ไม่ใช่อีเมล"), "ไม่ใช่อีเมล"),
        (row("กทล.", "นายปรีชา ทองดี", ตั้งแต่="เมื่อวาน"), "เมื่อวาน"),
        (row("กรมใหม่", "นายปรีชา ทองดี", ประเภทหน่วยงาน="องค์กรหลัก", อยู่ในสังกัด="ไม่มีที่ไหน"), "อยู่ในสังกัด"),
        (row("กทล.", "ก" * 161), "ผู้ประสานงาน"),
    ],
)
def test_a_wrong_row_says_what_is_wrong_and_the_others_are_taken(
    client: Client, body: Agency, given: list[str], said: str
) -> None:
    bringing = bring(client, given, row("กทล.", "นางนภา ศรีสุข"))
    (wrong,) = bringing.plan["wrong"]
    assert wrong["line"] == 2
    assert said in wrong["faults"][0]
    assertContains(client.get(reverse("office:network_import", args=[bringing.pk])), wrong["faults"][0])
    confirm(client, bringing)
    assert [one.name for one in Contact.objects.all()] == ["นางนภา ศรีสุข"]
    lines = b"".join(client.get(reverse("office:network_import_wrong", args=[bringing.pk]))).decode(
        "utf-8-sig"
    )
    assert said in lines


def test_the_same_person_twice_in_a_file_is_wrong_the_second_time(client: Client, body: Agency) -> None:
    bringing = bring(client, row("กทล.", "นายปรีชา ทองดี"), row("กรมทดลองการศึกษา", "นายปรีชา ทองดี"))
    assert [one["line"] for one in bringing.plan["wrong"]] == [3]
    assert len(bringing.plan["new"]) == 1


def test_a_short_name_that_two_have_leads_to_neither(client: Client, body: Agency) -> None:
    make_body("กรมทะเลและลม", short_name="กทล.")
    bringing = bring(client, row("กทล.", "นายปรีชา ทองดี"))
    assert len(bringing.plan["wrong"]) == 1


def test_the_name_of_a_double_leads_to_the_row_that_stayed(client: Client, body: Agency) -> None:
    make_body("กรมเก่าเดิม", is_active=False, merged_into=body)
    confirm(client, bring(client, row("กรมเก่าเดิม", "นายปรีชา ทองดี")))
    assert Contact.objects.get().agency == body


def test_a_new_agency_comes_with_its_kind_and_people(client: Client, body: Agency) -> None:
    new = {"ประเภทหน่วยงาน": "หน่วยงานในกำกับ", "อยู่ในสังกัด": "กทล."}
    bringing = bring(client, row("สถาบันใหม่", "นายปรีชา ทองดี", **new), row("สถาบันใหม่", "นางนภา ศรีสุข"))
    assert not Agency.objects.filter(name="สถาบันใหม่").exists()
    confirm(client, bringing)
    saved = Agency.objects.get(name="สถาบันใหม่")
    assert (saved.kind, saved.parent, saved.contacts.count()) == (Agency.Kind.SUPERVISED, body, 2)


def test_who_is_known_is_changed_and_an_empty_cell_changes_nothing(client: Client, body: Agency) -> None:
    known = make_contact(body, "นายปรีชา ทองดี", telephone="0 2111 1111", email="preecha@dept.example")
    bringing = bring(client, row("กทล.", "นายปรีชา ทองดี", โทรศัพท์="๐ ๒๒๒๒ ๒๒๒๒"))
    assert bringing.plan["changed"][0]["changes"] == [["telephone", "0 2111 1111", "0 2222 2222"]]
    confirm(client, bringing)
    known.refresh_from_db()
    assert (known.telephone, known.email) == ("0 2222 2222", "preecha@dept.example")


def test_a_person_of_two_tasks_is_only_changed_with_the_task_given(client: Client, body: Agency) -> None:
    make_contact(body, "นายปรีชา ทองดี")
    make_contact(body, "นายปรีชา ทองดี", role=Contact.Role.PRESS)
    bringing = bring(client, row("กทล.", "นายปรีชา ทองดี", โทรศัพท์="0 2222 2222"))
    assert len(bringing.plan["wrong"]) == 1


def test_a_plan_that_is_not_true_any_more_writes_nothing(client: Client, body: Agency) -> None:
    bringing = bring(client, row("กทล.", "นายปรีชา ทองดี", โทรศัพท์="0 2222 2222"))
    make_contact(body, "นายปรีชา ทองดี")
    confirm(client, bringing)
    bringing.refresh_from_db()
    assert bringing.applied_at is None
    assert len(bringing.plan["changed"]) == 1
    assert Contact.objects.get().telephone == ""


def test_a_second_word_writes_nothing_more(client: Client, body: Agency) -> None:
    bringing = bring(client, row("กทล.", "นายปรีชา ทองดี"))
    confirm(client, bringing)
    confirm(client, bringing)
    assert Contact.objects.count() == 1


def test_what_is_exported_can_be_imported_and_changes_nothing(client: Client, body: Agency) -> None:
    make_contact(body, position="นักวิชาการ", telephone="0 2111 1111", note="=1+1")
    content = client.get(reverse("office:network_export")).content
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert [cell.value for cell in sheet[2]][:2] == ["กรมทดลองการศึกษา", "หน่วยงานอื่น"]
    again = SimpleUploadedFile("network.xlsx", content)
    client.post(reverse("office:network_imports"), {"file": again})
    plan = NetworkImport.objects.latest("pk").plan
    assert (plan["wrong"], plan["new"], plan["changed"], plan["unchanged"]) == ([], [], [], 1)


def test_the_template_can_be_brought_as_it_is(client: Client) -> None:
    content = client.get(reverse("office:network_template")).content
    client.post(reverse("office:network_imports"), {"file": SimpleUploadedFile("x.xlsx", content)})
    plan = NetworkImport.objects.latest("pk").plan
    assert (plan["wrong"], len(plan["new"]), len(plan["agencies"])) == ([], 2, 1)


def test_executives_bring_no_list(client_for: ClientFor, executive: User) -> None:
    page = client_for(executive).post(reverse("office:network_imports"), {"file": file(row("x", "y"))})
    assert page.status_code == 403
